"""Both trees beside each other: what is chosen in one, the other shows as its counterpart."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import organisation
from app.services.organisation import Node, Trees
from app.ui.grids.organisation.org_tree import OrgTree, people_of
from app.ui.grids.organisation.place_card import PlaceCard
from app.ui.kit import theme
from app.ui.kit.card import Card, heading
from app.ui.kit.labels import box, row, rule
from app.values.pinyin_match import spells


class TreesView(QWidget):
    """Assembles: the party's tree, the tree of grids, the card of what is chosen."""

    person_asked = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.trees: Trees | None = None
        self.party = OrgTree("党组织")
        self.community = OrgTree("网格")
        self.card = PlaceCard(context)
        large = theme.current().large
        self.card.setFixedWidth(520 if large else 440)
        self.setLayout(
            row(
                (_tree_card("党组织", "书记、组长、中心户", self.party), 1),
                (_tree_card("社区与网格", "网格长、网格员、楼长、单元长", self.community), 1),
                self.card,
                spacing=12,
            )
        )
        for tree, other in ((self.party, self.community), (self.community, self.party)):
            tree.walked.connect(lambda node, t=tree, o=other: self._walk(node, t, o))
            tree.taken.connect(lambda _: self.focus_card())
        self.card.person_asked.connect(self.person_asked)

    def refresh(self) -> None:
        """Read both trees anew."""
        with self._context.database.lookup() as lookup:
            self.trees = organisation.trees(lookup, on=self._context.clock.today())
        first = not (self.party.active or self.community.active)
        self.party.show_tree(self.trees.party)
        self.community.show_tree(self.trees.community)
        tree = self.community if first or self.community.active else self.party
        if tree.current is not None:
            other = self.party if tree is self.community else self.community
            self._walk(tree.current, tree, other)

    def go_to(self, text: str, *, again: bool = False) -> bool:
        """The line whose title or people are spelled by the text; `again`: the next such."""
        if self.trees is None or not text.strip():
            return False
        nodes = [*self.trees.community.walk(), *self.trees.party.walk()]
        keys = [node.key for node in nodes]
        current = (self.community if self.community.active else self.party).current
        start = keys.index(current.key) + again if current is not None else 0
        for node in (*nodes[start:], *nodes[:start]):
            if spells(node.title, text) or any(
                spells(name, text) for name in people_of(node).split("、") if name
            ):
                self.show_key(node.key)
                return True
        return False

    def show_key(self, key: str) -> None:
        """Choose a line in the tree that has it."""
        for tree in (self.community, self.party):
            if tree.choose(key, quiet=False):
                return

    def focus_card(self) -> None:
        self.card.part.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, node: Node, tree: OrgTree, other: OrgTree) -> None:
        tree.set_active(True)
        other.set_active(False)
        other.choose(node.mirror)
        self.card.show_node(node)


def _tree_card(name: str, meta: str, tree: OrgTree) -> Card:
    card = Card(margins=(1, 10, 1, 1), spacing=8)
    line = heading(name, "" if theme.current().large else meta)
    line.setContentsMargins(theme.current().px(14), 0, theme.current().px(14), 0)
    card.body.addWidget(box(line))
    card.body.addWidget(rule())
    card.body.addWidget(tree, 1)
    return card
