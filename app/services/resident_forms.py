"""Entering, correcting and deleting a resident; search keys, heads and tags follow."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from itertools import compress
from operator import attrgetter, ne
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import DistinctPair, Resident, ResidentTag, Tag
from app.services import (
    dwellings,
    heads,
    households,
    people,
    places,
    privacy,
    search_keys,
    tags,
)
from app.services.resident_input import (
    COPIED,
    FieldFault,
    InvalidInput,
    ResidentInput,
    check,
    checked,
    is_child,
)
from app.storage.lookup import Sql, lookup_of, query
from app.storage.rows import change_row
from app.values import pinyin
from app.values.codes import HEAD

__all__ = [
    "DuplicateDocument",
    "FieldFault",
    "InvalidInput",
    "ResidentInput",
    "add",
    "change_sentence",
    "changes_in_words",
    "check",
    "delete",
    "input_of",
    "mark_checked",
    "restore",
    "update",
]

_NOT_COLUMNS = {
    "address": "现住址",
    "household_id": "户",
    "new_household": "户",
    "grid_id": "网格",
    "tag_ids": "标签",
    "guardian": "监护人",
    "guardian_relation": "监护人",
}
_FIELDS = [field.name for field in fields(ResidentInput)]
_values, _copied = attrgetter(*_FIELDS), attrgetter(*COPIED)
_MOST_NAMED = 3


class DuplicateDocument(DomainError):
    """Somebody else has this document number, and nobody said that they are two people."""

    def __init__(self, resident_id: int, name: str) -> None:
        super().__init__(
            f"这个证件号码已经登记给{name}。是同一人请打开已有的资料；确实是两个人，请选“不是同一人”。"
        )
        self.resident_id = resident_id


def input_of(session: Session, resident_id: int) -> tuple[ResidentInput, int]:
    """The fields of a form as stored, and the version to hand back on saving."""
    person = people.get(session, resident_id)
    values = {name: getattr(person, name) for name in COPIED}
    texts: dict[str, Any] = {
        name: "" if value is None and name not in _DATES else value
        for name, value in values.items()
    }
    guardian = _guardian(session, resident_id)
    entered = ResidentInput(
        **texts,
        guardian=guardian.by_name if guardian else "",
        guardian_relation=guardian.by_relation if guardian else "",
        address=places.short(*dwellings.place_of(session, person.dwelling_id)),
        household_id=person.household_id,
        grid_id=person.grid_id,
        tag_ids=_tag_ids(session, resident_id),
    )
    return entered, person.version


_DATES = {"birth_date", "consent_on", "checked_on"}


def _tag_ids(session: Session, resident_id: int) -> tuple[int, ...]:
    return tuple(
        session.scalars(
            select(Tag.id)
            .join(ResidentTag, ResidentTag.tag_id == Tag.id)
            .where(
                ResidentTag.resident_id == resident_id,
                ResidentTag.until.is_(None),
                Tag.enabled,
                tags.seen(session),
            )
            .order_by(Tag.position, Tag.id)
        )
    )


def add(
    session: Session, entered: ResidentInput, *, now: datetime, distinct_from: Sequence[int] = ()
) -> int:
    """A new resident; `distinct_from` are look-alikes that the user called another person.

    Raises InvalidInput, or DuplicateDocument.
    """
    entered = checked(entered, today=now.date())
    _check_document_is_free(session, entered, None, distinct_from)
    guarded = bool(entered.guardian)
    person = Resident(**_columns(session, entered, None, guarded=guarded))
    session.add(person)
    session.flush()
    _follow(session, person.id, entered, now, before={}, guarded=guarded)
    search_keys.reindex(session, [person.id])
    _declare_distinct(session, person.id, distinct_from, now)
    return person.id


def update(
    session: Session,
    resident_id: int,
    entered: ResidentInput,
    *,
    version: int,
    now: datetime,
    distinct_from: Sequence[int] = (),
) -> tuple[str, ...]:
    """Save a form; says what else changed by it (a household's head).

    Raises InvalidInput, DuplicateDocument, or ChangedMeanwhile when somebody saved since.
    """
    before = people.as_stored(session, resident_id, version=version)
    entered = checked(entered, today=now.date())
    _check_consent(session, before, entered, now.date())
    # Whose number two people have already, the data check lists: a new phone waits for no answer.
    if entered.document_number != before["document_number"]:
        _check_document_is_free(session, entered, resident_id, distinct_from)
    guarded = _has_new_guardian(session, resident_id, entered)
    values = _columns(session, entered, before["dwelling_id"], guarded=guarded)
    changed = change_row(session, Resident, before, values)
    said = _follow(session, resident_id, entered, now, before=before, guarded=guarded)
    if changed.isdisjoint(search_keys.OWN_FACTS):
        search_keys.reindex(session, [resident_id])
    else:
        search_keys.rewrite(session, resident_id)
    _declare_distinct(session, resident_id, distinct_from, now)
    return said


def _columns(
    session: Session, entered: ResidentInput, dwelling_id: int | None, *, guarded: bool
) -> dict[str, Any]:
    """What a form writes into the person's own row; household and relation follow."""
    given = zip(COPIED, _copied(entered), strict=True)
    values: dict[str, Any] = {name: value or None for name, value in given}
    del values["relation"]
    if guarded:
        # The register of consent writes it.
        del values["consent_on"]
    if not dwellings.is_at(session, dwelling_id, entered.address):
        dwelling_id = dwellings.ensure(session, entered.address) if entered.address else None
    values["name_order"] = pinyin.sort_key(entered.name)[:200]
    values["dwelling_id"] = dwelling_id
    values["grid_id"] = entered.grid_id or dwellings.grid_of(session, dwelling_id)
    return values


def _follow(
    session: Session,
    resident_id: int,
    entered: ResidentInput,
    now: datetime,
    *,
    before: Mapping[str, Any],
    guarded: bool,
) -> tuple[str, ...]:
    """Household, tags and guardian, after the person's own row."""
    said = () if _stays(before, entered) else _join(session, resident_id, entered, now)
    tags.replace(session, resident_id, entered.tag_ids, today=now.date())
    if guarded and entered.consent_on:
        privacy.guardian_consent(
            session,
            resident_id,
            by_name=entered.guardian,
            by_relation=entered.guardian_relation,
            on=entered.consent_on,
            now=now,
        )
    return said


def _stays(before: Mapping[str, Any], entered: ResidentInput) -> bool:
    """In the same household, as the same relation."""
    household = (before.get("household_id"), before.get("relation") or "")
    return not entered.new_household and household == (entered.household_id, entered.relation)


def _has_new_guardian(session: Session, resident_id: int, entered: ResidentInput) -> bool:
    """Whether the form names somebody who agreed, and the register does not have it yet."""
    if not entered.guardian:
        return False
    known = _guardian(session, resident_id)
    given = (entered.guardian, entered.guardian_relation, entered.consent_on)
    return known is None or (known.by_name, known.by_relation, known.on_date) != given


def _check_consent(
    session: Session, before: Mapping[str, Any], entered: ResidentInput, today: date
) -> None:
    """What stands in the register is changed there, not in the form."""
    if entered.guardian:
        return
    resident_id = before["id"]
    if entered.consent_on != before["consent_on"] and privacy.is_registered(session, resident_id):
        raise InvalidInput((FieldFault("consent_on", f"同意日期{_REGISTERED}"),))
    if is_child(entered.birth_date, today) and _guardian(session, resident_id) is not None:
        raise InvalidInput((FieldFault("guardian", f"监护人同意{_REGISTERED}"),))


_REGISTERED = "已在个人信息登记里，请在那里撤回或者重新登记。"


def _guardian(session: Session, resident_id: int) -> privacy.Line | None:
    return privacy.guardian_of(privacy.register(session, resident_id))


def _join(
    session: Session, resident_id: int, entered: ResidentInput, now: datetime
) -> tuple[str, ...]:
    """Put the person into the household of the form, and keep one head everywhere."""
    person = people.get(session, resident_id)
    target = entered.household_id
    if entered.new_household:
        target = households.create(session, dwelling_id=person.dwelling_id)
    if target == person.household_id:
        person.relation = entered.relation or None
        return households.settle(session, person) if person.departure is None else ()
    relation = HEAD if entered.new_household else entered.relation
    return households.join(session, person, target, relation=relation, on_date=now.date(), now=now)


def _check_document_is_free(
    session: Session, entered: ResidentInput, own_id: int | None, distinct_from: Sequence[int]
) -> None:
    if not entered.document_number:
        return
    same = Sql("document_number = ? AND deleted_at IS NULL", (entered.document_number,))
    for other_id, name in lookup_of(session).rows(query("id, name", "resident", [same])):
        if other_id == own_id or other_id in distinct_from:
            continue
        if own_id is None or not _are_distinct(session, own_id, other_id):
            raise DuplicateDocument(other_id, name)


def _are_distinct(session: Session, one: int, other: int) -> bool:
    first, second = sorted((one, other))
    pair = select(DistinctPair.id).where(
        DistinctPair.first_id == first, DistinctPair.second_id == second
    )
    return session.scalar(pair) is not None


def _declare_distinct(
    session: Session, resident_id: int, others: Sequence[int], now: datetime
) -> None:
    for other in others:
        if not _are_distinct(session, resident_id, other):
            first, second = sorted((resident_id, other))
            session.add(DistinctPair(first_id=first, second_id=second, decided_at=now))
    session.flush()


def delete(session: Session, resident_id: int, *, now: datetime) -> tuple[str, ...]:
    """Put a resident into the recycle bin; says who leads the household now."""
    person = people.get(session, resident_id)
    person.deleted_at = now
    session.flush()
    said = heads.ensure_head(session, person.household_id)
    search_keys.reindex(session, [resident_id])
    return said


def restore(session: Session, resident_id: int) -> tuple[str, ...]:
    """Take a resident out of the recycle bin again."""
    person = session.get(Resident, resident_id)
    if person is None or person.deleted_at is None or person.erased_on is not None:
        raise DomainError("回收站里没有这位居民。")
    if person.merged_into_id is not None:
        raise DomainError("这份资料已并入另一份，请在“经过”里撤销那次合并。")
    person.deleted_at = None
    session.flush()
    if person.relation == HEAD:
        person.relation = None
    said = heads.ensure_head(session, person.household_id)
    search_keys.reindex(session, [resident_id])
    return said


def mark_checked(session: Session, resident_id: int, *, today: date) -> None:
    """资料已核对: the person's data were compared with the documents today."""
    people.get(session, resident_id).checked_on = today
    session.flush()


def change_sentence(session: Session, resident_id: int, entered: ResidentInput) -> str:
    """The sentence for the transaction of an update: 修改居民 王秀兰 的电话、住址."""
    before, _ = input_of(session, resident_id)
    return changes_in_words(before, entered)


def changes_in_words(before: ResidentInput, entered: ResidentInput) -> str:
    """The same, where the form still holds what it was opened with."""
    changed = compress(_FIELDS, map(ne, _values(before), _values(entered)))
    labels = dict.fromkeys(map(_label, changed))
    named = "、".join(list(labels)[:_MOST_NAMED])
    more = "等" if len(labels) > _MOST_NAMED else ""
    return f"修改居民 {before.name} 的{named}{more}" if labels else f"保存居民 {before.name}"


def _label(name: str) -> str:
    if name in _NOT_COLUMNS:
        return _NOT_COLUMNS[name]
    return str(Resident.__table__.columns[name].info["label"])
