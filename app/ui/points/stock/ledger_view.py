"""库存流水: every movement of goods, the latest first; a wrong one is met by a counter-entry."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import StockEntry, StockKind
from app.services import stock, stock_views
from app.services.stock_views import StockFilter, StockRow
from app.ui.kit import messages
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip, FilterChip
from app.ui.kit.labels import box, column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.period_chip import PeriodChip
from app.ui.people.points_wish import ShowRedemption
from app.ui.recent.history import Record, history_button
from app.values.figures import signed
from app.values.rights import Right

WHY_WRONG = ("数量录错了", "商品录错了", "录重了")
_TONES = {
    StockKind.RECEIVED: "ok",
    StockKind.REDEEMED: "grey",
    StockKind.TAKEN_BACK: "info",
    StockKind.COUNTED: "warn",
    StockKind.SPOILED: "danger",
    StockKind.REVERSAL: "info",
}


def _came(line: StockRow) -> Cell:
    return Cell(f"{line.quantity:,}" if line.quantity > 0 else "", strike=line.reversed)


def _went(line: StockRow) -> Cell:
    return Cell(f"{-line.quantity:,}" if line.quantity < 0 else "", strike=line.reversed)


def _kind(line: StockRow) -> Cell:
    met = (Chip("已冲正"),) if line.reversed else ()
    return Cell(chips=(Chip(line.kind.label, _TONES[line.kind]), *met))


def _words(line: StockRow) -> Cell:
    return Cell(line.words or line.paper, sub=line.paper if line.words else "")


COLUMNS = (
    Column("day", "日期", lambda line: f"{line.on_date:%Y-%m-%d}", 104),
    Column("number", "货号", lambda line: line.number, 70, large_mode=False),
    Column("name", "品名", lambda line: Cell(line.name, sub=line.spec, bold=True), 150, weight=2),
    Column("kind", "种类", _kind, 132),
    Column("came", "入", _came, 64, align="right"),
    Column("went", "出", _went, 64, align="right"),
    Column("left", "结存", lambda line: f"{line.on_hand:,}", 70, align="right"),
    Column("words", "说明", _words, 200, weight=3),
    Column("by", "经手", lambda line: Cell(line.entered_by, tone="text2"), 76),
)


class StockLedgerView(QWidget):
    """Enter opens where a line comes from; `bar` has the filters and 冲正."""

    clear_asked = Signal()
    receipt_asked = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._text = ""
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="库存流水")
        self.table.paper.personal = False
        self.table.paper.filter_words = self._sentence
        self.table.paper.totals = self._totals
        self.foot = TableFoot(self.table, unit="笔")
        self.period = PeriodChip(context.clock.today())
        self.kind, self.goods = FilterChip("种类"), FilterChip("商品")
        self.kind.set_choices([(one.value, one.label) for one in StockKind])
        self.sums = small()
        self._lay_out()
        self._connect()

    @property
    def chips(self) -> tuple[FilterChip, ...]:
        return self.period, self.kind, self.goods

    @property
    def chosen(self) -> StockFilter:
        """The filter in force, with the search text."""
        since, until = self.period.span
        kind = self.kind.value
        return StockFilter(
            since=since,
            until=until,
            kinds=(StockKind.of(kind),) if isinstance(kind, str) else (),
            goods_id=self.goods.number,
            text=self._text,
        )

    @property
    def current(self) -> StockRow | None:
        current = self.table.current_id()
        found = self._fetch([current]) if current is not None else []
        return found[0] if found else None

    def search(self, text: str) -> None:
        self._text = text
        self._read()

    def refresh(self) -> None:
        with self.context.database.lookup() as lookup:
            self.period.offer(stock_views.years(lookup))
        self._read()

    def clear_filters(self) -> None:
        self._text = ""
        for chip in self.chips:
            chip.set_value(None)
        self._read()

    def show_entry(self, entry_id: int) -> None:
        """A line among all of its article."""
        self.clear_filters()
        for line in self._fetch([entry_id]):
            self.goods.set_choices([(line.goods_id, line.name)])
            self.goods.set_value(line.goods_id)
            self._read()
            self.table.select_id(entry_id)

    def open_source(self) -> None:
        """The receipt or the redemption that a line comes from."""
        line = self.current
        if line is not None and line.receipt_id is not None:
            self.receipt_asked.emit(line.receipt_id)
        elif line is not None and line.redemption_id is not None:
            wish = ShowRedemption(line.redemption_id)
            self.context.signals.page_requested.emit("points", wish)

    def reverse(self) -> None:
        """冲正 of the current line, with the reason."""
        line = self.current
        if line is None or not self.reverse_button.isEnabled():
            return
        what = f"{line.name} {line.kind.label} {signed(line.quantity)} {line.unit}"
        words = f"会记一笔相反的流水：{what}，库存跟着改回来。原来那一笔划掉，不删除。"
        dialog = ReasonDialog("冲正这一笔", words, "冲正", usual=WHY_WRONG, parent=self.window())
        if not dialog.exec():
            return
        with messages.domain_errors_shown(self):
            with self.context.database.transaction(f"冲正库存 {what}") as session:
                now = self.context.clock.now()
                stock.reverse(session, line.id, reason=dialog.reason, now=now)
            self.context.signals.changed.emit(Area.POINTS)
            messages.notify(self.context.signals, f"已冲正：{what}")

    # -- inside

    def _lay_out(self) -> None:
        self.clear = Button("清除筛选", kind="link", size="small")
        self.open_button = Button("看来源", size="small", cap="Enter")
        self.reverse_button = Button("冲正", size="small", action="reverse")
        self.history = history_button(self.context, self, self._record)
        offer(self.context.may(Right.KEEP_STOCK), self.reverse_button)
        tools = (self.sums, self.history, self.open_button, self.reverse_button)
        self.bar = box(row(*self.chips, self.clear, None, *tools))
        self.setLayout(column((TableCard(self.table, self.foot), 1)))

    def _connect(self) -> None:
        for chip in self.chips:
            chip.changed.connect(lambda _: self._read())
        self.clear.clicked.connect(self.clear_filters)
        self.table.opened.connect(lambda _: self.open_source())
        self.table.current_changed.connect(lambda _: self._show_buttons())
        self.open_button.clicked.connect(self.open_source)
        self.reverse_button.clicked.connect(self.reverse)
        self.reverse_button.bind(self)

    def _read(self) -> None:
        current = self.table.current_id()
        with self.context.database.lookup() as lookup:
            ids = stock_views.list_ids(lookup, self.chosen)
            sums = stock_views.sums(lookup, self.chosen)
        self.sums.setText(f"入 {sums.came:,}　出 {sums.went:,}" if sums.lines else "")
        self.model.set_ids(ids)
        if not ids:
            self.table.set_empty(self._nothing())
        if not self.table.select_id(current) and ids:
            self.table.select_row(0)
        self.goods.setVisible(self.goods.value is not None)
        # One alone is taken off by its own cross.
        self.clear.setVisible(sum(chip.value is not None for chip in self.chips) > 1)
        self._show_buttons()

    def _nothing(self) -> EmptyState:
        if self.chosen != stock_views.EVERYTHING:
            return not_found("没有这样的流水", self.clear_asked.emit)
        advice = "入库、兑换、报损、盘点以后，每一笔都记在这里，只增加，不修改。"
        return EmptyState("swap-vertical", "还没有出入库", advice)

    def _show_buttons(self) -> None:
        line = self.current
        source = line is not None and (line.receipt_id or line.redemption_id)
        self.open_button.setEnabled(bool(source))
        self.history.setVisible(line is not None)
        kinds = (StockKind.RECEIVED, StockKind.COUNTED, StockKind.SPOILED)
        self.reverse_button.setEnabled(
            line is not None and line.kind in kinds and not line.reversed
        )

    def _record(self) -> Record | None:
        line = self.current
        return None if line is None else Record(StockEntry, line.id, f"{line.name} 的流水")

    def _sentence(self) -> str:
        with self.context.database.lookup() as lookup:
            return stock_views.sentence(lookup, self.chosen)

    def _totals(self, ids: Sequence[int]) -> Mapping[str, str]:
        lines = self._fetch(ids)
        came = sum(one.quantity for one in lines if one.quantity > 0)
        went = -sum(one.quantity for one in lines if one.quantity < 0)
        return {"day": "合计", "came": f"{came:,}", "went": f"{went:,}"}

    def _fetch(self, ids: Sequence[int]) -> list[StockRow]:
        with self.context.database.lookup() as lookup:
            return stock_views.rows(lookup, ids)
