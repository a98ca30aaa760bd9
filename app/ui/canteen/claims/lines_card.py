"""The meals behind the figure that is chosen, each with its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from app.context import Context
from app.models import Payer
from app.services import meal_claim_lines, meal_claim_units
from app.services.meal_claim_lines import ClaimLine, Figure
from app.services.meal_claims import FEE, PAID, PAYER_KEYS, Matrix
from app.ui.canteen.claims.matrix_rows import HEADINGS, SHORT, GridRow, title_words
from app.ui.kit import table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.labels import row, small, title
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.values.money import yuan
from app.values.rights import Right


class LinesTable(PagedTable):
    """Backspace leads back to the figure; `focused`: other keys work now."""

    back = Signal()
    focused = Signal()

    def __init__(self, model: PagedTableModel) -> None:
        super().__init__(model, name="结算明细")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            self.back.emit()
        else:
            super().keyPressEvent(event)


class LinesCard(Card):
    """`opened` with the id of a meal; `back` to the figure that the lines belong to."""

    opened = Signal(object)
    back = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(1, 8, 1, 1), spacing=6)
        self._context = context
        self._column = ""
        self._ids: Sequence[int] = ()
        self.name, self.told = title(""), small()
        self.open_button = Button("打开这一餐", size="small", cap="Enter")
        self.export_button = Button("明细导出", size="small", action="export")
        self._all = self._columns()
        model = PagedTableModel(self._all, self._fetch)
        self.table = LinesTable(model)
        offer(context.may(Right.EXPORT), self.export_button)
        self._lay_out()
        self._connect()

    def show_figure(self, found: Matrix, grid_row: GridRow, column: str) -> None:
        """The meals of a figure; the same figure again leaves the place as it is."""
        figure = Figure(
            canteen_id=found.canteen_id,
            month=found.month,
            tier=grid_row.tier,
            column=column,
            corrections=grid_row.corrections,
        )
        before = self.table.current_id()
        with self._context.database.lookup() as lookup:
            self._ids = meal_claim_lines.line_ids(lookup, figure)
        self._column = column
        self._show_columns(found, grid_row)
        self._tell(found, grid_row, column)
        self.table.paged_model.set_ids(self._ids)
        if not self.table.select_id(before) and len(self._ids):
            self.table.select_row(0)
        self.open_button.setEnabled(len(self._ids) > 0)
        self.export_button.setEnabled(len(self._ids) > 0)

    def show_nothing(self) -> None:
        """A month without figures has no lines."""
        self._ids = ()
        self.name.setText("")
        self.told.setText("")
        self.table.paged_model.set_ids(())
        self.open_button.setEnabled(False)
        self.export_button.setEnabled(False)

    def hides(self, meal_id: int) -> bool:
        """Whether whoever looks must not know whose meal it is."""
        return any(one.hidden for one in self._fetch([meal_id]))

    def _tell(self, found: Matrix, grid_row: GridRow, column: str) -> None:
        amount = grid_row.cells[found.columns.index(column)].text
        self.name.setText(f"{grid_row.name} · {HEADINGS[column]} {amount}")
        each = self._each(found, grid_row, column)
        count = f"{len(self._ids):,} {'餐' if each else '笔'}"
        self.told.setText(count if theme.current().large else f"由 {count}组成{each}")
        self.table.paper.title = f"{title_words(found.month)}明细"
        self.table.paper.filter_words = lambda: f"{grid_row.name} {HEADINGS[column]} {amount} 元"

    def _each(self, found: Matrix, grid_row: GridRow, column: str) -> str:
        """每餐 1.00, where every meal adds the same."""
        line = found.line(grid_row.tier) if grid_row.tier is not None else None
        if line is None or column not in PAYER_KEYS or line.sums.meals != len(self._ids):
            return ""
        with self._context.database.lookup() as lookup:
            known = meal_claim_units.units(lookup, found.canteen_id, found.month, line.key)
        each = known.get((line.key, Payer.of(column)))
        return f"，每餐 {yuan(each)}" if each else ""

    # -- assembling

    def _lay_out(self) -> None:
        self.body.addLayout(
            row(
                *(self.name, self.told, None, self.open_button, self.export_button),
                spacing=10,
                margins=(15, 0, 12, 0),
            )
        )
        self.body.addWidget(self.table, 1)
        self.table.setMinimumHeight(theme.current().head + 2 * theme.current().row)
        self.table.set_empty(EmptyState("", "这个数字后面没有就餐记录。"))
        self.table.paper.unit = "笔"
        self.table.paper.people = self._people
        self.table.paper.totals = self._totals

    def _connect(self) -> None:
        self.table.opened.connect(self.opened)
        self.table.back.connect(self.back)
        self.open_button.clicked.connect(self._open)
        self.export_button.clicked.connect(lambda: table_paper.export(self.table))
        self.export_button.bind(self)

    def _open(self) -> None:
        chosen = self.table.current_id()
        if chosen is not None:
            self.opened.emit(chosen)

    def _fetch(self, ids: Sequence[Any]) -> Sequence[ClaimLine]:
        with self._context.database.lookup() as lookup:
            return meal_claim_lines.lines(lookup, ids)

    def _totals(self, ids: Sequence[Any]) -> dict[str, str]:
        lines = self._fetch(ids)
        sums = {key: sum(_amount(one, key) for one in lines) for key in ("price", FEE, PAID)}
        sums |= {key: sum(_amount(one, key) for one in lines) for key in PAYER_KEYS}
        return {"name": "合计", **{key: yuan(amount) for key, amount in sums.items()}}

    def _people(self, ids: Sequence[Any]) -> list[int]:
        people = (one.resident_id for one in self._fetch(ids))
        return list(dict.fromkeys(one for one in people if one is not None))

    def _show_columns(self, found: Matrix, grid_row: GridRow) -> None:
        """Payers who bear nothing of this tier say nothing."""
        cells = dict(zip(found.columns, grid_row.cells, strict=True))
        told = [
            key
            for key in (*PAYER_KEYS, FEE)
            if key in cells and (not cells[key].quiet or grid_row.corrections)
        ]
        for key in (*PAYER_KEYS, FEE):
            # In 大字 there is room for the one that is asked about.
            fits = not theme.current().large or key == self._column
            self.table.set_column_present(key, present=key in told and fits)
        # On paper and in files all of them stand, whatever the size of the type.
        self.table.paper.columns = [
            one for one in self._all if one.key in told or one.key not in (*PAYER_KEYS, FEE)
        ]

    def _columns(self) -> tuple[Column, ...]:
        money = [self._money(key, 64) for key in PAYER_KEYS]
        return (
            Column("day", "日期", lambda one: f"{one.on_date:%m-%d}", 66),
            Column("period", "餐次", lambda one: one.period.label, 58, large_mode=False),
            Column("name", "姓名", _name, 120, weight=1),
            self._money("price", 78),
            self._money(FEE, 70),
            *money,
            self._money(PAID, 78),
            Column("number", "单号", _number, 116),
        )

    def _money(self, key: str, width: int) -> Column:
        def cell(one: ClaimLine) -> Cell:
            amount = _amount(one, key)
            quiet = "placeholder" if not amount else ""
            return Cell(yuan(amount), tone=quiet, bold=key == self._column)

        return Column(key, SHORT[key], cell, width, align="right")


def _amount(one: ClaimLine, key: str) -> int:
    return int(getattr(one.shares if key in PAYER_KEYS else one, key))


def _name(one: ClaimLine) -> Cell:
    state = f"撤销 {one.reverses}" if one.reverses else "已撤销" if one.taken_back else ""
    gone = bool(state)
    return Cell(one.name, sub=" · ".join(filter(None, (one.who, state))), tone="text2" * gone)


def _number(one: ClaimLine) -> Cell:
    return Cell(one.number, tone="text2" * one.taken_back, strike=one.taken_back)
