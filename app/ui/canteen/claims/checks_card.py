"""核对: the five checks as sentences with their results; what is open carries its remedies."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.context import Context
from app.services.meal_claim_checks import Check, Gone
from app.services.meal_claim_facts import ClaimFacts
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import Label, clear, column, icon_label, row, small, title
from app.ui.kit.tokens import COLORS
from app.values.rights import Right


class GoneBox(QFrame):
    """A meal after somebody left, and what can be done about it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("warn")
        self.words = small(tone="text", wrap=True)
        # Their keys stand in the legend: beside each other both have room for their words only.
        self.own = Button("改由本人付", size="small", wide=True)
        self.day = Button("更正日期", size="small", wide=True)
        for button in (self.own, self.day):
            button.setMinimumWidth(theme.current().px(80))
        buttons = row(self.own, self.day)
        self.setLayout(column(self.words, buttons, spacing=6, margins=(8, 6, 8, 8)))
        keys.bind(self, "own_money", self.own.click)
        keys.bind(self, "other_day", self.day.click)


class ChecksCard(Card):
    """`own_asked` and `day_asked` with the meal that is to be put right."""

    own_asked = Signal(object)
    day_asked = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=5)
        self._gone: Gone | None = None
        self.chip = ChipLabel("核对", "ok")
        self.body.addLayout(row(title("核对"), None, self.chip))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.current().px(3))
        self.body.addLayout(self._lines)
        self.advice = small(tone="warn", wrap=True)
        self.gone = GoneBox()
        self.body.addWidget(self.advice)
        self.body.addWidget(self.gone)
        offer(context.may(Right.SETTLE_MEALS), self.gone.own, self.gone.day)
        self.gone.own.clicked.connect(lambda: self.own_asked.emit(self._gone))
        self.gone.day.clicked.connect(lambda: self.day_asked.emit(self._gone))

    @property
    def words(self) -> list[str]:
        """What stands in the lines: 送餐未关闭 0 笔."""
        found = []
        for place in range(self._lines.count()):
            line = self._lines.itemAt(place).widget()
            if line is not None:
                found.append(line.accessibleName())
        return found

    def show_facts(self, facts: ClaimFacts) -> None:
        """The checks of a month."""
        checks = facts.checks
        self.chip.set_chip(Chip(checks.words, "warn" if checks.open else "ok"))
        clear(self._lines)
        advice = next((one.advice for one in checks.lines if one.open and one.advice), "")
        # Beside a remedy there is room for what is open only; the chip counts the others.
        crowded = theme.current().large or facts.gone is not None
        for one in checks.lines:
            if one.open or not crowded:
                self._lines.addWidget(_line(one))
        self.advice.setText(advice)
        # 大字 has room for one remedy at a time.
        self.advice.setVisible(bool(advice) and not (theme.current().large and facts.gone))
        self._show_gone(facts.gone)

    def _show_gone(self, gone: Gone | None) -> None:
        self._gone = gone
        self.gone.setVisible(gone is not None)
        if gone is not None:
            self.gone.words.setText(gone.words)


def _line(one: Check) -> QWidget:
    icon, colour = (
        ("alert-outline", COLORS.warn) if one.open else ("check-circle-outline", COLORS.ok)
    )
    result = Label(one.result, bold=True, tone="warn") if one.open else small(one.result)
    line = QWidget()
    words = small(one.words, tone="text")
    layout = row(icon_label(icon, colour), words, None, result, spacing=6)
    line.setLayout(layout)
    line.setAccessibleName(f"{one.words} {one.result}")
    return line
