"""The search box and buttons of the tab, at the right of the page's tabs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.context import Context
from app.services.grid_finder import Hit
from app.ui.grids.districts.finder import Finder
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.values.rights import Right


class DistrictsHead(QWidget):
    """Only a holder: its parts are put into the line of the page one by one."""

    boards_asked = Signal()
    sheet_asked = Signal()
    typing_asked = Signal()

    def __init__(self, context: Context, find: Callable[[str], Sequence[Hit]]) -> None:
        super().__init__()
        self.finder = Finder(find)
        self.boards_button = Button("打印公示牌", icon="printer-outline")
        self.sheet_button = Button("打印走访单", action="print")
        self.type_button = Button("录入走访", kind="primary", action="type_visits")
        self.more = Button("更多", trail="chevron-down")
        logs, prints = context.may(Right.LOG_ROUNDS), context.may(Right.PRINT)
        offer(prints, self.boards_button)
        offer(logs and prints, self.sheet_button)
        offer(logs, self.type_button)
        self.boards_button.clicked.connect(self.boards_asked)
        self.sheet_button.clicked.connect(self.sheet_asked)
        self.type_button.clicked.connect(self.typing_asked)
        self.more.clicked.connect(self._open_more)

    @property
    def parts(self) -> Sequence[QWidget]:
        """In 大字 what is printed is in a menu: the line is as long as the window is wide."""
        if theme.current().large:
            some = not (self.boards_button.withheld and self.sheet_button.withheld)
            return (self.finder, *((self.more,) if some else ()), self.type_button)
        return (self.finder, self.boards_button, self.sheet_button, self.type_button)

    def bind(self, owner: QWidget) -> None:
        """The keys of the buttons, seen or in the menu."""
        self.finder.bind(owner)
        if not self.sheet_button.withheld:
            keys.bind(owner, "print", self.sheet_asked.emit)
        if not self.type_button.withheld:
            keys.bind(owner, "type_visits", self.typing_asked.emit)

    def _open_more(self) -> None:
        menu = QMenu(self.more)
        if not self.boards_button.withheld:
            menu.addAction("打印公示牌…", self.boards_asked.emit)
        if not self.sheet_button.withheld:
            menu.addAction(f"打印走访单\t{keys.cap('print')}", self.sheet_asked.emit)
        corner = QPoint(self.more.width() - menu.sizeHint().width(), self.more.height() + 2)
        menu.popup(self.more.mapToGlobal(corner))
