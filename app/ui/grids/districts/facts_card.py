"""What is chosen in the tree, in one line of figures: who serves there, how many live there."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from app.context import Context
from app.models import Building, Grid
from app.services.grid_facts import GridFacts
from app.services.grid_tree import Node, NodeKind
from app.ui.grids.districts.figure_row import Figure, FigureRow
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import h2, row, small
from app.ui.recent.history import Record, history_button

_KINDS = {
    NodeKind.COMMUNITY: "社区",
    NodeKind.GRID: "基础网格",
    NodeKind.NO_GRID: "还没有网格",
    NodeKind.BUILDING: "楼栋",
    NodeKind.UNIT: "单元",
    NodeKind.NO_BUILDING: "住处不详",
}


class FactsCard(Card):
    """`open_groups` is what 还有 n 类 opens."""

    def __init__(self, context: Context, *, open_groups: Callable[[], object]) -> None:
        super().__init__(margins=(16, 10, 12, 10), spacing=6)
        self._node: Node | None = None
        self._whole = context.user.grids is None
        self._serving: Sequence[str] = ()
        self.name = h2("")
        self.kind = ChipLabel("")
        self.staff = small()
        self.figures = FigureRow()
        self.rest = Button("", kind="link", size="small")
        self.history = history_button(context, self, self._record)
        self.rest.clicked.connect(open_groups)
        self.figures.left_out.connect(self._show_rest)
        self.body.addLayout(row(self.name, self.kind, (self.staff, 1), self.history, spacing=10))
        self.staff.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # Its words never push the name or 经过 away.
        self.staff.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.body.addLayout(row((self.figures, 1), self.rest, spacing=8))

    def show_place(self, node: Node, facts: GridFacts, staff: Sequence[str]) -> None:
        """Another line of the tree; `staff` are those who serve there, the first before others."""
        self._node = node
        self.name.setText(node.name)
        kind = "专属网格" if node.special else _KINDS[node.kind]
        if node.kind is NodeKind.COMMUNITY and not self._whole:
            kind = "自己负责的"
        self.kind.set_chip(Chip(f"{kind}的一部分" if node.guest else kind))
        self._serving = tuple(staff)
        self.staff.setToolTip("\n".join(staff))
        self._fit_staff()
        self.history.setVisible(self._record() is not None)
        self.figures.show_figures(figures_of(facts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_staff()

    def _fit_staff(self) -> None:
        """As many as the line holds; the tip has all of them."""
        self.body.activate()
        shown: list[str] = []
        for one in self._serving:
            if theme.text_width("　".join([*shown, one]), "small") > self.staff.width():
                break
            shown.append(one)
        self.staff.setText("　".join(shown))

    def _show_rest(self, count: int) -> None:
        self.rest.setText(f"还有 {count} 类" if count else "全部")

    def _record(self) -> Record | None:
        node = self._node
        if node is None:
            return None
        if node.kind is NodeKind.GRID:
            return Record(Grid, node.grid_id, node.name)
        if node.kind is NodeKind.BUILDING:
            return Record(Building, node.building_id, node.name)
        return None


def figures_of(facts: GridFacts) -> list[Figure]:
    """Households, people, the old and the party first, then each special group there is."""
    return [
        (facts.households, "户"),
        (facts.people, "人"),
        (facts.elderly, "60 岁以上"),
        (facts.party, "党员"),
        *((group.people, group.name) for group in facts.groups),
    ]
