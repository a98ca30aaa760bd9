"""One row of the preview in full: what is wrong, what to do, a field to mend it on the spot."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from app.services.import_known import Known
from app.services.residents_import import PlannedRow
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import ChipLabel
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import Label, box, clear, column, row, rule, small
from app.ui.kit.scroll import scrolled
from app.ui.residents.import_row_words import asked, calm_words, facts, heading, neighbours
from app.ui.residents.import_state import Reading
from app.ui.residents.import_steps import link
from app.ui.residents.import_words import mend_column, raw_cell, state_chip


class DetailPanel(Card):
    """Follows the current row of the preview."""

    mended = Signal(str)
    """text for the faulty cell"""
    decided = Signal(str)
    """same, new, skip, or empty to think again"""
    alike_asked = Signal()
    next_asked = Signal()
    moved = Signal(int)
    """arrow keys in the field: rows up or down"""

    def __init__(self) -> None:
        super().__init__(margins=(14, 10, 8, 10), spacing=6)
        self.column = ""
        self._told: list[tuple[str, str]] = []
        self._title = Label(role="title", bold=True)
        self._chip = ChipLabel("")
        self._facts = Facts(label=40)
        self._reason = Label(wrap=True)
        self._more = small(tone="warn")
        self.mend = line_edit(limit=200, name="在这里直接改")
        self.mend.installEventFilter(self)
        self.check_button = Button("再查", size="small", cap="Enter")
        self.check_button.clicked.connect(lambda: self.mended.emit(self.mend.text().strip()))
        self.skip_button = Button("跳过这行", size="small", action="skip_row")
        self.same_button = Button("", size="small", action="same_person")
        self.other_button = Button("", size="small", action="other_person")
        self.again_button = Button("", size="small", icon="restore")
        self._neighbours = QVBoxLayout()
        self.alike = link("", "link-variant")
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        for button, decision in (
            (self.skip_button, "skip"),
            (self.same_button, "same"),
            (self.other_button, "new"),
            (self.again_button, ""),
        ):
            button.clicked.connect(
                lambda _=False, button=button, decision=decision: self._decide(button, decision)
            )
        self.same_button.bind(self)
        self.other_button.bind(self)
        self.alike.clicked.connect(self.alike_asked)

    def _decide(self, button: Button, decision: str) -> None:
        # The keys of the buttons work while the panel is seen, also for those that are not offered.
        if button.isVisibleTo(self):
            self.decided.emit(decision)

    @property
    def reason(self) -> str:
        """The sentence that is shown."""
        return self._reason.text()

    def told(self) -> list[str]:
        """The facts that are shown, without their labels."""
        return [words for _, words in self._told]

    def skip(self) -> None:
        """Del: leave the row out, where that is offered."""
        self.skip_button.click()

    def _arrange(self) -> None:
        self.body.addLayout(row(self._title, None, self._chip))
        buttons = column(
            row(self.same_button, None),
            row(self.other_button, None),
            row(self.check_button, self.skip_button, self.again_button, None),
            spacing=6,
        )
        self._neighbours.setSpacing(theme.current().px(1))
        self._raw = box(column(rule(), small("表里原样（WPS 所见）"), self._neighbours, spacing=6))
        parts = column(
            self._facts,
            self._reason,
            self._more,
            self.mend,
            buttons,
            self._raw,
            row(self.alike, None),
            None,
            spacing=8,
        )
        self.body.addWidget(scrolled(box(parts)), 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        return self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        """In the field: Enter checks again, Tab goes on, arrows change the row, Del skips."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.check_button.click()
        elif key == Qt.Key.Key_Tab:
            self.next_asked.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Delete and not self.mend.text():
            self.skip_button.click()
        else:
            return False
        return True

    def show_row(
        self, planned: PlannedRow | None, reading: Reading, alike: int, known: Known | None = None
    ) -> None:
        """`alike`: how many further rows have the same trouble; `known`: whom it may be about."""
        for part in (self._title, self._chip, self._facts, self._raw):
            part.setVisible(planned is not None)
        if planned is None:
            self._show_nothing()
            return
        parsed = planned.parsed
        self._title.setText(f"{parsed.sheet} 第 {parsed.row} 行")
        self._chip.set_chip(state_chip(planned.state))
        self.column = mend_column(planned, reading.layout(parsed.sheet))
        self._told = facts(planned, self.column, known)
        self._facts.set_pairs(self._told)
        self._show_reason(planned)
        self._show_mending(planned, reading)
        self._show_neighbours(planned, reading)
        self.alike.setText(f"同样毛病还有 {alike} 行")
        self.alike.setVisible(alike > 0)

    def _show_nothing(self) -> None:
        self.column = ""
        self._reason.setText("选中一行，这里说它有什么问题、怎么改。")
        for part in (
            self._more,
            self.mend,
            self.check_button,
            self.skip_button,
            self.same_button,
            self.other_button,
            self.again_button,
            self.alike,
        ):
            part.setVisible(False)

    def _show_reason(self, planned: PlannedRow) -> None:
        reasons = planned.reasons
        words = reasons[0] if reasons else calm_words(planned)
        self._reason.setText(words)
        self._reason.setVisible(bool(words))
        self._more.setText(f"这一行还有 {len(reasons) - 1} 处，改好这处再看。")
        self._more.setVisible(len(reasons) > 1)

    def _show_mending(self, planned: PlannedRow, reading: Reading) -> None:
        offers = asked(planned)
        mendable = bool(self.column) and not planned.decision
        self.mend.setVisible(mendable)
        self.check_button.setVisible(mendable)
        self.mend.clear()
        words = heading(reading, planned.parsed.sheet, self.column)
        verb = "改" if raw_cell(planned.parsed, self.column) else "补"
        self.mend.setPlaceholderText(f"在这里直接{verb}{words}")
        for button, words in (
            (self.same_button, offers.same),
            (self.other_button, offers.other),
            (self.skip_button, offers.skip),
            (self.again_button, offers.again),
        ):
            button.setText(words)
            button.setVisible(bool(words))

    def _show_neighbours(self, planned: PlannedRow, reading: Reading) -> None:
        clear(self._neighbours)
        for number, words in neighbours(planned, reading):
            own = number == planned.parsed.row
            place = small(f"{number}", tone="text" if own else "text2")
            place.setFixedWidth(theme.current().px(36))
            line = small(words, tone="text" if own else "text2")
            self._neighbours.addWidget(box(row(place, (line, 1), spacing=0)))
