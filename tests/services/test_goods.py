"""商品: found by barcode, number and pinyin; kept with numbers and barcodes that are one's own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import (
    PointsAccount,
    Reservation,
    ReservationState,
    Resident,
    StockEntry,
    StockKind,
    StockLevel,
)
from app.services import goods, goods_keeping, history, steps, stock
from app.services.goods import GoodsView
from app.services.goods_keeping import GoodsInput
from app.services.stock import NotInStock, StockMove
from app.storage.engine import Database
from app.values.rights import DEFAULTS, SHOP, SOCIAL_WORKER, Actor, Right
from tests.services.conftest import Clerk
from tests.services.shop import SOAP_CODE, add_goods, bring_in, on_hand
from tests.storage.offices import CLOCK, furnish


@dataclass
class Shop:
    """洗衣液 (60 there), 香皂 with a barcode (30), 洗手液 that ran out, 毛巾 off the shelf."""

    clerk: Clerk
    liquid: int
    soap: int
    hands: int
    towel: int

    def find(self, typed: str) -> list[GoodsView]:
        return list(self.clerk.look_up(lambda look: goods.find(look, typed, self.clerk.today)))

    def names(self, typed: str) -> list[str]:
        return [one.name for one in self.find(typed)]

    def view(self, goods_id: int) -> GoodsView:
        seen: GoodsView = self.clerk.look_up(
            lambda look: goods.view(look, goods_id, self.clerk.today)
        )
        return seen

    def move(self, kind: StockKind, quantity: int, goods_id: int | None = None) -> int:
        entered = StockMove(goods_id or self.soap, kind, quantity, self.clerk.today)
        return int(self.clerk.do("记库存", lambda s: stock.move(s, entered, now=self.clerk.now)))

    def change(self, goods_id: int, **fields: object) -> None:
        def act(session: Session) -> None:
            entered, version = goods_keeping.input_of(session, goods_id)
            changed = replace(entered, **fields)
            goods_keeping.change(session, goods_id, changed, version=version)

        self.clerk.do("修改商品", act)


def _stock_up(database: Database) -> tuple[int, int, int, int]:
    now, today = CLOCK.now(), CLOCK.today()
    liquid = add_goods(database, "洗衣液", 40, spec="1 千克", unit="瓶", low_at=5)
    soap = add_goods(database, "香皂", 12, barcode=SOAP_CODE, unit="块", limit=2)
    hands = add_goods(database, "洗手液", 20, unit="瓶")
    towel = add_goods(database, "毛巾", 15, unit="条", on_shelf=False)
    for one, quantity in ((liquid, 60), (soap, 30), (towel, 4)):
        bring_in(database, one, quantity, now, today)
    return liquid, soap, hands, towel


@pytest.fixture
def shop(clerk: Clerk) -> Shop:
    return Shop(clerk, *furnish(clerk.database, _stock_up))


def test_an_article_is_found_by_barcode_number_pinyin_and_part_of_its_name(shop: Shop) -> None:
    assert shop.names(SOAP_CODE) == ["香皂"]
    assert shop.names("0001") == ["洗衣液"]
    assert shop.view(shop.liquid).label_code == "SP0001"
    assert shop.names("sp0001") == ["洗衣液"]
    assert shop.view(shop.soap).label_code == SOAP_CODE
    assert shop.names("xyy") == ["洗衣液"]
    assert shop.names("xiangz") == ["香皂"]
    assert shop.names("皂") == ["香皂"]
    assert shop.names("zz") == []
    assert shop.names("  ") == []


def test_what_has_run_out_is_listed_last_and_what_is_off_the_shelf_not_at_all(shop: Shop) -> None:
    assert shop.names("x") == ["洗衣液", "香皂", "洗手液"]
    assert shop.find("洗手液")[0].free == 0
    assert shop.names("mj") == []
    assert shop.view(shop.towel).on_hand == 4
    assert not shop.view(shop.liquid).low
    shop.change(shop.liquid, low_at=60)
    assert shop.view(shop.liquid).low


def test_what_is_put_aside_is_there_but_not_free_until_its_day_is_over(shop: Shop) -> None:
    def put(session: Session) -> None:
        person = Resident(name="王秀兰", name_order="wang", document_kind="none")
        session.add(person)
        session.flush()
        account = PointsAccount(resident_id=person.id, opened_on=shop.clerk.today)
        session.add(account)
        session.flush()
        for until, state in (
            (shop.clerk.today, ReservationState.WAITING),
            (shop.clerk.today - timedelta(days=1), ReservationState.WAITING),
            (shop.clerk.today, ReservationState.CANCELLED),
        ):
            session.add(
                Reservation(
                    account_id=account.id,
                    goods_id=shop.soap,
                    quantity=3,
                    made_on=shop.clerk.today,
                    until=until,
                    state=state,
                )
            )

    shop.clerk.do("预约", put)
    seen = shop.view(shop.soap)
    assert (seen.on_hand, seen.free) == (30, 27)


def test_more_than_is_there_does_not_go_out_and_nothing_is_booked(shop: Shop) -> None:
    with pytest.raises(NotInStock, match=r"“香皂”只有 30 块，要出 31 块") as refused:
        shop.move(StockKind.REDEEMED, -31)
    assert (refused.value.wanted, refused.value.on_hand) == (31, 30)
    shop.move(StockKind.REDEEMED, -30)
    with pytest.raises(NotInStock, match="“香皂”已经没有了"):
        shop.move(StockKind.REDEEMED, -1)
    assert on_hand(shop.clerk.database, shop.soap) == 0


def test_every_line_keeps_what_was_there_after_it(shop: Shop) -> None:
    shop.move(StockKind.REDEEMED, -2)
    shop.move(StockKind.TAKEN_BACK, 2)
    shop.move(StockKind.REDEEMED, -5)
    lines = shop.clerk.see(
        lambda s: [
            (one.quantity, one.on_hand)
            for one in s.query(StockEntry).filter_by(goods_id=shop.soap).order_by(StockEntry.id)
        ]
    )
    assert lines == [(30, 30), (-2, 28), (2, 30), (-5, 25)]


def test_a_line_of_the_ledger_is_met_once_by_its_opposite_and_never_undone(shop: Shop) -> None:
    spoiled = shop.clerk.do(
        "报损",
        lambda s: stock.spoil(
            s, shop.soap, 4, reason="过期", on_date=shop.clerk.today, now=shop.clerk.now
        ),
    )
    step = shop.clerk.see(lambda s: steps.Steps().page(s)[0])
    assert not step.undoable
    assert "冲正" in step.note
    act = lambda s: stock.reverse(s, spoiled, reason="数错了", now=shop.clerk.now)  # noqa: E731
    back = shop.clerk.do("冲正", act)
    assert on_hand(shop.clerk.database, shop.soap) == 30
    with pytest.raises(DomainError, match="已经冲正过"):
        shop.clerk.do("冲正", act)
    with pytest.raises(DomainError, match="本身就是冲正"):
        shop.clerk.do("冲正", lambda s: stock.reverse(s, back, reason="又错", now=shop.clerk.now))


def test_what_went_over_the_counter_is_taken_back_there_and_not_met_alone(shop: Shop) -> None:
    line = shop.move(StockKind.REDEEMED, -2)
    with pytest.raises(DomainError, match="到柜台撤销"):
        shop.clerk.do("冲正", lambda s: stock.reverse(s, line, reason="错", now=shop.clerk.now))


def test_what_came_in_is_not_met_when_it_is_no_longer_there(shop: Shop) -> None:
    came = shop.move(StockKind.RECEIVED, 10)
    shop.move(StockKind.REDEEMED, -35)
    with pytest.raises(NotInStock):
        shop.clerk.do("冲正", lambda s: stock.reverse(s, came, reason="错", now=shop.clerk.now))


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda s, shop: _spoil(s, shop, reason=" "), "写明报损的原因"),
        (lambda s, shop: _spoil(s, shop, quantity=0), "至少是 1"),
        (lambda s, shop: _spoil(s, shop, days=1), "还没有到"),
        (lambda s, shop: stock.reverse(s, 1, reason="", now=shop.clerk.now), "冲正的原因"),
    ],
)
def test_what_cannot_be_booked_is_refused_in_words(
    shop: Shop, act: Callable[..., None], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        shop.clerk.do("记库存", lambda s: act(s, shop))


def _spoil(
    session: Session, shop: Shop, quantity: int = 1, reason: str = "破", days: int = 0
) -> int:
    on = shop.clerk.today + timedelta(days=days)
    return stock.spoil(session, shop.soap, quantity, reason=reason, on_date=on, now=shop.clerk.now)


def test_the_file_itself_refuses_to_go_below_zero(shop: Shop) -> None:
    def cheat(session: Session) -> None:
        session.get_one(StockLevel, shop.soap).on_hand = -1

    with pytest.raises(IntegrityError, match="not_below_zero"):
        shop.clerk.do("改库存", cheat)
    assert on_hand(shop.clerk.database, shop.soap) == 30


def test_numbers_follow_one_another_and_one_that_was_given_stays_given(shop: Shop) -> None:
    assert [shop.view(one).number for one in (shop.liquid, shop.towel)] == ["0001", "0004"]
    new = add_goods(shop.clerk.database, "纸巾", 8)
    assert shop.view(new).number == "0005"
    version = shop.view(new).version
    shop.clerk.do(
        "删除", lambda s: goods_keeping.remove(s, new, version=version, now=shop.clerk.now)
    )
    with pytest.raises(DomainError, match=r"货号 0005 已经给了“纸巾”，它在回收站里"):
        add_goods(shop.clerk.database, "抽纸", 8, number="5")
    assert shop.view(add_goods(shop.clerk.database, "抽纸", 8)).number == "0006"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"barcode": SOAP_CODE}, "已经是“香皂”（0002）的"),
        ({"barcode": "6901234567893"}, "最后一位对不上"),
        ({"barcode": "条码"}, "只能有数字"),
        ({"number": "0002"}, "货号 0002 已经给了“香皂”"),
        ({"number": "A-7"}, "货号“A-7”只能有数字"),
        ({"points": 0}, "单价要在 1 到"),
        ({"low_at": -1}, "低库存线"),
        ({"limit": 0}, "每人限兑"),
        ({"name": "  "}, "请填写品名"),
        ({"name": "很" * 31}, "品名太长"),
        ({"unit": "桶"}, "单位不能再改"),
    ],
)
def test_a_fault_of_an_article_is_named(
    shop: Shop, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        shop.change(shop.liquid, **fields)


def test_two_who_change_an_article_do_not_overwrite_each_other(shop: Shop) -> None:
    entered, version = shop.clerk.see(lambda s: goods_keeping.input_of(s, shop.soap))
    shop.change(shop.soap, points=13)
    with pytest.raises(ChangedMeanwhile):
        shop.clerk.do(
            "修改", lambda s: goods_keeping.change(s, shop.soap, entered, version=version)
        )


def test_an_article_of_which_some_is_there_is_not_deleted(shop: Shop) -> None:
    with pytest.raises(DomainError, match=r"还有 30 块，不能删除.*下架"):
        shop.clerk.do(
            "删除", lambda s: goods_keeping.remove(s, shop.soap, version=1, now=shop.clerk.now)
        )


def test_off_the_shelf_and_on_again(shop: Shop) -> None:
    off = shop.clerk.do(
        "下架", lambda s: goods_keeping.set_on_shelf(s, [shop.soap, shop.towel], on_shelf=False)
    )
    assert off == 1
    assert shop.names("xz") == []
    shop.clerk.undo_last()
    assert shop.names("xz") == ["香皂"]


def test_only_who_keeps_the_stock_changes_it_and_the_counter_only_hands_out(shop: Shop) -> None:
    actor = Actor("小周", SHOP, DEFAULTS[SHOP] - {Right.KEEP_STOCK})
    shop.clerk.database.act_as(actor)
    with pytest.raises(NotAllowed):
        shop.move(StockKind.RECEIVED, 1)
    with pytest.raises(NotAllowed):
        add_goods(shop.clerk.database, "纸巾", 8)
    shop.move(StockKind.REDEEMED, -1)
    assert Right.KEEP_STOCK in DEFAULTS[SOCIAL_WORKER]
    assert on_hand(shop.clerk.database, shop.soap) == 29


def test_limits_are_said_in_words(shop: Shop) -> None:
    assert shop.view(shop.soap).limit_words == "每月限 2 块"
    assert shop.view(shop.liquid).limit_words == ""
    assert GoodsInput(name="香皂", points=1).limit is None


def test_an_article_that_has_moved_stays_when_its_making_is_undone_and_that_is_said(
    shop: Shop,
) -> None:
    made = shop.clerk.see(
        lambda s: next(one for one in steps.Steps().page(s) if one.sentence == "新增商品 香皂")
    )
    undone = shop.clerk.do(f"撤销：{made.sentence}", lambda s: history.undo(s, made.id))
    assert [one.name for one in undone.kept] == ["香皂"]
    assert shop.view(shop.soap).on_hand == 30


def test_an_article_with_a_picture_goes_when_its_making_is_undone(shop: Shop) -> None:
    new = add_goods(shop.clerk.database, "纸巾", 8)
    picture = b"\xff\xd8picture"
    shop.clerk.do("照片", lambda s: goods_keeping.set_photo(s, new, picture))
    made = shop.clerk.see(
        lambda s: next(one for one in steps.Steps().page(s) if one.sentence == "新增商品 纸巾")
    )
    undone = shop.clerk.do(f"撤销：{made.sentence}", lambda s: history.undo(s, made.id))
    assert undone.kept == ()
    assert shop.clerk.see(lambda s: goods_keeping.photo(s, new)) is None
