"""The line of sums at the foot of a table; its figures stand under their columns."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import theme
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.tokens import COLORS

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class TotalsLine(QWidget):
    """`show_sums` takes the words at the left and a text for some columns, by their keys."""

    def __init__(self, table: PagedTable) -> None:
        super().__init__()
        self._table = table
        self.words = ""
        self.sums: Mapping[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().row)
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        table.horizontalHeader().sectionMoved.connect(lambda *_: self.update())

    def show_sums(self, words: str, sums: Mapping[str, str]) -> None:
        """Also read out, with the names of the columns."""
        self.words, self.sums = words, sums
        titles = {column.key: column.title for column in self._table.paged_model.columns}
        spoken = "，".join(f"{titles[key]} {text}" for key, text in sums.items())
        self.setAccessibleName(f"{words}，{spoken}" if spoken else words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(COLORS.input_border), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(COLORS.text))
        pad = theme.current().pad
        painter.drawText(self.rect().adjusted(pad + 6, 0, 0, 0), _MIDDLE, self.words)
        for key, place in self._places().items():
            if key in self.sums:
                painter.drawText(place.adjusted(0, 0, -pad, 0), _RIGHT, self.sums[key])

    def _places(self) -> dict[str, QRect]:
        """Where the columns are, as the table shows them now."""
        table, model = self._table, self._table.paged_model
        found = {}
        for section in range(model.columnCount()):
            column = model.column_of(section)
            if column is not None and not table.isColumnHidden(section):
                x = table.columnViewportPosition(section)
                found[column.key] = QRect(x, 0, table.columnWidth(section), self.height())
        return found
