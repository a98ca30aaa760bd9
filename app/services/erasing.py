"""Erasing a person (个人信息保护法 47): who it was goes for good, the sums and numbers stay.

The row stays for the ledgers that point at it. Papers with a number keep what they hold as long
as their own retention runs (erasing_papers.py when it is over); visits and requests stay counted
(erasing_rounds.py). Nothing of it can be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Base,
    Certificate,
    DistinctPair,
    Household,
    PrivacyEvent,
    PrivacyKind,
    Refusal,
    Resident,
    ResidentEvent,
    ResidentPhoto,
    ResidentTag,
    all_tables,
    table_of,
)
from app.services import (
    drafts,
    erasing_meals,
    erasing_meetings,
    erasing_points,
    erasing_rounds,
    heads,
    identity_texts,
    people,
    privacy,
    rights,
    search_keys,
)
from app.services.certificate_views import OPEN_STAGES
from app.services.history_words import TABLE_LABELS
from app.services.identity_texts import ERASED_WORDS, Rows, without
from app.services.standing import FINAL
from app.storage import journal
from app.storage.lookup import actor_of
from app.storage.thinning import forgotten_by
from app.values.rights import Right

FINAL_WORDS = "抹去的内容已经没有了"
_KEPT_COLUMNS = frozenset({"id", "version", "merged_into_id"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing somebody would mean; with blockers it is refused."""

    resident_id: int
    name: str
    blockers: tuple[str, ...]
    heads: tuple[tuple[int, str], ...]
    """Who may lead the household after a head who still counts; empty where nobody must."""
    papers: tuple[str, ...]
    """Numbers of papers that keep the person's data as long as their retention runs."""
    elsewhere: tuple[str, ...]
    """Where others' records name the person: 居民 2 处."""
    backups_until: date


@dataclass(frozen=True, slots=True)
class Erased:
    said: tuple[str, ...]
    papers_kept: int
    mentions: int


def plan(session: Session, resident_id: int, *, today: date) -> Plan:
    """What erasing would mean; raises DomainError for somebody who is not there to be erased."""
    rights.require(session, Right.ERASE)
    person = _root(session, resident_id)
    own = _rows_of(session, _cluster(session, person))
    texts = identity_texts.texts_of(session, own, _known_elsewhere(session, own))
    found = identity_texts.mentions(session, texts, _with_all(session, own))
    return Plan(
        person.id,
        person.name,
        tuple(_blockers(session, person, own, today)),
        _successors(session, person),
        tuple(_kept_numbers(session, own)),
        tuple(
            f"{TABLE_LABELS[table]} {len(ids):,} 处"
            for table, ids in found.items()
            if table in TABLE_LABELS
        ),
        forgotten_by(today),
    )


def erase(
    session: Session,
    resident_id: int,
    *,
    typed_name: str,
    reason: str,
    now: datetime,
    head_id: int | None = None,
    elsewhere: bool = True,
) -> Erased:
    """Erase somebody with everything merged into him; raises DomainError where it may not be.

    `typed_name` is what the user typed to confirm; `head_id` leads the household from now on;
    `elsewhere` also takes the name out of others' notes.
    """
    rights.require(session, Right.ERASE)
    person = _root(session, resident_id)
    ids = _cluster(session, person)
    own = _rows_of(session, ids)
    _refuse(_blockers(session, person, own, now.date()), person, typed_name, reason)
    texts = identity_texts.texts_of(session, own, _known_elsewhere(session, own))
    kept = len(own[Certificate.__tablename__]) + len(own[Refusal.__tablename__])
    said = _leave_household(session, person, ids, head_id, now)
    _empty_person(session, ids, now)
    _remove_owned(session, own, ids)
    own = _with_all(session, own)
    erasing_rounds.empty(session, own, texts.own)
    erasing_points.empty(session, own, texts.own)
    erasing_meals.empty(session, own, texts.own, today=now.date())
    erasing_meetings.empty(session, own, texts.own)
    journaled = {table: rows for table, rows in own.items() if table not in identity_texts.PAPERS}
    done = identity_texts.forget(session, texts, journaled, elsewhere=elsewhere)
    _note(session, person.id, without(texts.own, reason.strip()), now)
    journal.set_details(session, {FINAL: FINAL_WORDS})
    session.expire_all()
    return Erased(said, kept, done.mentions)


def erased_people(session: Session) -> list[tuple[int, date]]:
    """Who was erased, as numbers, and when; the latest first."""
    found = session.execute(
        select(Resident.id, Resident.erased_on)
        .where(Resident.erased_on.is_not(None), Resident.merged_into_id.is_(None))
        .order_by(Resident.erased_on.desc(), Resident.id.desc())
    )
    return [(key, day) for key, day in found if day is not None]


# -- who


def _root(session: Session, resident_id: int) -> Resident:
    person = session.get(Resident, resident_id)
    while person is not None and person.merged_into_id is not None:
        person = session.get(Resident, person.merged_into_id)
    if person is None:
        raise people.ResidentGone
    if person.erased_on is not None:
        raise DomainError("这个人的资料已经抹去。")
    return person


def _cluster(session: Session, person: Resident) -> set[int]:
    """The person and all records that were merged into his, also by way of another."""
    ids, new = {person.id}, {person.id}
    while new:
        merged = session.scalars(select(Resident.id).where(Resident.merged_into_id.in_(new)))
        new = set(merged) - ids
        ids |= new
    return ids


def _rows_of(session: Session, ids: set[int]) -> dict[str, set[int]]:
    """Everything that is theirs, by table; of tables yet to come as well."""
    found: dict[str, set[int]] = {Resident.__tablename__: set(ids)}
    for table in all_tables():
        if "resident_id" in table.columns and "id" in table.columns:
            rows = select(table.c.id).where(table.c.resident_id.in_(ids))
            found[table.name] = set(session.scalars(rows))
    return found


def _with_all(session: Session, own: Rows) -> dict[str, set[int]]:
    """With what belongs to those rows: steps, lines, books."""
    found = erasing_points.with_books(session, erasing_rounds.with_parts(session, own))
    return erasing_meetings.with_parts(session, erasing_meals.with_books(session, found))


def _known_elsewhere(session: Session, own: Rows) -> set[str]:
    """Numbers and names that only the grids, 食堂 or 议事 have."""
    found = erasing_rounds.phones(session, own) | erasing_meals.phones(session, own)
    return found | erasing_meetings.phones(session, own)


# -- whether


def _blockers(session: Session, person: Resident, own: Rows, today: date) -> list[str]:
    found = []
    if person.departure is None and person.deleted_at is None and person.withdrawn_on is None:
        found.append("他还在册：先登记迁出、死亡或撤回同意；录错的人先移到回收站。")
    papers = select(Certificate.title).where(
        Certificate.id.in_(own[Certificate.__tablename__]), Certificate.stage.in_(OPEN_STAGES)
    )
    if titles := session.scalars(papers).all():
        found.append(f"还有 {len(titles)} 份文书没有办完（{titles[0]}）：先领取、作废或删除。")
    asked = [
        one
        for one in privacy.open_requests(session)
        if one.resident_id in own[Resident.__tablename__]
    ]
    if asked:
        found.append(f"还有 {len(asked)} 项更正申请没有办结。")
    found.extend(erasing_rounds.blockers(session, own, today=today))
    found.extend(erasing_meals.blockers(session, own, today=today))
    found.extend(erasing_meetings.blockers(session, own))
    return [*found, *erasing_points.blockers(session, own)]


def _refuse(blockers: Sequence[str], person: Resident, typed_name: str, reason: str) -> None:
    if blockers:
        raise DomainError("现在不能抹去：" + "".join(blockers))
    if typed_name.strip() != person.name:
        raise DomainError("输入的姓名与这个人的姓名不一样，没有抹去。")
    if not reason.strip():
        raise DomainError("请写明为什么抹去，如：迁出满三年；本人要求删除。")


def _successors(session: Session, person: Resident) -> tuple[tuple[int, str], ...]:
    home = None if person.household_id is None else session.get(Household, person.household_id)
    if home is None or home.head_id != person.id:
        return ()
    members = people.of_household(session, home.id)
    return tuple((one.id, one.name) for one in members if one.id != person.id)


def _kept_numbers(session: Session, own: Rows) -> list[str]:
    numbers = select(Certificate.number).where(
        Certificate.id.in_(own[Certificate.__tablename__]), Certificate.number.is_not(None)
    )
    return [*map(str, session.scalars(numbers)), *["告知单"] * len(own[Refusal.__tablename__])]


# -- doing it


def _leave_household(
    session: Session, person: Resident, ids: set[int], head_id: int | None, now: datetime
) -> tuple[str, ...]:
    """Out of the household first, so that it has its new head as after any leaving."""
    home_id = person.household_id
    residents = table_of(Resident)
    gone = update(residents).where(residents.c.id.in_(ids))
    session.connection().execute(gone.values(deleted_at=person.deleted_at or now))
    session.expire_all()
    said: tuple[str, ...] = ()
    if home_id is not None:
        household = session.get_one(Household, home_id)
        if head_id is not None and household.head_id in ids:
            said = heads.set_head(session, household, heads.choose(session, home_id, head_id))
        said = said or heads.ensure_head(session, home_id)
    led = session.scalars(select(Household).where(Household.head_id.in_(ids)))
    for household in led:
        household.head_id = None
    session.flush()
    return said


def _empty_person(session: Session, ids: set[int], now: datetime) -> None:
    table = table_of(Resident)
    values: dict[str, Any] = {
        column.name: None for column in table.columns if column.name not in _KEPT_COLUMNS
    }
    values |= {
        "name": ERASED_WORDS,
        "name_order": "",
        "document_kind": "none",
        "deleted_at": now,
        "erased_on": now.date(),
    }
    session.connection().execute(update(table).where(table.c.id.in_(ids)).values(values))
    journal.record_erased(session, Resident, sorted(ids))
    search_keys.forget_for_good(session, ids)


def _remove_owned(session: Session, own: Rows, ids: set[int]) -> None:
    """Photo, tags, changes, drafts; of the register only kinds and days stay."""
    for model in (ResidentTag, ResidentEvent):
        _delete(session, model, select(model.id).where(model.resident_id.in_(ids)))
    pairs = or_(DistinctPair.first_id.in_(ids), DistinctPair.second_id.in_(ids))
    _delete(session, DistinctPair, select(DistinctPair.id).where(pairs))
    photos = table_of(ResidentPhoto)
    connection = session.connection()
    connection.execute(delete(photos).where(photos.c.resident_id.in_(ids)))
    drafts.forget_people(session, ids)
    events = table_of(PrivacyEvent)
    lines = own[PrivacyEvent.__tablename__]
    blank = dict.fromkeys(("by_name", "by_relation", "filed_at", "note"))
    connection.execute(update(events).where(events.c.id.in_(lines)).values(blank))
    journal.record_erased(session, PrivacyEvent, sorted(lines))


def _delete(session: Session, model: type[Base], wanted: Select[int]) -> None:
    ids = list(session.scalars(wanted))
    table = table_of(model)
    session.connection().execute(delete(table).where(table.c.id.in_(ids)))
    journal.record_erased(session, model, ids)


def _note(session: Session, resident_id: int, reason: str, now: datetime) -> None:
    session.add(
        PrivacyEvent(
            resident_id=resident_id,
            kind=PrivacyKind.ERASED,
            on_date=now.date(),
            note=reason[:200],
            user_name=actor_of(session).name,
            created_at=now,
        )
    )
    session.flush()
