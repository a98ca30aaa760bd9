"""组织架构图: the party's bodies and the grids on one sheet lying across, A4 or A3.

Each grid is a column: its branch and its people above, its buildings below. Type is made smaller
in steps, then what is said of a building shorter, until all of it fits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from app.errors import DomainError
from app.reports.clean import one_line
from app.reports.fonts import Face
from app.reports.page import A4_LANDSCAPE, BLACK, GREY, MM, RED, WASH, Ink, Sheet
from app.reports.text import Line, text_width, wrap
from app.reports.words import long_date

TITLE = "组织架构图"
A4, A3 = "A4", "A3"
_SIZES_OF_PAPER = {A4: A4_LANDSCAPE, A3: (420 * MM, 297 * MM)}
_MARGIN = 10 * MM
_TYPE = (14.0, 12.0, 10.5, 9.5, 8.5, 7.5, 7.0)
"""7 points is the least that is read on a wall at arm's length."""
_MOST_ROWS = 4
_LEAST_COLUMN = 26 * MM
_WIDEST_COLUMN = 72 * MM
_GAP = 2.2 * MM
_LEADING = 1.32
_PAD = 1.3 * MM
_TITLE_SIZE = 20.0
_TOP_BOX = 82 * MM
_WASH_RED: Ink = (0.99, 0.945, 0.94)
_WASH_BLUE: Ink = (0.93, 0.955, 0.985)
_BLUE: Ink = (0.122, 0.373, 0.659)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A post and the names in it; `short` stands instead where room is scarce."""

    label: str
    names: str
    short: str = ""
    party: bool = False


@dataclass(frozen=True, kw_only=True)
class Building:
    """`seats` in the order of importance; only the first of them is kept in the shortest form.

    `units` are a line each, or `units_short` in one where room is scarce.
    """

    title: str
    seats: tuple[Seat, ...] = ()
    units: tuple[Seat, ...] = ()
    units_short: str = ""


@dataclass(frozen=True, kw_only=True)
class GridColumn:
    """A grid with its branch (`party`), its people and its buildings."""

    branch: str
    title: str
    party: tuple[Seat, ...] = ()
    seats: tuple[Seat, ...] = ()
    buildings: tuple[Building, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrganisationPlan:
    """The whole organisation on a day."""

    office: str
    title: str
    street: str
    street_seats: tuple[Seat, ...] = ()
    committee: str
    committee_seats: tuple[Seat, ...] = ()
    grids: tuple[GridColumn, ...] = ()
    summary: str = ""
    paper: str = A4
    day: date
    drawn_by: str = ""


class TooLargeForPaper(DomainError):
    """Not even the smallest readable type lets it stand on one sheet."""

    def __init__(self, paper: str, grids: int, buildings: int) -> None:
        how = "请改用 A3。" if paper == A4 else "请在“人员”里打印清单，或按网格印公示牌。"
        super().__init__(
            f"一张 {paper} 放不下 {grids} 个网格、{buildings} 栋楼：字小于 7 磅就看不清了。{how}"
        )
        self.paper = paper


class _Text(NamedTuple):
    """One set line of a box."""

    line: Line
    size: float
    ink: Ink


class _Box(NamedTuple):
    """A frame with its lines; `party`: the red ones."""

    texts: tuple[_Text, ...]
    height: float
    party: bool
    head: bool


class _Layout(NamedTuple):
    """Rows of columns of boxes, all of one width."""

    rows: tuple[tuple[tuple[_Box, ...], ...], ...]
    heights: tuple[float, ...]
    width: float
    per_row: int
    left_out: str = ""


def left_out(data: OrganisationPlan) -> str:
    """What the paper has no room for, '' where all is on it; raises TooLargeForPaper."""
    words = _measured(data).left_out
    more = "；用 A3 能写得更全" if data.paper == A4 else ""
    return f"{words}{more}。" if words else ""


def render(data: OrganisationPlan) -> bytes:
    """The PDF, one page; TooLargeForPaper, or MissingGlyph naming who cannot be printed."""
    sheet = Sheet(data.title, author=data.office, size=_SIZES_OF_PAPER[data.paper])
    top = _draw_head(sheet, data)
    layout = _measured(data)
    if data.grids:
        _draw_grids(sheet, layout, top)
    else:
        sheet.text(
            sheet.width / 2, top - 30, "还没有划分网格", Face.HEI, 12, align="center", ink=GREY
        )
    _draw_foot(sheet, data)
    sheet.end_page()
    return sheet.finish()


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


def _measured(data: OrganisationPlan) -> _Layout:
    width, height = _SIZES_OF_PAPER[data.paper]
    room = height - _MARGIN - _TITLE_SIZE - 5 * MM - 4 * MM
    room -= sum(box.height for box in _top_boxes(data))
    return _layout(data, width - 2 * _MARGIN, room - _MARGIN - 6 * MM)


def _top_boxes(data: OrganisationPlan) -> tuple[_Box, _Box]:
    """Street and committee."""
    return (
        _box(data.street, data.street_seats, 10.5, _TOP_BOX, party=True, head=True),
        _box(data.committee, data.committee_seats, 10.5, _TOP_BOX, party=True, head=True),
    )


def _layout(data: OrganisationPlan, width: float, height: float) -> _Layout:
    """The first that fits: all that is known in large type, at last one line for a building."""
    if not data.grids:
        return _Layout((), (), width, 1)
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
) -> _Layout | None:
    per_row = ceil(len(grids) / rows)
    column = min(_WIDEST_COLUMN, (width - (per_row - 1) * _GAP) / per_row)
    if column < _LEAST_COLUMN or _breaks_titles(grids, size, column):
        return None
    found = [
        tuple(_boxes(grid, detail, size, column) for grid in grids[start : start + per_row])
        for start in range(0, len(grids), per_row)
    ]
    heights = tuple(max(map(_column_height, row)) for row in found)
    used = sum(heights) + len(heights) * _BUS
    if used > height:
        return None
    return _Layout(tuple(found), heights, column, per_row, _DETAILS[detail])


def _breaks_titles(grids: Sequence[GridColumn], size: float, width: float) -> bool:
    """Whether many names of branches would end in a second line that smaller type spares."""
    room = width - 2 * _PAD
    broken = sum(1 for grid in grids if len(_wrapped(grid.branch, Face.TITLE, size, room)) > 1)
    return size > _TYPE[-1] and broken > len(grids) / 8


_BUS = 7 * MM
"""Room above a row of grids for the lines that lead to them"""


def _column_height(boxes: Sequence[_Box]) -> float:
    return sum(box.height for box in boxes) + (len(boxes) - 1) * _GAP


def _boxes(grid: GridColumn, detail: _Detail, size: float, width: float) -> tuple[_Box, ...]:
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
) -> _Box:
    room = width - 2 * _PAD
    texts = [_Text(line, size, BLACK) for line in _wrapped(title, Face.TITLE, size, room)]
    for words, red in _entries(seats, size, room if packed else 0.0):
        ink = RED if red and not party else BLACK
        texts += [_Text(line, size, ink) for line in _wrapped(words, Face.HEI, size, room)]
    return _Box(tuple(texts), len(texts) * size * _LEADING + 2 * _PAD, party, head)


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


# -- drawing


def _draw_head(sheet: Sheet, data: OrganisationPlan) -> float:
    """Title, street and committee; gives the y below which the grids may begin."""
    middle, y = sheet.width / 2, sheet.height - _MARGIN - _TITLE_SIZE
    room = sheet.width - 2 * _MARGIN
    size = min(_TITLE_SIZE, room / max(1.0, text_width(data.title, Face.TITLE, 1.0)))
    sheet.text(middle, y, data.title, Face.TITLE, size, align="center", ink=RED)
    y -= 5 * MM
    street, committee = _top_boxes(data)
    _draw_box(sheet, street, middle - _TOP_BOX / 2, y, _TOP_BOX, middle=True)
    y -= street.height
    sheet.rule(middle, y, middle, y - 4 * MM, width=0.8, ink=RED)
    y -= 4 * MM
    _draw_box(sheet, committee, middle - _TOP_BOX / 2, y, _TOP_BOX, middle=True)
    return y - committee.height


def _draw_grids(sheet: Sheet, layout: _Layout, top: float) -> None:
    """Every row under a line of its own; the lines of later rows go down at the left edge."""
    y = top
    middle = sheet.width / 2
    sheet.rule(middle, y, middle, y - _BUS / 2, width=0.8, ink=RED)
    above = y - _BUS / 2
    wide = layout.per_row * layout.width + (layout.per_row - 1) * _GAP
    left = middle - wide / 2
    edge = left - 3 * MM
    for number, (row, height) in enumerate(zip(layout.rows, layout.heights, strict=True)):
        bus = y - _BUS / 2
        starts = [left + place * (layout.width + _GAP) for place in range(len(row))]
        centres = [start + layout.width / 2 for start in starts]
        first = edge if len(layout.rows) > 1 else min(centres[0], middle)
        last = max(centres[-1], middle) if number == 0 else centres[-1]
        sheet.rule(first, bus, last, bus, width=0.8, ink=RED)
        if number:
            sheet.rule(edge, above, edge, bus, width=0.8, ink=RED)
        for start, centre, boxes in zip(starts, centres, row, strict=True):
            sheet.rule(centre, bus, centre, y - _BUS, width=0.8, ink=RED)
            _draw_column(sheet, boxes, start, y - _BUS, layout.width)
        above = bus
        y -= _BUS + height


def _draw_column(sheet: Sheet, boxes: Sequence[_Box], x: float, top: float, width: float) -> None:
    y = top
    for number, box in enumerate(boxes):
        if number:
            middle = x + width / 2
            sheet.rule(middle, y + _GAP, middle, y, width=0.6, ink=_BLUE)
        _draw_box(sheet, box, x, y, width)
        y -= box.height + _GAP


def _draw_box(
    sheet: Sheet, box: _Box, x: float, top: float, width: float, *, middle: bool = False
) -> None:
    ink = RED if box.party else _BLUE
    fill = _WASH_RED if box.party else _WASH_BLUE if box.head else WASH
    sheet.box(x, top - box.height, width, box.height, fill=fill, stroke=0.7, ink=ink)
    y = top - _PAD
    for text in box.texts:
        y -= text.size * _LEADING
        shift = (width - 2 * _PAD - text.line.width) / 2 if middle else 0.0
        lift = text.size * (_LEADING - 1)
        sheet.line(x + _PAD + shift, y + lift, text.line, text.size, ink=text.ink)


def _draw_foot(sheet: Sheet, data: OrganisationPlan) -> None:
    y = _MARGIN
    sheet.text(_MARGIN, y, one_line(data.summary), Face.SONG, 8.5, ink=GREY)
    drawn = f"　{data.drawn_by} 制图" if data.drawn_by else ""
    words = f"{data.office}　{long_date(data.day)}{drawn}"
    sheet.text(sheet.width - _MARGIN, y, words, Face.SONG, 8.5, align="right", ink=GREY)
