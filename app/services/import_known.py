"""The people of the office's file that the rows of an import may be about."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.importing.rows import RowValues
from app.models import Building, Dwelling, Grid, Resident, ResidentTag, Tag
from app.services.chunks import chunks
from app.values.documents import upgrade_15

_AT_ONCE = 500
Place = tuple[str, str, str]
COLUMNS = (
    "name",
    "former_name",
    "sex",
    "birth_date",
    "document_kind",
    "document_number",
    "ethnic_group",
    "political_status",
    "education",
    "marital_status",
    "phone",
    "other_phones",
    "workplace",
    "registered_address",
    "other_address",
    "residence_status",
    "relation",
    "note",
    "consent_on",
    "household_id",
)


@dataclass(frozen=True, slots=True)
class Known:
    """One person of the file; `values` are the stored columns, None as they are."""

    id: int
    values: Mapping[str, Any]
    place: Place
    grid: tuple[int | None, str]
    tags: frozenset[str]
    departed: bool

    @property
    def name(self) -> str:
        return str(self.values["name"])

    @property
    def number(self) -> str:
        return canonical(self.values["document_number"] or "")


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a row is about; `question` (a kind of fault) when a human has to say."""

    person: Known | None = None
    question: str = ""
    sentence: str = ""
    candidates: tuple[int, ...] = ()


_NOBODY = Match()


def canonical(number: str) -> str:
    """A document number as it is compared: old 15-digit numbers as the 18 they became."""
    return upgrade_15(number) if len(number) == 15 and number.isdigit() else number


place_of: Callable[[RowValues], Place] = attrgetter("building", "unit", "room")


class KnownPeople:
    """Looked up by number, and by name with birth date."""

    def __init__(self, people: Iterable[Known]) -> None:
        self.by_id = {one.id: one for one in people}
        self._by_number: dict[str, Known] = {}
        self._by_person: defaultdict[tuple[str, date | None], list[Known]] = defaultdict(list)
        # Those who count come first: they win where two records have one number.
        for one in sorted(self.by_id.values(), key=lambda one: one.departed):
            if one.number:
                self._by_number.setdefault(one.number, one)
            self._by_person[one.name, one.values["birth_date"]].append(one)

    @classmethod
    def load(cls, session: Session, rows: Sequence[RowValues]) -> "KnownPeople":
        """Everybody whom one of these rows may be about."""
        if session.scalar(select(Resident.id).limit(1)) is None:
            return nobody()
        ids = set(_ids_by_number(session, rows)) | set(_ids_by_person(session, rows))
        return cls(_read(session, sorted(ids)))

    def merged(self, other: "KnownPeople") -> "KnownPeople":
        return KnownPeople({**self.by_id, **other.by_id}.values())

    def match(self, values: RowValues) -> Match:
        """By document number, else by name, birth date and address."""
        number = canonical(values.document_number)
        if number and (person := self._by_number.get(number)):
            return _by_number(values, person)
        namesakes = self._by_person.get((values.name, values.birth_date))
        if not namesakes:
            return _NOBODY
        here = [one for one in namesakes if one.place == place_of(values)]
        if number:
            return _with_number(here, namesakes)
        if len(here) == 1:
            return _unless_departed(here[0])
        return _ask(here or namesakes, "姓名和出生日期相同")


def nobody() -> KnownPeople:
    """A new office."""
    return KnownPeople(())


def _by_number(values: RowValues, person: Known) -> Match:
    if values.name not in {person.name, person.values["former_name"]}:
        sentence = f"证件号码已经登记给{person.name}，姓名不同，请核对是不是同一人。"
        return Match(person, "id_on_two_names", sentence, (person.id,))
    return _unless_departed(person)


def _with_number(here: Sequence[Known], namesakes: Sequence[Known]) -> Match:
    """The number is new: a namesake without number may have got it since."""
    without = [one for one in here if not one.number]
    if len(without) == 1:
        return _unless_departed(without[0])
    if here:
        return _ask(here, "姓名、出生日期、住址都相同，证件号码不同")
    elsewhere = [one for one in namesakes if not one.number]
    return _ask(elsewhere, "姓名和出生日期相同") if elsewhere else _NOBODY


def _unless_departed(person: Known) -> Match:
    if person.departed:
        sentence = f"{person.name}已登记为迁出或死亡；如已迁回，请在居民卡上登记迁入。"
        return Match(person, "person_departed", sentence, (person.id,))
    return Match(person)


def _ask(people: Sequence[Known], likeness: str) -> Match:
    sentence = f"很像已有的{people[0].name}：{likeness}，请确认是不是同一人。"
    return Match(None, "duplicate_person", sentence, tuple(one.id for one in people))


def _ids_by_number(session: Session, rows: Sequence[RowValues]) -> Iterator[int]:
    numbers = {row.document_number for row in rows if row.document_number}
    numbers |= {canonical(number) for number in numbers}
    # The other way round: the file may still have the old number of a card.
    numbers |= {number[:6] + number[8:17] for number in numbers if _has_old_form(number)}
    return _ids_where(session, Resident.document_number, sorted(numbers))


def _has_old_form(number: str) -> bool:
    return len(number) == 18 and number[6:8] == "19"


def _ids_by_person(session: Session, rows: Sequence[RowValues]) -> Iterator[int]:
    """By birth date, which has an index; by name only where the date is not known."""
    wanted = {(row.name, row.birth_date) for row in rows if row.name}
    dates = sorted({birth for _, birth in wanted if birth})
    for part in chunks(dates, _AT_ONCE):
        statement = select(Resident.id, Resident.name, Resident.birth_date).where(
            Resident.birth_date.in_(part), Resident.deleted_at.is_(None)
        )
        for key, name, birth in session.execute(statement):
            if (name, birth) in wanted:
                yield key
    undated = sorted({name for name, birth in wanted if birth is None})
    yield from _ids_where(session, Resident.name, undated, Resident.birth_date.is_(None))


def _ids_where(
    session: Session, column: Any, values: Sequence[str], *more: ColumnElement[bool]
) -> Iterator[int]:
    for part in chunks(values, _AT_ONCE):
        yield from session.scalars(
            select(Resident.id).where(column.in_(part), Resident.deleted_at.is_(None), *more)
        )


def _read(session: Session, ids: Sequence[int]) -> Iterator[Known]:
    columns = [getattr(Resident, name) for name in COLUMNS]
    for part in chunks(ids, _AT_ONCE):
        tags = _tags(session, part)
        found = session.execute(
            select(
                Resident.id,
                Resident.departure,
                Building.number,
                Dwelling.unit,
                Dwelling.room,
                Grid.number,
                Grid.name,
                *columns,
            )
            .outerjoin(Dwelling, Dwelling.id == Resident.dwelling_id)
            .outerjoin(Building, Building.id == Dwelling.building_id)
            .outerjoin(Grid, Grid.id == Resident.grid_id)
            .where(Resident.id.in_(part))
        )
        for key, left, building, unit, room, grid_number, grid_name, *values in found:
            yield Known(
                id=key,
                values=dict(zip(COLUMNS, values, strict=True)),
                place=(building or "", unit or "", room or ""),
                grid=(grid_number, grid_name or ""),
                tags=frozenset(tags.get(key, ())),
                departed=left is not None,
            )


def _tags(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, name in session.execute(
        select(ResidentTag.resident_id, Tag.name)
        .join(Tag, Tag.id == ResidentTag.tag_id)
        .where(ResidentTag.resident_id.in_(ids), ResidentTag.until.is_(None))
    ):
        found[key].append(name)
    return found
