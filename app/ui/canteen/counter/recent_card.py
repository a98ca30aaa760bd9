"""刚记的餐: the latest on top; what was taken back stays, struck through."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.services import meal_day, meal_recent
from app.services.meal_day import Turnout
from app.services.meal_person import Sitting
from app.services.meal_recent import MealRow
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip
from app.ui.kit.labels import row, small, title
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.totals_line import TotalsLine
from app.values.money import yuan


def _money(value: int, *, struck: bool) -> Cell:
    """What is nothing is quiet, what does not count any more is struck."""
    tone = "placeholder" if struck or not value else ""
    return Cell(yuan(value), tone=tone, strike=struck)


def _tier(line: MealRow) -> Cell:
    if line.age:
        return Cell(line.age, sub=line.tier)
    return Cell(line.tier, tone="text2")


def _state(line: MealRow) -> tuple[Chip, ...]:
    return (Chip("已撤销", "grey") if line.taken_back else Chip("已记", "ok"),)


COLUMNS = (
    Column("at", "时间", lambda line: f"{line.at:%H:%M}", 62),
    Column("name", "姓名", lambda line: Cell(line.name), 96, weight=1),
    Column("tier", "按哪条", _tier, 150, weight=3, large_mode=False),
    Column("words", "套餐", lambda line: Cell(line.words), 84, weight=1),
    Column(
        "price", "餐费", lambda line: _money(line.price, struck=line.taken_back), 76, align="right"
    ),
    Column(
        "given", "补贴", lambda line: _money(line.given, struck=line.taken_back), 70, align="right"
    ),
    Column(
        "paid", "本人付", lambda line: _money(line.paid, struck=line.taken_back), 80, align="right"
    ),
    Column("pays", "付款", lambda line: Cell(line.pays), 62),
    Column("state", "状态", _state, 76),
)


class RecentCard(Card):
    """All meals of the period, and what they come to."""

    take_back_wanted = Signal(object)
    """MealRow"""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(1, 8, 1, 1), spacing=6)
        self._context = context
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="刚记的餐")
        self.undo = Button("撤销上一笔", action="undo", size="small")
        self.type_back = Button("照签到表补录", action="type_meals", size="small")
        self.sums = TotalsLine(self.table)
        self._lay_out()

    @property
    def current(self) -> MealRow | None:
        """The marked line."""
        number = self.table.currentIndex().row()
        found: MealRow | None = self.model.row(number) if number >= 0 else None
        return found

    def show_sitting(self, sitting: Sitting) -> Turnout:
        """Read anew; gives the sums for whoever shows them, too."""
        with self._context.database.lookup() as lookup:
            ids = meal_recent.ids(lookup, sitting)
            sums = meal_day.turnout(lookup, sitting, now=self._context.clock.now())
        chosen = self.table.current_id() if self.table.hasFocus() else None
        self.model.set_ids(ids)
        if chosen is not None:
            self.table.select_id(chosen)
        self.undo.setEnabled(bool(ids))
        words = f"今日{sitting.period.label} {sums.meals:,} 人次"
        if sums.cash and not theme.current().large:
            words += f"，收现金 {yuan(sums.cash)}"
        self.sums.show_sums(words, _figures(sums))
        return sums

    def _rows(self, ids: Sequence[int]) -> list[MealRow]:
        with self._context.database.lookup() as lookup:
            return meal_recent.rows(lookup, ids)

    def _lay_out(self) -> None:
        self.table.paper.people = self._people
        self.table.set_empty(EmptyState("silverware-fork-knife", "这一餐还没有人来", _ADVICE))
        self.table.set_context_menu(self._menu)
        head = row(title("刚记的餐"), small("新的在上"), None, self.undo, self.type_back)
        head.setContentsMargins(15, 0, 12, 0)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.sums)

    def _menu(self, menu: QMenu, meal_id: int) -> None:
        line = next(iter(self._rows([meal_id])), None)
        if line is not None and not line.taken_back:
            menu.addAction("撤销这一餐").triggered.connect(lambda: self.take_back_wanted.emit(line))

    def _people(self, ids: Sequence[int]) -> list[int]:
        return [one.resident_id for one in self._rows(ids) if one.resident_id is not None]


def _figures(sums: Turnout) -> dict[str, str]:
    if not sums.meals:
        return {}
    return {"price": yuan(sums.price), "given": yuan(sums.given), "paid": yuan(sums.paid)}


_ADVICE = "记上一餐就出现在这里；记错了按 Ctrl+Z 撤销。"
