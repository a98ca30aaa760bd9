"""Redemptions: points and goods leave together, or not at all, and come back together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import (
    HourEntry,
    Household,
    LimitPeriod,
    LotUse,
    PointsBalance,
    PointsEntry,
    Redemption,
    RedemptionLine,
    Resident,
    StockEntry,
    StockLevel,
)
from app.services import (
    goods_keeping,
    held_baskets,
    points_accounts,
    points_book,
    points_clock,
    redemption_limits,
    redemption_slips,
    redemptions,
    reservations,
    settings,
    stock,
)
from app.services.points_book import NotEnough
from app.services.redemptions import Basket, BeyondLimit, SlipData
from app.services.setting_kinds import Setting
from app.services.stock import NotInStock
from app.storage.engine import Database
from tests.actors import actor
from tests.services.shop_office import NOW, TODAY, Shop, earn, open_shop
from tests.storage.offices import CLOCK, KEY, furnish


class Counter:
    """The counter as a window uses it."""

    def __init__(self, database: Database, shop: Shop) -> None:
        self.database, self.shop = database, shop
        self.confirmed = 0

    def basket(self, name: str, wanted: dict[str, int], **more: Any) -> Basket:
        self.confirmed += 1
        return Basket(
            account_id=self.shop.accounts[name],
            resident_id=self.shop.people[name],
            lines=tuple((self.shop.goods[one], count) for one, count in wanted.items()),
            request_key=more.pop("request_key", f"test-{self.confirmed}"),
            **more,
        )

    def redeem(
        self, name: str, wanted: dict[str, int], *, now: datetime = NOW, **more: Any
    ) -> SlipData:
        basket = self.basket(name, wanted, **more)
        with self.database.transaction(f"兑换 {name}") as session:
            return redemptions.redeem(session, basket, now=now)

    def pauses_until(self, day: date) -> None:
        """Nothing is booked for months; then somebody says that the computer's date is right."""
        with self.database.transaction("确认日期") as session:
            points_clock.confirm(session, day)

    def take_back(self, slip: SlipData, *, now: datetime = NOW, reason: str = "拿错了") -> None:
        with self.database.transaction(f"撤销 {slip.number}") as session:
            redemptions.take_back(session, slip.id, reason=reason, version=slip.version, now=now)

    def reserve(self, name: str, goods: str, quantity: int, until: date = TODAY) -> int:
        with self.database.transaction("预约") as session:
            return reservations.reserve(
                session,
                self.shop.accounts[name],
                self.shop.goods[goods],
                quantity,
                until=until,
                today=TODAY,
            )

    def set(self, setting: Setting[Any], value: Any) -> None:
        with self.database.transaction("设置") as session:
            settings.change(session, setting, value)

    def balance(self, name: str) -> int:
        with self.database.reading() as session:
            return session.get_one(PointsBalance, self.shop.accounts[name]).balance

    def on_hand(self, goods: str) -> int:
        with self.database.lookup() as lookup:
            return stock.on_hand(lookup, [self.shop.goods[goods]])[self.shop.goods[goods]]

    def count(self, *models: Any) -> Sequence[int]:
        with self.database.reading() as session:
            return [session.scalar(select(func.count()).select_from(one)) or 0 for one in models]


@pytest.fixture
def counter(database: Database) -> Counter:
    return Counter(database, furnish(database, open_shop))


def test_points_and_goods_leave_together_and_the_slip_says_what_was_booked(
    counter: Counter,
) -> None:
    slip = counter.redeem("王秀兰", {"洗衣液": 1, "洗衣皂": 2})

    assert (slip.number, slip.points, slip.before, slip.after) == ("DH-20261121-001", 59, 126, 67)
    assert [line.words for line in slip.lines] == ["洗衣液 2 kg ×1", "洗衣皂 200 g×2 ×2"]
    assert (slip.name, slip.shop, slip.entered_by) == ("王秀兰", "海棠社区积分超市", "王书记")
    assert counter.balance("王秀兰") == 67
    assert (counter.on_hand("洗衣液"), counter.on_hand("洗衣皂")) == (11, 38)


def test_the_entry_in_the_book_names_what_was_taken_and_points_at_its_redemption(
    counter: Counter,
) -> None:
    slip = counter.redeem("王秀兰", {"洗衣液": 1})

    with counter.database.reading() as session:
        entry = session.scalars(
            select(PointsEntry).where(PointsEntry.redemption_id == slip.id)
        ).one()
        assert (entry.points, entry.words) == (-35, "洗衣液 2 kg ×1")
        out = session.scalars(select(StockEntry).where(StockEntry.redemption_id == slip.id)).one()
        assert (out.quantity, out.words) == (-1, slip.number)


def test_numbers_count_from_one_every_day_and_one_that_was_taken_back_is_not_given_again(
    counter: Counter,
) -> None:
    first = counter.redeem("王秀兰", {"洗衣皂": 1})
    counter.take_back(first)

    second = counter.redeem("李强", {"洗衣皂": 1})
    tomorrow = counter.redeem("李强", {"洗衣皂": 1}, now=NOW + timedelta(days=1))

    assert [first.number, second.number, tomorrow.number] == [
        "DH-20261121-001",
        "DH-20261121-002",
        "DH-20261122-001",
    ]


def test_the_same_confirmation_sent_twice_is_booked_once(counter: Counter) -> None:
    first = counter.redeem("王秀兰", {"洗衣皂": 1}, request_key="once")
    again = counter.redeem("王秀兰", {"洗衣皂": 1}, request_key="once")

    assert again == first
    assert counter.balance("王秀兰") == 126 - 12
    assert counter.count(Redemption, RedemptionLine) == [1, 1]


def test_whoever_has_not_enough_points_gets_nothing_and_nothing_is_written(
    counter: Counter,
) -> None:
    before = counter.count(Redemption, RedemptionLine, PointsEntry, StockEntry, LotUse)

    with pytest.raises(NotEnough, match="差 15 分"):
        counter.redeem("张桂芳", {"洗衣液": 1})

    assert counter.balance("张桂芳") == 20
    assert counter.on_hand("洗衣液") == 12
    assert counter.count(Redemption, RedemptionLine, PointsEntry, StockEntry, LotUse) == before


def test_goods_that_are_not_there_keep_the_points_where_they_are(counter: Counter) -> None:
    with pytest.raises(NotInStock, match="“香油”只有 2 瓶"):
        counter.redeem("王秀兰", {"洗衣皂": 1, "香油": 3})

    assert (counter.balance("王秀兰"), counter.on_hand("洗衣皂")) == (126, 40)


def test_two_windows_at_the_same_instant_spend_the_points_once(counter: Counter) -> None:
    """Two programs on one file, both of which saw 20 points."""
    other = Database.open(counter.database.file, KEY, clock=CLOCK, user_name="李娜")
    together, refused = Barrier(2), list[str]()

    def confirm(database: Database) -> None:
        basket = counter.basket("张桂芳", {"洗衣皂": 1})
        together.wait()
        try:
            with database.transaction("兑换") as session:
                redemptions.redeem(session, basket, now=NOW)
        except NotEnough as error:
            refused.append(str(error))

    threads = [Thread(target=confirm, args=(one,)) for one in (counter.database, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()

    assert refused == ["积分不够，差 4 分。"]
    assert (counter.balance("张桂芳"), counter.on_hand("洗衣皂")) == (8, 39)
    assert counter.count(Redemption) == [1]


def test_a_crash_between_points_and_goods_leaves_neither_and_the_retry_books_once(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    basket = counter.basket("王秀兰", {"洗衣皂": 1, "香油": 1})
    with monkeypatch.context() as broken:
        broken.setattr(stock, "move", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError), counter.database.transaction("兑换") as session:
            redemptions.redeem(session, basket, now=NOW)
    assert counter.balance("王秀兰") == 126
    assert counter.count(Redemption, RedemptionLine) == [0, 0]

    for _ in range(2):
        with counter.database.transaction("再试一次") as session:
            slip = redemptions.redeem(session, basket, now=NOW)
    assert slip.number == "DH-20261121-001"
    assert (counter.balance("王秀兰"), counter.on_hand("香油")) == (126 - 34, 1)


def test_points_that_lapsed_at_midnight_cannot_be_spent_a_minute_later(counter: Counter) -> None:
    """Points of 2026 last until the end of March 2027 by the rule that an office begins with."""
    last_minute = datetime(2027, 3, 31, 23, 59)
    counter.pauses_until(last_minute.date())
    assert counter.redeem("王秀兰", {"洗衣皂": 1}, now=last_minute).after == 114

    with pytest.raises(NotEnough):
        counter.redeem("王秀兰", {"洗衣皂": 1}, now=last_minute + timedelta(minutes=1))


def test_a_frozen_account_spends_nothing(counter: Counter) -> None:
    account = counter.shop.accounts["王秀兰"]
    with counter.database.transaction("冻结") as session:
        points_accounts.freeze(session, account, reason="核实中", version=1, today=TODAY)

    with pytest.raises(DomainError, match="冻结"):
        counter.redeem("王秀兰", {"洗衣皂": 1})


def test_a_limit_of_a_month_names_the_day_from_which_there_is_more(counter: Counter) -> None:
    counter.redeem("王秀兰", {"洗衣液": 1})

    with pytest.raises(BeyondLimit, match="每月限兑 2 瓶，已经兑了 1 瓶，12 月 1 日起可以再兑"):
        counter.redeem("王秀兰", {"洗衣液": 2})

    assert counter.redeem("王秀兰", {"洗衣液": 1}).points == 35


def test_a_limit_counts_for_each_person_and_not_what_was_taken_back(counter: Counter) -> None:
    counter.take_back(counter.redeem("王秀兰", {"洗衣液": 2}))

    assert counter.redeem("王秀兰", {"洗衣液": 2}).points == 70
    assert counter.redeem("李强", {"洗衣液": 2}).points == 70


def test_a_limit_follows_the_person_into_the_account_that_the_household_shares(
    counter: Counter,
) -> None:
    wang, li = counter.shop.people["王秀兰"], counter.shop.people["李强"]
    counter.redeem("王秀兰", {"洗衣液": 2})
    with counter.database.transaction("全户共用") as session:
        house = Household(number="H-1")
        session.add(house)
        session.flush()
        for one in (wang, li):
            session.get_one(Resident, one).household_id = house.id
        shared = points_accounts.open_account(session, household_id=house.id, today=TODAY)
        earn(session, shared, 99)
    counter.shop = replace(counter.shop, accounts={"王秀兰": shared, "李强": shared})

    with pytest.raises(BeyondLimit, match="已经兑了 2 瓶"):
        counter.redeem("王秀兰", {"洗衣液": 1})

    assert counter.redeem("李强", {"洗衣液": 2}).points == 70
    with pytest.raises(BeyondLimit, match="已经兑了 2 瓶"):
        counter.redeem("李强", {"洗衣液": 1})


def test_what_somebody_had_before_he_was_known_to_live_here_counts_too(counter: Counter) -> None:
    from_outside = replace(counter.basket("王秀兰", {"洗衣液": 2}), resident_id=None)
    with counter.database.transaction("兑换") as session:
        redemptions.redeem(session, from_outside, now=NOW)

    with pytest.raises(BeyondLimit, match="已经兑了 2 瓶"):
        counter.redeem("王秀兰", {"洗衣液": 1})


def test_a_reason_lets_through_what_the_rules_are_against(counter: Counter) -> None:
    slip = counter.redeem("王秀兰", {"洗衣液": 3}, reason="住院，家属一次领走")

    with counter.database.reading() as session:
        row = session.get_one(Redemption, slip.id)
        assert row.reason == "住院，家属一次领走"
    assert counter.balance("王秀兰") == 21


def test_a_reason_makes_nothing_out_of_nothing(counter: Counter) -> None:
    with pytest.raises(NotEnough):
        counter.redeem("张桂芳", {"洗衣液": 1}, reason="特殊情况")
    with pytest.raises(NotInStock):
        counter.redeem("王秀兰", {"洗衣粉": 1}, reason="特殊情况")


@pytest.mark.parametrize(
    ("period", "day", "first", "following"),
    [
        (LimitPeriod.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)),
        (LimitPeriod.QUARTER, date(2026, 3, 31), date(2026, 1, 1), date(2026, 4, 1)),
        (LimitPeriod.QUARTER, date(2026, 12, 1), date(2026, 10, 1), date(2027, 1, 1)),
        (LimitPeriod.YEAR, date(2026, 5, 4), date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_has_its_first_day_and_the_next_one_too(
    period: LimitPeriod, day: date, first: date, following: date
) -> None:
    assert redemption_limits.period_start(period, day) == first
    assert redemption_limits.period_after(period, day) == following


def test_what_was_taken_on_the_first_of_the_month_counts(counter: Counter) -> None:
    first = NOW.replace(month=12, day=1)
    counter.redeem("王秀兰", {"洗衣液": 2}, now=first)
    with pytest.raises(BeyondLimit, match="已经兑了 2 瓶"):
        counter.redeem("王秀兰", {"洗衣液": 1}, now=first + timedelta(days=20))


def test_what_cannot_be_in_a_basket_is_refused(counter: Counter) -> None:
    soap = counter.shop.goods["洗衣皂"]

    def redeem(*lines: tuple[int, int]) -> SlipData:
        basket = replace(counter.basket("王秀兰", {}), lines=lines)
        with counter.database.transaction("兑换") as session:
            return redemptions.redeem(session, basket, now=NOW)

    with pytest.raises(DomainError, match="数量至少是 1"):
        redeem((soap, 0))
    with pytest.raises(DomainError, match="最多 40 种"):
        redeem(*((one, 1) for one in range(1, 42)))
    assert redeem((soap, 1), (soap, 2)).points == 36
    with counter.database.transaction("下架") as session:
        goods_keeping.set_on_shelf(session, [soap], on_shelf=False)
    with pytest.raises(DomainError, match="“洗衣皂”已经下架"):
        redeem((soap, 1))


def test_only_on_the_days_of_redemption_and_the_next_one_is_named(counter: Counter) -> None:
    counter.set(settings.REDEMPTION_DAYS, "15、30")

    with pytest.raises(BeyondLimit, match="每月 15、30 日兑换，下次是 11 月 30 日"):
        counter.redeem("王秀兰", {"洗衣皂": 1})

    assert counter.redeem("王秀兰", {"洗衣皂": 1}, now=datetime(2026, 11, 30, 9)).points == 12


def test_in_a_short_month_the_last_day_stands_for_the_thirtieth(counter: Counter) -> None:
    counter.set(settings.REDEMPTION_DAYS, "30")

    counter.pauses_until(date(2027, 2, 28))
    assert counter.redeem("王秀兰", {"洗衣皂": 1}, now=datetime(2027, 2, 28, 9)).points == 12


def test_the_last_day_of_a_month_stands_for_no_day_that_it_had(counter: Counter) -> None:
    counter.set(settings.REDEMPTION_DAYS, "15")
    with pytest.raises(BeyondLimit, match="下次是 12 月 15 日"):
        counter.redeem("王秀兰", {"洗衣皂": 1}, now=datetime(2026, 11, 30, 9))


def test_so_many_times_a_month_and_no_more(counter: Counter) -> None:
    counter.set(settings.REDEMPTIONS_A_MONTH, 1)
    counter.redeem("王秀兰", {"洗衣皂": 1})

    with pytest.raises(BeyondLimit, match="每月最多兑换 1 次，本月已经兑换 1 次，12 月 1 日起"):
        counter.redeem("王秀兰", {"洗衣皂": 1})


def test_a_proxy_stands_on_the_slip_with_the_relation(counter: Counter) -> None:
    slip = counter.redeem("王秀兰", {"洗衣皂": 1}, proxy="王磊", proxy_relation="儿子")

    assert slip.proxy_words == "王磊（儿子）"
    with pytest.raises(DomainError, match="代领人 王磊 和本人的关系"):
        counter.redeem("王秀兰", {"洗衣皂": 1}, proxy="王磊")


def test_taking_back_returns_points_and_goods_together(counter: Counter) -> None:
    slip = counter.redeem("王秀兰", {"洗衣液": 1, "香油": 2})
    counter.take_back(slip)

    assert counter.balance("王秀兰") == 126
    assert (counter.on_hand("洗衣液"), counter.on_hand("香油")) == (12, 2)
    with counter.database.reading() as session:
        available = points_book.available(session, counter.shop.accounts["王秀兰"], TODAY)
        assert available.points == 126
        assert redemptions.slip(session, slip.id).taken_back_at == NOW


def test_the_points_of_a_redemption_do_not_come_back_without_its_goods(counter: Counter) -> None:
    slip = counter.redeem("王秀兰", {"洗衣液": 1})
    with counter.database.reading() as session:
        line = session.scalars(
            select(PointsEntry.id).where(PointsEntry.redemption_id == slip.id)
        ).one()

    with (
        pytest.raises(DomainError, match="请撤销这次兑换，积分和物品一起退回"),
        counter.database.transaction("冲正") as session,
    ):
        points_book.reverse(session, line, reason="退分", now=NOW)


def test_what_was_taken_back_cannot_be_taken_back_again(counter: Counter) -> None:
    slip = counter.redeem("王秀兰", {"洗衣皂": 1})
    counter.take_back(slip)

    with pytest.raises(DomainError, match="已经撤销过"):
        counter.take_back(slip)
    assert counter.balance("王秀兰") == 126


def test_taking_back_wants_a_reason_and_the_slip_as_it_is_now(counter: Counter) -> None:
    slip = counter.redeem("王秀兰", {"洗衣皂": 1})

    with pytest.raises(DomainError, match="撤销的原因"):
        counter.take_back(slip, reason="  ")
    with counter.database.transaction("x") as session, pytest.raises(ChangedMeanwhile):
        redemptions.take_back(session, slip.id, reason="拿错", version=slip.version + 1, now=NOW)


def test_the_shop_takes_back_what_is_of_today_and_a_reviewer_what_is_older(
    counter: Counter,
) -> None:
    slip = counter.redeem("王秀兰", {"洗衣皂": 1})
    today = counter.redeem("李强", {"洗衣皂": 1})
    counter.database.act_as(actor("孙丽", "积分超市"))

    with pytest.raises(NotAllowed):
        counter.take_back(slip, now=NOW + timedelta(days=1))
    counter.take_back(today)

    counter.database.act_as(actor("王书记", "书记"))
    counter.take_back(slip, now=NOW + timedelta(days=1))
    assert counter.balance("王秀兰") == 126


def test_whoever_may_only_read_redeems_nothing(counter: Counter) -> None:
    counter.database.act_as(actor("赵静", "只读"))

    with pytest.raises(NotAllowed):
        counter.redeem("王秀兰", {"洗衣皂": 1})


def test_spending_points_leaves_the_hours_alone(counter: Counter) -> None:
    counter.take_back(counter.redeem("王秀兰", {"洗衣皂": 1}))

    assert counter.count(HourEntry) == [0]


def test_what_is_put_aside_nobody_else_gets_and_its_owner_does(counter: Counter) -> None:
    counter.reserve("张桂芳", "香油", 2, TODAY + timedelta(days=7))

    with pytest.raises(NotInStock):
        counter.redeem("王秀兰", {"香油": 1})
    with counter.database.transaction("记分") as session:
        earn(session, counter.shop.accounts["张桂芳"], 50)
    slip = counter.redeem("张桂芳", {"香油": 2})

    with counter.database.reading() as session:
        assert reservations.waiting(session, TODAY) == []
    counter.take_back(slip)
    with counter.database.reading() as session:
        [again] = reservations.waiting(session, TODAY)
        assert (again.name, again.goods, again.quantity) == ("张桂芳", "香油 220 ml", 2)


def test_what_was_not_collected_in_time_is_free_again(counter: Counter) -> None:
    counter.reserve("张桂芳", "香油", 2, TODAY)

    assert counter.redeem("王秀兰", {"香油": 1}, now=NOW + timedelta(days=1)).points == 22


def test_a_reservation_lasts_two_months_at_most_and_never_ends_in_the_past(
    counter: Counter,
) -> None:
    for until in (TODAY - timedelta(days=1), TODAY + timedelta(days=61)):
        with pytest.raises(DomainError, match="在今天到 60 天之内"):
            counter.reserve("王秀兰", "洗衣皂", 1, until)
    counter.reserve("王秀兰", "洗衣皂", 1, TODAY + timedelta(days=60))


def test_on_its_last_day_a_reservation_still_waits_and_is_collected_one_by_one(
    counter: Counter,
) -> None:
    for _ in range(2):
        counter.reserve("王秀兰", "洗衣皂", 1, TODAY)

    def waiting(today: date) -> list[tuple[int, bool]]:
        with counter.database.reading() as session:
            found = reservations.waiting(session, today)
            return [(one.quantity, one.gone) for one in found]

    assert waiting(TODAY) == [(1, False), (1, False)]
    assert waiting(TODAY + timedelta(days=1)) == [(1, True), (1, True)]
    mine = counter.shop.accounts["王秀兰"]
    with counter.database.lookup() as lookup:
        assert reservations.kept_for(lookup, mine, TODAY) == {counter.shop.goods["洗衣皂"]: 2}
    slip = counter.redeem("王秀兰", {"洗衣皂": 1})
    assert waiting(TODAY) == [(1, False)]
    counter.take_back(slip)
    assert waiting(TODAY) == [(1, False), (1, False)]
    late = counter.redeem("王秀兰", {"洗衣皂": 1})
    with counter.database.transaction("撤销") as session:
        version, later = late.version, NOW + timedelta(days=1)
        redemptions.take_back(session, late.id, reason="错", version=version, now=later)
    assert waiting(TODAY + timedelta(days=1)) == [(1, True)]
    tomorrow = TODAY + timedelta(days=1)
    counter.reserve("王秀兰", "洗衣皂", 1, tomorrow)
    assert waiting(tomorrow) == [(1, True), (1, False)]
    counter.redeem("王秀兰", {"洗衣皂": 1}, now=NOW + timedelta(days=1))
    assert waiting(tomorrow) == [(1, True)]


def test_what_is_kept_for_somebody_but_is_not_there_any_more_is_not_handed_out(
    counter: Counter,
) -> None:
    counter.reserve("王秀兰", "香油", 2)
    oil = counter.shop.goods["香油"]
    with counter.database.transaction("报损") as session:
        stock.spoil(session, oil, 1, reason="破损", on_date=TODAY, now=NOW)
    with pytest.raises(NotInStock, match="只有 1 瓶"):
        counter.redeem("王秀兰", {"香油": 2})


def test_a_reservation_is_given_up_once(counter: Counter) -> None:
    key = counter.reserve("张桂芳", "香油", 2)
    with counter.database.transaction("取消预约") as session:
        reservations.cancel(session, key, version=1)

    with (
        counter.database.transaction("再取消") as session,
        pytest.raises(DomainError, match="已经领取或取消"),
    ):
        reservations.cancel(session, key, version=1)
    assert counter.redeem("王秀兰", {"香油": 2}).points == 44


def test_more_than_is_free_cannot_be_put_aside(counter: Counter) -> None:
    counter.reserve("张桂芳", "香油", 1)

    with pytest.raises(NotInStock, match="只有 1 瓶"):
        counter.reserve("王秀兰", "香油", 2)


def test_a_held_basket_waits_until_it_is_taken_up_by_one(counter: Counter) -> None:
    shop = counter.shop
    lines = ((shop.goods["洗衣皂"], 2),)
    with counter.database.transaction("挂单") as session:
        key = held_baskets.hold(
            session,
            shop.accounts["王秀兰"],
            shop.people["王秀兰"],
            lines,
            now=NOW,
            proxy="王磊",
            reason="住院",
        )

    with counter.database.reading() as session:
        [waits] = held_baskets.waiting(session)
        assert (waits.name, waits.lines) == ("王秀兰", lines)
        assert (waits.proxy, waits.reason) == ("王磊", "住院")
    with counter.database.transaction("取单") as session:
        assert held_baskets.resume(session, key).resident_id == shop.people["王秀兰"]
    with (
        counter.database.transaction("再取单") as session,
        pytest.raises(DomainError, match="已经被取走"),
    ):
        held_baskets.resume(session, key)
    assert (counter.balance("王秀兰"), counter.on_hand("洗衣皂")) == (126, 40)


def test_the_file_itself_refuses_what_would_go_below_zero(counter: Counter) -> None:
    """Should a service ever forget to ask."""
    refused = pytest.raises(IntegrityError, match="not_below_zero")
    with refused, counter.database.transaction("坏") as session:
        session.get_one(PointsBalance, counter.shop.accounts["张桂芳"]).balance = -1
    with refused, counter.database.transaction("坏") as session:
        session.get_one(StockLevel, counter.shop.goods["香油"]).on_hand = -1


def test_the_last_slip_of_a_clerk_is_found_for_another_print(counter: Counter) -> None:
    first = counter.redeem("王秀兰", {"洗衣皂": 1})
    second = counter.redeem("李强", {"洗衣皂": 1})
    with counter.database.lookup() as lookup:
        assert redemption_slips.last_of(lookup, TODAY, "王书记") == second.id
        assert redemption_slips.last_of(lookup, TODAY, "孙丽") is None
        assert redemption_slips.by_number(lookup, first.number.lower()) == first.id
        assert redemption_slips.of_day(lookup, TODAY) == (2, 24)

    counter.take_back(second)
    with counter.database.lookup() as lookup:
        assert redemption_slips.last_of(lookup, TODAY, "王书记") == first.id
        assert redemption_slips.of_day(lookup, TODAY) == (1, 12)
