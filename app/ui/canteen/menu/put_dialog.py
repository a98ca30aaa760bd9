"""加菜: dishes put on the menu of a day one after the other, by pinyin and Enter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealPeriod
from app.services import canteens, dishes, menu_writing, menus
from app.services.dishes import DishView
from app.services.menus import Use
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.values.days import weekday
from app.values.pinyin_match import spells

_LINES = 8


@dataclass(frozen=True, slots=True)
class _Offer:
    """A dish that can be put: how it stood last before that day."""

    dish: DishView
    last: Use | None


def _last(one: _Offer) -> Cell:
    if one.last is None:
        return Cell("还没有排过", tone="text2")
    return Cell(f"{one.last.on_date:%m-%d} 周{weekday(one.last.on_date)}", tone="text2")


def _sets(one: _Offer) -> tuple[Chip, ...]:
    return tuple(Chip(letter, "info") for letter in one.last.sets) if one.last else ()


COLUMNS = (
    Column("name", "菜名", lambda one: Cell(one.dish.name, bold=True), 150, weight=2),
    Column("kind", "类别", lambda one: Cell(one.dish.kind.label, tone="text2"), 64),
    Column("last", "上次", _last, 120),
    Column("sets", "套餐", _sets, 84),
)


class PutDialog(Dialog):
    """A dish comes as it stood last: in its sets, for as many. `put_ids` are the new lines."""

    def __init__(
        self,
        context: Context,
        canteen_id: int,
        day: date,
        period: MealPeriod,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"加菜　周{weekday(day)} {day:%m-%d} {period.label}", parent, width=560)
        self._context, self._canteen_id = context, canteen_id
        self._day, self._period = day, period
        self.put_ids: list[int] = []
        self._offers: dict[int, _Offer] = {}
        self._letters = ""
        self.search = SearchBox("菜名、拼音", name="找菜", action="")
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="可以加的菜")
        self.table.paper.offered = False
        self.table.setFixedHeight(theme.current().head + _LINES * theme.current().row)
        self.told = small("按 Enter 加上，套餐和份数照上次；可以接着加下一道。", wrap=True)
        for widget in (self.search, self.table, self.told):
            self.body.addWidget(widget)
        self.add_button(Button("完成", cap="Esc"), closes=False)
        self.take_button = self.add_button(Button("加上", kind="primary", cap="Enter"))
        self.take_button.clicked.connect(self.take)
        self.search.searched.connect(lambda _: self._narrow())
        self.search.left_down.connect(self.table.setFocus)
        self.search.submitted.connect(lambda _: self.take())
        self.table.opened.connect(lambda _: self.take())
        self._read()
        self.search.setFocus()

    def take(self) -> None:
        """Put the current dish on the menu; the line is free for the next one."""
        self._narrow()
        found = self._offers.get(self.table.current_id())
        if found is None:
            return
        last, name = found.last, found.dish.name
        sets = "".join(one for one in (last.sets if last else "") if one in self._letters)
        with messages.domain_errors_shown(self):
            words = f"{self._day:%m-%d} {self._period.label}菜谱加 {name}"
            with self._context.database.transaction(words) as session:
                made = menu_writing.put(
                    session,
                    self._canteen_id,
                    self._day,
                    self._period,
                    found.dish.id,
                    sets=sets,
                    planned=last.planned if last else None,
                )
            self.put_ids.append(made)
            self._context.signals.changed.emit(Area.CANTEEN)
            self.told.setText(f"已加上 {name}，这次一共加了 {len(self.put_ids)} 道。")
            self.search.clear()
            self._read()
            self.search.setFocus()

    def _read(self) -> None:
        """What is cooked and does not stand there yet."""
        with self._context.database.lookup() as lookup:
            there = menus.menu_of(lookup, self._canteen_id, self._day, self._period)
            last = menus.last_uses(lookup, self._canteen_id, self._day)
            offered = dishes.dishes(lookup, on_offer_only=True)
            sets = canteens.set_meals(lookup, self._canteen_id, self._day, self._period)
        self._letters = "".join(one.letter for one in sets)
        known = {one.dish_id for one in there}
        self._offers = {
            one.id: _Offer(one, last.get(one.id)) for one in offered if one.id not in known
        }
        self._narrow()

    def _narrow(self) -> None:
        typed = self.search.text().strip()
        current = self.table.current_id()
        ids = [key for key, one in self._offers.items() if spells(one.dish.name, typed)]
        self.model.set_ids(ids)
        if not ids:
            self.table.set_empty(_nothing(bool(self._offers)))
        if not self.table.select_id(current) and ids:
            self.table.select_row(0)
        self.take_button.setEnabled(bool(ids))

    def _rows(self, ids: Sequence[int]) -> list[_Offer]:
        return [self._offers[one] for one in ids]


def _nothing(others: bool) -> EmptyState:
    if others:
        return EmptyState("magnify", "没有这样的菜", "换个字找，或先到“菜品”里新增。")
    return EmptyState("silverware", "没有可以加的菜", "在用的菜都排上了；新菜在“菜品”里新增。")
