"""Who serves in the made-up community: five teams with their leaders, members and cards."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.demo_grids import Neighbour
from app.demo_papers import CLERKS, SECRETARY, Errand
from app.services import star_levels, stars, teams, volunteers
from app.services.teams import TeamInput
from app.services.volunteer_input import VolunteerInput
from app.values.rights import SECRETARY as IN_CHARGE
from app.values.rights import SOCIAL_WORKER

RECORDS, REVIEWS, KEEPS_SHOP = CLERKS[1], CLERKS[0], CLERKS[2]
"""Who writes down, who agrees as the second person, who stands at the counter"""
IRON, WARM, KNOCK, SAFE, HANDY = "铁军", "爱暖", "115敲门", "安心", "巧手"
_MEMBERS, _OLDEST, _YOUNGEST, _MINOR = 12, 74, 22, 16
_FIRST_STAR_HOURS, _HANGS = 20, timedelta(days=3)


@dataclass(frozen=True, slots=True)
class _Team:
    name: str
    service: str
    skills: tuple[str, ...]


_TEAMS = (
    _Team(IRON, "环境卫生：楼道、绿地、垃圾分类点", ("楼道清扫", "绿化修剪", "分类引导")),
    _Team(WARM, "助老：送餐、陪诊、聊天", ("做饭", "护理", "陪诊")),
    _Team(KNOCK, "调解：每月 1 日、15 日敲门问事", ("调解", "法律常识")),
    _Team(SAFE, "治安巡逻、消防检查", ("巡逻", "消防", "急救")),
    _Team(HANDY, "便民维修：水电、家电、修鞋、磨刀", ("水电", "家电维修", "缝补")),
)
_OUTSIDERS = (("辛大伟", "13840917301", "滨海社区"), ("曲婉秋", "13840917302", "开发区"))


class Teams:
    """Errands by which volunteers are registered; their numbers are known once those are done."""

    def __init__(
        self, people: Sequence[Neighbour], *, chance: random.Random, start: date, today: date
    ) -> None:
        self._start, self._today, self._chance = start, today, chance
        age = {one.id: today.year - one.born for one in people}
        grown = [one for one in people if _YOUNGEST <= age[one.id] <= _OLDEST]
        self.people = grown[: len(_TEAMS) * _MEMBERS - len(_OUTSIDERS) - 1]
        """Residents who serve, without the one who is not of age"""
        self.weekly = self.people[: 2 * len(_TEAMS) : len(_TEAMS)]
        """Those of the first team who come every week: what they have, they earned"""
        self.others = [one for one in self.people if one not in self.weekly]
        homes = {one.household_id: one for one in reversed(grown)}
        young = [one for one in people if age[one.id] == _MINOR and one.household_id in homes]
        self._young = [(one, homes[one.household_id]) for one in young[:1]]
        self.members: dict[str, list[int]] = {}
        """By team the volunteers, the leader first"""
        self.ids: dict[str, int] = {}
        self._minors: set[int] = set()

    def is_grown(self, volunteer_id: int) -> bool:
        """Whether somebody of a team may go where it is dangerous."""
        return volunteer_id not in self._minors

    def errands(self) -> list[Errand]:
        """In the order of their days."""
        begun = self._start + timedelta(days=1)
        made = [Errand(self._start, "调整星级门槛", self._set_level, SECRETARY, IN_CHARGE)]
        for place, team in enumerate(_TEAMS):
            its = self.people[place :: len(_TEAMS)]
            made.append(self._founding(begun, team, its))
        made.append(
            Errand(begun, "登记社区外和未成年志愿者", self._add_others, RECORDS, SOCIAL_WORKER)
        )
        return [*made, *self._stars()]

    def _founding(self, day: date, team: _Team, its: Sequence[Neighbour]) -> Errand:
        def act(session: Session, now: datetime) -> None:
            ids = [self._add(session, person, team, now) for person in its]
            entered = TeamInput(
                name=f"{team.name}志愿服务队",
                service=team.service,
                leader_id=ids[0],
                founded_on=date(day.year - 2, 3, 5),
            )
            self.ids[team.name] = teams.save(session, None, entered, today=now.date())
            teams.join(session, self.ids[team.name], ids, since=now.date())
            self.members[team.name] = ids

        return Errand(
            day, f"登记{team.name}志愿服务队，队员 {len(its)} 人", act, RECORDS, SOCIAL_WORKER
        )

    def _add(self, session: Session, person: Neighbour, team: _Team, now: datetime) -> int:
        day, insured = now.date(), team.name == SAFE
        entered = VolunteerInput(
            resident_id=person.id,
            registered_on=day,
            skills=self._chance.choice(team.skills),
            services=team.service.partition("：")[0],
            record_consent_on=day,
            publish_consent_on=day if self._chance.random() < 0.6 else None,
            insurance="志愿者人身意外险（区民政局统一投保）" if insured else "",
            insured_until=date(day.year + 1, 12, 31) if insured else None,
        )
        return volunteers.add(session, entered, now=now)

    def _add_others(self, session: Session, now: datetime) -> None:
        day = now.date()
        joined = []
        for name, phone, address in _OUTSIDERS:
            entered = VolunteerInput(
                name=name, phone=phone, address=address, registered_on=day, record_consent_on=day
            )
            joined.append(volunteers.add(session, entered, now=now))
        for person, guardian in self._young:
            young = VolunteerInput(
                resident_id=person.id,
                registered_on=day,
                record_consent_on=day,
                guardian=guardian.name,
                guardian_relation="家长",
                guardian_phone="13840917310",
                guardian_consent_on=day,
            )
            joined.append(volunteers.add(session, young, now=now))
            self._minors.add(joined[-1])
        teams.join(session, self.ids[IRON], joined, since=day)
        self.members[IRON] += joined

    # -- stars

    def _set_level(self, session: Session, now: datetime) -> None:
        star_levels.set_level(
            session,
            1,
            _FIRST_STAR_HOURS,
            since=now.date(),
            source="望海社区志愿者激励办法（演示资料）",
            today=now.date(),
        )

    def _stars(self) -> list[Errand]:
        """The first list hangs; nobody is confirmed yet."""
        day, proposed = self._today - _HANGS, list[int]()

        def propose(session: Session, now: datetime) -> None:
            proposed.extend(stars.propose(session, today=now.date()))

        def publish(session: Session, now: datetime) -> None:
            if proposed:
                stars.publish(session, proposed, today=now.date())

        return [
            Errand(day, "提出星级志愿者名单", propose, RECORDS, SOCIAL_WORKER),
            Errand(day, "公示星级志愿者名单", publish, SECRETARY, IN_CHARGE),
        ]
