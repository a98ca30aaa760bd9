"""From a bar of soap back to the afternoon on which it was earned, window by window."""

from datetime import timedelta

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.context import Context
from app.models import EntryKind
from app.services import points_accounts, points_book, redemptions
from app.services.points_book import Booking
from app.services.redemptions import Basket
from app.storage.engine import Database
from app.ui.people.points_wish import ShowRedemption
from app.ui.points.counter.redemption_dialog import RedemptionDialog
from app.ui.points.ledger.line_dialog import LineDialog
from app.ui.points.page import TABS, PointsPage
from app.ui.points.stock.tab import LEDGER, StockTab
from tests.conftest import Dialogs
from tests.services.shop import add_goods, bring_in
from tests.storage.offices import CLOCK
from tests.ui import people_office

TODAY = CLOCK.today()


def _live(database: Database) -> int:
    """王秀兰 swept the stairs twice and took a bar of soap; gives her redemption."""
    who = people_office.found(database)["王秀兰"]
    soap = add_goods(database, "香皂", 12, unit="块")
    bring_in(database, soap, 5, CLOCK.now(), TODAY)
    with database.transaction("记分") as session:
        account = points_accounts.ensure_account(session, resident_id=who, today=TODAY)
        for days, points in ((9, 10), (2, 10)):
            earned = Booking(
                account_id=account,
                kind=EntryKind.EARNED,
                points=points,
                on_date=TODAY - timedelta(days=days),
                words="楼道清扫",
            )
            points_book.book(session, earned, now=CLOCK.now())
    basket = Basket(
        account_id=account,
        resident_id=who,
        lines=((soap, 1),),
        proxy="",
        proxy_relation="",
        reason="",
        request_key="k1",
    )
    with database.transaction("兑换") as session:
        return int(redemptions.redeem(session, basket, now=CLOCK.now()).id)


def test_a_bar_of_soap_leads_back_to_the_days_on_which_it_was_earned(
    qtbot: QtBot, context: Context, database: Database, dialogs: Dialogs
) -> None:
    redemption = _live(database)
    page = PointsPage(context, kinds=tuple(one for one in TABS if one.title == "库存"))
    qtbot.addWidget(page)
    stock = page.open("库存")
    assert isinstance(stock, StockTab)
    stock.show_view(LEDGER)
    asked: list[object] = []
    context.signals.page_requested.connect(lambda _, wish: asked.append(wish))
    stock.ledger.table.select_row(0)
    cells = stock.table.paged_model.cells(0)
    assert [cell.plain for cell in cells].count("DH-20261121-001") == 1
    stock.ledger.open_source()
    assert asked == [ShowRedemption(redemption)]

    seen: list[tuple[str, int]] = []

    def meet(dialog: QDialog) -> int:
        assert isinstance(dialog, LineDialog)
        traces = dialog._traces.values()
        seen.extend((f"{one.line.on_date:%m-%d}", one.points) for one in traces)
        return 0

    dialogs.on_dialog = meet
    RedemptionDialog(context, redemption).trace()
    assert seen == [("11-12", 10), ("11-19", 2)]
