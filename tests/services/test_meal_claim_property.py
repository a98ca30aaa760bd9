"""Whatever is logged, taken back, put right and submitted: the claims are the single meals."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import DomainError
from app.models import Payer
from app.services import meal_claim_steps, meal_claim_views, meal_claims, meal_taking_back
from app.services.meal_claims import Matrix
from app.storage.engine import Database
from tests.services.canteen_stage import Stage, stage_on
from tests.services.test_meal_claims import _apart, _log, _submitted

MONTHS = (202609, 202610, 202611, 202612)
DAYS = (date(2026, 9, 8), date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31))
EATERS = ("chen", "wang", "li", "sun", "zhou", "zhang", "liu", "young")
PORTIONS = st.sampled_from((1, 1, 3))
LOG = st.tuples(st.just("log"), st.sampled_from(EATERS), st.sampled_from(DAYS), PORTIONS)
BACK = st.tuples(st.just("back"), st.integers(0, 8), st.none())
RIGHT = st.tuples(st.just("right"), st.integers(0, 8), st.sampled_from((None, *DAYS)))
SUBMIT = st.tuples(st.just("submit"), st.sampled_from(MONTHS[:2]), st.none())


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(acts=st.lists(st.one_of(LOG, LOG, BACK, RIGHT, SUBMIT), min_size=6, max_size=14))
def test_the_claims_are_the_sum_of_the_single_meals(database: Database, acts: list[Any]) -> None:
    stage = _fresh(database)
    for act in acts:
        _do(stage, *act)
    for month in MONTHS:
        _agrees(stage, month)
    every = stage.ask(f"SELECT {', '.join(f'coalesce(sum(by_{p}), 0)' for p in Payer)} FROM meal")
    claimed = [_matrix(stage, month) for month in MONTHS]
    assert every == [tuple(sum(one.claimed(payer) for one in claimed) for payer in Payer)]


def _fresh(database: Database) -> Stage:
    return stage_on(database).at(date(2026, 12, 2))


def _do(stage: Stage, kind: str, what: Any, day: date | None, portions: int = 1) -> None:
    """Refused where it must be: a second meal, a line that was taken back, an empty month."""
    meals = [row[0] for row in stage.ask("SELECT id FROM meal ORDER BY id")]
    try:
        if kind == "log":
            assert day is not None
            _log(stage, what, day, quantity=portions)
        elif kind == "submit":
            _submitted(stage, what)
        elif meals and kind == "back":
            meal = meals[what % len(meals)]
            stage.do(meal_taking_back.take_back, meal, reason="记错", now=stage.now)
        elif meals:
            meal = meals[what % len(meals)]
            how: dict[str, Any] = {"on_date": day} if day else {"unsubsidised": True}
            stage.do(meal_taking_back.put_right, meal, **how, reason="更正", now=stage.now)
    except DomainError:
        pass


def _matrix(stage: Stage, month: int) -> Matrix:
    found: Matrix = stage.look(meal_claims.matrix, stage.canteen, month)
    return found


def _agrees(stage: Stage, month: int) -> None:
    """Table and differences are the lines of the month; a submitted claim never moves again."""
    found = _matrix(stage, month)
    for sums in (found.total, found.difference, *(line.sums for line in found.lines)):
        assert _apart(sums) == 0
    whole = stage.ask(
        f"SELECT coalesce(sum(price), 0), coalesce(sum(paid), 0) FROM meal WHERE month = {month}"
    )
    total, more = found.total, found.difference
    assert whole == [(total.price + more.price, total.paid + more.paid)]
    assert total.meals + more.meals == _counted(stage, month)
    claim = stage.look(meal_claim_views.claim, stage.canteen, month)
    assert claim is None or not claim.locked or claim.tells(found)


def _counted(stage: Stage, month: int) -> int:
    """Of what one person takes, one portion is subsidised; who pays alone is given each."""
    lines = stage.ask(f"SELECT quantity, price + fee - paid FROM meal WHERE month = {month}")
    return sum((1 if count > 0 else -1) if given else count for count, given in lines)


def test_a_submitted_month_is_refused_a_second_time(database: Database) -> None:
    stage = _fresh(database)
    _log(stage, "li", DAYS[0])
    _submitted(stage, 202609)
    with pytest.raises(DomainError, match="已经提交锁定"):
        stage.do(meal_claim_steps.prepare, stage.canteen, 202609, signer="赵敏", now=stage.now)
