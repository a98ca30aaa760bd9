"""The columns of the two registers (domain.md 1.5) and how each is read from its row."""

from collections.abc import Callable

from app.models import Certificate, SealUse, Stage
from app.services.certificate_paper import split_document
from app.services.certificate_views import stage_words
from app.values.masking import mask_phone

VALID, VOID = "有效", "作废"
_TAIL = 4
Phone = Callable[[str], str]
CERTIFICATE_COLUMNS: tuple[tuple[str, Callable[[Certificate, Phone], str]], ...] = (
    ("编号", lambda row, _: row.number or ""),
    ("日期", lambda row, _: row.issued_on.isoformat() if row.issued_on else ""),
    ("申请人", lambda row, _: _applicant(row)),
    ("证件类型/尾号", lambda row, _: _document(row)),
    ("联系电话", lambda row, phone: phone(row.applicant_phone or "")),
    ("事项类别", lambda row, _: row.title),
    ("用途", lambda row, _: row.purpose or ""),
    ("接收单位", lambda row, _: row.recipient or ""),
    ("法律依据", lambda row, _: row.legal_basis or ""),
    ("查验材料", lambda row, _: row.verification or ""),
    ("核实人", lambda row, _: row.verified_by or ""),
    ("批准人", lambda row, _: row.approved_by or ""),
    ("份数", lambda row, _: str(row.copies)),
    ("经办人", lambda row, _: row.handled_by),
    ("领取人", lambda row, _: _collected(row)),
    ("状态", lambda row, _: _state(row)),
    ("作废原因", lambda row, _: row.void_reason or ""),
    ("备注", lambda row, _: _note(row)),
)
SEAL_COLUMNS: tuple[tuple[str, Callable[[SealUse, Phone], str]], ...] = (
    ("用印时间", lambda row, _: f"{row.used_at:%Y-%m-%d %H:%M}"),
    ("印章", lambda row, _: row.seal),
    ("用印内容", lambda row, _: row.content),
    ("份数", lambda row, _: str(row.copies)),
    ("签批人", lambda row, _: row.approved_by or ""),
    ("经办人", lambda row, _: row.handled_by),
    ("申请用印人", lambda row, _: row.applicant or ""),
    ("联系电话", lambda row, phone: phone(row.applicant_phone or "")),
    ("备注", lambda row, _: row.note or ""),
)
CERTIFICATE_HEADINGS = ("序号", *(heading for heading, _ in CERTIFICATE_COLUMNS))
SEAL_HEADINGS = ("序号", *(heading for heading, _ in SEAL_COLUMNS))


def _applicant(row: Certificate) -> str:
    """Whoever came for it; the holder as well where that is somebody else."""
    if not row.applicant or row.applicant == row.holder:
        return row.holder
    return f"{row.applicant}（代 {row.holder}）"


def _document(row: Certificate) -> str:
    if not row.holder_document:
        return ""
    kind, number = split_document(row.holder_document)
    return f"{kind} {number[-_TAIL:]}"


def _collected(row: Certificate) -> str:
    if not row.collected_by:
        return ""
    day = f"{row.collected_at:%m-%d} " if row.collected_at else ""
    return f"{day}{row.collected_by}（{row.collector_relation}）"


def _state(row: Certificate) -> str:
    """有效·待领取, 作废, and how often it was printed again."""
    if row.stage is Stage.VOID:
        return VOID
    again = f"，补打 {row.reprints} 次" if row.reprints else ""
    return f"{VALID}，{stage_words(row)}{again}"


def _note(row: Certificate) -> str:
    override = f"破例出具：{row.override_reason}" if row.override_reason else ""
    return "；".join(part for part in (override, row.approval_note, row.note) if part)


def phone_reader(masked: bool) -> Phone:
    """How telephones are shown: with their middle hidden, or whole."""
    return mask_phone if masked else lambda number: number
