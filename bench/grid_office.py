"""The office of 100,000 with three years of the page 网格 in it, made once, in a file of its own.

200,000 lines of the diary, 50,000 requests of which 1,500 are open, 50,000 visits; one resident in
seven has a tag. The other figures keep the file without them.
"""

import hashlib
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models import (
    Base,
    Category,
    CategoryGroup,
    DiaryEntry,
    Level,
    Origin,
    Request,
    RequestState,
    RequestStep,
    Resident,
    ResidentTag,
    RoundWay,
    Satisfaction,
    StepKind,
    Visit,
    VisitResult,
)
from app.services import calendar, categories, deadlines, visit_rules
from app.storage import journal
from bench import office
from bench.desk import CLOCK

PEOPLE, DIARY, REQUESTS, VISITS = 100_000, 200_000, 50_000, 50_000
OPEN = {
    RequestState.REGISTERED: 200,
    RequestState.ACCEPTED: 250,
    RequestState.HANDLING: 500,
    RequestState.ESCALATED: 250,
    RequestState.DONE: 200,
    RequestState.CALLED_BACK: 100,
}
TODAY = CLOCK.today()
_YEARS = timedelta(days=3 * 365)
# Rules older than this would have every household overdue that nobody visited in these years.
_RULES_SINCE = TODAY - timedelta(days=80)
_AT_ONCE = 20_000
_TITLES = (
    ("楼道灯不亮，晚上看不清台阶", "换了 6 盏声控灯，楼道亮了", "到场看过，是公共电表欠费"),
    ("垃圾桶满了没有人清", "和保洁说好，早晚各清一次", "找到保洁公司的领班"),
    ("楼上装修噪声大，老人休息不好", "约定中午和晚上八点以后不施工", "上门劝过一次"),
    ("小广场健身器材松动", "街道派人加固，更换了两处螺栓", "拉了警示带"),
)
Row = dict[str, Any]


@cache
def grid_office() -> Path:
    """The file; made anew when the file below it, or this recipe, has changed."""
    below = office.office(PEOPLE)
    digest = hashlib.sha256(below.name.encode() + Path(__file__).read_bytes()).hexdigest()[:12]
    file = office.FOLDER / f"grid-office-{digest}.linli"
    if not file.exists():
        for old in office.FOLDER.glob("grid-office-*"):
            old.unlink()
        half_made = office.copy_of(below, file.with_suffix(".part"))
        database = office.opened(half_made)
        with database.transaction("三年的网格工作") as session:
            _fill(session)
        database.close()
        half_made.rename(file)
    return file


def _fill(session: Session) -> None:
    calendar.seed(session)
    categories.seed(session)
    deadlines.seed(session, today=_RULES_SINCE)
    visit_rules.seed(session, today=_RULES_SINCE)
    choice = random.Random(20261121)
    kinds = _ids(session, CategoryGroup.MATTER)
    dangers = _ids(session, CategoryGroup.HAZARD)
    people = list(session.execute(select(Resident.id, Resident.grid_id)).tuples())
    tagged = list(session.scalars(select(ResidentTag.resident_id)))
    grid_of = dict(people)
    _insert(session, DiaryEntry, _diary(choice, kinds, dangers))
    requests = list(_requests(choice, kinds, people))
    _insert(session, Request, iter(requests))
    _insert(session, RequestStep, _steps(requests))
    _insert(session, Visit, _visits(choice, tagged, grid_of))


def _ids(session: Session, group: CategoryGroup) -> list[int]:
    return list(session.scalars(select(Category.id).where(Category.group == group)))


def _diary(choice: random.Random, kinds: list[int], dangers: list[int]) -> Iterator[Row]:
    for number in range(DIARY):
        day = TODAY - _YEARS + number * _YEARS // DIARY
        danger = choice.choice(dangers) if number % 10 == 0 else None
        yield {
            "on_date": day,
            "grid_id": number % office.GRIDS + 1,
            "way": choice.choice(list(RoundWay)),
            "seen": "楼道里有杂物" if danger else "独居老人精神好",
            "category_id": choice.choice(kinds),
            "hazard_id": danger,
            "settled_on": day + timedelta(days=2) if danger and number % 30 else None,
            "written_by": "孙丽",
            "written_at": datetime.combine(day, time(17)),
        }


def _requests(
    choice: random.Random, kinds: list[int], people: list[tuple[int, int | None]]
) -> Iterator[Row]:
    """The open ones are the latest; of the others one in fifty was closed with a reason."""
    states = [state for state, count in OPEN.items() for _ in range(count)]
    choice.shuffle(states)
    closed = REQUESTS - len(states)
    for number in range(REQUESTS):
        resident, grid = choice.choice(people)
        open_state = states[number - closed] if number >= closed else None
        came = TODAY - _YEARS + number * _YEARS // REQUESTS
        if open_state is not None:
            came = TODAY - timedelta(days=choice.randrange(20))
        title, answer, _ = choice.choice(_TITLES)
        yield {
            "number": number + 1,
            "came_on": came,
            "came_at": datetime.combine(came, time(9)),
            "origin": choice.choice(list(Origin)),
            "resident_id": resident,
            "category_id": choice.choice(kinds),
            "title": title,
            "building_id": number % 20 + 1,
            "unit": str(number % 3 + 1),
            "grid_id": grid,
            "level": choice.choice(list(Level)),
            "reopened": int(number % 40 == 0),
            **_progress(choice, came, open_state, answer),
        }


def _progress(choice: random.Random, came: date, state: RequestState | None, answer: str) -> Row:
    """All rows have the same keys: they are inserted together."""
    dropped = state is None and choice.randrange(50) == 0
    done = came + timedelta(days=choice.randrange(9)) if state is None and not dropped else None
    if state in (RequestState.DONE, RequestState.CALLED_BACK):
        done = came
    due = came + timedelta(days=choice.randrange(1, 25))
    called = done if state is None or state is RequestState.CALLED_BACK else None
    said = choice.choice((Satisfaction.CONTENT, Satisfaction.CONTENT, Satisfaction.FAIR))
    return {
        "state": state or RequestState.CLOSED,
        "due_on": due if state is not None and state is not RequestState.CALLED_BACK else None,
        "flagged_on": came if state is RequestState.HANDLING and came.day % 7 == 0 else None,
        "answer": answer if done else None,
        "done_on": done,
        "called_on": called,
        "satisfaction": said if called else None,
        "closed_on": (done or came) if state is None else None,
        "close_reason": "居民撤回" if dropped else None,
    }


def _steps(requests: list[Row]) -> Iterator[Row]:
    for key, row in enumerate(requests, start=1):
        came, done = row["came_on"], row["done_on"]
        yield _step(key, row, came, StepKind.REGISTERED, "")
        if row["state"] is RequestState.REGISTERED:
            continue
        yield _step(key, row, came, StepKind.ACCEPTED, "")
        yield _step(key, row, came, StepKind.NOTED, _TITLES[key % len(_TITLES)][2])
        if done:
            due = came + timedelta(days=5)
            yield {**_step(key, row, done, StepKind.DONE, row["answer"]), "due_on": due}
        if row["called_on"]:
            yield _step(key, row, row["called_on"], StepKind.CALLED_BACK, "满意")
        if row["closed_on"]:
            yield _step(key, row, row["closed_on"], StepKind.CLOSED, "")


def _step(key: int, row: Row, day: date, kind: StepKind, words: str) -> Row:
    return {
        "request_id": key,
        "at": datetime.combine(day, time(10)),
        "kind": kind,
        "level": row["level"],
        "state": row["state"],
        "words": words or None,
        "due_on": None,
        "user_name": "赵敏",
    }


def _visits(
    choice: random.Random, tagged: list[int], grid_of: dict[int, int | None]
) -> Iterator[Row]:
    everybody = list(grid_of)
    for number in range(VISITS):
        resident = choice.choice(tagged if number % 5 else everybody)
        day = TODAY - timedelta(days=int(choice.random() ** 2 * _YEARS.days))
        yield {
            "resident_id": resident,
            "on_date": day,
            "grid_id": grid_of[resident],
            "visitor": "孙丽",
            "way": RoundWay.HOME,
            "result": VisitResult.NOT_HOME if number % 12 == 0 else VisitResult.FINE,
            "entered_by": "孙丽",
            "entered_at": datetime.combine(day, time(16)),
        }


def _insert(session: Session, model: type[Base], rows: Iterator[Row]) -> None:
    """In parts: a quarter of a million rows as Python's values would fill the memory."""
    count = 0
    while part := list(islice(rows, _AT_ONCE)):
        session.execute(insert(model), part)
        count += len(part)
    journal.record_created(session, model, range(1, count + 1))
