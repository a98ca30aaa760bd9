"""招募通知: the call for people of an activity, a notice of 文书 that can be edited there."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Activity, ActivityState
from app.services import activities, notices, papers, settings
from app.services.notices import NoticeText
from app.values.days import weekday
from app.values.times import span_words

KIND = "通知"
_REGISTER = "还没有登记志愿者的，请带身份证现场登记；14 至 17 周岁的须监护人同意。"
_DANGER = "\n五、提醒\n本次活动有一定危险，已购买保险，未成年人不能参加。"


def call(session: Session, activity_id: int, *, version: int, now: datetime) -> int:
    """Write the notice, or find the one that was written; gives its id.

    Raises DomainError for an activity that is over, or where it is dangerous and nobody is
    insured: insurance comes before the call (志愿服务条例 art. 17).
    """
    row = activities.get(session, activity_id, version=version)
    written = notices.kept(session, row.notice_id)
    if written is not None:
        return written.id
    if row.on_date < now.date() or row.state in (ActivityState.HELD, ActivityState.CANCELLED):
        raise DomainError("这次活动已经过了或者取消了，不用再招募。")
    if row.dangerous and not row.insurance:
        raise DomainError("这次活动有危险，要先买人身意外伤害保险。填上保险单号，再招募。")
    row.notice_id = notices.add(session, _text(session, row, now), now=now)
    row.state = ActivityState.CALLED
    session.flush()
    return row.notice_id


def _text(session: Session, row: Activity, now: datetime) -> NoticeText:
    phone = settings.value(session, settings.OFFICE_PHONE)
    service = activities.item_of(session, row).deed.gives_hours
    reach = f"，电话 {phone}" if phone else ""
    title = f"招募“{row.name}”志愿者" if service else f"开展“{row.name}”"
    body = (
        f"{row.organiser}将开展“{row.name}”{'志愿服务' if service else ''}活动，"
        f"{'现招募志愿者' if service else '欢迎居民参加'}，有关事项如下：\n"
        f"一、时间和地点\n{_when(row)}，{row.place}。\n"
        f"二、{'服务' if service else '活动'}内容\n{row.content}\n"
        f"三、人数\n{_wanted(row)}活动负责人：{row.leader}。\n"
        f"四、报名办法\n到社区居委会报名{reach}。{_REGISTER if service else ''}"
        f"{_DANGER if row.dangerous else ''}"
    )
    return NoticeText(
        kind=KIND,
        title=f"关于{title}的通知",
        recipients="各位居民",
        body=body,
        signed_by=papers.committee(session),
        dated=now.date(),
        phone=phone,
    )


def _wanted(row: Activity) -> str:
    return f"{row.wanted} 名，报满为止。" if row.wanted else "不限，欢迎大家参加。"


def _when(row: Activity) -> str:
    day = f"{row.on_date.year}年{row.on_date.month}月{row.on_date.day}日"
    return f"{day}（周{weekday(row.on_date)}）{span_words(row.starts, row.ends)}"
