"""网格楼栋: which grid has which buildings, and how many people."""

from app.context import Context
from app.services import grid_tree
from app.services.settings import COMMUNITY_NAME
from app.ui.grids.districts.tree_view import GridTree
from app.ui.grids.tab import GridsTab
from app.ui.kit.card import Card
from app.ui.kit.labels import row
from app.ui.people.grid_wish import ShowGrid


class DistrictsTab(GridsTab):
    """Assembles: the tree at the left, what is chosen in it in the middle."""

    legend = (("←→", "收起、展开"), ("Enter", "看这一格"))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tree = GridTree()
        card = Card(margins=(1, 12, 1, 1), spacing=8)
        card.body.addWidget(self.tree, 1)
        self.setLayout(row((card, 1), None))

    def refresh(self) -> None:
        with self.context.database.lookup() as lookup:
            root = grid_tree.tree(lookup, self.context.settings[COMMUNITY_NAME])
        self.tree.show_tree(root)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowGrid):
            self.tree.choose(("grid", wanted.grid_id, None, ""))
