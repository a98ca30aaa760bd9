"""The table of who gets what: a line for each status, a column for each age band."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.meal_coverage import Cell, Coverage
from app.ui.kit import theme
from app.ui.kit.card import Notice
from app.ui.kit.chips import ChipLabel
from app.ui.kit.labels import Label, clear, column, rule, small

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
HOLE, NOTHING = "空档", "—"


class CoverageView(QWidget):
    """`show_coverage` fills it; the sentences about holes stand above, the doubled below."""

    def __init__(self) -> None:
        super().__init__()
        self.holes = Notice("", tone="warn")
        self.notes = small(wrap=True)
        self._cells: list[QWidget] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.current().px(10))
        self._grid.setVerticalSpacing(0)
        table = QWidget()
        table.setLayout(self._grid)
        self.setLayout(column(self.holes, table, self.notes, None, spacing=8))

    def show_coverage(self, found: Coverage) -> None:
        """Every line and column anew."""
        self._clear()
        many = len(found.holes)
        self.holes.show_text(
            f"有 {many} 处空档，请核对" if many else "没有空档",
            "\n".join(found.holes),
            tone="warn" if many else "ok",
        )
        self.notes.setText("\n".join(found.notes))
        self.notes.setVisible(bool(found.notes))
        heading = ["身份", *(band.words for band in found.bands)]
        for place, words in enumerate(heading):
            self._put(small(words), 0, place)
        for number, line in enumerate(found.lines):
            self._grid.addWidget(rule(), 2 * number + 1, 0, 1, len(heading))
            self._put(Label(line.words, bold=True), 2 * number + 2, 0)
            for place, cell in enumerate(line.cells, 1):
                self._put(_shown(cell), 2 * number + 2, place)
        for place in range(1, len(heading)):
            self._grid.setColumnStretch(place, 1)

    def texts(self) -> list[str]:
        """What stands in the table, cell by cell, for tests and readers."""
        return [
            one.text() if isinstance(one, Label) else one.accessibleName() for one in self._cells
        ]

    def _put(self, widget: QWidget, line: int, place: int) -> None:
        widget.setMinimumHeight(theme.current().px(30))
        self._cells.append(widget)
        self._grid.addWidget(widget, line, place, Qt.AlignmentFlag.AlignLeft | _MIDDLE)

    def _clear(self) -> None:
        clear(self._grid)
        self._cells.clear()


def _shown(cell: Cell) -> QWidget:
    if cell.hole:
        return ChipLabel(HOLE, "warn")
    if cell.rule is None:
        return small(NOTHING)
    return Label(cell.rule.gives.removeprefix("每餐"))
