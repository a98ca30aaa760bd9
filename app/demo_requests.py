"""Requests of the made-up community: each column of the board filled, a month of closed ones."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.demo_grids import Neighbour
from app.demo_papers import CLERKS, SECRETARY, Errand
from app.models import CategoryGroup, Origin, Request, Resident, Satisfaction, Urgency
from app.services import categories, request_life, requests
from app.services.calendar import WorkCalendar
from app.services.requests import RequestInput

_PROPERTY, _STREET = "物业", "街道城建办"
_ASKERS, _OVER, _AHEAD = 80, 32, timedelta(days=40)
_ORIGINS = (Origin.RESIDENT, Origin.RESIDENT, Origin.PHONE, Origin.MEMBER)
_HOURS = timedelta(minutes=9)


@dataclass(frozen=True, slots=True)
class _Matter:
    """What is asked, of which kind; a place in words where it is not somebody's house."""

    title: str
    kind: str
    place: str = ""
    answer: str = "已经办好，居民当面看过"
    body: str = ""


# Of the closed ones; each is asked once or twice.
_MATTERS = (
    _Matter("楼道堆物占通道", "安全隐患", answer="已和三户说好清走，复查没有再堆"),
    _Matter("单元门关不严", "物业服务", answer="物业换了闭门器"),
    _Matter("楼顶漏水", "公共设施", answer="物业重做了防水，雨后看过不漏"),
    _Matter("咨询高龄津贴", "政策咨询", answer="年满 80 周岁可以申请，已帮着填表"),
    _Matter("广场舞音响太吵", "噪声油烟", "小广场", "和舞队说好晚上八点半结束，音量调低"),
    _Matter("化粪池外溢", "环境卫生", answer="联系物业清掏，当天冲洗干净"),
    _Matter("路面塌陷", "公共设施", "西门外", "已填平压实，立了警示牌"),
    _Matter("烧烤摊油烟", "噪声油烟", "沿街商铺", "城管已劝离，商户装了净化器"),
    _Matter("楼上乱扔烟头", "矛盾纠纷", answer="挨户提醒，贴了告示"),
    _Matter("充电棚不够用", "公共设施", answer="增加两组充电桩，已经通电"),
    _Matter("下水道反味", "物业服务", answer="换了地漏，没有味道了"),
    _Matter("申请临时救助", "民生救助", answer="街道已批，补助到账"),
    _Matter("咨询医保异地报销", "政策咨询", answer="说清了备案办法，帮着手机办好"),
    _Matter("树挡住窗户", "环境卫生", answer="园林已修剪"),
    _Matter("邻居宠物夜里叫", "矛盾纠纷", answer="主人夜里带进屋，没有再叫"),
    _Matter("电梯停了一天", "物业服务", answer="维保已修好，当晚恢复"),
    _Matter("快递柜占道", "违建占道", "北门内", "柜子移到墙边，留出一米五"),
    _Matter("独居母亲想装扶手", "特殊人群", answer="联系残联装好扶手"),
    _Matter("井盖响", "公共设施", "2 号楼前", "加了胶垫，不响了"),
)
_Step = tuple[int, str, dict[str, Any]]
_BEGUN: list[_Step] = [(0, "accept", {}), (0, "assign", {"handler": _PROPERTY})]
_CLOSED_LATER: _Step = (1, "close", {})


class Requests:
    """Errands about requests, from six weeks ago until just now."""

    def __init__(
        self,
        people: Sequence[Neighbour],
        members: Mapping[int, int],
        days: WorkCalendar,
        *,
        seed: int,
        today: date,
    ) -> None:
        """`people` ask, each once; `members`: by grid who works there, known when it is done."""
        self._members = members
        self._days = days
        self._today = today
        self._chance = random.Random(seed + 4)  # noqa: S311 - made up, the same every time
        self._people = self._chance.sample(people, min(_ASKERS, len(people)))
        # An extension into a year without holidays would be refused.
        self._extends = days.years >= {(today + _AHEAD).year}
        self._ids: dict[int, int] = {}
        self._asked = 0

    def errands(self) -> list[Errand]:
        """Of each request in the order of its steps; all before today."""
        made: list[Errand] = []
        for back, matter in self._closed_ones():
            fate, changes = self._fate()
            made += self._asked_by(matter, back, fate, changes)
        for back, matter, fate, changes in self._open_ones():
            made += self._asked_by(matter, back, fate, changes)
        return made

    def of_today(self) -> list[Errand]:
        """Two that have just come in."""
        news = (
            _Matter("咨询老年助餐补贴", "政策咨询", body="想问 75 岁能补多少、到哪里办"),
            _Matter("晾衣杆挡路", "违建占道", body="4 号楼东边，轮椅过不去"),
        )
        return [self._registered(self._today, one, {"origin": Origin.PHONE}) for one in news]

    # -- what there is

    def _closed_ones(self) -> Iterator[tuple[int, _Matter]]:
        """(working days ago, what)."""
        for number in range(_OVER):
            yield self._chance.randint(7, 26), _MATTERS[number % len(_MATTERS)]

    def _fate(self) -> tuple[list[_Step], dict[str, Any]]:
        """How one went that is over: nearly all well, some by a longer way; and who brought it."""
        roll = self._chance.random()
        if roll < 0.08:
            unhappy = {"satisfaction": Satisfaction.DISCONTENT, "words": "没过两天又一样"}
            again: list[_Step] = [(1, "finish", {}), (1, "call_back", unhappy)]
            return [*_BEGUN, *again, (2, "finish", {}), (0, "call_back", {}), _CLOSED_LATER], {}
        if roll < 0.2:
            up = {"reason": "要街道出面协调", "to": _STREET}
            street: list[_Step] = [(1, "hand_up", up), (2, "hand_down", {"reason": "街道已安排"})]
            done: list[_Step] = [(0, "finish", {}), (1, "call_back", {}), (0, "close", {})]
            return [*_BEGUN, *street, *done], {"origin": Origin.PHONE}
        if roll < 0.26:
            missed = {"satisfaction": Satisfaction.NOT_REACHED}
            calls: list[_Step] = [(1, "call_back", missed) for _ in range(3)]
            why = {"reason": "三次没联系上，已在门上留条"}
            return [*_BEGUN, (1, "finish", {}), *calls, (0, "close", why)], {}
        if roll < 0.3:
            return [(0, "close", {"reason": "居民来电说已经自己解决，不用回访"})], {}
        fair = {"satisfaction": Satisfaction.FAIR} if roll > 0.85 else {}
        late = self._chance.choice((1, 2, 2, 3, 4, 7))
        well: list[_Step] = [(late, "finish", {}), (1, "call_back", fair), (0, "close", {})]
        return [*_BEGUN, *well], {}

    def _open_ones(self) -> Iterator[tuple[int, _Matter, list[_Step], dict[str, Any]]]:
        begun, phone = _BEGUN, {"origin": Origin.PHONE}
        watched = {"words": "本周内必须有结果，每天报进展"}
        up = {"reason": "公共电表改造，物业无权开箱", "to": _STREET}
        yield 1, _Matter("地下室有积水", "公共设施"), [], {}
        yield 1, _Matter("树枝压到电线", "安全隐患", "小广场"), [(0, "accept", {})], _URGENT
        yield 2, _Matter("门禁卡失灵", "物业服务"), [(0, "accept", {})], {}
        yield 1, _Matter("楼上漏水纠纷", "矛盾纠纷"), [(0, "accept", {})], {}
        flagged: list[_Step] = [*begun, (4, "flag", watched), (1, "urge", {"words": "书记在问"})]
        yield 6, _Matter("电动车飞线充电", "安全隐患"), flagged, {}
        noted: list[_Step] = [*begun, (1, "note", {"words": "维修队说明天来换井圈"})]
        yield 3, _Matter("雨水井盖松动", "公共设施", "西门外"), noted, {}
        yield 2, _Matter("夜间施工噪声", "噪声油烟", "沿街商铺"), begun, {}
        yield 2, _Matter("楼道灯一闪一闪", "公共设施"), begun, {}
        asked: list[_Step] = [*begun, (1, "ask_extension", {"reason": "配件要从厂家发货"})]
        yield 4, _Matter("电梯抖动", "物业服务"), asked, {}
        unhappy = {"satisfaction": Satisfaction.DISCONTENT, "words": "只换了一盏，另一头还是黑的"}
        back: list[_Step] = [*begun, (1, "finish", {}), (2, "call_back", unhappy)]
        yield 5, _Matter("路灯太暗", "公共设施", "小广场"), back, {}
        dark = _Matter("楼道灯三个月不亮", "公共设施", body="二楼到三楼都不亮，老人晚上看不见")
        yes: _Step = (1, "hand_up", {"reason": "物业说不是他们的电表"})
        street: list[_Step] = [*begun, yes, (0, "hand_up", up), (1, "flag", watched)]
        dark_at = self._next()
        here = {"origin": Origin.RESIDENT, "building_id": dark_at.building_id, "unit": dark_at.unit}
        yield 3, dark, street, {**here, "promise": "这周给回话"}
        first = self._asked
        for title in ("二楼灯坏了", "楼道太黑"):
            yield 2, _Matter(title, "公共设施"), [(0, "merge", {"keep": first})], here
        cold: list[_Step] = [*begun, (0, "hand_up", {**up, "reason": "要供热公司查管网"})]
        yield 1, _Matter("供暖温度不够", "民生救助"), cold, phone
        shed: list[_Step] = [
            *begun,
            (1, "hand_up", {**up, "reason": "要城管认定违建"}),
            (1, "ask_extension", {"reason": "城管限期自拆"}),
            (1, "decide_extension", {"granted": True, "remark": "同意"}),
        ]
        yield 5, _Matter("违建雨棚", "违建占道"), shed, phone
        order = {"origin": Origin.ORDER, "order_number": "12345-2611-0382"}
        yield 2, _Matter("自来水发黄", "民生救助"), cold, order
        yield 4, _Matter("垃圾桶移位", "环境卫生", "6 号楼前"), [*begun, (3, "finish", {})], {}
        yield 5, _Matter("申请临时救助", "民生救助"), [*begun, (3, "finish", {})], {}
        yield 6, _Matter("健身器材损坏", "公共设施", "小广场"), [*begun, (3, "finish", {})], {}
        content: list[_Step] = [*begun, (2, "finish", {}), (1, "call_back", {})]
        yield 5, _Matter("下水堵塞", "物业服务"), content, {}
        yield 4, _Matter("单元门玻璃碎了", "物业服务"), content, {}

    # -- how it went

    def _asked_by(
        self, matter: _Matter, back: int, fate: Sequence[_Step], changes: dict[str, Any]
    ) -> Iterator[Errand]:
        """The registration and what followed; steps of one day are one errand."""
        day = self._back(back)
        register = self._registered(day, matter, changes)
        number = self._asked
        steps = [("register", dict[str, Any](), day)]
        for wait, name, fields in fate:
            if name.endswith("extension") and not self._extends:
                continue
            day = min(self._days.working_day(day, wait), self._today - timedelta(days=1))
            steps.append((name, fields, day))
        yield register
        done: list[tuple[str, dict[str, Any], date]] = []
        for step in steps[1:]:
            if done and step[2] != done[-1][2]:
                yield self._stepped(number, matter, done)
                done = []
            done.append(step)
        if done:
            yield self._stepped(number, matter, done)

    def _next(self) -> Neighbour:
        return self._people[self._asked % len(self._people)]

    def _back(self, working_days: int) -> date:
        day = self._today
        for _ in range(working_days):
            day -= timedelta(days=1)
            while not self._days.works(day):
                day -= timedelta(days=1)
        return day

    def _registered(self, day: date, matter: _Matter, changes: dict[str, Any]) -> Errand:
        person = self._next()
        self._asked += 1
        number = self._asked
        origin = self._chance.choice(_ORIGINS)

        def act(session: Session, now: datetime) -> None:
            here = session.get_one(Resident, person.id)
            gone = here.departure is not None or here.deleted_at is not None
            fields: dict[str, Any] = {
                "origin": origin,
                "title": matter.title,
                "body": matter.body,
                "category_id": _kind(session, matter.kind),
                "resident_id": None if gone else person.id,
                "person": "居民" if gone else "",
                "place": matter.place,
                "building_id": None if matter.place else person.building_id,
                "unit": "" if matter.place else person.unit,
                "grid_id": None if "building_id" in changes else person.grid_id,
                "member_id": self._members.get(person.grid_id),
            }
            entered = RequestInput(**{**fields, **changes})
            self._ids[number] = requests.register(session, entered, now=now)

        return Errand(day, f"登记诉求 {matter.title}", act, CLERKS[number % len(CLERKS)])

    def _stepped(
        self, number: int, matter: _Matter, done: Sequence[tuple[str, dict[str, Any], date]]
    ) -> Errand:
        steps, day = list(done), done[0][2]
        secretary = any(name in _BY_SECRETARY for name, _, _ in steps)

        def act(session: Session, now: datetime) -> None:
            key = self._ids[number]
            for place, (name, fields, _) in enumerate(steps):
                at = now - _HOURS * (len(steps) - 1 - place)
                row = session.get_one(Request, key)
                given = {**_USUAL.get(name, {}), **fields}
                if name == "finish":
                    given = {"answer": matter.answer}
                if name == "ask_extension":
                    given["until"] = self._days.working_day(max(row.due_on or day, day), 6)
                if name == "merge":
                    requests.merge(session, self._ids[fields["keep"]], key, now=at)
                    continue
                step: Callable[..., None] = getattr(request_life, name)
                step(session, key, version=row.version, now=at, **given)

        words = "、".join(_WORDS[name] for name, _, _ in steps)
        who = SECRETARY if secretary else CLERKS[number % len(CLERKS)]
        return Errand(day, f"{words}诉求 {matter.title}", act, who)


_URGENT: dict[str, Any] = {"urgency": Urgency.URGENT}
_USUAL: dict[str, dict[str, Any]] = {"call_back": {"satisfaction": Satisfaction.CONTENT}}
_BY_SECRETARY = ("flag", "decide_extension")
_WORDS = {
    "accept": "受理",
    "merge": "并案",
    "assign": "交办",
    "note": "记进展",
    "hand_up": "上报",
    "hand_down": "街道回告",
    "urge": "催办",
    "flag": "督办",
    "ask_extension": "申请延期",
    "decide_extension": "批准延期",
    "finish": "办结",
    "call_back": "回访",
    "close": "销号",
}


def _kind(session: Session, name: str) -> int:
    kinds = categories.categories(session, CategoryGroup.MATTER)
    return next(view.id for view in kinds if view.name == name)
