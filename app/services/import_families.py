"""The households of an import: who belongs together, who leads them, which exist already."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.importing.rows import RowValues
from app.models import Household, Resident, table_of
from app.services import bulk
from app.storage import journal
from app.values.codes import HEAD

_SPOUSES = {"配偶", "夫", "妻"}
_LONGEST_NUMBER = 20


@dataclass
class Family:
    """One household of the file: the new people in it, and the household it is or becomes."""

    number: str
    dwelling_id: int | None
    head_name: str
    people: list[tuple[int, RowValues]] = field(default_factory=list)
    id: int = 0
    exists: bool = False

    @property
    def head(self) -> tuple[int, RowValues]:
        """Whom the sheet calls 户主, else the one named as head, the spouse, the eldest."""
        return min(self.people, key=self._rank)

    def _rank(self, person: tuple[int, RowValues]) -> tuple[int, date, int]:
        key, values = person
        if values.relation == HEAD:
            standing = 0
        elif values.name == self.head_name:
            standing = 1
        else:
            standing = 2 if values.relation in _SPOUSES else 3
        return standing, values.birth_date or date.max, key


class Families:
    """All households that the new people of a file belong to."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._by_key: dict[str, Family] = {}

    def add(self, key: int, values: RowValues, dwelling_id: int | None) -> None:
        """A new person with the id that he will get; without a household key he stays alone."""
        if not values.household_key:
            return
        family = self._by_key.get(values.household_key)
        if family is None:
            number = values.household_number[:_LONGEST_NUMBER]
            family = Family(number, dwelling_id, values.head_name)
            self._by_key[values.household_key] = family
        family.people.append((key, values))

    def settle(self, known: dict[str, int]) -> None:
        """Find or insert the households; `known` are those of people who were there before."""
        existing = _Existing(self._session)
        for key, family in self._by_key.items():
            found = known.get(key) or existing.find(family)
            if found:
                family.id, family.exists = found, True
                family.number = existing.number_of[found]
        new = [family for family in self._by_key.values() if not family.exists]
        self._insert(new, existing.numbers)

    def _insert(self, new: Sequence[Family], taken: set[str]) -> None:
        first = journal.next_id(self._session, Household)
        spare = first
        for key, family in enumerate(new, start=first):
            family.id = key
            if not family.number or family.number in taken:
                while (number := str(spare).zfill(4)) in taken:
                    spare += 1
                family.number = number
            taken.add(family.number)
        lines = [(one.id, 1, one.number, one.dwelling_id) for one in new]
        columns = ("id", "version", "number", "dwelling_id")
        bulk.insert_rows(self._session, Household, columns, lines)

    def of(self, values: RowValues) -> Family | None:
        """The household of a person who was added."""
        return self._by_key.get(values.household_key) if values.household_key else None

    def crown(self) -> None:
        """Give every new household its head, once its people are there."""
        table = table_of(Household)
        new = [one for one in self._by_key.values() if not one.exists]
        if new:
            connection = self._session.connection()
            statement = update(table).where(table.c.id == 0).values(head_id=0)
            compiled = str(statement.compile(dialect=connection.dialect))
            connection.exec_driver_sql(compiled, [(one.head[0], one.id) for one in new])
        for family in self._by_key.values():
            if family.exists:
                self._join(family)

    def _join(self, family: Family) -> None:
        """Newcomers to a household lead it only where nobody was called 户主 before."""
        row = self._session.get_one(Household, family.id)
        head = self._session.get(Resident, row.head_id) if row.head_id else None
        comer = self._session.get_one(Resident, family.head[0])
        if head is None or (comer.relation == HEAD and head.relation != HEAD):
            row.head_id = comer.id
        leader = row.head_id
        for key, values in family.people:
            if values.relation == HEAD and key != leader:
                self._session.get_one(Resident, key).relation = None
        self._session.flush()


class _Existing:
    """Households that are in the file's office already."""

    def __init__(self, session: Session) -> None:
        self._session = session
        found = session.execute(
            select(Household.id, Household.dwelling_id, Resident.name, Resident.relation)
            .outerjoin(Resident, Resident.id == Household.head_id)
            .where(Household.deleted_at.is_(None))
        ).all()
        self._by_dwelling: defaultdict[int, list[tuple[int, str, bool]]] = defaultdict(list)
        self.number_of = {
            key: number for key, number in session.execute(select(Household.id, Household.number))
        }
        self.numbers = set(self.number_of.values())
        for key, dwelling_id, head_name, relation in found:
            if dwelling_id is not None:
                stands_in = head_name is not None and relation != HEAD
                self._by_dwelling[dwelling_id].append((key, head_name or "", stands_in))

    def find(self, family: Family) -> int | None:
        """The one household at that flat whose head is who the sheet says, or who waits for one.

        The head's own row may come later than the others: it was faulty the first time.
        """
        here = self._by_dwelling.get(family.dwelling_id) if family.dwelling_id else None
        if not here:
            return None
        brings_head = family.head[1].relation == HEAD
        fitting = [
            key
            for key, head_name, stands_in in here
            if (head_name and head_name == family.head_name) or (brings_head and stands_in)
        ]
        return fitting[0] if len(fitting) == 1 else None
