"""The rounds of the made-up community: five weeks of 平安日记, and visits to who is on a list."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.demo_grids import STAFF, Neighbour
from app.demo_papers import Errand
from app.models import CategoryGroup, Resident, RoundWay, VisitResult
from app.services import categories, diary, visit_log
from app.services.diary_input import DiaryInput, Met
from app.services.visit_log import VisitInput

_WEATHERS = ("晴", "晴", "晴", "多云", "多云", "阴", "雨", "大风")
_WEEKS = timedelta(days=35)
_SATURDAY = 5
_IN_DIARY = 4
# Of those to be visited monthly so many were; the others are not due before next week.
_SEEN = 0.6
_WEEKLY = {"独居老人", "失能", "半失能"}
_MONTHLY = {"空巢老人", "计生特殊家庭", "残疾人", "高龄", "低保", "低保边缘", "特困"}
_NOTES = {
    VisitResult.CHANGED: ("子女接去住了几天，下周回来", "换了电话，已记下", "老伴住院，白天一个人"),
    VisitResult.NEEDS_HELP: ("灯管坏了够不着", "想申请助餐", "降压药快没了，帮着代买"),
    VisitResult.FINE: ("", "", "", "精神不错，饭量正常", "屋里暖和，煤气已关好"),
}
# What was seen, the kind of matter or the danger, what was done, what came of it.
_FINDINGS = (
    (
        "单元门口有电动车从二楼拉线充电",
        "电动车飞线",
        "当场劝导拔线，推到充电棚",
        "当场解决",
    ),
    ("楼道堆了旧沙发和纸箱，占了半边通道", "楼道堆物", "和住户约好周末前清走", "已劝导，改日复查"),
    ("顶楼外墙有瓷砖松动，下面是人行道", "高空坠物", "拉了警戒带，报物业排险", "已报物业"),
    ("住户厨房软管老化，没有熄火保护", "燃气", "讲了危险，帮着联系燃气公司上门", "已报社区"),
    ("消火栓箱玻璃碎了，水带还在", "消防", "清了碎玻璃，报物业换", "已报物业"),
    ("垃圾桶满了没人收，有味道", "环境卫生", "联系保洁当天清走", "当场解决"),
    ("两家为门口鞋架吵起来", "矛盾纠纷", "请楼长一起说和，鞋架挪回屋里", "当场解决"),
    ("楼前有人摆摊占了消防通道", "违建占道", "劝离，请保安盯住", "已劝导，改日复查"),
    ("居民问养老金认证怎样办", "政策咨询", "教她用手机办好了", "当场解决"),
    ("健身器材螺丝松了", "公共设施", "挂了停用牌，报社区修", "已报社区"),
    ("楼上装修到晚上九点还在敲", "噪声油烟", "和装修队说好晚上六点停工", "当场解决"),
)
_ROUNDS = (
    "楼道、门前走了一遍，没有发现问题",
    "看了消防通道和充电棚，正常",
    "查了单元门和声控灯，正常",
)


class _Finding(NamedTuple):
    seen: str
    kind: str
    measures: str
    outcome: str


@dataclass(frozen=True, slots=True)
class _Call:
    """A visit as it was planned."""

    person: Neighbour
    result: VisitResult
    note: str


class Rounds:
    """Errands of the members: each working day a few lines, and who was visited that day."""

    def __init__(
        self,
        everybody: Sequence[Neighbour],
        members: Mapping[int, int],
        *,
        seed: int,
        today: date,
    ) -> None:
        """`members`: by grid who works there, filled in when the errands are done."""
        self._everybody = everybody
        self._members = members
        self._today = today
        self._chance = random.Random(seed + 3)  # noqa: S311 - made up, the same every time
        self._grids = sorted({one.grid_id for one in everybody})
        # By grid what was found and is to be done with on a day: filled in as it is written.
        self._pending: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
        self._calls: defaultdict[tuple[date, int], list[_Call]] = defaultdict(list)

    def errands(self) -> list[Errand]:
        """All of them in the order of their days."""
        self._plan()
        made = []
        for back in range(_WEEKS.days, 0, -1):
            day = self._today - timedelta(days=back)
            weather = self._chance.choice(_WEATHERS)
            for number, grid_id in enumerate(self._grids):
                calls, lines = self._calls[day, grid_id], day.weekday() < _SATURDAY
                if calls or lines:
                    who = STAFF[number % len(STAFF)]
                    made.append(self._round(day, weather, grid_id, calls, lines=lines, who=who))
        return made

    # -- whom to visit

    def _plan(self) -> None:
        alarmed = False
        for person in self._everybody:
            if person.tags & _WEEKLY:
                alarmed = self._weekly(person, alarmed=alarmed)
            elif person.tags & _MONTHLY and self._chance.random() < _SEEN:
                late = self._chance.random() < 0.02
                back = self._chance.randint(31, 34) if late else self._chance.randint(1, 29)
                self._call(person, back)

    def _weekly(self, person: Neighbour, *, alarmed: bool) -> bool:
        """Nearly everybody within the week; of one nobody opened the door twice."""
        chance = self._chance
        if not alarmed and chance.random() < 0.05:
            self._call(person, 9)
            self._call(person, 3, VisitResult.NOT_HOME)
            self._call(person, 1, VisitResult.NOT_HOME)
            return True
        roll = chance.random()
        back = 7 if roll < 0.04 else chance.choice((8, 9)) if roll < 0.06 else chance.randint(1, 6)
        if chance.random() < 0.03 and back > 1:
            self._call(person, back - 1, VisitResult.NOT_HOME)
        self._call(person, back)
        if chance.random() < 0.15:
            self._call(person, back + 7)
        return alarmed

    def _call(self, person: Neighbour, back: int, result: VisitResult | None = None) -> None:
        roll = self._chance.random()
        if result is None:
            result = VisitResult.FINE
            if roll < 0.06:
                result = VisitResult.CHANGED if roll < 0.04 else VisitResult.NEEDS_HELP
        note = self._chance.choice(_NOTES.get(result, ("敲门没人应，电话也没接",)))
        day = self._today - timedelta(days=back)
        self._calls[day, person.grid_id].append(_Call(person, result, note))

    # -- what was done on a day

    def _round(
        self,
        day: date,
        weather: str,
        grid_id: int,
        calls: list[_Call],
        *,
        lines: bool,
        who: str,
    ) -> Errand:
        buildings = sorted({one.building_id for one in self._everybody if one.grid_id == grid_id})
        near = [Met(building_id=self._chance.choice(buildings)) for _ in range(2)]
        finding = (
            _Finding(*self._chance.choice(_FINDINGS)) if self._chance.random() < 0.45 else None
        )
        seen = self._chance.choice(_ROUNDS)
        settled = day + timedelta(days=self._chance.randint(3, 16))

        def act(session: Session, now: datetime) -> None:
            kept = [call for call in calls if _lives_here(session, call.person)]
            blank = DiaryInput(
                on_date=day, weather=weather, grid_id=grid_id, member_id=self._members[grid_id]
            )
            self._settle(session, grid_id, day, now)
            home = None
            if lines:
                home, found = self._write(session, blank, kept, near, seen, finding, now)
                if found is not None:
                    self._pending[grid_id].append((settled, found))
            for call in kept:
                entered = VisitInput(
                    resident_id=call.person.id,
                    on_date=day,
                    result=call.result,
                    note=call.note,
                    member_id=self._members[grid_id],
                    diary_entry_id=home if call in kept[:_IN_DIARY] else None,
                )
                visit_log.log(session, entered, now=now)

        done = [f"走访 {len(calls)} 户"] if calls else []
        words = "，".join(["记平安日记", *done] if lines else done)
        return Errand(day, f"{day:%m-%d} {words}", act, who)

    def _write(
        self,
        session: Session,
        blank: DiaryInput,
        calls: Sequence[_Call],
        near: Sequence[Met],
        seen: str,
        finding: _Finding | None,
        now: datetime,
    ) -> tuple[int | None, int | None]:
        """The round, the homes, and what was found; gives the lines of homes and finding."""
        diary.write(session, replace(blank, period="上午", met=(near[0],), seen=seen), now=now)
        home = line = None
        if calls:
            met = tuple(Met(resident_id=call.person.id) for call in calls[:_IN_DIARY])
            words = "看望独居和高龄老人，问了身体和用火用电"
            at_home = replace(blank, period="下午", way=RoundWay.HOME, met=met, seen=words)
            home = diary.write(session, at_home, now=now)
        if finding is not None:
            group, kind = _kind(session, finding.kind)
            found = replace(
                blank,
                period="下午",
                met=(near[1],),
                category_id=kind if group is CategoryGroup.MATTER else None,
                hazard_id=kind if group is CategoryGroup.HAZARD else None,
                seen=finding.seen,
                measures=finding.measures,
                outcome=finding.outcome,
            )
            line = diary.write(session, found, now=now)
        return home, line

    def _settle(self, session: Session, grid_id: int, day: date, now: datetime) -> None:
        """What was found before is looked at again."""
        due = [one for one in self._pending[grid_id] if one[0] <= day]
        self._pending[grid_id] = [one for one in self._pending[grid_id] if one[0] > day]
        for _, key in due:
            row = diary.get(session, key)
            if row.settled_on is None:
                diary.settle(session, key, version=row.version, on=day, now=now)


def _kind(session: Session, name: str) -> tuple[CategoryGroup, int]:
    return next(
        (group, view.id)
        for group in CategoryGroup
        for view in categories.categories(session, group)
        if view.name == name
    )


def _lives_here(session: Session, person: Neighbour) -> bool:
    """Somebody may have moved out or died since the plan was made."""
    row = session.get(Resident, person.id)
    return row is not None and row.departure is None and row.deleted_at is None
