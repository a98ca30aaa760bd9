"""打印位置校准页: rulers from the edges and four crosses, to see where a printer really prints."""

from dataclasses import dataclass

from app.reports.fonts import Face, require
from app.reports.page import A4, GREY, MM, Sheet
from app.reports.text import compose

TITLE = "打印位置校准页"
_ARM = 6 * MM
_LONG, _MIDDLE, _SHORT = 6 * MM, 4 * MM, 2.5 * MM
_ACROSS, _DOWN = 180, 260
"""Lengths of the two rulers in mm."""
_FROM = 10
"""Rulers begin where every printer can print."""


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """`right` and `down` in mm: the offset the page is printed with. `cross` mm from the edges
    stands the cross that is measured.
    """

    office: str
    printer: str
    right: float = 0.0
    down: float = 0.0
    cross: float = 30.0


def render(data: Calibration) -> bytes:
    """The PDF, one A4 page; MissingGlyph if a name cannot be printed."""
    require((data.office, data.printer))
    sheet = Sheet(TITLE, author=data.office, size=A4)
    _draw_rulers(sheet)
    width, height = (edge / MM for edge in A4)
    far_x, far_y = width - data.cross, height - data.cross
    for x in (data.cross, far_x):
        for y in (data.cross, far_y):
            _draw_cross(sheet, x, y)
    _draw_measures(sheet, data.cross)
    _draw_words(sheet, data)
    sheet.end_page()
    return sheet.finish()


def _draw_cross(sheet: Sheet, x: float, y: float) -> None:
    """A cross `x` and `y` mm from the upper left corner."""
    left, top = x * MM, sheet.height - y * MM
    sheet.rule(left - _ARM, top, left + _ARM, top, width=0.4)
    sheet.rule(left, top - _ARM, left, top + _ARM, width=0.4)
    sheet.dashed_circle(left, top, 4 * MM, GREY)


def _draw_rulers(sheet: Sheet) -> None:
    """Along the upper and the left edge; the figures are mm from the edge of the sheet."""
    y, x = sheet.height - 12 * MM, 12 * MM
    across = [(mm * MM, y, mm * MM, y - _tick(mm)) for mm in range(_FROM, _ACROSS + 1)]
    down = [
        (x, sheet.height - mm * MM, x + _tick(mm), sheet.height - mm * MM)
        for mm in range(_FROM + 10, _DOWN + 1)
    ]
    sheet.rules([*across, *down], width=0.3, ink=(0, 0, 0))
    for mm in range(20, _ACROSS + 1, 10):
        sheet.text(mm * MM, y - 9 * MM, str(mm), Face.SONG, 7, align="center")
    for mm in range(30, _DOWN + 1, 10):
        sheet.text(x + 7 * MM, sheet.height - mm * MM - 2.4, str(mm), Face.SONG, 7)


def _tick(mm: int) -> float:
    return _LONG if mm % 10 == 0 else _MIDDLE if mm % 5 == 0 else _SHORT


def _draw_measures(sheet: Sheet, cross: float) -> None:
    """Arrows from the edges to the cross that is to be measured."""
    x, y = cross * MM, sheet.height - cross * MM
    sheet.rule(0, y - 5 * MM, x, y - 5 * MM, width=0.4, ink=GREY, dash=(2, 2))
    sheet.rule(x + 5 * MM, sheet.height, x + 5 * MM, y, width=0.4, ink=GREY, dash=(2, 2))
    sheet.text(x + 11 * MM, y - 1 * MM, "量这个十字", Face.HEI, 12)


def _draw_words(sheet: Sheet, data: Calibration) -> None:
    left, width = 55 * MM, 120 * MM
    sheet.text(sheet.width / 2, sheet.height - 78 * MM, TITLE, Face.TITLE, 20, align="center")
    lines = (
        f"打印机：{data.printer}",
        f"这一张打印时已经右移 {data.right:g} 毫米、下移 {data.down:g} 毫米。",
        "一、用尺子量左上角十字的中心到纸左边多少毫米，到纸上边多少毫米。",
        f"二、把两个数填进「校准打印位置」。正好都是 {data.cross:g} 毫米，就不用移。",
        "三、打印时要选「实际大小」，不要选「适应纸张」，否则量出来不准。",
        "四、四个角的十字都能看全，这台打印机就能印到纸的四边。",
    )
    y = sheet.height - 95 * MM
    for words in lines:
        set_lines = compose([(Face.SONG, words)], size=12, width=width, indent=0)
        y = sheet.lines(left, y, set_lines, 12, 19) - 6
    sheet.text(left, y - 12 * MM, data.office, Face.SONG, 10.5, ink=GREY)
