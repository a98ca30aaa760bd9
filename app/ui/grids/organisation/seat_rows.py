"""What the card of a body lists: seats in force, who held them before, what is empty below."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.models import PostKind
from app.services import pairings, posts
from app.services.organisation import Node, Place
from app.services.pairings import PairingView
from app.services.posts import PostView
from app.storage.lookup import Lookup
from app.ui.kit.table_columns import Cell, Column


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat with who is in it, or empty; `where` names the place of one further down."""

    kind: PostKind
    place: Place
    where: str = ""
    post: PostView | None = None
    exclusive: bool = True


def seat_rows(node: Node, today: date, to_come: Sequence[PostView]) -> list[SeatRow]:
    """The seats of a body; those who begin later come after who is there now."""
    found: list[SeatRow] = []
    for seat in node.seats:
        later = [one for one in to_come if one.kind is seat.kind and one.since > today]
        for one in (*seat.holders, *later):
            found.append(SeatRow(seat.kind, node.place, "", one, seat.exclusive))
        if not seat.holders and (seat.exclusive or not later):
            found.append(SeatRow(seat.kind, node.place, exclusive=seat.exclusive))
    return found


def vacant_rows(node: Node) -> list[SeatRow]:
    """Every exclusive seat without anybody, here and below."""
    return list(_vacant(node, ""))


def _vacant(node: Node, above: str) -> Iterator[SeatRow]:
    """A unit is told with its building."""
    where = f"{above} {node.title}" if node.place.unit and above else node.title
    yield from (SeatRow(seat.kind, node.place, where) for seat in node.seats if seat.vacant)
    for child in node.children:
        yield from _vacant(child, node.title)


def posts_of(lookup: Lookup, node: Node) -> list[PostView]:
    """All posts of the kinds of a body at its place, of all times."""
    kinds = [seat.kind for seat in node.seats]
    if not kinds:
        return []
    at = node.place
    found = posts.posts(lookup, kinds=kinds, grid_id=at.grid_id, building_id=at.building_id)
    return [one for one in found if Place(one.grid_id, one.building_id, one.unit) == node.place]


def pairings_of(lookup: Lookup, node: Node) -> list[PairingView]:
    """Of a building (with its units and its party group); none elsewhere."""
    if node.place.building_id is None:
        return []
    return pairings.pairings(lookup, building_id=node.place.building_id)


def _holder(row: SeatRow) -> Cell:
    if row.post is None:
        return Cell("空缺", tone="warn") if row.exclusive else Cell("还没有", tone="text2")
    return Cell(row.post.name, bold=True)


def _since(today: date) -> Callable[[SeatRow], Cell]:
    def cell(row: SeatRow) -> Cell:
        if row.post is None:
            return Cell()
        if row.post.since > today:
            return Cell(f"{row.post.since}", sub="待任", tone="text2")
        until = f"到 {row.post.until:%m-%d}" if row.post.until else ""
        return Cell(f"{row.post.since}", sub=until)

    return cell


def seat_columns(today: date) -> tuple[Column, ...]:
    return (
        Column("kind", "职务", lambda row: row.kind.label, 116, weight=1),
        Column("name", "姓名", _holder, 90, weight=2),
        Column("since", "任职日期", _since(today), 110),
    )


PAST_COLUMNS = (
    Column("kind", "职务", lambda row: row.kind.label, 98),
    Column("name", "姓名", lambda row: Cell(row.name, bold=True), 74),
    Column(
        "term", "起止", lambda row: Cell(f"{row.since:%Y-%m}", sub=f"至 {row.until:%Y-%m}"), 158
    ),
    Column(
        "reason", "原因", lambda row: Cell(row.reason, tone="text2"), 70, weight=1, large_mode=False
    ),
)
VACANT_COLUMNS = (
    Column("where", "在哪里", lambda row: Cell(row.where, bold=True), 150, weight=2),
    Column("kind", "空缺的职务", lambda row: Cell(row.kind.label, tone="warn"), 120, weight=1),
)


def _pairing_term(row: PairingView) -> Cell:
    return Cell(f"{row.since:%Y-%m}", sub=f"至 {row.until:%Y-%m}" if row.until else "起")


PAIRING_COLUMNS = (
    Column("name", "党员", lambda row: Cell(row.name, bold=True), 72),
    Column("what", "包联", lambda row: row.what, 150, weight=4),
    Column("since", "起止", _pairing_term, 92, weight=1),
)
