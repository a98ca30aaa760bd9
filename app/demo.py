"""The made-up community behind `make demo`: people, and what an office did in the last weeks."""

import random
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app import demo_notices
from app.clock import FixedClock
from app.demo_grids import Organisation, neighbours
from app.demo_papers import CLERKS, Errand, Papers, prepare
from app.demo_people import Community
from app.demo_points import Points
from app.demo_requests import Requests
from app.demo_rounds import Rounds
from app.importing.rows import ParsedRow
from app.models import Resident, ResidentTag, Tag, VisitRule
from app.services import cards, events, office, privacy, resident_forms, residents_import, tags
from app.services.ages import years_later
from app.services.calendar import work_calendar
from app.services.filters import AgeBand, ResidentFilter
from app.services.office import Office, set_office
from app.services.residents import list_ids
from app.storage.engine import Database
from app.values.rights import ALL, DEFAULTS, Actor

_OFFICE = Office(
    community_name="望海社区",
    street="海湾街道",
    region_code="210214",
    address="大连市普兰店区望海路 18 号",
    phone="0411-83120000",
)
_FILE = "望海社区居民信息台账.xlsx"
_IMPORTED_BEFORE = timedelta(days=40)
_VISITING = timedelta(days=24)
_BETWEEN, _WORKDAY = timedelta(minutes=37), timedelta(hours=9)
_SMALLEST_WITH_DIARY, _SMALLEST_WITH_SHOP = 400, 1000
_FOR_PAPERS, _GROWN_UP = 200, 20
_LEVELS = ("一级", "二级", "三级", "四级")


def build_demo(
    database: Database, *, people: int = 2600, seed: int = 1, today: date | None = None
) -> None:
    """Fill a file that has tables and no rows. The same seed makes the same community."""
    day = today or database.clock.today()
    # Before the first paper of the year: papers are made out to people in the file.
    begun = min(day - _IMPORTED_BEFORE, date(day.year, 1, 4))
    community = Community(seed, day)
    founding = [
        Errand(begun, "填写社区资料", lambda session, _: _found(session, begun, day)),
        Errand(
            begun, f"导入 {_FILE}", lambda session, now: _import(session, community, people, now)
        ),
    ]
    if people >= _SMALLEST_WITH_DIARY:
        founding.append(
            Errand(begun, "启用荣誉证书模板", lambda session, _: prepare(session, seed=seed))
        )
    for number, errand in enumerate(founding):
        with _moment(database, errand, number) as (session, now):
            errand.act(session, now)
    if people >= _SMALLEST_WITH_DIARY:
        diary = _Diary(database, seed, day)
        papers = Papers(diary.with_documents(), seed=seed, today=day)
        done = [*diary.entries(), *papers.errands()]
        grids = _Grids(database, diary.staying(), seed=seed, today=day)
        done += grids.errands()
        waiting = [*grids.of_today(), *papers.of_today()]
        if people >= _SMALLEST_WITH_SHOP:
            points = Points(grids.staying, seed=seed, begun=begun, today=day)
            done += points.errands()
            waiting += points.of_today()
        for _, entries in groupby(sorted(done, key=attrgetter("day")), key=attrgetter("day")):
            _work(database, list(entries))
        _work_today(database, waiting)


def _work(database: Database, errands: Sequence[Errand]) -> None:
    """What was done on a day, spread over its hours."""
    between = min(_BETWEEN, _WORKDAY / len(errands))
    for number, errand in enumerate(errands):
        with _moment(database, errand, number, between) as (session, now):
            errand.act(session, now)


def _found(session: Session, begun: date, today: date) -> None:
    """The office as it began; the grids began their visits when they got their members."""
    set_office(session, _OFFICE)
    office.seed(session, today=begun)
    for rule in session.scalars(select(VisitRule)):
        rule.since = today - _VISITING


def _work_today(database: Database, errands: list[Errand]) -> None:
    """The last half hour before the program is opened."""
    for number, errand in enumerate(errands):
        now = database.clock.now() - timedelta(minutes=5 * (len(errands) - number))
        with _at(database, now, number, errand) as session:
            errand.act(session, now)


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
    database: Database, errand: Errand, number: int, between: timedelta = _BETWEEN
) -> Iterator[tuple[Session, datetime]]:
    """The `number`th transaction of a past day."""
    now = datetime.combine(errand.day, time(8, 20)) + number * between
    with _at(database, now, number, errand) as session:
        yield session, now


@contextmanager
def _at(database: Database, now: datetime, number: int, errand: Errand) -> Iterator[Session]:
    """A transaction of the past: clock and user stand there, then go back."""
    clock, user = database.clock, database.actor
    who = errand.who or CLERKS[number % len(CLERKS)]
    database.clock, database.actor = FixedClock(now), _actor(who, errand.role)
    try:
        with database.transaction(errand.sentence) as session:
            _remember(session)
            yield session
    finally:
        database.clock, database.actor = clock, user


def _remember(session: Session) -> None:
    """Rows stay at hand while the errand lasts: many services ask for the same ones in it."""
    rows: list[object] = []
    for happened in ("loaded_as_persistent", "pending_to_persistent"):
        event.listen(session, happened, lambda _, row: rows.append(row))


def _actor(name: str, role: str) -> Actor:
    return Actor(name, role, DEFAULTS.get(role, ALL))


class _Grids:
    """What the grids did: who serves, the rounds, the requests."""

    def __init__(
        self, database: Database, staying: Collection[int], *, seed: int, today: date
    ) -> None:
        with database.lookup() as lookup:
            everybody = neighbours(lookup)
            days = work_calendar(lookup)
        organisation = Organisation(everybody, staying, seed=seed, today=today)
        rounds = Rounds(everybody, organisation.members, seed=seed, today=today)
        self.staying = [one for one in everybody if one.id in staying]
        askers = [one for one in self.staying if one.unit]
        self._requests = Requests(askers, organisation.members, days, seed=seed, today=today)
        self._parts = (organisation, rounds, self._requests)

    def errands(self) -> list[Errand]:
        """All of them, of each part in the order of their days."""
        return [errand for part in self._parts for errand in part.errands()]

    def of_today(self) -> list[Errand]:
        return self._requests.of_today()


class _Diary:
    """What the clerks did since the import: each person is met once."""

    def __init__(self, database: Database, seed: int, today: date) -> None:
        self._database = database
        self._today = today
        self._chance = random.Random(seed)  # noqa: S311 - made up, and the same every time
        with database.lookup() as lookup:
            everybody = list(list_ids(lookup, today=today).ids)
            elderly = ResidentFilter(ages=(AgeBand(76, 90),))
            self._elders = list(list_ids(lookup, elderly, today=today).ids)
        self._chance.shuffle(everybody)
        self._chance.shuffle(self._elders)
        elders = set(self._elders)
        self._others = [one for one in everybody if one not in elders]

    def with_documents(self) -> list[tuple[int, str]]:
        """Grown-ups for whom papers are made out: whom nothing else happens to, with a document."""
        with self._database.reading() as session:
            chosen = select(Resident.id, Resident.name).where(
                Resident.id.in_(self._others[:_FOR_PAPERS]),
                Resident.document_number.is_not(None),
                Resident.birth_date < years_later(self._today, -_GROWN_UP),
            )
            found = [(key, name) for key, name in session.execute(chosen.order_by(Resident.id))]
        self._others = self._others[_FOR_PAPERS:]
        return found

    def entries(self) -> list[Errand]:
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
            *(self._withdrew() for _ in range(2)),
            *(self._asked() for _ in range(2)),
        ]
        return sorted(made, key=lambda entry: entry.day)

    def staying(self) -> set[int]:
        """Those to whom nothing happens."""
        return {*self._others, *self._elders}

    def _notices(self) -> list[Errand]:
        with self._database.reading() as session:
            written = list(demo_notices.written(session, self._today))
        return [self._notice(one) for one in written]

    def _notice(self, one: demo_notices.Written) -> Errand:
        return Errand(
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

    def _moved_out(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"登记 {name} 迁出",
            lambda session, now: events.move_out(session, key, on_date=now.date(), now=now),
        )

    def _died(self) -> Errand:
        key, name = self._named(self._elders.pop())
        return Errand(
            self._day(),
            f"登记 {name} 死亡",
            lambda session, now: events.die(session, key, on_date=now.date(), now=now),
        )

    def _moved_in(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"登记 {name} 迁入",
            lambda session, now: events.moved_in(
                session, key, on_date=max(now.date(), self._born(session, key)), now=now
            ),
        )

    def _born(self, session: Session, key: int) -> date:
        return session.get_one(Resident, key).birth_date or date.min

    def _new_phone(self) -> Errand:
        key, name = self._somebody()
        phone = f"139{self._chance.randrange(10**8):08d}"
        return Errand(
            self._day(),
            f"修改居民 {name} 的电话",
            lambda session, now: _change(session, key, now, phone=phone),
        )

    def _tagged(self) -> Errand:
        key, name = self._named(self._elders.pop())
        return Errand(
            self._day(),
            f"给 {name} 加敏感标签",
            lambda session, now: tags.give(
                session, [key], _tag(session, "半失能"), since=now.date(), source="走访"
            ),
        )

    def _withdrew(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"登记 {name}：撤回同意",
            lambda session, now: privacy.withdraw(
                session, key, on=now.date(), reason="不愿再收到活动通知", now=now
            ),
        )

    def _asked(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"登记 {name}：申请更正",
            lambda session, now: privacy.ask_correction(
                session, key, what="户籍地址少写了门牌号", on=now.date(), now=now
            ),
        )

    def _checked(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"核对居民 {name} 的资料",
            lambda session, now: resident_forms.mark_checked(session, key, today=now.date()),
        )

    def _looked(self) -> Errand:
        key, name = self._somebody()
        return Errand(
            self._day(),
            f"查看 {name} 的电话",
            lambda session, _: cards.reveal(session, key, "phone"),
        )

    def _entered_twice(self) -> Errand:
        """The same name and birth date without a number: a look-alike to be merged."""
        key, name = self._somebody()
        return Errand(
            self._day(), f"新增居民 {name}", lambda session, now: _enter_again(session, key, now)
        )

    def _deleted(self) -> Errand:
        key, name = self._somebody()
        return Errand(
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
