"""What is looked for: the field, below it the articles that fit, or why one was refused."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.context import Context
from app.services import goods
from app.services.goods import GoodsView
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.chips import Chip
from app.ui.kit.labels import box, column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.counter.field import GoodsField
from app.values.pinyin_match import spelled

MOST = 20
ROWS, FEW_ROWS, MANY_LINES = 4, 2, 2
"""In 大字 the hits give way to a basket of two lines."""


class GoodsCard(Card):
    """Announces what was chosen; what cannot be taken is told where it was looked for."""

    chosen = Signal(object, bool)
    """A GoodsView, and whether the basket is to be confirmed at once"""
    card_scanned = Signal(str)
    """A scan that is no article: perhaps the card of the next person"""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(12, 12, 12, 12), spacing=8)
        self._context = context
        self.field = GoodsField()
        self._found: dict[int, GoodsView] = {}
        self._typed = ""
        self._shelf: Sequence[GoodsView] = ()
        self._codes: dict[str, GoodsView] = {}
        """By number and by barcode"""
        self._matched: tuple[str, Sequence[tuple[int, GoodsView]]] = ("", ())
        """What was typed last, and every article that it fits"""
        self.model = PagedTableModel(_columns(self._mark), self._rows, parent=self)
        self.table = PagedTable(self.model, name="柜台找到的商品")
        self.notice = Notice("", tone="warn")
        self.exception = Button("写明原因，破例", size="small", action="exception")
        self.exception.setEnabled(False)
        self.area = QStackedWidget()
        # What comes in one go, as from a scanner, is looked up once.
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(0)
        self._rest = small()
        self._seen = ROWS
        self._lay_out()
        self._connect()
        self.show_room(0)

    def show_room(self, lines: int) -> None:
        """How many hits are seen beside a basket of so many lines."""
        metrics = theme.current()
        rows = FEW_ROWS if metrics.large and lines >= MANY_LINES else ROWS
        head = 0 if metrics.large else metrics.head
        self.area.setFixedHeight(head + rows * metrics.row)
        self._seen = rows
        self._show_rest()

    def tell(self, words: str, *, excusable: bool = False, tone: str = "warn") -> None:
        """A sentence in place of the hits; '' takes it away."""
        if not (words or self.tells):
            return
        self.notice.show_text(words, tone=tone)
        self.area.setCurrentIndex(1 if words else 0)
        self.exception.setVisible(excusable)
        self.exception.setEnabled(excusable)

    @property
    def tells(self) -> bool:
        """Whether a sentence stands in place of the hits."""
        return self.area.currentIndex() == 1

    def clear(self) -> None:
        self.field.clear()
        self.tell("")

    def choose(self, *, confirm: bool = False) -> None:
        """The marked article, as if Enter had been pressed on it."""
        exact = self._exact if self._typing.isActive() else None
        if exact is not None:
            # Its list of one is drawn when the keys leave time for it.
            self.chosen.emit(exact, confirm)
            return
        if self._typing.isActive():
            self.search()
        current = self.table.current_id()
        if current is not None:
            self.chosen.emit(self._found[current], confirm)
        elif self.field.text():
            self.tell(f"没有找到“{self.field.text()}”，请换个写法，或看看是不是下架了。")

    def scan(self, code: str) -> None:
        """An article by its bars, or perhaps a card."""
        found = self._codes.get(goods.code_of(code))
        if found is not None:
            self.chosen.emit(found, False)
        else:
            self.card_scanned.emit(code)

    def read_shelf(self) -> None:
        """Once for each person: letters are then looked up without the file."""
        with self._context.database.lookup() as lookup:
            self._shelf = goods.on_shelf(lookup, self._context.clock.today())
        self._codes = {one.barcode: one for one in self._shelf if one.barcode}
        self._codes |= {one.number: one for one in self._shelf}
        self._matched = ("", ())
        if self.field.text():
            self.search()

    def search(self) -> None:
        """The hits of what is typed; one letter more looks among those of the letters before."""
        self._typing.stop()
        typed = self.field.text()
        exact = self._exact
        if exact is not None:
            self._show([exact])
            return
        before, fits = self._matched
        narrower = before and typed.startswith(before)
        among = [view for _, view in fits] if narrower else self._shelf
        fits = goods.fitting(among, typed)
        self._matched = (typed, fits)
        self._show(goods.likeliest(fits, typed)[:MOST])

    # -- inside

    @property
    def _exact(self) -> GoodsView | None:
        """Whose whole number or barcode is typed."""
        return self._codes.get(goods.code_of(self.field.text()))

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.paper.offered = False
        self.table.paper.people = lambda _: []
        if metrics.large:
            self.table.horizontalHeader().hide()
        # Two rows of 大字 have no room for a picture.
        picture = "" if metrics.large else "barcode-scan"
        self.table.set_empty(EmptyState(picture, "找到的商品列在这里"))
        told = box(column(self.notice, row(self.exception, None), None, margins=(0, 4, 0, 0)))
        self.area.addWidget(self.table)
        self.area.addWidget(told)
        self.body.addWidget(self.field)
        self.body.addWidget(self.area)
        inside = QHBoxLayout(self.field)
        inside.setContentsMargins(0, 0, theme.current().px(52), 0)
        inside.addStretch(1)
        inside.addWidget(self._rest)

    def _connect(self) -> None:
        self.field.searched.connect(self._search_typed)
        self._typing.timeout.connect(self.search)
        self.field.scanned.connect(self.scan)
        self.field.submitted.connect(lambda text: self.choose() if text else None)
        self.table.clicked.connect(lambda _: self.choose())

    def _search_typed(self, _text: str) -> None:
        self.tell("")
        self._typing.start()

    def _show(self, found: Sequence[GoodsView]) -> None:
        self._typed = self.field.text().strip().lower()
        self._found = {one.id: one for one in found}
        self.model.set_ids(list(self._found))
        if found:
            self.table.select_row(0)
        self._show_rest()

    def _show_rest(self) -> None:
        more = len(self._found) - self._seen
        nothing = "没有这样的商品" if self._typed and not self._found else ""
        self._rest.setText(f"还有 {more} 种，继续输入" if more > 0 else nothing)

    def _rows(self, ids: Sequence[int]) -> list[GoodsView]:
        return [self._found[one] for one in ids]

    def _mark(self, view: GoodsView) -> tuple[int, int] | None:
        return spelled(view.name, self._typed) if self._typed else None


def _columns(mark: Callable[[GoodsView], tuple[int, int] | None]) -> tuple[Column, ...]:
    """What has run out is listed in grey: the clerk must see that there is such a thing."""
    stock = "存 " if theme.current().large else ""

    def quiet(view: GoodsView, tone: str = "") -> str:
        return tone if view.free else "placeholder"

    def name(view: GoodsView) -> Cell:
        shelf = f"货架 {view.shelf}" if view.shelf else ""
        sub = "・".join(part for part in (view.spec, shelf) if part)
        return Cell(view.name, sub=sub, tone=quiet(view), mark=mark(view) if view.free else None)

    def price(view: GoodsView) -> Cell:
        return Cell(f"{view.points} 分", tone=quiet(view))

    def there(view: GoodsView) -> Cell:
        tone = "warn" if view.low else ""
        words = f"{stock}{view.free} {view.unit}"
        return Cell(words, tone=quiet(view, tone), bold=view.low and view.free > 0)

    def state(view: GoodsView) -> tuple[Chip, ...]:
        if not view.free:
            return (Chip("缺货"),)
        limit = (Chip(f"{view.limit_period.label}限 {view.limit}", "info"),) if view.limit else ()
        return (*limit, *((Chip("低库存", "warn"),) if view.low else ()))

    return (
        Column("number", "货号", lambda v: Cell(v.number, tone=quiet(v)), 72),
        Column("name", "商品", name, 190, weight=1),
        Column("points", "单价", price, 70, align="right"),
        Column("stock", "库存", there, 76, align="right"),
        Column("state", "", state, 100),
    )
