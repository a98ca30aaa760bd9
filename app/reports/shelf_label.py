"""货架标签: what stands on a shelf, its points, and the barcode that the counter scans."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import DomainError
from app.reports import barcode, fitted
from app.reports.clean import one_line
from app.reports.fitted import Part
from app.reports.fonts import Face, require
from app.reports.labels import LabelSheet, corner, draw_edges
from app.reports.page import A4, GREY, MM, PALE, Sheet
from app.reports.text import text_width

TITLE = "货架标签"
_NAME_SIZES = tuple(size / 2 for size in range(30, 11, -1))
_POINTS, _SMALL = 22.0, 8.0
_NAMED = 8
_BARS, _BARS_WIDEST = 8 * MM, 0.42 * MM
# Narrower bars a cheap scanner misses.
_BARS_NARROWEST = 0.17 * MM


@dataclass(frozen=True, slots=True)
class ShelfLabel:
    """`code` is what the scanner is to read: the barcode of the packet, or else the number."""

    name: str
    spec: str
    unit: str
    points: int
    number: str
    code: str
    shelf: str = ""


@dataclass(frozen=True, kw_only=True)
class ShelfLabels:
    """All labels of one printing; `start` labels of the first sheet are already used."""

    office: str
    sheet: LabelSheet
    labels: Sequence[ShelfLabel]
    sign: str = ""
    """In small type on every label: 望海社区积分超市"""
    start: int = 0
    outline: bool = False


class BarsTooNarrow(DomainError):
    """Nothing was printed, since these barcodes need more room."""

    def __init__(self, names: Sequence[str], sheet: LabelSheet) -> None:
        shown = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
        super().__init__(
            f"标签太小（{sheet.words}），{shown}的条码太长，印出来扫不了，所以没有打印。"
            "请换大一些的标签纸。"
        )


def render(data: ShelfLabels) -> bytes:
    """The PDF; MissingGlyph names the articles with characters that no font has.

    BarsTooNarrow names those whose barcode no scanner would read from so small a label.
    """
    _check(data)
    sheet = Sheet(TITLE, author=one_line(data.office), size=A4)
    if not data.labels:
        words = "没有要打印的货架标签"
        sheet.text(A4[0] / 2, A4[1] / 2, words, Face.SONG, 12, align="center", ink=PALE)
        sheet.end_page()
    first = -data.start
    while first < len(data.labels):
        page = range(max(first, 0), min(first + data.sheet.count, len(data.labels)))
        for number in page:
            _draw(sheet, data, number - first, data.labels[number])
        if data.outline:
            draw_edges(sheet, data.sheet)
        sheet.end_page()
        first += data.sheet.count
    return sheet.finish()


def _check(data: ShelfLabels) -> None:
    require((data.sign, data.office))
    require(text for one in data.labels for text in (one.name, one.spec, one.unit, one.shelf))
    width = (data.sheet.width - 2 * data.sheet.padding) * MM
    narrow = [one.name for one in data.labels if _module(one.code, width) < _BARS_NARROWEST]
    if narrow:
        raise BarsTooNarrow(narrow, data.sheet)


def _module(code: str, width: float) -> float:
    """How wide the narrowest bar comes out, with white at both sides."""
    return min(_BARS_WIDEST, width / (barcode.modules(code) + 2 * barcode.QUIET))


def _draw(sheet: Sheet, data: ShelfLabels, place: int, one: ShelfLabel) -> None:
    kind = data.sheet
    x, top = corner(kind, place)
    pad = kind.padding * MM
    width, height = kind.width * MM - 2 * pad, kind.height * MM - 2 * pad
    left, bottom = x + pad, top - pad - height
    below = _BARS + _SMALL * 1.3
    taken = _draw_points(sheet, left + width, bottom + below + 2 * MM, one)
    _draw_sign(sheet, left, bottom + below + 2 * MM, width - taken - 2 * MM, data.sign)
    room = height - below - _POINTS - 2 * MM
    parts = (Part(one.name, Face.HEI, 1.0), Part(one.spec, scale=0.75, ink=GREY))
    block = fitted.fit(parts, width, room + 4 * MM, _NAME_SIZES)
    if block is None:
        block = fitted.fit(parts[:1], width, room + 4 * MM, (*_NAME_SIZES, 5.0, 4.0))
    if block is not None:
        fitted.draw(sheet, left, top - pad, width, block)
    _draw_code(sheet, left, bottom, width, one)


def _draw_points(sheet: Sheet, right: float, y: float, one: ShelfLabel) -> float:
    """Gives how far to the left the figure reaches."""
    unit = f" 分/{one.unit}"
    width = text_width(unit, Face.SONG, _SMALL + 2)
    figure = sheet.text(right - width, y, f"{one.points}", Face.CODE, _POINTS, align="right")
    sheet.text(right, y, unit, Face.SONG, _SMALL + 2, align="right")
    return width + figure


def _draw_sign(sheet: Sheet, left: float, y: float, room: float, sign: str) -> None:
    words = one_line(sign)
    wide = text_width(words, Face.SONG, _SMALL)
    size = _SMALL if wide <= room else max(_SMALL * room / wide, 3.0)
    if words:
        sheet.text(left, y, words, Face.SONG, size, ink=GREY)


def _draw_code(sheet: Sheet, left: float, bottom: float, width: float, one: ShelfLabel) -> None:
    module = _module(one.code, width)
    x, wide = left + barcode.QUIET * module, barcode.modules(one.code) * module
    barcode.draw(sheet, x, bottom + _SMALL * 1.3, wide, _BARS, one.code)
    sheet.text(x, bottom + 1, one.code, Face.SONG, _SMALL)
    where = "　".join(part for part in (one.number, one.shelf) if part and part != one.code)
    sheet.text(left + width, bottom + 1, where, Face.SONG, _SMALL, align="right", ink=GREY)
