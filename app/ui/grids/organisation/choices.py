"""What the forms of the organisation offer: people, grids and buildings, by their ids."""

from app.context import Context
from app.services import members
from app.services.members import MemberView
from app.services.organisation import Trees


def people(context: Context, *, party: bool = False) -> dict[int, str]:
    """Everybody who serves (`party`: members of the party), told apart by what they do."""
    with context.database.lookup() as lookup:
        found = members.members(lookup, on=context.clock.today())
    return {one.id: _words(one) for one in found if one.party_member or not party}


def _words(member: MemberView) -> str:
    first = member.posts.partition("、")[0]
    return f"{member.name}（{first}）" if first else member.name


def grids(trees: Trees) -> dict[int, str]:
    """The grids of the tree."""
    return {
        node.place.grid_id: node.title
        for node in trees.community.walk()
        if node.place.grid_id is not None
    }


def buildings(trees: Trees) -> dict[int, str]:
    """The buildings of the tree, in the order of their numbers."""
    return {
        node.place.building_id: node.title
        for node in trees.community.walk()
        if node.place.building_id is not None and not node.place.unit
    }
