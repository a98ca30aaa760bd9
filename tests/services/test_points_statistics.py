"""统计 of 积分超市: every breakdown sums to the total, and the total to the balances."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import EntryKind, Redemption, Team
from app.reports.points_statistics import render
from app.services import periods, points_book, points_statistics, points_statistics_paper
from app.services.papers import Printing
from app.services.points_statistics import Part, Statistics
from tests.reports.reading import text_by_pypdf
from tests.services.points_stage import Stage, stage_on
from tests.storage.offices import fresh_office

NOVEMBER = periods.month(date(2026, 11, 1))
YEAR = periods.year_of(date(2026, 1, 1))


@pytest.fixture
def stage(tmp_path: Any) -> Iterator[Stage]:
    """王秀兰 served and redeemed, 陈桂芳 sorted waste in October, 邱志远 served from outside."""
    database = fresh_office(tmp_path)
    stage = stage_on(database)
    for who, account, points in (("wang", stage.wang, 20), ("qiu", stage.qiu, 2)):
        claim = stage.claim(
            account,
            "志愿服务",
            volunteer_id=stage.volunteers[who],
            half_hours=8 if who == "wang" else 4,
            points=points,
        )
        if stage.ask(f"SELECT state FROM points_claim WHERE id = {claim}") == [("waiting",)]:
            stage.accept(claim)
    stage.earn(stage.chen, 5, date(2026, 10, 9), item_id=stage.item("垃圾分类"))
    stage.spend(stage.wang, 7)
    yield stage
    database.close()


def of(stage: Stage, period: periods.Period) -> Statistics:
    found: Statistics = stage.clerk.look_up(lambda look: points_statistics.statistics(look, period))
    return found


def figures(parts: tuple[Part, ...]) -> list[tuple[Any, ...]]:
    return [(p.name, p.people, p.lines, p.half_hours, p.added, p.taken) for p in parts]


def test_a_month_by_type_has_points_and_hours_of_the_same_matter_in_one_line(stage: Stage) -> None:
    assert figures(of(stage, NOVEMBER).by_type) == [
        ("志愿服务", 2, 2, 12, 22, 0),
        ("兑换", 1, 1, 0, 0, 7),
    ]


def test_ages_are_those_at_the_end_of_the_period(stage: Stage) -> None:
    assert figures(of(stage, YEAR).by_age) == [
        ("35–59 岁", 1, 1, 4, 2, 0),
        ("60–69 岁", 1, 1, 0, 5, 0),
        ("70–79 岁", 1, 2, 8, 20, 7),
    ]


def test_the_last_year_of_a_band_is_still_in_it(stage: Stage) -> None:
    later = stage.after_pause(date(2029, 12, 1))
    for account in (stage.wang, stage.chen):
        later.earn(account, 1)
    # 陈桂芳 is 69 at the end of that year, 王秀兰 79.
    found = of(later, periods.year_of(date(2029, 1, 1))).by_age
    assert [(one.name, one.added) for one in found] == [("60–69 岁", 1), ("70–79 岁", 1)]


def test_redemptions_are_counted_that_were_not_taken_back(stage: Stage) -> None:
    def redeem(session: Session) -> None:
        for number, gone in (("DH-1", None), ("DH-2", stage.clerk.now)):
            keys = {"number": number, "request_key": number, "taken_back_at": gone}
            figures = {"points": 1, "before": 9, "at": stage.clerk.now, "on_date": stage.today}
            session.add(Redemption(account_id=stage.wang, **keys, **figures))

    stage.do(redeem)
    assert of(stage, NOVEMBER).redemptions == 1


def test_months_follow_each_other_and_the_empty_ones_between_stay(stage: Stage) -> None:
    stage.earn(stage.chen, 1, date(2026, 8, 9))
    found = of(stage, YEAR).by_month
    assert [(one.name, one.added) for one in found] == [
        ("2026年8月", 1),
        ("2026年9月", 0),
        ("2026年10月", 5),
        ("2026年11月", 22),
    ]


@pytest.mark.parametrize("period", [NOVEMBER, YEAR, periods.quarter(date(2026, 10, 1))])
def test_every_breakdown_sums_to_the_total_and_the_total_to_the_balances(
    stage: Stage, period: periods.Period
) -> None:
    stage.now(points_book.move, stage.wang, stage.li, 3, out_words="", in_words="")
    line = stage.spend(stage.wang, 1, EntryKind.PENALTY)
    stage.now(points_book.reverse, line, reason="记错")
    found = of(stage, period)
    for parts in (found.by_type, found.by_team, found.by_age, found.by_month):
        for name in ("lines", "half_hours", "added", "taken"):
            assert sum(getattr(one, name) for one in parts) == getattr(found.total, name)
    balances = stage.ask("SELECT sum(balance) FROM points_balance")[0][0]
    assert found.opening + found.total.added - found.total.taken == found.closing
    assert found.closing == found.balances == balances == 20
    assert found.agrees


def test_the_past_is_told_as_it_was(stage: Stage) -> None:
    found = of(stage, periods.month(date(2026, 10, 1)))
    assert (found.opening, found.closing, found.balances) == (0, 5, 5)


def test_a_person_with_points_and_hours_is_one(stage: Stage) -> None:
    found = of(stage, NOVEMBER)
    assert (found.total.people, found.served) == (2, 2)
    year = of(stage, YEAR)
    assert (year.total.people, year.served) == (3, 2)


def test_teams_come_in_their_order_and_what_no_team_did_comes_last(stage: Stage) -> None:
    def found_teams(session: Session) -> list[int]:
        rows = [Team(name=name, position=-place) for place, name in enumerate(("铁军", "爱暖"))]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]

    iron, warm = stage.do(found_teams)
    stage.earn(stage.chen, 4, team_id=iron)
    stage.earn(stage.li, 6, team_id=warm)
    assert [(one.name, one.people, one.added, one.taken) for one in of(stage, YEAR).by_team] == [
        ("爱暖", 1, 6, 0),
        ("铁军", 1, 4, 0),
        ("没有队伍", 3, 27, 7),
    ]


def test_a_shared_account_has_a_line_of_its_own_among_the_ages(stage: Stage) -> None:
    from app.services import points_accounts

    house = stage.clerk.household_of(stage.people["wang"])
    shared = stage.do(points_accounts.open_account, household_id=house, today=stage.today)
    stage.earn(shared, 9)
    assert figures(of(stage, NOVEMBER).by_age)[-1] == ("户内共用", 1, 1, 0, 9, 0)


def test_a_wrong_balance_is_said(stage: Stage) -> None:
    with stage.clerk.database.transaction("坏了") as session:
        session.execute(text("UPDATE points_balance SET balance = balance + 1"))
    found = of(stage, NOVEMBER)
    assert not found.agrees
    assert "不符，差" in points_statistics_paper.proof_words(found)[1]


def test_the_paper_has_the_totals_of_the_screen_and_the_proof(stage: Stage) -> None:
    printing = Printing(by="赵敏", at=stage.clerk.now)
    data = stage.clerk.see(
        lambda session: points_statistics_paper.statistics_paper(session, of(stage, YEAR), printing)
    )
    said = "".join(text_by_pypdf(render(data)).split())
    assert "期初结余0＋增加27－减少7＝期末结余20" in said
    assert "余额合计20，相符" in said
    assert [section.total for section in data.sections] == [
        ("合计", "3", "4", "6.0", "27", "7")
    ] * 4
