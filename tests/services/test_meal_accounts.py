"""餐费账户: money over the desk, receipts, freezing and closing, months, the list."""

from datetime import date

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import AccountKind, AccountState, PayWay, Tender
from app.services import (
    events,
    history,
    meal_account_views,
    meal_accounts,
    meal_book,
    meal_deposits,
    meal_months,
    meal_statements,
    meal_takings,
    meal_vouchers,
    points_clock,
    settings,
)
from app.services.meal_account_views import AccountView
from app.services.meal_entries import NotEnoughMoney
from app.services.points_clock import ClockWentBack
from app.storage.engine import Database
from app.values.rights import DEFAULTS, DIRECTOR, READER, SHOP, Actor
from tests.services.canteen_stage import Stage, stage_on

DECEMBER = date(2026, 12, 3)


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def test_a_deposit_has_a_receipt_with_the_number_of_the_day(stage: Stage) -> None:
    card = stage.account("chen")
    first = stage.do(meal_deposits.deposit, card, 100_00, tender=Tender.WECHAT, now=stage.now)
    second = stage.do(meal_deposits.deposit, card, 50_00, now=stage.now)
    assert (first.number, second.number) == ("SK-20261121-001", "SK-20261121-002")
    assert (second.before, second.amount, second.balance) == (100_00, 50_00, 150_00)
    assert (first.tender, first.name, first.reversed) == (Tender.WECHAT, "陈桂芳", False)
    back = stage.do(meal_deposits.refund, card, 30_00, words="搬走了", now=stage.now)
    assert (back.number, back.before, back.amount) == ("TK-20261121-001", 150_00, 30_00)
    tomorrow = stage.at(date(2026, 11, 22))
    third = tomorrow.do(meal_deposits.deposit, card, 1_00, now=tomorrow.now)
    assert third.number == "SK-20261122-001"
    stage.check_books()


def test_the_thousandth_receipt_of_a_day_follows_the_last(stage: Stage) -> None:
    card = stage.account("chen", fen=1_00)
    for number in ("999", "1000"):
        stage.renumber(f"SK-20261121-{number}")
        told = stage.do(meal_deposits.deposit, card, 1_00, now=stage.now)
    assert told.number == "SK-20261121-1001"


def test_no_more_is_paid_back_than_there_is(stage: Stage) -> None:
    card = stage.account("chen", fen=20_00)
    with pytest.raises(NotEnoughMoney):
        stage.do(meal_deposits.refund, card, 20_01, words="搬走了", now=stage.now)
    with pytest.raises(DomainError, match="请写明为什么退款"):
        stage.do(meal_deposits.refund, card, 20_00, words=" ", now=stage.now)
    with pytest.raises(DomainError, match="金额要大于 0 元"):
        stage.do(meal_deposits.deposit, card, 0, now=stage.now)


def test_a_bill_is_paid_after_the_month_and_never_beyond_what_is_owed(stage: Stage) -> None:
    bill = stage.account("wang", AccountKind.BILL)
    with pytest.raises(DomainError, match="现在不欠月结款"):
        stage.do(meal_deposits.pay_bill, bill, 1_00, now=stage.now)
    stage.log("wang", pay_way=PayWay.BILL)
    with pytest.raises(DomainError, match=r"只欠 10\.00 元，收不了 10\.01 元"):
        stage.do(meal_deposits.pay_bill, bill, 10_01, now=stage.now)
    assert stage.do(meal_deposits.pay_bill, bill, 10_00, now=stage.now).balance == 0
    with pytest.raises(DomainError, match="这个账户是月结户"):
        stage.do(meal_deposits.deposit, bill, 10_00, now=stage.now)


def test_a_deposit_by_mistake_is_met_by_a_counter_line(stage: Stage) -> None:
    card = stage.account("chen", fen=20_00)
    (line,) = stage.look(meal_statements.entries, card)
    stage.do(meal_deposits.reverse_entry, line.id, reason="金额收错了", now=stage.now)
    counter, first = stage.look(meal_statements.entries, card)
    assert (counter.amount, counter.balance, first.reversed) == (-20_00, 0, True)
    assert counter.words == "冲正 SK-20261121-001：金额收错了"
    assert stage.look(meal_deposits.receipt, first.id).reversed
    with pytest.raises(DomainError, match="已经冲正过"):
        stage.do(meal_deposits.reverse_entry, first.id, reason="再来", now=stage.now)
    with pytest.raises(DomainError, match="“冲正”的行不能冲正"):
        stage.do(meal_deposits.reverse_entry, counter.id, reason="再来", now=stage.now)
    stage.check_books()


def test_money_that_is_eaten_is_not_taken_again(stage: Stage) -> None:
    card = stage.account("chen", fen=3_00)
    deposit = stage.look(meal_statements.entries, card)[0].id
    stage.log("chen", pay_way=PayWay.CARD)
    with pytest.raises(NotEnoughMoney):
        stage.do(meal_deposits.reverse_entry, deposit, reason="收错", now=stage.now)
    meal = stage.look(meal_statements.entries, card)[0]
    with pytest.raises(DomainError, match="请撤销那一餐"):
        stage.do(meal_deposits.reverse_entry, meal.id, reason="收错", now=stage.now)


def test_an_account_is_closed_when_nothing_is_in_it_and_opened_again(stage: Stage) -> None:
    card = stage.account("chen", fen=3_00)
    with pytest.raises(DomainError, match=r"餐卡里还有 3\.00 元，请先退款"):
        stage.do(meal_accounts.close_account, card, version=1, today=stage.today)
    stage.do(meal_deposits.refund, card, 3_00, words="搬走了", now=stage.now)
    stage.do(meal_accounts.close_account, card, version=1, today=stage.today)
    with pytest.raises(DomainError, match="已经销户"):
        stage.do(meal_deposits.deposit, card, 1_00, now=stage.now)
    assert stage.account("chen") == card
    with pytest.raises(ChangedMeanwhile):
        stage.do(meal_accounts.close_account, card, version=1, today=stage.today)
    with pytest.raises(DomainError, match="已经迁出"):
        stage.account("gone")


def test_a_lost_card_is_frozen_with_its_reason_and_still_paid_back(stage: Stage) -> None:
    card = stage.account("chen", fen=3_00)
    with pytest.raises(DomainError, match="请写明为什么冻结"):
        stage.do(meal_accounts.freeze, card, reason="", version=1)
    stage.do(meal_accounts.freeze, card, reason="餐卡丢了", version=1)
    stage.do(meal_deposits.refund, card, 1_00, words="家属代领", now=stage.now)
    stage.do(meal_accounts.unfreeze, card, version=2)
    found = stage.look(meal_accounts.account, card)
    assert (found.state, found.frozen_reason, found.balance) == (AccountState.OPEN, "", 2_00)


def test_who_may_not_keep_deposits_opens_and_receives_nothing(stage: Stage) -> None:
    shop = Actor("店员", SHOP, DEFAULTS[SHOP])
    with pytest.raises(NotAllowed, match="存款和退款"):
        stage.do(
            meal_accounts.open_account,
            stage.people["chen"],
            AccountKind.CARD,
            today=stage.today,
            by=shop,
        )
    card = stage.account("chen")
    reader = Actor("来宾", READER, DEFAULTS[READER])
    with pytest.raises(NotAllowed):
        stage.do(meal_deposits.deposit, card, 1_00, now=stage.now, by=reader)


def test_a_month_is_proved_and_takes_nothing_more(stage: Stage) -> None:
    card = stage.account("chen", fen=50_00)
    bill = stage.account("wang", AccountKind.BILL)
    told = stage.log("chen", pay_way=PayWay.CARD)
    stage.log("wang", pay_way=PayWay.BILL)
    stage.do(meal_deposits.pay_bill, bill, 4_00, now=stage.now)
    stage.do(meal_deposits.refund, card, 7_00, words="多存了", now=stage.now)
    with pytest.raises(DomainError, match="还没有过完，12-01 起才能月结"):
        stage.do(meal_months.close, 202611, now=stage.now)
    later = stage.at(DECEMBER)
    made = later.do(meal_months.close, 202611, now=later.now)
    assert (made.opening, made.paid_in, made.eaten, made.refunded) == (0, 54_00, 13_00, 7_00)
    assert (made.closing, made.balances, made.difference, made.accounts) == (34_00, 34_00, 0, 2)
    # A meal of November that is taken back now stands in December, on both sides of the proof.
    later.do(meal_book.take_back, told.meal_id, reason="重复", now=later.now)
    december = later.look(meal_months.proof, 202612)
    assert (december.opening, december.eaten, december.closing) == (34_00, -3_00, 37_00)
    assert december.agrees
    assert later.look(meal_months.proof, 202611) == made
    with pytest.raises(DomainError, match="2026年11月已经月结"):
        later.do(meal_months.close, 202611, now=later.now)
    (closed,) = later.look(meal_months.closed_months)
    assert (closed.month, closed.closing, closed.closed_by) == (202611, 34_00, "赵敏")


def test_what_is_reversed_counts_where_it_belongs(stage: Stage) -> None:
    card = stage.account("chen", fen=50_00)
    deposit = stage.look(meal_statements.entries, card)[0].id
    stage.do(meal_deposits.reverse_entry, deposit, reason="收错", now=stage.now)
    made = stage.look(meal_months.proof, 202611)
    assert (made.paid_in, made.eaten, made.refunded, made.closing) == (0, 0, 0, 0)


def test_a_balance_that_is_not_its_sum_keeps_the_month_open(stage: Stage) -> None:
    stage.account("chen", fen=50_00)
    stage.tamper("UPDATE meal_balance SET balance = 4900")
    later = stage.at(DECEMBER)
    with pytest.raises(meal_months.NotInStep, match=r"账账不符：陈桂芳的流水合计 50\.00 元"):
        later.do(meal_months.close, 202611, now=later.now)


def test_a_month_that_was_closed_on_a_wrong_day_is_open_again(stage: Stage) -> None:
    stage.account("chen", fen=50_00)
    wrong = stage.at(date(2027, 1, 5))
    wrong.do(meal_months.close, 202611, now=wrong.now)
    wrong.do(meal_months.close, 202612, now=wrong.now)
    wrong.do(meal_deposits.deposit, 1, 1_00, now=wrong.now)
    with pytest.raises(ClockWentBack):
        stage.do(meal_deposits.deposit, 1, 1_00, now=stage.now)
    stage.do(points_clock.confirm, stage.today)
    stage.do(meal_deposits.deposit, 1, 1_00, now=stage.now)
    assert stage.look(meal_months.closed_months) == ()


def test_who_sees_some_grids_only_does_not_close_a_month(stage: Stage) -> None:
    stage.account("chen", fen=50_00)
    later = stage.at(DECEMBER)
    member = Actor("孙丽", DIRECTOR, DEFAULTS[DIRECTOR], grids=frozenset({1}))
    with pytest.raises(DomainError, match="只看得到部分网格的账"):
        later.do(meal_months.close, 202611, now=later.now, by=member)


def test_an_account_opened_by_mistake_is_undone_and_one_with_lines_stays_and_is_named(
    stage: Stage,
) -> None:
    stage.account("chen")
    assert stage.clerk.undo_last().restored == 1
    assert stage.ask("SELECT count(*) FROM meal_account") == [(0,)]
    card = stage.account("chen")
    stage.do(meal_deposits.deposit, card, 5_00, now=stage.now)
    (kept,) = stage.clerk.undo_last().kept
    assert kept.sentence.startswith("用餐账户 陈桂芳")
    stage.check_books()


def test_giving_a_voucher_is_undone_until_it_was_used(stage: Stage) -> None:
    stage.voucher("wang", 8_00)
    assert stage.clerk.undo_last().restored == 1
    code = stage.voucher("wang", 8_00)
    stage.log("wang", pay_way=PayWay.VOUCHER, voucher_code=code)
    assert stage.clerk.see(history.last_undoable).sentence == "补贴规则"


def test_the_list_knows_who_has_to_pay_in_again(stage: Stage) -> None:
    stage.set(settings.LOW_BALANCE, 20)
    low, full = stage.account("chen", fen=19_99), stage.account("wang", fen=20_00)
    bill = stage.account("li", AccountKind.BILL)
    stage.log("li", pay_way=PayWay.BILL)
    stage.log("wang", pay_way=PayWay.CASH)
    found = {view: stage.listed(view) for view in AccountView}
    assert found[AccountView.LOW] == [low]
    assert found[AccountView.OWING] == [bill]
    assert set(found[AccountView.ALL]) == {low, full, bill}
    sums = stage.look(meal_account_views.sums)
    assert (sums.paid_in, sums.owed, sums.counts[AccountView.LOW]) == (39_99, 11_00, 1)
    row = stage.look(meal_account_views.rows, [bill, low], today=stage.today)[0]
    assert (row.name, row.kind_words, row.balance, row.eaten) == ("李建国", "月结", -11_00, 11_00)


def test_money_of_who_left_is_in_a_view_of_its_own(stage: Stage) -> None:
    low = stage.account("chen", fen=5_00)
    stage.do(events.move_out, stage.people["chen"], on_date=stage.today, now=stage.now)
    assert (stage.listed(AccountView.LEFT), stage.listed(AccountView.LOW)) == ([low], [])
    (row,) = stage.look(meal_account_views.rows, [low], today=stage.today)
    assert (row.left, row.state_words) == ("2026-11-21 迁出", "人已离开")


def test_an_account_is_found_by_name_and_by_the_number_of_a_receipt(stage: Stage) -> None:
    card = stage.account("chen", fen=19_99)
    stage.account("wang")
    assert stage.listed(AccountView.ALL, "cgf") == [card]
    assert stage.listed(AccountView.ALL, "sk-20261121-001") == [card]
    assert stage.listed(AccountView.ALL, "没有这人") == []


def test_the_till_of_a_day_is_what_came_less_what_went_back(stage: Stage) -> None:
    card = stage.account("chen")
    for fen, tender in ((100_00, Tender.CASH), (40_00, Tender.WECHAT), (5_00, Tender.CASH)):
        told = stage.do(meal_deposits.deposit, card, fen, tender=tender, now=stage.now)
    stage.do(meal_deposits.reverse_entry, told.entry_id, reason="收错", now=stage.now)
    stage.do(meal_deposits.refund, card, 30_00, words="多存了", now=stage.now)
    stage.log("wang")
    code = stage.voucher("li", 8_00)
    rest = stage.log("li", pay_way=PayWay.VOUCHER, voucher_code=code)
    wrong = stage.log("zhou")
    stage.log("chen", pay_way=PayWay.CARD)
    stage.do(meal_book.take_back, wrong.meal_id, reason="重复", now=stage.now)
    found = stage.look(meal_takings.takings, stage.today)
    assert [(one.words, one.tender.label, one.times, one.amount) for one in found.lines] == [
        ("用餐收现金", "现金", 3, 10_00 + rest.cash + 10_00),
        ("撤销用餐退现金", "现金", 1, -10_00),
        ("存款", "现金", 2, 105_00),
        ("存款", "微信", 1, 40_00),
        ("冲正存款", "现金", 1, -5_00),
        ("退款", "现金", 1, -30_00),
    ]
    assert (found.cash, found.other) == (83_00, 40_00)


def test_money_that_goes_back_later_counts_on_that_day(stage: Stage) -> None:
    told = stage.log("wang")
    tomorrow = stage.at(date(2026, 11, 22))
    tomorrow.do(meal_book.take_back, told.meal_id, reason="重复", now=tomorrow.now)
    tomorrow.log("wang", on_date=stage.today, given=True)
    days = [tomorrow.look(meal_takings.takings, day) for day in (stage.today, tomorrow.today)]
    assert [one.cash for one in days] == [20_00, -10_00]


def test_vouchers_are_given_with_a_reason_and_void_ones_pay_nothing(stage: Stage) -> None:
    whose = [stage.people["chen"], stage.people["wang"], None]
    give = {"value": 5_00, "reason": "重阳节慰问", "today": stage.today}
    ids = stage.do(meal_vouchers.issue, whose, each=2, **give)
    views = stage.look(meal_vouchers.some, ids)
    assert [one.name for one in views] == ["陈桂芳", "陈桂芳", "王秀兰", "王秀兰", "", ""]
    assert len({one.code for one in views}) == 6
    stage.do(meal_vouchers.void, ids[0], version=1, today=stage.today)
    with pytest.raises(DomainError, match="作废，不能用"):
        stage.log("chen", pay_way=PayWay.VOUCHER, voucher_code=views[0].code)
    good = stage.look(meal_vouchers.good_of, stage.people["chen"], stage.today)
    assert [one.code for one in good] == [views[1].code]
    stage.log("chen", pay_way=PayWay.VOUCHER, voucher_code=views[1].code)
    with pytest.raises(DomainError, match="已经用过，不能作废"):
        stage.do(meal_vouchers.void, ids[1], version=2, today=stage.today)
    used = stage.look(meal_vouchers.some, ids[:2])
    assert [one.state(stage.today) for one in used] == ["已作废", "已使用"]
    with pytest.raises(DomainError, match="请写明为什么发"):
        stage.do(meal_vouchers.issue, whose, **{**give, "reason": ""})
    with pytest.raises(DomainError, match="一次最多发 500 张"):
        stage.do(meal_vouchers.issue, whose, each=200, **give)
