"""三项清单 of the made-up community: what units offer, what is needed, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.demo_bodies import Bodies
from app.demo_papers import SECRETARY, Errand
from app.models import NeedUrgency, ResourceKind
from app.services import project_life, projects, three_lists
from app.services.progress import StepInput
from app.services.projects import ProjectInput
from app.services.three_lists import NeedInput, ResourceInput

_PLACE, _PEOPLE, _SERVICE, _MONEY = (
    ResourceKind.PLACE,
    ResourceKind.PEOPLE,
    ResourceKind.SERVICE,
    ResourceKind.MONEY,
)
_OFFERED = (
    ("海湾街道中心小学", _PLACE, "周末开放操场和图书室", "周六、周日 9 时到 17 时"),
    ("海湾街道中心小学", _PEOPLE, "四点半课堂辅导老师 6 名", "周一到周五 16 时 30 分"),
    ("海湾派出所", _SERVICE, "反诈宣传、夜间巡逻", "每月两次"),
    ("海湾社区卫生服务中心", _SERVICE, "义诊、量血压、健康讲座", "每月第二个周六"),
    ("金城物业公司", _SERVICE, "独居老人水电小修免费", "工作日"),
    ("光明灯具店", _SERVICE, "灯具维修，老人半价", "每天"),
    ("区财政局机关第二支部", _MONEY, "每年资助困难学生 6 名", "每年 9 月"),
)
_NEEDED = (
    ("独居老人水龙头、灯泡坏了没人修", _SERVICE, "独居老人", NeedUrgency.SOON),
    ("放学以后孩子没人看", _PEOPLE, "双职工家庭", NeedUrgency.SOON),
    ("老人量血压要走很远", _SERVICE, "六十岁以上老人", NeedUrgency.ORDINARY),
    ("周末孩子没有地方打球", _PLACE, "青少年", NeedUrgency.ORDINARY),
    ("老人防诈骗知识少", _SERVICE, "老年人", NeedUrgency.URGENT),
    ("单元门口没有扶手", _MONEY, "行动不便的居民", NeedUrgency.SOON),
)
# Need and resource by their places above, name, how far it has come.
_PROJECTS = (
    (0, 4, "暖心维修", 60, False),
    (1, 1, "四点半课堂", 100, True),
    (2, 3, "家门口的义诊", 30, False),
)


class Lists:
    """Errands of the year's lists."""

    def __init__(self, bodies: Bodies, *, begun: date, today: date) -> None:
        self._bodies, self._begun, self._today = bodies, begun, today
        self._resources: list[int] = []
        self._needs: list[int] = []
        self._projects: list[int] = []

    def errands(self) -> Iterator[Errand]:
        first = self._begun + timedelta(days=5)
        yield Errand(first, "汇总资源清单", self._offer, SECRETARY)
        yield Errand(first + timedelta(days=1), "汇总需求清单", self._need, SECRETARY)
        for place, (need, resource, name, percent, done) in enumerate(_PROJECTS):
            day = self._today - timedelta(days=60 - 6 * place)
            act = self._set_up(need, resource, name)
            yield Errand(day, f"立项 {name}", act, SECRETARY)
            later = self._today - timedelta(days=20 - place)
            yield Errand(later, f"登记进度 {name}", self._go_on(place, percent, done=done))

    def _offer(self, session: Session, now: datetime) -> None:
        for unit, kind, words, when in _OFFERED:
            entered = ResourceInput(
                kind=kind,
                words=words,
                year=now.year,
                joint_unit_id=self._bodies.units[unit],
                available=when,
            )
            self._resources.append(three_lists.add_resource(session, entered, today=now.date()))

    def _need(self, session: Session, now: datetime) -> None:
        for place, (words, kind, whom, urgency) in enumerate(_NEEDED):
            entered = NeedInput(
                kind=kind,
                words=words,
                raised_on=now.date(),
                raised_by=self._bodies.representatives[place].name,
                grid_id=self._bodies.representatives[place].grid_id,
                beneficiaries=whom,
                urgency=urgency,
            )
            self._needs.append(three_lists.add_need(session, entered, today=now.date()))

    def _set_up(self, need: int, resource: int, name: str) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            entered = ProjectInput(
                name=name,
                year=now.year,
                need_id=self._needs[need],
                resources=(self._resources[resource],),
                lead_unit_id=self._bodies.units[_OFFERED[resource][0]],
                owner="赵敏",
                since=now.date(),
                until=now.date() + timedelta(days=90),
            )
            self._projects.append(projects.add(session, entered, now=now))

        return act

    def _go_on(
        self, place: int, percent: int, *, done: bool
    ) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            key = self._projects[place]
            version = projects.get(session, key).version
            told = StepInput(on_date=now.date(), words="按计划进行。", percent=percent)
            if done:
                project_life.finish(session, key, told, version=version, now=now)
            else:
                project_life.step(session, key, told, version=version, now=now)

        return act
