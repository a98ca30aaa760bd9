"""入库, 盘点, 库存流水: what came in, what was counted, and the book of it all."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import PointsMonth, ReceiptKind, StockEntry, StockKind, StockReceipt
from app.services import (
    erasing_contacts,
    receipt_views,
    receipts,
    retention,
    stock,
    stock_views,
    stocktakes,
)
from app.services.receipt_views import ReceiptFilter, ReceiptView
from app.services.receipts import ReceiptFacts, ReceiptLine
from app.services.stock import NotInStock, StockMove
from app.services.stock_views import StockFilter, Turnover
from app.services.stocktakes import CountRow, StocktakeView
from app.storage import journal
from app.storage.engine import Database
from tests.services.conftest import Clerk
from tests.services.shop import add_goods, bring_in, on_hand
from tests.services.test_erasing import found_in
from tests.storage.offices import CLOCK, furnish

FACTS = ReceiptFacts(giver="海湾超市", voucher="0012345")


class Shop:
    """Two articles: soap (香皂) and rice (大米), of which the shop bought 30 and 5 today."""

    def __init__(self, clerk: Clerk, ids: tuple[int, int, int]) -> None:
        self.clerk = clerk
        self.soap, self.rice, self.first = ids

    def receive(self, *lines: ReceiptLine, **more: Any) -> int:
        more = {"kind": ReceiptKind.PURCHASE, "facts": FACTS, "on_date": self.clerk.today, **more}
        return int(
            self.clerk.do(
                "入库", lambda s: receipts.add(s, lines=lines, now=self.clerk.now, **more)
            )
        )

    def receipt(self, receipt_id: int) -> ReceiptView:
        found: ReceiptView = self.clerk.look_up(lambda s: receipt_views.receipt(s, receipt_id))
        return found

    def numbers(self, **chosen: Any) -> list[str]:
        ids = self.clerk.look_up(lambda s: receipt_views.list_ids(s, ReceiptFilter(**chosen)))
        return [one.number for one in self.clerk.look_up(lambda s: receipt_views.rows(s, ids))]

    def hand_out(self, quantity: int) -> None:
        move = StockMove(self.soap, StockKind.REDEEMED, -quantity, self.clerk.today)
        self.clerk.do("兑换", lambda s: stock.move(s, move, now=self.clerk.now))

    def begin(self) -> int:
        return int(self.clerk.do("盘点", lambda s: stocktakes.begin(s, now=self.clerk.now)))

    def count(self, stocktake: int, goods_id: int, counted: int, reason: str = "") -> int:
        act = lambda s: stocktakes.count(s, stocktake, goods_id, counted, reason=reason)  # noqa: E731
        return int(self.clerk.do("录实盘数", act))

    def close(self, stocktake: int, version: int = 1) -> int:
        act = lambda s: stocktakes.close(s, stocktake, version=version, now=self.clerk.now)  # noqa: E731
        return int(self.clerk.do("完成盘点", act))

    def row(self, stocktake: int, goods_id: int) -> CountRow:
        rows = self.clerk.look_up(lambda s: stocktakes.rows(s, stocktake))
        found: CountRow = next(one for one in rows if one.goods_id == goods_id)
        return found

    def stocktake(self) -> StocktakeView:
        found: StocktakeView = self.clerk.look_up(stocktakes.stocktakes)[0]
        return found

    def there(self, goods_id: int) -> int:
        return on_hand(self.clerk.database, goods_id)


def _open_shop(database: Database) -> tuple[int, int, int]:
    soap = add_goods(database, "香皂", 12, unit="块")
    rice = add_goods(database, "大米", 60, unit="袋", spec="5 千克")
    lines = (ReceiptLine(soap, 30, 350), ReceiptLine(rice, 5, 2980))
    with database.transaction("入库") as session:
        first = receipts.add(
            session,
            ReceiptKind.PURCHASE,
            FACTS,
            lines,
            on_date=CLOCK.today(),
            now=CLOCK.now(),
        )
    return soap, rice, first


@pytest.fixture
def shop(clerk: Clerk) -> Shop:
    return Shop(clerk, furnish(clerk.database, _open_shop))


def test_a_receipt_of_several_articles_has_a_number_and_its_sum(shop: Shop) -> None:
    seen = shop.receipt(shop.first)
    assert seen.number == "RK-20261121-01"
    assert seen.words == "香皂 30 块、大米 5 袋"
    assert (seen.pieces, seen.cost) == (35, 30 * 350 + 5 * 2980)
    again = shop.receive(ReceiptLine(shop.soap, 1))
    assert shop.receipt(again).number == "RK-20261121-02"
    assert shop.receipt(again).cost is None
    assert (shop.there(shop.soap), shop.there(shop.rice)) == (31, 5)


def test_the_hundredth_receipt_of_a_day_follows_the_ninety_ninth(shop: Shop) -> None:
    def renumber(session: Session) -> None:
        session.get_one(StockReceipt, shop.first).number = "RK-20261121-99"

    shop.clerk.do("改号", renumber)
    numbers = [shop.receipt(shop.receive(ReceiptLine(shop.soap, 1))).number for _ in range(2)]
    assert numbers == ["RK-20261121-100", "RK-20261121-101"]


def test_of_a_receipt_with_one_bad_line_nothing_is_booked(shop: Shop) -> None:
    with pytest.raises(DomainError, match="“大米”的数量"):
        shop.receive(ReceiptLine(shop.soap, 9), ReceiptLine(shop.rice, 0))
    assert shop.there(shop.soap) == 30
    assert len(shop.numbers()) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"lines": ()}, "还没有写入库的商品"),
        ({"facts": ReceiptFacts()}, "写明是谁供货"),
        ({"days": 1}, "还没有到"),
        ({"days": -800}, "前年以前的"),
        ({"twice": True}, "写了两行"),
        ({"cost": -1}, "进价不对"),
    ],
)
def test_a_fault_of_a_receipt_is_named(shop: Shop, change: dict[str, Any], sentence: str) -> None:
    line = ReceiptLine(shop.soap, 1, change.get("cost"))
    lines = change.get("lines", (line, line) if change.get("twice") else (line,))
    on = shop.clerk.today + timedelta(days=change.get("days", 0))
    with pytest.raises(DomainError, match=sentence):
        shop.receive(*lines, facts=change.get("facts", FACTS), on_date=on)


def test_a_month_that_is_closed_takes_no_receipt(shop: Shop) -> None:
    closed = PointsMonth(
        month=202610,
        opening=0,
        earned=0,
        spent=0,
        closing=0,
        accounts=0,
        closed_at=shop.clerk.now,
    )
    shop.clerk.do("月结", lambda s: s.add(closed))
    october = shop.clerk.today.replace(month=10)
    with pytest.raises(DomainError, match="2026 年 10 月已经月结"):
        shop.receive(ReceiptLine(shop.soap, 1), on_date=october)
    # A clock that ran ahead may have closed the present month, too.
    shop.clerk.do("时钟快了", lambda s: setattr(s.get_one(PointsMonth, 1), "month", 202611))
    shop.receive(ReceiptLine(shop.soap, 1))
    shop.clerk.do("校准", lambda s: setattr(s.get_one(PointsMonth, 1), "month", 202610))
    spoilt = {"reason": "过期", "on_date": october, "now": shop.clerk.now}
    with pytest.raises(DomainError, match="2026 年 10 月已经月结"):
        shop.clerk.do("报损", lambda s: stock.spoil(s, shop.soap, 1, **spoilt))


def test_a_whole_receipt_is_met_by_counter_entries_unless_some_has_gone_out(shop: Shop) -> None:
    shop.hand_out(1)
    act = lambda s: receipts.reverse(  # noqa: E731
        s, shop.first, reason="录重了", version=1, now=shop.clerk.now
    )
    with pytest.raises(NotInStock, match="香皂"):
        shop.clerk.do("冲正", act)
    assert shop.there(shop.rice) == 5
    shop.receive(ReceiptLine(shop.soap, 1))
    assert shop.clerk.do("冲正", act) == 2
    assert (shop.there(shop.soap), shop.there(shop.rice)) == (0, 0)
    seen = shop.receipt(shop.first)
    assert (seen.standing, seen.pieces, seen.words) == ((), 0, "香皂 30 块、大米 5 袋")
    worth = func.sum(StockEntry.quantity * StockEntry.cost)
    assert shop.clerk.see(lambda s: s.scalar(select(worth))) == 0
    with pytest.raises(DomainError, match="已经全部冲正"):
        shop.clerk.do("冲正", act)


def test_the_head_of_a_receipt_can_be_corrected_by_one_at_a_time(shop: Shop) -> None:
    facts, version = shop.clerk.see(lambda s: receipts.facts_of(s, shop.first))
    better = replace(facts, giver="海湾路超市")
    act = lambda s: receipts.correct(s, shop.first, better, version=version)  # noqa: E731
    shop.clerk.do("修改入库单", act)
    assert shop.receipt(shop.first).giver == "海湾路超市"
    with pytest.raises(ChangedMeanwhile):
        shop.clerk.do("修改入库单", act)


def test_thanks_go_to_donors_only(shop: Shop) -> None:
    given = shop.receive(ReceiptLine(shop.rice, 2), kind=ReceiptKind.DONATION)
    today = shop.clerk.today
    shop.clerk.do("感谢信", lambda s: receipts.note_thanked(s, given, on=today))
    assert shop.receipt(given).thanked_on == today
    with pytest.raises(DomainError, match="只有捐赠"):
        shop.clerk.do("感谢信", lambda s: receipts.note_thanked(s, shop.first, on=today))


def test_receipts_are_found_by_giver_voucher_article_and_kind(shop: Shop) -> None:
    shop.receive(ReceiptLine(shop.rice, 2), kind=ReceiptKind.DONATION)
    assert shop.numbers() == ["RK-20261121-02", "RK-20261121-01"]
    assert shop.numbers(text="香皂") == ["RK-20261121-01"]
    assert shop.numbers(text="0012345", kind=ReceiptKind.DONATION) == ["RK-20261121-02"]
    assert shop.numbers(until=shop.clerk.today - timedelta(days=1)) == []


def test_a_count_is_compared_with_the_book_of_its_moment_and_handing_out_goes_on(
    shop: Shop,
) -> None:
    taking = shop.begin()
    assert shop.count(taking, shop.soap, 28, "破损") == -2
    shop.hand_out(10)
    assert shop.row(taking, shop.soap).difference == -2
    assert shop.close(taking) == 1
    assert shop.there(shop.soap) == 18
    assert shop.there(shop.rice) == 5
    seen = shop.stocktake()
    assert (seen.counted, seen.differing, seen.over, seen.missing) == (1, 1, 0, 2)
    assert not seen.open


def test_what_was_counted_and_then_handed_out_is_counted_again(shop: Shop) -> None:
    taking = shop.begin()
    shop.count(taking, shop.soap, 0, "找不到")
    shop.hand_out(1)
    with pytest.raises(DomainError, match="“香皂”数过以后又兑换出去了"):
        shop.close(taking)
    assert shop.there(shop.soap) == 29
    shop.count(taking, shop.soap, 28, "破损")
    shop.close(taking)
    assert shop.there(shop.soap) == 28


def test_what_is_off_the_shelf_is_counted_while_some_of_it_is_there(shop: Shop) -> None:
    gone = add_goods(shop.clerk.database, "毛巾", 15, on_shelf=False)
    there = add_goods(shop.clerk.database, "脸盆", 15, on_shelf=False)
    bring_in(shop.clerk.database, there, 1, shop.clerk.now, shop.clerk.today)
    taking = shop.begin()
    rows = shop.clerk.look_up(lambda s: stocktakes.rows(s, taking))
    assert [one.goods_id for one in rows] == [shop.soap, shop.rice, there]
    assert gone not in [one.goods_id for one in rows]


def test_an_article_that_is_counted_again_has_its_last_count(shop: Shop) -> None:
    taking = shop.begin()
    shop.count(taking, shop.soap, 3)
    shop.hand_out(1)
    assert shop.count(taking, shop.soap, 29) == 0
    shop.clerk.do("取消", lambda s: stocktakes.uncount(s, taking, shop.soap))
    assert shop.row(taking, shop.soap).counted is None


def test_a_stocktaking_does_not_end_without_counts_or_without_a_reason(shop: Shop) -> None:
    taking = shop.begin()
    with pytest.raises(DomainError, match="还没有录入"):
        shop.close(taking)
    shop.count(taking, shop.soap, 29)
    with pytest.raises(DomainError, match="“香皂”账实不符"):
        shop.close(taking)
    with pytest.raises(DomainError, match="0 到 99,999 之间"):
        shop.count(taking, shop.soap, 100_000)
    shop.count(taking, shop.soap, 29, "丢失")
    shop.close(taking)
    with pytest.raises(DomainError, match="已经完成"):
        shop.count(taking, shop.soap, 30)


def test_only_one_stocktaking_is_open_and_it_can_be_given_up(shop: Shop) -> None:
    taking = shop.begin()
    shop.count(taking, shop.soap, 0, "全丢了")
    with pytest.raises(DomainError, match="还没有完成"):
        shop.begin()
    shop.clerk.do("放弃", lambda s: stocktakes.give_up(s, taking, version=1))
    assert shop.there(shop.soap) == 30
    shop.begin()


def test_the_ledger_is_filtered_and_its_sums_are_of_the_filter(shop: Shop) -> None:
    shop.hand_out(4)
    chosen = StockFilter(goods_id=shop.soap)
    lines = shop.clerk.look_up(lambda s: stock_views.rows(s, stock_views.list_ids(s, chosen)))
    assert [(one.kind, one.quantity, one.on_hand) for one in lines] == [
        (StockKind.REDEEMED, -4, 26),
        (StockKind.RECEIVED, 30, 30),
    ]
    assert lines[1].paper == "RK-20261121-01"
    sums = shop.clerk.look_up(lambda s: stock_views.sums(s, chosen))
    assert (sums.lines, sums.came, sums.went) == (2, 30, 4)
    said = shop.clerk.look_up(
        lambda s: stock_views.sentence(s, StockFilter(goods_id=shop.soap, text="RK"))
    )
    assert said == "香皂，查找“RK”"


def test_what_was_there_and_moved_in_a_period_adds_up_for_every_article(shop: Shop) -> None:
    shop.hand_out(4)
    spoiled = shop.clerk.do(
        "报损",
        lambda s: stock.spoil(
            s, shop.soap, 3, reason="过期", on_date=shop.clerk.today, now=shop.clerk.now
        ),
    )
    shop.clerk.do("冲正", lambda s: stock.reverse(s, spoiled, reason="错", now=shop.clerk.now))
    taking = shop.begin()
    shop.count(taking, shop.soap, 25, "丢失")
    shop.close(taking)

    def lines(days: int) -> list[Turnover]:
        since = shop.clerk.today + timedelta(days=days)
        found: list[Turnover] = shop.clerk.look_up(lambda s: stock_views.turnover(s, since, since))
        return found

    soap = lines(0)[0]
    assert (soap.opening, soap.received, soap.redeemed) == (0, 30, 4)
    assert (soap.spoiled, soap.counted, soap.closing) == (0, -1, 25)
    assert lines(-1) == []
    after = lines(1)[0]
    assert (after.opening, after.received, after.closing) == (25, 0, 25)


def test_whom_to_call_about_goods_goes_when_its_time_is_over_and_the_giver_stays(
    shop: Shop,
) -> None:
    facts = replace(FACTS, contact="赵大勇", phone="13611112222", note="找赵大勇卸货")
    made = shop.receive(ReceiptLine(shop.soap, 5), kind=ReceiptKind.DONATION, facts=facts)
    day = shop.clerk.today
    due = day.replace(year=day.year + 3)
    [line] = shop.clerk.see(lambda s: retention.due(s, today=due))
    assert (line.matter, line.id, line.name, line.due_on) == ("联系人", made, "海湾超市", due)
    assert shop.clerk.see(lambda s: retention.due(s, today=due - timedelta(days=1))) == []
    for on in (due - timedelta(days=1), due):
        with nullcontext() if on == due else pytest.raises(DomainError, match="还没有到期"):
            shop.clerk.do(
                "抹去联系人", lambda s, on=on: erasing_contacts.erase_contact(s, made, today=on)
            )
    assert found_in(shop.clerk.database, ("赵大勇", "13611112222")) == set()
    kept = shop.receipt(made)
    assert (kept.giver, kept.contact, kept.note) == ("海湾超市", "", "找已抹去卸货")
    assert shop.clerk.see(lambda s: retention.due(s, today=due)) == []
    assert shop.clerk.see(journal.verify_chain) == []
    with pytest.raises(DomainError, match="没有联系人"):
        shop.clerk.do("再抹", lambda s: erasing_contacts.erase_contact(s, made, today=due))
