"""Papers that the office writes itself: notices, and what comes in while one hangs on the board."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Deletable, Key, Text10, Text20, Text60, Versioned, label


class Notice(Versioned, Deletable, Base):
    """A typed notice, kept so that it can be opened, printed and used again."""

    __tablename__ = "notice"

    id: Mapped[Key]
    # 通知, 公告, 公示, 温馨提示, 倡议书, 会议通知, 停水停电通知
    kind: Mapped[Text20] = mapped_column(default="通知", info=label("文种"))
    title: Mapped[str] = mapped_column(String(120), info=label("标题"))
    recipients: Mapped[str | None] = mapped_column(String(120), info=label("主送"))
    body: Mapped[str] = mapped_column(Text, info=label("正文"))
    # One attachment a line.
    attachments: Mapped[str | None] = mapped_column(Text, info=label("附件"))
    signed_by: Mapped[str] = mapped_column(String(60), info=label("署名"))
    dated: Mapped[date] = mapped_column(info=label("成文日期"))
    remark: Mapped[str | None] = mapped_column(String(120), info=label("附注"))
    red_heading: Mapped[str | None] = mapped_column(String(60), info=label("红头"))
    number: Mapped[str | None] = mapped_column(String(40), info=label("发文字号"))
    saved_at: Mapped[datetime]
    # Of a meeting or a cut of water or power; they stand in the text as {时间} and {地点}.
    when_words: Mapped[str | None] = mapped_column(String(120), info=label("时间"))
    where_words: Mapped[str | None] = mapped_column(String(200), info=label("地点或范围"))
    # 版记 at the foot of the official page.
    copied_to: Mapped[str | None] = mapped_column(String(200), info=label("抄送"))
    issued_by: Mapped[str | None] = mapped_column(String(60), info=label("印发机关"))
    issued_on: Mapped[date | None] = mapped_column(info=label("印发日期"))
    # 楼道大字版 says until when it hangs and whom to ask.
    posted_on: Mapped[date | None] = mapped_column(info=label("张贴日期"))
    take_down_on: Mapped[date | None] = mapped_column(info=label("撤下日期"))
    phone: Mapped[str | None] = mapped_column(String(60), info=label("联系电话"))
    # Of a 公示: how long it must hang, in which kind of days, and where objections go.
    period_days: Mapped[int | None] = mapped_column(info=label("公示天数"))
    period_kind: Mapped[str | None] = mapped_column(String(10), info=label("按什么天"))
    # One of the seven matters of 居务公开 (居委会组织法 34), which hang 15 days at least.
    affair: Mapped[str | None] = mapped_column(String(40), info=label("居务公开事项"))
    ends_on: Mapped[date | None] = mapped_column(index=True, info=label("期满日"))
    objections_to: Mapped[str | None] = mapped_column(String(120), info=label("异议渠道"))
    taken_down_on: Mapped[date | None] = mapped_column(info=label("实际撤下"))
    result: Mapped[str | None] = mapped_column(String(200), info=label("公示结果"))
    # Why names stand in full; without a reason people in a public notice are masked.
    consent_reason: Mapped[str | None] = mapped_column(String(200), info=label("公开姓名的依据"))
    # Words and telephone numbers that look like people's and are not, one a line.
    not_people: Mapped[str | None] = mapped_column(Text, info=label("不是个人信息的词"))


class NoticePhoto(Base):
    """A photograph of the board on which a notice hangs."""

    __tablename__ = "notice_photo"
    # A picture would make each line of the journal a megabyte.
    __journaled__ = False

    id: Mapped[Key]
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    taken_at: Mapped[datetime]
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)


class Objection(Versioned, Deletable, Base):
    """What somebody said against a 公示, and what was answered."""

    __tablename__ = "objection"

    id: Mapped[Key]
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    raised_on: Mapped[date] = mapped_column(info=label("提出日期"))
    who: Mapped[Text60] = mapped_column(info=label("异议人"))
    phone: Mapped[str | None] = mapped_column(String(40), info=label("联系电话"))
    words: Mapped[str] = mapped_column(Text, info=label("异议内容"))
    answer: Mapped[str | None] = mapped_column(Text, info=label("答复"))
    answered_on: Mapped[date | None] = mapped_column(info=label("答复日期"))
    outcome: Mapped[Text10 | None] = mapped_column(info=label("处理结果"))
