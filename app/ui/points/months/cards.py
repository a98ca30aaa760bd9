"""The two cards of a month, also beside the ledger: the seven steps, and the proof below them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.services import points_month_facts
from app.services.points_month_facts import MonthFacts
from app.services.points_publishing import Step
from app.ui.kit import theme
from app.ui.people.points_wish import ShowMonth
from app.ui.points.months import doing
from app.ui.points.months.proof_card import ProofCard
from app.ui.points.months.steps_card import StepsCard


class MonthCards(QWidget):
    """`show_month` reads a month anew. `preview`: beside the ledger, where no list is seen."""

    print_asked = Signal()
    """生成公示 is done by printing the list"""

    def __init__(self, context: Context, *, preview: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._preview = preview
        self.steps = StepsCard(context, preview=preview)
        self.proof = ProofCard(context.clock.today())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(12))
        layout.addWidget(self.steps)
        layout.addWidget(self.proof)
        layout.addStretch(1)
        self._connect()

    @property
    def facts(self) -> MonthFacts | None:
        """What is shown."""
        return self.steps.facts

    def show_month(self, month: int | None = None) -> MonthFacts:
        """202611; None for the month that somebody has to see to."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            chosen = month or points_month_facts.month_to_show(lookup, today=today)
            facts = points_month_facts.month_facts(lookup, chosen, today=today)
        self.steps.show_facts(facts)
        self.proof.show_facts(facts)
        return facts

    def take_step(self) -> None:
        """The step that comes."""
        if self.facts is None:
            return
        if self.facts.step is not Step.PREPARE:
            doing.take_step(self._context, self.facts, self)
        elif self._preview:
            self._show_tab()
        else:
            self.print_asked.emit()

    def show_objections(self) -> None:
        """Those to the list of the month."""
        from app.ui.points.months.objections import ObjectionsDialog

        if self.facts is not None and self.facts.closed is not None:
            ObjectionsDialog(self._context, self.facts.month, self.window()).exec()

    def make_longer(self) -> None:
        """Another end of the days for objections."""
        from app.ui.points.months.step_dialogs import LongerDialog

        if self.facts is not None and self.facts.closed is not None:
            LongerDialog(self._context, self.facts.closed, self.window()).exec()

    def show_apart(self) -> None:
        """Whose books do not agree."""
        from app.ui.points.months.apart_dialog import ApartDialog

        ApartDialog(self._context, self.window()).exec()

    def _show_tab(self) -> None:
        if self.facts is not None:
            self._context.signals.page_requested.emit("points", ShowMonth(self.facts.month))

    def _connect(self) -> None:
        self.steps.next_asked.connect(self.take_step)
        self.steps.preview_asked.connect(self._show_tab)
        self.steps.objections_asked.connect(self.show_objections)
        self.steps.longer_asked.connect(self.make_longer)
        self.proof.asked.connect(self.show_apart)
