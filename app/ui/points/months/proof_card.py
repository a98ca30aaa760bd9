"""账账相符: the lines of the ledger against the balances of its accounts, for all to see."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.points_month_facts import MonthFacts, state_words
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import Label, hide_unless, row, rule, small, title


class ProofCard(Card):
    """Where the books are apart it names the difference and offers whose they are."""

    asked = Signal()
    """Whose books are apart"""

    def __init__(self, today: date) -> None:
        super().__init__(spacing=6)
        self._today = today
        self.chip = ChipLabel("相符・差 0", "ok")
        self.apart = Button("看是谁的账", kind="danger", size="small")
        self.apart.clicked.connect(self.asked)
        hide_unless(False, self.apart)
        self.body.addLayout(row(title("账账相符"), None, self.chip, self.apart))
        self._lines: dict[str, tuple[Label, Label]] = {}
        for name in ("opening", "added", "taken"):
            self._add(name, bold=False)
        self._line = rule()
        self.body.addWidget(self._line)
        for name in ("entries", "balances"):
            self._add(name, bold=True)
        self._before_rule = rule()
        self.body.addWidget(self._before_rule)
        self._add("before", bold=False)
        # There the two sums must do: the steps take the room.
        hide_unless(not theme.current().large, *self._only_standard())

    def words(self, name: str) -> str:
        """What stands in a line: label and figure."""
        label, figure = self._lines[name]
        return f"{label.text()} {figure.text()}"

    def show_facts(self, facts: MonthFacts) -> None:
        """The proof of a month."""
        found = facts.proof
        self._put("opening", "上月结余", f"{found.opening:,}")
        self._put("added", "本月增加", f"+ {found.added:,}")
        self._put("taken", "本月减少", f"− {found.taken:,}")
        self._put("entries", "流水合计", f"{found.closing:,}")
        self._put("balances", f"{found.accounts:,} 个账户余额合计", f"{found.balances:,}")
        self._lines["balances"][1].set_tone("text" if found.agrees else "danger")
        wrong = f"不符・差 {abs(found.difference):,}"
        chip = Chip("相符・差 0", "ok") if found.agrees else Chip(wrong, "danger")
        self.chip.set_chip(chip)
        self.apart.setVisible(not found.agrees)
        self._show_before(facts)

    def _show_before(self, facts: MonthFacts) -> None:
        one = facts.before
        shown = one is not None and not theme.current().large
        for widget in (self._before_rule, *self._lines["before"]):
            widget.setVisible(shown)
        if one is not None:
            month = f"{one.month % 100} 月公示"
            self._put("before", month, state_words(one, self._today))

    def _only_standard(self) -> list[QWidget]:
        names = ("opening", "added", "taken", "before")
        labels = (one for name in names for one in self._lines[name])
        return [self._line, self._before_rule, *labels]

    def _add(self, name: str, *, bold: bool) -> None:
        label, figure = small(), Label("", bold=bold)
        if bold:
            label = Label("", "small")
        self._lines[name] = (label, figure)
        self.body.addLayout(row(label, None, figure))

    def _put(self, name: str, label: str, figure: str) -> None:
        for one, words in zip(self._lines[name], (label, figure), strict=True):
            one.setText(words)
