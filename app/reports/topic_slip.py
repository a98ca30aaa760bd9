"""议题征集表: blank slips for the box of the 议事亭, four to a sheet, in large type."""

from dataclasses import dataclass

from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.page import A4, GREY, MM, PALE, Sheet
from app.reports.text import wrap

TITLE = "议题征集表"
PER_PAGE = 4
_COLUMNS = _ROWS = 2
_PAD = 9 * MM
_LINE = 10.5 * MM
_LINES = 5


@dataclass(frozen=True, kw_only=True)
class TopicSlips:
    """`pages` of them; `box` is where a slip is put, `phone` who asks may call, '' for nothing."""

    office: str
    box: str = ""
    phone: str = ""
    pages: int = 1


def render(data: TopicSlips) -> bytes:
    """The PDF; MissingGlyph names what no font can print."""
    require((data.office, data.box, data.phone))
    sheet = Sheet(TITLE, author=one_line(data.office), size=A4)
    width, height = A4[0] / _COLUMNS, A4[1] / _ROWS
    for _ in range(data.pages):
        for number in range(PER_PAGE):
            row, column = divmod(number, _COLUMNS)
            _draw(sheet, data, column * width, A4[1] - row * height, width, height)
        sheet.rule(width, 0, width, A4[1], width=0.3, ink=PALE, dash=(3.0, 3.0))
        sheet.rule(0, height, A4[0], height, width=0.3, ink=PALE, dash=(3.0, 3.0))
        sheet.end_page()
    return sheet.finish()


def _draw(
    sheet: Sheet, data: TopicSlips, left: float, top: float, width: float, height: float
) -> None:
    x, right, bottom = left + _PAD, left + width - _PAD, top - height + _PAD
    y = top - _PAD - 18
    sheet.text(left + width / 2, y, TITLE, Face.TITLE, 20, align="center")
    y -= 7 * MM
    sheet.text(
        left + width / 2, y, "您家门口要大家商量的事，写在这里", Face.SONG, 12, align="center"
    )
    y = _asked(sheet, x, right, y - 10 * MM, "什么事", _LINES)
    y = _asked(sheet, x, right, y - 10 * MM, "希望怎么办", 2)
    y -= 10 * MM
    sheet.text(x, y, "在哪里", Face.HEI, 13)
    sheet.rule(x + 16 * MM, y - 2, right, y - 2, width=0.5, ink=GREY)
    y -= 10 * MM
    sheet.text(x, y, "姓名", Face.HEI, 13)
    sheet.rule(x + 11 * MM, y - 2, x + 34 * MM, y - 2, width=0.5, ink=GREY)
    sheet.text(x + 37 * MM, y, "电话", Face.HEI, 13)
    sheet.rule(x + 48 * MM, y - 2, right, y - 2, width=0.5, ink=GREY)
    phone = f"，或打电话 {data.phone}" if data.phone else "，或交给网格员"
    told = one_line(f"写好投进{data.box or '议题箱'}{phone}")
    words = f"不写姓名也可以；写了，结果会告诉您。\n{told}"
    lines = wrap(words, Face.SONG, 10.5, right - x)
    sheet.lines(x, bottom + (len(lines) - 1) * 5 * MM, lines, 10.5, 5 * MM, ink=GREY)
    sheet.text(
        right, bottom - 4.5 * MM, one_line(data.office), Face.SONG, 8, align="right", ink=GREY
    )


def _asked(sheet: Sheet, x: float, right: float, y: float, words: str, lines: int) -> float:
    """A heading with lines to write on, the first beside it; gives where the last one stands."""
    sheet.text(x, y, words, Face.HEI, 13)
    start = x + 14 * len(words) + 6
    for number in range(lines):
        below = y - 2 - number * _LINE
        sheet.rule(start if number == 0 else x, below, right, below, width=0.5, ink=GREY)
    return y - (lines - 1) * _LINE
