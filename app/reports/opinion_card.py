"""满意度卡: four to a sheet, in type that old eyes read, with plain boxes to be ticked."""

from dataclasses import dataclass

from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.page import A4, GREY, MM, PALE, Sheet

TITLE = "用餐满意度卡"
ASKED = ("口味", "价格", "服务")
_COLUMNS = _ROWS = 2
_PAD = 9 * MM
_BOX, _STEP = 9.5 * MM, 13 * MM
_LINE = 10.5 * MM


@dataclass(frozen=True, kw_only=True)
class OpinionCards:
    """One sheet; `phone` is where somebody may complain, '' for nothing."""

    office: str
    canteen: str
    phone: str = ""


def render(data: OpinionCards) -> bytes:
    """The PDF; MissingGlyph names what no font can print."""
    require((data.office, data.canteen, data.phone))
    sheet = Sheet(TITLE, author=one_line(data.office), size=A4)
    width, height = A4[0] / _COLUMNS, A4[1] / _ROWS
    for number in range(_COLUMNS * _ROWS):
        row, column = divmod(number, _COLUMNS)
        _draw(sheet, data, column * width, A4[1] - row * height, width, height)
    for edge in range(1, _COLUMNS):
        sheet.rule(edge * width, 0, edge * width, A4[1], width=0.3, ink=PALE, dash=(3.0, 3.0))
    for edge in range(1, _ROWS):
        sheet.rule(0, edge * height, A4[0], edge * height, width=0.3, ink=PALE, dash=(3.0, 3.0))
    sheet.end_page()
    return sheet.finish()


def _draw(
    sheet: Sheet, data: OpinionCards, left: float, top: float, width: float, height: float
) -> None:
    x, right = left + _PAD, left + width - _PAD
    y = top - _PAD - 18
    sheet.text(left + width / 2, y, TITLE, Face.TITLE, 21, align="center")
    y -= 8 * MM
    sheet.text(x, y, one_line(data.canteen), Face.HEI, 13)
    sheet.text(right, y, "____月____日", Face.SONG, 13, align="right")
    y -= 7 * MM
    sheet.text(x, y, "请在数字上打勾：5 很满意，1 很不满意", Face.SONG, 12)
    y -= 4 * MM
    for words in ASKED:
        y -= _STEP
        _draw_question(sheet, x, right, y, words)
    y -= 9 * MM
    sheet.text(x, y, "想说的话：", Face.HEI, 14)
    lowest = top - height + _PAD + 13 * MM
    while y - _LINE >= lowest:
        y -= _LINE
        sheet.rule(x, y, right, y, width=0.5, ink=GREY)
    bottom = top - height + _PAD
    sheet.text(x, bottom + 5 * MM, "姓名（可以不写）：__________", Face.SONG, 12)
    told = f"监督电话 {data.phone}" if data.phone else "写好请投进意见箱，或交给服务员"
    sheet.text(x, bottom - 1 * MM, one_line(told), Face.SONG, 9, ink=GREY)
    sheet.text(right, bottom - 1 * MM, one_line(data.office), Face.SONG, 8, align="right", ink=GREY)


def _draw_question(sheet: Sheet, x: float, right: float, y: float, words: str) -> None:
    sheet.text(x, y + _BOX * 0.28, words, Face.HEI, 17)
    step = (right - x - 16 * MM - _BOX) / 4
    for place, mark in enumerate(range(5, 0, -1)):
        left = x + 16 * MM + place * step
        sheet.box(left, y, _BOX, _BOX, stroke=1.1)
        sheet.text(left + _BOX / 2, y + _BOX * 0.27, str(mark), Face.HEI, 17, align="center")
