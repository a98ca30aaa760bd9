"""Plan against orders, whatever they are: once brought together nothing is left to do."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from app.models import MealPeriod, MealWay, OrderState, PayWay
from app.services.order_generation import Difference, _compare, _There, _written
from app.services.order_plan import DayPlan, Portion

HERE, ELSEWHERE = 1, 2
PERIODS = (MealPeriod.LUNCH, MealPeriod.DINNER)
PEOPLE = some.integers(1, 4)
KEYS = some.tuples(PEOPLE, some.sampled_from(PERIODS))
STATES = some.sampled_from(OrderState)


def portion(key: tuple[int, MealPeriod], letter: str) -> Portion:
    person, period = key
    return Portion(person, period, letter, 1, MealWay.BROUGHT, PayWay.CARD, 9, None, None, None)


@some.composite
def plans(draw: Any) -> DayPlan:
    stopped = draw(some.dictionaries(PEOPLE, some.just("住院"), max_size=2))
    gone = draw(some.frozensets(PEOPLE, max_size=1))
    wanted = draw(some.dictionaries(KEYS, some.sampled_from("AB")))
    portions = {
        key: portion(key, letter)
        for key, letter in wanted.items()
        if key[0] not in stopped and key[0] not in gone
    }
    return DayPlan(portions, stopped, gone)


@some.composite
def orders(draw: Any) -> list[_There]:
    facts = some.tuples(
        some.sampled_from((HERE, HERE, ELSEWHERE)), STATES, some.booleans(), some.sampled_from("AB")
    )
    found = draw(some.dictionaries(KEYS, facts))
    return [
        _There(number, *key, canteen, state, hand, _written(portion(key, letter)))
        for number, (key, (canteen, state, hand, letter)) in enumerate(found.items(), start=1)
    ]


def brought_together(there: list[_There], found: Difference) -> list[_There]:
    changed, cancelled = dict(found.changed), dict(found.cancelled)
    after = []
    for one in there:
        if one.id in changed:
            wanted = _written(changed[one.id])
            one = one._replace(written=wanted, state=OrderState.ORDERED, canteen_id=HERE)
        elif one.id in cancelled:
            one = one._replace(state=OrderState.CANCELLED)
        after.append(one)
    made = (
        _There(
            1000 + n, one.resident_id, one.period, HERE, OrderState.ORDERED, False, _written(one)
        )
        for n, one in enumerate(found.new)
    )
    return [*after, *made]


@settings(max_examples=70, deadline=None)
@given(plans(), orders(), some.sets(some.sampled_from(PERIODS)))
def test_a_second_run_does_nothing_and_stops_and_hands_are_kept(
    plan: DayPlan, there: list[_There], settled: set[MealPeriod]
) -> None:
    found = _compare(plan, there, HERE, settled)
    after = brought_together(there, found)
    by_id = {one.id: one for one in after}
    assert not _compare(plan, after, HERE, settled)
    meals = [(one.resident_id, one.period) for one in after]
    assert len(meals) == len(set(meals))
    kept_out = {*plan.stopped, *plan.gone}
    for one in after:
        waits = one.state is OrderState.ORDERED and one.canteen_id == HERE
        assert not (waits and one.resident_id in kept_out)
    for one in there:
        now = by_id[one.id]
        history = one.state not in (OrderState.ORDERED, OrderState.CANCELLED)
        if one.by_hand or history:
            assert now.written == one.written
        if history:
            assert now == one
        # Of another canteen only what nobody changed by hand comes over, with whom it is for.
        if one.canteen_id == ELSEWHERE and (one.resident_id, one.period) not in plan.portions:
            assert now == one
        if one.by_hand and one.resident_id not in kept_out:
            assert now == one
    for period in settled:
        assert not [one for one in found.new if one.period is period]


@settings(max_examples=40, deadline=None)
@given(plans(), orders())
def test_before_the_cut_off_everybody_in_the_plan_has_what_it_says_unless_a_hand_was_there(
    plan: DayPlan, there: list[_There]
) -> None:
    after = brought_together(there, _compare(plan, there, HERE, ()))
    found = {(one.resident_id, one.period): one for one in after}
    for key, wanted in plan.portions.items():
        one = found[key]
        untouched = one.by_hand
        if not untouched and one.state is OrderState.ORDERED:
            assert one.written == _written(wanted)
        assert untouched or one.state is not OrderState.CANCELLED
