"""诉求: registered, accepted, handed up and down, done, called back, closed."""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.errors import ChangedMeanwhile, DomainError, OutsideGrids
from app.models import (
    Building,
    CategoryGroup,
    DeadlineStep,
    Level,
    Origin,
    Request,
    RequestState,
    RequestStep,
    Satisfaction,
    StepKind,
    Urgency,
)
from app.services import (
    calendar,
    categories,
    deadlines,
    due_today,
    grid_workload,
    grids,
    happiness,
    history,
    request_due,
    request_life,
    request_papers,
    request_rules,
    request_views,
    requests,
    resident_forms,
)
from app.services.periods import Period
from app.services.request_rules import RequestAction
from app.services.request_views import ALL, RequestFilter
from app.services.requests import RequestInput
from app.services.steps import Steps
from app.values.rights import DEFAULTS, GRID_MEMBER, SOCIAL_WORKER, Actor
from tests.actors import actor

FRIDAY = datetime(2026, 11, 20, 9, 30)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


class Desk:
    """A clerk at requests; each call with the version that stands in the file."""

    def __init__(self, clerk):
        self.clerk = clerk
        self.now = FRIDAY
        self.kinds = {
            one.name: one.id
            for one in clerk.see(lambda s: categories.categories(s, CategoryGroup.MATTER))
        }

    @property
    def today(self):
        return self.now.date()

    def entered(self, **fields):
        fields.setdefault("title", "楼道灯三个月不亮")
        fields.setdefault("person", "王秀兰")
        kind = fields.pop("kind", "公共设施")
        return RequestInput(category_id=self.kinds[kind], **fields)

    def register(self, **fields):
        entered = self.entered(**fields)
        return self.clerk.do("登记诉求", lambda s: requests.register(s, entered, now=self.now))

    def detail(self, key):
        return self.clerk.see(lambda s: request_views.detail(s, key, today=self.today))

    def do(self, key, act, **fields):
        version = self.detail(key).version
        return self.clerk.do(
            "办诉求", lambda s: act(s, key, version=version, now=self.now, **fields)
        )

    def merge(self, keep, other):
        self.clerk.do("并案", lambda s: requests.merge(s, keep, other, now=self.now))

    def board(self, chosen=ALL):
        return self.clerk.look_up(
            lambda source: request_views.board(source, chosen, today=self.today)
        )

    def shown(self, **chosen):
        """Numbers on the board, column by column."""
        columns = self.board(RequestFilter(**chosen)).columns
        return [card.number for column in columns for card in column.cards]

    def due(self, key):
        found = self.detail(key)
        return found.due_on, found.due.text

    def handled(self, **fields):
        """A request that somebody works on."""
        key = self.register(**fields)
        self.do(key, request_life.accept)
        self.do(key, request_life.assign, handler="物业")
        return key

    def at_street(self):
        key = self.handled(origin=Origin.PHONE)
        self.do(key, request_life.hand_up, reason="公共电表改造", to="街道城建办")
        return key

    def done(self, **fields):
        key = self.handled(**fields)
        self.do(key, request_life.finish, answer="已经换了灯")
        return key

    def as_(self, name, role, grids=None):
        self.clerk.database.act_as(Actor(name, role, DEFAULTS[role], grids))

    def may(self, key, action):
        return action in self.detail(key).allowed


@pytest.fixture
def desk(clerk):
    with clerk.database.transaction("开始") as session:
        calendar.seed(session)
        categories.seed(session)
        deadlines.seed(session, today=date(2026, 1, 1))
    return Desk(clerk)


@pytest.fixture
def two_grids(desk):
    """第一网格 with 3 号楼, 第二网格 without any."""

    def found(session):
        names = "第一网格", "第二网格"
        keys = [grids.add(session, number=n, name=name) for n, name in enumerate(names, start=1)]
        building = Building(number="3", grid_id=keys[0])
        session.add(building)
        session.flush()
        return *keys, building.id

    return desk.clerk.do("划分网格", found)


def test_a_request_goes_from_the_first_column_to_the_last(desk):
    key = desk.register()
    for act, fields, state in (
        (None, {}, RequestState.REGISTERED),
        (request_life.accept, {}, RequestState.ACCEPTED),
        (request_life.assign, {"handler": "物业"}, RequestState.HANDLING),
        (request_life.hand_up, {"reason": "要协调"}, RequestState.HANDLING),
        (request_life.hand_up, {"reason": "公共电表", "to": "城建办"}, RequestState.ESCALATED),
        (request_life.hand_down, {"reason": "同意改造"}, RequestState.HANDLING),
        (request_life.finish, {"answer": "已经换了灯"}, RequestState.DONE),
        (request_life.call_back, {"satisfaction": Satisfaction.CONTENT}, RequestState.CALLED_BACK),
    ):
        if act is not None:
            desk.do(key, act, **fields)
        board = desk.board()
        assert [(one.state, one.total) for one in board.columns if one.total] == [(state, 1)]
    desk.do(key, request_life.close)

    assert desk.board().open_total == 0
    assert desk.board().closed_this_month == 1
    assert "".join(one.kind.label for one in desk.detail(key).steps) == (
        "登记受理交办上报上报退回办结回访销号"
    )
    assert [(one.label, one.done) for one in desk.detail(key).way] == [
        ("居民", True),
        ("网格员", True),
        ("社区", True),
        ("街道", True),
        ("回访", True),
        ("销号", True),
    ]


def test_deadlines_count_working_days_from_the_day_after(desk):
    assert desk.due(desk.register()) == (date(2026, 11, 23), "剩 1 个工作日")
    assert desk.due(desk.handled())[0] == date(2026, 11, 27)
    assert desk.due(desk.handled(kind="政策咨询"))[0] == date(2026, 11, 24)
    assert desk.due(desk.handled(urgency=Urgency.EMERGENCY))[0] == date(2026, 11, 23)
    assert desk.due(desk.done())[0] == date(2026, 11, 25)


def test_holidays_and_the_saturdays_worked_for_them_are_counted(desk):
    desk.now = datetime(2026, 9, 24, 10)

    assert desk.due(desk.handled())[0] == date(2026, 10, 9)
    assert desk.due(desk.handled(origin=Origin.PHONE, came_at=datetime(2026, 9, 18, 9)))[0] == (
        date(2026, 9, 24)
    )


def test_a_deadline_is_told_in_working_days(desk):
    key = desk.handled()
    told = []
    for day in (20, 26, 27, 28, 30):
        desk.now = datetime(2026, 11, day, 9)
        told.append(desk.detail(key).due)

    assert told == [
        ("剩 5 个工作日", "grey"),
        ("剩 1 个工作日", "grey"),
        ("今天到期", "amber"),
        ("已超期", "red"),
        ("超期 1 个工作日", "red"),
    ]


def test_a_deadline_on_the_order_comes_before_any_rule(desk):
    key = desk.handled(origin=Origin.ORDER, order_due_on=date(2026, 12, 18))
    soon = desk.register(origin=Origin.ORDER, order_due_on=date(2026, 11, 20))

    assert desk.due(key)[0] == date(2026, 12, 18)
    assert desk.due(soon) == (date(2026, 11, 20), "今天到期")


def test_an_order_that_ran_out_says_nothing_about_what_came_back_after_it(desk):
    key = desk.handled(origin=Origin.ORDER, order_due_on=date(2026, 11, 23))
    desk.do(key, request_life.finish, answer="换了灯")
    desk.now = datetime(2026, 11, 24, 10)
    desk.do(key, request_life.call_back, satisfaction=Satisfaction.DISCONTENT, words="又灭了")

    assert desk.due(key)[0] == date(2026, 12, 1)


def test_the_call_back_is_due_after_the_day_on_which_it_was_done(desk):
    key = desk.handled()
    desk.now = datetime(2026, 11, 26, 9)
    desk.do(key, request_life.finish, answer="换了灯")

    assert desk.due(key)[0] == date(2026, 12, 1)
    # What the bill counts as kept: the deadline of the work, not of the call.
    assert desk.detail(key).steps[-1].due_on == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"order_due_on": date(2027, 1, 5)}, "2027 年的节假日还没有导入"),
        ({"order_due_on": date(2026, 11, 19), "came_at": datetime(2026, 11, 17, 9)}, "已经过去"),
        ({"order_due_on": date(2026, 11, 16), "came_at": datetime(2026, 11, 17, 9)}, "早于来件"),
        ({"came_at": FRIDAY + timedelta(hours=1)}, "晚于登记"),
        ({"title": " "}, "请填写事由"),
        ({"title": "灯" * 61}, "最多 60 个字"),
        ({"person": ""}, "请填写诉求人"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_registered(desk, fields, said):
    with pytest.raises(DomainError, match=said):
        desk.register(**fields)
    assert desk.board().open_total == 0


def test_it_came_before_it_was_written_down_also_where_the_clock_was_put_back(desk):
    key = desk.handled()
    entered, version = desk.clerk.see(lambda s: requests.input_of(s, key))
    later = replace(entered, came_at=desk.now + timedelta(hours=1))
    desk.now += timedelta(days=3)
    with pytest.raises(DomainError, match="晚于登记"):
        desk.clerk.do("改", lambda s: requests.update(s, key, later, version=version, now=desk.now))
    # Nobody can do anything about a clock that went wrong: the request can still be corrected.
    desk.now -= timedelta(days=30)
    same = replace(entered, title="楼道灯又不亮")
    desk.clerk.do("改", lambda s: requests.update(s, key, same, version=version, now=desk.now))
    desk.do(key, request_life.finish, answer="换了灯")
    spans = desk.clerk.look_up(lambda it: happiness.bill(it, YEAR, today=desk.today)).spans
    assert (spans.working_mean, spans.calendar_mean) == (0, 0)


def test_a_request_of_somebody_whose_record_was_deleted_can_be_corrected(desk):
    lan = desk.clerk.add("王秀兰")
    key = desk.handled(person="", resident_id=lan)
    desk.clerk.do("删", lambda s: resident_forms.delete(s, lan, now=desk.now))
    entered, version = desk.clerk.see(lambda s: requests.input_of(s, key))
    same = replace(entered, title="楼道灯又不亮")
    desk.clerk.do("改", lambda s: requests.update(s, key, same, version=version, now=desk.now))
    assert desk.detail(key).title == "楼道灯又不亮"
    with pytest.raises(DomainError, match="已经被删除"):
        desk.register(person="", resident_id=lan)


def test_an_order_that_ends_on_a_day_off_is_kept_and_that_is_told(desk):
    saturday = date(2026, 11, 28)

    assert desk.due(desk.handled(order_due_on=saturday))[0] == saturday
    told = desk.clerk.look_up(lambda one: request_due.order_day_words(one, saturday))
    assert told == "11-28（周六）不上班，期限仍照工单上写的算。"
    assert desk.clerk.look_up(lambda one: request_due.order_day_words(one, FRIDAY.date())) == ""


def test_a_deadline_reckoned_into_an_unknown_year_says_so_until_its_holidays_are_imported(desk):
    desk.now = datetime(2026, 12, 29, 9)
    key = desk.handled()
    assert desk.detail(key).guessed == calendar.GUESSED
    assert desk.due(key)[0] == date(2027, 1, 5)

    def enter(session):
        new_year = date(2027, 1, 1), date(2027, 1, 3)
        calendar.set_span(session, first=new_year[0], last=new_year[1], works=False, name="元旦")
        monday = date(2027, 1, 4)
        calendar.set_span(session, first=monday, last=monday, works=False, name="补休")
        return requests.recount(session)

    assert desk.clerk.do("导入节假日", enter) == 1
    assert desk.due(key)[0] == date(2027, 1, 7)
    assert desk.detail(key).guessed == ""


def test_a_new_rule_holds_for_what_comes_from_its_day_on(desk):
    before = desk.handled()

    def longer(session):
        deadlines.change(session, DeadlineStep.OTHER, 20, date(2026, 11, 23), "街道通知")
        return requests.recount(session)

    assert desk.clerk.do("改期限", longer) == 0
    desk.now = datetime(2026, 11, 23, 9)
    assert desk.due(before)[0] == date(2026, 11, 27)
    assert desk.due(desk.handled())[0] == date(2026, 12, 21)


def test_the_old_preset_is_taken_over_from_a_day_on(desk):
    monday = date(2026, 11, 23)
    desk.clerk.do("预设", lambda s: deadlines.use_preset(s, "dalian2015", monday))

    def days(on):
        found = desk.clerk.look_up(lambda one: deadlines.in_force(one, on))
        return {step.value: rule.working_days for step, rule in found.items()}

    assert days(FRIDAY.date())["other"] == 5
    assert days(monday) == {
        "accept": 1,
        "consult": 2,
        "other": 20,
        "urgent_case": 1,
        "follow_up": 3,
    }
    other = [one for one in desk.clerk.look_up(deadlines.rules) if one.step is DeadlineStep.OTHER]
    assert [(one.working_days, one.until) for one in other] == [
        (5, date(2026, 11, 22)),
        (20, None),
    ]
    with pytest.raises(DomainError, match="1 到 250"):
        desk.clerk.do("改", lambda s: deadlines.change(s, DeadlineStep.OTHER, 0, monday, ""))


def test_a_number_is_never_given_twice_even_when_a_registration_was_taken_back(desk):
    first, second = desk.register(), desk.register(title="路灯太暗")
    assert (desk.detail(first).number, desk.detail(second).number) == (1, 2)

    desk.clerk.undo_last()

    assert desk.detail(desk.register(title="井盖松动")).number == 3


def test_the_grid_follows_the_building_then_the_person(desk, two_grids):
    _, second, building = two_grids
    at_three = desk.register(building_id=building, unit="2")
    assert desk.detail(at_three).grid_name == "第一网格"
    assert desk.detail(at_three).place_words == "3 号楼 2 单元"

    resident = desk.clerk.add("刘德海", address="3-1-402", new_household=True, phone="13812340612")
    at_home = desk.detail(desk.register(resident_id=resident, person=""))
    assert (at_home.person, at_home.place_words) == ("刘德海", "3 号楼 1 单元")
    assert at_home.phone_masked == "138 **** 0612"
    assert desk.detail(desk.register(building_id=building, grid_id=second)).grid_id == second


def test_a_grid_member_registers_in_his_own_grid_only(desk, two_grids):
    first, second, building = two_grids
    desk.as_("孙丽", GRID_MEMBER, frozenset({second}))
    own = desk.register(place="小广场")
    assert desk.detail(own).grid_id == second
    with pytest.raises(OutsideGrids):
        desk.register(building_id=building)

    desk.as_("孙丽", GRID_MEMBER, frozenset({first, second}))
    with pytest.raises(DomainError, match="哪个网格"):
        desk.register(place="小广场")


def test_a_grid_member_sees_the_requests_of_his_own_grids_only(desk, two_grids):
    first, second, building = two_grids
    other = desk.register(building_id=building, person="王秀兰")
    own = desk.register(grid_id=second, title="路灯太暗", place="小广场")
    desk.as_("孙丽", GRID_MEMBER, frozenset({second}))

    assert desk.shown() == [desk.detail(own).number]
    assert desk.shown(grid_ids=(first,)) == []
    assert desk.shown(text="王秀兰") == [desk.detail(own).number]
    assert desk.board().open_total == 1
    with pytest.raises(DomainError, match="已经不在了"):
        desk.detail(other)
    with pytest.raises(OutsideGrids):
        desk.clerk.do("并案", lambda s: requests.merge(s, own, other, now=desk.now))


def test_two_windows_never_take_the_same_number(desk):
    with ThreadPoolExecutor(4) as windows:
        keys = list(windows.map(lambda n: desk.register(title=f"第 {n} 件"), range(8)))

    assert sorted(desk.detail(key).number for key in keys) == list(range(1, 9))


def test_a_grid_member_hands_up_to_the_community_and_not_to_the_street(desk, two_grids):
    desk.as_("孙丽", GRID_MEMBER, frozenset({two_grids[0]}))
    key = desk.handled(building_id=two_grids[2])
    desk.do(key, request_life.hand_up, reason="物业不配合")

    assert desk.detail(key).level is Level.COMMUNITY
    assert desk.detail(key).why_up == "物业不配合"
    for act, fields in (
        (request_life.hand_up, {"reason": "要街道协调", "to": "城建办"}),
        (request_life.hand_down, {"reason": "再看看"}),
        (request_life.finish, {"answer": "办好了"}),
    ):
        with pytest.raises(DomainError, match="请社区的人来做"):
            desk.do(key, act, **fields)
    desk.do(key, request_life.note, words="居民又来问过")


def test_what_is_at_the_street_comes_back_before_it_is_done_or_closed(desk):
    key = desk.at_street()

    for act, fields in (
        (request_life.finish, {"answer": "办好了"}),
        (request_life.close, {"reason": "不办了"}),
    ):
        with pytest.raises(DomainError, match="请先登记街道的回告"):
            desk.do(key, act, **fields)
    assert not desk.may(key, RequestAction.FINISH)
    assert request_rules.next_action(desk.detail(key).state) is RequestAction.HAND_DOWN

    desk.do(key, request_life.hand_down, reason="街道已换电表")
    desk.do(key, request_life.finish, answer="街道已换电表")
    assert desk.detail(key).state is RequestState.DONE


def test_handing_up_needs_a_reason_and_at_the_street_an_addressee(desk):
    key = desk.handled(origin=Origin.PHONE)

    with pytest.raises(DomainError, match="上报的原因"):
        desk.do(key, request_life.hand_up, reason=" ", to="城建办")
    with pytest.raises(DomainError, match="哪个科室"):
        desk.do(key, request_life.hand_up, reason="要协调")
    desk.do(key, request_life.hand_down, reason="楼长可以解决")
    with pytest.raises(DomainError, match="没有可以退回"):
        desk.do(key, request_life.hand_down, reason="再退")


def test_supervision_is_for_those_named_and_says_what_is_expected(desk):
    key = desk.handled()
    desk.do(key, request_life.flag, words="这周内换好")
    assert desk.detail(key).flag_words == "王书记 11-20"
    assert desk.shown(flagged=True) == [desk.detail(key).number]

    desk.as_("赵敏", SOCIAL_WORKER)
    assert not desk.may(key, RequestAction.UNFLAG)
    with pytest.raises(DomainError, match="督办和批准延期"):
        desk.do(key, request_life.unflag)
    desk.do(key, request_life.urge, words="书记在问")
    assert desk.detail(key).steps[-1].sentence == "催办给物业：书记在问"


def test_an_extension_is_asked_for_with_a_reason_and_granted_by_another(desk):
    key = desk.handled()
    desk.as_("赵敏", SOCIAL_WORKER)
    for until, said in (
        (date(2026, 11, 26), "延到这天以后"),
        (date(2026, 12, 5), "前面的 12-04（周五），或后面的 12-07（周一）"),
        (date(2027, 1, 5), "2027 年的节假日还没有导入"),
    ):
        with pytest.raises(DomainError, match=said):
            desk.do(key, request_life.ask_extension, until=until, reason="等配件")
    desk.do(key, request_life.ask_extension, until=date(2026, 12, 4), reason="等配件")
    with pytest.raises(DomainError, match="已经申请延期"):
        desk.do(key, request_life.ask_extension, until=date(2026, 12, 8), reason="等配件")
    with pytest.raises(DomainError, match="督办和批准延期"):
        desk.do(key, request_life.decide_extension, granted=True)

    desk.clerk.database.act_as(actor("王书记", "书记"))
    assert desk.detail(key).extension.reason == "等配件"
    desk.do(key, request_life.decide_extension, granted=True)
    assert desk.detail(key).due == ("已延期至 12-04", "blue")
    assert desk.clerk.do("重算", requests.recount) == 0


def extended(desk):
    """A request whose deadline was put off to 12-04."""
    key = desk.handled()
    desk.do(key, request_life.ask_extension, until=date(2026, 12, 4), reason="等配件")
    desk.do(key, request_life.decide_extension, granted=True)
    return key


def test_a_day_that_was_granted_outlives_a_change_and_not_the_end_of_the_work(desk):
    key = extended(desk)
    entered, version = desk.clerk.see(lambda s: requests.input_of(s, key))
    urgent = replace(entered, urgency=Urgency.URGENT)
    desk.clerk.do("修改", lambda s: requests.update(s, key, urgent, version=version, now=desk.now))
    assert desk.detail(key).due_on == date(2026, 12, 4)

    desk.do(key, request_life.finish, answer="换了灯")
    desk.do(key, request_life.call_back, satisfaction=Satisfaction.DISCONTENT, words="又灭了")
    assert not desk.detail(key).extended


def test_an_extension_that_ran_out_is_told_as_late(desk):
    key = extended(desk)
    desk.now = datetime(2026, 12, 4, 9)
    assert desk.detail(key).due == ("今天到期", "amber")
    desk.now = datetime(2026, 12, 8, 9)
    assert desk.detail(key).due == ("超期 2 个工作日", "red")


def test_an_extension_that_is_refused_leaves_the_deadline_and_says_why(desk):
    key = desk.handled()
    desk.do(key, request_life.ask_extension, until=date(2026, 12, 4), reason="等配件")
    with pytest.raises(DomainError, match="不同意的原因"):
        desk.do(key, request_life.decide_extension, granted=False)
    desk.do(key, request_life.decide_extension, granted=False, remark="先用备件")

    assert desk.due(key)[0] == date(2026, 11, 27)
    assert desk.detail(key).extension is None


def test_who_is_not_content_is_answered_again_with_a_fresh_deadline(desk):
    key = desk.done()
    desk.now = datetime(2026, 11, 24, 10)
    with pytest.raises(DomainError, match="哪里不满意"):
        desk.do(key, request_life.call_back, satisfaction=Satisfaction.DISCONTENT)
    desk.do(key, request_life.call_back, satisfaction=Satisfaction.DISCONTENT, words="又灭了")

    found = desk.detail(key)
    assert (found.state, found.reopened) == (RequestState.HANDLING, 1)
    assert found.due_on == date(2026, 12, 1)
    assert found.due == ("重办，剩 5 个工作日", "amber")
    assert [one.kind for one in found.steps[-3:]] == [
        StepKind.DONE,
        StepKind.CALLED_BACK,
        StepKind.REOPENED,
    ]
    desk.do(key, request_life.finish, answer="换了整条线路")
    assert (desk.detail(key).satisfaction, desk.detail(key).called_on) == (None, None)


def test_after_three_calls_in_vain_it_may_be_closed_with_a_reason(desk):
    key = desk.done()
    desk.as_("赵敏", SOCIAL_WORKER)
    for _ in range(3):
        with pytest.raises(DomainError, match="还没有回访"):
            desk.do(key, request_life.close, reason="联系不上")
        desk.do(key, request_life.call_back, satisfaction=Satisfaction.NOT_REACHED)
    assert desk.detail(key).attempts == 3
    with pytest.raises(DomainError, match="销号的原因"):
        desk.do(key, request_life.close)

    desk.do(key, request_life.close, reason="三次没联系上，已在门上留条")
    assert desk.detail(key).state is RequestState.CLOSED
    assert desk.detail(key).close_reason == "三次没联系上，已在门上留条"


def test_what_was_said_and_tried_before_counts_no_more_when_it_is_done_again(desk):
    key = desk.done()
    for _ in range(3):
        desk.do(key, request_life.call_back, satisfaction=Satisfaction.NOT_REACHED)
    desk.do(key, request_life.reopen, reason="居民又来反映")
    desk.do(key, request_life.finish, answer="又换了一个")
    assert (desk.detail(key).attempts, desk.detail(key).satisfaction) == (0, None)
    desk.as_("赵敏", SOCIAL_WORKER)
    with pytest.raises(DomainError, match="还没有回访"):
        desk.do(key, request_life.close, reason="联系不上")


def test_without_a_call_only_who_supervises_closes_it_and_with_a_reason(desk):
    key = desk.register()
    with pytest.raises(DomainError, match="不回访就销号的原因"):
        desk.do(key, request_life.close)
    desk.do(key, request_life.close, reason="居民自己撤回")

    assert desk.detail(key).due == ("11-20 销号", "grey")
    desk.do(key, request_life.reopen, reason="居民又来反映")
    found = desk.detail(key)
    assert found.state is RequestState.HANDLING
    assert (found.closed_on, found.satisfaction, found.reopened) == (None, None, 1)


def test_finishing_needs_an_answer_and_somebody_who_took_it(desk):
    key = desk.register()
    with pytest.raises(DomainError, match="请先受理"):
        desk.do(key, request_life.finish, answer="好了")
    desk.do(key, request_life.accept)
    with pytest.raises(DomainError, match="交给谁办"):
        desk.do(key, request_life.assign)
    with pytest.raises(DomainError, match="办理结果"):
        desk.do(key, request_life.finish, answer="")


def test_two_that_ask_for_the_same_go_on_as_one_and_both_are_called_back(desk, two_grids):
    here = {"building_id": two_grids[2], "unit": "2"}
    keep = desk.handled(**here)
    other = desk.register(person="李桂英", **here)
    entered = desk.entered(person="张三", building_id=two_grids[2])
    proposed = desk.clerk.see(lambda s: requests.similar(s, entered, today=desk.today))
    assert [row.number for row in proposed] == [2, 1]

    desk.merge(keep, other)
    assert desk.shown() == [1]
    assert desk.detail(keep).merged == (2,)
    with pytest.raises(DomainError, match="已经并入 1 号"):
        desk.do(other, request_life.accept)
    desk.do(keep, request_life.finish, answer="全单元换了灯")

    assert desk.shown() == [1, 2]
    load = desk.clerk.look_up(lambda it: grid_workload.workload(it, today=desk.today))
    assert [one.load.requests for one in load.grids] == [2, 0]
    assert desk.detail(other).answer == "全单元换了灯"
    for key in (keep, other):
        desk.do(key, request_life.call_back, satisfaction=Satisfaction.FAIR)
        desk.do(key, request_life.close)
    assert desk.board().closed_this_month == 2


def test_what_is_late_counts_once_and_only_where_somebody_is_asked(desk):
    first, second = desk.handled(), desk.handled(person="宋桂珍")
    desk.merge(first, second)
    content = desk.done()
    desk.do(content, request_life.call_back, satisfaction=Satisfaction.CONTENT)
    desk.now = datetime(2026, 12, 10, 9)

    assert (desk.board().open_total, desk.board().overdue) == (2, 1)
    said = desk.clerk.look_up(lambda source: due_today.requests(source, today=desk.today))
    assert said == "诉求 1 件超期"


def test_what_is_at_the_street_is_not_merged_into_what_is_not(desk):
    street, here = desk.at_street(), desk.handled(origin=Origin.PHONE)
    with pytest.raises(DomainError, match="请把 2 号并入 1 号"):
        desk.merge(here, street)
    with pytest.raises(DomainError, match="两件不同"):
        desk.merge(here, here)
    desk.merge(street, here)

    assert desk.detail(here).state is RequestState.ESCALATED


def test_the_last_step_is_taken_back_and_an_older_one_stays_whole(desk):
    key = desk.handled()
    desk.do(key, request_life.note, words="物业说明天来")

    lines = desk.clerk.see(lambda s: Steps().page(s))
    noted, assigned, accepted = lines[:3]
    assert noted.undoable
    assert not assigned.undoable
    assert "后来又改过" in assigned.note
    undone = desk.clerk.do("撤销", lambda s: history.undo(s, accepted.id))
    assert undone.restored == 0
    assert len(desk.detail(key).steps) == 4

    desk.clerk.undo_last()
    desk.clerk.undo_last()
    assert desk.detail(key).state is RequestState.ACCEPTED
    assert [one.kind for one in desk.detail(key).steps] == [StepKind.REGISTERED, StepKind.ACCEPTED]


def test_who_opened_it_before_another_changed_it_is_told(desk):
    key = desk.register()
    version = desk.detail(key).version
    desk.do(key, request_life.note, words="看过了")

    with pytest.raises(ChangedMeanwhile):
        desk.clerk.do("受理", lambda s: request_life.accept(s, key, version=version, now=desk.now))


def test_changing_category_or_urgency_moves_the_deadline(desk):
    key = desk.handled()
    entered, version = desk.clerk.see(lambda s: requests.input_of(s, key))
    assert entered == desk.entered(came_at=FRIDAY)
    changed = desk.entered(came_at=FRIDAY, kind="政策咨询", body="想问助餐补贴")
    desk.clerk.do("修改", lambda s: requests.update(s, key, changed, version=version, now=desk.now))

    assert desk.due(key)[0] == date(2026, 11, 24)


def test_a_column_shows_what_presses_most_first(desk):
    desk.now = datetime(2026, 11, 12, 9)
    late = desk.handled(title="最早的")
    desk.now = datetime(2026, 11, 13, 9)
    today = desk.handled(title="今天到期的")
    desk.now = FRIDAY
    later = desk.handled(title="不急的", order_due_on=date(2026, 12, 1))
    flagged = desk.handled(title="督办的", order_due_on=date(2026, 12, 4))
    desk.do(flagged, request_life.flag, words="盯住")

    numbers = [desk.detail(key).number for key in (late, today, flagged, later)]
    assert desk.shown() == numbers
    board = desk.board()
    assert (board.overdue, board.due_today, board.open_total) == (1, 1, 4)
    assert board.sentence == "在办 4 件，超期 1 件，今天到期 1 件"
    told = desk.clerk.look_up(lambda one: due_today.requests(one, today=desk.today))
    assert told == "诉求 1 件超期，1 件今天到期"
    assert desk.shown(overdue=True) == numbers[:1]
    assert desk.shown(due_soon=True) == numbers[1:2]
    assert desk.shown(overdue=True, due_soon=True) == numbers[:2]


def test_requests_are_found_by_number_name_place_and_content(desk, two_grids):
    resident = desk.clerk.add("王秀兰", address="3-2-301", new_household=True)
    one = desk.register(resident_id=resident, person="", body="二楼到三楼之间")
    desk.register(title="路灯太暗", person="李桂英", place="小广场", kind="安全隐患")

    for text in ("1", "wxl", "王秀兰", "3号楼", "3-2", "三楼之间", "楼道灯"):
        assert desk.shown(text=text) == [desk.detail(one).number], text
    assert desk.shown(text="小广场") == [2]
    assert desk.shown(text="%") == []
    assert desk.shown(grid_ids=(two_grids[0],)) == [1]
    assert desk.shown(category_ids=(desk.kinds["安全隐患"],)) == [2]


def test_the_table_lists_the_closed_ones_when_asked(desk):
    desk.register()
    closed = desk.register(title="路灯太暗")
    desk.do(closed, request_life.close, reason="已经修好，居民撤回")

    def numbers(**how):
        def look(one):
            ids = request_views.list_ids(one, today=desk.today, **how)
            return [row.number for row in request_views.rows(one, ids, today=desk.today)]

        return desk.clerk.look_up(look)

    assert numbers() == [1]
    assert numbers(closed=True) == [1, 2]
    by_number = request_views.RequestOrder(request_views.RequestOrderKey.NUMBER, descending=True)
    assert numbers(closed=True, order=by_number) == [2, 1]


def test_the_number_to_call_is_shown_once_asked_for(desk):
    key = desk.register(phone="13812340612")

    assert desk.detail(key).phone_masked == "138 **** 0612"
    assert desk.clerk.do("查看电话", lambda s: requests.reveal_phone(s, key)) == "13812340612"
    assert desk.clerk.see(lambda s: Steps(looks=True).page(s)[0].sentence) == "查看电话"


def test_whatever_is_done_in_whatever_order_the_record_stays_whole(desk):
    """Random clerks: what is offered succeeds or says why, and these things hold all the time."""
    chance = random.Random(7)
    keys = [desk.register(title=f"第 {n} 件", origin=chance.choice(list(Origin))) for n in range(6)]
    people = [("王书记", "书记"), ("赵敏", SOCIAL_WORKER)]
    seen = set()
    for turn in range(160):
        desk.now = FRIDAY + timedelta(hours=3 * turn)
        desk.as_(*chance.choice(people))
        key = chance.choice(keys)
        if turn % 9 == 8:
            _try(lambda: _take_back(desk.clerk, chance))
            keys = desk.clerk.see(
                lambda s: list(s.scalars(select(Request.id).order_by(Request.id)))
            )
            continue
        found = desk.detail(key)
        seen.add(found.state)
        action = chance.choice(sorted(found.allowed - {RequestAction.EDIT}))
        if action is RequestAction.MERGE:
            other = chance.choice(keys)
            _try(lambda key=key, other=other: desk.merge(key, other))
        else:
            fields = _fields(desk, action, chance)
            _try(lambda key=key, action=action, f=fields: desk.do(key, _ACTS[action], **f))
        if turn % 20 == 0:
            _check(desk.clerk)
    _check(desk.clerk)
    assert seen == set(RequestState)


_ACTS = {
    action: getattr(request_life, action.value)
    for action in RequestAction
    if action not in (RequestAction.EDIT, RequestAction.MERGE)
}


def _take_back(clerk, chance):
    """Any of the last steps, also one that others followed."""
    lines = [one for one in clerk.see(lambda s: Steps().page(s, 12)) if one.target]
    if lines:
        line = chance.choice(lines)
        clerk.do("撤销", lambda s: history.undo(s, line.target))


def _try(act):
    with suppress(DomainError):
        act()


def _fields(desk, action, chance):
    match action:
        case RequestAction.ASSIGN:
            return {"handler": "物业"}
        case RequestAction.HAND_UP:
            return {"reason": "要协调", "to": "街道"}
        case RequestAction.ASK_EXTENSION:
            days = timedelta(days=chance.randint(1, 20))
            return {"until": desk.today + days, "reason": "等配件"}
        case RequestAction.DECIDE_EXTENSION:
            return {"granted": chance.random() < 0.5, "remark": "已看"}
        case RequestAction.CALL_BACK:
            return {"satisfaction": chance.choice(list(Satisfaction)), "words": "他说的"}
        case RequestAction.FINISH:
            return {"answer": "办好了"}
        case RequestAction.HAND_DOWN | RequestAction.REOPEN:
            return {"reason": "回告"}
        case RequestAction.CLOSE:
            return {"reason": chance.choice(["", "居民撤回"])}
        case RequestAction.ACCEPT:
            return {}
        case _:
            return {"words": "记一笔"}


def _check(clerk):
    with clerk.database.reading() as session:
        for row in session.scalars(select(Request)):
            steps = list(
                session.scalars(
                    select(RequestStep)
                    .where(RequestStep.request_id == row.id)
                    .order_by(RequestStep.id)
                )
            )
            closed = row.state is RequestState.CLOSED
            assert (row.due_on is None) == closed
            assert (row.closed_on is not None) == closed
            if closed:
                assert row.called_on is not None or row.close_reason
            assert (row.level is Level.STREET) == (row.state is RequestState.ESCALATED)
            assert row.steps >= len(steps)
            assert row.reopened == sum(one.kind is StepKind.REOPENED for one in steps)
            if row.merged_into_id is None:
                assert (steps[-1].state, steps[-1].level) == (row.state, row.level)
            elif row.state in request_due.WORKING:
                kept = session.get_one(Request, row.merged_into_id)
                assert (row.state, row.due_on) == (kept.state, kept.due_on)


def test_the_answer_on_paper_tells_the_resident_what_was_done_and_nothing_of_the_house(desk):
    key = desk.at_street()
    desk.do(key, request_life.urge, words="书记在催")
    desk.do(key, request_life.ask_extension, until=date(2026, 12, 4), reason="等电表")
    now = desk.clerk.see(lambda s: request_papers.answer(s, key, now=desk.now))
    assert (now.done, now.standing) == (
        False,
        "已经上报街道，由街道城建办办理，期限到 11-27（周五）。",
    )

    desk.do(key, request_life.hand_down, reason="电表已换，联系人 13812340612")
    desk.do(key, request_life.finish, answer="灯已修好")
    paper = desk.clerk.see(lambda s: request_papers.answer(s, key, now=desk.now))
    assert (paper.answer, paper.name, paper.handled_by) == ("灯已修好", "王秀兰", "王书记")
    assert [(one.who, one.what) for one in paper.steps] == [
        ("王书记", "登记"),
        ("王书记", "受理"),
        ("王书记", "交办给物业"),
        ("王书记", "上报给街道城建办：公共电表改造"),
        ("街道", "电表已换，联系人 138 **** 0612"),
    ]
    desk.clerk.do("打印答复单", lambda s: request_papers.note_printed(s, key))
    assert desk.clerk.see(lambda s: Steps(looks=True).page(s)[0].sentence) == "打印答复单"
