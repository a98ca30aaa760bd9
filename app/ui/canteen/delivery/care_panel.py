"""The case of somebody who did not answer: what is known, four steps, the next as the button."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from app.context import Context
from app.errors import DomainError
from app.models import CareCase, CareStepKind, OrderState
from app.services import settings
from app.services.care_views import CaseView
from app.services.delivery_board import Stop, Walk
from app.ui.canteen.delivery import care_words
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, box, column, row, small
from app.ui.kit.numbered_steps import StepList
from app.ui.kit.scroll import scrolled
from app.ui.recent.history import Record, history_button
from app.values.rights import Right


class CarePanel(Card):
    """`asked` carries an action of the key map: the next step, its outcomes, the slip."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=8)
        self._context = context
        self.case: CaseView | None = None
        self.name, self.where = Label("", "h2", bold=True, wrap=True), small()
        self.chips = ChipRow()
        self.notice = Notice("", tone="warn")
        self.facts = Facts(label=44)
        self.steps = StepList()
        self.contact, self.number = Label(bold=True), small()
        cap = "" if theme.current().large else keys.cap("reveal")
        self.reveal = Button("显示号码", size="small", cap=cap)
        self.next = Button("", kind="primary", action="care_step", wide=True)
        self.answered = Button("联系上了", action="care_answered", wide=True)
        self.again = Button("再送一次", action="bring_again", wide=True)
        self.to_canteen = Button("退回食堂", action="to_canteen", wide=True)
        self.slip = Button("走访单", action="print", wide=True)
        self.history = history_button(context, self, self._record)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._mask)
        self._lay_out()
        self._connect()

    @property
    def buttons(self) -> tuple[Button, ...]:
        return (self.reveal, self.next, self.answered, self.again, self.to_canteen, self.slip)

    def show_case(self, case: CaseView, walk: Walk | None, stop: Stop | None) -> None:
        """Another case, or the same after a step."""
        if self.case is None or case.resident_id != self.case.resident_id:
            self._timer.stop()
        self.case = case
        self.name.setText(case.name)
        place = f"{walk.name} {stop.place or ''}".strip() if walk and stop else ""
        self.where.setText(place)
        age = [Chip(f"{case.age} 岁")] if case.age is not None else []
        self.chips.set_chips([*age, *(Chip(name, tone) for name, tone in case.tags[:3])])
        large = theme.current().large
        self.notice.show_text(care_words.heading(case), _short(case.words, large), tone="warn")
        # 大字 keeps what decides: where it is stands on the board, the tags above.
        self.facts.set_pairs(care_words.in_short(case) if large else care_words.facts(case))
        self.steps.show_lines(care_words.step_lines(case), tight=True)
        self._show_contact(case)
        self._show_actions(case)

    def rest(self) -> None:
        """Nobody is at the desk."""
        self._mask()

    # -- inside

    def _show_contact(self, case: CaseView) -> None:
        if self._timer.isActive():
            return
        own = f"本人 {case.phone_masked}" if case.phone_masked else "没有登记电话"
        first = case.next_step is CareStepKind.OWN_PHONE
        if first or not case.contact_masked:
            self.contact.setText("本人" if first else "没有登记家属电话")
            self.number.setText(case.phone_masked if first and case.phone_masked else own)
        else:
            self.contact.setText(case.contact or "家属")
            self.number.setText(case.contact_masked)
        known = bool(case.phone_masked or case.contact_masked)
        self.reveal.setVisible(known)

    def _show_actions(self, case: CaseView) -> None:
        self.next.setText(care_words.next_words(case))
        again = case.order_state is OrderState.NOBODY
        self.again.setEnabled(again)
        self.to_canteen.setEnabled(again and case.done(CareStepKind.TAKEN_BACK) is None)

    def _reveal(self) -> None:
        """The numbers for a minute; that somebody looked is on record."""
        if self.case is None or self._timer.isActive():
            self._mask()
            return
        from app.services import care_cases

        title = f"查看 {self.case.name} 本人和家属的电话"
        try:
            with self._context.database.transaction(title) as session:
                own, family = care_cases.reveal(session, self.case.resident_id)
        except DomainError as error:
            messages.tell(self, str(error))
            return
        first = self.case.next_step is CareStepKind.OWN_PHONE
        self.number.setText((own if first else family) or own or family)
        self.reveal.setText("遮住")
        self._timer.start(self._context.settings[settings.MASK_SECONDS] * 1000)

    def _mask(self) -> None:
        self._timer.stop()
        self.reveal.setText("显示号码")
        if self.case is not None:
            self._show_contact(self.case)

    def _lay_out(self) -> None:
        person = column(self.contact, self.number, spacing=0)
        family = QFrame()
        family.setObjectName("soft")
        family.setLayout(row((person, 1), self.reveal, margins=(11, 8, 11, 8)))
        offer(self._context.may(Right.SEE_NUMBERS), self.reveal)
        runs = self._context.may(Right.RUN_CANTEEN)
        offer(runs, self.next, self.answered, self.again, self.to_canteen)
        offer(runs and self._context.may(Right.PRINT), self.slip)
        large = theme.current().large
        # 大字: the status line names the keys of what has no button.
        aside = (self.to_canteen, self.slip) if large else ()
        known = column(
            row((self.name, 1), self.where),
            row((self.chips, 1), *([self.history] if large else [])),
            *(self.notice, self.facts, self.steps, None),
        )
        # A long name or a long address moves what is below it out of sight, and squeezes nothing.
        self.body.addWidget(scrolled(box(known)), 1)
        self.body.addWidget(family)
        self.body.addWidget(self.next)
        self.body.addLayout(row((self.answered, 1), (self.again, 1)))
        if not large:
            self.body.addLayout(row((self.to_canteen, 1), (self.slip, 1)))
            self.body.addLayout(row(None, self.history))
        for away in aside:
            away.setParent(self)
            away.hide()

    def _connect(self) -> None:
        self.reveal.clicked.connect(self._reveal)
        keys.bind(self, "reveal", self.reveal.click)
        for button, action in (
            (self.next, "care_step"),
            (self.answered, "care_answered"),
            (self.again, "bring_again"),
            (self.to_canteen, "to_canteen"),
            (self.slip, "print"),
        ):
            button.clicked.connect(lambda _=False, it=action: self.asked.emit(it))

    def _record(self) -> Record | None:
        return Record(CareCase, self.case.id, f"{self.case.name} 的关怀") if self.case else None


def _short(words: str, large: bool) -> str:
    """In 大字 what happened last."""
    return words.rpartition("；")[2] if large else words
