"""One article: its picture, what is to be known, and its last movements."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from app.context import Context
from app.models import Goods
from app.services import goods_keeping, stock_views
from app.services.goods import GoodsView
from app.services.stock_views import StockRow
from app.ui.kit import theme
from app.ui.kit.card import Card, Facts
from app.ui.kit.labels import Label, box, clear, column, row, rule, small
from app.ui.recent.history import Record, history_button
from app.values.figures import signed

_LINES = 5
_PICTURE = 96
WIDTH = 244


class GoodsCard(Card):
    """Empty until an article is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(14, 12, 14, 12), spacing=8)
        self._context = context
        self._shown: GoodsView | None = None
        self.setFixedWidth(theme.current().px(WIDTH))
        self.name = Label("", "title", bold=True, wrap=True)
        self.picture = QLabel()
        self.picture.setAccessibleName("商品照片")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.facts = Facts(label=62)
        self.moves = QWidget()
        self.lines = column(spacing=4)
        self.moves.setLayout(self.lines)
        self.history = history_button(context, self, self._record)
        for widget in (self.name, self.picture, self.facts):
            self.body.addWidget(widget)
        self.body.addWidget(rule())
        self.body.addLayout(row(small("最近的出入"), None, self.history))
        self.body.addWidget(self.moves)
        self.body.addStretch(1)

    def show_goods(self, view: GoodsView | None) -> None:
        """Another article, or none."""
        self._shown = view
        self.setVisible(view is not None)
        self.picture.setVisible(False)
        clear(self.lines)
        if view is None:
            return
        self.name.setText(view.title)
        self.facts.set_pairs(facts_of(view))
        with self._context.database.reading() as session:
            jpeg = goods_keeping.photo(session, view.id) if view.has_photo else None
            moved = stock_views.latest(session, view.id, _LINES)
        self._show_picture(jpeg)
        for line in moved:
            self.lines.addWidget(_line(line))
        if not moved:
            self.lines.addWidget(small("还没有入过库"))

    def _show_picture(self, jpeg: bytes | None) -> None:
        pixels = QPixmap()
        if jpeg and pixels.loadFromData(jpeg):
            height = theme.current().px(_PICTURE)
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(pixels.scaledToHeight(height, smooth))
            self.picture.show()

    def _record(self) -> Record | None:
        one = self._shown
        return None if one is None else Record(Goods, one.id, f"商品 {one.title}")


def facts_of(one: GoodsView) -> list[tuple[str, str | QWidget]]:
    """Number, price and stock first; what was not filled in is left out."""
    free = f"，可兑 {one.free}" if one.free != one.on_hand else ""
    pairs = [
        ("货号", one.number),
        ("条码", one.barcode),
        ("单价", f"{one.points} 分"),
        ("库存", f"{one.on_hand:,} {one.unit}{free}"),
        ("低库存线", f"{one.low_at} {one.unit}" if one.low_at else ""),
        ("限兑", one.limit_words),
        ("备注", one.note),
    ]
    return [(name, fact) for name, fact in pairs if fact]


def _line(line: StockRow) -> QWidget:
    quantity = Label(signed(line.quantity), tone="text" if line.quantity > 0 else "text2")
    words = small(f"{line.on_date:%m-%d} {line.kind.label}")
    return box(row(words, None, quantity, small(f"存 {line.on_hand:,}")))
