"""菜品: every dish that the kitchen knows, and the card of one."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import DishKind
from app.services import dishes, menus
from app.services.dishes import DishView
from app.ui.canteen.menu.dish_card import DishCard
from app.ui.canteen.menu.dish_columns import COLUMNS
from app.ui.canteen.menu.dish_dialog import DishDialog
from app.ui.canteen.menu.kind_bar import KindBar
from app.ui.canteen.place import Place
from app.ui.kit import keys, messages
from app.ui.kit.labels import column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.values.rights import Right

_BACK = timedelta(days=7)


class DishListView(QWidget):
    """`clear_asked` speaks of the words of the search box too."""

    clear_asked = Signal()

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context, self._place = context, place
        self.known: dict[int, DishView] = {}
        self.bar = KindBar()
        self.model = PagedTableModel(COLUMNS, self._fetch, tickable=True, parent=self)
        self.table = PagedTable(self.model, name="菜品")
        self.table.paper.personal = False
        self.table.paper.filter_words = lambda: self.bar.filter_words
        self.card = DishCard(context)
        foot = TableFoot(self.table, unit="道")
        lists = row((TableCard(self.table, foot), 1), self.card, spacing=12)
        self.setLayout(column(self.bar, (lists, 1)))
        self._connect()

    @property
    def chosen(self) -> list[DishView]:
        """What is ticked, or else what is in the list."""
        return [self.known[one] for one in self.model.ticked_in_order() or self.model.lines]

    def refresh(self) -> None:
        """The dishes as they are now; the one at hand stays at hand."""
        with self._context.database.lookup() as lookup:
            self.known = {one.id: one for one in dishes.dishes(lookup)}
        self.bar.offer(list(self.known.values()))
        self._narrow()

    def focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self, text: str) -> None:
        """Only those whose name is meant."""
        self.bar.text = text.strip()
        self._narrow()

    def clear(self) -> None:
        """Every dish again."""
        self.bar.clear()
        self._narrow()

    def select(self, dish_id: int) -> bool:
        """This dish, with whatever hides it taken back; False where it is gone."""
        self.bar.clear()
        self.refresh()
        return self.table.select_id(dish_id)

    def add(self) -> None:
        """新增菜; the next ones are of the same kind."""
        if not self._context.may(Right.RUN_CANTEEN):
            return
        kind, again = self.bar.kind or DishKind.MEAT, True
        while again:
            dialog = DishDialog(self._context, parent=self.window(), kind=kind)
            if dialog.exec() and dialog.dish_id is not None:
                kind = dialog.kind.code
                self.select(dialog.dish_id)
            again = dialog.again
        self.focus_list()

    def edit(self, dish_id: int | None = None) -> None:
        """修改 of a dish, or of the one at hand."""
        wanted = dish_id if dish_id is not None else self.table.current_id()
        if wanted in self.known and self._context.may(Right.RUN_CANTEEN):
            with messages.domain_errors_shown(self):
                DishDialog(self._context, wanted, self.window()).exec()

    def switch_on_offer(self) -> None:
        """停用, or 启用 where it is off; of all that are ticked, as the first of them."""
        current = self.table.current_id()
        ids = self.model.ticked_in_order() or [one for one in (current,) if one in self.known]
        if not ids or not self._context.may(Right.RUN_CANTEEN):
            return
        first = self.known[ids[0]]
        verb = "停用" if first.on_offer else "启用"
        what = first.name if len(ids) == 1 else f"{first.name} 等 {len(ids)} 道"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"{verb}菜 {what}") as session:
                dishes.set_on_offer(session, ids, on_offer=not first.on_offer)
            self.model.tick_all(on=False)
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已{verb}：{what}")

    # -- inside

    def _connect(self) -> None:
        self.bar.changed.connect(self._narrow)
        self.table.opened.connect(lambda _: self.edit())
        self.table.current_changed.connect(lambda _: self._show_current())
        self.table.escaped.connect(self.clear_asked)
        self.model.ticks_changed.connect(self._name_switch)
        self.card.asked.connect(self._act)
        self.card.edit_button.bind(self)
        keys.bind(self, "dish_on_offer", self.switch_on_offer)

    def _act(self, what: str) -> None:
        if what == "edit":
            self.edit()
        else:
            self.switch_on_offer()

    def _narrow(self) -> None:
        current = self.table.current_id()
        ids = [one.id for one in self.known.values() if self.bar.fits(one)]
        if not ids:
            self.table.set_empty(self._nothing())
        self.model.set_ids(ids)
        if not self.table.select_id(current) and ids:
            self.table.select_row(0)
        self._show_current()

    def _nothing(self) -> EmptyState:
        if self.known:
            return not_found("没有这样的菜", self.clear_asked.emit)
        may = self._context.may(Right.RUN_CANTEEN)
        actions = (("新增菜", self.add),) if may else ()
        advice = "先把常做的菜记下来：类别、致敏物、适合谁吃，排菜谱时按拼音就能找到。"
        return EmptyState("silverware", "还没有菜", advice, actions)

    def _show_current(self) -> None:
        dish, canteen_id = self.known.get(self.table.current_id()), self._place.canteen_id
        if dish is None or canteen_id is None:
            self.card.show_dish(None)
            return
        since = menus.monday_of(self._context.clock.today()) - _BACK
        with self._context.database.lookup() as lookup:
            self.card.show_dish(dish, menus.uses(lookup, canteen_id, dish.id, since))
        self._name_switch()

    def _name_switch(self) -> None:
        """What the button does is about what is ticked first."""
        ticked = self.model.ticked_in_order()
        first = self.known[ticked[0]] if ticked else self.card.dish
        if first is not None:
            self.card.offer_button.setText("停用" if first.on_offer else "启用")

    def _fetch(self, ids: Sequence[int]) -> list[DishView]:
        return [self.known[one] for one in ids]
