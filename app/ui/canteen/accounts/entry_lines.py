"""The last lines of an account on its card."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.meal_statements import EntryLine
from app.ui.canteen.accounts.words import signed_yuan
from app.ui.kit.labels import Label, box, clear, column, row, small


class EntryLines(QWidget):
    """Day and matter at the left, the amount at the right; a reversed one in grey."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(spacing=4)
        self.setLayout(self._lines)

    def show_lines(self, entries: Sequence[EntryLine]) -> None:
        """Other lines; none says so."""
        clear(self._lines)
        for entry in entries:
            self._lines.addWidget(_line(entry))
        if not entries:
            self._lines.addWidget(small("还没有流水"))


def _line(entry: EntryLine) -> QWidget:
    said = f"{entry.kind.label} 已冲正" if entry.reversed else _words(entry)
    tone = "text2" if entry.reversed or entry.amount < 0 else "text"
    amount = Label(signed_yuan(entry.amount), tone=tone)
    return box(row(small(f"{entry.on_date:%m-%d}"), small(said), None, amount, spacing=8))


def _words(entry: EntryLine) -> str:
    """午餐 A 餐, 存款 现金."""
    if entry.meal_id is not None:
        return entry.words.removesuffix(entry.meal_number).strip()[:12]
    return entry.title.replace("　", " ")
