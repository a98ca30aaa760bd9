"""Days that cannot be: in the future, before the birth, a departure without its day."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.services.health.kinds import Check, Found, Group, Kind, Level
from app.services.health.people import KEPT, select_people
from app.storage.lookup import Sql, lookup_of
from app.values.documents import EARLIEST_BIRTH

_LEFT = {"moved_out": "迁出", "died": "死亡"}
_EVENTS = {**_LEFT, "born": "出生", "moved_in": "迁入", "changed_household": "换户"}


def _impossible_births(session: Session, now: datetime) -> Iterator[Found]:
    limits = (now.date().isoformat(), EARLIEST_BIRTH.isoformat())
    where = f"{KEPT} AND (birth_date > ? OR birth_date < ?)"
    for key, born in select_people(session, "id, birth_date", where, limits):
        yield key, f"出生日期 {born} {_why(born, '', now.date())}"


def _departures(session: Session, now: datetime) -> Iterator[Found]:
    today = now.date().isoformat()
    where = f"""{KEPT} AND (
        (departure IS NOT NULL AND departed_on IS NULL)
        OR (departure IS NULL AND departed_on IS NOT NULL)
        OR departed_on > ? OR departed_on < birth_date
    )"""
    columns = "id, departure, departed_on, birth_date"
    for key, departure, day, born in select_people(session, columns, where, (today,)):
        if departure is None:
            yield key, f"没有离开，却有离开日期 {day}"
        elif day is None:
            yield key, f"{_LEFT[departure]}没有日期"
        else:
            yield key, f"{_LEFT[departure]} {day} {_why(day, born, now.date())}"


def _events(session: Session, now: datetime) -> Iterator[Found]:
    found = Sql(
        f"""
        SELECT resident.id, event.kind, event.on_date, resident.birth_date
        FROM resident_event event JOIN resident ON resident.id = event.resident_id
        WHERE {KEPT} AND event.revoked_at IS NULL
            AND (event.on_date > ? OR event.on_date < resident.birth_date)
        ORDER BY resident.id, event.id
        """,
        (now.date().isoformat(),),
    )
    for key, kind, day, born in lookup_of(session).rows(found):
        yield key, f"{_EVENTS[kind]} {day} {_why(day, born, now.date())}"


_REGISTERED = {"consent_on": "同意", "withdrawn_on": "撤回同意", "checked_on": "核对"}


def _registered(session: Session, now: datetime) -> Iterator[Found]:
    """What the office noted about a person on a day that has not come."""
    today = now.date().isoformat()
    where = " OR ".join(f"{column} > ?" for column in _REGISTERED)
    columns = ", ".join(("id", *_REGISTERED))
    values = [today] * len(_REGISTERED)
    for key, *days in select_people(session, columns, f"{KEPT} AND ({where})", values):
        noted = zip(_REGISTERED.values(), days, strict=True)
        late = [f"{words} {day}" for words, day in noted if day and day > today]
        yield key, f"{'、'.join(late)} 晚于今天"


def _why(day: str, born: str | None, today: date) -> str:
    if day > today.isoformat():
        return "晚于今天"
    return f"早于出生日期 {born}" if born else "早于 1900 年"


CHECKS = (
    Check(
        key="impossible_birth",
        group=Group.DATES,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="出生日期不可能",
        why="年龄算不出来，按年龄的名单里就没有这个人，或者排错了位置。",
        example="出生日期 2062-03-02，晚于今天",
        look=_impossible_births,
    ),
    Check(
        key="departure_days",
        group=Group.DATES,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="离开日期不对",
        why="人数按离开日期统计；日期缺了或不可能，月报、年报就对不上。",
        example="登记了死亡，没有日期",
        look=_departures,
    ),
    Check(
        key="event_days",
        group=Group.DATES,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="变动日期不可能",
        why="迁入、迁出发生在出生以前或今天以后，一定是填错了，变动报表跟着错。",
        example="迁入 1949-05-01，早于出生日期 1956-01-18",
        look=_events,
    ),
    Check(
        key="registered_days",
        group=Group.DATES,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="登记的日子还没到",
        why="同意、撤回、核对都是做过了才登记；日子在今天以后，保存期限就算错了。",
        example="核对 2027-01-01 晚于今天",
        look=_registered,
    ),
)
