"""Which kind of lines is seen: one of a row of words with their counts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.points_filter import LedgerCounts, LineKind
from app.ui.kit.buttons import Button
from app.ui.kit.labels import row

ALL, WAITING, RETURNED = "全部", "待复核", "已退回"
Kind = LineKind | str


class KindBar(QWidget):
    """`chosen` is a kind, ALL, WAITING or RETURNED; `changed` when the user took another one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chosen: Kind = ALL
        self.buttons: dict[Kind, Button] = {}
        for kind in (ALL, WAITING, *LineKind, RETURNED):
            button = Button(_word(kind), kind="filter", size="small")
            button.clicked.connect(lambda _=False, kind=kind: self._choose(kind))
            self.buttons[kind] = button
        self.setLayout(row(*self.buttons.values(), None, spacing=6))
        self.show_kind(ALL)

    @property
    def kind(self) -> LineKind | None:
        return self.chosen if isinstance(self.chosen, LineKind) else None

    @property
    def words(self) -> str:
        return _word(self.chosen)

    def show_kind(self, kind: Kind) -> None:
        """Mark a word without announcing it."""
        self.chosen = kind
        for one, button in self.buttons.items():
            button.kind = "filter_on" if one == kind else "filter"
            button.setText(button.text())
            button.update()

    def show_counts(self, counts: LedgerCounts) -> None:
        """How many lines each word would show; one that has none, and is not chosen, is away."""
        numbers: dict[Kind, int] = {ALL: counts.lines, WAITING: counts.all_waiting}
        numbers[RETURNED] = counts.all_returned
        numbers.update((kind, number) for kind, number in counts.by_kind.items())
        for kind, button in self.buttons.items():
            button.setText(f"{_word(kind)} {numbers[kind]:,}")
            button.setVisible(bool(numbers[kind]) or kind in (ALL, WAITING, self.chosen))

    def _choose(self, kind: Kind) -> None:
        if kind != self.chosen:
            self.show_kind(kind)
            self.changed.emit()


def _word(kind: Kind) -> str:
    return kind.label if isinstance(kind, LineKind) else kind
