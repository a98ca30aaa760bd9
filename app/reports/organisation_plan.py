"""组织架构图: the party's bodies and the grids on one sheet lying across, A4 or A3.

Each grid is a column: its branch and its people above, its buildings below.
"""

from collections.abc import Sequence

from app.reports.clean import one_line
from app.reports.fonts import Face
from app.reports.page import BLUE, GREY, MM, RED, WASH, Ink, Sheet
from app.reports.plan_data import (
    A3,
    A4,
    Building,
    GridColumn,
    OrganisationPlan,
    Seat,
    TooLargeForPaper,
)
from app.reports.plan_layout import (
    BUS,
    GAP,
    HEAD_GAP,
    LEADING,
    MARGIN,
    PAD,
    SIZES,
    STEM,
    TITLE_SIZE,
    TOP_BOX,
    Box,
    Layout,
    layout_of,
    top_boxes,
)
from app.reports.text import text_width
from app.reports.words import long_date

__all__ = [
    "A3",
    "A4",
    "TITLE",
    "Building",
    "GridColumn",
    "OrganisationPlan",
    "Seat",
    "TooLargeForPaper",
    "left_out",
    "render",
]

TITLE = "组织架构图"
_WASH_RED: Ink = (0.99, 0.945, 0.94)
_WASH_BLUE: Ink = (0.93, 0.955, 0.985)


def left_out(data: OrganisationPlan) -> str:
    """What the paper has no room for, '' where all is on it; raises TooLargeForPaper."""
    words = layout_of(data).left_out
    more = "；用 A3 能写得更全" if data.paper == A4 else ""
    return f"{words}{more}。" if words else ""


def render(data: OrganisationPlan) -> bytes:
    """The PDF, one page; TooLargeForPaper, or MissingGlyph naming who cannot be printed."""
    sheet = Sheet(data.title, author=data.office, size=SIZES[data.paper])
    top = _draw_head(sheet, data)
    layout = layout_of(data)
    if data.grids:
        _draw_grids(sheet, layout, top)
    else:
        sheet.text(
            sheet.width / 2, top - 30, "还没有划分网格", Face.HEI, 12, align="center", ink=GREY
        )
    _draw_foot(sheet, data)
    sheet.end_page()
    return sheet.finish()


# -- drawing


def _draw_head(sheet: Sheet, data: OrganisationPlan) -> float:
    """Title, street and committee; gives the y below which the grids may begin."""
    middle, y = sheet.width / 2, sheet.height - MARGIN - TITLE_SIZE
    room = sheet.width - 2 * MARGIN
    size = min(TITLE_SIZE, room / max(1.0, text_width(data.title, Face.TITLE, 1.0)))
    sheet.text(middle, y, data.title, Face.TITLE, size, align="center", ink=RED)
    y -= HEAD_GAP
    street, committee = top_boxes(data)
    _draw_box(sheet, street, middle - TOP_BOX / 2, y, TOP_BOX, middle=True)
    y -= street.height
    sheet.rule(middle, y, middle, y - STEM, width=0.8, ink=RED)
    y -= STEM
    _draw_box(sheet, committee, middle - TOP_BOX / 2, y, TOP_BOX, middle=True)
    return y - committee.height


def _draw_grids(sheet: Sheet, layout: Layout, top: float) -> None:
    """Every row under a line of its own; the lines of later rows go down at the left edge."""
    y = top
    middle = sheet.width / 2
    sheet.rule(middle, y, middle, y - BUS / 2, width=0.8, ink=RED)
    above = y - BUS / 2
    wide = layout.per_row * layout.width + (layout.per_row - 1) * GAP
    left = middle - wide / 2
    edge = left - 3 * MM
    for number, (row, height) in enumerate(zip(layout.rows, layout.heights, strict=True)):
        bus = y - BUS / 2
        starts = [left + place * (layout.width + GAP) for place in range(len(row))]
        centres = [start + layout.width / 2 for start in starts]
        first = edge if len(layout.rows) > 1 else min(centres[0], middle)
        last = max(centres[-1], middle) if number == 0 else centres[-1]
        sheet.rule(first, bus, last, bus, width=0.8, ink=RED)
        if number:
            sheet.rule(edge, above, edge, bus, width=0.8, ink=RED)
        for start, centre, boxes in zip(starts, centres, row, strict=True):
            sheet.rule(centre, bus, centre, y - BUS, width=0.8, ink=RED)
            _draw_column(sheet, boxes, start, y - BUS, layout.width)
        above = bus
        y -= BUS + height


def _draw_column(sheet: Sheet, boxes: Sequence[Box], x: float, top: float, width: float) -> None:
    y = top
    for number, box in enumerate(boxes):
        if number:
            middle = x + width / 2
            sheet.rule(middle, y + GAP, middle, y, width=0.6, ink=BLUE)
        _draw_box(sheet, box, x, y, width)
        y -= box.height + GAP


def _draw_box(
    sheet: Sheet, box: Box, x: float, top: float, width: float, *, middle: bool = False
) -> None:
    ink = RED if box.party else BLUE
    fill = _WASH_RED if box.party else _WASH_BLUE if box.head else WASH
    sheet.box(x, top - box.height, width, box.height, fill=fill, stroke=0.7, ink=ink)
    y = top - PAD
    for text in box.texts:
        y -= text.size * LEADING
        shift = (width - 2 * PAD - text.line.width) / 2 if middle else 0.0
        lift = text.size * (LEADING - 1)
        sheet.line(x + PAD + shift, y + lift, text.line, text.size, ink=text.ink)


def _draw_foot(sheet: Sheet, data: OrganisationPlan) -> None:
    y = MARGIN
    sheet.text(MARGIN, y, one_line(data.summary), Face.SONG, 8.5, ink=GREY)
    drawn = f"　{data.drawn_by} 制图" if data.drawn_by else ""
    words = f"{data.office}　{long_date(data.day)}{drawn}"
    sheet.text(sheet.width - MARGIN, y, words, Face.SONG, 8.5, align="right", ink=GREY)
