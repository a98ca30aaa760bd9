"""入库单: what was bought and given, the latest first."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import ReceiptKind
from app.services import receipt_views, stock_views
from app.services.receipt_views import ReceiptFilter, ReceiptView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip, FilterChip
from app.ui.kit.labels import box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.period_chip import PeriodChip
from app.ui.points.stock.figures import money_words
from app.ui.points.stock.receipt_shown import ReceiptShownDialog


def _state(one: ReceiptView) -> tuple[Chip, ...]:
    if not one.standing:
        return (Chip("已冲正"),)
    if len(one.standing) < len(one.lines):
        return (Chip("冲正一部分", "warn"),)
    return (Chip("已致谢", "ok"),) if one.thanked_on else ()


def _kind(one: ReceiptView) -> tuple[Chip, ...]:
    return (Chip(one.kind.label, "info" if one.kind is ReceiptKind.DONATION else "grey"),)


COLUMNS = (
    Column("number", "入库单号", lambda one: one.number, 146),
    Column("day", "日期", lambda one: f"{one.on_date:%Y-%m-%d}", 104),
    Column("kind", "来源", _kind, 66),
    Column("giver", "供货或捐赠单位", lambda one: Cell(one.giver, bold=True), 150, weight=1),
    Column("what", "商品", lambda one: Cell(one.words, strike=not one.standing), 220, weight=3),
    Column("pieces", "件数", lambda one: f"{one.pieces:,}", 66, align="right"),
    Column("cost", "金额", lambda one: money_words(one.cost), 96, align="right", large_mode=False),
    Column("state", "状态", _state, 104),
    Column("by", "经手", lambda one: Cell(one.entered_by, tone="text2"), 76, large_mode=False),
)


class ReceiptsView(QWidget):
    """Enter opens one; `bar` has the filters."""

    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._text = ""
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="入库单")
        self.table.paper.personal = False
        self.table.paper.filter_words = self._sentence
        self.foot = TableFoot(self.table, unit="张")
        self.period = PeriodChip(context.clock.today())
        self.kind = FilterChip("来源")
        self.kind.set_choices([(one.value, one.label) for one in ReceiptKind])
        self._lay_out()
        self._connect()

    @property
    def chosen(self) -> ReceiptFilter:
        """The filter in force, with the search text."""
        since, until = self.period.span
        kind = self.kind.value
        return ReceiptFilter(
            since=since,
            until=until,
            kind=ReceiptKind.of(kind) if isinstance(kind, str) else None,
            text=self._text,
        )

    def search(self, text: str) -> None:
        self._text = text
        self._read()

    def refresh(self) -> None:
        with self.context.database.lookup() as lookup:
            self.period.offer(stock_views.years(lookup))
        self._read()

    def clear_filters(self) -> None:
        self._text = ""
        for chip in (self.period, self.kind):
            chip.set_value(None)
        self._read()

    def open(self, receipt_id: int | None = None) -> None:
        """This receipt, or the current one."""
        wanted = self.table.current_id() if receipt_id is None else receipt_id
        if wanted is not None:
            with messages.domain_errors_shown(self):
                ReceiptShownDialog(self.context, wanted, self.window()).exec()

    # -- inside

    def _lay_out(self) -> None:
        self.clear = Button("清除筛选", kind="link", size="small")
        self.open_button = Button("打开", size="small", cap="Enter")
        self.bar = box(row(self.period, self.kind, self.clear, None, self.open_button))
        self.setLayout(column((TableCard(self.table, self.foot), 1)))

    def _connect(self) -> None:
        for chip in (self.period, self.kind):
            chip.changed.connect(lambda _: self._read())
        self.clear.clicked.connect(self.clear_filters)
        self.table.opened.connect(lambda _: self.open())
        self.open_button.clicked.connect(lambda: self.open())

    def _read(self) -> None:
        current = self.table.current_id()
        with self.context.database.lookup() as lookup:
            ids = receipt_views.list_ids(lookup, self.chosen)
        self.model.set_ids(ids)
        if not ids:
            self.table.set_empty(self._nothing())
        if not self.table.select_id(current) and ids:
            self.table.select_row(0)
        # One alone is taken off by its own cross.
        self.clear.setVisible(None not in (self.period.value, self.kind.value))
        self.open_button.setEnabled(bool(ids))

    def _nothing(self) -> EmptyState:
        if self.chosen != receipt_views.EVERYTHING:
            return not_found("没有这样的入库单", self.clear_asked.emit)
        advice = "买来的、捐来的物资，按 Alt+R 入库，一张单可以写多种商品。"
        return EmptyState("package-variant", "还没有入库单", advice)

    def _sentence(self) -> str:
        chosen = self.chosen
        parts = [
            f"{chosen.since:%Y-%m-%d} 起" if chosen.since else "",
            f"到 {chosen.until:%Y-%m-%d}" if chosen.until else "",
            chosen.kind.label if chosen.kind else "",
            f"查找“{chosen.text.strip()}”" if chosen.text.strip() else "",
        ]
        return "，".join(part for part in parts if part)

    def _fetch(self, ids: Sequence[int]) -> list[ReceiptView]:
        with self.context.database.lookup() as lookup:
            return receipt_views.rows(lookup, ids)
