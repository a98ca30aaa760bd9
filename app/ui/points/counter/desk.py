"""Somebody stands there: the person, what is looked for, the basket; their keys and clicks."""

from contextlib import nullcontext

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services.goods import GoodsView
from app.services.redemption_limits import BeyondLimit
from app.services.settings import REDEMPTIONS_A_MONTH
from app.ui.kit import keys
from app.ui.kit.buttons import offer
from app.ui.kit.labels import column, row
from app.ui.points.counter import actions
from app.ui.points.counter.basket_card import BasketCard
from app.ui.points.counter.goods_card import GoodsCard
from app.ui.points.counter.person_panel import PersonPanel
from app.ui.points.counter.till import Till
from app.values.rights import Right


class Desk(QWidget):
    """Fills the basket of a Till; whoever assembles books it."""

    confirmed = Signal()
    card_scanned = Signal(str)
    """A scan that is no article"""

    def __init__(self, context: Context, till: Till) -> None:
        super().__init__()
        self._context, self._till = context, till
        self.person = PersonPanel(till)
        self.goods = GoodsCard(context)
        self.basket = BasketCard(till)
        self._late: GoodsView | None = None
        """What a rule of the shop is against; a reason lets it in"""
        middle = column(self.goods, (self.basket, 1), spacing=12)
        self.setLayout(row(self.person, (middle, 1), spacing=12))
        self.setFocusProxy(self.goods.field)
        self._connect()
        self._connect_buttons()

    def welcome(self) -> None:
        """Somebody came: the field is empty, and the scan's own Enter confirms nothing."""
        self._late = None
        self.goods.clear()
        self.goods.read_shelf()
        self.goods.field.rest()
        self.goods.field.setFocus()

    def scan(self, code: str) -> None:
        """What was scanned into another field means what it means in that of the goods."""
        self.goods.field.setFocus()
        self.goods.field.rest()
        self.goods.scan(code)

    def show_person(self) -> None:
        most = self._context.settings[REDEMPTIONS_A_MONTH]
        self.person.show_till(most)

    def show_basket(self) -> None:
        self.basket.show_till()
        self.person.show_proxy()
        self.goods.show_room(len(self._till.lines))

    def refresh(self) -> None:
        """Stock may have changed below what is typed."""
        if self._till.person is not None:
            self.goods.read_shelf()

    def add(self, view: GoodsView, confirm: bool = False) -> None:
        """An article was scanned or chosen."""
        self._late = None
        try:
            with QSignalBlocker(self._till) if confirm else nullcontext():
                place = self._till.add(view)
        except DomainError as error:
            self._refuse(error, view)
            return
        self.goods.clear()
        if confirm:
            self.confirmed.emit()
        if confirm and self._till.person is not None:
            # What could not be confirmed is shown after all.
            self._till.basket_changed.emit()
        if self._till.person is not None:
            self.basket.mark(place)

    def let_go(self) -> bool:
        """Esc first takes away what is typed or told; False where there is nothing of it."""
        if not (self.goods.field.text() or self.goods.tells):
            return False
        self._late = None
        self.goods.clear()
        return True

    def add_and_confirm(self) -> None:
        """Ctrl+Enter: the marked article, and that is all."""
        if self.goods.field.text():
            self.goods.choose(confirm=True)
        else:
            self.confirmed.emit()

    def excuse(self) -> None:
        """破例: with a reason that stands in the register."""
        if actions.excuse(self, self._till):
            late, self._late = self._late, None
            self.goods.clear()
            if late is not None:
                self.add(late)

    def _connect(self) -> None:
        field = self.goods.field
        field.confirmed.connect(self._confirm)
        field.moved.connect(self._move)
        field.stepped.connect(self._step)
        field.removed.connect(lambda: self._step(0))
        self.goods.chosen.connect(self.add)
        self.goods.card_scanned.connect(self.card_scanned)
        self.goods.exception.clicked.connect(self.excuse)
        self.basket.equation.confirm.clicked.connect(self.confirmed)

    def _connect_buttons(self) -> None:
        context, till = self._context, self._till
        person, basket = self.person, self.basket
        basket.hold.clicked.connect(lambda: actions.hold(context, self, till))
        basket.resume.clicked.connect(lambda: actions.resume(context, self, till))
        person.proxy_button.clicked.connect(lambda: actions.ask_proxy(self, till))
        person.self_button.clicked.connect(lambda: till.set_proxy("", ""))
        person.reserve.clicked.connect(lambda: actions.reserve(context, self, till))
        person.account.clicked.connect(lambda: actions.show_account(context, till))
        person.passbook.clicked.connect(lambda: actions.passbook(context, self, till))
        keys.bind(self, "add_and_confirm", self.add_and_confirm)
        keys.bind(self, "account_lines", person.account.click)
        offer(context.may(Right.PRINT), person.passbook)
        offer(context.may(Right.VIEW_POINTS), person.account)
        asked = (person.proxy_button, person.passbook)
        for button in (self.goods.exception, basket.hold, *asked):
            button.bind(self)

    def _confirm(self) -> None:
        """Whoever was just told why something was refused reads that first."""
        if not self.let_go():
            self.confirmed.emit()

    def _move(self, by: int) -> None:
        """Up and down mean the hits while something is typed, else the basket."""
        table = self.goods.table if self.goods.field.text() else self.basket.table
        count = len(table.paged_model.ids)
        if count:
            table.select_row(max(0, min(table.currentIndex().row() + by, count - 1)))

    def _step(self, by: int) -> None:
        """More or fewer of the marked line; 0 takes it out."""
        place = self.basket.place
        if not 0 <= place < len(self._till.lines):
            return
        try:
            if by:
                self._till.step(place, by)
            else:
                self._till.remove(place)
        except DomainError as error:
            self._refuse(error, self._till.lines[place].view)
        else:
            self.goods.tell("")

    def _refuse(self, error: DomainError, view: GoodsView) -> None:
        """A rule may be set aside, what is not there may not."""
        beyond = isinstance(error, BeyondLimit)
        self._late = view if beyond else None
        words = error.words if isinstance(error, BeyondLimit) else str(error)
        self.goods.tell(words, excusable=beyond)
