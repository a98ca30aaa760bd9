"""Writing a planned import: in the transaction of the caller, all of it or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Cancelled
from app.importing.rows import RowValues
from app.models import Household, Resident, ResidentTag, Tag
from app.services import bulk, collector, search_keys
from app.services.chunks import chunks
from app.services.import_changes import columns_of_all
from app.services.import_families import Families
from app.services.import_homes import Homes
from app.services.import_known import place_of
from app.services.import_plan import ImportPlan, PlannedRow, RowState
from app.services.look_alikes import declare_distinct
from app.services.search_tokens import Findable
from app.storage import journal
from app.values import pinyin
from app.values.codes import tells_too_much

Progress = Callable[[int, int], None]
_AT_ONCE = 2_500
_SOURCE = "导入"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did; the rows left out were faulty, undecided or skipped."""

    new: int
    updated: int
    unchanged: int
    left_out: int
    new_ids: list[int]

    @property
    def sentence(self) -> str:
        counts = (("新增", self.new), ("更新", self.updated), ("无变化", self.unchanged))
        parts = [f"{word} {count:,} 人" for word, count in counts]
        if self.left_out:
            parts.append(f"{self.left_out:,} 行没有导入")
        return "，".join(parts) + "。"


def apply(
    session: Session,
    planned: ImportPlan,
    *,
    now: datetime,
    file_name: str,
    progress: Progress = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> ImportResult:
    """Write new and changed people. Raises Cancelled when told to stop; the caller rolls back."""
    work = _Import(session, planned, now, _Steps(planned.importable, progress, should_stop))
    with collector.paused():
        ids = work.add_new()
        work.update_known()
    counts = planned.counts
    left_out = counts[RowState.QUESTION] + counts[RowState.FAULT]
    result = ImportResult(
        len(ids), counts[RowState.UPDATE], counts[RowState.UNCHANGED], left_out, ids
    )
    if planned.importable:
        journal.set_details(
            session, {"file": file_name, **{state.value: n for state, n in counts.items()}}
        )
    return result


class _Steps:
    """Progress in people, counted twice: written and made searchable."""

    def __init__(self, people: int, progress: Progress, should_stop: Callable[[], bool]) -> None:
        self._total = people * 2
        self._done = 0
        self._progress = progress
        self._should_stop = should_stop

    def done(self, people: int) -> None:
        if self._should_stop():
            raise Cancelled
        self._done += people
        self._progress(min(self._done, self._total), self._total)


class _Import:
    def __init__(self, session: Session, planned: ImportPlan, now: datetime, steps: _Steps) -> None:
        self._session = session
        self._planned = planned
        self._now = now
        self._steps = steps
        self._homes = Homes(session)
        self._tags = _Tags(session)
        self._new = [row for row in planned.rows if row.state is RowState.NEW]
        self._changed = [row for row in planned.rows if row.state is RowState.UPDATE]
        steps.done(0)

    def add_new(self) -> list[int]:
        """Insert all new people with places, households, tags and search keys."""
        values = [row.parsed.values for row in self._new]
        self._homes.prepare([*values, *(row.parsed.values for row in self._changed)])
        first = journal.next_id(self._session, Resident)
        people = list(enumerate(values, start=first))
        families = self._families(people)
        for part in chunks(people, _AT_ONCE):
            bulk.insert_columns(self._session, Resident, self._columns(part, families))
            self._steps.done(len(part))
        families.crown()
        self._tags.give([(key, tag) for key, one in people for tag in one.tags])
        for part in chunks(people, _AT_ONCE):
            found = [self._findable(key, one, families) for key, one in part]
            search_keys.index_new(self._session, found)
            self._steps.done(len(part))
        self._tell_apart(people)
        return [key for key, _ in people]

    def _families(self, people: Sequence[tuple[int, RowValues]]) -> Families:
        families = Families(self._session)
        for key, one in people:
            families.add(key, one, self._homes.dwelling_id(place_of(one)))
        known: dict[str, int] = {}
        for row in self._planned.rows:
            if row.matched_id and row.parsed.values.household_key:
                household_id = self._planned.known.by_id[row.matched_id].values["household_id"]
                if household_id and row.state in {RowState.UPDATE, RowState.UNCHANGED}:
                    known.setdefault(row.parsed.values.household_key, household_id)
        families.settle(known)
        return families

    def _columns(
        self, people: Sequence[tuple[int, RowValues]], families: Families
    ) -> dict[str, list[Any]]:
        """All columns of new residents."""
        rows = [one for _, one in people]
        told = columns_of_all(rows)
        households = map(families.of, rows)
        return told | {
            "id": [key for key, _ in people],
            "version": [1] * len(rows),
            "name_order": [pinyin.sort_key(one.name)[:200] for one in rows],
            "document_kind": [kind or "none" for kind in told["document_kind"]],
            "dwelling_id": [self._homes.dwelling_id(place_of(one)) for one in rows],
            "household_id": [family.id if family else None for family in households],
            "grid_id": [self._homes.grid_id(one) for one in rows],
        }

    def _findable(self, key: int, one: RowValues, families: Families) -> Findable:
        family = families.of(one)
        return Findable(
            id=key,
            names=(one.name, one.former_name) if one.former_name else (one.name,),
            document_number=one.document_number,
            phones=one.phones,
            birth_date=one.birth_date,
            place=place_of(one),
            household_number=family.number if family else "",
            tags=self._tags.shown(one.tags),
        )

    def _tell_apart(self, people: Sequence[tuple[int, RowValues]]) -> None:
        """Who was called another person than the one he looks like stays so."""
        for (key, _), row in zip(people, self._new, strict=True):
            for other in row.candidates:
                declare_distinct(self._session, key, other, now=self._now)

    def update_known(self) -> None:
        """Write the changed cells of people who were there before."""
        for part in chunks(self._changed, _AT_ONCE):
            for row in part:
                self._update(row)
            self._steps.done(len(part))
            search_keys.reindex(self._session, [row.matched_id or 0 for row in part])
            self._steps.done(len(part))

    def _update(self, row: PlannedRow) -> None:
        person = self._session.get_one(Resident, row.matched_id)
        for name, value in row.writes.items():
            if name == "place":
                self._move(person, self._homes.dwelling_id(value))
            elif name == "grid":
                person.grid_id = self._homes.grid_id(row.parsed.values)
            elif name == "tags":
                self._tags.give([(person.id, tag) for tag in value])
            else:
                setattr(person, name, value)

    def _move(self, person: Resident, dwelling_id: int | None) -> None:
        """The head takes the household's address along."""
        household = (
            self._session.get(Household, person.household_id) if person.household_id else None
        )
        if household is not None and household.head_id == person.id:
            household.dwelling_id = dwelling_id
        person.dwelling_id = dwelling_id


class _Tags:
    """Tags by name; what the office has no tag for becomes one of its own."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._by_name = {tag.name: tag for tag in session.scalars(select(Tag))}

    def give(self, pairs: Sequence[tuple[int, str]]) -> None:
        first = journal.next_id(self._session, ResidentTag)
        lines = [
            (line_id, person_id, self._id(name), _SOURCE)
            for line_id, (person_id, name) in enumerate(pairs, start=first)
        ]
        columns = ("id", "resident_id", "tag_id", "source")
        bulk.insert_rows(self._session, ResidentTag, columns, lines)

    def shown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those that may be searched for: switched-off and sensitive tags stay out of sight."""
        known = self._by_name
        return tuple([one for one in names if known[one].enabled and not known[one].sensitive])

    def _id(self, name: str) -> int:
        tag = self._by_name.get(name)
        if tag is None:
            tag = Tag(
                name=name[:20],
                group="其他",
                position=len(self._by_name),
                sensitive=tells_too_much(name),
            )
            self._session.add(tag)
            self._session.flush()
            self._by_name[name] = tag
        tag.deleted_at = None
        return tag.id
