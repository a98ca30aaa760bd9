"""库存: goods, what came in, what was counted, and the book of it all, in one tab."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QStackedWidget

from app.context import Context
from app.ui.kit import keys, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.view_switch import ViewSwitch
from app.ui.people.points_wish import ShowGoods, ShowStockEntry
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.ui.points.stock import print_menu
from app.ui.points.stock.goods_dialog import DRAFT as GOODS_DRAFT
from app.ui.points.stock.goods_dialog import GoodsDialog
from app.ui.points.stock.goods_view import GoodsListView
from app.ui.points.stock.ledger_view import StockLedgerView
from app.ui.points.stock.receipt_dialog import ReceiptDialog
from app.ui.points.stock.receipts_view import ReceiptsView
from app.ui.points.stock.takes_view import TakesView
from app.values.rights import Right

GOODS, RECEIPTS, TAKES, LEDGER = range(4)
View = GoodsListView | ReceiptsView | TakesView | StockLedgerView


class StockTab(PageTab):
    """Assembles: the choice of four views, and the view itself."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.search = SearchBox("找商品" if large else "品名、拼音、条码", name="查找商品")
        self.print_button = Button("打印", icon="" if large else "printer-outline", action="print")
        self.receive_button = Button("入库", kind="primary", action="receive")
        self.head = (self.search, self.print_button, self.receive_button)
        offer(context.may(Right.PRINT), self.print_button)
        offer(context.may(Right.KEEP_STOCK), self.receive_button)
        self.goods, self.receipts = GoodsListView(context), ReceiptsView(context)
        self.takes, self.ledger = TakesView(context), StockLedgerView(context)
        self._all: tuple[View, ...] = (self.goods, self.receipts, self.takes, self.ledger)
        self._old = set(self._all)
        self.segments = ViewSwitch(
            [
                (GOODS, "商品", "有哪些商品，还剩多少"),
                (RECEIPTS, "入库单", "买来的、捐来的"),
                (TAKES, "盘点", "实有多少，账上多少"),
                (LEDGER, "流水", "每一笔出入库"),
            ]
        )
        self._lay_out()
        self._connect()

    @property
    def view(self) -> View:
        """The one that is seen."""
        return self._all[self.views.currentIndex()]

    @property
    def table(self) -> PagedTable:
        """Of the view that is seen."""
        return self.view.table

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        keeps = self.context.may(Right.KEEP_STOCK)
        view = self.segments.legend
        if self.view is self.goods and keeps:
            return (("空格", "勾选"), ("Enter", "修改"), (keys.cap("new"), "新增商品"), view)
        if self.view is self.receipts:
            return (("Enter", "打开"), view)
        if self.view is self.takes:
            going = self.takes.shown is not None and self.takes.shown.open and keeps
            counting = (("Enter", "录实盘数"), ("Del", "取消实盘数")) if going else ()
            return (*counting, view)
        return (("↑↓", "看下一笔"), ("Enter", "看来源"), view)

    def refresh(self) -> None:
        self._old = set(self._all)
        self._read()
        # How many are running out stands on the tab, whichever view is open.
        if self.goods in self._old:
            self._old.discard(self.goods)
            self.goods.refresh()
        low = sum(one.on_shelf and one.low for one in self.goods.known.values())
        self.count_changed.emit(low)
        self.legend_changed.emit()

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, number: int) -> None:
        """GOODS, RECEIPTS, TAKES or LEDGER; the search goes on in it."""
        self.views.setCurrentIndex(number)
        self.bars.setCurrentIndex(number)
        self.segments.show_value(number)
        self._read()
        self._search()
        self.take_focus()
        self.legend_changed.emit()

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowGoods):
            self.search.clear()
            self.show_view(GOODS)
            self.goods.select(wanted.goods_id)
        elif isinstance(wanted, ShowStockEntry):
            self.search.clear()
            self.show_view(LEDGER)
            self.ledger.show_entry(wanted.entry_id)
        elif isinstance(wanted, Unsaved) and wanted.kind == GOODS_DRAFT:
            GoodsDialog(self.context, wanted.record_id, self.window()).exec()
        elif isinstance(wanted, Unsaved):
            self.receive()

    def clear(self) -> None:
        """Take back what narrows the list that is seen, and go on in it."""
        self.search.clear()
        self.search.settle()
        self.view.clear_filters()
        self.take_focus()

    def receive(self) -> None:
        """入库: several articles on one receipt."""
        if self.context.may(Right.KEEP_STOCK):
            ReceiptDialog(self.context, parent=self.window()).exec()

    def new(self) -> None:
        """What Ctrl+N means in the view that is seen."""
        if self.view is self.takes:
            if not self.takes.begin_button.isHidden():
                self.takes.begin()
        elif self.view is self.receipts:
            self.receive()
        else:
            self.goods.add()

    def show_receipt(self, receipt_id: int) -> None:
        """Where a line of the ledger comes from."""
        self.receipts.open(receipt_id)

    def open_print_menu(self) -> None:
        """F9: what can be printed in the view that is seen."""
        menu = menu_of(self.print_button)
        self.fill_print_menu(menu)
        drop(menu, self.print_button)

    def fill_print_menu(self, menu: QMenu) -> None:
        """The papers of the view that is seen, then its list."""
        if self.view is self.goods:
            print_menu.of_goods(menu, self.goods)
        elif self.view is self.receipts:
            print_menu.of_receipts(menu, self.receipts)
        elif self.view is self.takes:
            print_menu.of_takes(menu, self.takes)
        else:
            print_menu.of_ledger(menu, self.ledger)
        menu.addAction("打印本表…", lambda: table_paper.print_out(self.table))

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.search.setFixedWidth(metrics.px(130 if metrics.large else 210))
        self.views, self.bars = QStackedWidget(), QStackedWidget()
        for view in self._all:
            self.views.addWidget(view)
            self.bars.addWidget(view.bar)
        line = row(self.segments, (self.bars, 1), spacing=10)
        self.setLayout(column(line, (self.views, 1), spacing=8))

    def _connect(self) -> None:
        self.search.paused.connect(lambda _: self._search())
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(lambda _: self._submit())
        self.search.scanned.connect(self._scanned)
        self.segments.chosen.connect(self.show_view)
        self.print_button.clicked.connect(self.open_print_menu)
        self.receive_button.clicked.connect(self.receive)
        for button in (self.print_button, self.receive_button):
            button.bind(self)
        keys.bind(self, "new", self.new)
        self.segments.bind(self)
        keys.bind(self, "export", lambda: table_paper.export(self.table))
        keys.bind(self, "clear_filters", self.clear)
        self.search.bind(self)
        self.ledger.receipt_asked.connect(self.show_receipt)
        for view in self._all:
            view.clear_asked.connect(self.clear)
            view.table.escaped.connect(self.clear)

    def _read(self) -> None:
        if self.view in self._old:
            self._old.discard(self.view)
            self.view.refresh()

    def _search(self) -> None:
        self.search.settle()
        self.view.search(self.search.text())

    def _submit(self) -> None:
        self._search()
        self.take_focus()

    def _scanned(self, code: str) -> None:
        """A packet was scanned: its article alone."""
        self.search.setText(code)
        self._submit()
