"""An office with the bodies of the pictures, at 2026-11-21 9:30.

居民代表会议 of 7 committee members and 54 representatives (61), 议事协商会, 业主大会 with owners,
大党委 with the part-time members of three units, 居民委员会, 居务监督委员会; two grids.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import (
    Body,
    BodyKind,
    BodyMember,
    JointUnit,
    MemberRole,
    Owner,
    OwnerUnit,
    UnitKind,
)
from app.services import categories, grids, office, settings, tags, vote_rules
from app.services.office import Office
from app.storage.engine import Database
from app.storage.lookup import link_of
from app.values.rights import Actor
from tests.services.conftest import Clerk
from tests.storage.offices import CLOCK, furnish

SINCE = date(2026, 1, 8)
CLERK = Actor("赵敏")
COMMITTEE_SIZE, REPRESENTATIVES = 7, 54

PEOPLE: dict[str, tuple[str, str, date, str]] = {
    "wang": ("王芳", "女", date(1975, 3, 2), "one"),
    "zhao": ("赵敏", "女", date(1988, 3, 2), "one"),
    "zhou": ("周立群", "男", date(1970, 3, 2), "one"),
    "li": ("李建国", "男", date(1960, 3, 2), "one"),
    "chen": ("陈桂芳", "女", date(1955, 3, 2), "one"),
    "sun": ("孙玉梅", "女", date(1958, 3, 2), "two"),
    "liu": ("刘军", "男", date(1964, 3, 2), "two"),
    "he": ("何桂英", "女", date(1952, 3, 2), "two"),
    "young": ("赵亮", "男", date(2010, 3, 2), "two"),
}
"""By key the name, sex, birth date and grid; `young` is 16, each is a household of his own."""
COMMITTEE: Mapping[str, MemberRole] = {
    "wang": MemberRole.CHAIR,
    "zhao": MemberRole.VICE_CHAIR,
    "zhou": MemberRole.COMMITTEE,
}
"""Those of the committee who are in the file; four more (委员甲 to 委员丁) are not."""
SEATS = ("li", "chen", "sun", "liu")
"""The first representatives by key; the other fifty (代表05 to 代表54) are not in the file."""
OWNERS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("李建国", (90_00,)),
    ("陈桂芳", (120_00, 60_50)),
    ("孙玉梅", (85_25,)),
    ("海湾置业公司", (300_00,)),
    ("刘军", (44_25,)),
)
"""Owners 1 to 5 with their areas in 0.01 m², 700 m² in all."""
UNITS: tuple[tuple[str, str], ...] = (
    ("海湾街道中心小学", "吴校长"),
    ("海湾派出所", "郑警官"),
    ("金城物业公司", "冯经理"),
)
"""Units of 大党委 and whom they sent."""


@dataclass
class Stage:
    """All are ids: `people`, `grids` (one, two), `bodies` by kind, `units` by name."""

    clerk: Clerk
    people: dict[str, int]
    grids: dict[str, int]
    bodies: dict[BodyKind, int]
    units: dict[str, int]

    @property
    def today(self) -> date:
        return self.clerk.today

    @property
    def now(self) -> datetime:
        return self.clerk.now

    @property
    def database(self) -> Database:
        return self.clerk.database

    @property
    def council(self) -> int:
        """居民代表会议."""
        return self.bodies[BodyKind.REPRESENTATIVES]

    @property
    def owners(self) -> int:
        """业主大会."""
        return self.bodies[BodyKind.OWNERS]

    @property
    def forum(self) -> int:
        """议事协商会."""
        return self.bodies[BodyKind.CONSULTATION]

    @property
    def joint(self) -> int:
        """大党委联席会议."""
        return self.bodies[BodyKind.JOINT]

    def at(self, day: date, hour: int = 9, minute: int = 30) -> "Stage":
        """The same office at another moment."""
        now = datetime.combine(day, time(hour, minute))
        return replace(self, clerk=Clerk(self.database, now))

    def do(self, act: Callable[..., Any], *args: Any, by: Actor = CLERK, **more: Any) -> Any:
        """One call of a service in a transaction of its own."""
        self.database.act_as(by)
        return self.clerk.do("议事", lambda s: act(s, *args, **more))

    def look(self, ask: Callable[..., Any], *args: Any, by: Actor = CLERK, **more: Any) -> Any:
        """What a list reads."""
        self.database.act_as(by)
        return self.clerk.look_up(lambda lookup: ask(lookup, *args, **more))

    def see(self, ask: Callable[..., Any], *args: Any, by: Actor = CLERK, **more: Any) -> Any:
        """What a form reads: through a session."""
        self.database.act_as(by)
        return self.clerk.see(lambda s: ask(s, *args, **more))

    def put(self, model: type[Any], **values: Any) -> int:
        """A row as it is, past the services."""

        def write(session: Session) -> int:
            row = model(**values)
            session.add(row)
            session.flush()
            return int(row.id)

        key: int = self.do(write)
        return key

    def members(self, body_id: int) -> list[int]:
        """The seats of a body in the order in which they were filled."""
        found = self.ask(f"SELECT id FROM body_member WHERE body_id = {body_id} ORDER BY id")
        return [key for (key,) in found]

    def set(self, setting: Any, value: Any) -> None:
        self.do(settings.change, setting, value)

    def tamper(self, sql: str) -> None:
        """Past every service and the journal."""
        self.do(lambda session: link_of(session).execute(sql))

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Straight from the file."""
        return [tuple(row) for row in self.clerk.see(lambda s: s.execute(text(sql)).all())]


def stage_on(database: Database) -> Stage:
    """A stage on an empty office."""
    return Stage(Clerk(database, CLOCK.now()), *furnish(database, begun))


def begun(database: Database) -> tuple[Any, ...]:
    clerk = Clerk(database, CLOCK.now())
    clerk.do("填写社区资料", _office)
    homes = {
        key: clerk.do("网格", lambda s, n=number, name=name: grids.add(s, number=n, name=name))
        for number, (key, name) in enumerate((("one", "第一网格"), ("two", "第二网格")), 1)
    }
    people = {
        key: clerk.add(name, sex=sex, birth_date=birth, grid_id=homes[grid], new_household=True)
        for key, (name, sex, birth, grid) in PEOPLE.items()
    }
    bodies, units = clerk.do("组织", lambda s: _bodies(s, people))
    return people, homes, bodies, units


def _office(session: Session) -> None:
    office.set_office(session, Office("望海社区", "海湾街道", "210214"))
    tags.seed(session)
    categories.seed(session)
    vote_rules.seed(session)


def _bodies(
    session: Session, people: Mapping[str, int]
) -> tuple[dict[BodyKind, int], dict[str, int]]:
    kinds = (
        (BodyKind.ASSEMBLY, "望海社区居民会议"),
        (BodyKind.REPRESENTATIVES, "望海社区第六届居民代表会议"),
        (BodyKind.CONSULTATION, "望海社区议事协商会"),
        (BodyKind.OWNERS, "海棠苑业主大会"),
        (BodyKind.JOINT, "望海社区大党委"),
        (BodyKind.COMMITTEE, "望海社区居民委员会"),
        (BodyKind.SUPERVISORS, "望海社区居务监督委员会"),
    )
    bodies = {kind: Body(kind=kind, name=name, since=SINCE) for kind, name in kinds}
    session.add_all(bodies.values())
    session.flush()
    keys = {kind: row.id for kind, row in bodies.items()}
    _council(session, keys[BodyKind.REPRESENTATIVES], people)
    _committee(session, keys[BodyKind.COMMITTEE], people)
    for key in ("li", "chen", "he"):
        _seat(session, keys[BodyKind.CONSULTATION], key, MemberRole.MEMBER, people)
    _seat(session, keys[BodyKind.SUPERVISORS], "he", MemberRole.CHAIR, people)
    _owners(session, keys[BodyKind.OWNERS], people)
    return keys, _joint(session, keys[BodyKind.JOINT])


def _council(session: Session, body_id: int, people: Mapping[str, int]) -> None:
    _committee(session, body_id, people)
    for key in SEATS:
        _seat(session, body_id, key, MemberRole.REPRESENTATIVE, people)
    for number in range(len(SEATS) + 1, REPRESENTATIVES + 1):
        _named(session, body_id, f"代表{number:02}", MemberRole.REPRESENTATIVE, households=30)


def _committee(session: Session, body_id: int, people: Mapping[str, int]) -> None:
    for key, role in COMMITTEE.items():
        _seat(session, body_id, key, role, people, in_committee=True)
    for sign in "甲乙丙丁":
        _named(session, body_id, f"委员{sign}", MemberRole.COMMITTEE, in_committee=True)


def _seat(
    session: Session,
    body_id: int,
    key: str,
    role: MemberRole,
    people: Mapping[str, int],
    **more: Any,
) -> None:
    _named(session, body_id, PEOPLE[key][0], role, resident_id=people[key], **more)


def _named(session: Session, body_id: int, name: str, role: MemberRole, **more: Any) -> None:
    session.add(BodyMember(body_id=body_id, name=name, role=role, since=SINCE, **more))
    # One by one, so that the seats keep this order.
    session.flush()


def _owners(session: Session, body_id: int, people: Mapping[str, int]) -> None:
    known = {PEOPLE[key][0]: people[key] for key in PEOPLE}
    for number, (name, areas) in enumerate(OWNERS, 1):
        owner = Owner(body_id=body_id, number=number, name=name, resident_id=known.get(name))
        session.add(owner)
        session.flush()
        for place, area in enumerate(areas, 1):
            room = f"{number}0{place}"
            session.add(OwnerUnit(owner_id=owner.id, building="3", unit="1", room=room, area=area))


def _joint(session: Session, body_id: int) -> dict[str, int]:
    units: dict[str, int] = {}
    for name, sent in UNITS:
        unit = JointUnit(kind=UnitKind.MEMBER, name=name, contact=sent, since=SINCE)
        session.add(unit)
        session.flush()
        units[name] = unit.id
        _named(session, body_id, sent, MemberRole.PART_TIME, joint_unit_id=unit.id)
    return units
