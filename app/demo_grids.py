"""Who serves in the grids of the made-up community: members, their posts, their pairings."""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.demo_papers import SECRETARY, Errand
from app.models import PostKind
from app.services import grids, member_forms, pairings, posts
from app.services.grids import GridInput
from app.services.member_forms import MemberInput
from app.services.pairings import PairingInput
from app.services.posts import PostInput
from app.storage.lookup import Lookup, Sql, query

STAFF = ("王磊", "张静", "孙丽", "李强", "陈晓燕")
_LEADS = ("赵敏", "李娜", "刘洋", "宋波", "于海涛")
# In one grid the member is new: whom he followed stands in the history.
_FORMER, _NEWCOMER, _NEW_SINCE = "刘芳", 3, timedelta(days=40)
_AREAS = ("望海路以南", "望海路以北", "滨河街东侧", "小广场周边", "铁路家属区")
_YOUNGEST, _OLDEST = 28, 75
_ORGANISED = timedelta(days=38)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A resident with what decides whether he serves, or is visited."""

    id: int
    name: str
    building_id: int
    unit: str
    grid_id: int
    household_id: int
    born: int
    """Year of birth; 0 where it is not known"""
    party: bool
    tags: frozenset[str]


def neighbours(lookup: Lookup) -> list[Neighbour]:
    """Everybody who lives here, in the order of the file."""
    tags: defaultdict[int, set[str]] = defaultdict(set)
    tagged = query("resident_id, tag.name", "resident_tag JOIN tag ON tag.id = resident_tag.tag_id")
    for key, name in lookup.rows(tagged):
        tags[key].add(name)
    living = Sql("resident.deleted_at IS NULL AND resident.departure IS NULL")
    found = query(
        "resident.id, resident.name, resident.political_status, dwelling.building_id,"
        " dwelling.unit, resident.grid_id, resident.household_id, resident.birth_date",
        "resident JOIN dwelling ON dwelling.id = resident.dwelling_id",
        [living, Sql("resident.grid_id IS NOT NULL AND resident.household_id IS NOT NULL")],
        "ORDER BY resident.id",
    )
    return [
        Neighbour(
            key,
            name,
            *_Home(*home),
            int((birth or "0")[:4]),
            "党员" in (party or ""),
            frozenset(tags[key]),
        )
        for key, name, party, *home, birth in lookup.rows(found)
    ]


class _Home(NamedTuple):
    building_id: int
    unit: str
    grid_id: int
    household_id: int


class Organisation:
    """Errands by which everybody who serves is put down, five weeks ago."""

    def __init__(
        self, everybody: Sequence[Neighbour], staying: Collection[int], *, seed: int, today: date
    ) -> None:
        """`staying` live here to the end: nobody else is given a post."""
        self._candidates = [
            one
            for one in everybody
            if one.id in staying and _YOUNGEST <= today.year - one.born <= _OLDEST
        ]
        self._everybody = everybody
        self._today = today
        self._chance = random.Random(seed + 2)  # noqa: S311 - made up, the same every time
        self._grids = sorted({one.grid_id for one in everybody})
        self._taken: set[int] = set()
        self._hubs: list[tuple[int, Neighbour]] = []
        self._leaders: list[tuple[int, Neighbour]] = []
        self.members: dict[int, int] = {}
        """By grid the member who works there, from the day of the errands on"""

    def errands(self) -> list[Errand]:
        """In the order in which they build on one another."""
        day = self._today - _ORGANISED
        return [
            Errand(day, "登记网格人员和任职", self._organise, SECRETARY),
            Errand(day, "安排党员包楼联户", self._pair, SECRETARY),
        ]

    def _organise(self, session: Session, now: datetime) -> None:
        start, today = date(now.year - 1, 3, 1), now.date()
        self._appoint_at_community(session, start, today)
        for number, grid_id in enumerate(self._grids):
            self._describe(session, grid_id, number)
            self._appoint_in_grid(session, grid_id, number, start, today)
        serve = self._serve
        for person in self._some(lambda one: "志愿者" in one.tags or one.party, 26, True):
            serve(session, person, PostKind.BUILDING_STEWARD, start, today)
        for person in self._some(lambda one: one.party and "党员中心户" in one.tags, 8):
            self._hubs.append(
                (serve(session, person, PostKind.HUB_HOUSEHOLD, start, today), person)
            )
        for person in self._some(lambda one: one.party, 12, True):
            leader = serve(session, person, PostKind.GROUP_LEADER, start, today)
            self._leaders.append((leader, person))
        for person in self._some(lambda one: "志愿者" in one.tags and bool(one.unit), 10, True):
            serve(session, person, PostKind.UNIT_STEWARD, start, today)

    def _pair(self, session: Session, now: datetime) -> None:
        """A group leader answers for his building, a hub household for a lonely neighbour."""
        lonely = [one for one in self._everybody if "独居老人" in one.tags]
        since, today = now.date() - timedelta(days=200), now.date()
        for member, person in self._leaders:
            entered = PairingInput(member_id=member, building_id=person.building_id, since=since)
            pairings.pair(session, entered, today=today)
        for member, person in self._hubs:
            near = [one for one in lonely if one.building_id == person.building_id] or lonely
            home = self._chance.choice(near).household_id
            entered = PairingInput(member_id=member, household_id=home, since=since)
            pairings.pair(session, entered, today=today)

    def _appoint_at_community(self, session: Session, start: date, today: date) -> None:
        for name, kind, place in (
            ("高建军", PostKind.STREET_SECRETARY, "海湾街道"),
            (SECRETARY, PostKind.COMMITTEE_SECRETARY, "望海社区"),
        ):
            member = self._member(session, name, party=True, workplace=place)
            posts.appoint(session, PostInput(member_id=member, kind=kind, since=start), today=today)

    def _describe(self, session: Session, grid_id: int, number: int) -> None:
        entered, version = grids.input_of(session, grid_id)
        changed = GridInput(
            number=entered.number,
            name=entered.name,
            code=f"210214001001{entered.number:03d}",
            area=_AREAS[number % len(_AREAS)],
            party_branch=f"{entered.name}党支部",
        )
        grids.update(session, grid_id, changed, version=version)

    def _appoint_in_grid(
        self, session: Session, grid_id: int, number: int, start: date, today: date
    ) -> None:
        staff = self._member(session, STAFF[number % len(STAFF)], workplace="望海社区")
        lead = self._member(session, _LEADS[number % len(_LEADS)], workplace="望海社区")
        self.members[grid_id] = staff

        def hold(member: int, kind: PostKind, since: date) -> None:
            post = PostInput(member_id=member, kind=kind, grid_id=grid_id, since=since)
            posts.appoint(session, post, today=today, follow=True)

        hold(lead, PostKind.GRID_LEAD, start)
        if number == _NEWCOMER:
            hold(self._member(session, _FORMER), PostKind.GRID_STAFF, start)
        since = today - _NEW_SINCE if number == _NEWCOMER else start
        hold(staff, PostKind.GRID_STAFF, since)
        for person in self._some(lambda one: one.party and one.grid_id == grid_id, 1):
            self._serve(session, person, PostKind.BRANCH_SECRETARY, start, today)
        for person in self._some(lambda one: one.grid_id == grid_id, 2):
            self._serve(session, person, PostKind.GRID_INFORMANT, start, today)

    def _member(
        self, session: Session, name: str, *, party: bool = False, workplace: str = ""
    ) -> int:
        phone = f"1384091{self._chance.randrange(10_000):04d}"
        entered = MemberInput(name=name, phone=phone, party_member=party, workplace=workplace)
        return member_forms.add(session, entered)

    def _serve(
        self, session: Session, person: Neighbour, kind: PostKind, start: date, today: date
    ) -> int:
        entered = MemberInput(
            name=person.name,
            phone=f"1390409{self._chance.randrange(10_000):04d}",
            party_member=person.party,
            resident_id=person.id,
        )
        member = member_forms.add(session, entered)
        post = PostInput(
            member_id=member,
            kind=kind,
            grid_id=person.grid_id,
            building_id=person.building_id,
            unit=person.unit,
            since=start + timedelta(days=self._chance.randrange(300)),
        )
        posts.appoint(session, post, today=today)
        return member

    def _some(
        self, fits: Callable[[Neighbour], bool], most: int, by_building: bool = False
    ) -> Iterator[Neighbour]:
        """People who do not serve yet, of each building one at most where that is asked."""
        places: set[int] = set()
        for one in self._candidates:
            if one.id in self._taken or not fits(one):
                continue
            if by_building and one.building_id in places:
                continue
            if most == 0:
                return
            most -= 1
            self._taken.add(one.id)
            places.add(one.building_id)
            yield one
