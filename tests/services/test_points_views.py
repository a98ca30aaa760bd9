"""The ledger as it is listed: one query finds, counts and sums; the totals agree everywhere."""

from datetime import date
from typing import Any

import pytest

from app.errors import DomainError
from app.models import EntryKind, Resident, Team
from app.services import (
    grids,
    points_accounts,
    points_appeals,
    points_claims,
    points_family,
    points_filter,
    points_trace,
    points_views,
    settings,
)
from app.services.points_appeals import AppealInput
from app.services.points_filter import Book, LedgerCounts, LedgerFilter, LineKind, key_of
from app.services.points_views import LedgerLine, LineState
from app.storage.engine import Database
from tests.services.points_stage import SUN, ZHAO, Stage, stage_on


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def listed(stage: Stage, chosen: LedgerFilter = points_filter.EVERYTHING) -> list[LedgerLine]:
    def look(source: Any) -> list[LedgerLine]:
        keys = [
            *points_filter.waiting_ids(source, chosen),
            *points_filter.booked_ids(source, chosen),
        ]
        return points_views.rows(source, keys)

    found: list[LedgerLine] = stage.clerk.look_up(look)
    return found


def counted(stage: Stage, chosen: LedgerFilter = points_filter.EVERYTHING) -> LedgerCounts:
    found: LedgerCounts = stage.clerk.look_up(lambda one: points_filter.counts(one, chosen))
    return found


def said(lines: list[LedgerLine]) -> list[tuple[str, str, int, int]]:
    return [(one.name, one.title, one.half_hours, one.points) for one in lines]


def served(stage: Stage, **more: Any) -> int:
    more = {"volunteer_id": stage.volunteers["wang"], "quantity": 200, "half_hours": 4} | more
    return stage.claim(stage.wang, "志愿服务", **more)


def test_what_waits_stands_on_top_and_has_no_balance(stage: Stage) -> None:
    stage.earn(stage.chen, 30)
    served(stage)
    lines = listed(stage)
    assert said(lines) == [("王秀兰", "志愿服务", 4, 2), ("陈桂芳", "获得", 0, 30)]
    assert [one.balance for one in lines] == [None, 30]
    assert [one.state for one in lines] == [LineState.WAITING, LineState.BOOKED]


def test_hours_stand_beside_the_points_of_the_same_claim(stage: Stage) -> None:
    stage.accept(served(stage))
    (line,) = listed(stage)
    assert (line.half_hours, line.points, line.balance) == (4, 2, 2)
    assert (line.state, line.by, line.reviewed_by) == (LineState.REVIEWED, "孙丽", "赵敏")


def test_hours_that_gave_no_points_have_a_line_of_their_own(stage: Stage) -> None:
    stage.accept(served(stage, points=0))
    (line,) = listed(stage)
    assert (line.book, line.half_hours, line.points) == (Book.HOURS, 4, 0)
    assert counted(stage).booked.half_hours == 4


def test_a_counter_entry_shows_both_lines_and_sums_to_nothing(stage: Stage) -> None:
    claim = served(stage)
    stage.accept(claim)
    stage.now(points_claims.reverse, claim, reason="记错了人")
    lines = listed(stage)
    assert [(one.state, one.points, one.half_hours) for one in lines] == [
        (LineState.REVERSAL, -2, -4),
        (LineState.REVERSED, 2, 4),
    ]
    booked = counted(stage).booked
    assert (booked.half_hours, booked.added - booked.taken) == (0, 0)


def test_what_was_sent_back_is_found_with_its_answer_and_stands_nowhere_else(stage: Stage) -> None:
    claim = served(stage)
    stage.now(points_claims.send_back, [claim], answer="请附签到表")
    assert listed(stage) == []
    (line,) = listed(stage, LedgerFilter(returned=True))
    assert (line.state, line.answer) == (LineState.RETURNED, "请附签到表")
    served(stage)
    assert (counted(stage).all_returned, counted(stage).waiting.lines) == (1, 1)
    assert counted(stage, LedgerFilter(returned=True)).waiting.lines == 0


def test_what_one_took_back_oneself_is_not_listed_as_sent_back(stage: Stage) -> None:
    claim = served(stage)
    stage.now(points_claims.withdraw, [claim], by=SUN)
    assert listed(stage, LedgerFilter(returned=True)) == []


def test_every_line_is_of_one_kind_and_the_kinds_add_up(stage: Stage) -> None:
    served(stage)
    stage.claim(stage.chen, "参加议事")
    stage.earn(stage.chen, 30)
    stage.spend(stage.chen, 10)
    stage.spend(stage.chen, 5, EntryKind.PENALTY)
    stage.set(settings.PENALTIES, True)
    stage.claim(stage.chen, "乱扔垃圾", witness="楼长")
    counts = counted(stage)
    assert {kind: number for kind, number in counts.by_kind.items() if number} == {
        LineKind.SERVICE: 1,
        LineKind.MEETING: 1,
        LineKind.OTHER: 1,
        LineKind.REDEEMED: 1,
        LineKind.ADJUSTED: 2,
    }
    assert counts.lines == len(listed(stage))


@pytest.mark.parametrize("kind", [None, *LineKind])
def test_the_sums_are_those_of_the_lines_that_are_listed(
    stage: Stage, kind: LineKind | None
) -> None:
    stage.claim(stage.li, "邻里互助")
    stage.accept(served(stage))
    served(stage, on_date=date(2026, 11, 19))
    stage.earn(stage.chen, 30)
    stage.spend(stage.chen, 10)
    stage.spend(stage.chen, 5, EntryKind.PENALTY)
    chosen = LedgerFilter(kind=kind)
    lines, counts = listed(stage, chosen), counted(stage, chosen)
    for waits, sums in ((True, counts.waiting), (False, counts.booked)):
        some = [one for one in lines if one.waits is waits]
        assert sums.lines == len(some)
        assert sums.half_hours == sum(one.half_hours for one in some)
        assert sums.added == sum(one.points for one in some if one.points > 0)
        assert sums.taken == -sum(one.points for one in some if one.points < 0)


def test_the_sum_of_the_book_is_the_sum_of_the_balances(stage: Stage) -> None:
    stage.accept(served(stage))
    stage.earn(stage.chen, 30)
    stage.spend(stage.chen, 12)
    booked = counted(stage).booked
    ((balances,),) = stage.ask("SELECT sum(balance) FROM points_balance")
    assert booked.added - booked.taken == balances == 20


def test_a_month_has_the_lines_of_its_book_and_all_that_waited_before(stage: Stage) -> None:
    stage.earn(stage.chen, 5, date(2026, 10, 20))
    stage.earn(stage.chen, 7)
    late = served(stage, on_date=date(2026, 10, 5))
    assert [one.points for one in listed(stage, LedgerFilter(month=202610))] == [2, 5]
    november = listed(stage, LedgerFilter(month=202611))
    assert [(one.row_id, one.points) for one in november if one.waits] == [(late, 2)]
    assert [one.points for one in november if not one.waits] == [7]
    assert listed(stage, LedgerFilter(month=202609)) == []


@pytest.mark.parametrize("typed", ["陈桂芳", "cgf", "奖励", "年终 陈"])
def test_a_line_is_found_by_name_pinyin_and_words(stage: Stage, typed: str) -> None:
    stage.earn(stage.chen, 30, words="年终奖励")
    stage.earn(stage.wang, 4)
    assert said(listed(stage, LedgerFilter(text=typed))) == [("陈桂芳", "获得", 0, 30)]


def test_a_line_is_found_by_its_number(stage: Stage) -> None:
    numbers = [stage.earn(stage.qiu, 1) for _ in range(3)]
    found = listed(stage, LedgerFilter(text=f"{numbers[1]}"))
    assert [one.row_id for one in found if one.name == "邱志远"] == [numbers[1]]


def test_somebody_from_outside_is_found_by_name(stage: Stage) -> None:
    stage.earn(stage.qiu, 3)
    stage.earn(stage.wang, 4)
    assert said(listed(stage, LedgerFilter(text="邱"))) == [("邱志远", "获得", 0, 3)]


def test_an_account_has_its_own_lines_and_those_that_wait(stage: Stage) -> None:
    stage.accept(served(stage, points=0))
    served(stage, on_date=date(2026, 11, 18))
    stage.earn(stage.chen, 30)
    lines = listed(stage, LedgerFilter(account_id=stage.wang))
    assert [(one.book, one.name) for one in lines] == [
        (Book.CLAIM, "王秀兰"),
        (Book.HOURS, "王秀兰"),
    ]


def test_months_go_back_to_the_first_line(stage: Stage) -> None:
    stage.earn(stage.chen, 5, date(2026, 9, 20))
    months = stage.clerk.look_up(lambda one: points_filter.months(one, today=stage.today))
    assert months == [202611, 202610, 202609]


def test_a_bar_of_soap_leads_back_to_the_afternoon(stage: Stage) -> None:
    stage.accept(served(stage, on_date=date(2026, 11, 3)))
    gift = stage.earn(stage.wang, 10)
    spent = stage.spend(stage.wang, 5)
    used = stage.clerk.look_up(lambda one: points_trace.used_from(one, spent))
    assert [(one.line.title, one.line.on_date, one.points) for one in used] == [
        ("志愿服务", date(2026, 11, 3), 2),
        ("获得", stage.today, 3),
    ]
    went = stage.clerk.look_up(lambda one: points_trace.used_for(one, gift))
    assert [(one.line.title, one.points) for one in went] == [("兑换", 3)]


def test_points_from_a_relative_name_the_line_of_who_gave(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    gone = stage.now(points_accounts.transfer, stage.wang, stage.li, 4, reason="")
    (came,) = stage.ask(f"SELECT id FROM points_entry WHERE partner_id = {gone:d}")
    assert stage.clerk.look_up(lambda one: points_trace.origin(one, came[0])) == gone
    assert stage.clerk.look_up(lambda one: points_trace.origin(one, gone)) is None


# -- the household and appeals


def test_points_go_to_a_relative_and_to_nobody_else(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    names = stage.clerk.look_up(lambda one: points_family.relatives(one, stage.wang))
    assert [one.name for one in names] == ["李建国", "王小明"]
    assert stage.clerk.look_up(lambda one: points_family.relatives(one, stage.qiu)) == []
    stage.now(points_family.give, stage.wang, names[0], 4, reason="一起攒")
    assert (stage.points(stage.wang), stage.points(stage.li)) == (6, 4)


def test_the_shared_account_takes_the_points_of_the_child(stage: Stage) -> None:
    shared = stage.do(points_family.share, stage.wang, today=stage.today)
    child = stage.do(
        points_accounts.ensure_account, resident_id=stage.people["child"], today=stage.today
    )
    assert child == shared
    stage.earn(shared, 3)
    assert said(listed(stage, LedgerFilter(text="王秀兰"))) == [("王秀兰一户", "获得", 0, 3)]
    names = stage.clerk.look_up(lambda one: points_family.relatives(one, stage.wang))
    assert (names[0].name, names[0].account_id) == ("全户共用", shared)
    with pytest.raises(DomainError, match="请先在居民页登记户"):
        stage.do(points_family.share, stage.qiu, today=stage.today)


def test_an_appeal_is_answered_once_and_with_words(stage: Stage) -> None:
    entered = AppealInput(account_id=stage.chen, raised_by="本人", words="清扫没有记上")
    key = stage.do(points_appeals.note, entered, today=stage.today)
    (appeal,) = stage.clerk.look_up(
        lambda one: points_appeals.appeals(one, account_id=stage.chen, open_only=True)
    )
    assert (appeal.result, appeal.words) == ("待答复", "清扫没有记上")
    more = {"upheld": True, "version": appeal.version, "today": stage.today}
    with pytest.raises(DomainError, match="请写明怎样答复"):
        stage.do(points_appeals.answer, key, words=" ", **more)
    stage.do(points_appeals.answer, key, words="已补记", by=ZHAO, **more)
    (after,) = stage.clerk.look_up(lambda one: points_appeals.appeals(one))
    assert (after.result, after.answered_by, after.answer) == ("成立", "赵敏", "已补记")
    with pytest.raises(DomainError, match="已经答复过"):
        stage.do(points_appeals.answer, key, words="再答", **(more | {"version": after.version}))


@pytest.mark.parametrize(
    ("who", "words", "told"), [("", "没有记上", "谁提出"), ("本人", " ", "申诉的内容")]
)
def test_an_appeal_names_somebody_and_something(
    stage: Stage, who: str, words: str, told: str
) -> None:
    with pytest.raises(DomainError, match=told):
        stage.do(points_appeals.note, AppealInput(raised_by=who, words=words), today=stage.today)


def test_a_line_that_is_gone_is_no_line(stage: Stage) -> None:
    missing = key_of(Book.ENTRY, 77)
    assert stage.clerk.look_up(lambda one: points_views.rows(one, [missing])) == []


def moved_to(stage: Stage, name: str, grid: int) -> None:
    person = stage.people[name]
    stage.do(lambda session: setattr(session.get_one(Resident, person), "grid_id", grid))


def test_a_booked_line_keeps_the_grid_of_its_day_and_a_waiting_one_follows_the_person(
    stage: Stage,
) -> None:
    first, second = (
        stage.do(lambda s, n=n: grids.add(s, number=n, name=f"第{n}网格")) for n in (1, 2)
    )
    moved_to(stage, "wang", first)
    stage.accept(served(stage, points=9))
    served(stage, on_date=date(2026, 11, 18))
    moved_to(stage, "wang", second)
    found = {
        grid: [one.state for one in listed(stage, LedgerFilter(grid_id=grid))]
        for grid in (first, second)
    }
    assert found == {first: [LineState.REVIEWED], second: [LineState.WAITING]}
    stage.earn(stage.qiu, 3)
    assert len(listed(stage, LedgerFilter(grid_id=second))) == 1


def test_lines_of_a_team_are_those_booked_for_it(stage: Stage) -> None:
    def team(session: Any) -> int:
        row = Team(name="爱暖")
        session.add(row)
        session.flush()
        return int(row.id)

    key = stage.do(team)
    stage.earn(stage.chen, 5, team_id=key, words="爱暖 送餐")
    stage.earn(stage.chen, 7, team_id=key, words="送餐")
    stage.earn(stage.chen, 9)
    lines = listed(stage, LedgerFilter(team_id=key))
    assert [(one.points, one.detail) for one in lines] == [(7, "爱暖・送餐"), (5, "爱暖 送餐")]


def test_hours_alone_are_found_by_name_and_by_grid(stage: Stage) -> None:
    grid = stage.do(lambda s: grids.add(s, number=1, name="第一网格"))
    moved_to(stage, "wang", grid)
    stage.accept(served(stage, points=0))
    for chosen in (LedgerFilter(text="wxl"), LedgerFilter(grid_id=grid)):
        assert [one.book for one in listed(stage, chosen)] == [Book.HOURS]
    assert listed(stage, LedgerFilter(text="cgf")) == []


def test_hours_and_points_stand_in_one_order_the_latest_first(stage: Stage) -> None:
    stage.earn(stage.chen, 5)
    stage.on(date(2026, 11, 22)).accept(served(stage, points=0))
    stage.on(date(2026, 11, 23)).earn(stage.chen, 7)
    assert [one.book for one in listed(stage)] == [Book.ENTRY, Book.HOURS, Book.ENTRY]


def test_a_line_tells_by_which_rule_it_was_reckoned(stage: Stage) -> None:
    stage.claim(stage.chen, "邻里互助")
    stage.earn(stage.chen, 5)
    assert [one.rate for one in listed(stage)] == ["", "3 分/次"]
