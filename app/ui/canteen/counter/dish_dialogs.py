"""售完 and 加菜: the dishes of this meal, by digits or with ↑ ↓."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import meal_day, menu_writing, menus
from app.services.meal_day import DishLeft
from app.services.meal_person import Sitting
from app.services.menus import MenuLine
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import Label, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.values.money import yuan

_ROWS = 8
_MORE, _FEWER = ("+", "＋", "="), ("-", "－")


class _DishPagedTable(PagedTable):
    """Digits choose a row; + − are about the current one."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(self.paged_model.ids):
            self.select_row(int(typed) - 1)
            if not event.isAutoRepeat():
                self.opened.emit(self.current_id())
        elif typed and (typed in _MORE or typed in _FEWER):
            self.stepped.emit(1 if typed in _MORE else -1)
        else:
            super().keyPressEvent(event)


def _dressed(table: _DishPagedTable) -> _DishPagedTable:
    table.paper.offered = False
    table.paper.people = lambda _: []
    table.setFixedHeight(theme.current().head + _ROWS * theme.current().row)
    return table


def _number_of(key: int, keys: Sequence[int]) -> Cell:
    return Cell(str(keys.index(key) + 1), tone="text2")


class SoldOutDialog(Dialog):
    """A digit or Enter: there is no more of a dish; once more: there is some again."""

    def __init__(self, context: Context, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__("售完", parent, width=480)
        self._context, self._sitting = context, sitting
        self._dishes: dict[int, DishLeft] = {}
        columns = (
            Column("number", "键", lambda one: _number_of(one.id, list(self._dishes)), 44),
            Column("name", "菜", lambda one: Cell(one.name, sub=one.suits, bold=True), 160, 1),
            Column("given", "已出 / 备", _given, 100, align="right"),
            Column("state", "", _state, 80),
        )
        self.model = PagedTableModel(columns, self._rows, parent=self)
        self.table = _dressed(_DishPagedTable(self.model, name="售完的菜"))
        self.table.set_empty(EmptyState("pot-steam-outline", "今天还没有排菜谱", _NO_MENU))
        self.table.opened.connect(self.toggle)
        self.body.addWidget(self.table)
        self.body.addWidget(small("按数字或回车，标成售完；再按一次，恢复供应。"))
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)
        self._read()
        self.table.select_row(0)
        self.table.setFocus()

    def toggle(self, menu_id: int | None) -> None:
        """售完, or there is some again."""
        dish = self._dishes.get(menu_id or 0)
        if dish is None:
            return
        gone = not dish.sold_out
        words = f"{dish.name} {'售完' if gone else '恢复供应'}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(words) as session:
                now = self._context.clock.now()
                menu_writing.set_sold_out(session, dish.id, sold_out=gone, now=now)
            self._context.signals.changed.emit(Area.CANTEEN)
        self._read()
        self.table.select_id(dish.id)

    def _read(self) -> None:
        with self._context.database.lookup() as lookup:
            self._dishes = {one.id: one for one in meal_day.dishes(lookup, self._sitting)}
        self.model.set_ids(list(self._dishes))

    def _rows(self, ids: Sequence[int]) -> list[DishLeft]:
        return [self._dishes[one] for one in ids]


def _given(dish: DishLeft) -> Cell:
    return Cell(f"{dish.given}" if dish.planned is None else f"{dish.given} / {dish.planned}")


def _state(dish: DishLeft) -> tuple[Chip, ...]:
    return (Chip("售完", "warn") if dish.sold_out else Chip("供应", "ok"),)


class ExtrasDialog(Dialog):
    """加菜: `chosen` are (dish, quantity) beside the set meal."""

    def __init__(
        self,
        context: Context,
        sitting: Sitting,
        chosen: Sequence[tuple[int, int]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("加菜", parent, width=480)
        self._wanted = dict(chosen)
        place = (sitting.canteen_id, sitting.on_date, sitting.period)
        with context.database.lookup() as lookup:
            menu = menus.menu_of(lookup, *place)
        self._dishes = {
            one.dish_id: one for one in menu if one.price > 0 and one.sold_out_at is None
        }
        columns = (
            Column("number", "键", lambda one: _number_of(one.dish_id, list(self._dishes)), 44),
            Column("name", "菜", lambda one: Cell(one.name, sub=one.suits, bold=True), 160, 1),
            Column("price", "单价", lambda one: Cell(yuan(one.price)), 80, align="right"),
            Column("quantity", "份数", self._quantity, 70, align="right"),
        )
        self.model = PagedTableModel(columns, self._rows, parent=self)
        self.table = _dressed(_DishPagedTable(self.model, name="加菜"))
        self.table.set_empty(EmptyState("pot-steam-outline", "今天没有可以单点的菜", _NO_SINGLE))
        self.table.opened.connect(lambda dish: self.step(dish, 1))
        self.table.stepped.connect(lambda by: self.step(self.table.current_id(), by))
        self.sum = Label(bold=True)
        self.body.addWidget(self.table)
        self.body.addWidget(self.sum)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("加上", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.accept)
        self.model.set_ids(list(self._dishes))
        self.table.select_row(0)
        self._say()
        self.table.setFocus()

    @property
    def chosen(self) -> tuple[tuple[int, int], ...]:
        return tuple((dish, count) for dish, count in self._wanted.items() if count)

    def step(self, dish_id: int | None, by: int) -> None:
        """One more or one less of a dish."""
        if dish_id in self._dishes:
            self._wanted[dish_id] = max(0, min(9, self._wanted.get(dish_id, 0) + by))
            self.model.reload()
            self._say()

    def _quantity(self, dish: MenuLine) -> Cell:
        count = self._wanted.get(dish.dish_id, 0)
        return Cell(str(count), bold=True) if count else Cell("—", tone="placeholder")

    def _say(self) -> None:
        whole = sum(self._dishes[dish].price * n for dish, n in self.chosen if dish in self._dishes)
        words = f"加菜 {yuan(whole)} 元，由本人付" if whole else "按数字加一份，+ − 改份数"
        self.sum.setText(words)

    def _rows(self, ids: Sequence[int]) -> list[MenuLine]:
        return [self._dishes[one] for one in ids]


_NO_MENU = "到“菜谱”里给这一餐排上菜，再来标售完。"
_NO_SINGLE = "到“菜谱”里给菜定了单点价，这里就能加。"
