"""The office of 10,000 with years of 议事 in it, made once, in a file of its own.

3,000 owners with 4,000 dwellings and a vote of all of them on paper, 500 meetings of the 61
representatives, 20,000 topics. Filled by bare SQL: through the services it would take an hour.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.services import categories, vote_rules
from app.services.topic_keys import pairs
from app.storage import connection
from bench import office
from bench.desk import CLOCK, KEY
from bench.roster import people

PEOPLE, OWNERS, MEETINGS, TOPICS = 10_000, 3_000, 500, 20_000
TODAY = CLOCK.today()
REPRESENTATIVES, OWNERS_MEETING = 1, 2
"""The two bodies"""
COMMITTEE, MEMBERS, PRESENT = 7, 61, 43
OWNERS_ITEM = 1
"""The item that the owners vote on; the five items of each other meeting follow"""
ITEMS = 5
_FIRST = date(2017, 1, 7)
_SINCE = "2016-01-01"
_AT = datetime.combine(TODAY, time(9)).isoformat(" ")


@cache
def meetings_office() -> Path:
    """The file; made anew when the file below it, or this recipe, has changed."""
    below = office.office(PEOPLE)
    digest = hashlib.sha256(below.name.encode() + Path(__file__).read_bytes()).hexdigest()[:12]
    file = office.FOLDER / f"meetings-office-{digest}.linli"
    if not file.exists():
        for old in office.FOLDER.glob("meetings-office-*"):
            old.unlink()
        half_made = office.copy_of(below, file.with_suffix(".part"))
        _seed(half_made)
        _fill(half_made)
        half_made.rename(file)
    return file


def _seed(file: Path) -> None:
    database = office.opened(file)
    with database.transaction("类别和表决规则") as session:
        categories.seed(session)
        vote_rules.seed(session)
    database.close()


def _fill(file: Path) -> None:
    link = connection.connect(file, KEY, mode="rw")
    link.execute("BEGIN")
    _insert(link, "body", "id, kind, name, term, since, version", _bodies())
    _insert(link, "body_member", _MEMBER, _members())
    _insert(link, "owner", "id, body_id, number, name, phone, version", _owners())
    _insert(link, "owner_unit", _UNIT, _units())
    _insert(link, "topic", _TOPIC, _topics(link))
    _insert(link, "topic_key", "token, topic_id", _keys())
    _insert(link, "meeting", _MEETING, _meetings())
    _insert(link, "agenda_item", _ITEM, _items())
    _insert(link, "attendee", _ATTENDEE, _attendees())
    _insert(link, "ballot", _BALLOT, _ballots())
    link.execute("COMMIT")
    link.close()


def _insert(
    link: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    link.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


# -- bodies, members, owners


def _bodies() -> Iterator[tuple[Any, ...]]:
    yield REPRESENTATIVES, "representatives", "望海社区第六届居民代表会议", 6, _SINCE, 1
    yield OWNERS_MEETING, "owners_meeting", "海景花园业主大会", None, _SINCE, 1


_MEMBER = "id, body_id, resident_id, name, role, in_committee, households, since, version"


def _members() -> Iterator[tuple[Any, ...]]:
    for number, person in enumerate(people(MEMBERS), start=1):
        of_committee = number <= COMMITTEE
        role = "committee_member" if of_committee else "representative"
        households = None if of_committee else 20 + number % 30
        seat = (person.name, role, int(of_committee), households, _SINCE, 1)
        yield number, REPRESENTATIVES, number, *seat


def _owners() -> Iterator[tuple[Any, ...]]:
    for number, person in enumerate(people(OWNERS), start=1):
        yield number, OWNERS_MEETING, number, person.name, person.phone, 1


_UNIT = "owner_id, building, unit, room, area, version"


def _units() -> Iterator[tuple[Any, ...]]:
    """Every third owner has two."""
    for number, person in enumerate(people(OWNERS), start=1):
        area = 4_200 + number * 37 % 9_800
        home = (str(person.building), str(person.unit))
        yield number, *home, str(person.room), area, 1
        if number % 3 == 0:
            yield number, *home, f"车库{number}", 1_350, 1


# -- topics

_TOPIC = (
    "id, number, came_on, origin, resident_id, grid_id, unit, category_id, title, body, state,"
    " registered_by, registered_at, version"
)
_THINGS = (
    *("楼道灯不亮", "下水井堵塞", "单元门禁坏了", "停车位划分", "电动车上楼充电", "楼顶漏水"),
    *("垃圾桶太远", "加装电梯", "健身器材生锈", "路面坑洼", "晾衣杆缺少", "养犬不牵绳"),
    *("飞线充电", "树枝挡窗", "信报箱破损", "雨水倒灌地下室", "楼道堆物", "路灯太暗"),
    *("墙皮脱落", "广场舞音量大"),
)
_STATES = (
    *("done_topic", "done_topic", "done_topic", "turned_down_topic", "merged_topic", "decided"),
    *("accepted_topic", "raised"),
)


def topic_title(number: int) -> str:
    """5 号楼 3 单元楼道灯不亮, of the n-th topic."""
    thing = _THINGS[number * 7 % len(_THINGS)]
    return f"{number % 60 + 1} 号楼 {number % 6 + 1} 单元{thing}"


def _keys() -> Iterator[tuple[Any, ...]]:
    for number in range(1, TOPICS + 1):
        for token in sorted(pairs(topic_title(number))):
            yield token, number


def _topics(link: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    kinds = [one for (one,) in link.execute("SELECT id FROM category ORDER BY id")]
    days = (TODAY - _FIRST).days
    for number in range(1, TOPICS + 1):
        thing = _THINGS[number * 7 % len(_THINGS)]
        title = topic_title(number)
        day = _FIRST + timedelta(days=number * days // TOPICS)
        told = (title, f"居民反映{thing}，希望尽快解决。", _STATES[number % len(_STATES)])
        where = (number % office.GRIDS + 1, str(number % 6 + 1), kinds[number % len(kinds)])
        who = ("forum", number % PEOPLE + 1)
        yield number, number, day.isoformat(), *who, *where, *told, "孙丽", _AT, 1


# -- meetings with agenda and attendance

_MEETING = (
    "id, body_id, number, title, on_date, starts, place, chair, recorder, state, notified_on,"
    " party_on, expected, opened_at, closed_at, filed_at, entered_by, version"
)


def _day(number: int) -> date:
    """A meeting a week."""
    return _FIRST + timedelta(days=7 * number)


def _meetings() -> Iterator[tuple[Any, ...]]:
    """The owners' first, then one after the other of the representatives."""
    yield 1, OWNERS_MEETING, 1, "业主大会", TODAY.isoformat(), *_held(TODAY, "running")
    for number in range(2, MEETINGS + 1):
        day = _day(number)
        head = (number, REPRESENTATIVES, number - 1, f"第 {number - 1} 次居民代表会议")
        yield *head, day.isoformat(), *_held(day, "filed")


def _held(day: date, state: str) -> tuple[Any, ...]:
    began, ended = (datetime.combine(day, time(hour)).isoformat(" ") for hour in (14, 16))
    told, over = (day - timedelta(days=16)).isoformat(), state == "filed"
    shown = (840, "社区会议室", "周立群", "赵敏", state, told, told)
    closed = (ended, ended) if over else (None, None)
    return *shown, MEMBERS if over else None, began, *closed, "赵敏", 1


_ITEM = (
    "id, meeting_id, place, kind, title, words, matter, topic_id, added_there, state, minutes,"
    " version"
)


def _items() -> Iterator[tuple[Any, ...]]:
    owners = ("decide_item", "电梯大修使用维修资金", "使用维修资金 86,000 元大修电梯。")
    yield OWNERS_ITEM, 1, 1, *owners, "owners_general", None, 0, "item_now", None, 1
    for meeting in range(2, MEETINGS + 1):
        for place in range(1, ITEMS + 1):
            number = (meeting - 2) * ITEMS + place
            title = f"{number % 60 + 1} 号楼{_THINGS[number % len(_THINGS)]}"
            told = ("decide_item", title, f"{title}，由物业在一个月内办理。", "ordinary_matter")
            minutes = (0, "item_done", "赞成。希望先办顶层。", 1)
            yield number + 1, meeting, place, *told, number, *minutes


_ATTENDEE = "meeting_id, capacity, body_member_id, name, way, came_at, entered_by, version"


def _attendees() -> Iterator[tuple[Any, ...]]:
    names = [person.name for person in people(MEMBERS)]
    for meeting in range(2, MEETINGS + 1):
        at = datetime.combine(_day(meeting), time(13, 55)).isoformat(" ")
        for place in range(PRESENT):
            member = (meeting + place) % MEMBERS
            yield meeting, "as_member", member + 1, names[member], "typed", at, "赵敏", 1


# -- the vote of the owners: five of six came back

_BALLOT = "agenda_item_id, number, owner_id, choice, returned_on, entered_by, version"
_CHOICES = (
    *("choice_yes", "choice_yes", "choice_yes", "choice_no", "choice_abstain"),
    *("choice_yes", "choice_yes", "choice_yes", "choice_no", "choice_invalid"),
)


def _ballots() -> Iterator[tuple[Any, ...]]:
    for number in range(1, OWNERS + 1):
        back = number % 6 != 0
        choice = _CHOICES[number % len(_CHOICES)] if back else None
        yield OWNERS_ITEM, number, number, choice, TODAY.isoformat() if back else None, "孙丽", 1
