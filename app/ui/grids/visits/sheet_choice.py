"""Which day sheet, and which row of it: from the list, or by a code that is scanned or typed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.services import visit_sheets
from app.services.visit_sheets import SheetLine
from app.ui.kit import messages, theme
from app.ui.kit.labels import Label, row
from app.ui.kit.search_box import SearchBox


class SheetChoice(QWidget):
    """`chosen` carries a sheet, `found` a sheet and the place of a row on it."""

    chosen = Signal(int)
    found = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._sheets: Sequence[SheetLine] = ()
        self.list = QComboBox()
        self.list.setAccessibleName("走访单")
        self.list.setMinimumContentsLength(18)
        self.code = SearchBox("行码，如 12-03", name="走访单的行码", latin_only=True)
        self.code.setFixedWidth(theme.current().px(210))
        self.setLayout(row(Label("走访单", tone="text2"), (self.list, 1), self.code))
        self.list.activated.connect(lambda number: self.chosen.emit(self.list.itemData(number)))
        self.code.scanned.connect(self.look_up)
        self.code.submitted.connect(self.look_up)

    @property
    def first(self) -> int | None:
        """The latest sheet that has rows to type, else the latest of all."""
        waiting = [line.id for line in self._sheets if line.typed < line.rows]
        return next(iter([*waiting, *(line.id for line in self._sheets)]), None)

    def offer(self, sheets: Sequence[SheetLine]) -> None:
        """These sheets, the latest first; the chosen one stays chosen."""
        current = self.list.currentData()
        self._sheets = sheets
        self.list.clear()
        for line in sheets:
            self.list.addItem(_words(line), line.id)
        self.show_sheet(current)
        for widget in (self.list, self.code):
            widget.setEnabled(bool(sheets))

    def show_sheet(self, sheet_id: int | None) -> None:
        """Mark a sheet; announces nothing."""
        self.list.setCurrentIndex(self.list.findData(sheet_id))

    def look_up(self, text: str) -> None:
        """The sheet and row of a code; what is none is told."""
        code = visit_sheets.read_code(text)
        if code is None or code[0] not in {line.id for line in self._sheets}:
            words = f"没有找到“{text.strip()}”。行码印在走访单每行的右边，如 12-03。"
            messages.tell(self, words, "没有这一行")
            return
        self.code.clear()
        self.found.emit(*code)


def _words(line: SheetLine) -> str:
    """第 12 号　11-20　第三网格　孙丽　已录 3/12."""
    parts = (f"第 {line.id} 号", f"{line.on_date:%m-%d}", line.grid_name, line.visitor)
    return "　".join([*(part for part in parts if part), f"已录 {line.typed}/{line.rows}"])
