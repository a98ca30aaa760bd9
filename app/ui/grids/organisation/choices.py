"""Drop-downs of people, grids and buildings: pinyin initials choose, ids are what they hold."""

from collections.abc import Iterable

from app.context import Context
from app.services import members
from app.services.members import MemberView
from app.services.organisation import Node, Trees
from app.ui.kit.pinyin_choice import NOTHING_CHOSEN, PinyinChoice


class IdChoice(PinyinChoice):
    """`key()` is the id behind the words that are shown; None without a choice."""

    def __init__(self, entries: Iterable[tuple[int, str]] = (), *, name: str, blank: str) -> None:
        super().__init__([], name=name, blank=blank)
        self._ids: dict[str, int] = {}
        self.set_entries(entries)

    def set_entries(self, entries: Iterable[tuple[int, str]]) -> None:
        """Other choices; what is chosen stays so where it is still offered."""
        kept = self.key()
        self._ids = {}
        for key, words in entries:
            self._ids[words if words not in self._ids else f"{words}（{key}）"] = key
        self.clear()
        self.addItems([NOTHING_CHOSEN, *self._ids] if self._ids else [])
        self.choose(kept)
        self.widen_list()

    def key(self) -> int | None:
        """The id that is chosen."""
        return self._ids.get(self.currentText())

    def choose(self, key: int | None) -> None:
        """Show the choice with this id; none where it is not offered."""
        words = next((words for words, one in self._ids.items() if one == key), "")
        self.set_value(words)


def people(context: Context, *, party: bool = False) -> list[tuple[int, str]]:
    """Everybody who serves (`party`: members of the party), told apart by what they do."""
    with context.database.lookup() as lookup:
        found = members.members(lookup, on=context.clock.today())
    return [(one.id, _words(one)) for one in found if one.party_member or not party]


def _words(member: MemberView) -> str:
    first = member.posts.partition("、")[0]
    return f"{member.name}（{first}）" if first else member.name


def grids(trees: Trees) -> list[tuple[int, str]]:
    """The grids of the tree."""
    return [
        (node.place.grid_id, node.title)
        for node in trees.community.walk()
        if node.place.grid_id is not None
    ]


def buildings(trees: Trees) -> list[tuple[int, str]]:
    """The buildings of the tree, in the order of their numbers."""
    return [
        (node.place.building_id, node.title)
        for node in trees.community.walk()
        if node.place.building_id is not None and not node.place.unit
    ]


def where_is(trees: Trees, node: Node) -> str:
    """The grid of a building or unit, in words."""
    for grid in trees.community.children:
        if any(one.place.building_id == node.place.building_id for one in grid.walk()):
            return grid.title
    return ""
