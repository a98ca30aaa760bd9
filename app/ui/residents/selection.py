"""The foot of the list: what can be done with the ticked people, and which rows are seen."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, small


class SelectionBar(QWidget):
    """Without ticks the whole list can be printed; with ticks every button means those people."""

    roster_asked = Signal()
    sheets_asked = Signal()
    export_asked = Signal()
    tag_asked = Signal()
    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        metrics = theme.current()
        self.fill_more: Callable[[QMenu], None] | None = None
        self._ticked = 0
        self._make_buttons()
        self.count, self.range = Label(bold=True), small()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(metrics.px(14), 0, metrics.px(14), 0)
        layout.setSpacing(metrics.px(8))
        for widget in (self.count, *self._buttons, self.clear, self.roster):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.range)
        self.setFixedHeight(metrics.control + metrics.px(8))
        self.show_ticks(0, of=0)

    def show_ticks(self, ticked: int, *, of: int) -> None:
        """How many people are ticked, out of how many in the list."""
        self._ticked = ticked
        everybody = ticked > 1 and ticked == of
        self.count.setText(f"已选{'全部' if everybody else ''} {ticked:,} 人")
        for widget in (self.count, self.clear, *self._buttons):
            widget.setVisible(ticked > 0)
        self.tag.setVisible(ticked > 0 and not theme.current().large)
        self.roster.setVisible(not ticked and of > 0)
        self._spare_range()

    def show_range(self, first: int, last: int, count: int) -> None:
        """第 1–15 行，共 118 行."""
        words = f"第 {first:,}–{last:,} 行，共 {count:,} 行"
        self.range.setText(words if count else "")
        self._spare_range()

    def print_ticked(self) -> None:
        """F9: which paper?"""
        menu = QMenu(self)
        menu.addAction("居民花名册", self.roster_asked.emit)
        menu.addAction("本人信息单，每人一页", self.sheets_asked.emit)
        menu.popup(self.print_button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spare_range()

    def _make_buttons(self) -> None:
        self.print_button = Button(
            "打印", size="small", cap=keys.cap("print"), trail="chevron-down"
        )
        self.print_button.clicked.connect(self.print_ticked)
        self.export = Button("导出", size="small")
        self.export.clicked.connect(self.export_asked)
        self.tag = Button("加标签", size="small")
        self.tag.clicked.connect(self.tag_asked)
        self.more = Button("更多", size="small", trail="chevron-down")
        self.more.clicked.connect(self._open_more)
        self.clear = Button("取消选择", kind="ghost", size="small", cap=keys.cap("cancel"))
        self.clear.clicked.connect(self.clear_asked)
        self.roster = Button("打印花名册", size="small", icon="printer-outline")
        self.roster.clicked.connect(self.roster_asked)
        self._buttons = (self.print_button, self.export, self.tag, self.more)

    def _open_more(self) -> None:
        menu = QMenu(self)
        if theme.current().large:
            menu.addAction("加标签…", self.tag_asked.emit)
        if self.fill_more is not None:
            self.fill_more(menu)
        menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2)))

    def _spare_range(self) -> None:
        """The range gives way to the buttons; the scroll bar says much the same."""
        shown = [one for one in (self.count, *self._buttons, self.clear) if not one.isHidden()]
        gap = theme.current().px(8)
        needed = sum(one.sizeHint().width() + gap for one in shown) + 2 * theme.current().px(14)
        self.range.setVisible(needed + self.range.sizeHint().width() <= self.width())
