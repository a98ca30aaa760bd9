"""食堂: the counter, orders, deliveries, menus, food safety, settlement, accounts, statistics."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.canteen.place import place_of
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.people.canteen_wish import (
    LogMeal,
    NewStandingOrder,
    ShowBoard,
    ShowCareCase,
    ShowDish,
    ShowFoodSafety,
    ShowMeal,
    ShowMealAccount,
    ShowMealClaim,
    ShowMealEntry,
    ShowMealOrder,
    ShowStandingOrder,
)
from app.ui.people.tabbed_page import PageTab, TabbedPage, TabKind
from app.values.rights import Right


# Each tab's widgets are imported when it is first opened: the page opens with one of them only.
def _counter(context: Context) -> PageTab:
    from app.ui.canteen.counter.tab import CounterTab

    return CounterTab(context)


def _orders(context: Context) -> PageTab:
    from app.ui.canteen.orders.tab import OrdersTab

    return OrdersTab(context)


def _delivery(context: Context) -> PageTab:
    from app.ui.canteen.delivery.tab import DeliveryTab

    return DeliveryTab(context)


def _menu(context: Context) -> PageTab:
    from app.ui.canteen.menu.tab import MenuTab

    return MenuTab(context)


def _safety(context: Context) -> PageTab:
    from app.ui.canteen.safety.tab import SafetyTab

    return SafetyTab(context)


def _claims(context: Context) -> PageTab:
    from app.ui.canteen.claims.tab import ClaimsTab

    return ClaimsTab(context)


def _accounts(context: Context) -> PageTab:
    from app.ui.canteen.accounts.tab import AccountsTab

    return AccountsTab(context)


def _statistics(context: Context) -> PageTab:
    from app.ui.canteen.statistics.tab import StatisticsTab

    return StatisticsTab(context)


_MINUTE_MS = 60_000
_SEES = (Right.VIEW_CANTEEN,)
TABS: tuple[TabKind, ...] = (
    TabKind(
        "柜台",
        _counter,
        takes=(LogMeal, ShowMeal),
        drafts=("meal_sheet",),
        rights=(Right.LOG_MEALS,),
    ),
    TabKind(
        "订餐",
        _orders,
        takes=(ShowStandingOrder, NewStandingOrder, ShowMealOrder),
        drafts=("standing_order",),
        rights=_SEES,
    ),
    TabKind(
        "送餐",
        _delivery,
        takes=(ShowBoard, ShowCareCase),
        drafts=("delivery_sheet",),
        rights=_SEES,
    ),
    TabKind("菜谱", _menu, takes=(ShowDish,), drafts=("dish",), rights=_SEES),
    TabKind(
        "食品安全",
        _safety,
        takes=(ShowFoodSafety,),
        drafts=("samples", "checks"),
        rights=_SEES,
        short="安全",
    ),
    TabKind("结算", _claims, takes=(ShowMealClaim,), rights=_SEES),
    TabKind("账户", _accounts, takes=(ShowMealAccount, ShowMealEntry), rights=_SEES),
    TabKind("统计", _statistics, rights=_SEES),
)
"""In the order of the page: 柜台 订餐 送餐 菜谱 食品安全 结算 账户 统计."""


class CanteenPage(TabbedPage):
    title = "食堂"
    areas = Area.CANTEEN | Area.RESIDENTS | Area.OFFICE
    kinds = TABS

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        kinds: Sequence[TabKind] | None = None,
    ) -> None:
        super().__init__(context, parent, kinds=kinds)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.follow_clock)
        self._minute.start()
        # The open tab reads anew, the others when they are opened.
        place_of(context).changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow_clock()

    def follow_clock(self) -> None:
        """The next meal may have begun; nobody asks while the page is not seen."""
        if self.isVisible():
            place_of(self._context).refresh()

    def show_record(self, wanted: object) -> None:
        """A meal is shown to whoever has no counter, too."""
        if isinstance(wanted, ShowMeal) and not any(ShowMeal in one.takes for one in self._kinds):
            from app.ui.canteen.counter.meal_dialog import MealDialog

            with messages.domain_errors_shown(self):
                MealDialog(self._context, wanted.meal_id, self.window()).exec()
            return
        super().show_record(wanted)
