"""Papers that the office writes itself."""

from datetime import date, datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Deletable, Key, Versioned, label


class Notice(Versioned, Deletable, Base):
    """A typed notice (通知), kept so that it can be opened, printed and used again."""

    __tablename__ = "notice"

    id: Mapped[Key]
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
