"""Certificates (证明): what may be issued, what was issued under which number, the seal book."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import (
    Base,
    Deletable,
    JsonDict,
    Key,
    Text10,
    Text20,
    Text40,
    Text60,
    Versioned,
    by_value,
    label,
)
from app.models.codes import Stage


class CertificateTemplate(Versioned, Deletable, Base):
    """The wording of one kind of certificate; without a legal basis it cannot be switched on."""

    __tablename__ = "certificate_template"

    id: Mapped[Key]
    # Of a shipped template; None for one that the office made.
    key: Mapped[str | None] = mapped_column(String(40), unique=True)
    title: Mapped[Text60] = mapped_column(info=label("标题"))
    layout: Mapped[Text20] = mapped_column(info=label("版式"))
    body: Mapped[str] = mapped_column(Text, info=label("正文"))
    legal_basis: Mapped[str | None] = mapped_column(Text, info=label("法律依据"))
    # How sure the basis is, in the words of domain.md 0.1: 核, 二手, 例, 建议, 常识未核.
    basis_grade: Mapped[Text10] = mapped_column(info=label("依据可信度"))
    purpose: Mapped[str | None] = mapped_column(String(120), info=label("用途"))
    recipient: Mapped[str | None] = mapped_column(String(120), info=label("接收单位"))
    verification: Mapped[str | None] = mapped_column(String(200), info=label("核实方式"))
    valid_days: Mapped[int | None] = mapped_column(info=label("有效天数"))
    approver: Mapped[Text20] = mapped_column(info=label("由谁批准"))
    seal_mark: Mapped[bool] = mapped_column(default=True, info=label("印盖章位置"))
    counterfoil: Mapped[bool] = mapped_column(default=True, info=label("带存根"))
    # What sets its numbers apart where each kind has a book of its own: 望海社志证.
    book_word: Mapped[Text10] = mapped_column(default="", info=label("单独编号的字"))
    enabled: Mapped[bool] = mapped_column(default=False, info=label("启用"))
    position: Mapped[int] = mapped_column(default=0)


class Certificate(Versioned, Base):
    """One line of the register (证明出具登记簿), from draft to collected or void."""

    __tablename__ = "certificate"
    __papers__ = True
    __table_args__ = (
        Index("uq_certificate_number", "series", "year", "serial", unique=True),
        # All that the list by stage asks of ten thousand papers, without their texts.
        Index("ix_certificate_list", "stage", "issued_on", "numbered_at", "drafted_at", "serial"),
    )

    id: Mapped[Key]
    template_id: Mapped[int] = mapped_column(ForeignKey("certificate_template.id"), index=True)
    title: Mapped[Text60] = mapped_column(info=label("文书"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    holder: Mapped[Text60] = mapped_column(info=label("姓名"))
    holder_document: Mapped[str | None] = mapped_column(String(60), info=label("证件"))
    stage: Mapped[Stage] = mapped_column(by_value(Stage), index=True, info=label("状态"))
    # What was typed for this paper: the answers to the codes that no record can fill.
    answers: Mapped[JsonDict] = mapped_column(info=label("填写的内容"))
    body: Mapped[str] = mapped_column(Text, info=label("正文"))
    purpose: Mapped[str | None] = mapped_column(String(120), info=label("用途"))
    recipient: Mapped[str | None] = mapped_column(String(120), info=label("接收单位"))
    legal_basis: Mapped[str | None] = mapped_column(Text, info=label("法律依据"))
    verification: Mapped[str | None] = mapped_column(String(200), info=label("查验材料"))
    copies: Mapped[int] = mapped_column(default=1, info=label("份数"))
    applicant: Mapped[str | None] = mapped_column(String(60), info=label("申请人"))
    applicant_phone: Mapped[str | None] = mapped_column(String(40), info=label("联系电话"))
    handled_by: Mapped[Text40] = mapped_column(info=label("经办人"))
    verified_by: Mapped[str | None] = mapped_column(String(40), info=label("核实人"))
    approver: Mapped[Text20] = mapped_column(info=label("由谁批准"))
    approved_by: Mapped[str | None] = mapped_column(String(40), info=label("批准人"))
    approved_at: Mapped[datetime | None] = mapped_column(info=label("批准时间"))
    approval_note: Mapped[str | None] = mapped_column(String(200), info=label("批准说明"))
    override_reason: Mapped[str | None] = mapped_column(String(200), info=label("破例原因"))
    drafted_at: Mapped[datetime]
    previewed_at: Mapped[datetime | None] = mapped_column(info=label("预览确认"))
    # The number: both None until it is given, and then for good.
    series: Mapped[str | None] = mapped_column(String(40))
    year: Mapped[int | None]
    serial: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(String(60), index=True, info=label("编号"))
    issued_on: Mapped[date | None] = mapped_column(info=label("出具日期"))
    numbered_at: Mapped[datetime | None]
    check_code: Mapped[str | None] = mapped_column(String(12), info=label("校验码"))
    # What was printed, to be printed again identically (architecture.md rule 11).
    snapshot: Mapped[JsonDict | None]
    printed_at: Mapped[datetime | None] = mapped_column(info=label("打印时间"))
    reprints: Mapped[int] = mapped_column(default=0, info=label("补打次数"))
    collected_at: Mapped[datetime | None] = mapped_column(info=label("领取时间"))
    collected_by: Mapped[str | None] = mapped_column(String(60), info=label("领取人"))
    collector_relation: Mapped[str | None] = mapped_column(String(20), info=label("与本人关系"))
    voided_at: Mapped[datetime | None] = mapped_column(info=label("作废时间"))
    void_reason: Mapped[str | None] = mapped_column(String(200), info=label("作废原因"))
    # The paper that this one replaces (更正).
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)
    note: Mapped[str | None] = mapped_column(String(200), info=label("备注"))


class NumberBook(Base):
    """The last number given in a series and year: taken and raised in one transaction."""

    __tablename__ = "number_book"
    __table_args__ = (Index("uq_number_book_series", "series", "year", unique=True),)

    id: Mapped[Key]
    series: Mapped[Text40] = mapped_column(info=label("字"))
    year: Mapped[int] = mapped_column(info=label("年份"))
    last: Mapped[int] = mapped_column(info=label("末号"))


class ForbiddenItem(Versioned, Deletable, Base):
    """What the province or the office added to the national list of items not to be certified.

    The national ones are in resources/data/forbidden_certificates.csv and cannot be removed.
    """

    __tablename__ = "forbidden_item"

    id: Mapped[Key]
    level: Mapped[Text20] = mapped_column(info=label("层级"))
    name: Mapped[Text60] = mapped_column(info=label("事项"))
    # Words, one a line; a title or body with one of them is stopped.
    keywords: Mapped[str] = mapped_column(Text, info=label("关键词"))
    document: Mapped[str | None] = mapped_column(String(120), info=label("文件"))
    redirect: Mapped[str | None] = mapped_column(String(200), info=label("转办"))


class Refusal(Base):
    """A 不予出具告知单 that was handed out."""

    __tablename__ = "refusal"

    id: Mapped[Key]
    given_on: Mapped[date] = mapped_column(info=label("日期"))
    applicant: Mapped[Text60] = mapped_column(info=label("申请人"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    matter: Mapped[str] = mapped_column(String(120), info=label("申请事项"))
    item: Mapped[Text60] = mapped_column(info=label("清单事项"))
    handled_by: Mapped[Text40] = mapped_column(info=label("经办人"))
    snapshot: Mapped[JsonDict]


class SealUse(Versioned, Deletable, Base):
    """One line of the seal book (用印登记): the columns of domain.md 1.5."""

    __tablename__ = "seal_use"

    id: Mapped[Key]
    used_at: Mapped[datetime] = mapped_column(index=True, info=label("用印时间"))
    seal: Mapped[Text40] = mapped_column(info=label("印章"))
    content: Mapped[str] = mapped_column(String(200), info=label("用印内容"))
    copies: Mapped[int] = mapped_column(default=1, info=label("份数"))
    approved_by: Mapped[str | None] = mapped_column(String(40), info=label("签批人"))
    handled_by: Mapped[Text40] = mapped_column(info=label("经办人"))
    applicant: Mapped[str | None] = mapped_column(String(60), info=label("申请用印人"))
    applicant_phone: Mapped[str | None] = mapped_column(String(40), info=label("联系电话"))
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)
    note: Mapped[str | None] = mapped_column(String(200), info=label("备注"))
