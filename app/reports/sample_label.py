"""留样标签: what is in the box, from when to the hour, its number, until when it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.labels import LabelSheet, corner, draw_edges
from app.reports.page import A4, GREY, MM, PALE, Sheet
from app.reports.text import text_width, wrap

TITLE = "留样标签"
_NAME, _LINE, _SMALL = 16.0, 10.5, 7.0
_USUAL_HEIGHT = 27.9 * MM
"""Inside of the usual label, for which the sizes are made"""


@dataclass(frozen=True, slots=True)
class SampleLabel:
    """红烧带鱼, 1120-午-03, 11月20日 10时40分, 保存到 11月22日 10时40分, 130 克 高翔 留样."""

    name: str
    number: str
    taken: str
    keep: str
    who: str


@dataclass(frozen=True, kw_only=True)
class SampleLabels:
    """One for each box; `start` labels of the first sheet are already used."""

    office: str
    sheet: LabelSheet
    labels: Sequence[SampleLabel]
    start: int = 0
    outline: bool = False


def render(data: SampleLabels) -> bytes:
    """The PDF; MissingGlyph names what no font can print."""
    require((data.office, *(text for one in data.labels for text in _texts(one))))
    sheet = Sheet(TITLE, author=one_line(data.office), size=A4)
    if not data.labels:
        words = "没有要打印的留样标签"
        sheet.text(A4[0] / 2, A4[1] / 2, words, Face.SONG, 12, align="center", ink=PALE)
        sheet.end_page()
    kind, first = data.sheet, -data.start
    while first < len(data.labels):
        for number in range(max(first, 0), min(first + kind.count, len(data.labels))):
            _draw(sheet, data, number - first, data.labels[number])
        if data.outline:
            draw_edges(sheet, kind)
        sheet.end_page()
        first += kind.count
    return sheet.finish()


def _texts(one: SampleLabel) -> tuple[str, ...]:
    return one.name, one.number, one.taken, one.keep, one.who


def _draw(sheet: Sheet, data: SampleLabels, place: int, one: SampleLabel) -> None:
    kind = data.sheet
    x, top = corner(kind, place)
    pad = kind.padding * MM
    x, top = x + pad, top - pad
    width, height = kind.width * MM - 2 * pad, kind.height * MM - 2 * pad
    k = height / _USUAL_HEIGHT
    number = _fitted(one.number, _LINE * k, width * 0.4)
    taken = sheet.text(x + width, top - _NAME * k, one.number, Face.HEI, number, align="right")
    _draw_name(sheet, x, top, one_line(one.name), width - taken - 2 * MM, k)
    y = top - _NAME * k
    for words, room in ((one.taken, width), (one.keep, width), (one.who, width * 0.45)):
        y -= _LINE * 1.7 * k
        sheet.text(x, y, one_line(words), Face.SONG, _fitted(words, _LINE * k, room))
    office = one_line(data.office)
    small = _fitted(office, _SMALL * k, width * 0.53)
    sheet.text(x + width, y, office, Face.SONG, small, align="right", ink=GREY)


def _draw_name(sheet: Sheet, x: float, top: float, name: str, room: float, k: float) -> None:
    """As large as it may be; a long one in two lines rather than in type that nobody reads."""
    size = _fitted(name, _NAME * k, room)
    if size >= _LINE * k:
        sheet.text(x, top - _NAME * k, name, Face.HEI, size)
        return
    size = _fitted(name, _LINE * k, room * 1.8)
    lines = wrap(name, Face.HEI, size, room)
    sheet.lines(x, top - size, lines, size, size * 1.15)


def _fitted(words: str, size: float, room: float) -> float:
    """On one line, smaller where it would run over."""
    wide = text_width(one_line(words), Face.HEI, size)
    return size if wide <= room else size * max(room, 1.0) / wide
