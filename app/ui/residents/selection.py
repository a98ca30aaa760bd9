"""The foot of the list: what can be done with the ticked people, and which rows are seen."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import RIGHT_MIDDLE, Label
from app.ui.kit.tokens import COLORS
from app.values.rights import Right


class RangeWords(QWidget):
    """第 1–15 行，共 118 行, at the right; gives way where the buttons need the room.

    No label: a label lays the whole page out anew with every text, and this one changes with
    every letter of a search.
    """

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if theme.text_width(self._words, "small") > self.width():
            return
        painter = QPainter(self)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        painter.drawText(self.rect(), RIGHT_MIDDLE, self._words)


class SelectionBar(QWidget):
    """Without ticks the whole list can be printed; with ticks every button means those people."""

    roster_asked = Signal()
    sheets_asked = Signal()
    export_asked = Signal()
    tag_asked = Signal()
    clear_asked = Signal()

    def __init__(self, may: Callable[[Right], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        metrics = theme.current()
        self.fill_more: Callable[[QMenu], None] | None = None
        self.fill_print: Callable[[QMenu], None] | None = None
        self._ticked = 0
        self._may = may
        self._make_buttons()
        self.count, self.range = Label(bold=True), RangeWords()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(metrics.px(14), 0, metrics.px(14), 0)
        layout.setSpacing(metrics.px(8))
        for widget in (self.count, *self._buttons, self.clear, self.roster):
            layout.addWidget(widget)
        layout.addWidget(self.range, 1)
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

    def show_range(self, first: int, last: int, count: int) -> None:
        """Which rows are seen."""
        self.range.show_words(f"第 {first:,}–{last:,} 行，共 {count:,} 行" if count else "")

    def print_ticked(self) -> None:
        """F9: which paper?"""
        menu = QMenu(self)
        if not self._may(Right.PRINT):
            return
        menu.addAction("居民花名册", self.roster_asked.emit)
        if self._may(Right.SEE_NUMBERS):
            menu.addAction("本人信息单，每人一页", self.sheets_asked.emit)
        if self.fill_print is not None:
            menu.addSeparator()
            self.fill_print(menu)
        menu.popup(self.print_button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2)))

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
        offer(self._may(Right.PRINT), self.print_button, self.roster)
        offer(self._may(Right.EXPORT), self.export)
        offer(self._may(Right.EDIT_PEOPLE), self.tag)
        offer(self._may(Right.EDIT_PEOPLE) or self._may(Right.PRIVACY), self.more)

    def _open_more(self) -> None:
        menu = QMenu(self)
        if theme.current().large:
            menu.addAction("加标签…", self.tag_asked.emit)
        if self.fill_more is not None:
            self.fill_more(menu)
        menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2)))
