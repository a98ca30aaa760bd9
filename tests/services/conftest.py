"""A clerk's hands: the services as a window uses them, each call in a transaction of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.clock import FixedClock
from app.models import Resident
from app.services import history, office, resident_forms, residents, search, tags
from app.services.filters import ResidentFilter
from app.services.office import Office
from app.services.resident_input import ResidentInput
from app.storage.engine import Database
from app.storage.lookup import Lookup
from app.values.documents import check_character
from tests.storage.offices import furnish


def id_number(birth: date, *, man: bool = True, serial: int = 1, region: str = "210214") -> str:
    """A well-formed number."""
    body = f"{region}{birth:%Y%m%d}{serial * 2 + (1 if man else 0):03d}"
    return body + check_character(body)


class Clerk:
    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self.now = now
        self.today = now.date()

    def do(self, sentence: str, act: Callable[[Session], Any]) -> Any:
        with self.database.transaction(sentence) as session:
            return act(session)

    def see(self, look: Callable[[Session], Any]) -> Any:
        with self.database.reading() as session:
            return look(session)

    def look_up(self, look: Callable[[Lookup], Any]) -> Any:
        with self.database.lookup() as lookup:
            return look(lookup)

    def add(self, name: str, **fields: Any) -> int:
        """A resident; without a number unless one is given."""
        fields.setdefault("document_kind", "id_card" if "document_number" in fields else "none")
        entered = ResidentInput(name=name, **fields)
        return int(
            self.do(f"新增居民 {name}", lambda s: resident_forms.add(s, entered, now=self.now))
        )

    def change(self, resident_id: int, **fields: Any) -> tuple[str, ...]:
        entered, version = self.see(lambda s: resident_forms.input_of(s, resident_id))
        changed = replace(entered, **fields)
        said: tuple[str, ...] = self.do(
            self.see(lambda s: resident_forms.change_sentence(s, resident_id, changed)),
            lambda s: resident_forms.update(s, resident_id, changed, version=version, now=self.now),
        )
        return said

    def undo_last(self) -> history.Undone:
        line = self.see(history.last_undoable)
        undone: history.Undone = self.do(
            f"撤销：{line.sentence}", lambda s: history.undo(s, line.id)
        )
        return undone

    def find(self, text: str, **kwargs: Any) -> list[int]:
        ids: list[int] = self.look_up(lambda lookup: search.find_ids(lookup, text, **kwargs).ids)
        return ids

    def names(self, chosen: ResidentFilter = residents.EVERYBODY) -> list[str]:
        """The list as it stands on screen."""
        with self.database.lookup() as lookup:
            ids = residents.list_ids(lookup, chosen, today=self.today).ids
            return [row.name for row in residents.rows(lookup, ids, today=self.today)]

    def counts(self, chosen: ResidentFilter = residents.EVERYBODY) -> tuple[int, int]:
        found = self.look_up(lambda lookup: residents.counts(lookup, chosen, today=self.today))
        return found.people, found.households

    def get(self, resident_id: int, *names: str) -> Any:
        person = self.see(lambda s: s.get_one(Resident, resident_id))
        values = tuple(getattr(person, name) for name in names)
        return values[0] if len(values) == 1 else values

    def household_of(self, resident_id: int) -> int:
        return int(self.get(resident_id, "household_id"))

    def tag_id(self, name: str) -> int:
        return next(
            view.id
            for view in self.see(lambda s: tags.tags(s, enabled_only=False))
            if view.name == name
        )


@pytest.fixture
def clerk(database: Database, clock: FixedClock) -> Clerk:
    """An office that has just begun: its data and the usual tags."""
    furnish(database, _begin)
    return Clerk(database, clock.now())


def _begin(database: Database) -> None:
    with database.transaction("填写社区资料") as session:
        office.set_office(session, Office("望海社区", "海湾街道", "210214"))
        tags.seed(session)
