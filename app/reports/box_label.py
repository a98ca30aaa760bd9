"""餐盒标签: whose box it is, what is in it, where it goes; a special diet stands white on black.

Labels come in the order of their data: special diets first, then route and stop.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.labels import LabelSheet, corner, draw_edges
from app.reports.missing import refuse
from app.reports.page import A4, BLACK, GREY, MM, PALE, Ink, Sheet
from app.reports.text import text_width, wrap

TITLE = "餐盒标签"
_WHITE: Ink = (1, 1, 1)
_NAME, _PLACE, _BAND, _ROUTE, _SMALL, _LETTER = 17.0, 11.0, 11.5, 12.0, 7.5, 20.0
_USUAL_WIDTH, _USUAL_HEIGHT = 57.5 * MM, 27.9 * MM
"""Inside of the usual label, for which the sizes are made"""
_READABLE = 0.6
"""Smaller than this part of its size print is only a grey line"""
_SMALLER = 0.96


@dataclass(frozen=True, slots=True)
class BoxLabel:
    """王秀兰, 8 号楼 2-401, A, 低盐、软食, 忌鱼, 一路 5, 1/2."""

    name: str
    place: str
    set_letter: str
    diet: str = ""
    avoids: str = ""
    where: str = ""
    """The route with its stop, or 自取"""
    portion: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BoxLabels:
    """All labels of one printing; `start` labels of the first sheet are already used."""

    office: str
    sheet: LabelSheet
    labels: Sequence[BoxLabel]
    head: str
    """海棠食堂 12-02 午餐"""
    eat_before: str = ""
    """10:50 出锅，请在 12:50 前吃完"""
    start: int = 0
    outline: bool = False


def render(data: BoxLabels) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    _check(data)
    sheet = Sheet(TITLE, author=one_line(data.office), size=A4)
    if not data.labels:
        words = "没有要打印的餐盒标签"
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


def _check(data: BoxLabels) -> None:
    require((data.office, data.head, data.eat_before))
    if common(text for one in data.labels for text in _texts(one)):
        return
    refuse(place for one in data.labels for place in unknown(_texts(one), whose=one.name))


def _texts(one: BoxLabel) -> tuple[str, ...]:
    return one.name, one.place, one.set_letter, one.diet, one.avoids, one.where, one.note


def _draw(sheet: Sheet, data: BoxLabels, place: int, one: BoxLabel) -> None:
    kind = data.sheet
    x, top = corner(kind, place)
    pad = kind.padding * MM
    x, top = x + pad, top - pad
    width, height = kind.width * MM - 2 * pad, kind.height * MM - 2 * pad
    k = min(width / _USUAL_WIDTH, height / _USUAL_HEIGHT)
    side = 26 * k
    _draw_set(sheet, x + width - side, top, side, one)
    left = width - side - (9 if one.portion else 2) * MM
    _shrunk(sheet, x, top - 15 * k, one.name, Face.HEI, _NAME * k, left)
    _shrunk(sheet, x, top - 29 * k, one.place, Face.SONG, _PLACE * k, left)
    special = "・".join(part for part in (one.diet, one.avoids and f"忌{one.avoids}") if part)
    if special:
        sheet.box(x, top - 51 * k, width, 17 * k, fill=BLACK)
        _shrunk(sheet, x + 3 * k, top - 47 * k, special, Face.HEI, _BAND * k, width - 6 * k, _WHITE)
    elif one.note:
        _shrunk(sheet, x, top - 45 * k, one.note, Face.SONG, _PLACE * k, width)
    bottom = top - height
    _draw_bottom(sheet, data, one, (x, bottom + 13 * k), width, k)
    _shrunk(sheet, x, bottom + 1.5 * k, data.eat_before, Face.SONG, _SMALL * k, width, GREY)


def _draw_bottom(
    sheet: Sheet, data: BoxLabels, one: BoxLabel, left: tuple[float, float], width: float, k: float
) -> None:
    """Where it goes; beside it whose it is, unless that could no longer be read."""
    x, y = left
    _shrunk(sheet, x, y, one.where, Face.HEI, _ROUTE * k, width)
    room = width - text_width(one.where, Face.HEI, _ROUTE * k) - 2 * MM
    if room > text_width(data.head, Face.SONG, _SMALL * k * _READABLE):
        _shrunk(sheet, x + width, y, data.head, Face.SONG, _SMALL * k, room, GREY, right=True)


def _draw_set(sheet: Sheet, x: float, top: float, side: float, one: BoxLabel) -> None:
    """The letter of the set in a frame; beside it, of several portions, which one it is."""
    sheet.box(x, top - side, side, side, stroke=1.2)
    size = _LETTER * side / 26
    wide = text_width(one.set_letter, Face.HEI, size)
    size = min(size, size * (side - 4) / wide) if wide else size
    sheet.text(
        x + side / 2, top - side / 2 - size * 0.36, one.set_letter, Face.HEI, size, align="center"
    )
    if one.portion:
        sheet.text(x - MM, top - side + 2, one.portion, Face.HEI, _PLACE * side / 26, align="right")


def _shrunk(
    sheet: Sheet,
    x: float,
    y: float,
    words: str,
    face: Face,
    size: float,
    room: float,
    ink: Ink = BLACK,
    *,
    right: bool = False,
) -> None:
    """Smaller where it would run over; above `y` stand the lines for which one is too short."""
    if not words:
        return
    lines, size = _set(one_line(words), face, size, max(room, 1.0))
    for above, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
        place = y + above * size
        sheet.text(x, place, line, face, size, align="right" if right else "left", ink=ink)


def _set(words: str, face: Face, size: float, room: float) -> tuple[list[str], float]:
    """One line while it can be read, else as many small ones in its height as are largest."""
    share = min(1.0, room / max(text_width(words, face, size), 1.0))
    if share >= _READABLE:
        return [words], size * share
    tries = [_wrapped(words, face, size / count, room, count) for count in (2, 3)]
    return max(tries, key=lambda one: one[1])


def _wrapped(
    words: str, face: Face, size: float, room: float, count: int
) -> tuple[list[str], float]:
    """On at most `count` lines, in the largest type up to `size` that allows it."""
    while len(lines := wrap(words, face, size, room)) > count:
        size *= _SMALLER
    return [line.text for line in lines], size
