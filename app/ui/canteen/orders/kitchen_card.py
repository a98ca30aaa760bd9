"""后厨: how many portions the orders of a period are, by dish and diet, and what clashes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.kitchen_count import KitchenCount
from app.ui.canteen.orders.count_grid import CountGrid
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, row, small
from app.values.rights import Right

_WORDS = 4
_NOTHING = KitchenCount((), (), (), (), (), (), 0, ())


class KitchenCard(Card):
    """`sheet_asked` and `labels_asked`: the two papers of the morning."""

    sheet_asked = Signal()
    labels_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.count = _NOTHING
        self.title = Label("后厨备餐", "title", bold=True)
        role = "h1" if theme.current().large else "brand"
        self.figure = Label("0", role, tone="sel", bold=True)
        self.ways = small(wrap=True)
        self.grid = CountGrid()
        self.avoids = small()
        self.sheet_button = Button("备餐单", size="small", action="kitchen_sheet")
        self.labels_button = Button("餐盒标签", size="small", action="box_labels")
        offer(context.may(Right.PRINT), self.sheet_button, self.labels_button)
        self._lay_out()
        self.sheet_button.clicked.connect(self.sheet_asked)
        self.labels_button.clicked.connect(self.labels_asked)

    def show_count(self, count: KitchenCount) -> None:
        """Another period, or the same read anew."""
        self.count = count
        self.figure.setText(f"{count.portions}")
        ways = [f"{way.label} {number}" for way, number in count.by_way]
        expected = [f"堂食预计 {count.expected} 人"] if count.expected else []
        nothing = () if count.portions else ("还没有订餐，有了才能打印备餐单和标签",)
        self.ways.setText("・".join((*nothing, *ways, *expected)))
        self.grid.setHidden(not count.portions)
        self.grid.show_count(count)
        told = "　".join(f"{word} {number} 份" for word, number in count.avoids[:_WORDS])
        self.avoids.setText(f"不吃：{told}" if told else "")
        # The sheet says it too; 大字 has no room for both.
        self.avoids.setVisible(bool(told) and not theme.current().large)
        for button in (self.sheet_button, self.labels_button):
            button.setEnabled(bool(count.portions))

    # -- inside

    def _lay_out(self) -> None:
        unit = Label("份", tone="text2")
        self.body.addLayout(row(self.title, None, self.figure, unit, spacing=6))
        self.body.addWidget(self.ways)
        self.body.addWidget(self.grid, 1)
        self.body.addStretch()
        self.body.addWidget(self.avoids)
        self.body.addLayout(row(self.sheet_button, self.labels_button, None))

    def buttons(self) -> tuple[QWidget, ...]:
        """What the view binds to its keys."""
        return self.sheet_button, self.labels_button
