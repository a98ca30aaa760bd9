"""All that is to be known of a month's settlement, of one moment: table, checks, claim, step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services import meal_claim_checks, meal_claim_steps, meal_claim_views, meal_claims
from app.services.meal_claim_checks import Checks, Gone
from app.services.meal_claim_views import ClaimView, Step
from app.services.meal_claims import Matrix
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.rights import SECRETARY


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """A month; `refusal` says why the next step cannot be taken, `maker` and `signer` who will."""

    matrix: Matrix
    checks: Checks
    claim: ClaimView | None
    step: Step | None
    refusal: str
    stale: bool
    """Lines came or went since the table was signed"""
    maker: str
    signer: str
    due: date
    """Until when it should be submitted"""

    @property
    def month(self) -> int:
        return self.matrix.month

    @property
    def locked(self) -> bool:
        return self.claim is not None and self.claim.locked

    @property
    def gone(self) -> Gone | None:
        """The first meal after somebody left; in a month that is locked nothing is put right."""
        return self.checks.gone[0] if self.checks.gone and not self.locked else None

    @property
    def received_words(self) -> str:
        """已到 2 方，共 4 方, once it was submitted."""
        if self.claim is None or not self.claim.locked:
            return ""
        asked = [one for one in self.claim.parts if one.claimed > 0]
        came = sum(one.received is not None for one in asked)
        return "都到账了" if came == len(asked) else f"到了 {came} 方，共 {len(asked)} 方"


def facts_of(source: Source, canteen_id: int, month: int, *, today: date, maker: str) -> ClaimFacts:
    """Everything about a month; raises SeesSomeGrids for whoever does not see everybody."""
    found = meal_claims.matrix(source, canteen_id, month)
    checked = meal_claim_checks.checks(source, found)
    claim = meal_claim_views.claim(source, canteen_id, month)
    stale = claim is not None and claim.prepared_on is not None and not claim.tells(found)
    step = meal_claim_views.step_of(claim, checked=not checked.open)
    if stale and step in (Step.SIGN, Step.SUBMIT):
        step = Step.PREPARE
    return ClaimFacts(
        matrix=found,
        checks=checked,
        claim=claim,
        step=step,
        refusal=meal_claim_steps.refusal(found, checked, claim, today=today),
        stale=stale,
        maker=maker,
        signer=_secretary(source),
        due=meal_claim_views.due_on(source, month),
    )


def _secretary(source: Source) -> str:
    """Who usually answers for it."""
    where = [Sql("role = ?", (SECRETARY,))]
    found = lookup_of(source).value(query("name", "user", where, "ORDER BY id LIMIT 1"))
    return found or ""
