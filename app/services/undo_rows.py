"""Rows as the journal kept them, put back into their tables or taken out again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import nullcontext
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Column, CursorResult, Enum, Select, Table, bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import (
    Activity,
    ActivityPhoto,
    AgendaItem,
    Attendee,
    BodyMember,
    Building,
    DiaryEntry,
    DiaryMet,
    DiaryPhoto,
    Dwelling,
    Goods,
    GoodsPhoto,
    GridMember,
    GridMemberPhoto,
    Household,
    JointUnit,
    MealAccount,
    Meeting,
    Owner,
    OwnerUnit,
    Participation,
    PointsAccount,
    PointsCard,
    PointsItem,
    PointsRule,
    ProgressPhoto,
    Project,
    ProjectResource,
    Request,
    RequestExtension,
    RequestPhoto,
    RequestStep,
    Resident,
    ResidentPhoto,
    ResidentTag,
    Stocktake,
    StocktakeLine,
    Tag,
    Team,
    TeamMember,
    Topic,
    TopicPerson,
    Visit,
    Volunteer,
    all_tables,
    everything,
    model_named,
    pointed_at,
    table_of,
)
from app.services import bulk, search_keys, topic_keys
from app.services.chunks import chunks
from app.services.id_ranges import conditions
from app.services.trail import links_only
from app.storage import journal
from app.storage.images import json_safe

Images = dict[int, dict[str, Any]]
Decode = Callable[[Any], Any]
# They go with what they show: the journal keeps no pictures.
_PICTURES = (
    ResidentPhoto.resident_id,
    DiaryPhoto.entry_id,
    RequestPhoto.request_id,
    GridMemberPhoto.member_id,
    GoodsPhoto.goods_id,
    ActivityPhoto.activity_id,
    ProgressPhoto.progress_id,
)
_WITH_PICTURES = {column.class_ for column in _PICTURES}
# What somebody wrote down, with what belongs to it: told where it stays, other than a flat or
# grid that was made for people who moved in, and in which others live by now.
_RECORDS: Mapping[str, Sequence[Any]] = {
    Activity.__tablename__: (Participation.activity_id,),
    DiaryEntry.__tablename__: (DiaryMet.entry_id,),
    Goods.__tablename__: (),
    GridMember.__tablename__: (),
    MealAccount.__tablename__: (),
    PointsAccount.__tablename__: (PointsCard.account_id,),
    PointsItem.__tablename__: (PointsRule.item_id,),
    Request.__tablename__: (RequestStep.request_id, RequestExtension.request_id),
    Stocktake.__tablename__: (StocktakeLine.stocktake_id,),
    Team.__tablename__: (TeamMember.team_id,),
    Topic.__tablename__: (TopicPerson.topic_id,),
    Meeting.__tablename__: (AgendaItem.meeting_id, Attendee.meeting_id),
    BodyMember.__tablename__: (),
    Owner.__tablename__: (OwnerUnit.owner_id,),
    JointUnit.__tablename__: (),
    Project.__tablename__: (ProjectResource.project_id,),
    Visit.__tablename__: (),
    Volunteer.__tablename__: (TeamMember.volunteer_id,),
}
_AT_ONCE = 500
_RESIDENT = Resident.__tablename__
_VERSION = "version"
CHANGED_SINCE = "后来又改过"


class Rows:
    """Bulk changes of an undo, each handed to the journal."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._heads: dict[int, int] = {}

    def parents_first(self, tables: Iterable[str]) -> list[str]:
        """Tables in the order in which rows may be inserted."""
        wanted = set(tables)
        return [table.name for table in all_tables() if table.name in wanted]

    def insert(self, table: str, images: Images) -> list[int]:
        """Put deleted rows back under their ids; returns the ids whose place is taken."""
        empty = dict.fromkeys(_decoders(table))
        rows = {row_id: empty | self._values(table, image) for row_id, image in images.items()}
        if table == Household.__tablename__:
            # Residents come later and their households' heads with them.
            self._heads.update({key: row["head_id"] for key, row in rows.items() if row["head_id"]})
            rows = {key: {**row, "head_id": None} for key, row in rows.items()}
        return [] if self._inserted(table, list(rows.values())) else self._one_by_one(table, rows)

    def _one_by_one(self, table: str, rows: Mapping[int, dict[str, Any]]) -> list[int]:
        return [row_id for row_id, row in rows.items() if not self._inserted(table, [row])]

    def _inserted(self, table: str, rows: list[dict[str, Any]]) -> bool:
        try:
            with self._session.begin_nested():
                lines = [tuple(row.values()) for row in rows]
                bulk.insert_rows(self._session, model_named(table), list(rows[0]), lines)
        except IntegrityError:
            return False
        return True

    def finish_insert(self) -> None:
        """Give households that came back their heads, as far as those came back too."""
        heads = self._existing(_RESIDENT, set(self._heads.values()))
        homes = self._existing(Household.__tablename__, set(self._heads))
        table = _table(Household.__tablename__)
        led = [
            {"household": household_id, "head": head_id}
            for household_id, head_id in self._heads.items()
            if household_id in homes and head_id in heads
        ]
        if led:
            statement = update(table).where(table.c.id == bindparam("household"))
            self._session.connection().execute(statement.values(head_id=bindparam("head")), led)

    def restore(
        self,
        table: str,
        rows: Mapping[int, Mapping[str, Any]],
        touched: Set[int],
        staying: Set[int],
    ) -> dict[int, str]:
        """Set changed columns back; returns the rows that are no longer as they were left.

        `touched` since were rows that may still have these columns as they were left; `staying`
        are left alone in any case.
        """
        whole = touched if model_named(table).__papers__ else frozenset[int]()
        kept: dict[int, str] = {}
        written: list[tuple[int, dict[str, Any]]] = []
        for part in chunks(sorted(rows), _AT_ONCE):
            present = self._images(table, part)
            for row_id in part:
                fields = {key: pair for key, pair in rows[row_id].items() if key != _VERSION}
                if row_id not in present:
                    kept[row_id] = "已经不在了"
                elif (
                    row_id in staying
                    or (row_id in whole and not links_only(table, fields))
                    or _differs(present[row_id], fields)
                ):
                    kept[row_id] = CHANGED_SINCE
                else:
                    written.append((row_id, fields))
        refused = self._write(table, written)
        return kept | dict.fromkeys(refused, "现在别的记录用着同一个编号或来源")

    def _write(self, table: str, written: list[tuple[int, dict[str, Any]]]) -> set[int]:
        """Gives the rows that cannot be as they were: another has what may be there once."""
        target = _table(table)
        refused: set[int] = set()
        for row_id, fields in written:
            values = self._values(table, {key: pair[0] for key, pair in fields.items()})
            if _VERSION in target.c:
                values[_VERSION] = target.c[_VERSION] + 1
            statement = update(target).where(target.c.id == row_id).values(values)
            try:
                with self._session.begin_nested() if _is_unique(table, fields) else nullcontext():
                    self._session.execute(statement)
            except IntegrityError:
                refused.add(row_id)
        journal.record_updates(
            self._session,
            model_named(table),
            [
                (row_id, {key: [pair[1], pair[0]] for key, pair in fields.items()})
                for row_id, fields in written
                if row_id not in refused
            ],
        )
        return refused

    def link_again(
        self,
        table: str,
        rows: Mapping[int, Mapping[str, Any]],
        staying: Mapping[str, set[int]],
    ) -> None:
        """Let rows point anew at what they pointed at and what could not be taken back."""
        targets = {
            column.name: pointed_at(key)
            for column in _table(table).c
            for key in column.foreign_keys
        }
        written = [
            (row_id, {name: [after, before]})
            for row_id, fields in rows.items()
            for name, (before, after) in fields.items()
            if after in staying.get(targets.get(name, ""), ())
        ]
        self._write(table, written)

    def parts(self, table: str, whole: str, ids: set[int], wholes: Iterable[int]) -> set[int]:
        """Of these rows those that are part of one of `wholes`."""
        return ids & self._ids_where(table, _table(table).c[f"{whole}_id"], set(wholes))

    def removable(
        self, created: Mapping[str, set[int]], touched: Mapping[str, set[int]]
    ) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
        """What of `created` can go, and the records that must stay for what hangs on them."""
        going = {
            table: self._existing(table, ids) - touched.get(table, set())
            for table, ids in created.items()
        }
        used: dict[str, set[int]] = {}
        if _RESIDENT in going:
            used[_RESIDENT] = self._referenced(_RESIDENT, going)
            going[_RESIDENT] -= used[_RESIDENT]
            self._keep_what_is_theirs(going, created.get(_RESIDENT, set()) - going[_RESIDENT])
        for table in reversed(self.parents_first(set(going) - {_RESIDENT})):
            held = self._referenced(table, going)
            going[table] -= held
            if table in _RECORDS:
                used[table] = held
                self._keep_parts(going, table, held)
        return going, used

    def _keep_parts(self, going: dict[str, set[int]], table: str, staying: set[int]) -> None:
        """What belongs to a record that stays, stays with it."""
        for column in _RECORDS[table]:
            part = column.class_.__tablename__
            if part in going:
                own = _table(part).c[column.key]
                going[part] -= self._ids_where(part, own, staying)

    def _keep_what_is_theirs(self, going: dict[str, set[int]], staying: set[int]) -> None:
        """Tags and events of a person who stays, stay with him."""
        for table, ids in going.items():
            columns = _table(table).c
            if "resident_id" in columns:
                going[table] = ids - self._ids_where(table, columns["resident_id"], staying)

    def _referenced(self, table: str, going: Mapping[str, set[int]]) -> set[int]:
        """Ids of `table` that rows which stay point at."""
        found: set[int] = set()
        for column in _references(table):
            owner = column.table
            # Kept sums and pictures have no id of their own.
            (key,) = owner.primary_key
            leaving = going.get(owner.name, set())
            for wanted in conditions(column, going[table]):
                statement = select(key, column).where(wanted)
                for owner_id, row_id in self._session.execute(statement):
                    if owner_id not in leaving:
                        found.add(row_id)
        return found

    def delete(self, going: Mapping[str, set[int]], *, for_good: bool = False) -> set[int]:
        """Take rows out; returns the households that lost their head by it.

        `for_good`: the journal keeps nothing by which they could come back.
        """
        people = going.get(_RESIDENT, set())
        self._release_pictures(going)
        headless = self._release(people, going.get(Household.__tablename__, set()))
        topic_keys.forget(self._session, going.get(Topic.__tablename__, set()))
        for table in reversed(self.parents_first(going)):
            model = model_named(table)
            target = _table(table)
            for wanted in conditions(target.c.id, going[table]):
                if not for_good:
                    rows = self._session.connection().execute(select(target).where(wanted))
                    journal.record_deleted(self._session, model, _images_of(rows))
                self._session.execute(delete(target).where(wanted))
            if for_good:
                journal.record_erased(self._session, model, going[table])
        return headless

    def _release_pictures(self, going: Mapping[str, set[int]]) -> None:
        for column in _PICTURES:
            [key] = column.property.columns[0].foreign_keys
            for shown in conditions(column, going.get(pointed_at(key), set())):
                self._session.execute(delete(_table(column.class_.__tablename__)).where(shown))

    def _release(self, people: set[int], households: set[int]) -> set[int]:
        """Let go of people who are about to be deleted: heads, search keys."""
        headless: set[int] = set()
        search_keys.forget(self._session, people)
        for heads in conditions(Household.head_id, people):
            led = self._session.execute(select(Household.id, Household.head_id).where(heads)).all()
            headless.update(key for key, _ in led)
            self._clear_heads([(key, head) for key, head in led])
        return headless - households

    def _clear_heads(self, led: list[tuple[int, int | None]]) -> None:
        target = _table(Household.__tablename__)
        ids = [key for key, _ in led]
        self._session.execute(update(target).where(target.c.id.in_(ids)).values(head_id=None))
        journal.record_updates(
            self._session,
            Household,
            [(key, {"head_id": [head, None]}) for key, head in led],
        )

    def people_of(self, tables: Mapping[str, Iterable[int]]) -> set[int]:
        """The residents whose search keys depend on these rows."""
        found: set[int] = set()
        for table, ids in tables.items():
            if table == _RESIDENT:
                found.update(ids)
            elif column := _PEOPLE_BY.get(table):
                for part in chunks(sorted(ids), _AT_ONCE):
                    found.update(self._session.scalars(column(part)))
        return found

    def _existing(self, table: str, ids: set[int]) -> set[int]:
        columns = _table(table).c
        return self._ids_where(table, columns["id"], ids)

    def _ids_where(self, table: str, column: Column[Any], values: set[int]) -> set[int]:
        key = _table(table).c["id"]
        found: set[int] = set()
        for wanted in conditions(column, values):
            found.update(self._session.scalars(select(key).where(wanted)))
        return found

    def _images(self, table: str, ids: Iterable[int]) -> Images:
        """The present rows as the journal would keep them."""
        target = _table(table)
        found = self._session.execute(select(target).where(target.c.id.in_(list(ids)))).mappings()
        return {row["id"]: {key: json_safe(value) for key, value in row.items()} for row in found}

    def _values(self, table: str, image: Mapping[str, Any]) -> dict[str, Any]:
        decoders = _decoders(table)
        return {
            key: decode(value) if value is not None and (decode := decoders[key]) else value
            for key, value in image.items()
            if key in decoders
        }


def _is_unique(table: str, fields: Iterable[str]) -> bool:
    """Whether one of the columns holds what no two rows may have."""
    target = _table(table)
    single = {column.name for column in target.c if column.unique}
    together = {one.name for index in target.indexes if index.unique for one in index.columns}
    return not (single | together).isdisjoint(fields)


def _images_of(rows: CursorResult[Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(id, values) of rows; what is empty comes back empty without being kept."""
    names = list(rows.keys())
    for row in rows:
        image = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        yield image["id"], image


def _table(name: str) -> Table:
    return table_of(model_named(name))


@cache
def _decoders(table: str) -> dict[str, Decode | None]:
    """By column, what makes a value of the journal one that the column takes."""
    return {column.name: _decoder(column) for column in _table(table).columns}


def _decoder(column: Column[Any]) -> Decode | None:
    if isinstance(column.type, Enum) and column.type.enum_class is not None:
        return column.type.enum_class
    kind = column.type.python_type
    return kind.fromisoformat if issubclass(kind, date) else None


def _differs(present: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    return any(present[key] != pair[1] for key, pair in fields.items())


def _references(table: str) -> list[Column[Any]]:
    """Columns that point at a table; heads are mended, pictures let go with what they show."""
    return [
        column
        for model in everything().values()
        if model not in _WITH_PICTURES
        for column in _table(model.__tablename__).columns
        if column.name != "head_id" and any(pointed_at(key) == table for key in column.foreign_keys)
    ]


_PEOPLE_BY: dict[str, Callable[[Sequence[int]], Select[int]]] = {
    ResidentTag.__tablename__: lambda ids: select(ResidentTag.resident_id).where(
        ResidentTag.id.in_(ids)
    ),
    Tag.__tablename__: lambda ids: select(ResidentTag.resident_id).where(
        ResidentTag.tag_id.in_(ids)
    ),
    Household.__tablename__: lambda ids: select(Resident.id).where(Resident.household_id.in_(ids)),
    Dwelling.__tablename__: lambda ids: select(Resident.id).where(Resident.dwelling_id.in_(ids)),
    Building.__tablename__: lambda ids: (
        select(Resident.id)
        .join(Dwelling, Dwelling.id == Resident.dwelling_id)
        .where(Dwelling.building_id.in_(ids))
    ),
}
