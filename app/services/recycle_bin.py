"""回收站: what was deleted in any part of the program, the way back, and the end after 30 days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Action,
    Activity,
    AgendaItem,
    Appraisal,
    AppraisalLine,
    Attendee,
    Base,
    Canteen,
    CanteenPeriod,
    Change,
    DeliveryRoute,
    DiaryEntry,
    DiaryMet,
    DistinctPair,
    Meeting,
    Notice,
    NoticePhoto,
    Operation,
    Owner,
    OwnerUnit,
    Participation,
    PointsItem,
    PointsRule,
    PrivacyEvent,
    Project,
    ProjectResource,
    Request,
    RequestExtension,
    RequestStep,
    Resident,
    ResidentEvent,
    ResidentTag,
    RouteStop,
    StarAward,
    SubsidyRule,
    SubsidyRuleTag,
    SubsidyShare,
    Team,
    TeamMember,
    Topic,
    TopicPerson,
    VisitRule,
    VisitRuleTag,
    Volunteer,
    VolunteerNote,
    everything,
    model_named,
)
from app.models.base import Deletable
from app.services import identity_texts, resident_forms, restore_checks, search_keys
from app.services.chunks import chunks
from app.services.history_words import TABLE_LABELS
from app.services.id_ranges import conditions
from app.services.record_names import name_of
from app.services.standing import FINAL
from app.services.undo_rows import Rows
from app.storage import journal
from app.storage.guard import WRITES
from app.storage.lookup import actor_of

KEPT_DAYS = 30
_AT_ONCE = 500
_RESIDENT = Resident.__tablename__


@dataclass(frozen=True, slots=True)
class BinLine:
    """One deleted record. `left` counts the days until it goes; None where others point at it."""

    table: str
    id: int
    kind: str
    name: str
    deleted_at: datetime
    who: str
    left: int | None


@dataclass(frozen=True, slots=True)
class Purged:
    """How many went for good, by the name of their kind."""

    gone: Mapping[str, int]

    @property
    def sentence(self) -> str:
        told = "、".join(f"{kind} {count:,} 条" for kind, count in self.gone.items())
        return f"回收站里满 {KEPT_DAYS} 天的已清理：{told}"


def deletable() -> dict[str, type[Base]]:
    """The tables whose rows go through the bin."""
    return {name: model for name, model in everything().items() if issubclass(model, Deletable)}


def lines(session: Session, *, now: datetime, search: str = "") -> list[BinLine]:
    """The latest first; only what whoever asks may put back."""
    found: list[BinLine] = []
    for table, model in deletable().items():
        if actor_of(session).may(WRITES[table]):
            found.extend(_lines_of(session, table, model, now))
    words = search.split()
    wanted = [
        one for one in found if all(word in f"{one.kind} {one.name} {one.who}" for word in words)
    ]
    return sorted(wanted, key=lambda one: (one.deleted_at, one.id), reverse=True)


def _lines_of(session: Session, table: str, model: type[Base], now: datetime) -> Iterable[BinLine]:
    deleted = _deleted(session, model)
    who = _who_deleted(session, table, list(deleted))
    held = _held(session, table, {one for one, at in deleted.items() if _left(at, now) == 0})
    for row_id, at in deleted.items():
        left = None if row_id in held else _left(at, now)
        name = name_of(session, table, row_id) or TABLE_LABELS[table]
        yield BinLine(table, row_id, TABLE_LABELS[table], name, at, who.get(row_id, ""), left)


def _left(deleted_at: datetime, now: datetime) -> int:
    return max(0, KEPT_DAYS - (now.date() - deleted_at.date()).days)


def _deleted(session: Session, model: Any, before: datetime | None = None) -> dict[int, datetime]:
    """When each was deleted; a merged person lives on in another record, an erased one is gone."""
    where: list[ColumnElement[bool]] = [model.deleted_at.is_not(None)]
    if before is not None:
        where.append(model.deleted_at < before)
    if model is Resident:
        where += [Resident.merged_into_id.is_(None), Resident.erased_on.is_(None)]
    return {
        key: at for key, at in session.execute(select(model.id, model.deleted_at).where(*where))
    }


def _who_deleted(session: Session, table: str, ids: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(ids, _AT_ONCE):
        told = session.execute(
            select(Change.row_id, Change.fields, Operation.user_name)
            .join(Operation, Operation.id == Change.operation_id)
            .where(
                Change.table_name == table,
                Change.row_id.in_(part),
                Change.action == Action.UPDATED,
            )
            .order_by(Operation.id)
        )
        found.update(
            {row_id: who for row_id, fields, who in told if "deleted_at" in (fields or {})}
        )
    return found


# -- the way back


def restore(session: Session, table: str, row_id: int, *, now: datetime) -> tuple[str, ...]:
    """Put a record back where it was; says what is to be looked at now. Raises DomainError."""
    if table == _RESIDENT:
        return (*resident_forms.restore(session, row_id), *_same_document(session, row_id))
    row: Any = session.get(model_named(table), row_id)
    if row is None or row.deleted_at is None:
        raise DomainError(f"回收站里没有这条{TABLE_LABELS[table]}，请刷新。")
    restore_checks.check(session, row)
    row.deleted_at = None
    session.flush()
    return restore_checks.follow(session, row, now=now)


def _same_document(session: Session, resident_id: int) -> tuple[str, ...]:
    person = session.get_one(Resident, resident_id)
    if not person.document_number:
        return ()
    other = session.scalar(
        select(Resident.name).where(
            Resident.document_number == person.document_number,
            Resident.id != resident_id,
            Resident.deleted_at.is_(None),
        )
    )
    if other is None:
        return ()
    return (f"{person.name}的证件号码现在也登记在{other}名下，请核对；是同一人请合并。",)


# -- the end


def due(session: Session, *, now: datetime) -> dict[str, set[int]]:
    """By table what has lain in the bin for its days, and nothing that stays points at."""
    before = now - timedelta(days=KEPT_DAYS)
    found = {table: set(_deleted(session, model, before)) for table, model in deletable().items()}
    return {table: ids for table, ids in _free(session, found).items() if ids}


def purge(session: Session, *, now: datetime) -> Purged:
    """Let what is due go for good, in the caller's transaction; the journal keeps no values."""
    going = due(session, now=now)
    if not going:
        return Purged({})
    told = {TABLE_LABELS[table]: len(ids) for table, ids in going.items()}
    owned = _owned(session, going)
    # The proof of what hung on the board is not undone away, and goes with its notice in the end.
    for condition in conditions(NoticePhoto.id, owned.pop(NoticePhoto.__tablename__, set())):
        session.execute(delete(NoticePhoto).where(condition))
    _forget_people(session, going.get(_RESIDENT, set()), owned)
    Rows(session).delete({**going, **owned}, for_good=True)
    session.expire_all()
    journal.set_details(session, {FINAL: f"满 {KEPT_DAYS} 天，已从回收站清理"})
    return Purged(told)


def _forget_people(session: Session, ids: set[int], owned: Mapping[str, set[int]]) -> None:
    """Whoever goes for good goes from the journal's words and values as well (个保法 47)."""
    if ids:
        theirs = {_RESIDENT: ids, **owned}
        texts = identity_texts.texts_of(session, theirs)
        identity_texts.forget(session, texts, theirs, elsewhere=False)
        search_keys.forget_for_good(session, ids)


def _held(session: Session, table: str, ids: set[int]) -> set[int]:
    """Those that something which stays points at."""
    return ids - _free(session, {table: ids}).get(table, set()) if ids else set()


def _free(session: Session, wanted: Mapping[str, set[int]]) -> dict[str, set[int]]:
    free, _ = Rows(session).removable({**wanted, **_owned(session, wanted)}, {})
    return {table: free[table] for table in wanted}


def _owned(session: Session, owners: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """What goes with its owner: a person's tags and events, the steps of a request."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    columns: tuple[tuple[type[Base], Any], ...] = (
        (Resident, ResidentTag.resident_id),
        (Resident, ResidentEvent.resident_id),
        (Resident, PrivacyEvent.resident_id),
        (Resident, DistinctPair.first_id),
        (Resident, DistinctPair.second_id),
        (DiaryEntry, DiaryMet.entry_id),
        (Request, RequestStep.request_id),
        (Request, RequestExtension.request_id),
        (VisitRule, VisitRuleTag.rule_id),
        (Notice, NoticePhoto.notice_id),
        (Volunteer, TeamMember.volunteer_id),
        (Volunteer, VolunteerNote.volunteer_id),
        (Volunteer, StarAward.volunteer_id),
        (Team, TeamMember.team_id),
        (Activity, Participation.activity_id),
        (PointsItem, PointsRule.item_id),
        (Canteen, CanteenPeriod.canteen_id),
        (DeliveryRoute, RouteStop.route_id),
        (SubsidyRule, SubsidyRuleTag.rule_id),
        (SubsidyRule, SubsidyShare.rule_id),
        (Topic, TopicPerson.topic_id),
        (Owner, OwnerUnit.owner_id),
        (Appraisal, AppraisalLine.appraisal_id),
        (Meeting, AgendaItem.meeting_id),
        (Meeting, Attendee.meeting_id),
        (Project, ProjectResource.project_id),
    )
    for owner, column in columns:
        table = column.table
        for condition in conditions(column, owners.get(owner.__tablename__, set())):
            found[table.name].update(session.scalars(select(table.c.id).where(condition)))
    return dict(found)
