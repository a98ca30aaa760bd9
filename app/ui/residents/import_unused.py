"""Columns of the file that nothing was made of, and the offer to put them into the note."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.importing.layout import Column, Layout
from app.ui.kit import theme
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, box, clear, row, small, title
from app.ui.kit.pinyin_choice import PinyinChoice
from app.ui.kit.scroll import scrolled
from app.ui.residents.import_state import columns_of, heading_of

_INTO_NOTE = "放进备注"
_HANDLED = ("序号", "编号", "年龄", "周岁")
"""What the program counts by itself: not worth a place in the note."""


class UnusedColumns(Card):
    """One line per unused column of one sheet."""

    changed = Signal(str, str, str)
    """sheet, letters, field"""

    def __init__(self) -> None:
        super().__init__(margins=(14, 10, 8, 10))
        self._count = small()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.body.addLayout(row(title("没有用上的列"), None, self._count, 6))
        content = box(self._lines)
        self._lines.setContentsMargins(0, 0, 6, 0)
        self.body.addWidget(scrolled(content), 1)

    def show_sheet(self, layout: Layout) -> None:
        clear(self._lines)
        columns = columns_of(layout)
        unused = [one for one in columns if one.field in ("", "note") and _is_told(one)]
        open_ones = [one for one in unused if not one.field]
        self._count.setText(f"{len(open_ones)} 列" if open_ones else "都用上了")
        self.setVisible(bool(open_ones) and not theme.current().large)
        for one in sorted(unused, key=_is_handled):
            if not one.field or one.source in ("user", "remembered"):
                self._lines.addWidget(self._line(layout.sheet, one))
        self._lines.addStretch(1)

    def _line(self, sheet: str, one: Column) -> QWidget:
        letters = small(one.letters)
        letters.setFixedWidth(20)
        heading = heading_of(one)
        if _is_handled(one):
            return box(row(letters, Label(f"{heading}（不需要）"), None))
        choice = PinyinChoice((_INTO_NOTE,), name=f"{one.letters} 列 {heading}", blank="不用")
        choice.setMinimumContentsLength(2)
        choice.set_value(_INTO_NOTE if one.field == "note" else "")
        choice.currentTextChanged.connect(
            lambda words: self.changed.emit(sheet, one.letters, "note" if words else "")
        )
        return box(row(letters, Label(heading), (choice, 1)))


def _is_handled(one: Column) -> bool:
    return any(word in heading_of(one) for word in _HANDLED)


def _is_told(one: Column) -> bool:
    return bool(one.samples) and bool(one.heading)
