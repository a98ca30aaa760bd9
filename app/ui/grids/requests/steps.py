"""Every step of a request as a dialog of its own, and one action of the journal."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Level
from app.services.request_detail import RequestDetail
from app.services.request_rules import RequestAction
from app.ui.grids.requests import step_facts
from app.ui.grids.requests.phone_look import reveal
from app.ui.grids.requests.step_dialog import StepDialog, Values
from app.ui.grids.requests.step_facts import StepFacts
from app.ui.grids.requests.step_kinds import STEPS
from app.ui.grids.requests.step_words import button_words
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.recent.unsaved import keep_dialog
from app.values.rights import Right

_A = RequestAction
STEP_DRAFT = "request_step"


class Steps:
    """Performs steps for the windows of requests; each is one action of the journal."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._context = context
        self._parent = parent

    def run(self, detail: RequestDetail, action: RequestAction) -> bool:
        """Ask and write; True where it was done. What may not be done is told instead."""
        try:
            dialog = self.dialog(detail, action, self._parent.window())
        except DomainError as error:
            messages.tell(self._parent, str(error))
            return False
        if dialog.fields:
            # Of this very step: the dialog of another asks for other things.
            number = list(RequestAction).index(action)
            key = f"{STEP_DRAFT}:{detail.id}-{number}"
            keep_dialog(self._context, dialog, dialog.form, key, dialog.windowTitle())
        return bool(dialog.exec())

    def dialog(
        self, detail: RequestDetail, action: RequestAction, parent: QWidget | None = None
    ) -> StepDialog:
        """The dialog of a step; raises DomainError where it may not be done now."""
        step = STEPS[action]
        facts = self._facts(detail, action)
        words = button_words(action, detail)
        return StepDialog(
            f"{words} {detail.number} {detail.title}",
            step.said(facts),
            words,
            step.asks(facts),
            lambda values: self._perform(facts, action, values),
            today=self._context.clock.today(),
            note=facts.guessed if action in (_A.ACCEPT, _A.FINISH) else "",
            look=self._look(facts) if action is _A.CALL_BACK else None,
            parent=parent,
        )

    def _look(self, facts: StepFacts) -> Callable[[], str] | None:
        """Whoever calls back needs the number: it is shown here, and the look is journaled."""
        if not facts.detail.phone_masked or not self._context.may(Right.SEE_NUMBERS):
            return None

        def look() -> str:
            return step_facts.said_on_calling(facts, phone=reveal(self._context, facts.detail))

        return look

    def _facts(self, detail: RequestDetail, action: RequestAction) -> StepFacts:
        with self._context.database.reading() as session:
            step_facts.check(session, detail.id, action)
            return step_facts.of(session, detail, today=self._context.clock.today())

    def _perform(self, facts: StepFacts, action: RequestAction, values: Values) -> None:
        detail, now = facts.detail, self._context.clock.now()
        sentence = sentence_of(action, detail)
        with self._context.database.transaction(sentence) as session:
            known = {"version": detail.version, "now": now}
            STEPS[action].write(session, facts, values, known)
        messages.notify(self._context.signals, f"已{sentence}")
        self._context.signals.changed.emit(Area.REQUESTS)


def sentence_of(action: RequestAction, detail: RequestDetail) -> str:
    """How the journal names a step: 受理诉求 1191."""
    one = f"诉求 {detail.number}"
    if action is _A.HAND_DOWN and detail.level is Level.STREET:
        return f"登记街道对{one} 的回告"
    said = {
        _A.NOTE: f"记{one} 的进展",
        _A.ASK_EXTENSION: f"为{one} 申请延期",
        _A.DECIDE_EXTENSION: f"批复{one} 的延期",
    }
    return said.get(action, f"{action.label}{one}")
