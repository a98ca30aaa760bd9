"""Certificates as windows and registers show them: lines, facts, steps, what may be done next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from app.models import Stage
from app.services.resident_rows import DEPARTURE_LABELS
from app.values.masking import tail_id

if TYPE_CHECKING:
    from app.models import Certificate, Resident

Act = Literal[
    "edit",
    "delete",
    "accept",
    "approve",
    "send_back",
    "number",
    "print",
    "confirm",
    "collect",
    "reprint",
    "correct",
    "void",
]
NO_APPROVAL, SECRETARY, DIRECTOR, MEETING = "不需批准", "书记", "主任", "居民代表会议"
APPROVERS = (SECRETARY, DIRECTOR, MEETING, NO_APPROVAL)
STAGE_LABELS = {
    Stage.DRAFT: "草稿",
    Stage.WAITING: "待批",
    Stage.APPROVED: "待给号",
    Stage.NUMBERED: "待打印",
    Stage.PRINTING: "待确认",
    Stage.PRINTED: "待领取",
    Stage.COLLECTED: "已领取",
    Stage.VOID: "已作废",
}
OPEN_STAGES = tuple(stage for stage in Stage if stage not in (Stage.COLLECTED, Stage.VOID))
"""In which a paper is not done yet."""
TONES = {
    Stage.DRAFT: "grey",
    Stage.WAITING: "amber",
    Stage.APPROVED: "blue",
    Stage.NUMBERED: "blue",
    Stage.PRINTING: "amber",
    Stage.PRINTED: "blue",
    Stage.COLLECTED: "green",
    Stage.VOID: "red",
}
_ACTS: dict[Stage, frozenset[Act]] = {
    Stage.DRAFT: frozenset({"edit", "delete", "accept"}),
    Stage.WAITING: frozenset({"approve", "send_back", "delete"}),
    Stage.APPROVED: frozenset({"number", "send_back", "delete"}),
    Stage.NUMBERED: frozenset({"print", "correct", "void"}),
    Stage.PRINTING: frozenset({"confirm", "correct", "void"}),
    Stage.PRINTED: frozenset({"collect", "reprint", "correct", "void"}),
    Stage.COLLECTED: frozenset({"reprint", "correct", "void"}),
    Stage.VOID: frozenset(),
}


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One line of the list by stages; `serial` and `number` come with the number."""

    id: int
    number: str
    serial: int | None
    title: str
    holder: str
    stage: Stage
    stage_label: str
    when: datetime
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What the register says of one paper; '' and None where there is nothing yet."""

    id: int
    number: str
    title: str
    holder: str
    document_masked: str
    stage: Stage
    stage_label: str
    tone: str
    purpose: str
    recipient: str
    legal_basis: str
    verification: str
    copies: int
    applicant: str
    applicant_phone: str
    handled_by: str
    verified_by: str
    approver: str
    approved_by: str
    approval_note: str
    issued_on: date | None
    valid_until: date | None
    check_code: str
    reprints: int
    collected_by: str
    collector_relation: str
    collected_at: datetime | None
    void_reason: str
    override_reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a paper's life; `at` is when it was taken."""

    label: str
    at: datetime | None
    done: bool


@dataclass(frozen=True, slots=True)
class Life:
    """The card of one paper: its facts, its steps and what may be done with it now."""

    facts: PaperFacts
    template_id: int
    resident_id: int | None
    version: int
    body: str
    basis_grade: str
    corrects: str
    corrected_by: str
    gone: str
    """What became of the holder before the paper had a number: 2026-11-20 死亡; '' for nothing."""
    steps: tuple[Step, ...]
    actions: frozenset[Act]


def line(row: Certificate) -> CertificateLine:
    return CertificateLine(
        row.id,
        row.number or "",
        row.serial,
        row.title,
        row.holder,
        row.stage,
        stage_words(row),
        _when(row),
        TONES[row.stage],
    )


def facts(row: Certificate) -> PaperFacts:
    return PaperFacts(
        id=row.id,
        number=row.number or "",
        title=row.title,
        holder=row.holder,
        document_masked=masked_document(row.holder_document or ""),
        stage=row.stage,
        stage_label=stage_words(row),
        tone=TONES[row.stage],
        purpose=row.purpose or "",
        recipient=row.recipient or "",
        legal_basis=row.legal_basis or "",
        verification=row.verification or "",
        copies=row.copies,
        applicant=row.applicant or "",
        applicant_phone=row.applicant_phone or "",
        handled_by=row.handled_by,
        verified_by=row.verified_by or "",
        approver=row.approver,
        approved_by=row.approved_by or "",
        approval_note=row.approval_note or "",
        issued_on=row.issued_on,
        valid_until=_valid_until(row.snapshot),
        check_code=row.check_code or "",
        reprints=row.reprints,
        collected_by=row.collected_by or "",
        collector_relation=row.collector_relation or "",
        collected_at=row.collected_at,
        void_reason=row.void_reason or "",
        override_reason=row.override_reason or "",
        note=row.note or "",
    )


def steps(row: Certificate) -> tuple[Step, ...]:
    """草稿, 预览, 批准 where somebody must, 给号, 打印, 领取; 作废 ends them all."""
    taken: list[tuple[str, datetime | None]] = [
        ("草稿", row.drafted_at),
        ("预览", row.previewed_at),
    ]
    if row.approver != NO_APPROVAL:
        taken.append(("批准", row.approved_at))
    taken += [("给号", row.numbered_at), ("打印", row.printed_at), ("领取", row.collected_at)]
    if row.stage is Stage.VOID:
        taken = [*((name, at) for name, at in taken if at), ("作废", row.voided_at)]
    return tuple(Step(name, at, at is not None) for name, at in taken)


def actions(row: Certificate) -> frozenset[Act]:
    """What this stage of a paper allows; who may do it is the business of certificate_life."""
    return _ACTS[row.stage]


def gone_words(row: Certificate, holder: Resident | None) -> str:
    """Whether the holder left since the paper was begun; a number says all is as it was then."""
    if holder is None or row.number is not None:
        return ""
    if holder.departure is not None:
        day = f"{holder.departed_on.isoformat()} " if holder.departed_on else ""
        return f"{day}{DEPARTURE_LABELS[holder.departure]}"
    return "已从名册删除" if holder.deleted_at is not None else ""


def stage_words(row: Certificate) -> str:
    """待批 names who is waited for."""
    if row.stage is Stage.WAITING:
        return f"等{row.approver}批" if row.approver != MEETING else "等会议同意"
    return STAGE_LABELS[row.stage]


def masked_document(document: str) -> str:
    """居民身份证 ⋅⋅⋅1827: the kind and the tail of what stands on the paper."""
    kind, _, number = document.rpartition(" ")
    return f"{kind} {tail_id(number)}".strip()


def _valid_until(snapshot: Mapping[str, Any] | None) -> date | None:
    """None as well where the kept paper is damaged: that is said when it is to be printed."""
    try:
        return date.fromisoformat((snapshot or {})["valid_until"])
    except (KeyError, TypeError, ValueError):
        return None


def _when(row: Certificate) -> datetime:
    later = (row.voided_at, row.collected_at, row.printed_at, row.numbered_at)
    earlier = (row.approved_at, row.previewed_at, row.drafted_at)
    return next((at for at in (*later, *earlier) if at), row.drafted_at)
