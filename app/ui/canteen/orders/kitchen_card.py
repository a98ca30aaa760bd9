"""后厨: how many portions the orders of a period are, by dish and diet, and what clashes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.context import Context
from app.services.kitchen_count import KitchenCount
from app.ui.canteen.orders.count_grid import CountGrid
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Notice
from app.ui.kit.labels import Label, box, column, row, small
from app.ui.kit.scroll import scrolled
from app.values.rights import Right

_CLASHES = 3
_NOTHING = KitchenCount((), (), (), (), (), (), 0, ())


class KitchenCard(Card):
    """`sheet_asked` and `labels_asked`: the two papers of the morning."""

    sheet_asked = Signal()
    labels_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.count = _NOTHING
        self.title = Label("后厨备餐", "title", bold=True)
        self.meta = small()
        self.figure = Label("0", "brand", tone="sel", bold=True)
        self.ways = small()
        self.grid = CountGrid()
        self.avoids = small(wrap=True)
        self.clash = Notice("", tone="warn")
        self.sheet_button = Button("备餐单", action="kitchen_sheet", icon="printer-outline")
        self.labels_button = Button("餐盒标签", action="box_labels", icon="label-outline")
        offer(context.may(Right.PRINT), self.sheet_button, self.labels_button)
        self._lay_out()
        self.sheet_button.clicked.connect(self.sheet_asked)
        self.labels_button.clicked.connect(self.labels_asked)

    def show_count(self, count: KitchenCount) -> None:
        """Another period, or the same read anew."""
        self.count = count
        self.figure.setText(f"{count.portions}")
        ways = "・".join(f"{way.label} {number}" for way, number in count.by_way)
        self.ways.setText(ways)
        expected = f"堂食预计 {count.expected} 人" if count.expected else ""
        self.meta.setText(expected)
        self.grid.show_count(count)
        self.grid.setVisible(bool(count.portions))
        told = "　".join(f"{word} {number} 份" for word, number in count.avoids)
        self.avoids.setText(f"不吃：{told}" if told else "")
        self.avoids.setVisible(bool(told))
        self._show_clashes(count)
        for button in (self.sheet_button, self.labels_button):
            button.setEnabled(bool(count.portions))

    # -- inside

    def _lay_out(self) -> None:
        content = column(self.grid, self.avoids, self.clash, None, spacing=8)
        self.body.addLayout(row(self.title, None, self.meta))
        self.body.addLayout(row(self.figure, self._unit(), None, self.ways, spacing=6))
        self.body.addWidget(scrolled(box(content)), 1)
        self.body.addLayout(row(self.sheet_button, self.labels_button, None))

    def _unit(self) -> QLabel:
        return Label("份订餐", tone="text2")

    def _show_clashes(self, count: KitchenCount) -> None:
        found = count.clashes
        self.clash.setVisible(bool(found))
        if not found:
            return
        names = "；".join(f"{one.name}（{one.dish}有{one.avoids}）" for one in found[:_CLASHES])
        more = f" 等 {len(found)} 处" if len(found) > _CLASHES else ""
        self.clash.show_text("忌口和菜谱冲突，请换菜", names + more, tone="warn")

    def buttons(self) -> tuple[QWidget, ...]:
        """What the view binds to its keys."""
        return self.sheet_button, self.labels_button
