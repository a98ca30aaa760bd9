"""The foot of a table card: what is ticked and what to do with it, and which rows are seen."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, rule, small
from app.ui.kit.paged_table import PagedTable


class TableFoot(QWidget):
    """Shows the range; while rows are ticked, `已选 n 人` and the buttons given to `add`."""

    def __init__(
        self, table: PagedTable, *, unit: str = "行", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        metrics = theme.current()
        self._unit = unit
        self._range = small()
        self.count = Label(bold=True)
        self._clear = Button("取消选择", kind="ghost", size="small", cap="Esc")
        self._clear.clicked.connect(lambda: table.paged_model.tick_all(on=False))
        self._buttons: list[QWidget] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(metrics.px(14), 0, metrics.px(14), 0)
        self._layout.setSpacing(metrics.px(8))
        self._layout.addWidget(self.count)
        self._layout.addWidget(self._clear)
        self._layout.addStretch(1)
        self._layout.addWidget(self._range)
        self.setFixedHeight(metrics.control + metrics.px(8))
        table.range_changed.connect(self._show_range)
        table.ticks_changed.connect(self._show_ticks)
        self._show_ticks(0)

    def add(self, button: QWidget) -> None:
        """An action for the ticked rows."""
        self._layout.insertWidget(1 + len(self._buttons), button)
        self._buttons.append(button)
        button.setVisible(self.count.isVisibleTo(self))

    def _show_range(self, first: int, last: int, count: int) -> None:
        words = f"第 {first:,}–{last:,} 行，共 {count:,} {self._unit}"
        self._range.setText(words if count else "")

    def _show_ticks(self, count: int) -> None:
        self.count.setText(f"已选 {count:,} {self._unit}")
        for widget in (self.count, self._clear, *self._buttons):
            widget.setVisible(count > 0)


class TableCard(Card):
    """A table edge to edge in a card, with its foot."""

    def __init__(self, table: PagedTable, foot: QWidget | None = None) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self.body.addWidget(table, 1)
        if foot is not None:
            self.body.addWidget(rule())
            self.body.addWidget(foot)


def page_layout(page: QWidget) -> QVBoxLayout:
    """The outer layout of a page: margin 16 12 16 12, gutter 12."""
    space = theme.current().spacing
    layout = QVBoxLayout(page)
    layout.setContentsMargins(space[3], space[2], space[3], space[2])
    layout.setSpacing(space[2])
    return layout
