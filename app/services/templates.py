"""Templates of certificates: seeded, edited, switched on and off, looked at with sample values."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Certificate as CertificateRow
from app.models import CertificateTemplate
from app.reports.certificate import Certificate
from app.reports.certificate_data import LAYOUTS
from app.services import fill_codes, papers, settings
from app.services.certificate_views import APPROVERS, SECRETARY
from app.services.office import office
from app.services.shipped_templates import Shipped, shipped
from app.services.undo import FINAL
from app.storage import journal
from app.values.text import tidy, visible

VOLUNTEER = "volunteer_service"
LAYOUT_LABELS = {"letter": "书信式", "blocks": "四栏式（志愿服务）", "honor": "证书式"}
# The grade of a basis that the office typed itself.
OWN_GRADE = "自填"
LONGEST_BODY = 20_000
_LONGEST = {
    "title": (60, "标题"),
    "legal_basis": (500, "法律依据"),
    "purpose": (120, "用途"),
    "recipient": (120, "接收单位"),
    "verification": (200, "核实方式"),
    "book_word": (10, "单独编号的字"),
}
_OPTIONAL = ("legal_basis", "purpose", "recipient", "verification")
_PLAIN = ("layout", "valid_days", "approver", "seal_mark", "counterfoil")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateInput:
    """What is typed in the editor; `body` holds fill codes, one paragraph a line."""

    title: str = ""
    layout: str = "letter"
    body: str = ""
    legal_basis: str = ""
    purpose: str = ""
    recipient: str = ""
    verification: str = ""
    valid_days: int | None = None
    approver: str = SECRETARY
    seal_mark: bool = True
    counterfoil: bool = True
    book_word: str = ""


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
                **_columns(_input_of(one)),
            )
            session.add(row)
    # Taking back the start of an office would leave it without templates.
    journal.set_details(session, {FINAL: True})
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
    *,
    role: str,
) -> int:
    """Keep a new or changed template; raises DomainError naming what is wrong with it."""
    _check_role(role)
    row = CertificateTemplate(key=None) if template_id is None else get(session, template_id)
    if template_id is not None and row.version != version:
        raise ChangedMeanwhile
    check(entered, key=row.key or "")
    for name, value in _columns(entered).items():
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


def set_enabled(session: Session, template_id: int, enabled: bool, *, role: str = "") -> None:
    """Offer a template or not; one without a legal basis, or damaged, cannot be switched on."""
    _check_role(role)
    row = get(session, template_id)
    if enabled and not (row.legal_basis or "").strip():
        raise DomainError(
            f"“{row.title}”没有填法律依据，不能启用。请先填写本区县公布的依据（文件名称和文号）。"
        )
    if enabled and (damage := _damage(row)):
        raise DomainError(f"“{row.title}”不能启用：{damage}")
    row.enabled = enabled
    session.flush()


def restore(session: Session, template_id: int, *, role: str = "") -> None:
    """The shipped wording again, also of a damaged one; what the office made has none."""
    _check_role(role)
    row = get(session, template_id)
    original = shipped().get(row.key or "")
    if original is None:
        raise DomainError("这个模板是本社区自己做的，没有原文可以恢复。")
    for name, value in _columns(_input_of(original)).items():
        setattr(row, name, value)
    row.basis_grade, row.enabled = original.grade, original.enabled
    session.flush()


def delete(session: Session, template_id: int, *, now: datetime, role: str = "") -> None:
    """Put an own template into the recycle bin; papers made from it stay as they are."""
    _check_role(role)
    row = get(session, template_id)
    if row.key is not None:
        raise DomainError("随程序带来的模板不能删除；不用时停用即可。")
    row.deleted_at, row.enabled = now, False
    session.flush()


def check(entered: TemplateInput, *, key: str = "") -> None:
    """Raises DomainError naming the first thing that is wrong with a template."""
    if not entered.title.strip():
        raise DomainError("请填写模板的标题。")
    if not entered.body.strip():
        raise DomainError("请填写模板的正文。")
    if len(entered.body) > LONGEST_BODY:
        raise DomainError(
            f"正文有 {len(entered.body):,} 个字，最多 {LONGEST_BODY:,} 个字，请缩短。"
        )
    for name, (longest, label) in _LONGEST.items():
        if len(getattr(entered, name)) > longest:
            raise DomainError(f"“{label}”太长，最多 {longest} 个字，请缩短。")
    if entered.valid_days is not None and not 1 <= entered.valid_days <= 3650:
        raise DomainError("有效天数应在 1 到 3650 之间；没有期限就空着。")
    fill_codes.check(entered.body)
    if fault := _shape_fault(entered.layout, entered.approver):
        raise DomainError(fault)
    if key == VOLUNTEER and (missing := _missing_service(entered)):
        raise DomainError(
            f"志愿服务记录证明必须载明服务时间、服务内容和记录单位（民政部令第67号第十五条），"
            f"正文里少了 {missing}。"
        )


def sample_paper(session: Session, entered: TemplateInput, today: date) -> Certificate:
    """The paper with made-up values, for the preview beside the editor; WrongCode as in check."""
    from app.services import certificate_paper

    values = {**fill_codes.SAMPLES, **_office_samples(session, entered, today)}
    asked = [one for one in fill_codes.codes_in(entered.body) if fill_codes.is_question(one)]
    values.update({one: f"（{fill_codes.label_of(one)}）" for one in asked})
    until = today + timedelta(days=entered.valid_days) if entered.valid_days else None
    values["有效期至"] = certificate_paper.day_words(until) or "长期"
    body = fill_codes.tidied(entered.body)
    return Certificate(
        office=papers.committee(session),
        title=tidy(entered.title) or "（标题）",
        number="",
        paragraphs=certificate_paper.paragraphs(fill_codes.fill(body, values)),
        holder=values["姓名"],
        holder_document=f"{values['证件类型']} {values['证件号码']}",
        purpose=values["用途"],
        recipient=values["接收单位"],
        legal_basis=entered.legal_basis.strip(),
        valid_until=until,
        issued_on=today,
        handled_by="赵敏",
        approved_by="" if entered.approver not in APPROVERS[:2] else "周立群",
        office_phone=values["办公电话"],
        seal_mark=entered.seal_mark,
        counterfoil=entered.counterfoil,
        blocks=certificate_paper.sample_blocks(values, today) if entered.layout == "blocks" else (),
        mark="草稿",
        layout=certificate_paper.layout_of(entered.layout),
    )


def _office_samples(session: Session, entered: TemplateInput, today: date) -> dict[str, str]:
    from app.services import certificate_paper

    values = {**certificate_paper.office_values(session), **certificate_paper.day_values(today)}
    typed = {"用途": entered.purpose.strip(), "接收单位": entered.recipient.strip()}
    return {**values, **{code: words for code, words in typed.items() if words}}


def papers_of(session: Session, template_id: int) -> int:
    """How many papers were made from a template."""
    found = session.scalar(
        select(func.count())
        .select_from(CertificateRow)
        .where(CertificateRow.template_id == template_id)
    )
    return found or 0


def one_book(session: Session) -> bool:
    """Whether all kinds of papers share one book of numbers."""
    return settings.value(session, settings.ONE_BOOK)


def phone(session: Session) -> str:
    """The telephone that stands on papers."""
    return office(session).phone


def _input_of(one: Shipped) -> TemplateInput:
    return TemplateInput(
        **{name: getattr(one, name) for name in TemplateInput.__dataclass_fields__}
    )


def _columns(entered: TemplateInput) -> dict[str, object]:
    lines = [visible(line).rstrip() for line in entered.body.strip().splitlines()]
    values: dict[str, object] = {
        "title": tidy(entered.title),
        "body": fill_codes.tidied("\n".join(lines)),
        "book_word": tidy(entered.book_word),
    }
    values.update({name: tidy(getattr(entered, name)) or None for name in _OPTIONAL})
    values.update({name: getattr(entered, name) for name in _PLAIN})
    return values


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
    return _shape_fault(row.layout, row.approver)


def _shape_fault(layout: str, approver: str) -> str:
    if layout not in LAYOUTS:
        return f"版式“{layout[:12]}”不认识，请重新选择。"
    if approver not in APPROVERS:
        return f"“由谁批准”写着“{approver[:12]}”，不认识，请重新选择。"
    return ""


def _missing_service(entered: TemplateInput) -> str:
    """The four blocks print the three items by themselves; another layout needs their codes."""
    if entered.layout == "blocks":
        return ""
    codes = fill_codes.codes_in(entered.body)
    missing = [one for one in ("服务时长", "服务内容", "记录单位") if one not in codes]
    return "、".join(f"{{{one}}}" for one in missing)


def _check_role(role: str) -> None:
    if role not in {"", SECRETARY}:
        raise DomainError("证明模板由书记修改和启用，请书记登录后再改。")


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
