"""The table of residents: a click on a masked number shows it for a minute."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.services.residents import Order, OrderKey, ResidentRow
from app.ui.kit import messages, theme
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.reveal import Reveal, Secret
from app.ui.residents.columns import SECRET_COLUMNS


class ClearNumber(QLabel):
    """A number in clear, laid over its cell and as wide as it needs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clear_number")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFont(theme.font(bold=True))
        self.setContentsMargins(theme.current().pad, 0, theme.current().pad, 0)
        self.hide()


class ResidentTable(PagedTable):
    """`reveal` is the card's: the same number is in clear in both places, or in neither."""

    def __init__(self, model: PagedTableModel, reveal: Reveal) -> None:
        super().__init__(model, name="居民列表")
        # The roster and 导出 of the page: masked, and journaled person by person.
        self.paper.offered = False
        self.paper.people = list
        self._reveal = reveal
        self._shown: tuple[int, Secret] | None = None
        self._number = ClearNumber(self.viewport())
        self.clicked.connect(self._clicked)
        reveal.changed.connect(self._follow_reveal)
        self.verticalScrollBar().valueChanged.connect(self._number.hide)
        model.modelAboutToBeReset.connect(self._number.hide)
        self.show_order(Order())

    def show_order(self, order: Order | None) -> None:
        """The arrow in the heading; None for hits, of which the best come first."""
        key = "" if order is None else order.key.value
        self.show_sort(key, ascending=order is None or not order.descending)

    @staticmethod
    def order_of(key: str, ascending: bool) -> Order:
        """The order that a click on a heading asks for."""
        return Order(OrderKey(key), descending=not ascending)

    @property
    def number_in_clear(self) -> str:
        """What a click has revealed and is still seen."""
        return "" if self._number.isHidden() else self._number.text()

    def _clicked(self, index: QModelIndex) -> None:
        column = self.paged_model.column_of(index.column())
        if column is None or column.key not in SECRET_COLUMNS or not self._reveal.offered:
            return
        row: ResidentRow = self.paged_model.row(index.row())
        secret: Secret = "phone" if column.key == "phone" else "document_number"
        if not getattr(row, secret):
            return
        with messages.domain_errors_shown(self):
            number = self._reveal.show(row.id, row.name, secret)
            self._shown = (row.id, secret)
            self._lay_over(index, number)

    def _lay_over(self, index: QModelIndex, number: str) -> None:
        cell = self.visualRect(index)
        self._number.setText(number)
        width = max(cell.width(), self._number.sizeHint().width())
        x = min(cell.x(), self.viewport().width() - width)
        self._number.setGeometry(x, cell.y() + 1, width, cell.height() - 3)
        self._number.setAccessibleName(number)
        self._number.show()

    def _follow_reveal(self) -> None:
        if self._shown is not None and not self._reveal.text(*self._shown):
            self._shown = None
            self._number.hide()
            self._number.clear()
