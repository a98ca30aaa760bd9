"""How 组织架构图 is laid out: columns of boxes in the largest type in which all of it fits.

When no type is small enough, less is said of the buildings, step by step.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from app.reports.clean import one_line
from app.reports.fonts import Face
from app.reports.page import A3_LANDSCAPE, A4_LANDSCAPE, BLACK, MM, RED, Ink
from app.reports.plan_data import (
    A3,
    A4,
    Building,
    GridColumn,
    OrganisationPlan,
    Seat,
    TooLargeForPaper,
)
from app.reports.text import Line, text_width, wrap

SIZES = {A4: A4_LANDSCAPE, A3: A3_LANDSCAPE}
MARGIN = 10 * MM
TITLE_SIZE = 20.0
TOP_BOX = 82 * MM
GAP = 2.2 * MM
PAD = 1.3 * MM
LEADING = 1.32
BUS = 7 * MM
"""Room above a row of grids for the lines that lead to them"""
STEM, FOOT, HEAD_GAP = 4 * MM, 6 * MM, 5 * MM
_TYPE = (14.0, 12.0, 10.5, 9.5, 8.5, 7.5, 7.0)
"""7 points is the least that is read on a wall at arm's length."""
_MOST_ROWS = 4
_LEAST_COLUMN = 26 * MM
_WIDEST_COLUMN = 72 * MM


class _Text(NamedTuple):
    """One set line of a box."""

    line: Line
    size: float
    ink: Ink


class Box(NamedTuple):
    """A frame with its lines; `party`: the red ones."""

    texts: tuple[_Text, ...]
    height: float
    party: bool
    head: bool


class Layout(NamedTuple):
    """Rows of columns of boxes, all of one width."""

    rows: tuple[tuple[tuple[Box, ...], ...], ...]
    heights: tuple[float, ...]
    width: float
    per_row: int
    left_out: str = ""


# -- how much is said of a building


_Told = tuple[str, tuple[Seat, ...], bool]
"""The title of a box, its seats, and whether several seats may share a line"""
_Detail = Callable[[Building], _Told]


def _whole(building: Building) -> _Told:
    return building.title, (*building.seats, *building.units), False


def _packed(building: Building) -> _Told:
    seats = (*building.seats, *building.units)
    return building.title, tuple(sorted(seats, key=lambda seat: seat.party)), True


def _short(building: Building) -> _Told:
    """Many names become their number."""
    seats = (
        Seat(label=seat.label, names=seat.short or seat.names, party=seat.party)
        for seat in building.seats
    )
    units = [Seat(label="单元长", names=building.units_short)] if building.units else []
    return building.title, tuple(sorted((*seats, *units), key=lambda seat: seat.party)), True


def _leaders(building: Building) -> _Told:
    return building.title, building.seats[:2], False


def _one_line(building: Building) -> _Told:
    first = building.seats[0] if building.seats else Seat(label="", names="")
    return f"{building.title}　{first.label} {first.names}".strip(), (), False


_DETAILS: dict[_Detail, str] = {
    _whole: "",
    _packed: "",
    _short: "中心户和单元长只写了人数",
    _leaders: "楼栋只写了楼长和党小组长",
    _one_line: "楼栋只写了楼长",
}
"""From all that is known to the least, with what is said of it"""


# -- fitting


def layout_of(data: OrganisationPlan) -> Layout:
    """The grids as they are drawn below street and committee; raises TooLargeForPaper."""
    width, height = SIZES[data.paper]
    room = height - MARGIN - TITLE_SIZE - HEAD_GAP - STEM
    room -= sum(box.height for box in top_boxes(data))
    return _layout(data, width - 2 * MARGIN, room - MARGIN - FOOT)


def top_boxes(data: OrganisationPlan) -> tuple[Box, Box]:
    """Street and committee."""
    return (
        _box(data.street, data.street_seats, 10.5, TOP_BOX, party=True, head=True),
        _box(data.committee, data.committee_seats, 10.5, TOP_BOX, party=True, head=True),
    )


def _layout(data: OrganisationPlan, width: float, height: float) -> Layout:
    """The first that fits: all that is known in large type, at last one line for a building."""
    if not data.grids:
        return Layout((), (), width, 1)
    for detail in _DETAILS:
        for size in _TYPE:
            for rows in range(1, _MOST_ROWS + 1):
                found = _try(data.grids, detail, size, rows, width, height)
                if found is not None:
                    return found
    buildings = sum(len(grid.buildings) for grid in data.grids)
    raise TooLargeForPaper(data.paper, len(data.grids), buildings)


def _try(
    grids: Sequence[GridColumn],
    detail: _Detail,
    size: float,
    rows: int,
    width: float,
    height: float,
) -> Layout | None:
    per_row = ceil(len(grids) / rows)
    column = min(_WIDEST_COLUMN, (width - (per_row - 1) * GAP) / per_row)
    if column < _LEAST_COLUMN or _breaks_titles(grids, size, column):
        return None
    found = [
        tuple(_boxes(grid, detail, size, column) for grid in grids[start : start + per_row])
        for start in range(0, len(grids), per_row)
    ]
    heights = tuple(max(map(_column_height, row)) for row in found)
    used = sum(heights) + len(heights) * BUS
    if used > height:
        return None
    return Layout(tuple(found), heights, column, per_row, _DETAILS[detail])


def _breaks_titles(grids: Sequence[GridColumn], size: float, width: float) -> bool:
    """Whether many names of branches would end in a second line that smaller type spares."""
    room = width - 2 * PAD
    broken = sum(1 for grid in grids if len(_wrapped(grid.branch, Face.TITLE, size, room)) > 1)
    return size > _TYPE[-1] and broken > len(grids) / 8


def _column_height(boxes: Sequence[Box]) -> float:
    return sum(box.height for box in boxes) + (len(boxes) - 1) * GAP


def _boxes(grid: GridColumn, detail: _Detail, size: float, width: float) -> tuple[Box, ...]:
    branch = _box(grid.branch, grid.party, size, width, party=True, head=True)
    own = _box(grid.title, grid.seats, size, width, party=False, head=True)
    rest = [
        _box(title, seats, size, width, party=False, head=False, packed=packed)
        for title, seats, packed in map(detail, grid.buildings)
    ]
    return (branch, own, *rest)


def _box(
    title: str,
    seats: Sequence[Seat],
    size: float,
    width: float,
    *,
    party: bool,
    head: bool,
    packed: bool = False,
) -> Box:
    room = width - 2 * PAD
    texts = [_Text(line, size, BLACK) for line in _wrapped(title, Face.TITLE, size, room)]
    for words, red in _entries(seats, size, room if packed else 0.0):
        ink = RED if red and not party else BLACK
        texts += [_Text(line, size, ink) for line in _wrapped(words, Face.HEI, size, room)]
    return Box(tuple(texts), len(texts) * size * LEADING + 2 * PAD, party, head)


def _entries(seats: Sequence[Seat], size: float, room: float) -> list[tuple[str, bool]]:
    """The seats in words, as many of one colour on a line as there is room for."""
    found: list[tuple[str, bool]] = []
    for seat in seats:
        words = one_line(f"{seat.label} {seat.names}")
        together = f"{found[-1][0]}；{words}" if found and found[-1][1] is seat.party else ""
        if together and text_width(together, Face.HEI, size) <= room:
            found[-1] = (together, seat.party)
        else:
            found.append((words, seat.party))
    return found


@lru_cache(maxsize=8192)
def _wrapped(text: str, face: Face, size: float, width: float) -> tuple[Line, ...]:
    return tuple(wrap(one_line(text), face, size, width))
