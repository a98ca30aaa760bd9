"""Who decides in the made-up community: its bodies, their members, the units of 大党委."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.demo_grids import Neighbour
from app.demo_papers import SECRETARY, Errand
from app.models import BodyKind, MemberRole, UnitKind
from app.services import body_changes, body_members, chair_turns, joint, owners
from app.services.body_changes import BodyInput
from app.services.body_members import MemberInput
from app.services.joint import UnitInput
from app.services.owners import OwnerInput
from app.services.owners import UnitInput as HomeInput

_COMMITTEE, _REPRESENTATIVES, _FORUM, _OWNERS = 7, 54, 15, 48
_GROWN, _OLDEST = 30, 78
_HOUSEHOLDS = (24, 28, 32, 36, 40)
_AREAS = (62_40, 78_15, 89_60, 96_05, 112_30)
UNITS: tuple[tuple[UnitKind, str, str, str, str], ...] = (
    (UnitKind.MEMBER, "海湾街道中心小学", "吴校长", "校长", "场地、四点半课堂"),
    (UnitKind.MEMBER, "海湾派出所", "郑警官", "社区民警", "治安宣传、夜间巡逻"),
    (UnitKind.MEMBER, "海湾社区卫生服务中心", "林主任", "副主任", "义诊、健康讲座"),
    (UnitKind.PROPERTY, "金城物业公司", "冯经理", "项目经理", "水电维修、保洁"),
    (UnitKind.PARTNER, "光明灯具店", "邹老板", "负责人", "灯具维修、节日义卖"),
    (UnitKind.PAIRED, "区财政局机关第二支部", "姜书记", "支部书记", "政策咨询、助学"),
)


class Bodies:
    """The ids that are known once the bodies stand."""

    def __init__(
        self, people: Sequence[Neighbour], *, chance: random.Random, begun: date, today: date
    ) -> None:
        """`begun`: since when people are in the file."""
        self._begun, self._today = begun, today
        born = range(today.year - _OLDEST, today.year - _GROWN + 1)
        grown = [one for one in people if one.born in born]
        crowd = chance.sample(grown, len(grown))
        homes: dict[int, Neighbour] = {}
        for one in crowd:
            homes.setdefault(one.household_id, one)
        heads = list(homes.values())
        self.committee = heads[:_COMMITTEE]
        self.representatives = heads[_COMMITTEE : _COMMITTEE + _REPRESENTATIVES]
        self.others = heads[_COMMITTEE + _REPRESENTATIVES :]
        self._chance = chance
        self.council = self.forum = self.joint = self.owners = self.bench = 0
        self.units: dict[str, int] = {}

    def errands(self) -> Iterator[Errand]:
        """All of them in the first days of the file."""
        day = self._begun + timedelta(days=2)
        yield Errand(day, "登记居民委员会和居务监督委员会", self._committees, SECRETARY)
        yield Errand(day, "登记第六届居民代表会议", self._council, SECRETARY)
        yield Errand(day, "登记议事协商会和板凳评议团", self._forums, SECRETARY)
        yield Errand(day, "登记大党委成员单位和兼职委员", self._joint, SECRETARY)
        yield Errand(day, "登记海棠苑业主名册", self._owners, SECRETARY)

    def _committees(self, session: Session, _now: datetime) -> None:
        committee = self._add(session, BodyKind.COMMITTEE, "望海社区居民委员会", 6)
        for place, one in enumerate(self.committee):
            role = (MemberRole.CHAIR, MemberRole.VICE_CHAIR)[place] if place < 2 else None
            held = role or MemberRole.COMMITTEE
            self._seat(session, committee, one, held, kin_asked=True)
        board = self._add(session, BodyKind.SUPERVISORS, "望海社区居务监督委员会", 6)
        for place, one in enumerate(self.others[:3]):
            role = MemberRole.MEMBER if place else MemberRole.CHAIR
            self._seat(session, board, one, role, kin_asked=True)

    def _council(self, session: Session, _now: datetime) -> None:
        self._add(session, BodyKind.ASSEMBLY, "望海社区居民会议", 6)
        name = "望海社区第六届居民代表会议"
        self.council = self._add(session, BodyKind.REPRESENTATIVES, name, 6)
        for one in self.committee:
            self._seat(session, self.council, one, MemberRole.COMMITTEE, in_committee=True)
        for one in self.representatives:
            homes = self._chance.choice(_HOUSEHOLDS)
            self._seat(session, self.council, one, MemberRole.REPRESENTATIVE, households=homes)

    def _forums(self, session: Session, _now: datetime) -> None:
        self.forum = self._add(session, BodyKind.CONSULTATION, "望海社区议事协商会", None)
        for place, one in enumerate(self.representatives[:_FORUM]):
            role = MemberRole.MEMBER if place else MemberRole.CHAIR
            self._seat(session, self.forum, one, role)
        self.bench = self._add(session, BodyKind.BENCH, "望海板凳评议团", None)
        for one in self.others[3:12]:
            self._seat(session, self.bench, one, MemberRole.MEMBER)

    def _joint(self, session: Session, _now: datetime) -> None:
        self.joint = self._add(session, BodyKind.JOINT, "望海社区大党委", None)
        for kind, name, contact, position, speciality in UNITS:
            entered = UnitInput(
                kind=kind,
                name=name,
                contact=contact,
                speciality=speciality,
                since=self._begun,
            )
            self.units[name] = joint.add(session, entered, today=self._begun)
            if kind is UnitKind.PARTNER:
                continue
            seat = MemberInput(
                role=MemberRole.PART_TIME,
                name=contact,
                joint_unit_id=self.units[name],
                position=position,
                since=self._begun,
            )
            body_members.appoint(session, self.joint, seat, today=self._begun)
        first = self._begun
        while first <= self._today:
            proposed = chair_turns.proposed(session, self.joint, first)
            chair_turns.add(session, proposed)
            first = proposed.until + timedelta(days=1)

    def _owners(self, session: Session, _now: datetime) -> None:
        self.owners = self._add(session, BodyKind.OWNERS, "海棠苑业主大会", None)
        for place, one in enumerate(self.others[12 : 12 + _OWNERS], 1):
            home = HomeInput(
                building="3",
                unit=one.unit or "1",
                room=f"{place:03}",
                area=self._chance.choice(_AREAS),
            )
            owner = OwnerInput(name=one.name, resident_id=one.id, units=(home,))
            owners.add(session, self.owners, owner)

    def _add(self, session: Session, kind: BodyKind, name: str, term: int | None) -> int:
        entered = BodyInput(kind=kind, name=name, term=term, since=self._begun)
        return body_changes.add_body(session, entered, today=self._begun)

    def _seat(
        self,
        session: Session,
        body_id: int,
        one: Neighbour,
        role: MemberRole,
        *,
        in_committee: bool = False,
        households: int | None = None,
        kin_asked: bool = False,
    ) -> None:
        seat = MemberInput(
            role=role,
            resident_id=one.id,
            name=one.name,
            in_committee=in_committee,
            building_id=one.building_id,
            households=households,
            since=self._begun,
            kin_asked=kin_asked,
        )
        body_members.appoint(session, body_id, seat, today=self._begun)
