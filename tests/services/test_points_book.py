"""积分账: lots and their expiry, counter-entries, moving, months, the clock."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import EntryKind, ExpiryRule, ExpiryWay, PointsBalance, PointsEntry
from app.services import history, points_accounts, points_book, points_clock, points_lots
from app.services.points_book import Booking, ClockWentBack, NotEnough, NothingLeft
from app.services.points_clock import ClockLeapt, NoSuchDay
from app.storage.engine import Database
from app.values.rights import DEFAULTS, Actor
from tests.services.points_stage import Stage, stage_on

MARCH = date(2027, 3, 31)
"""Points of 2026 last until then."""


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def test_points_that_came_in_last_as_the_rule_of_their_day_says(stage: Stage) -> None:
    stage.earn(stage.wang, 20)
    stage.earn(stage.wang, 5, expires=False)
    # 130 days before the end they are not warned of yet, 41 days before they are.
    assert stage.has(stage.wang).expiring == ()
    later = stage.on(date(2027, 2, 18))
    assert later.has(stage.wang).expiring == ((MARCH, 20),)
    assert later.points(stage.wang) == 25
    last = stage.on(MARCH)
    assert (last.points(stage.wang), last.has(stage.wang).expiring) == (25, ((MARCH, 20),))
    after = stage.on(date(2027, 4, 1))
    assert (after.has(stage.wang).points, after.has(stage.wang).balance) == (5, 25)


def test_what_lapses_first_is_spent_first_and_then_what_is_older(stage: Stage) -> None:
    lasting = stage.earn(stage.wang, 10, expires=False)
    first = stage.earn(stage.wang, 10)
    second = stage.earn(stage.wang, 10)
    stage.spend(stage.wang, 12)
    left = dict(stage.ask('SELECT entry_id, "left" FROM points_lot'))
    assert (left[first], left[second], left[lasting]) == (0, 8, 10)
    stage.check_books()


def test_more_than_there_is_cannot_be_spent_and_the_missing_is_named(stage: Stage) -> None:
    stage.earn(stage.wang, 30)
    with pytest.raises(NotEnough, match=r"^积分不够，差 12 分。$"):
        stage.spend(stage.wang, 42)
    assert stage.lines(stage.wang) == [("获得", 30, 30)]
    stage.check_books()


def test_at_midnight_what_lapsed_is_gone_and_stands_in_the_book_as_a_line(stage: Stage) -> None:
    stage.earn(stage.wang, 30)
    stage.after_pause(MARCH).spend(stage.wang, 10)
    with pytest.raises(NotEnough, match="差 1 分"):
        stage.on(MARCH + timedelta(days=1)).spend(stage.wang, 1)
    # The refusal rolled back the line too: it is booked by the next run.
    later = stage.on(MARCH + timedelta(days=2))
    assert later.now(points_book.expire) == 20
    assert later.lines(stage.wang)[-1] == ("到期清零 2027-03-31 到期", -20, 0)
    assert later.ask("SELECT on_date, month FROM points_entry ORDER BY id DESC LIMIT 1") == [
        ("2027-04-01", 202704)
    ]
    assert later.now(points_book.expire) == 0
    later.check_books()


def test_the_file_itself_refuses_a_balance_below_zero(stage: Stage) -> None:
    stage.earn(stage.wang, 5)
    below = update(PointsBalance).values(balance=-1)
    with (
        pytest.raises((IntegrityError, DomainError)),
        stage.clerk.database.transaction("x") as session,
    ):
        session.execute(below)
    assert stage.points(stage.wang) == 5


def test_no_line_can_be_changed_or_taken_out(stage: Stage) -> None:
    entry = stage.earn(stage.wang, 5)

    def forge(session: Session) -> None:
        session.get_one(PointsEntry, entry).points = 500
        session.flush()

    with pytest.raises(RuntimeError, match="append-only"):
        stage.do(forge)
    # What can be undone is older than the line; what the line hangs on stays.
    assert stage.clerk.see(history.last_undoable).sentence == "开户"
    for _ in range(8):
        stage.clerk.undo_last()
    assert stage.lines(stage.wang) == [("获得", 5, 5)]
    stage.check_books()


def test_a_counter_entry_gives_back_to_the_lots_that_were_used(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    lasting = stage.earn(stage.wang, 10, expires=False)
    spent = stage.spend(stage.wang, 12, EntryKind.PENALTY)
    stage.now(points_book.reverse, spent, reason="多扣了")
    assert stage.ask('SELECT "left" FROM points_lot ORDER BY entry_id') == [(10,), (10,)]
    assert stage.points(stage.wang) == 20
    assert stage.ask(f"SELECT expires_on FROM points_lot WHERE entry_id = {lasting}") == [(None,)]
    stage.check_books()
    with pytest.raises(DomainError, match="已经冲正过"):
        stage.now(points_book.reverse, spent, reason="再来")


def test_points_given_by_mistake_are_taken_from_their_own_lot_first(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    wrong = stage.earn(stage.wang, 10)
    back = stage.now(points_book.reverse, wrong, reason="记错了人")
    assert dict(stage.ask('SELECT entry_id, "left" FROM points_lot'))[wrong] == 0
    assert stage.lines(stage.wang)[-1] == ("冲正 记错了人", -10, 10)
    with pytest.raises(DomainError, match="冲正行不能再冲正"):
        stage.now(points_book.reverse, back, reason="x")
    stage.check_books()


def test_on_their_last_day_points_still_come_in_and_come_back_to_their_lot(stage: Stage) -> None:
    last = stage.on(MARCH)
    late = last.earn(stage.wang, 10, date(2026, 12, 30))
    last.now(points_book.reverse, last.spend(stage.wang, 4), reason="多扣了")
    assert last.ask('SELECT entry_id, "left" FROM points_lot') == [(late, 10)]


def test_a_closed_account_gets_nothing_back(stage: Stage) -> None:
    stage.earn(stage.wang, 4)
    spent = stage.spend(stage.wang, 4)
    stage.now(points_accounts.close_account, stage.wang, version=1)
    with pytest.raises(DomainError, match="已经销户"):
        stage.now(points_book.reverse, spent, reason="多扣了")


def test_points_that_were_spent_meanwhile_cannot_be_taken_again(stage: Stage) -> None:
    wrong = stage.earn(stage.wang, 10)
    stage.spend(stage.wang, 7)
    with pytest.raises(NotEnough, match="已经用掉，冲正还差 7 分。请先撤销"):
        stage.now(points_book.reverse, wrong, reason="记错了人")
    stage.check_books()


def test_what_comes_back_after_its_day_lasts_as_points_of_today_do(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    stage.earn(stage.wang, 4, expires=False)
    spent = stage.after_pause(MARCH).spend(stage.wang, 12, EntryKind.PENALTY)
    later = stage.after_pause(date(2027, 4, 2))
    back = later.now(points_book.reverse, spent, reason="多扣了")
    assert later.ask(f"SELECT points, expires_on FROM points_lot WHERE entry_id = {back}") == [
        (10, "2028-03-31")
    ]
    assert later.points(stage.wang) == 14
    later.check_books()


def test_a_run_of_expiry_can_be_met_and_the_points_live_again(stage: Stage) -> None:
    earned = stage.earn(stage.wang, 10)
    later = stage.after_pause(date(2027, 4, 2))
    later.now(points_book.expire)
    with pytest.raises(NothingLeft, match="已经全部到期清零"):
        later.now(points_book.reverse, earned, reason="记错了人")
    ((lapse,),) = later.ask("SELECT id FROM points_entry WHERE kind = 'expired'")
    later.now(points_book.reverse, lapse, reason="书记同意延期")
    assert later.points(stage.wang) == 10
    later.now(points_book.reverse, earned, reason="记错了人")
    assert later.points(stage.wang) == 0
    later.check_books()


def test_of_points_that_lapsed_in_part_only_the_rest_is_taken_and_they_stay_gone(
    stage: Stage,
) -> None:
    wrong = stage.earn(stage.wang, 10)
    stage.spend(stage.wang, 4)
    stage.earn(stage.wang, 3)
    stage.earn(stage.wang, 20, expires=False)
    later = stage.after_pause(date(2027, 4, 2))
    later.now(points_book.expire)
    # Six of the ten lapsed unused, four were spent: those are owed by the rest.
    later.now(points_book.reverse, wrong, reason="记错了人")
    assert later.lines(stage.wang)[-1] == ("冲正 记错了人", -4, 16)
    ((lapse,),) = later.ask("SELECT id FROM points_entry WHERE kind = 'expired'")
    # Of the nine that lapsed only three were the account's own.
    later.now(points_book.reverse, lapse, reason="书记同意延期")
    assert later.lines(stage.wang)[-1] == ("冲正 书记同意延期", 3, 19)
    later.check_books()


def test_a_counter_entry_needs_a_reason_and_the_right_to_review(stage: Stage) -> None:
    entry = stage.earn(stage.wang, 10)
    with pytest.raises(DomainError, match="请写明为什么冲正"):
        stage.now(points_book.reverse, entry, reason=" ")
    shop = Actor("周敏", "积分超市", DEFAULTS["积分超市"])
    with pytest.raises(DomainError, match="没有“复核和冲正”的权限"):
        stage.now(points_book.reverse, entry, reason="记错了", by=shop)


def test_moved_points_keep_the_day_on_which_they_lapse(stage: Stage) -> None:
    stage.earn(stage.wang, 10)
    stage.earn(stage.wang, 10, expires=False)
    given = stage.now(
        points_book.move, stage.wang, stage.li, 15, out_words="转给 李", in_words="王 转来"
    )
    assert stage.ask(
        f"SELECT points, expires_on FROM points_lot WHERE account_id = {stage.li} ORDER BY entry_id"
    ) == [(10, "2027-03-31"), (5, None)]
    assert stage.ask(f"SELECT count(*) FROM points_entry WHERE partner_id = {given}") == [(2,)]
    assert (stage.points(stage.wang), stage.points(stage.li)) == (5, 15)
    with pytest.raises(DomainError, match="请从对方账户再转回来"):
        stage.now(points_book.reverse, given, reason="转错")
    stage.check_books()


def test_a_closed_month_takes_nothing_and_late_lines_say_so(stage: Stage) -> None:
    stage.close(202610)
    stage.earn(stage.wang, 3, date(2026, 10, 20), words="楼道清扫")
    stage.earn(stage.wang, 4, date(2026, 11, 20), words="楼道清扫")
    assert stage.ask("SELECT month, words FROM points_entry ORDER BY id") == [
        (202611, "补 2026-10 楼道清扫"),
        (202611, "楼道清扫"),
    ]
    stage.close(202612)
    stage.earn(stage.wang, 4)
    assert stage.ask("SELECT max(month) FROM points_entry") == [(202701,)]


def test_a_day_to_come_is_refused(stage: Stage) -> None:
    with pytest.raises(DomainError, match="2026-11-22 还没有到"):
        stage.earn(stage.wang, 3, stage.today + timedelta(days=1))


def test_points_that_would_have_lapsed_already_are_not_booked(stage: Stage) -> None:
    stage.earn(stage.wang, 1)
    with pytest.raises(DomainError, match="2027-03-31 已经到期"):
        stage.after_pause(date(2027, 5, 1)).earn(stage.wang, 3, date(2026, 12, 1))


def test_a_clock_that_went_back_is_noticed(stage: Stage) -> None:
    stage.earn(stage.wang, 3)
    with pytest.raises(ClockWentBack, match="电脑日期是 2026年11月1日"):
        stage.on(date(2026, 11, 1)).earn(stage.wang, 3, date(2026, 10, 31))


def test_the_books_of_points_and_hours_have_one_clock(stage: Stage) -> None:
    def serve(day: date) -> int:
        whose = {"volunteer_id": stage.volunteers["wang"], "half_hours": 2, "points": 0}
        return stage.claim(stage.wang, "志愿服务", on_date=day, **whose)

    of_today = serve(stage.today)
    tomorrow = stage.on(stage.today + timedelta(days=1))
    of_tomorrow = tomorrow.claim(stage.chen, "讲座培训", points=20)
    tomorrow.accept(serve(stage.today))
    with pytest.raises(ClockWentBack):
        stage.earn(stage.wang, 3)
    with pytest.raises(ClockWentBack):
        stage.accept(of_today)
    tomorrow.accept(of_tomorrow)


def test_a_line_of_a_wrong_day_does_not_stop_the_book_once_somebody_checked(stage: Stage) -> None:
    stage.on(date(2036, 1, 5)).earn(stage.wang, 3)
    assert stage.clerk.look_up(lambda look: points_clock.doubt(look, stage.today)) is not None
    stage.do(points_clock.confirm, stage.today)
    stage.earn(stage.wang, 4)
    # From here on it is watched as before.
    with pytest.raises(ClockWentBack, match="2026年11月21日 记的账"):
        stage.on(date(2026, 11, 20)).earn(stage.wang, 3)
    stage.check_books()


def test_a_date_far_after_the_latest_line_is_refused_until_somebody_said_that_it_is_right(
    stage: Stage,
) -> None:
    stage.earn(stage.wang, 3)
    stage.on(stage.today + timedelta(days=60)).earn(stage.wang, 3)
    wrong = stage.on(date(2036, 3, 5))
    said = "2036年3月5日，离账上最后一笔（2027年1月20日）有 3332 天，这次没有记.*设置 · 积分.*确认"
    with pytest.raises(ClockLeapt, match=said):
        wrong.earn(stage.wang, 3)
    assert stage.points(stage.wang) == 6

    later = stage.on(date(2027, 3, 22))
    with pytest.raises(ClockLeapt, match="有 61 天"):
        later.earn(stage.wang, 3)
    later.do(points_clock.confirm, later.today)
    later.earn(stage.wang, 4)
    # From here on it is watched as before.
    with pytest.raises(ClockLeapt):
        stage.on(date(2027, 5, 22)).earn(stage.wang, 3)
    stage.check_books()


def test_a_pause_that_was_confirmed_and_a_line_of_a_wrong_day_do_not_forget_each_other(
    stage: Stage,
) -> None:
    hours = {"volunteer_id": stage.volunteers["wang"], "half_hours": 2, "points": 0}
    wrong = stage.on(date(2036, 1, 5))
    wrong.accept(wrong.claim(stage.wang, "志愿服务", on_date=wrong.today, **hours))
    stage.do(points_clock.confirm, stage.today)
    stage.earn(stage.wang, 4)

    with pytest.raises(ClockLeapt):
        stage.on(date(2027, 4, 1)).earn(stage.wang, 5)
    stage.after_pause(date(2027, 4, 1)).earn(stage.wang, 5)


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2009, 1, 1), date(2019, 12, 31)])
def test_a_date_before_the_program_books_nothing_whoever_confirms_it(
    stage: Stage, day: date
) -> None:
    early = stage.on(day)
    with pytest.raises(NoSuchDay, match="一定不对，可能是主板电池没电了，这次没有记"):
        early.earn(stage.wang, 3, day)
    with pytest.raises(NoSuchDay):
        early.do(points_clock.confirm, day)


def test_nothing_is_nothing_to_book(stage: Stage) -> None:
    with pytest.raises(DomainError, match="0 分"):
        stage.earn(stage.wang, 0)


def test_many_accounts_lapse_in_one_run(stage: Stage) -> None:
    for account in (stage.wang, stage.li, stage.chen):
        stage.earn(account, 10)
        stage.earn(account, 10, date(2026, 1, 5))
        stage.earn(account, 7, expires=False)
    later = stage.after_pause(date(2027, 4, 1))
    assert later.now(points_book.expire) == 60
    assert [later.points(one) for one in (stage.wang, stage.li, stage.chen)] == [7, 7, 7]
    assert later.ask("SELECT count(*), sum(points) FROM points_entry WHERE kind = 'expired'") == [
        (3, -60)
    ]
    later.check_books()


@pytest.mark.parametrize(
    ("way", "number", "earned", "until"),
    [
        ("never", None, date(2026, 5, 6), None),
        ("year_end", None, date(2026, 5, 6), date(2026, 12, 31)),
        ("next_year", 2, date(2026, 5, 6), date(2027, 2, 28)),
        ("months", 24, date(2026, 5, 6), date(2028, 5, 31)),
        ("months", 8, date(2026, 5, 6), date(2027, 1, 31)),
    ],
)
def test_each_way_of_expiry(
    stage: Stage, way: str, number: int | None, earned: date, until: date | None
) -> None:
    rule = ExpiryRule(way=ExpiryWay.of(way), number=number, since=date(2026, 2, 1))
    stage.do(lambda session: session.add(rule))
    assert stage.clerk.look_up(lambda look: points_lots.lasts_until(look, earned)) == until
    # What was earned before the rule keeps its day.
    assert (
        stage.clerk.look_up(lambda look: points_lots.lasts_until(look, date(2026, 1, 31))) == MARCH
    )


def test_a_line_names_who_booked_it_where_they_live_and_when(stage: Stage) -> None:
    booking = Booking(account_id=stage.chen, kind=EntryKind.EARNED, points=2, on_date=stage.today)
    stage.now(points_book.book, booking)
    assert stage.ask("SELECT entered_by, substr(booked_at, 1, 10), balance FROM points_entry") == [
        ("赵敏", "2026-11-21", 2)
    ]
