"""The foot of a table card: what is ticked and what to do with it, and which rows are seen."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import table_paper, theme
from app.ui.kit.buttons import Button, icon_button
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, rule, small
from app.ui.kit.paged_table import PagedTable


class TableFoot(QWidget):
    """Shows the range; while rows are ticked, `已选 n 人` and the buttons given to `add`.

    At the right the two ways out that every table has: 打印本表, 导出本表.
    """

    def __init__(
        self, table: PagedTable, *, unit: str = "行", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._unit = table.paper.unit = unit
        self._range = small()
        self.count = Label(bold=True)
        self._clear = Button("取消选择", kind="ghost", size="small", cap="Esc")
        self._clear.clicked.connect(lambda: table.paged_model.tick_all(on=False))
        self._buttons: list[QWidget] = []
        self.print_button = icon_button("printer-outline", "打印本表")
        self.print_button.clicked.connect(lambda: table_paper.print_out(table))
        self.export_button = icon_button("table-arrow-down", "导出本表")
        self.export_button.clicked.connect(lambda: table_paper.export(table))
        self._ways_out = (self.print_button, self.export_button)
        self._lay_out()
        table.range_changed.connect(self._show_range)
        table.ticks_changed.connect(self._show_ticks)
        self._show_ticks(0)

    def _lay_out(self) -> None:
        metrics = theme.current()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(metrics.px(14), 0, metrics.px(14), 0)
        self._layout.setSpacing(metrics.px(8))
        self._layout.addWidget(self.count)
        self._layout.addWidget(self._clear)
        self._layout.addStretch(1)
        for widget in (self._range, *self._ways_out):
            self._layout.addWidget(widget)
        self.setFixedHeight(metrics.control + metrics.px(8))

    def add(self, button: QWidget) -> None:
        """An action for the ticked rows."""
        self._layout.insertWidget(1 + len(self._buttons), button)
        self._buttons.append(button)
        button.setVisible(self.count.isVisibleTo(self))

    def showEvent(self, event: QShowEvent) -> None:
        """Only now it is known in which window the table stands, and who draws there."""
        super().showEvent(event)
        self._order_focus()
        self.print_button.setVisible(table_paper.may_print(self._table))
        self.export_button.setVisible(table_paper.may_export(self._table))

    def _order_focus(self) -> None:
        """Tab goes along the line as it is read, whenever a button came into it."""
        if self._table.window() is not self.window():
            return
        before: QWidget = self._table
        for widget in (*self._buttons, self._clear, *self._ways_out):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _show_range(self, first: int, last: int, count: int) -> None:
        words = f"第 {first:,}–{last:,} 行，共 {count:,} {self._unit}"
        self._range.setText(words if count else "")
        for way in self._ways_out:
            way.setEnabled(count > 0)

    def _show_ticks(self, count: int) -> None:
        self.count.setText(f"已选 {count:,} {self._unit}")
        for widget in (self.count, self._clear, *self._buttons):
            widget.setVisible(count > 0)


class TableCard(Card):
    """A table edge to edge in a card, with its foot; the plain one where none is given."""

    def __init__(self, table: PagedTable, foot: QWidget | None = None) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self.body.addWidget(table, 1)
        self.body.addWidget(rule())
        self.body.addWidget(foot if foot is not None else TableFoot(table))


def page_layout(page: QWidget) -> QVBoxLayout:
    """The outer layout of a page: margin 16 12 16 12, gutter 12."""
    space = theme.current().spacing
    layout = QVBoxLayout(page)
    layout.setContentsMargins(space[3], space[2], space[3], space[2])
    layout.setSpacing(space[2])
    return layout
