"""盘点: what stands on the shelf is typed or scanned in, and the book follows at the end."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Stocktake
from app.services import stocktakes
from app.services.stocktakes import CountRow, StocktakeView
from app.ui.kit import messages
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import FilterChip, SwitchChip
from app.ui.kit.labels import box, column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.stock.close_dialog import CloseDialog
from app.ui.points.stock.count_line import CountLine
from app.ui.points.stock.printing import print_stocktake
from app.ui.points.stock.take_columns import COLUMNS, DIFFERS, LEFT, SAME, meant, state_of
from app.ui.recent.history import Record, history_button
from app.values.rights import Right


class TakesView(QWidget):
    """The latest, or an earlier one by the chip; while one is open its counts are typed below."""

    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._text = ""
        self.takes: list[StocktakeView] = []
        self._rows: dict[int, CountRow] = {}
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="盘点")
        self.table.paper.personal = False
        self.table.paper.filter_words = self._sentence
        self.foot = TableFoot(self.table, unit="种")
        self.which, self.state = FilterChip("最近一次"), FilterChip("状态")
        self.state.set_choices([(one, one) for one in (LEFT, DIFFERS, SAME)])
        self.by_ones = SwitchChip("连扫")
        self.by_ones.setToolTip("每扫一次条码，实盘数加 1")
        self.progress = small()
        self.line = CountLine(context)
        self._lay_out()
        self._connect()

    @property
    def shown(self) -> StocktakeView | None:
        """The one that is seen: chosen, or the latest."""
        wanted = self.which.number
        return next((one for one in self.takes if wanted in (None, one.id)), None)

    def search(self, text: str) -> None:
        self._text = text
        self._show()

    def refresh(self) -> None:
        with self.context.database.lookup() as lookup:
            self.takes = stocktakes.stocktakes(lookup)
            shown = self.shown
            found = stocktakes.rows(lookup, shown.id) if shown is not None else []
        self._rows = {one.goods_id: one for one in found}
        self.which.set_choices([(one.id, _words(one)) for one in self.takes])
        self._show()

    def clear_filters(self) -> None:
        self._text = ""
        self.state.set_value(None)
        self.which.set_value(None)
        self.refresh()

    def begin(self) -> None:
        """开始盘点."""
        if not self.context.may(Right.KEEP_STOCK):
            return
        with messages.domain_errors_shown(self):
            with self.context.database.transaction("开始盘点") as session:
                stocktakes.begin(session, now=self.context.clock.now())
            self.which.set_value(None)
            self.context.signals.changed.emit(Area.POINTS)
            self.line.begin()

    def count(self, goods_id: int, counted: int, reason: str) -> None:
        """What was counted of an article is written down at once: a power cut loses nothing."""
        shown = self.shown
        one = self._rows.get(goods_id)
        if shown is None or one is None:
            return
        with messages.domain_errors_shown(self):
            words = f"盘点 {one.name} 实有 {counted} {one.unit}"
            with self.context.database.transaction(words) as session:
                stocktakes.count(session, shown.id, goods_id, counted, reason=reason)
            self.context.signals.changed.emit(Area.POINTS)
            self.table.select_id(goods_id)
            self.line.begin()

    def type_count(self, goods_id: int) -> None:
        """Enter in the table: the number of this article is typed, whatever is scanned."""
        if not self.line.isHidden():
            self.by_ones.choose(None)
            self.line.pick(self._rows[goods_id])

    def uncount(self) -> None:
        """Del: the current article was not counted after all."""
        shown, one = self.shown, self._rows.get(self.table.current_id())
        if shown is None or one is None or one.counted is None or self.line.isHidden():
            return
        with messages.domain_errors_shown(self):
            words = f"取消 {one.name} 的实盘数"
            with self.context.database.transaction(words) as session:
                stocktakes.uncount(session, shown.id, one.goods_id)
            self.context.signals.changed.emit(Area.POINTS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() is QEvent.Type.KeyPress
        if watched is self.table and pressed and _is_delete(event):
            self.uncount()
            return True
        return super().eventFilter(watched, event)

    def count_one_more(self, goods_id: int) -> None:
        """连扫: every scan is a piece."""
        one = self._rows[goods_id]
        self.count(goods_id, (one.counted or 0) + 1, one.reason)

    def close_take(self) -> None:
        """完成盘点: the book follows what was counted."""
        shown = self.shown
        if shown is None:
            return
        left = sum(one.counted is None for one in self._rows.values())
        dialog = CloseDialog(shown, left, self.window())
        if not dialog.exec():
            return
        with messages.domain_errors_shown(self):
            now = self.context.clock.now()
            with self.context.database.transaction(f"完成 {shown.on_date} 的盘点") as session:
                stocktakes.close(
                    session, shown.id, version=shown.version, now=now, witness=dialog.witness
                )
            self.context.signals.changed.emit(Area.POINTS)
            messages.notify(self.context.signals, "盘点已完成")

    def give_up(self) -> None:
        """放弃盘点, after asking."""
        shown = self.shown
        words = "已经录入的实盘数都不要了，库存不变。"
        if shown is None or not messages.confirm(
            self, "放弃这次盘点", words, "放弃", destructive=True
        ):
            return
        with messages.domain_errors_shown(self):
            with self.context.database.transaction(f"放弃 {shown.on_date} 的盘点") as session:
                stocktakes.give_up(session, shown.id, version=shown.version)
            self.context.signals.changed.emit(Area.POINTS)

    def print_out(self, *, blind: bool = False) -> None:
        """商品盘点表."""
        if self.shown is not None:
            print_stocktake(self.context, self, self.shown.id, blind=blind)

    # -- inside

    def _lay_out(self) -> None:
        self.give_up_button = Button("放弃盘点", size="small")
        self.close_button = Button("完成盘点", size="small", action="end_stocktake")
        self.begin_button = Button("开始盘点", size="small", action="new")
        self.history = history_button(self.context, self, self._record)
        keeps = self.context.may(Right.KEEP_STOCK)
        offer(keeps, self.give_up_button, self.close_button, self.begin_button)
        tools = (self.history, self.give_up_button, self.close_button, self.begin_button)
        self.bar = box(row(self.which, self.state, self.by_ones, (self.progress, 1), *tools))
        self.setLayout(column(self.line, (TableCard(self.table, self.foot), 1), spacing=8))

    def _connect(self) -> None:
        self.which.changed.connect(lambda _: self.refresh())
        self.state.changed.connect(lambda _: self._show())
        self.line.counted.connect(self.count)
        self.line.goods.picked.connect(lambda view: self.table.select_id(view.id))
        self.line.scanned.connect(self.count_one_more)
        self.by_ones.changed.connect(lambda on: self.line.count_by_ones(bool(on)))
        self.table.opened.connect(self.type_count)
        self.table.installEventFilter(self)
        self.begin_button.clicked.connect(self.begin)
        self.close_button.clicked.connect(self.close_take)
        self.close_button.bind(self)
        self.give_up_button.clicked.connect(self.give_up)

    def _show(self) -> None:
        shown, current = self.shown, self.table.current_id()
        ids = [one.goods_id for one in self._rows.values() if self._fits(one)]
        self.model.set_ids(ids)
        if not ids:
            self.table.set_empty(self._nothing())
        if not self.table.select_id(current) and ids:
            self.table.select_row(0)
        going = shown is not None and shown.open
        keeps = self.context.may(Right.KEEP_STOCK)
        self.line.setVisible(going and keeps)
        self.line.offer(self._rows)
        self.by_ones.setVisible(going and keeps)
        self.close_button.setVisible(going)
        # The key of a hidden button is to be dead too.
        self.close_button.setEnabled(going)
        self.give_up_button.setVisible(going)
        self.begin_button.setVisible(not going)
        self.history.setVisible(shown is not None)
        self.progress.setText(self._progress(shown))

    def _progress(self, shown: StocktakeView | None) -> str:
        if shown is None:
            return ""
        differ = f"不符 {shown.differing:,} 种"
        if shown.open:
            return f"已盘 {shown.counted:,} / {len(self._rows):,} 种，{differ}"
        return f"{shown.on_date:%m-%d} {shown.begun_by}，已盘 {shown.counted:,} 种，{differ}"

    def _fits(self, one: CountRow) -> bool:
        return meant(one, self._text) and self.state.value in (None, state_of(one))

    def _nothing(self) -> EmptyState:
        if self._rows:
            return not_found("没有这样的商品", self.clear_asked.emit)
        if self.shown is not None:
            return EmptyState("store-outline", "还没有可以盘点的商品", "请先新增商品、入库。")
        advice = "开始以后先打印盘点表去数，再扫码或输货号录入实盘数。"
        may = self.context.may(Right.KEEP_STOCK)
        actions = (("开始盘点", self.begin),) if may else ()
        return EmptyState("clipboard-check-outline", "还没有盘点过", advice, actions)

    def _sentence(self) -> str:
        shown = self.shown
        return f"{shown.on_date:%Y-%m-%d} 盘点" if shown is not None else ""

    def _record(self) -> Record | None:
        shown = self.shown
        if shown is None:
            return None
        return Record(Stocktake, shown.id, f"{shown.on_date:%Y-%m-%d} 的盘点")

    def _fetch(self, ids: Sequence[int]) -> list[CountRow]:
        return [self._rows[one] for one in ids]


def _is_delete(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete


def _words(one: StocktakeView) -> str:
    return f"{one.on_date:%Y-%m-%d}{'（进行中）' if one.open else ''}"
