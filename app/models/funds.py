"""服务群众专项经费: sources of a year and the book of what came in and went out, in 分."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    Key,
    Text40,
    Text60,
    Versioned,
    Worded,
    by_value,
    label,
)


class FundSource(Versioned, Deletable, Base):
    """Where the money of a year comes from: 市级 10 万, 区级 10 万."""

    __tablename__ = "fund_source"
    __table_args__ = (Index("uq_fund_source", "year", "name", unique=True),)

    id: Mapped[Key]
    year: Mapped[int] = mapped_column(info=label("年度"))
    name: Mapped[Text60] = mapped_column(info=label("来源"))
    planned: Mapped[int] = mapped_column(default=0, info=label("年度预算", "cents"))
    remark: Mapped[str | None] = mapped_column(String(120), info=label("备注"))


class FundBalance(Base):
    """The sum of a source's lines, kept so that the file itself refuses less than nothing."""

    __tablename__ = "fund_balance"
    __journaled__ = False
    __table_args__ = (CheckConstraint("balance >= 0", name="never_negative"),)

    source_id: Mapped[int] = mapped_column(ForeignKey("fund_source.id"), primary_key=True)
    balance: Mapped[int] = mapped_column(default=0)


class FundKind(Worded):
    GRANTED = "granted", "拨入"
    SPENT = "spent", "支出"
    RETURNED = "money_returned", "退回"
    REVERSAL = "fund_reversal", "冲正"


class FundEntry(Base):
    """One line of the book, never changed: what comes in is positive."""

    __tablename__ = "fund_entry"
    __ledger__ = True
    __table_args__ = (
        Index("ix_fund_entry_source", "source_id", "id"),
        Index("ix_fund_entry_project", "project_id", "id"),
    )

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey("fund_source.id"), info=label("来源"))
    kind: Mapped[FundKind] = mapped_column(by_value(FundKind), info=label("种类"))
    amount: Mapped[int] = mapped_column(info=label("金额", "cents"))
    balance: Mapped[int] = mapped_column(info=label("余额", "cents"))
    on_date: Mapped[date] = mapped_column(info=label("日期"))
    at: Mapped[datetime] = mapped_column(info=label("记账时间"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), info=label("项目"))
    words: Mapped[str] = mapped_column(String(120), info=label("事由"))
    ticket: Mapped[str | None] = mapped_column(String(40), info=label("票据号"))
    payee: Mapped[str | None] = mapped_column(String(60), info=label("收款方"))
    handled_by: Mapped[str | None] = mapped_column(String(40), info=label("经手人"))
    approved_by: Mapped[str | None] = mapped_column(String(40), info=label("审批人"))
    # Why a use that the rules question is right all the same.
    reason: Mapped[str | None] = mapped_column(String(200), info=label("用途说明"))
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("fund_entry.id"), unique=True, info=label("冲正")
    )
    entered_by: Mapped[Text40] = mapped_column(default="", info=label("登记人"))
    request_key: Mapped[str | None] = mapped_column(String(40), unique=True)
