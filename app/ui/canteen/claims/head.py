"""What stands beside the tabs: month, canteen, and the papers of a settlement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QObject, QPoint, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.points_filter import month_words
from app.ui.canteen.place import CanteenChoice, Place
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.drop_menu import menu_of
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import hide_unless
from app.ui.kit.pinyin_choice import MUST
from app.values.rights import Right


class ClaimHead(QObject):
    """In 大字 the papers are in a menu: the line is as long as the window is wide."""

    month_chosen = Signal()
    notice_asked = Signal()
    forms_asked = Signal()
    print_asked = Signal()

    def __init__(self, context: Context, place: Place, owner: QWidget) -> None:
        super().__init__(owner)
        self._place = place
        self.month = IdChoice(name="结算月", blank=MUST)
        self.month.setFixedWidth(theme.current().px(130))
        self.canteen = CanteenChoice(place, widest=116)
        hide_unless(False, self.canteen)
        self.notice_button = Button("公示", action="claim_notice")
        self.forms_button = Button("各方表格", action="payer_forms")
        self.print_button = Button("打印结算表", icon="printer-outline", action="print")
        self.more = Button("更多", trail="chevron-down")
        prints = context.may(Right.PRINT)
        offer(prints, self.notice_button, self.print_button)
        offer(prints or context.may(Right.EXPORT), self.forms_button)
        self._connect(owner)

    @property
    def parts(self) -> Sequence[QWidget]:
        """From left to right."""
        if not theme.current().large:
            return (self.month, self.canteen, *(button for button, _, _ in self._papers()))
        some = not all(button.withheld for button, _, _ in self._papers())
        return (self.month, self.canteen, *((self.more,) if some else ()))

    def offer_months(self, months: Sequence[int], chosen: int) -> None:
        """What can be chosen, without announcing it."""
        self.month.blockSignals(True)
        self.month.offer({one: month_words(one) for one in months})
        self.month.choose_id(chosen)
        self.month.blockSignals(False)

    def step(self, by: int) -> None:
        """To a later month, or to an earlier one; the latest stands first."""
        place = self.month.currentIndex() - by
        if 0 <= place < self.month.count():
            self.month.setCurrentIndex(place)

    def set_papers(self, *, there: bool) -> None:
        """Whether there is anything to print."""
        for button in (*(button for button, _, _ in self._papers()), self.more):
            button.setEnabled(there)

    def show_canteens(self) -> None:
        """Several need room: the word on the last button gives way, in 大字 the name of one."""
        several = len(self._place.canteens) > 1
        self.print_button.setText("打印" if several else "打印结算表")
        self.canteen.setHidden(theme.current().large and not several)

    def _papers(self) -> tuple[tuple[Button, str, SignalInstance], ...]:
        # Published as the class of the declaration; an object has an instance of it.
        found: Any = (
            (self.notice_button, "claim_notice", self.notice_asked),
            (self.forms_button, "payer_forms", self.forms_asked),
            (self.print_button, "print", self.print_asked),
        )
        return cast("tuple[tuple[Button, str, SignalInstance], ...]", found)

    def _connect(self, owner: QWidget) -> None:
        self.month.currentIndexChanged.connect(lambda _: self.month_chosen.emit())
        self.more.clicked.connect(self._open_more)
        keys.bind(owner, "earlier_month", lambda: self.step(-1))
        keys.bind(owner, "later_month", lambda: self.step(1))
        for button, action, asked in self._papers():
            button.clicked.connect(asked)

            def ask(button: Button = button, asked: SignalInstance = asked) -> None:
                if button.isEnabled():
                    asked.emit()

            keys.bind(owner, action, ask)

    def _open_more(self) -> None:
        menu = menu_of(self.more)
        for button, action, asked in self._papers():
            if not button.withheld:
                menu.addAction(f"{button.text()}\t{keys.cap(action)}", asked.emit)
        corner = QPoint(self.more.width() - menu.sizeHint().width(), self.more.height() + 2)
        menu.popup(self.more.mapToGlobal(corner))
