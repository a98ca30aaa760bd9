"""一件事的来龙去脉: from the word that was said to the thing that is done, on one sheet.

A4 or A3 upright, for the notice board: whoever gathers the data has masked it (domain.md 10.2).
The largest type that keeps it on one sheet is taken; then steps of progress are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.reports.clean import one_line
from app.reports.flow import Strip, draw, height, paginate
from app.reports.fonts import Face, common, unknown
from app.reports.headline import headline
from app.reports.missing import refuse
from app.reports.page import A3, A4, BLACK, GREY, MM, PALE, RED, WASH, Sheet
from app.reports.text import Line, plain_line, wrap
from app.reports.words import long_date

TITLE = "一件事的来龙去脉"
MOST_PHOTOS = 4
_SIDE, _TOP, _FOOT = 16 * MM, 14 * MM, 15 * MM
_AGAIN = 8 * MM
_DATE, _GAP = 27 * MM, 7 * MM
_LEADING = 1.4
_SMALL = 0.84
_BESIDE, _BETWEEN = 2, 2 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterStep:
    """One step; `part` is its stage of the way, and `optional` ones are left out first."""

    part: str
    day: date | None
    title: str
    words: str = ""
    detail: str = ""
    photos: tuple[bytes, ...] = ()
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class MatterSheet:
    """The whole way of one matter."""

    office: str
    title: str
    facts: str
    """议题 12 号　6 号楼　第一网格"""
    standing: str
    """2026年10月12日提出，12月10日办结，历时 59 天。"""
    steps: Sequence[MatterStep]
    contact: str = ""
    printed_on: date
    large: bool = False
    """A3"""


@dataclass(frozen=True, slots=True)
class _Setting:
    """How it is set: size of type in points, height of pictures, most lines of a text.

    `close` puts short words behind the title of their step.
    """

    size: float
    picture: float
    lines: int
    close: bool = True


_WHOLE = 99
_SETTINGS = (
    *(_Setting(size, 36 * MM, _WHOLE, close=False) for size in (14.0, 13.0, 12.0)),
    *(_Setting(size, 27 * MM, _WHOLE, close=False) for size in (12.0, 11.5, 11.0)),
    *(_Setting(size, 20 * MM, _WHOLE) for size in (11.0, 10.5, 10.0)),
    _Setting(10.0, 18 * MM, 4),
    _Setting(9.5, 18 * MM, 3),
    _Setting(9.0, 17 * MM, 3),
    _Setting(8.5, 16 * MM, 2),
)


def render(data: MatterSheet) -> bytes:
    """The PDF; MissingGlyph names the texts with characters that no font has."""
    _check(data)
    k = A3[0] / A4[0] if data.large else 1.0
    sheet = Sheet(f"{TITLE} {one_line(data.title)}", author=data.office, size=_size(data))
    top = _draw_head(sheet, data, k)
    again = sheet.height - (_TOP + _AGAIN) * k
    pages = _pages(data, k, top - _FOOT * k, again - _FOOT * k)
    for number, strips in enumerate(pages):
        if number:
            _draw_head_again(sheet, data, k)
        draw(sheet, again if number else top, strips)
        _draw_foot(sheet, data, k)
        sheet.end_page()
    return sheet.finish()


def _size(data: MatterSheet) -> tuple[float, float]:
    return A3 if data.large else A4


def _check(data: MatterSheet) -> None:
    texts = [data.office, data.title, data.facts, data.standing, data.contact]
    texts += [text for one in data.steps for text in (one.title, one.words, one.detail)]
    if not common(texts):
        refuse(unknown(texts, whose=data.title))


def _pages(data: MatterSheet, k: float, room: float, further: float) -> list[Sequence[Strip]]:
    """One page wherever that can be."""
    for setting in _SETTINGS:
        strips = list(_strips(data.steps, setting, k, _size(data)[0]))
        if height(strips) <= room:
            return [strips]
    least = _SETTINGS[-1]
    for count in range(1, sum(one.optional for one in data.steps) + 1):
        strips = list(_strips(_without(data.steps, count), least, k, _size(data)[0]))
        if height(strips) <= room:
            return [strips]
    return paginate(list(_strips(data.steps, least, k, _size(data)[0])), room, further, 0.0)


def _without(steps: Sequence[MatterStep], count: int) -> list[MatterStep]:
    """The earliest of what may be left out makes room; in its place it says so."""
    out = [one for one in steps if one.optional][:count]
    told = MatterStep(part=out[0].part, day=None, title=f"另有 {count} 步进展没有列出")
    return [told if one is out[0] else one for one in steps if one is out[0] or one not in out]


def _strips(
    steps: Sequence[MatterStep], setting: _Setting, k: float, page: float
) -> Iterator[Strip]:
    part = ""
    for place, one in enumerate(steps):
        if one.part != part:
            part = one.part
            yield _heading(part, setting, k, page)
        last = place == len(steps) - 1
        yield from _step(one, setting, k, page, last=last)


def _heading(part: str, setting: _Setting, k: float, page: float) -> Strip:
    size = setting.size * k
    high = size * 1.75

    def show(sheet: Sheet, top: float) -> None:
        y, left = top - high + size * 0.12, _SIDE * k
        sheet.box(left, y, page - 2 * left, high - size * 0.3, fill=WASH)
        sheet.box(left, y, 1.2 * MM * k, high - size * 0.3, fill=RED)
        sheet.text(left + 3.5 * MM * k, y + size * 0.36, part, Face.HEI, size, ink=RED)

    return Strip(high, show)


def _step(
    one: MatterStep, setting: _Setting, k: float, page: float, *, last: bool
) -> Iterator[Strip]:
    """Title, words and detail along the rail; pictures beside them, of many below them."""
    size = setting.size * k
    room = page - (2 * _SIDE + _DATE + _GAP) * k
    beside = len(one.photos) if len(one.photos) <= _BESIDE else 0
    wide = beside * (setting.picture * k * 4 / 3 + _BETWEEN * k)
    rows = [
        Strip(of * _LEADING, partial(_draw_line, line=line, size=of, k=k, whole=size))
        for line, of in _lines(one, setting, size, room - wide)
    ]
    high = max(height(rows), setting.picture * k + 1.5 * MM * k if beside else 0.0)
    yield Strip(high, partial(_draw_step, one=one, rows=rows, k=k, setting=setting, high=high))
    if one.photos and not beside:
        yield _pictures(one.photos, setting.picture * k, k)
    space = size * (0.2 if last else 0.45)
    yield Strip(space, partial(_rail, k=k, high=0.0 if last else space))


def _lines(
    one: MatterStep, setting: _Setting, size: float, room: float
) -> list[tuple[Line, float]]:
    """What stands beside the rail, each line with its size."""
    own = wrap(one_line(one.title), Face.HEI, size, room)
    if one.words.strip():
        words = _clipped(one.words, size, room, setting.lines)
        own = _behind(own, words, size, room) if setting.close else [*own, *words]
    lines = [(line, size) for line in own]
    if one.detail.strip():
        small = size * _SMALL
        lines += [(line, small) for line in _clipped(one.detail, small, room, setting.lines)]
    return lines


def _behind(title: Sequence[Line], words: Sequence[Line], size: float, room: float) -> list[Line]:
    """On one line where both are short, else below each other."""
    if len(title) == len(words) == 1:
        parts = (title[0], plain_line("　", Face.SONG, size), words[0])
        wide = sum(part.width for part in parts)
        if wide <= room:
            return [Line(tuple(piece for part in parts for piece in part.pieces), 0.0, wide)]
    return [*title, *words]


def _draw_step(
    sheet: Sheet,
    top: float,
    *,
    one: MatterStep,
    rows: Sequence[Strip],
    k: float,
    setting: _Setting,
    high: float,
) -> None:
    size = setting.size * k
    _rail(sheet, top, k=k, high=high)
    rail, y = (_SIDE + _DATE) * k, top - size * 1.12
    if one.day:
        day = f"{one.day.year}.{one.day.month}.{one.day.day}"
        left = rail - 3.5 * MM * k
        sheet.text(left, y, day, Face.SONG, size * 0.9, align="right", ink=GREY)
    side = 2.4 * MM * k
    sheet.box(rail - side / 2, y + size * 0.36 - side / 2, side, side, fill=RED)
    draw(sheet, top, rows)
    if one.photos and len(one.photos) <= _BESIDE:
        _draw_beside(sheet, top, one.photos, setting.picture * k, k)


def _draw_beside(sheet: Sheet, top: float, photos: Sequence[bytes], high: float, k: float) -> None:
    """At the right edge, the first at the left."""
    x = sheet.width - _SIDE * k
    for jpeg in reversed(photos):
        wide = high * 4 / 3
        x -= wide
        sheet.picture(jpeg, x, top - high, wide, high)
        x -= _BETWEEN * k


def _clipped(text: str, size: float, room: float, most: int) -> list[Line]:
    lines = wrap(text.strip(), Face.SONG, size, room)
    if len(lines) <= most:
        return lines
    last = "".join(piece.text for piece in lines[most - 1].pieces)
    return [*lines[: most - 1], *wrap(f"{last[:-2]}……", Face.SONG, size, room)[:1]]


def _draw_line(
    sheet: Sheet, top: float, *, line: Line, size: float, k: float, whole: float
) -> None:
    left = (_SIDE + _DATE + _GAP) * k
    sheet.line(left, top - size * 1.12, line, size, ink=GREY if size < whole else BLACK)


def _rail(sheet: Sheet, top: float, *, k: float, high: float) -> None:
    if high:
        rail = (_SIDE + _DATE) * k
        sheet.rule(rail, top, rail, top - high, width=0.8 * k, ink=PALE)


def _pictures(photos: Sequence[bytes], high: float, k: float) -> Strip:
    """Side by side, each whole."""

    def show(sheet: Sheet, top: float) -> None:
        _rail(sheet, top, k=k, high=high + 3 * MM * k)
        left, between = (_SIDE + _DATE + _GAP) * k, _BETWEEN * k
        room = sheet.width - _SIDE * k - left + between
        wide = min(high * 4 / 3, room / len(photos) - between)
        for place, jpeg in enumerate(photos):
            x = left + place * (wide + between)
            sheet.picture(jpeg, x, top - high - 1 * MM * k, wide, high)

    return Strip(high + 3 * MM * k, show)


def _draw_head(sheet: Sheet, data: MatterSheet, k: float) -> float:
    """The name of the sheet, the matter in large type, how long it took; gives what follows."""
    middle, y = sheet.width / 2, sheet.height - _TOP * k - 12 * k
    sheet.spaced(middle, y, TITLE, Face.HEI, 13 * k, 5 * k)
    size = 27.0 * k
    width = sheet.width - 2 * _SIDE * k
    y -= 12 * k
    for words in headline(one_line(data.title), width / size):
        y -= size * 1.05
        sheet.text(middle, y, words, Face.TITLE, size, align="center", ink=RED)
        y -= size * 0.12
    for words, face, of in ((data.facts, Face.SONG, 11 * k), (data.standing, Face.HEI, 12.5 * k)):
        for line in wrap(one_line(words), face, of, width) if words else ():
            y -= of * 1.55
            sheet.line(middle - line.width / 2, y, line, of)
    y -= 8 * k
    sheet.rule(_SIDE * k, y, sheet.width - _SIDE * k, y, width=1.4 * k, ink=RED)
    return y - 6 * k


def _draw_head_again(sheet: Sheet, data: MatterSheet, k: float) -> None:
    """Two sheets that hang apart are known to belong together."""
    y, size, right = sheet.height - _TOP * k, 11 * k, sheet.width - _SIDE * k
    [line, *_] = wrap(f"{TITLE}（续）：{one_line(data.title)}", Face.HEI, size, right - _SIDE * k)
    sheet.line(_SIDE * k, y - size, line, size)
    sheet.rule(_SIDE * k, y - size * 1.6, right, y - size * 1.6, width=1.4 * k, ink=RED)


def _draw_foot(sheet: Sheet, data: MatterSheet, k: float) -> None:
    y, right = 8 * MM * k, sheet.width - _SIDE * k
    sheet.text(_SIDE * k, y, one_line(data.contact), Face.SONG, 9.5 * k)
    office = f"{one_line(data.office)}　{long_date(data.printed_on)}"
    sheet.text(right, y, office, Face.SONG, 9.5 * k, align="right")
