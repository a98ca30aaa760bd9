"""A small office for tests of the list and the card: three households, one who is on her own."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Action, Change, Operation, Resident
from app.services import building_moves, dwellings, grids, resident_forms, tags
from app.services.building_moves import Part
from app.services.resident_forms import ResidentInput
from app.storage.engine import Database
from app.values.documents import check_character
from tests.storage.offices import furnish

NOW = datetime(2026, 11, 21, 9, 30)
TODAY = date(2026, 11, 21)


def number(birth: str, serial: str) -> str:
    """A document number with a right check character."""
    first = f"210214{birth}{serial}"
    return first + check_character(first)


@dataclass(frozen=True)
class Office:
    """ids by name."""

    people: dict[str, int]
    grids: dict[str, int]
    tags: dict[str, int]

    def __getitem__(self, name: str) -> int:
        return self.people[name]


# name, sex, birth, serial, phone, address, relation, party
_PEOPLE = (
    ("王秀兰", "女", "19480511", "182", "13840310612", "3-2-301", "户主", "群众"),
    ("仇志国", "男", "19550301", "271", "13940258842", "4-2-503", "户主", "中共党员"),
    ("曲晓燕", "女", "19850712", "062", "15840216630", "4-2-503", "儿媳", "群众"),
    ("仇小虎", "男", "20191003", "091", "", "4-2-503", "孙子", ""),
    ("单玉梅", "女", "19540620", "006", "13540217718", "3-3-101", "户主", "群众"),
    ("阿迪力·买买提", "男", "19750131", "029", "17540212036", "3-3-101", "", "中共党员"),
)
NAMES = tuple(line[0] for line in _PEOPLE)


def found(database: Database) -> Office:
    """Fill an empty file as a clerk would, person by person."""
    return furnish(database, _fill)


def _fill(database: Database) -> Office:
    people: dict[str, int] = {}
    with database.transaction("建立网格和标签") as session:
        tags.seed(session)
        known = {name: grids.add(session, number=n, name=name) for n, name in _grids()}
        tag_ids = {tag.name: tag.id for tag in tags.tags(session)}
    with database.transaction("建立名册") as session:
        homes: dict[str, int | None] = {}
        for line in _PEOPLE:
            entered = _entered(line, homes.get(line[5]))
            people[line[0]] = resident_forms.add(session, entered, now=NOW)
            homes.setdefault(line[5], _household(session, people[line[0]]))
        for building in dwellings.buildings(session):
            wanted = "第三网格" if building.number == "3" else "第四网格"
            building_moves.move(session, Part(building.id, None), known[wanted], today=NOW.date())
        tags.give(session, [people["王秀兰"]], tag_ids["独居老人"], since=date(2024, 3, 1))
    return Office(people, known, tag_ids)


def looks(database: Database, resident_id: int, action: Action = Action.LOOKED) -> list[str]:
    """Sentences of the operations that looked at (printed, exported) a person."""
    with database.reading() as session:
        return list(
            session.scalars(
                select(Operation.sentence)
                .join(Change, Change.operation_id == Operation.id)
                .where(
                    Change.action == action,
                    Change.table_name == "resident",
                    Change.row_id <= resident_id,
                    Change.last_row_id >= resident_id,
                )
                .order_by(Operation.id)
            )
        )


def _grids() -> tuple[tuple[int, str], ...]:
    return ((3, "第三网格"), (4, "第四网格"))


def _entered(line: tuple[str, ...], household_id: int | None) -> ResidentInput:
    name, sex, birth, serial, phone, address, relation, party = line
    return ResidentInput(
        name=name,
        sex=sex,
        birth_date=date(int(birth[:4]), int(birth[4:6]), int(birth[6:])),
        document_number=number(birth, serial),
        phone=phone,
        address=address,
        household_id=household_id,
        new_household=household_id is None,
        relation=relation,
        political_status=party,
        residence_status="人户一致",
    )


def _household(session: Session, resident_id: int) -> int | None:
    return session.get_one(Resident, resident_id).household_id
