"""补贴结算: the sums of the picture to the 分, what is behind a figure, the way to the lock."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import Guest, Payer, PayWay
from app.services import (
    history,
    meal_book,
    meal_claim_after,
    meal_claim_checks,
    meal_claim_lines,
    meal_claim_steps,
    meal_claim_views,
    meal_claims,
    meal_orders,
    meal_taking_back,
    open_meals,
)
from app.services.meal_claim_checks import Checks
from app.services.meal_claim_lines import Figure
from app.services.meal_claim_views import ClaimView, Step
from app.services.meal_claims import Matrix, SeesSomeGrids, Sums, TierKey
from app.services.meal_pricing import MealInput
from app.storage.engine import Database
from app.values.rights import CANTEEN, DEFAULTS, Actor
from tests.services.canteen_stage import CLERK, LUNCH, Stage, stage_on
from tests.services.claim_stage import MONTH, SECOND_OF_DECEMBER, TIERS, november_on

SEES_LESS = Actor("孙丽", CANTEEN, DEFAULTS[CANTEEN])


@pytest.fixture
def november(database: Database) -> Stage:
    return november_on(database)


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _matrix(stage: Stage, month: int = MONTH, by: Actor = CLERK) -> Matrix:
    found: Matrix = stage.look(meal_claims.matrix, stage.canteen, month, by=by)
    return found


def _apart(sums: Sums) -> int:
    """What the parts and the whole differ by."""
    return sums.price + sums.fee - sums.paid - sums.shares.total


def _checks(stage: Stage, month: int = MONTH) -> Checks:
    found: Checks = stage.look(meal_claim_checks.checks, _matrix(stage, month))
    return found


def _claim(stage: Stage, month: int = MONTH) -> ClaimView:
    found: ClaimView | None = stage.look(meal_claim_views.claim, stage.canteen, month)
    assert found is not None
    return found


def _ids(stage: Stage, tier: TierKey | None, column: str, **more: Any) -> list[int]:
    figure = Figure(canteen_id=stage.canteen, month=MONTH, tier=tier, column=column, **more)
    return list(stage.look(meal_claim_lines.line_ids, figure))


def _log(stage: Stage, who: str, day: date, **more: Any) -> int:
    fields: dict[str, Any] = {
        "canteen_id": stage.canteen,
        "period": LUNCH,
        "on_date": day,
        "resident_id": stage.people[who],
        "set_meal_id": stage.sets["A"],
        "pay_way": PayWay.CASH,
        "request_key": f"{who} {day} {more}",
    }
    logged = stage.do(meal_book.log, MealInput(**{**fields, **more}), now=stage.now)
    return int(logged.meal_id)


def _submitted(stage: Stage, month: int) -> None:
    place = (stage.canteen, month)
    stage.do(meal_claim_steps.prepare, *place, signer="赵敏", now=stage.now)
    version = _claim(stage, month).version
    stage.do(meal_claim_steps.sign, *place, signer="赵书记", version=version, now=stage.now)
    stage.do(meal_claim_steps.submit, *place, version=_claim(stage, month).version, now=stage.now)


# -- the table


def test_the_month_of_the_picture_comes_to_its_sums(november: Stage) -> None:
    found = _matrix(november)
    total = found.total
    assert (total.people, total.meals, total.price) == (247, 4006, 50_232_00)
    assert [total.shares.of(one) for one in found.payers] == [
        5_197_00,
        4_596_00,
        1_304_00,
        5_178_00,
    ]
    assert total.paid == 33_957_00
    assert _apart(total) == 0
    rows = {line.name: line.sums for line in found.lines}
    assert [(rows[one.name].people, rows[one.name].meals) for one in TIERS] == [
        (one.people, one.meals) for one in TIERS
    ]
    eighty = rows["80–89 岁"]
    assert (eighty.price, eighty.shares.district, eighty.paid) == (10_296_00, 824_00, 7_824_00)


def test_a_payer_who_bears_nothing_has_no_column(november: Stage) -> None:
    assert _matrix(november).columns == (
        *("people", "meals", "price", "city", "district", "street", "donor", "paid"),
    )


def test_corrections_of_october_are_a_difference_and_not_of_the_month(november: Stage) -> None:
    found = _matrix(november)
    assert found.corrected == (202610,)
    assert found.difference.shares.district == -4_00
    assert found.claimed(Payer.DISTRICT) == 4_592_00
    assert found.claimed(Payer.CITY) == 5_197_00
    assert (found.difference.meals, _apart(found.difference)) == (0, 0)


def test_each_tier_says_what_it_gives(november: Stage) -> None:
    gives = {line.name: line.gives for line in _matrix(november).lines}
    assert gives["低保对象"] == "每餐补 9.00"
    assert gives["90 岁以上"] == "免费"
    assert gives["爱心驿站"] == "不记名，捐赠"


def test_meals_without_a_subsidy_have_a_line_of_their_own(stage: Stage) -> None:
    _log(stage, "young", stage.today)
    (line,) = _matrix(stage).lines
    assert (line.name, line.gives, line.key) == ("不享受补贴", "原价", TierKey(None))
    assert (line.sums.people, line.sums.price, line.sums.paid) == (1, 12_00, 12_00)


def test_a_meal_of_three_portions_is_one_of_its_tier(stage: Stage) -> None:
    """One portion is subsidised and the others are the person's own."""
    _log(stage, "li", stage.today, quantity=3)
    _log(stage, "li", date(2026, 11, 20))
    _log(stage, "young", stage.today, quantity=2)
    wrong = _log(stage, "zhou", stage.today, quantity=3)
    stage.do(meal_taking_back.take_back, wrong, reason="记错人", now=stage.now)
    rows = {line.name: line.sums for line in _matrix(stage).lines}
    sixty = rows["60–69 岁"]
    assert (sixty.meals, sixty.price, sixty.shares.city, sixty.paid) == (2, 48_00, 2_00, 46_00)
    assert (rows["不享受补贴"].meals, rows["70–79 岁"].meals, rows["70–79 岁"].people) == (2, 0, 0)
    assert _apart(_matrix(stage).total) == 0
    claimed = _matrix(stage)
    _submitted(stage.at(date(2026, 12, 2)), MONTH)
    assert _claim(stage).meals == claimed.total.meals == 4
    assert _claim(stage).tells(claimed)


def test_each_guest_of_a_line_is_a_meal_of_its_tier(stage: Stage) -> None:
    stage.log(guest=Guest.SANITATION, quantity=3)
    (line,) = _matrix(stage).lines
    assert (line.sums.meals, line.sums.shares.donor) == (3, 36_00)


def test_who_took_everything_back_is_not_counted_as_a_person(stage: Stage) -> None:
    meal = _log(stage, "li", stage.today)
    _log(stage, "zhou", stage.today)
    stage.do(meal_taking_back.take_back, meal, reason="记错人", now=stage.now)
    found = _matrix(stage)
    assert (found.total.people, found.total.meals, found.total.price) == (1, 1, 12_00)
    assert [line.sums.people for line in found.lines] == [0, 1]


def test_the_months_are_those_with_meals_and_the_present_one(november: Stage) -> None:
    months = november.look(meal_claims.months, november.canteen, today=SECOND_OF_DECEMBER)
    assert months == [202612, 202611, 202610]


def test_who_sees_some_grids_only_gets_no_sums(november: Stage) -> None:
    with pytest.raises(SeesSomeGrids, match="部分网格"):
        _matrix(november, by=Actor("王芳", CANTEEN, DEFAULTS[CANTEEN], grids=frozenset({1})))


def test_a_tier_that_tells_too_much_has_neither_name_nor_people(november: Stage) -> None:
    rule = november.rules["重度残疾"]
    hidden = _matrix(november, by=SEES_LESS).line(TierKey(rule))
    assert hidden is not None
    assert (hidden.name, hidden.hidden, hidden.sums.meals) == ("按身份享受", True, 153)
    ids = _ids(november, TierKey(rule), "city")[:5]
    seen = november.look(meal_claim_lines.lines, ids, by=SEES_LESS)
    whole = november.look(meal_claim_lines.lines, ids)
    assert [one.name for one in seen] == [f"{one.name[0]}**" for one in whole]


# -- behind a figure


def test_every_figure_is_the_sum_of_the_lines_behind_it(november: Stage) -> None:
    found = _matrix(november)
    for line in found.lines:
        for column in (*(one.value for one in found.payers), "price", "paid"):
            ids = _ids(november, line.key, column)
            lines = november.look(meal_claim_lines.lines, ids)
            amounts = [
                getattr(one.shares if column in tuple(Payer) else one, column) for one in lines
            ]
            assert sum(amounts) == line.sums.of(column), (line.name, column)


def test_behind_the_district_of_the_eighties_stand_824_meals(november: Stage) -> None:
    ids = _ids(november, TierKey(november.rules["80–89 岁"]), "district")
    assert len(ids) == 824
    (first,) = november.look(meal_claim_lines.lines, ids[:1])
    assert (first.on_date, first.shares.district, first.age) == (date(2026, 11, 1), 1_00, 84)
    assert first.number.startswith("M-1101-")


def test_behind_the_difference_stand_the_lines_of_october(november: Stage) -> None:
    ids = _ids(november, None, "district", corrections=True)
    lines = november.look(meal_claim_lines.lines, ids)
    assert [one.shares.district for one in lines] == [-2_00, -2_00]
    assert {one.on_date.month for one in lines} == {10}


def test_a_birthday_and_a_meal_taken_back_are_told(stage: Stage) -> None:
    meal = _log(stage, "ma", stage.today)
    stage.do(meal_taking_back.take_back, meal, reason="记错人", now=stage.now)
    lines = stage.look(meal_claim_lines.lines, _ids(stage, None, "price"))
    assert lines[0].who == "80 岁 · 生日当天"
    assert lines[0].taken_back
    assert lines[1].reverses == lines[0].number
    assert (lines[1].price, lines[1].quantity) == (-12_00, -1)


# -- checks


def test_november_passes_all_five_checks(november: Stage) -> None:
    found = _checks(november)
    assert found.words == "5 项都通过"
    assert [(one.words, one.result) for one in found.lines] == [
        ("逐餐合计 = 结算表", "差 0.00"),
        ("各方分担 + 本人付 = 餐费", "差 0.00"),
        ("每餐补贴不超过餐费", "4,006 餐"),
        ("订餐未关闭", "0 笔"),
        ("迁出后仍就餐", "0 笔"),
    ]


def _gone(stage: Stage) -> int:
    """A meal of 李国庆 on the day after he moved away, as it was logged before that was known."""
    stage.do(_undo_leaving, stage.people["gone"], None, None)
    meal = _log(stage, "gone", date(2026, 11, 19))
    stage.do(_undo_leaving, stage.people["gone"], "moved_out", date(2026, 11, 18))
    return meal


def _undo_leaving(session: Any, resident_id: int, how: str | None, on: date | None) -> None:
    from app.models import Departure, Resident

    person = session.get(Resident, resident_id)
    person.departure = Departure(how) if how else None
    person.departed_on = on


def test_a_meal_after_moving_away_keeps_the_month_open(stage: Stage) -> None:
    meal = _gone(stage)
    found = _checks(stage)
    assert (found.words, found.open) == ("4 项通过，1 项待办", 1)
    (gone,) = found.gone
    assert (gone.meal_id, gone.words) == (meal, "李国庆 11-18 迁出，11-19 有 1 餐")


@pytest.mark.parametrize("remedy", [{"unsubsidised": True}, {"on_date": date(2026, 11, 17)}])
def test_either_remedy_closes_it(stage: Stage, remedy: dict[str, Any]) -> None:
    meal = _gone(stage)
    stage.do(meal_taking_back.put_right, meal, **remedy, reason="迁出后用餐", now=stage.now)
    assert _checks(stage).open == 0
    assert _matrix(stage).total.meals == 1


def test_a_death_that_is_known_after_the_lock_keeps_the_next_month_open(november: Stage) -> None:
    meal = _log(november, "li", date(2026, 11, 30))
    _submitted(november, MONTH)
    november.do(_undo_leaving, november.people["li"], "died", date(2026, 11, 29))
    later = november.at(date(2026, 12, 31))
    december = later.look(
        lambda lookup: meal_claim_checks.checks(
            lookup, meal_claims.matrix(lookup, later.canteen, 202612)
        )
    )
    assert [one.meal_id for one in december.gone] == [meal]
    how = {"unsubsidised": True, "reason": "已去世", "now": later.now}
    later.do(meal_taking_back.put_right, meal, **how)
    found = _matrix(later, 202612)
    assert found.claimed(Payer.CITY) == -1_00
    checked = later.look(lambda lookup: meal_claim_checks.checks(lookup, found))
    assert checked.open == 0


def test_an_order_that_nobody_closed_keeps_the_month_open(stage: Stage) -> None:
    stage.do(_open_order, stage, "li", "brought")
    check = _checks(stage).lines[3]
    assert (check.result, check.open) == ("1 笔", 1)
    assert check.advice == "送餐 1 笔：从 11-21 起，在“送餐”里登记结果。"


def test_an_order_that_nobody_collected_says_where_it_is_cancelled(stage: Stage) -> None:
    """It stands on no board of deliveries: sent there, nobody would find it."""
    stage.do(_open_order, stage, "wang", "eaten_here")
    check = _checks(stage).lines[3]
    assert (check.result, check.open) == ("1 笔", 1)
    assert check.advice == (
        "堂食、自取 1 笔：从 11-21 起，吃过的照签到表补录，没来的、另记了餐的"
        "在“订餐”里按 Alt+X 取消。"
    )
    stage.do(_open_order, stage, "li", "brought")
    both = _checks(stage).lines[3]
    assert (both.result, both.advice.count("11-21")) == ("2 笔", 2)
    assert both.advice.startswith("送餐 1 笔：")
    ids = [key for (key,) in stage.ask("SELECT id FROM meal_order WHERE way = 'eaten_here'")]
    stage.at(date(2026, 12, 1)).do(meal_orders.cancel, ids, reason="没来取", now=stage.now)
    assert "堂食" not in _checks(stage).lines[3].advice


def test_orders_of_days_that_are_over_are_handed_on_with_where_they_are_settled(
    stage: Stage,
) -> None:
    stage.do(_open_order, stage, "li", "brought")
    stage.do(_open_order, stage, "wang", "taken_away")
    later = stage.at(date(2026, 12, 1))
    left = later.clerk.see(lambda s: list(open_meals.deliveries(s, later.today)))
    assert {(one.what, one.count, one.where) for one in left} == {
        ("以前的订餐没有登记送达", "1 份", "食堂 → 送餐"),
        ("以前的堂食、自取订餐没有记餐，也没有取消", "1 份", "食堂 → 订餐"),
    }


def _open_order(session: Any, stage: Stage, who: str, way: str) -> None:
    from app.models import MealOrder

    session.add(
        MealOrder(
            canteen_id=stage.canteen,
            on_date=stage.today,
            period=LUNCH,
            resident_id=stage.people[who],
            set_letter="A",
            way=way,
            pay_way="cash",
        )
    )


# -- steps


def test_the_way_to_the_lock_goes_step_by_step(november: Stage) -> None:
    place = (november.canteen, MONTH)
    claim = november.look(meal_claim_views.claim, *place)
    assert meal_claim_views.step_of(claim, checked=False) is Step.CHECK
    assert meal_claim_views.step_of(claim, checked=True) is Step.PREPARE
    november.do(meal_claim_steps.prepare, *place, signer="赵敏", now=november.now)
    claim = _claim(november)
    assert meal_claim_views.step_of(claim, checked=True) is Step.SIGN
    with pytest.raises(DomainError, match="还没有签字"):
        november.do(meal_claim_steps.submit, *place, version=claim.version, now=november.now)
    november.do(
        meal_claim_steps.sign, *place, signer="赵书记", version=claim.version, now=november.now
    )
    claim = _claim(november)
    assert meal_claim_views.step_of(claim, checked=True) is Step.SUBMIT
    november.do(meal_claim_steps.submit, *place, version=claim.version, now=november.now)
    claim = _claim(november)
    assert meal_claim_views.step_of(claim, checked=True) is Step.RECEIVE
    assert (claim.locked, claim.submitted_by, claim.meals) == (True, "赵敏", 4006)
    district = claim.part(Payer.DISTRICT)
    assert district is not None
    assert (district.of_month, district.difference, district.claimed) == (4_596_00, -4_00, 4_592_00)


def test_what_came_after_the_signature_asks_for_a_new_one(november: Stage) -> None:
    place = (november.canteen, MONTH)
    november.do(meal_claim_steps.prepare, *place, signer="赵敏", now=november.now)
    _log(november, "zhou", date(2026, 11, 30))
    with pytest.raises(DomainError, match="重新签字"):
        november.do(
            meal_claim_steps.sign,
            *place,
            signer="赵书记",
            version=_claim(november).version,
            now=november.now,
        )


def test_another_meal_of_the_same_price_asks_for_a_new_signature_as_well(november: Stage) -> None:
    place = (november.canteen, MONTH)
    taken_back = _log(november, "zhou", date(2026, 11, 29))
    november.do(meal_claim_steps.prepare, *place, signer="赵敏", now=november.now)
    how = {"reason": "不是他", "now": november.now}
    november.do(meal_taking_back.take_back, taken_back, **how)
    _log(november, "wang", date(2026, 11, 29))
    assert not _claim(november).tells(_matrix(november))
    more = {"version": _claim(november).version, "now": november.now}
    with pytest.raises(DomainError, match="重新签字"):
        november.do(meal_claim_steps.sign, *place, signer="赵书记", **more)


def test_a_meal_of_a_locked_month_becomes_a_difference_of_the_next(november: Stage) -> None:
    _submitted(november, MONTH)
    before = _matrix(november)
    _log(november, "zhou", date(2026, 11, 30))
    assert _matrix(november) == before
    december = _matrix(november, 202612)
    assert (december.total.meals, december.difference.meals) == (0, 1)
    assert december.claimed(Payer.CITY) == 1_00
    assert december.corrected == (MONTH,)


def test_a_locked_month_takes_no_step_back(november: Stage) -> None:
    _submitted(november, MONTH)
    with pytest.raises(DomainError, match="不能再退回"):
        november.do(
            meal_claim_steps.take_back,
            november.canteen,
            MONTH,
            version=_claim(november).version,
        )
    with pytest.raises(DomainError, match="已经提交锁定"):
        november.do(
            meal_claim_steps.prepare, november.canteen, MONTH, signer="赵敏", now=november.now
        )


def test_the_last_signature_can_be_taken_back_before_the_lock(november: Stage) -> None:
    place = (november.canteen, MONTH)
    november.do(meal_claim_steps.prepare, *place, signer="赵敏", now=november.now)
    november.do(meal_claim_steps.take_back, *place, version=_claim(november).version)
    assert meal_claim_views.step_of(_claim(november), checked=True) is Step.PREPARE


def test_a_month_that_is_not_over_is_not_claimed(stage: Stage) -> None:
    _log(stage, "li", stage.today)
    with pytest.raises(DomainError, match="还没有过完"):
        stage.do(meal_claim_steps.prepare, stage.canteen, MONTH, signer="赵敏", now=stage.now)


def test_what_is_open_keeps_the_table_from_being_signed(stage: Stage) -> None:
    _gone(stage)
    later = stage.at(SECOND_OF_DECEMBER)
    with pytest.raises(DomainError, match="还有 1 笔待办"):
        later.do(meal_claim_steps.prepare, stage.canteen, MONTH, signer="赵敏", now=later.now)


def test_a_month_without_meals_is_not_claimed(stage: Stage) -> None:
    later = stage.at(SECOND_OF_DECEMBER)
    with pytest.raises(DomainError, match="不用结算"):
        later.do(meal_claim_steps.prepare, stage.canteen, MONTH, signer="赵敏", now=later.now)


def test_two_windows_do_not_sign_over_each_other(november: Stage) -> None:
    place = (november.canteen, MONTH)
    november.do(meal_claim_steps.prepare, *place, signer="赵敏", now=november.now)
    with pytest.raises(ChangedMeanwhile):
        november.do(meal_claim_steps.sign, *place, signer="赵书记", version=0, now=november.now)


def test_the_counter_cannot_settle(november: Stage) -> None:
    with pytest.raises(NotAllowed, match="补贴结算"):
        november.do(meal_claim_steps.take_back, november.canteen, MONTH, version=1, by=SEES_LESS)


# -- afterwards


def _receive(stage: Stage, payer: Payer, amount: int, **more: Any) -> None:
    part = _claim(stage).part(payer)
    assert part is not None
    fields: dict[str, Any] = {"on": stage.today, "voucher": "银 0121", "note": ""}
    stage.do(
        meal_claim_after.receive,
        part.id,
        amount=amount,
        version=part.version,
        today=stage.today,
        **(fields | more),
    )


def test_the_month_is_done_when_every_payer_paid(november: Stage) -> None:
    _submitted(november, MONTH)
    for payer in (Payer.CITY, Payer.DISTRICT, Payer.STREET, Payer.DONOR):
        assert not _claim(november).received
        part = _claim(november).part(payer)
        assert part is not None
        _receive(november, payer, part.claimed)
    assert _claim(november).received
    assert meal_claim_views.step_of(_claim(november), checked=True) is None


def test_a_payer_who_gets_something_back_is_not_waited_for(stage: Stage) -> None:
    later = stage.at(SECOND_OF_DECEMBER)
    meal = _log(later, "zhang", date(2026, 10, 5))
    _submitted(later, 202610)
    _log(later, "li", date(2026, 11, 5))
    later.do(meal_taking_back.take_back, meal, reason="记错", now=later.now)
    _submitted(later, MONTH)
    waits = later.clerk.see(lambda s: list(open_meals.money(s, later.today)))
    # Of October the city and the district 2.00 each; of November less than nothing.
    assert {one.what: one.count for one in waits}["补贴没有到账"] == "2 笔，4.00 元"


def test_less_than_was_asked_needs_a_word_why(november: Stage) -> None:
    _submitted(november, MONTH)
    with pytest.raises(DomainError, match=r"申报 4,592\.00 元，到账 4,000\.00 元"):
        _receive(november, Payer.DISTRICT, 4_000_00)
    _receive(november, Payer.DISTRICT, 4_000_00, note="区里核减 592 元")
    part = _claim(november).part(Payer.DISTRICT)
    assert part is not None
    assert (part.received, part.note, part.settled) == (4_000_00, "区里核减 592 元", True)


def test_money_does_not_come_before_the_claim_or_tomorrow(november: Stage) -> None:
    _submitted(november, MONTH)
    for by in (-1, 1):
        with pytest.raises(DomainError, match="到账日期"):
            _receive(november, Payer.STREET, 1_304_00, on=november.today + timedelta(days=by))


def test_the_board_is_noted_with_place_and_days(november: Stage) -> None:
    place = (november.canteen, MONTH)
    november.do(meal_claim_steps.prepare, *place, signer="赵敏", now=november.now)
    days = {"on": november.today, "until": november.today + timedelta(days=15)}
    fields = {"version": _claim(november).version, "today": november.today, **days}
    with pytest.raises(DomainError, match="张贴在哪里"):
        november.do(meal_claim_after.post, *place, places=" ", **fields)
    short = fields | {"until": november.today + timedelta(days=14)}
    with pytest.raises(DomainError, match=r"不得少于 15 日.*最早到 2026-12-17"):
        november.do(meal_claim_after.post, *place, places="食堂门口", **short)
    november.do(meal_claim_after.post, *place, places="食堂门口", **fields)
    assert (_claim(november).posted_at, _claim(november).public_until) == (
        "食堂门口",
        days["until"],
    )


# -- undo


def test_steps_before_the_lock_can_be_undone_from_the_last_one_on(november: Stage) -> None:
    place = (november.canteen, MONTH)
    november.do(meal_claim_steps.prepare, *place, signer="赵敏", now=november.now)
    version = _claim(november).version
    november.do(meal_claim_steps.sign, *place, signer="赵书记", version=version, now=november.now)
    november.clerk.undo_last()
    assert (_claim(november).signed_by, _claim(november).prepared_by) == ("", "赵敏")
    november.clerk.undo_last()
    assert november.look(meal_claim_views.claim, *place) is None


def test_the_lock_cannot_be_undone_and_money_that_came_can(november: Stage) -> None:
    _submitted(november, MONTH)
    _receive(november, Payer.STREET, 1_304_00)
    november.clerk.undo_last()
    part = _claim(november).part(Payer.STREET)
    assert part is not None
    assert part.received is None
    assert _claim(november).locked
    line = november.clerk.see(history.last_undoable)
    assert line is None or line.id < _submitting(november)


def _submitting(stage: Stage) -> int:
    """The step that locked the month."""
    return int(
        stage.ask("SELECT max(operation_id) FROM change WHERE table_name = 'meal_claim'")[0][0]
    )
