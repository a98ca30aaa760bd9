"""统计 of 食堂: every view sums the single meals, counter-lines and all; cards are counted."""

from datetime import date, datetime, timedelta

import pytest

from app.errors import DomainError
from app.models import Guest, MealWay, Payer
from app.reports.points_statistics import render
from app.services import (
    canteen_staff,
    due_today,
    meal_opinions,
    meal_statistics,
    meal_statistics_paper,
    meal_taking_back,
    periods,
    sample_keeping,
)
from app.services.canteen_staff import StaffInput
from app.services.meal_opinions import OpinionInput
from app.services.meal_statistics import Statistics
from app.services.papers import Printing
from app.services.sample_keeping import SampleInput
from app.storage.engine import Database
from app.values.rights import ALL, Actor, Right
from tests.reports.reading import text_by_pdfium
from tests.services.canteen_stage import LUNCH, Stage, stage_on

_DAY = timedelta(days=1)


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _eaten(stage: Stage) -> Statistics:
    """Two days: five residents, one of whom is taken back, and two sanitation workers."""
    before = stage.at(stage.today - _DAY)
    for who in ("wang", "li", "chen"):
        before.log(who)
    stage.log("wang", set_meal_id=stage.sets["B"], way=MealWay.TAKEN)
    stage.log("zhang")
    wrong = stage.log("sun")
    stage.do(meal_taking_back.take_back, wrong.meal_id, reason="记错人", now=stage.now)
    stage.log(guest=Guest.SANITATION, quantity=2)
    return _of(stage)


def _of(stage: Stage, by: Actor | None = None) -> Statistics:
    period = periods.month(stage.today)
    more = {"by": by} if by else {}
    found: Statistics = stage.look(meal_statistics.statistics, stage.canteen, period, **more)
    return found


def test_every_view_sums_to_what_the_single_meals_come_to(stage: Stage) -> None:
    found = _eaten(stage)
    ((meals, price, paid),) = stage.ask(
        "SELECT sum(quantity), sum(price + fee), sum(paid) FROM meal"
    )
    assert (found.total.meals, found.total.price, found.total.paid) == (meals, price, paid)
    for lines in (found.by_age, found.by_rule, found.by_period, found.by_way, found.by_day):
        assert sum(one.meals for one in lines) == meals
        assert sum(one.price for one in lines) == price
        assert sum(one.paid for one in lines) == paid
    assert sum(one.amount for one in found.borne) == found.total.given
    for one in found.borne:
        ((amount,),) = stage.ask(f"SELECT sum(by_{one.payer.value}) FROM meal")
        assert one.amount == amount


def test_what_a_payer_bears_counts_the_portion_that_is_subsidised(stage: Stage) -> None:
    stage.log("li", quantity=3)
    found = _of(stage)
    assert found.total.meals == 3
    assert [(one.payer, one.meals) for one in found.borne if one.amount] == [(Payer.CITY, 1)]


def test_people_are_counted_once_and_guests_only_by_portions(stage: Stage) -> None:
    found = _eaten(stage)
    assert (found.total.people, found.total.meals, found.guests, found.days) == (4, 7, 2, 2)
    assert found.total.per_head == 5 / 4
    assert [(one.name, one.people, one.meals) for one in found.by_age] == [
        ("60–69 岁", 2, 2),
        ("70–79 岁", 1, 2),
        ("80–89 岁", 1, 1),
        ("环卫工（不记名）", 0, 2),
    ]
    assert [(one.name, one.meals) for one in found.by_way] == [("堂食", 6), ("自取", 1)]
    assert [(one.name, one.meals) for one in found.by_day] == [("11-20", 3), ("11-21", 4)]
    by_payer = {one.payer: one for one in found.borne}
    assert by_payer[Payer.DONOR].people == 0
    assert by_payer[Payer.DONOR].amount == 2 * 12_00


def test_a_tier_that_tells_too_much_is_one_line_with_the_others_of_its_kind(stage: Stage) -> None:
    _eaten(stage)
    assert "重度残疾" in [one.name for one in _of(stage).by_rule]
    plain = Actor("小王", rights=ALL - {Right.SEE_SENSITIVE})
    names = [one.name for one in _of(stage, by=plain).by_rule]
    assert "重度残疾" not in names
    assert "按身份享受" in names
    assert _of(stage, by=plain).total == _of(stage).total


def test_a_long_period_is_told_by_months_and_nothing_is_nothing(stage: Stage) -> None:
    _eaten(stage)
    wrong = stage.log("wang", on_date=stage.today - _DAY * 3)
    stage.do(meal_taking_back.take_back, wrong.meal_id, reason="记错日子", now=stage.now)
    year = periods.year_of(stage.today)
    found = stage.look(meal_statistics.statistics, stage.canteen, year)
    assert [one.name for one in found.by_day] == ["2026年11月"]
    assert found.days == 2
    empty = stage.look(meal_statistics.statistics, stage.canteen, periods.year_of(date(2020, 1, 1)))
    assert (empty.total.meals, empty.total.price, empty.by_age, empty.days) == (0, 0, (), 0)
    whole = stage.look(meal_statistics.whole_period, stage.canteen, stage.today)
    assert (whole.first, whole.last) == (stage.today - _DAY * 3, stage.today)


def test_the_paper_has_every_figure_and_the_equation(stage: Stage) -> None:
    found = _eaten(stage)
    printing = Printing(by="赵敏", at=stage.now)
    with stage.database.reading() as session:
        data = meal_statistics_paper.statistics_paper(session, stage.canteen, found, printing)
    text = "".join(text_by_pdfium(render(data)).split())
    for section in meal_statistics_paper.sections(found):
        for row in (*section.rows, section.total):
            assert "".join("".join(row).split()) in text
    assert "海棠食堂统计" in text
    assert "慈善捐赠24.00＝" in text


def test_cards_are_read_from_three_digits_and_averaged(stage: Stage) -> None:
    assert meal_opinions.read_marks("4 5 4") == (4, 5, 4)
    assert meal_opinions.read_marks("５0-") == (5, None, None)
    for wrong in ("45", "456", "4544", "好", ""):
        with pytest.raises(DomainError, match="三个 1 到 5 的数"):
            meal_opinions.read_marks(wrong)
    for typed in ("543", "400"):
        entered = OpinionInput(on_date=stage.today, marks=meal_opinions.read_marks(typed))
        stage.do(meal_opinions.add, stage.canteen, entered, today=stage.today)
    found = _of(stage)
    assert [one.average for one in found.asked] == [4.5, 4.0, 3.0]
    assert (found.cards, found.asked[0].counts) == (2, (1, 1, 0, 0, 0))


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        (OpinionInput(on_date=date(2026, 11, 22), marks=(5, 5, 5)), "在今天以后"),
        (OpinionInput(on_date=date(2026, 11, 21), marks=(None, None, None)), "不用录"),
        (OpinionInput(on_date=date(2026, 11, 21), marks=(5, 5, 5), words="好" * 101), "最多 100"),
    ],
)
def test_a_card_that_is_none_is_refused(stage: Stage, entered: OpinionInput, said: str) -> None:
    with pytest.raises(DomainError, match=said):
        stage.do(meal_opinions.add, stage.canteen, entered, today=stage.today)
    assert _of(stage).cards == 0


def test_a_card_that_was_typed_twice_is_taken_out_once(stage: Stage) -> None:
    entered = OpinionInput(on_date=stage.today, marks=(5, 4, 3), words="汤凉了", given_by="王")
    key = stage.do(meal_opinions.add, stage.canteen, entered, today=stage.today)
    (card,) = stage.look(meal_opinions.opinions, stage.canteen, stage.today, stage.today)
    assert (card.marks, card.words, card.given_by, card.entered_by) == (
        (5, 4, 3),
        "汤凉了",
        "王",
        "赵敏",
    )
    stage.do(meal_opinions.remove, key)
    with pytest.raises(DomainError, match="已经不在"):
        stage.do(meal_opinions.remove, key)
    assert _of(stage).cards == 0


def test_samples_that_may_go_and_certificates_are_said_at_the_start(stage: Stage) -> None:
    def said(now: datetime) -> str:
        words: str = stage.look(due_today.kitchen, now=now)
        return words

    assert said(stage.now) == ""
    sample = SampleInput(name="米饭", grams=130, taken_by="赵敏")
    stage.do(sample_keeping.take, stage.canteen, stage.today, LUNCH, [sample], now=stage.now)
    for name, left in (("高翔", 31), ("马翠兰", 30), ("邹立新", -1)):
        entered = StaffInput(name=name, certificate_until=stage.today + left * _DAY)
        stage.do(canteen_staff.add, stage.canteen, entered)
    assert said(stage.now) == "健康证 1 人过期，健康证 1 人快到期"
    assert said(stage.now + 2 * _DAY).startswith("留样 1 份可以销毁，健康证 1 人过期")
