"""Papers of the ledger: their sums are those of the book, and a book of an account goes on."""

from typing import Any

import pytest

from app.errors import DomainError
from app.models import EntryKind
from app.reports import passbook, points_register, redemption_register, voucher
from app.services import (
    periods,
    points_accounts,
    points_book,
    points_claims,
    points_filter,
    points_papers,
    points_passbook,
    redemptions,
)
from app.services.papers import Printing
from app.services.points_book import Booking
from app.services.points_filter import Book, LedgerFilter, LineKind, key_of
from app.services.redemptions import Basket
from app.storage.engine import Database
from tests.reports.reading import characters, page_texts, rows, text_by_pdfium
from tests.services.conftest import Clerk
from tests.services.points_stage import Stage, stage_on
from tests.services.shop import add_goods, bring_in
from tests.services.shop_office import NOW, open_shop
from tests.storage.offices import furnish

PRINTING = Printing("赵敏", NOW)
PER_PAGE = passbook.LINES_PER_PAGE


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


# -- the book of an account


def made(stage: Stage, account: int, **more: Any) -> passbook.Passbook:
    found: passbook.Passbook = stage.clerk.see(
        lambda one: points_passbook.paper(one, account, PRINTING, **more)
    )
    return found


def printed(stage: Stage, account: int, **more: Any) -> passbook.Passbook:
    data = made(stage, account, **more)
    stage.do(points_passbook.note_printed, account, data)
    return data


def places(data: passbook.Passbook) -> list[tuple[int, int, int]]:
    """(sheet, first place, lines) of each page."""
    return [(page.number, page.first, len(page.lines)) for page in data.pages]


def test_a_book_goes_on_below_the_last_line_and_turns_the_sheet(stage: Stage) -> None:
    for _ in range(PER_PAGE - 2):
        stage.earn(stage.chen, 1)
    assert places(printed(stage, stage.chen)) == [(1, 0, PER_PAGE - 2)]
    for _ in range(3):
        stage.earn(stage.chen, 1)
    assert places(printed(stage, stage.chen)) == [(1, PER_PAGE - 2, 2), (2, 0, 1)]
    state = stage.clerk.look_up(lambda one: points_passbook.state(one, stage.chen))
    assert (state.waiting, state.page, state.pages, state.goes_on) == (0, 2, 2, True)


def test_a_book_without_new_lines_says_so(stage: Stage) -> None:
    stage.earn(stage.chen, 1)
    printed(stage, stage.chen)
    with pytest.raises(DomainError, match="没有新的"):
        made(stage, stage.chen)


def test_a_lost_sheet_is_printed_again_and_the_book_still_knows_its_end(stage: Stage) -> None:
    for _ in range(PER_PAGE + 3):
        stage.earn(stage.chen, 1)
    printed(stage, stage.chen)
    assert places(printed(stage, stage.chen, from_page=1)) == [(1, 0, PER_PAGE), (2, 0, 3)]
    assert places(made(stage, stage.chen, from_page=2)) == [(2, 0, 3)]
    stage.earn(stage.chen, 7)
    assert places(made(stage, stage.chen)) == [(2, 3, 1)]


def test_a_sheet_that_is_put_back_gets_its_new_lines_only(stage: Stage) -> None:
    stage.earn(stage.chen, 20)
    whole = page_texts(passbook.render(printed(stage, stage.chen)))
    stage.spend(stage.chen, 8)
    (added,) = page_texts(passbook.render(made(stage, stage.chen)))
    assert "积分存折" in whole[0]
    assert "积分存折" not in added
    assert "获得" not in added
    assert "兑换" in added
    assert "12" in added


def test_a_new_line_stands_where_the_whole_sheet_has_it(stage: Stage) -> None:
    stage.earn(stage.chen, 20)
    printed(stage, stage.chen)
    stage.spend(stage.chen, 8)
    added = characters(passbook.render(made(stage, stage.chen)))[0]
    whole = characters(passbook.render(made(stage, stage.chen, from_page=1)))[0]
    spots = {(round(c.x), round(c.top), c.text) for c in whole}
    assert {(round(c.x), round(c.top), c.text) for c in added} <= spots


def test_printing_is_not_an_undoable_change_of_the_account(stage: Stage) -> None:
    stage.earn(stage.chen, 20)
    before = stage.ask("SELECT count(*) FROM change WHERE action = 'updated'")
    printed(stage, stage.chen)
    assert stage.ask("SELECT count(*) FROM change WHERE action = 'updated'") == before
    looks = stage.ask("SELECT table_name FROM change WHERE action = 'printed'")
    assert looks == [("points_account",)]


# -- the registers and the voucher


def test_the_register_has_all_that_was_given_with_its_rate_and_its_sums(stage: Stage) -> None:
    claim = stage.claim(
        stage.wang,
        "志愿服务",
        volunteer_id=stage.volunteers["wang"],
        quantity=200,
        half_hours=4,
        witness="孙丽",
    )
    stage.accept(claim)
    stage.claim(stage.chen, "邻里互助")
    stage.earn(stage.li, 4)
    stage.now(points_accounts.transfer, stage.li, stage.wang, 4, reason="")
    wrong = stage.claim(stage.li, "邻里互助")
    stage.now(points_claims.reverse, wrong, reason="记错了人")
    chosen = LedgerFilter(month=202611)
    data, people = stage.clerk.see(
        lambda one: points_papers.points_register(one, chosen, "2026年11月", PRINTING)
    )
    told = [(one.name, one.kind, one.hours, one.each, one.points, one.note) for one in data.lines]
    assert told == [
        ("王秀兰", "志愿服务", "2.0", "1 分/小时", "2", ""),
        ("陈桂芳", "邻里互助", "", "3 分/次", "3", ""),
        ("李建国", "", "", "", "4", ""),
        ("李建国", "邻里互助", "", "3 分/次", "3", "已冲正"),
        ("李建国", "邻里互助", "", "3 分/次", "-3", "冲正"),
    ]
    counts = stage.clerk.look_up(lambda one: points_filter.counts(one, chosen)).booked
    assert (data.points, data.hours) == ("9", "2.0")
    assert counts.added - counts.taken == 9
    assert len(people) == 3
    assert "合计" in text_by_pdfium(points_register.render(data))


def test_a_register_without_lines_is_not_printed(stage: Stage) -> None:
    stage.earn(stage.chen, 20)
    stage.spend(stage.chen, 5)
    for chosen in (LedgerFilter(month=202601), LedgerFilter(kind=LineKind.REDEEMED)):
        with pytest.raises(DomainError, match="没有可打印的"):
            stage.clerk.see(
                lambda one, chosen=chosen: points_papers.points_register(one, chosen, "", PRINTING)
            )


def test_a_voucher_sums_its_lines(stage: Stage) -> None:
    first, second = stage.earn(stage.chen, 20), stage.earn(stage.wang, 5)
    stage.spend(stage.chen, 8)
    keys = [key_of(Book.ENTRY, one) for one in (first, second, second + 1)]
    data, people = stage.clerk.see(lambda one: points_papers.voucher(one, keys, PRINTING))
    assert (data.added, data.taken, len(people)) == ("25", "8", 2)
    assert [one.balance for one in data.lines] == ["20", "5", "12"]
    text = text_by_pdfium(voucher.render(data))
    assert "积分记账凭证" in text
    assert "复核人" in text


def test_the_register_of_redemptions_has_every_article_and_leaves_out_what_was_taken_back(
    database: Database,
) -> None:
    shop, clerk = furnish(database, open_shop), Clerk(database, NOW)

    def redeem(name: str, key: str, *goods: str, **more: str) -> Any:
        lines = tuple((shop.goods[one], 1) for one in goods)
        basket = Basket(
            account_id=shop.accounts[name],
            resident_id=shop.people[name],
            lines=lines,
            request_key=key,
            **more,
        )
        return clerk.do("兑换", lambda s: redemptions.redeem(s, basket, now=NOW))

    redeem("王秀兰", "1", "洗衣液", "香油", proxy="李强", proxy_relation="子")
    wrong = redeem("李强", "2", "洗衣皂")
    clerk.do(
        "撤销",
        lambda s: redemptions.take_back(
            s, wrong.id, reason="拿错了", version=wrong.version, now=NOW
        ),
    )
    november = periods.month(NOW.date())
    data, people = clerk.see(lambda one: points_papers.redemption_register(one, november, PRINTING))
    told = [(one.name, one.goods, one.points, one.left) for one in data.lines]
    assert told == [
        ("王秀兰（李强 代）", "洗衣液 2 kg", "35", "69"),
        ("", "香油 220 ml", "22", ""),
        ("李强", "洗衣皂 200 g×2", "12", "已撤销"),
    ]
    assert (data.count, data.points) == (1, "57")
    assert people == [shop.people["王秀兰"], shop.people["李强"]]
    printed_rows = rows(characters(redemption_register.render(data))[0])
    assert any("领取人签字" in text for text in printed_rows.values())
    given, _ = clerk.see(
        lambda one: points_papers.points_register(one, LedgerFilter(), "", PRINTING)
    )
    assert [one.points for one in given.lines] == ["126", "88", "20"]
    october = periods.month_before(NOW.date())
    with pytest.raises(DomainError, match="2026年10月没有兑换"):
        clerk.see(lambda one: points_papers.redemption_register(one, october, PRINTING))


def test_of_a_shared_account_the_register_names_for_whom_it_was(stage: Stage) -> None:
    house = stage.clerk.household_of(stage.people["wang"])
    shared = stage.do(points_accounts.open_account, household_id=house, today=stage.today)
    stage.earn(shared, 20)
    soap = add_goods(stage.clerk.database, "香皂", 12)
    bring_in(stage.clerk.database, soap, 1, stage.clerk.now, stage.today)
    basket = Basket(
        account_id=shared, resident_id=stage.people["li"], lines=((soap, 1),), request_key="1"
    )
    stage.now(redemptions.redeem, basket)
    november = periods.month(stage.today)
    data, people = stage.clerk.see(
        lambda one: points_papers.redemption_register(one, november, PRINTING)
    )
    assert ([one.name for one in data.lines], people) == (["李建国"], [stage.people["li"]])


def test_a_line_too_long_for_the_book_ends_in_dots(stage: Stage) -> None:
    words = "年终奖励" * 12
    booking = Booking(
        account_id=stage.chen,
        kind=EntryKind.EARNED,
        points=5,
        on_date=stage.today,
        words=words,
    )
    stage.now(points_book.book, booking)
    text = text_by_pdfium(passbook.render(made(stage, stage.chen)))
    assert "…" in text
    assert "年终奖励年终" in text.replace("\r\n", "")
