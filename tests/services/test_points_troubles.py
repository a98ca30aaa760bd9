"""积分超市 when the world changes under it: figures typed wrong, people who go, a wrong clock."""

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from app.errors import DomainError
from app.models import StockKind, StocktakeLine, Volunteer
from app.services import (
    activities,
    activity_hours,
    activity_people,
    activity_posting,
    counter_person,
    events,
    goods_keeping,
    held_baskets,
    history,
    households,
    merging,
    points_accounts,
    points_clock,
    points_family,
    points_months,
    points_publishing,
    points_review,
    redemptions,
    reservations,
    stock,
    stocktakes,
    teams,
    volunteers,
)
from app.services.activity_hours import Attended
from app.services.activity_input import ActivityInput
from app.services.counter_person import CounterPerson, Who
from app.services.redemptions import Basket
from app.services.stock import StockMove
from app.services.teams import TeamInput
from app.services.volunteer_input import VolunteerInput
from app.storage.engine import Database
from tests.services.points_stage import SUN, Stage, stage_on
from tests.services.shop import add_goods, bring_in

_KEYS = count()
SEPTEMBER = 202609


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _soap(stage: Stage, quantity: int = 9) -> int:
    soap = add_goods(stage.clerk.database, "香皂", 5)
    bring_in(stage.clerk.database, soap, quantity, stage.clerk.now, stage.today)
    return soap


def _version(stage: Stage, table: str, key: int) -> int:
    return int(stage.ask(f"SELECT version FROM {table} WHERE id = {key}")[0][0])


def _redeem(stage: Stage, account: int, person: int | None, soap: int, **more: Any) -> None:
    basket = Basket(
        account_id=account,
        resident_id=person,
        lines=((soap, 1),),
        request_key=f"trouble {next(_KEYS)}",
        **more,
    )
    stage.now(redemptions.redeem, basket)


def _undo(stage: Stage, operation: int) -> history.Undone:
    undone: history.Undone = stage.do(history.undo, operation)
    return undone


def _last_step(stage: Stage) -> int:
    return int(stage.ask("SELECT max(id) FROM operation")[0][0])


# -- figures


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"points": 10**9}, "一笔最多 100,000 分"),
        ({"points": -5}, "只有扣分的事项能填负数"),
        ({"quantity": 10**20}, "数量最多 100,000"),
        ({"half_hours": 49}, "一天只有 24 小时"),
        ({"on_date": date(2006, 11, 20), "points": 5}, "2006-11-20 是前年以前的事"),
    ],
)
def test_a_figure_too_many_is_caught_when_it_is_typed(
    stage: Stage, typed: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        stage.claim(stage.wang, "志愿服务", volunteer_id=stage.volunteers["wang"], **typed)
    assert stage.ask("SELECT count(*) FROM points_claim") == [(0,)]


def test_goods_of_another_age_and_a_proxy_without_end_are_refused(stage: Stage) -> None:
    soap = _soap(stage)
    stage.earn(stage.wang, 20)
    with pytest.raises(DomainError, match="2006-11-20 是前年以前的"):
        bring_in(stage.clerk.database, soap, 1, stage.clerk.now, date(2006, 11, 20))
    who = {"proxy": "张" * 61, "proxy_relation": "儿子"}
    with pytest.raises(DomainError, match="最多写 60 个字"):
        _redeem(stage, stage.wang, stage.people["wang"], soap, **who)


# -- people


def _twins(stage: Stage) -> tuple[int, int]:
    """The accounts of `wang` and of another record of her."""
    twin = stage.clerk.add("王秀兰", birth_date=date(1950, 3, 2), new_household=True)
    stage.people["twin"] = twin
    account = stage.do(points_accounts.open_account, resident_id=twin, today=stage.today)
    return stage.wang, int(account)


def test_a_merge_opens_the_closed_account_of_the_keeper_again(stage: Stage) -> None:
    mine, theirs = _twins(stage)
    stage.now(points_accounts.close_account, mine, version=_version(stage, "points_account", mine))
    stage.earn(theirs, 25)
    claim = stage.claim(theirs, "志愿服务", points=20)
    stage.now(merging.merge, stage.people["wang"], stage.people["twin"])
    stage.accept(claim)
    assert stage.points(mine) == 45
    stage.check_books()


def test_a_held_basket_is_that_of_the_record_which_stays(stage: Stage) -> None:
    _, theirs = _twins(stage)
    soap, twin = _soap(stage), stage.people["twin"]
    stage.earn(theirs, 25)
    held = stage.now(held_baskets.hold, theirs, twin, ((soap, 1),))
    stage.now(merging.merge, stage.people["wang"], twin)
    with pytest.raises(DomainError, match="并入别的账户"):
        _redeem(stage, theirs, twin, soap)
    with pytest.raises(DomainError, match="可能已经删除或合并"):
        _at_the_counter(stage, Who(twin, theirs))
    taken = stage.do(held_baskets.resume, held)
    assert (taken.account_id, taken.resident_id) == (stage.wang, stage.people["wang"])
    _redeem(stage, taken.account_id, taken.resident_id, soap)
    assert stage.points(stage.wang) == 20


def _at_the_counter(stage: Stage, who: Who) -> CounterPerson:
    found: CounterPerson = stage.clerk.see(
        lambda s: counter_person.person(s, who, today=stage.today)
    )
    return found


def test_whoever_left_a_household_takes_nothing_from_its_shared_account(stage: Stage) -> None:
    soap, li = _soap(stage), stage.people["li"]
    shared = stage.do(points_family.share, stage.wang, today=stage.today)
    stage.earn(shared, 20)
    _redeem(stage, shared, li, soap)
    stage.now(households.split, [li], head_id=li, on_date=stage.today)
    with pytest.raises(DomainError, match="可能分了户"):
        _redeem(stage, shared, li, soap)
    assert stage.points(shared) == 15


def test_whoever_goes_is_told_of_points_and_of_the_team(stage: Stage) -> None:
    wang, chen = stage.people["wang"], stage.people["chen"]
    stage.earn(stage.wang, 40)
    led = TeamInput(name="铁军", leader_id=stage.volunteers["wang"])
    stage.do(teams.save, None, led, today=stage.today)

    def told(person: int) -> list[str]:
        found: list[str] = stage.clerk.see(lambda s: events.waits_for(s, person, today=stage.today))
        return found

    assert told(wang) == [
        "个人积分账户里还有 40 分：可以先兑换，或转给同户的人",
        "是志愿者 0132、铁军的队长，先换队长：请到“积分超市”的“志愿者”里办退出",
    ]
    assert told(chen) == []


def test_the_counter_says_who_has_died(stage: Stage) -> None:
    stage.now(events.die, stage.people["chen"], on_date=stage.today)
    assert _at_the_counter(stage, Who(stage.people["chen"])).facts[0] == "已死亡"


def test_a_closed_account_keeps_no_goods_from_others(stage: Stage) -> None:
    soap = _soap(stage)
    kept = {"until": stage.today, "today": stage.today}
    first = stage.do(reservations.reserve, stage.wang, soap, 2, **kept)

    def close() -> None:
        version = _version(stage, "points_account", stage.wang)
        stage.now(points_accounts.close_account, stage.wang, version=version)

    with pytest.raises(DomainError, match="预约的商品没有领"):
        close()
    stage.do(reservations.cancel, first, version=1)
    close()
    with pytest.raises(DomainError, match="已经销户"):
        stage.do(reservations.reserve, stage.wang, soap, 2, **kept)
    with pytest.raises(DomainError, match="已经销户"):
        stage.now(held_baskets.hold, stage.wang, stage.people["wang"], ((soap, 1),))


def test_a_volunteer_who_has_points_or_awaits_some_is_not_thrown_away(stage: Stage) -> None:
    wang, qiu = stage.volunteers["wang"], stage.volunteers["qiu"]
    stage.earn(stage.qiu, 40)
    with pytest.raises(DomainError, match="账户里还有 40 分"):
        stage.now(volunteers.remove, qiu)
    claim = stage.claim(stage.wang, "志愿服务", volunteer_id=wang, half_hours=4)
    with pytest.raises(DomainError, match="还有没复核的积分"):
        stage.now(volunteers.remove, wang)
    stage.now(points_review.send_back, [claim], answer="不是他")
    stage.now(volunteers.remove, wang)
    assert stage.clerk.see(lambda s: s.get_one(Volunteer, wang).deleted_at) is not None


# -- in another order


def test_what_a_stocktaking_booked_is_not_uncounted_by_an_undo(stage: Stage) -> None:
    soap = _soap(stage)
    take = stage.now(stocktakes.begin)
    stage.do(stocktakes.count, take, soap, 8)
    first = _last_step(stage)
    stage.do(stocktakes.count, take, soap, 7, reason="少了两块")
    again = _last_step(stage)
    stage.now(stocktakes.close, take, version=1)
    for step in (again, first):
        assert _undo(stage, step).restored == 0
    assert stage.ask("SELECT book, counted FROM stocktake_line") == [(9, 7)]


def test_a_count_is_taken_back_while_the_stocktaking_is_open(stage: Stage) -> None:
    soap = _soap(stage)
    take = stage.now(stocktakes.begin)
    stage.do(stocktakes.count, take, soap, 8)
    assert stage.clerk.undo_last().restored == 1
    assert stage.clerk.see(lambda s: s.get(StocktakeLine, 1)) is None


def test_a_count_that_was_taken_back_does_not_come_back_into_a_closed_stocktaking(
    stage: Stage,
) -> None:
    soap, rice = (add_goods(stage.clerk.database, name, 10) for name in ("香皂", "大米"))
    take = stage.now(stocktakes.begin)
    stage.do(stocktakes.count, take, rice, 3, reason="多了")
    assert _undo(stage, _last_step(stage)).restored == 1
    taken_back = _last_step(stage)
    stage.do(stocktakes.count, take, soap, 0)
    stage.now(stocktakes.close, take, version=1)
    [kept] = _undo(stage, taken_back).kept
    assert kept.reason == "这次盘点已经结束，请再盘一次"
    assert stage.ask("SELECT goods_id FROM stocktake_line") == [(soap,)]


def test_two_stocktakings_are_never_open_at_once(stage: Stage) -> None:
    soap = add_goods(stage.clerk.database, "香皂", 10)
    first = stage.now(stocktakes.begin)
    stage.do(stocktakes.count, first, soap, 0)
    stage.do(stocktakes.give_up, first, version=1)
    given_up = _last_step(stage)
    second = stage.now(stocktakes.begin)
    undone = _undo(stage, given_up)
    assert (undone.restored, len(undone.kept)) == (0, 2)
    stage.do(stocktakes.count, second, soap, 0)
    stage.now(stocktakes.close, second, version=1)
    closed = _last_step(stage)
    stage.now(stocktakes.begin)
    with pytest.raises(DomainError, match="不能重开"):
        _undo(stage, closed)


def test_what_was_uncounted_does_not_come_back_into_a_stocktaking_that_ended(stage: Stage) -> None:
    soap, rice = _soap(stage), add_goods(stage.clerk.database, "大米", 60)
    take = stage.now(stocktakes.begin)
    stage.do(stocktakes.count, take, rice, 3, reason="多了")
    stage.do(stocktakes.uncount, take, rice)
    uncounted = _last_step(stage)
    stage.do(stocktakes.count, take, soap, 9)
    stage.now(stocktakes.close, take, version=1)
    with pytest.raises(DomainError, match="请把它重新数一次"):
        _undo(stage, uncounted)


def test_a_posting_redone_after_the_sheet_was_corrected_is_not_booked(stage: Stage) -> None:
    facts = {"place": "院里", "content": "清扫", "organiser": "社区", "leader": "孙丽"}
    times = {"on_date": stage.today, "starts": 480, "ends": 720}
    item, wang = stage.item("志愿服务"), stage.volunteers["wang"]
    entered = ActivityInput(name="清扫", item_id=item, **facts, **times)
    activity = stage.now(activities.plan, entered)
    line = stage.do(activity_people.sign_up, activity, volunteer_id=wang, today=stage.today)

    def came(half_hours: int) -> None:
        version = _version(stage, "participation", line)
        found = Attended(participation_id=line, version=version, came=True, half_hours=half_hours)
        stage.now(activity_hours.record, activity, [found], by=SUN)

    came(8)
    stage.now(activity_posting.post, activity, by=SUN)
    stage.do(history.undo, _last_step(stage), by=SUN)
    taken_back = _last_step(stage)
    came(2)
    stage.do(history.undo, taken_back, by=SUN)
    ((claim,),) = stage.ask("SELECT id FROM points_claim")
    with pytest.raises(DomainError, match="签到后来改过"):
        stage.accept(claim)


def test_an_account_with_lines_and_a_volunteer_with_claims_stay_and_are_named(
    stage: Stage,
) -> None:
    today = {"registered_on": stage.today, "record_consent_on": stage.today}
    entered = VolunteerInput(resident_id=stage.people["chen"], **today)
    chen = stage.now(volunteers.add, entered)
    registered = _last_step(stage)
    stage.claim(stage.chen, "志愿服务", volunteer_id=chen, half_hours=2)
    child = stage.clerk.add("周大海", birth_date=date(1970, 1, 1), new_household=True)
    account = stage.do(points_accounts.open_account, resident_id=child, today=stage.today)
    opened = _last_step(stage)
    stage.earn(account, 5)
    for step, named in ((registered, "志愿者 陈桂芳"), (opened, "积分账户 周大海")):
        (kept,) = _undo(stage, step).kept
        assert kept.sentence.startswith(f"{named}：后来又有了新的记录")


def test_an_article_that_was_counted_stays_until_the_stocktaking_ends(stage: Stage) -> None:
    soap = _soap(stage, 1)
    take = stage.now(stocktakes.begin)
    stage.do(stocktakes.count, take, soap, 1)
    stage.now(stock.spoil, soap, 1, reason="破损", on_date=stage.today)
    version = _version(stage, "goods", soap)
    with pytest.raises(DomainError, match="没做完的盘点里已经数过"):
        stage.now(goods_keeping.remove, soap, version=version)
    stage.do(stocktakes.give_up, take, version=1)
    stage.now(goods_keeping.remove, soap, version=version)


def test_no_list_hangs_without_the_signature_that_was_taken_back(stage: Stage) -> None:
    stage.earn(stage.wang, 5, date(2026, 9, 5))
    stage.now(points_months.close, SEPTEMBER)

    def step(act: Any, **more: Any) -> int:
        version = _version(stage, "points_month", 1)
        stage.do(act, SEPTEMBER, version=version, today=stage.today, **more)
        return _last_step(stage)

    step(points_publishing.prepare)
    signed = step(points_publishing.sign, signer="王书记")
    posted = step(points_publishing.post, places="公示栏", on=stage.today)
    assert _undo(stage, signed).restored == 0
    assert _undo(stage, posted).restored == 1
    assert _undo(stage, signed).restored == 1


# -- a wrong clock


def test_what_a_clock_that_ran_ahead_had_closed_is_open_again(stage: Stage) -> None:
    soap = _soap(stage)
    stage.earn(stage.wang, 20, date(2026, 10, 5))
    ahead = stage.on(stage.today + timedelta(days=60))
    ahead.earn(ahead.chen, 3)
    for month in (202610, 202611, 202612):
        ahead.now(points_months.close, month)
    # Goods come in whatever the book of points says of the month that is going on.
    arrived = StockMove(soap, StockKind.RECEIVED, 4, stage.today)
    stage.now(stock.move, arrived)
    stage.now(stock.spoil, soap, 1, reason="破损", on_date=stage.today)
    stage.do(points_clock.confirm, stage.today)
    assert stage.ask("SELECT month FROM points_month") == [(202610,)]
    stage.earn(stage.wang, 7)
    assert stage.ask("SELECT month, words FROM points_entry ORDER BY id DESC LIMIT 1") == [
        (202611, "")
    ]
    december = stage.after_pause(date(2027, 1, 30))
    closed = december.now(points_months.close, 202611)
    assert (closed.proof.added, closed.proof.difference) == (7, 0)
    stage.check_books()
