"""商品: what the shop has, what is running out, what is off the shelf."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import goods, goods_keeping
from app.services.goods import GoodsView
from app.ui.kit import messages
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import box, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.stock.goods_card import GoodsCard
from app.ui.points.stock.goods_columns import COLUMNS, STATES, meant
from app.ui.points.stock.goods_dialog import GoodsDialog
from app.ui.points.stock.spoil_dialog import SpoilDialog
from app.values.rights import Right


class GoodsListView(QWidget):
    """The list and the card of one article; `bar` has the filters and what can be done."""

    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._text = ""
        self.known: dict[int, GoodsView] = {}
        self.model = PagedTableModel(COLUMNS, self._fetch, tickable=True)
        self.table = PagedTable(self.model, name="商品")
        self.table.paper.personal = False
        self.table.paper.filter_words = self._words
        self.foot = TableFoot(self.table, unit="种")
        self.card = GoodsCard(context)
        self.state, self.kind, self.shelf = (
            FilterChip("状态"),
            FilterChip("类别"),
            FilterChip("货架"),
        )
        self.state.set_choices([(key, words) for key, (words, _) in STATES.items()])
        self._lay_out()
        self._connect()

    @property
    def chips(self) -> tuple[FilterChip, ...]:
        return self.state, self.kind, self.shelf

    @property
    def current(self) -> GoodsView | None:
        return self.known.get(self.table.current_id())

    @property
    def chosen(self) -> list[GoodsView]:
        """What is ticked, or else what is in the list."""
        ids = self.model.ticked_in_order() or self.model.lines
        return [self.known[one] for one in ids]

    def search(self, text: str) -> None:
        self._text = text
        self._show()

    def refresh(self) -> None:
        """The articles as they are now; what is chosen stays chosen."""
        with self.context.database.lookup() as lookup:
            found = goods.all_goods(lookup, self.context.clock.today())
        self.known = {one.id: one for one in found}
        for chip, words in ((self.kind, "kind"), (self.shelf, "shelf")):
            values = sorted({getattr(one, words) for one in found} - {""})
            chip.set_choices([(value, value) for value in values])
        self._show()

    def clear_filters(self) -> None:
        self._text = ""
        for chip in self.chips:
            chip.set_value(None)
        self._show()

    def select(self, goods_id: int) -> None:
        """This article, with whatever hides it taken back."""
        self.clear_filters()
        self.table.select_id(goods_id)

    def add(self) -> None:
        """新增商品."""
        if not self.context.may(Right.KEEP_STOCK):
            return
        again = True
        while again:
            dialog = GoodsDialog(self.context, parent=self.window())
            if dialog.exec() and dialog.goods_id is not None:
                self.select(dialog.goods_id)
            again = dialog.again

    def edit(self) -> None:
        """修改 of the current article."""
        current = self.current
        if current is not None and self.context.may(Right.KEEP_STOCK):
            with messages.domain_errors_shown(self):
                GoodsDialog(self.context, current.id, self.window()).exec()

    def spoil(self) -> None:
        """报损 of the current article."""
        current = self.current
        if current is not None:
            with messages.domain_errors_shown(self):
                SpoilDialog(self.context, current.id, self.window()).exec()

    def switch_shelf(self) -> None:
        """下架, or 上架 where it is off; of all that are ticked, as the first of them."""
        ids = self.model.ticked_in_order() or ([self.current.id] if self.current else [])
        if not ids:
            return
        first = self.known[ids[0]]
        verb = "下架" if first.on_shelf else "上架"
        what = first.title if len(ids) == 1 else f"{first.title} 等 {len(ids)} 种"
        with messages.domain_errors_shown(self):
            with self.context.database.transaction(f"{verb} {what}") as session:
                goods_keeping.set_on_shelf(session, ids, on_shelf=not first.on_shelf)
            self.model.tick_all(on=False)
            self.context.signals.changed.emit(Area.POINTS)
            messages.notify(self.context.signals, f"已{verb}：{what}")

    # -- inside

    def _lay_out(self) -> None:
        keeps = self.context.may(Right.KEEP_STOCK)
        self.clear = Button("清除筛选", kind="link", size="small")
        self.shelf_button = Button("下架", size="small", action="on_shelf")
        self.spoil_button = Button("报损", size="small", action="spoil")
        self.edit_button = Button("修改", size="small", cap="Enter")
        self.new_button = Button("新增商品", size="small", action="new")
        tools = (self.shelf_button, self.spoil_button, self.edit_button, self.new_button)
        offer(keeps, *tools)
        self.bar = box(row(*self.chips, self.clear, None, *tools))
        table = TableCard(self.table, self.foot)
        self.setLayout(row((table, 1), self.card, spacing=12))

    def _connect(self) -> None:
        for chip in self.chips:
            chip.changed.connect(lambda _: self._show())
        self.clear.clicked.connect(self.clear_filters)
        self.table.opened.connect(lambda _: self.edit())
        self.table.current_changed.connect(lambda _: self._show_current())
        self.model.ticks_changed.connect(self._show_current)
        self.edit_button.clicked.connect(self.edit)
        self.new_button.clicked.connect(self.add)
        self.shelf_button.clicked.connect(self.switch_shelf)
        self.spoil_button.clicked.connect(self.spoil)
        # Ctrl+N means something in every view: the tab binds it.
        for button in (self.shelf_button, self.spoil_button):
            button.bind(self)

    def _show(self) -> None:
        current = self.table.current_id()
        ids = [one.id for one in self.known.values() if self._fits(one)]
        self.model.set_ids(ids)
        if not ids:
            self.table.set_empty(self._nothing())
        if not self.table.select_id(current) and ids:
            self.table.select_row(0)
        # One alone is taken off by its own cross.
        self.clear.setVisible(sum(chip.value is not None for chip in self.chips) > 1)
        self._show_current()

    def _fits(self, one: GoodsView) -> bool:
        state = STATES.get(str(self.state.value))
        return (
            (state is None or state[1](one))
            and self.kind.value in (None, one.kind)
            and self.shelf.value in (None, one.shelf)
            and meant(one, self._text)
        )

    def _nothing(self) -> EmptyState:
        if self.known:
            return not_found("没有这样的商品", self.clear_asked.emit)
        advice = "先新增商品，再按 Alt+R 入库，柜台就能兑换了。"
        may = self.context.may(Right.KEEP_STOCK)
        actions = (("新增商品", self.add),) if may else ()
        return EmptyState("store-outline", "还没有商品", advice, actions)

    def _show_current(self) -> None:
        current = self.current
        self.card.show_goods(current)
        ticked = self.model.ticked_in_order()
        first = self.known[ticked[0]] if ticked else current
        self.shelf_button.setText("上架" if first is not None and not first.on_shelf else "下架")
        self.shelf_button.setEnabled(first is not None)
        self.edit_button.setEnabled(current is not None)
        self.spoil_button.setEnabled(current is not None and current.on_hand > 0)

    def _words(self) -> str:
        parts = [STATES[str(self.state.value)][0]] if self.state.value else []
        parts += [str(chip.value) for chip in (self.kind, self.shelf) if chip.value]
        typed = self._text.strip()
        return "，".join([*parts, *([f"查找“{typed}”"] if typed else [])])

    def _fetch(self, ids: Sequence[int]) -> list[GoodsView]:
        return [self.known[one] for one in ids]
