"""进度: the five steps of a settlement, who signed when."""

from __future__ import annotations

from collections.abc import Iterator

from app.context import Context
from app.models import MealClaim
from app.services.meal_claim_facts import ClaimFacts
from app.services.meal_claim_views import STEPS, Step
from app.ui.canteen.claims.matrix_rows import title_words
from app.ui.kit import theme
from app.ui.kit.card import Card
from app.ui.kit.labels import row, small, title
from app.ui.kit.numbered_steps import StepLine, StepList
from app.ui.recent.history import Record, history_button


class StepsCard(Card):
    """Nothing can be pressed in it but 经过; the button of the next step is in the claim's card."""

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=6)
        self._context = context
        self.facts: ClaimFacts | None = None
        self.place = small()
        self.history = history_button(context, self, self._record)
        self.body.addLayout(row(title("进度"), self.place, None, self.history))
        self.steps = StepList()
        self.body.addWidget(self.steps)

    def show_facts(self, facts: ClaimFacts) -> None:
        """A month as it is now."""
        self.facts = facts
        done = facts.step is None
        number = len(STEPS) if facts.step is None else STEPS.index(facts.step) + 1
        self.place.setText("已办完" if done else f"第 {number} 步，共 {len(STEPS)} 步")
        lines = list(_lines(facts, self._context))
        # There only the step that comes and the one after it have room.
        first = min(number, len(lines) - 1) - 1 if theme.current().large else 0
        # Beside a remedy even less: the one that comes.
        room = 2 if facts.gone is None else 1
        some = lines[first : first + room] if theme.current().large else lines
        self.steps.show_lines(some, tight=True)
        self.history.setVisible(facts.claim is not None)

    def _record(self) -> Record | None:
        claim = self.facts.claim if self.facts is not None else None
        return None if claim is None else Record(MealClaim, claim.id, title_words(claim.month))


def _lines(facts: ClaimFacts, context: Context) -> Iterator[StepLine]:
    present = len(STEPS) if facts.step is None else STEPS.index(facts.step)
    for place, step in enumerate(STEPS):
        state = "now" if place == present else "done" if place < present else "later"
        late = step is facts.step and context.clock.today() > facts.due
        warn = state == "now" and (step is Step.CHECK or (late and step is not Step.RECEIVE))
        beside = _beside(facts, step, context)
        yield StepLine(place + 1, step.label, beside, state, "warn" if warn else "text2")


def _beside(facts: ClaimFacts, step: Step, context: Context) -> str:
    claim = facts.claim
    if step is Step.CHECK:
        return f"剩 {facts.checks.open:,} 笔" if facts.checks.open else "都核对了"
    if step is Step.PREPARE:
        done = claim is not None and claim.prepared_on is not None
        return f"{claim.prepared_on:%m-%d} {claim.prepared_by}" if claim and done else facts.maker
    if step is Step.SIGN:
        signed = claim is not None and claim.signed_on is not None
        return f"{claim.signed_on:%m-%d} {claim.signed_by}" if claim and signed else facts.signer
    if step is Step.SUBMIT:
        if claim is not None and claim.submitted_at is not None:
            return f"{claim.submitted_at:%m-%d} {claim.submitted_by}"
        return f"{facts.due:%m-%d} 前"
    return facts.received_words
