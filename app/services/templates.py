"""Templates of certificates: seeded, edited, switched on and off, restored."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import CertificateTemplate
from app.services import fill_codes
from app.services.rights import require
from app.services.shipped_templates import Shipped, shipped
from app.services.standing import FINAL
from app.services.template_input import (
    LAYOUT_LABELS,
    LONGEST_BODY,
    VOLUNTEER,
    TemplateInput,
    check,
    columns_of,
    shape_fault,
)
from app.services.template_sample import sample_paper
from app.storage import journal
from app.values.rights import Right

__all__ = [
    "LAYOUT_LABELS",
    "LONGEST_BODY",
    "OWN_GRADE",
    "VOLUNTEER",
    "TemplateInput",
    "TemplateView",
    "check",
    "delete",
    "get",
    "get_usable",
    "restore",
    "sample_paper",
    "save",
    "seed",
    "set_enabled",
    "template",
    "templates",
]

# The grade of a basis that the office typed itself.
OWN_GRADE = "自填"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """One template; `damaged` says what is wrong with a row that cannot be used, '' otherwise."""

    id: int
    key: str
    title: str
    layout: str
    body: str
    legal_basis: str
    basis_grade: str
    purpose: str
    recipient: str
    verification: str
    valid_days: int | None
    approver: str
    seal_mark: bool
    counterfoil: bool
    book_word: str
    enabled: bool
    version: int
    shipped: bool
    damaged: str

    @property
    def usable(self) -> bool:
        return self.enabled and not self.damaged

    @property
    def entered(self) -> TemplateInput:
        """The same as the editor takes it."""
        return TemplateInput(
            **{name: getattr(self, name) for name in TemplateInput.__dataclass_fields__}
        )


def seed(session: Session) -> None:
    """The shipped templates that the file does not have; those it has are left alone."""
    have = set(session.scalars(select(CertificateTemplate.key)))
    for position, (key, one) in enumerate(shipped().items()):
        if key not in have:
            row = CertificateTemplate(
                key=key,
                basis_grade=one.grade,
                enabled=one.enabled,
                position=position,
                **columns_of(_input_of(one)),
            )
            session.add(row)
    # Taking back the start of an office would leave it without templates.
    journal.set_details(session, {FINAL: "这是建立资料时放入的"})
    session.flush()


def templates(session: Session, *, usable_only: bool = False) -> list[TemplateView]:
    """All templates in their order."""
    found = session.scalars(
        select(CertificateTemplate)
        .where(CertificateTemplate.deleted_at.is_(None))
        .order_by(CertificateTemplate.position, CertificateTemplate.id)
    )
    views = [_view(row) for row in found]
    return [view for view in views if view.usable or not usable_only]


def template(session: Session, template_id: int) -> TemplateView:
    """One template; raises DomainError when it was deleted."""
    return _view(get(session, template_id))


def get(session: Session, template_id: int) -> CertificateTemplate:
    """The row; raises DomainError when it was deleted."""
    row = session.get(CertificateTemplate, template_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这个证明模板已经被删除，请刷新列表。")
    return row


def get_usable(session: Session, template_id: int) -> CertificateTemplate:
    """The row of a template that papers may be made from; says why where they may not."""
    row = get(session, template_id)
    if damage := _damage(row):
        raise DomainError(f"模板“{row.title}”已损坏：{damage}请让书记打开模板修好，或恢复原文。")
    if not (row.legal_basis or "").strip():
        raise DomainError(f"模板“{row.title}”没有填法律依据，不能用来开证明。")
    if not row.enabled:
        raise DomainError(f"模板“{row.title}”没有启用，请让书记核实依据后启用。")
    return row


def save(
    session: Session,
    template_id: int | None,
    entered: TemplateInput,
    version: int = 0,
) -> int:
    """Keep a new or changed template; raises DomainError naming what is wrong with it."""
    require(session, Right.EDIT_TEMPLATES)
    row = CertificateTemplate(key=None) if template_id is None else get(session, template_id)
    if template_id is not None and row.version != version:
        raise ChangedMeanwhile
    check(entered, key=row.key or "")
    for name, value in columns_of(entered).items():
        setattr(row, name, value)
    row.basis_grade = _grade(row)
    if not row.legal_basis:
        row.enabled = False
    if template_id is None:
        row.enabled = False
        row.position = 1 + (session.scalar(select(func.max(CertificateTemplate.position))) or 0)
        session.add(row)
    session.flush()
    return row.id


def set_enabled(session: Session, template_id: int, enabled: bool) -> None:
    """Offer a template or not; one without a legal basis, or damaged, cannot be switched on."""
    require(session, Right.EDIT_TEMPLATES)
    row = get(session, template_id)
    if enabled and not (row.legal_basis or "").strip():
        raise DomainError(
            f"“{row.title}”没有填法律依据，不能启用。请先填写本区县公布的依据（文件名称和文号）。"
        )
    if enabled and (damage := _damage(row)):
        raise DomainError(f"“{row.title}”不能启用：{damage}")
    row.enabled = enabled
    session.flush()


def restore(session: Session, template_id: int) -> None:
    """The shipped wording again, also of a damaged one; what the office made has none."""
    require(session, Right.EDIT_TEMPLATES)
    row = get(session, template_id)
    original = shipped().get(row.key or "")
    if original is None:
        raise DomainError("这个模板是本社区自己做的，没有原文可以恢复。")
    for name, value in columns_of(_input_of(original)).items():
        setattr(row, name, value)
    row.basis_grade, row.enabled = original.grade, original.enabled
    session.flush()


def delete(session: Session, template_id: int, *, now: datetime) -> None:
    """Put an own template into the recycle bin; papers made from it stay as they are."""
    require(session, Right.EDIT_TEMPLATES)
    row = get(session, template_id)
    if row.key is not None:
        raise DomainError("随程序带来的模板不能删除；不用时停用即可。")
    row.deleted_at, row.enabled = now, False
    session.flush()


def _input_of(one: Shipped) -> TemplateInput:
    return TemplateInput(
        **{name: getattr(one, name) for name in TemplateInput.__dataclass_fields__}
    )


def _grade(row: CertificateTemplate) -> str:
    """A shipped basis keeps its grade as long as it is word for word the shipped one."""
    original = shipped().get(row.key or "")
    if original is not None and original.legal_basis == (row.legal_basis or ""):
        return original.grade
    return OWN_GRADE


def _damage(row: CertificateTemplate) -> str:
    """What makes a row unusable; the editor refuses all of it, a damaged file may have it."""
    if not row.title.strip() or not row.body.strip():
        return "标题或正文是空的。"
    try:
        fill_codes.check(row.body)
    except fill_codes.WrongCode as fault:
        return str(fault)
    return shape_fault(row.layout, row.approver)


def _view(row: CertificateTemplate) -> TemplateView:
    return TemplateView(
        id=row.id,
        key=row.key or "",
        title=row.title,
        layout=row.layout,
        body=row.body,
        legal_basis=row.legal_basis or "",
        basis_grade=row.basis_grade,
        purpose=row.purpose or "",
        recipient=row.recipient or "",
        verification=row.verification or "",
        valid_days=row.valid_days,
        approver=row.approver,
        seal_mark=row.seal_mark,
        counterfoil=row.counterfoil,
        book_word=row.book_word,
        enabled=row.enabled,
        version=row.version,
        shipped=row.key is not None,
        damaged=_damage(row),
    )
