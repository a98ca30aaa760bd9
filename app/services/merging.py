"""Two records of one person become one; nothing is lost, and history.undo takes it back."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Base,
    CareCase,
    Certificate,
    DiaryMet,
    GridMember,
    MealVoucher,
    OrderPause,
    PrivacyEvent,
    Refusal,
    Request,
    Resident,
    ResidentEvent,
    ResidentPhoto,
    ResidentTag,
    StandingOrder,
    Visit,
    VisitAlarm,
    VisitDeferral,
    VisitSheetRow,
)
from app.services import (
    heads,
    merging_meals,
    merging_meetings,
    merging_points,
    people,
    search_keys,
    visit_alarms,
)
from app.services.history_words import FieldChange, Words
from app.services.look_alikes import ComparedLine, Verdict
from app.services.resident_input import COPIED
from app.values import pinyin

# What one record can take over from the other; the household comes with its relation.
_TAKEN = (*COPIED, "dwelling_id", "household_id", "grid_id", "withdrawn_on")
# Columns that only make sense together.
_TOGETHER = {"document_number": "document_kind", "household_id": "relation"}
# What goes with the one who is kept, in the words of the preview. Tags are told apart.
_FOLLOW: tuple[tuple[str, tuple[type[Base], ...]], ...] = (
    ("条变动记录", (ResidentEvent,)),
    ("条个人信息登记", (PrivacyEvent,)),
    ("份证明和告知单", (Certificate, Refusal)),
    ("次走访", (Visit,)),
    ("条走访报警、改期和走访单", (VisitAlarm, VisitDeferral, VisitSheetRow)),
    ("件诉求", (Request,)),
    ("条平安日记", (DiaryMet,)),
    ("份网格人员资料", (GridMember,)),
    ("份长期订餐和停送", (StandingOrder, OrderPause)),
    ("张餐券", (MealVoucher,)),
    ("件送餐关怀", (CareCase,)),
)


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Field by field what the two records say (`entered`: kept, `existing`: given up)."""

    lines: tuple[ComparedLine, ...]
    columns: tuple[str, ...]
    moves: tuple[str, ...]


def preview(session: Session, keep_id: int, other_id: int) -> MergePreview:
    """What a merge would bring together; `columns` names the line's column for `take`."""
    keep, other = _pair(session, keep_id, other_id)
    columns = [
        column.name
        for column in Resident.__table__.columns
        if column.name in _TAKEN and (getattr(keep, column.name) or getattr(other, column.name))
    ]
    differences = {
        name: [_plain(getattr(keep, name)), _plain(getattr(other, name))] for name in columns
    }
    shown: tuple[FieldChange, ...] = Words(session, [differences]).changes("resident", differences)
    lines = [
        ComparedLine(change.label, change.before, change.after, _verdict(differences[name]))
        for name, change in zip(columns, shown, strict=True)
    ]
    return MergePreview(tuple(lines), tuple(columns), _moves(session, other_id))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _verdict(pair: list[object]) -> Verdict:
    if not pair[0] or not pair[1]:
        return "—"
    return "同" if pair[0] == pair[1] else "不同"


def _moves(session: Session, other_id: int) -> tuple[str, ...]:
    counted = [("条标签记录", len(session.scalars(_tags_of(other_id)).all()))]
    counted += [
        (what, sum(len(_rows_of(session, model, other_id)) for model in models))
        for what, models in _FOLLOW
    ]
    return tuple(f"{count} {what}一并转过来" for what, count in counted if count)


def merge(
    session: Session,
    keep_id: int,
    other_id: int,
    *,
    now: datetime,
    take: AbstractSet[str] = frozenset(),
) -> tuple[str, ...]:
    """Give up `other` for `keep`; columns in `take` come from `other`, gaps are always filled.

    Returns what else changed. Tags, events, visits, requests, papers and the history are read with
    the keeper from now on; a paper keeps the name that it was made out to.
    """
    keep, other = _pair(session, keep_id, other_id)
    left = other.household_id
    _fill(keep, other, take)
    keep.name_order = pinyin.sort_key(keep.name)[:200]
    _move_lines(session, keep, other)
    _move_photo(session, keep_id, other_id)
    in_books = (
        *merging_points.bring_together(session, keep, other, now=now),
        *merging_meals.bring_together(session, keep, other, now=now),
        *merging_meetings.bring_together(session, keep, other),
    )
    other.deleted_at, other.merged_into_id = now, keep_id
    session.flush()
    said = (*heads.ensure_head(session, keep.household_id), *heads.ensure_head(session, left))
    search_keys.reindex(session, [keep_id, other_id])
    return tuple(dict.fromkeys((*said, *in_books, *_serves_twice(session, keep))))


def _serves_twice(session: Session, keep: Resident) -> tuple[str, ...]:
    """Posts hang on each of the two: only somebody who knows them can bring them together."""
    serving = [row for row in _rows_of(session, GridMember, keep.id) if row.deleted_at is None]
    if len(serving) < 2:
        return ()
    return (f"{keep.name}在网格人员里有 {len(serving)} 份，请到“网格”的“组织”里留一份。",)


def _pair(session: Session, keep_id: int, other_id: int) -> tuple[Resident, Resident]:
    if keep_id == other_id:
        raise DomainError("请选两份不同的资料来合并。")
    return people.get(session, keep_id), people.get(session, other_id)


def _fill(keep: Resident, other: Resident, take: AbstractSet[str]) -> None:
    unknown = set(take) - set(_TAKEN)
    if unknown:
        raise ValueError(f"cannot take {sorted(unknown)} from another record")
    wanted = {name for name in _TAKEN if not getattr(keep, name) and getattr(other, name)}
    wanted |= set(take)
    for leader, follower in _TOGETHER.items():
        wanted.discard(follower)
        if leader in wanted:
            wanted.add(follower)
    for name in wanted:
        setattr(keep, name, getattr(other, name))


def _move_lines(session: Session, keep: Resident, other: Resident) -> None:
    """All lines follow; of a tag that both have, the other's line stays behind."""
    have = {line.tag_id for line in session.scalars(_tags_of(keep.id)) if line.until is None}
    for line in session.scalars(_tags_of(other.id)).all():
        if line.until is not None or line.tag_id not in have:
            line.resident_id = keep.id
    for _, models in _FOLLOW:
        for model in models:
            for row in _rows_of(session, model, other.id):
                row.resident_id = keep.id
    _meet_once(session, keep.id)
    # The visits of both, in the order of their days, may raise an alarm or answer one.
    visit_alarms.watch(session, keep.id)


def _meet_once(session: Session, resident_id: int) -> None:
    """A line of the diary that named both names the one who is kept once."""
    session.flush()
    seen: set[int] = set()
    for row in _rows_of(session, DiaryMet, resident_id):
        if row.entry_id in seen:
            session.delete(row)
        seen.add(row.entry_id)


def _move_photo(session: Session, keep_id: int, other_id: int) -> None:
    photo = session.get(ResidentPhoto, other_id)
    if photo is not None and session.get(ResidentPhoto, keep_id) is None:
        session.add(ResidentPhoto(resident_id=keep_id, jpeg=photo.jpeg))


def _tags_of(resident_id: int) -> Select[ResidentTag]:
    return select(ResidentTag).where(ResidentTag.resident_id == resident_id)


def _rows_of(session: Session, model: Any, resident_id: int) -> list[Any]:
    return list(session.scalars(select(model).where(model.resident_id == resident_id)))
