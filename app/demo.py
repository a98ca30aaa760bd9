"""The made-up community behind `make demo`: people, and what an office did in the last weeks."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.clock import FixedClock
from app.demo_canteen import Canteen
from app.demo_diary import IMPORTED_BEFORE, Diary
from app.demo_grids import Organisation, neighbours
from app.demo_meetings import Meetings
from app.demo_papers import CLERKS, Errand, Papers, prepare
from app.demo_people import Community
from app.demo_points import Points
from app.demo_requests import Requests
from app.demo_rounds import Rounds
from app.importing.rows import ParsedRow
from app.models import ResidentTag, Tag, VisitRule
from app.services import office, residents_import
from app.services.calendar import work_calendar
from app.services.office import Office, set_office
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
_VISITING = timedelta(days=24)
_BETWEEN, _WORKDAY = timedelta(minutes=37), timedelta(hours=9)
# In a smaller community there are not people enough for everything that the diary tells.
_SMALLEST_WITH_DIARY, _SMALLEST_WITH_SHOP = 450, 1000
_LEVELS = ("一级", "二级", "三级", "四级")


def build_demo(
    database: Database, *, people: int = 2600, seed: int = 1, today: date | None = None
) -> None:
    """Fill a file that has tables and no rows.

    The same seed makes the same community, but for the codes of cards: nobody foresees them.
    """
    day = today or database.clock.today()
    # Before the first paper of the year: papers are made out to people in the file.
    begun = min(day - IMPORTED_BEFORE, date(day.year, 1, 4))
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
        diary = Diary(database, seed, day)
        papers = Papers(diary.with_documents(), seed=seed, today=day)
        done = [*diary.entries(), *papers.errands()]
        grids = _Grids(database, diary.staying(), seed=seed, today=day)
        done += grids.errands()
        waiting = [*grids.of_today(), *papers.of_today()]
        if people >= _SMALLEST_WITH_SHOP:
            points = Points(grids.staying, seed=seed, begun=begun, today=day)
            done += points.errands()
            canteen = Canteen(grids.staying, seed=seed, begun=begun, today=day)
            done += canteen.errands()
            done += Meetings(grids.staying, seed=seed, begun=begun, today=day).errands()
            waiting += [*points.of_today(), *canteen.of_today(database.clock.now())]
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
