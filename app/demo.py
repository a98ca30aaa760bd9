"""The made-up community behind `make demo`: people, and what an office did in the last weeks."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import demo_notices
from app.clock import FixedClock
from app.demo_people import Community
from app.importing.rows import ParsedRow
from app.models import Resident, ResidentTag, Tag
from app.services import cards, events, office, resident_forms, residents_import, tags
from app.services.filters import AgeBand, ResidentFilter
from app.services.office import Office, set_office
from app.services.residents import list_ids
from app.storage.engine import Database

_OFFICE = Office(
    community_name="望海社区",
    street="海湾街道",
    region_code="210214",
    address="大连市普兰店区望海路 18 号",
    phone="0411-83120000",
)
_CLERKS = ("赵敏", "李娜", "孙丽")
_FILE = "望海社区居民信息台账.xlsx"
_IMPORTED_BEFORE = timedelta(days=40)
_BETWEEN = timedelta(minutes=37)
_SMALLEST_WITH_DIARY = 400
_LEVELS = ("一级", "二级", "三级", "四级")


def build_demo(
    database: Database, *, people: int = 2600, seed: int = 1, today: date | None = None
) -> None:
    """Fill a file that has tables and no rows. The same seed makes the same community."""
    day = today or database.clock.today()
    with _moment(database, day - _IMPORTED_BEFORE, 0, "填写社区资料") as (session, _):
        set_office(session, _OFFICE)
        office.seed(session)
    with _moment(database, day - _IMPORTED_BEFORE, 1, f"导入 {_FILE}") as (session, now):
        _import(session, Community(seed, day), people, now)
    if people >= _SMALLEST_WITH_DIARY:
        for _, entries in groupby(_Diary(database, seed, day).entries(), key=attrgetter("day")):
            for number, entry in enumerate(entries):
                with _moment(database, entry.day, number, entry.sentence) as (session, now):
                    entry.act(session, now)


def _import(session: Session, community: Community, people: int, now: datetime) -> None:
    rows = [
        ParsedRow("居民", number, values, ())
        for number, values in enumerate(community.people(people), start=2)
    ]
    planned = residents_import.plan(None, rows)
    residents_import.apply(session, planned, now=now, file_name=_FILE)
    _grade_disabilities(session)


def _grade_disabilities(session: Session) -> None:
    lines = session.scalars(
        select(ResidentTag)
        .join(Tag, Tag.id == ResidentTag.tag_id)
        .where(Tag.name == "残疾人")
        .order_by(ResidentTag.id)
    )
    for number, line in enumerate(lines):
        line.level = _LEVELS[number % len(_LEVELS)]


@contextmanager
def _moment(
    database: Database, day: date, number: int, sentence: str
) -> Iterator[tuple[Session, datetime]]:
    """The `number`th transaction of a past day: clock and user stand there, then go back."""
    now = datetime.combine(day, time(8, 20)) + number * _BETWEEN
    clock, user = database.clock, database.user_name
    database.clock, database.user_name = FixedClock(now), _CLERKS[number % len(_CLERKS)]
    try:
        with database.transaction(sentence) as session:
            yield session, now
    finally:
        database.clock, database.user_name = clock, user


@dataclass(frozen=True, slots=True)
class _Entry:
    """One action of a clerk on a day of the past."""

    day: date
    sentence: str
    act: Callable[[Session, datetime], object]


class _Diary:
    """What the clerks did since the import: each person is met once."""

    def __init__(self, database: Database, seed: int, today: date) -> None:
        self._database = database
        self._today = today
        self._chance = random.Random(seed)  # noqa: S311 - made up, and the same every time
        with database.reading() as session:
            everybody = list(list_ids(session, today=today).ids)
            elderly = ResidentFilter(ages=(AgeBand(76, 90),))
            self._elders = list(list_ids(session, elderly, today=today).ids)
        self._chance.shuffle(everybody)
        self._chance.shuffle(self._elders)
        elders = set(self._elders)
        self._others = [one for one in everybody if one not in elders]

    def entries(self) -> list[_Entry]:
        """All entries in the order of their days."""
        made = [
            *(self._moved_out() for _ in range(26)),
            *(self._died() for _ in range(9)),
            *(self._moved_in() for _ in range(12)),
            *(self._new_phone() for _ in range(40)),
            *(self._tagged() for _ in range(10)),
            *(self._checked() for _ in range(60)),
            *(self._looked() for _ in range(8)),
            *(self._entered_twice() for _ in range(3)),
            self._deleted(),
            *self._notices(),
        ]
        return sorted(made, key=lambda entry: entry.day)

    def _notices(self) -> list[_Entry]:
        with self._database.reading() as session:
            written = list(demo_notices.written(session, self._today))
        return [self._notice(one) for one in written]

    def _notice(self, one: demo_notices.Written) -> _Entry:
        return _Entry(
            one.day,
            f"写{one.text.kind}《{one.text.title}》",
            lambda session, now: demo_notices.keep(session, one, now),
        )

    def _day(self) -> date:
        return self._today - timedelta(days=self._chance.randint(1, _IMPORTED_BEFORE.days - 2))

    def _somebody(self) -> tuple[int, str]:
        return self._named(self._others.pop())

    def _named(self, resident_id: int) -> tuple[int, str]:
        with self._database.reading() as session:
            return resident_id, session.get_one(Resident, resident_id).name

    def _moved_out(self) -> _Entry:
        key, name = self._somebody()
        return _Entry(
            self._day(),
            f"登记 {name} 迁出",
            lambda session, now: events.move_out(session, key, on_date=now.date(), now=now),
        )

    def _died(self) -> _Entry:
        key, name = self._named(self._elders.pop())
        return _Entry(
            self._day(),
            f"登记 {name} 死亡",
            lambda session, now: events.die(session, key, on_date=now.date(), now=now),
        )

    def _moved_in(self) -> _Entry:
        key, name = self._somebody()
        return _Entry(
            self._day(),
            f"登记 {name} 迁入",
            lambda session, now: events.moved_in(
                session, key, on_date=max(now.date(), self._born(session, key)), now=now
            ),
        )

    def _born(self, session: Session, key: int) -> date:
        return session.get_one(Resident, key).birth_date or date.min

    def _new_phone(self) -> _Entry:
        key, name = self._somebody()
        phone = f"139{self._chance.randrange(10**8):08d}"
        return _Entry(
            self._day(),
            f"修改居民 {name} 的电话",
            lambda session, now: _change(session, key, now, phone=phone),
        )

    def _tagged(self) -> _Entry:
        key, name = self._named(self._elders.pop())
        return _Entry(
            self._day(),
            f"给 {name} 加标签「半失能」",
            lambda session, now: tags.give(
                session, [key], _tag(session, "半失能"), since=now.date(), source="走访"
            ),
        )

    def _checked(self) -> _Entry:
        key, name = self._somebody()
        return _Entry(
            self._day(),
            f"核对居民 {name} 的资料",
            lambda session, now: resident_forms.mark_checked(session, key, today=now.date()),
        )

    def _looked(self) -> _Entry:
        key, name = self._somebody()
        return _Entry(
            self._day(),
            f"查看 {name} 的电话",
            lambda session, _: cards.reveal(session, key, "phone"),
        )

    def _entered_twice(self) -> _Entry:
        """The same name and birth date without a number: a look-alike to be merged."""
        key, name = self._somebody()
        return _Entry(
            self._day(), f"新增居民 {name}", lambda session, now: _enter_again(session, key, now)
        )

    def _deleted(self) -> _Entry:
        key, name = self._somebody()
        return _Entry(
            self._day(),
            f"删除居民 {name}",
            lambda session, now: resident_forms.delete(session, key, now=now),
        )


def _tag(session: Session, name: str) -> int:
    return session.scalars(select(Tag.id).where(Tag.name == name)).one()


def _change(session: Session, resident_id: int, now: datetime, *, phone: str) -> None:
    entered, version = resident_forms.input_of(session, resident_id)
    changed = replace(entered, phone=phone)
    resident_forms.update(session, resident_id, changed, version=version, now=now)


def _enter_again(session: Session, resident_id: int, now: datetime) -> None:
    entered, _ = resident_forms.input_of(session, resident_id)
    again = replace(
        entered,
        document_kind="none",
        document_number="",
        household_id=None,
        relation="",
        tag_ids=(),
    )
    resident_forms.add(session, again, now=now)
