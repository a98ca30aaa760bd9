"""积分超市: the counter, volunteers, activities, the ledger, the stock, the months, statistics."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.people.points_wish import (
    NewClaim,
    NewVolunteer,
    Redeem,
    ShowAccount,
    ShowActivity,
    ShowEntry,
    ShowGoods,
    ShowMonth,
    ShowRedemption,
    ShowStockEntry,
    ShowVolunteer,
)
from app.ui.people.tabbed_page import PageTab, TabbedPage, TabKind
from app.values.rights import Right

LEDGER = "台账"
# A burst of redemptions is counted once, and never before a slip.
_COUNT_DELAY_MS = 200


# Each tab's widgets are imported when it is first opened: the page opens with one of them only.
def _counter(context: Context) -> PageTab:
    from app.ui.points.counter.tab import CounterTab

    return CounterTab(context)


def _volunteers(context: Context) -> PageTab:
    from app.ui.points.volunteers.tab import VolunteersTab

    return VolunteersTab(context)


def _activities(context: Context) -> PageTab:
    from app.ui.points.activities.tab import ActivitiesTab

    return ActivitiesTab(context)


def _ledger(context: Context) -> PageTab:
    from app.ui.points.ledger.tab import LedgerTab

    return LedgerTab(context)


def _stock(context: Context) -> PageTab:
    from app.ui.points.stock.tab import StockTab

    return StockTab(context)


def _months(context: Context) -> PageTab:
    from app.ui.points.months.tab import MonthsTab

    return MonthsTab(context)


def _statistics(context: Context) -> PageTab:
    from app.ui.points.statistics.tab import StatisticsTab

    return StatisticsTab(context)


TABS: tuple[TabKind, ...] = (
    TabKind("柜台", _counter, takes=(Redeem,), rights=(Right.REDEEM,)),
    TabKind(
        "志愿者",
        _volunteers,
        takes=(ShowVolunteer, NewVolunteer),
        drafts=("volunteer", "team"),
        rights=(Right.VIEW_POINTS,),
    ),
    TabKind(
        "活动",
        _activities,
        takes=(ShowActivity,),
        drafts=("activity", "attendance", "summary"),
        rights=(Right.VIEW_POINTS,),
    ),
    TabKind(
        LEDGER,
        _ledger,
        takes=(ShowAccount, ShowEntry, NewClaim),
        drafts=("points_claim", "weighing"),
        rights=(Right.VIEW_POINTS,),
    ),
    TabKind(
        "库存",
        _stock,
        takes=(ShowGoods, ShowStockEntry),
        drafts=("goods", "receipt"),
        rights=(Right.VIEW_POINTS,),
    ),
    TabKind("月结", _months, takes=(ShowMonth,), rights=(Right.VIEW_POINTS,)),
    TabKind("统计", _statistics, rights=(Right.VIEW_POINTS,)),
)
"""In the order of the page: 柜台 志愿者 活动 台账 库存 月结 统计."""


class PointsPage(TabbedPage):
    title = "积分超市"
    areas = Area.POINTS | Area.RESIDENTS | Area.OFFICE
    kinds = TABS

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        kinds: Sequence[TabKind] | None = None,
    ) -> None:
        super().__init__(context, parent, kinds=kinds)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count_waiting)
        self._counting.start(_COUNT_DELAY_MS)

    def refresh(self) -> None:
        super().refresh()
        self._counting.start(_COUNT_DELAY_MS)

    def _count_waiting(self) -> None:
        """Whoever reviews sees on the tab that something waits, whether it is open or not."""
        titles = [kind.title for kind in self._kinds]
        if LEDGER in titles:
            from app.services import points_claims

            with self._context.database.lookup() as lookup:
                waiting = points_claims.waiting_count(lookup)
            self.tabs.set_count(titles.index(LEDGER), waiting)

    def show_record(self, wanted: object) -> None:
        """A redemption is shown over whatever tab is seen: not everybody has the counter."""
        if isinstance(wanted, ShowRedemption):
            from app.ui.points.counter.redemption_dialog import RedemptionDialog

            with messages.domain_errors_shown(self):
                RedemptionDialog(self._context, wanted.redemption_id, self.window()).exec()
        else:
            super().show_record(wanted)
