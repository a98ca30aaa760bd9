"""月结 and 公示: proved, locked, made public, objected to, archived."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.services import (
    history,
    points_appeals,
    points_book,
    points_months,
    points_notice,
    points_open,
    points_proof,
    points_publishing,
)
from app.services.papers import Printing
from app.services.points_appeals import AppealInput
from app.services.points_clock import ClockWentBack
from app.services.points_publishing import Step
from app.values.rights import Actor, Right
from tests.services.points_stage import Stage, stage_on
from tests.storage.offices import fresh_office

OCTOBER, NOVEMBER = 202610, 202611
LATER = date(2026, 12, 2)
LATEST = date(2026, 12, 7)
"""The list hangs five days."""


@pytest.fixture
def stage(tmp_path: Any) -> Iterator[Stage]:
    database = fresh_office(tmp_path)
    yield stage_on(database)
    database.close()


@pytest.fixture
def over(stage: Stage) -> Stage:
    """November is over: 20 and 10 points came, 7 went."""
    stage.earn(stage.wang, 20)
    stage.earn(stage.chen, 10)
    stage.spend(stage.wang, 7)
    return stage.on(LATER)


def proof(stage: Stage, month: int) -> points_proof.Proof:
    found: points_proof.Proof = stage.clerk.look_up(lambda look: points_months.proof(look, month))
    return found


def close(stage: Stage, month: int = NOVEMBER) -> points_months.Closed:
    done: points_months.Closed = stage.now(points_months.close, month)
    return done


def view(stage: Stage, month: int = NOVEMBER) -> points_publishing.MonthView:
    found = stage.clerk.look_up(lambda look: points_publishing.closed_month(look, month))
    assert found is not None
    return found


def step(stage: Stage, act: Any, **more: Any) -> None:
    stage.do(act, NOVEMBER, version=view(stage).version, today=stage.today, **more)


def test_a_month_is_what_was_before_and_what_came_and_went(over: Stage) -> None:
    over.earn(over.chen, 100)
    found = proof(over, NOVEMBER)
    assert (found.opening, found.added, found.taken, found.closing) == (0, 30, 7, 23)
    assert (found.balances, found.accounts, found.agrees) == (23, 2, True)
    december = proof(over, 202612)
    assert (december.opening, december.added, december.closing, december.accounts) == (
        23,
        100,
        123,
        2,
    )


def test_the_accounts_of_a_month_add_up_to_its_proof(over: Stage) -> None:
    lines = over.clerk.look_up(lambda look: list(points_proof.month_lines(look, NOVEMBER)))
    assert [(one.account_id, one.opening, one.added, one.taken, one.closing) for one in lines] == [
        (over.wang, 0, 20, 7, 13),
        (over.chen, 0, 10, 0, 10),
    ]


def test_a_closed_month_keeps_its_sums_and_takes_nothing_more(over: Stage) -> None:
    close(over)
    month = view(over)
    assert (month.opening, month.earned, month.spent, month.closing) == (0, 30, 7, 23)
    assert (month.accounts, month.closed_by) == (2, "赵敏")
    over.earn(over.wang, 5, day=date(2026, 11, 30), words="巡逻")
    assert over.lines(over.wang)[-1] == ("获得 补 2026-11 巡逻", 5, 18)
    assert proof(over, NOVEMBER).closing == 23
    assert proof(over, 202612).added == 5


def test_points_lapse_in_the_month_in_which_they_could_not_be_used_any_more(stage: Stage) -> None:
    stage.earn(stage.wang, 20)
    later = stage.after_pause(date(2027, 5, 1))
    for month in (202611, 202612, 202701, 202702, 202703):
        close(later, month)
    assert (view(later, 202703).closing, view(later, 202703).accounts) == (20, 1)
    assert close(later, 202704).proof.taken == 20
    assert later.has(later.wang).balance == 0


def test_a_month_is_not_closed_over_what_waits_and_the_refusal_names_it(over: Stage) -> None:
    back = over.on(date(2026, 11, 21))
    waiting = back.claim(back.chen, "建议被采纳")
    with pytest.raises(
        points_open.OpenMatters, match="1 笔待复核：陈桂芳 11-21 建议被采纳"
    ) as told:
        close(over)
    assert [one.id for one in told.value.found.claims] == [waiting]
    assert over.clerk.look_up(points_publishing.closed_months) == []


def test_a_claim_of_the_last_day_keeps_the_month_open(over: Stage) -> None:
    over.claim(over.chen, "建议被采纳", on_date=date(2026, 11, 30))
    with pytest.raises(points_open.OpenMatters, match="11-30"):
        close(over)


def test_a_claim_of_the_next_month_keeps_nobody(over: Stage) -> None:
    over.claim(over.chen, "建议被采纳")
    close(over)
    assert view(over).closing == 23


def test_an_appeal_without_an_answer_keeps_the_month_open(over: Stage) -> None:
    noted = AppealInput(raised_by="本人", words="清扫没有记上", account_id=over.li)
    appeal = over.on(date(2026, 11, 28)).do(points_appeals.note, noted, today=date(2026, 11, 28))
    with pytest.raises(points_open.OpenMatters, match="1 件申诉待答复：李建国 11-28 清扫没有记上"):
        close(over)
    over.do(
        points_appeals.answer, appeal, upheld=False, words="没有签到", version=1, today=over.today
    )
    close(over)


@pytest.mark.parametrize("about", ["month", "entry_id", "claim_id"])
def test_an_appeal_about_the_month_keeps_it_open_though_it_came_later(
    over: Stage, about: str
) -> None:
    claim = over.on(date(2026, 11, 30)).claim(over.chen, "讲座培训", points=5)
    named = {"month": NOVEMBER, "entry_id": 1, "claim_id": claim}[about]
    noted = AppealInput(raised_by="李建国", words="不对", **{about: named})
    over.do(points_appeals.note, noted, today=over.today)
    with pytest.raises(points_open.OpenMatters, match="1 件申诉待答复"):
        close(over)


def test_months_are_closed_one_by_one_and_only_when_they_are_over(over: Stage) -> None:
    with pytest.raises(DomainError, match="12-01 起才能月结"):
        close(over.on(date(2026, 11, 30)))
    with pytest.raises(DomainError, match="请先月结2026年11月"):
        close(over, 202612)
    close(over)
    with pytest.raises(DomainError, match="已经月结过了"):
        close(over)


def test_an_empty_ledger_has_nothing_to_close(stage: Stage) -> None:
    assert stage.clerk.look_up(points_months.next_month) is None
    with pytest.raises(DomainError, match="还没有流水"):
        close(stage, OCTOBER)


def test_a_clock_that_went_back_closes_nothing(over: Stage) -> None:
    over.on(date(2027, 1, 8)).earn(over.wang, 1)
    with pytest.raises(ClockWentBack):
        close(over)


def test_books_that_are_apart_are_named_and_never_closed(over: Stage) -> None:
    with over.clerk.database.transaction("坏了") as session:
        session.execute(
            text("UPDATE points_balance SET balance = 9 WHERE account_id = :id"), {"id": over.chen}
        )
    found = proof(over, NOVEMBER)
    assert (found.agrees, found.difference) == (False, 1)
    with pytest.raises(points_months.NotInStep, match="陈桂芳的流水合计 10 分，余额 9 分") as told:
        close(over)
    assert [one.account_id for one in told.value.found] == [over.chen]


def test_two_errors_that_make_up_for_each_other_are_found_too(over: Stage) -> None:
    with over.clerk.database.transaction("坏了") as session:
        for account, more in ((over.wang, 1), (over.chen, -1)):
            session.execute(
                text("UPDATE points_balance SET balance = balance + :more WHERE account_id = :id"),
                {"id": account, "more": more},
            )
    assert proof(over, NOVEMBER).agrees
    with pytest.raises(points_months.NotInStep, match="等 2 个账户"):
        close(over)


def test_lots_that_are_apart_from_the_balance_are_found_too(over: Stage) -> None:
    with over.clerk.database.transaction("坏了") as session:
        session.execute(text('UPDATE points_lot SET "left" = 9 WHERE points = 10'))
    assert proof(over, NOVEMBER).agrees
    with pytest.raises(points_months.NotInStep, match="未用的 9 分"):
        close(over)


def test_who_spent_in_the_month_what_came_in_it_stands_on_the_list(over: Stage) -> None:
    back = over.on(date(2026, 11, 30))
    back.earn(back.qiu, 5)
    back.spend(back.qiu, 5)
    lines = over.clerk.look_up(lambda look: list(points_proof.month_lines(look, NOVEMBER)))
    assert [(one.added, one.taken) for one in lines if one.account_id == over.qiu] == [(5, 5)]


def test_closing_is_final_and_not_for_everybody(over: Stage) -> None:
    with pytest.raises(NotAllowed):
        over.now(
            points_months.close, NOVEMBER, by=Actor("孙丽", rights=frozenset((Right.VIEW_POINTS,)))
        )
    close(over)
    with over.clerk.database.reading() as session:
        last = history.recent(session, limit=1)[0]
    assert last.details["final"] == "已经月结锁账，改错请在后一个月冲正"


def test_whoever_sees_some_grids_only_closes_nothing_and_prints_no_list(over: Stage) -> None:
    some = Actor("孙丽", grids=frozenset((1,)))
    with pytest.raises(DomainError, match="只看得到部分网格"):
        over.now(points_months.close, NOVEMBER, by=some)
    printing = Printing(by="孙丽", at=over.clerk.now)
    with pytest.raises(DomainError, match="只看得到部分网格"):
        over.do(points_notice.notice_paper, NOVEMBER, printing, by=some)


def test_the_list_for_the_board_is_masked_and_adds_up(over: Stage) -> None:
    close(over)
    made = over.do(points_notice.notice_paper, NOVEMBER, Printing(by="赵敏", at=over.clerk.now))
    assert [(one.name, one.closing) for one in made.lines] == [("陈*芳", 10), ("王*兰", 13)]
    for name in ("opening", "added", "taken", "closing"):
        assert sum(getattr(one, name) for one in made.lines) == getattr(made.sums, name)
    assert made.draft == ""


def test_a_list_that_is_printed_again_keeps_its_day(over: Stage) -> None:
    close(over)
    step(over, points_publishing.prepare)
    later = over.on(date(2026, 12, 9))
    made = later.do(points_notice.notice_paper, NOVEMBER, Printing(by="赵敏", at=later.clerk.now))
    assert made.printed_on == over.today


def test_the_list_tells_what_else_its_columns_hold(over: Stage) -> None:
    back = over.on(date(2026, 11, 21))
    line = back.spend(back.wang, 4)
    back.now(points_book.reverse, line, reason="拿错了")
    back.now(points_book.move, back.wang, back.li, 3, out_words="", in_words="")
    made = over.do(points_notice.notice_paper, NOVEMBER, Printing(by="赵敏", at=over.clerk.now))
    assert made.notes[:2] == (
        "“本月新增”一栏含户内转入 3 分、冲正 4 分。",
        "“本月兑换”一栏含户内转出 3 分。",
    )
    assert made.draft == "还没有月结，数字会变"


def test_a_month_goes_its_seven_steps_to_the_archive(over: Stage) -> None:
    close(over)
    assert view(over).step(over.today) is Step.PREPARE
    step(over, points_publishing.prepare)
    with pytest.raises(DomainError, match="现在要做的是“书记审核签字”"):
        step(over, points_publishing.post, places="公示栏", on=over.today)
    step(over, points_publishing.sign, signer="赵书记")
    step(over, points_publishing.post, places="公示栏 2 处", on=over.today)
    month = view(over)
    assert (month.signed_by, month.posted_at) == ("赵书记", "公示栏 2 处")
    assert month.public_until == over.today + timedelta(days=5)
    assert month.step(over.today) is Step.OBJECTIONS
    assert month.step(date(2026, 12, 7)) is Step.OBJECTIONS
    with pytest.raises(DomainError, match="异议期到 2026-12-07"):
        step(over, points_publishing.archive)
    after = over.on(date(2026, 12, 8))
    step(after, points_publishing.archive)
    assert view(after).step(after.today) is None
    with pytest.raises(DomainError, match="已经归档"):
        step(after, points_publishing.prepare)


def test_an_objection_is_answered_before_the_month_is_put_away(over: Stage) -> None:
    close(over)
    step(over, points_publishing.prepare)
    step(over, points_publishing.sign, signer="赵书记")
    step(over, points_publishing.post, places="公示栏", on=over.today)
    noted = AppealInput(raised_by="李建国", words="少了 2 分", month=NOVEMBER)
    appeal = over.do(points_appeals.note, noted, today=over.today)
    after = over.on(date(2026, 12, 8))
    with pytest.raises(DomainError, match="1 件异议没有答复（李建国：少了 2 分）"):
        step(after, points_publishing.archive)
    after.do(points_appeals.answer, appeal, upheld=True, words="已补", version=1, today=after.today)
    step(after, points_publishing.archive)


def test_the_days_for_objections_may_only_become_longer_and_with_a_reason(over: Stage) -> None:
    close(over)
    step(over, points_publishing.prepare)
    step(over, points_publishing.sign, signer="赵书记")
    step(over, points_publishing.post, places="公示栏", on=over.today)
    with pytest.raises(DomainError, match="为什么"):
        step(over, points_publishing.extend, until=date(2026, 12, 9), reason="")
    with pytest.raises(DomainError, match="最早到 2026-12-07"):
        step(over, points_publishing.extend, until=date(2026, 12, 6), reason="雨")
    step(over, points_publishing.extend, until=date(2026, 12, 9), reason="公示栏被雨打湿")
    assert view(over).public_until == date(2026, 12, 9)
    with pytest.raises(DomainError, match="最早到 2026-12-08"):
        step(over.on(date(2026, 12, 8)), points_publishing.extend, until=LATEST, reason="雨")


def test_two_desks_do_not_take_the_same_step(over: Stage) -> None:
    close(over)
    seen = view(over).version
    over.do(points_publishing.prepare, NOVEMBER, version=seen, today=over.today)
    with pytest.raises(ChangedMeanwhile):
        over.do(points_publishing.sign, NOVEMBER, signer="赵", version=seen, today=over.today)


def test_nobody_posts_tomorrow_or_before_the_month_was_closed(over: Stage) -> None:
    close(over)
    step(over, points_publishing.prepare)
    step(over, points_publishing.sign, signer="赵书记")
    with pytest.raises(DomainError, match="还没有到"):
        step(over, points_publishing.post, places="公示栏", on=date(2026, 12, 3))
    with pytest.raises(DomainError, match="不会更早张贴"):
        step(over, points_publishing.post, places="公示栏", on=date(2026, 12, 1))
    with pytest.raises(DomainError, match="张贴在哪里"):
        step(over, points_publishing.post, places=" ", on=over.today)


def test_a_month_that_is_open_has_no_list_to_sign(stage: Stage, tmp_path: Any) -> None:
    with pytest.raises(DomainError, match="还没有月结"):
        stage.do(points_publishing.prepare, NOVEMBER, version=1, today=stage.today)
