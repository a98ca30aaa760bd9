"""表决票: several to a page, numbered with a code to be scanned back, or without a name.

What is voted on is the same on all of them and is set once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from app.errors import DomainError
from app.reports import fitted, qr
from app.reports.clean import one_line
from app.reports.fitted import Block, Part
from app.reports.fonts import Face, common, require, unknown
from app.reports.missing import refuse
from app.reports.page import A4, BLACK, GREY, MM, PALE, Sheet
from app.reports.text import text_width

TITLE = "表决票"
CHOICES = ("赞成", "反对", "弃权")
_FOOT = "请在一个方框里打“√”。多选、不选或看不清的，按无效票计。"
_SIGN = "签名"
_PAD = 7.5 * MM
_SHORT = 4
_READABLE = tuple(size / 2 for size in range(32, 9, -1))


@dataclass(frozen=True, slots=True)
class Layout:
    """So many to an A4 sheet; sizes in points."""

    columns: int
    rows: int
    title: float
    plain: float
    choice: float
    code: float
    """Side of the QR code"""

    @property
    def count(self) -> int:
        return self.columns * self.rows

    @property
    def words(self) -> str:
        return f"每张纸 {self.count} 张"


LAYOUTS = (
    Layout(1, 2, 24, 13, 18, 22 * MM),
    Layout(2, 2, 20, 11, 15, 20 * MM),
    Layout(2, 4, 15, 9, 12.5, 13 * MM),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """One ballot: whose it is, with an owner's rooms and area; all '' where it has no name."""

    number: int | None = None
    name: str = ""
    place: str = ""
    area: str = ""
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Ballots:
    """`meeting` is 第 4 次居民代表会议　2026年11月21日, `whose` 业主, 代表 or 户主."""

    office: str
    meeting: str
    item: str
    words: str
    slips: Sequence[Slip]
    whose: str = ""
    choices: Sequence[str] = CHOICES
    layout: Layout = LAYOUTS[1]


def render(data: Ballots) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has.

    Raises DomainError where what is voted on would be too small to be read.
    """
    _check(data)
    sheet = Sheet(TITLE, author=one_line(data.office), size=A4)
    if not data.slips:
        sheet.text(
            A4[0] / 2, A4[1] / 2, "没有要打印的表决票", Face.SONG, 12, align="center", ink=PALE
        )
        sheet.end_page()
        return sheet.finish()
    frame = _frame(data)
    count = data.layout.count
    for first in range(0, len(data.slips), count):
        for place, slip in enumerate(data.slips[first : first + count]):
            row, column = divmod(place, data.layout.columns)
            x, top = column * frame.width, A4[1] - row * frame.height
            _draw(sheet, data, frame, x + _PAD, top - _PAD, slip)
        _draw_cuts(sheet, data.layout)
        sheet.end_page()
    return sheet.finish()


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all ballots share: their outer size, the room inside, the text that is voted on."""

    width: float
    height: float
    inner: float
    motion: Block
    choices: tuple[Block, ...]
    """More than a word each: one below the other"""
    foot: Block | None
    below: float
    """Height of what stands below the choices"""


def _frame(data: Ballots) -> _Frame:
    kind = data.layout
    width, height = A4[0] / kind.columns, A4[1] / kind.rows
    inner = width - 2 * _PAD
    named = any(slip.name or slip.code for slip in data.slips)
    sizes = tuple(size for size in (kind.plain * 0.75, kind.plain * 0.65, 6.0, 5.0))
    foot = fitted.fit([Part(_FOOT, ink=GREY)], inner, kind.plain * 1.6, sizes)
    below = (kind.code if named else 0.0) + kind.plain * 1.8
    choices = _stacked(data, inner) if max(map(len, data.choices)) > _SHORT else ()
    asked = sum(max(one.height, kind.choice) for one in choices) + kind.choice * len(choices) * 0.35
    asked = asked or kind.choice * 2
    room = height - 2 * _PAD - _head(kind) - asked - below - 2 * MM
    parts = [Part(one_line(data.item), Face.HEI, 1.15), Part(data.words)]
    wanted = tuple(size for size in _READABLE if size <= kind.plain * 1.25)
    motion = fitted.fit(parts, inner, room, wanted)
    if motion is None:
        raise DomainError(
            f"表决的文字太长，{kind.words}印不下。请选每张纸印得少些的排法，或把文字改短。"
        )
    return _Frame(width, height, inner, motion, choices, foot, below)


def _stacked(data: Ballots, inner: float) -> tuple[Block, ...]:
    """Plans to choose from, each beside its box."""
    size = data.layout.choice
    room = inner - size * 1.6
    sizes = tuple(size * part / 20 for part in range(18, 5, -1))
    found = (fitted.fit([Part(one_line(one))], room, size * 1.9, sizes) for one in data.choices)
    return tuple(block for block in found if block is not None)


def _head(kind: Layout) -> float:
    """Height of what stands above the text."""
    return kind.title * 1.3 + kind.plain * 3.2


def _check(data: Ballots) -> None:
    require((data.office, data.meeting, data.item, data.words, data.whose, *data.choices, _FOOT))
    if not common(chain.from_iterable(map(_texts, data.slips))):
        refuse(place for one in data.slips for place in unknown(_texts(one), whose=one.name))


def _texts(one: Slip) -> tuple[str, ...]:
    return one.name, one.place, one.area


def _draw(sheet: Sheet, data: Ballots, frame: _Frame, x: float, top: float, slip: Slip) -> None:
    """The upper left corner of what is printed is at (x, top)."""
    kind, right = data.layout, x + frame.inner
    y = top - kind.plain
    sheet.text(x, y, data.office, Face.SONG, kind.plain * 0.75, ink=GREY)
    if slip.number is not None:
        sheet.text(right, y, f"第 {slip.number} 号", Face.HEI, kind.plain, align="right")
    middle = x + frame.inner / 2
    y -= kind.title * 1.25
    sheet.spaced(middle, y, TITLE, Face.TITLE, kind.title, kind.title * 0.5)
    y -= kind.plain * 1.7
    sheet.text(middle, y, data.meeting, Face.SONG, kind.plain * 0.9, align="center")
    fitted.draw(sheet, x, top - _head(kind), frame.inner, frame.motion)
    bottom = top - frame.height + 2 * _PAD
    _draw_choices(sheet, data, frame, x, bottom + frame.below)
    if slip.name or slip.code:
        _draw_name(sheet, data, frame, x, bottom + kind.plain * 1.6, slip)
    if frame.foot is not None:
        fitted.draw(sheet, x, bottom + frame.foot.height, frame.inner, frame.foot)


def _draw_choices(sheet: Sheet, data: Ballots, frame: _Frame, x: float, y: float) -> None:
    """Boxes to be ticked, on one line or one below the other, from y upwards."""
    side = data.layout.choice
    for block in reversed(frame.choices):
        height = max(block.height, side)
        sheet.box(x, y + (height - side) / 2, side, side, stroke=1.0)
        fitted.draw(sheet, x + side * 1.6, y + (height + block.height) / 2, frame.inner, block)
        y += height + side * 0.35
    if frame.choices:
        return
    step = frame.inner / len(data.choices)
    for place, words in enumerate(data.choices):
        left = x + place * step
        sheet.box(left, y + side * 0.4, side, side, stroke=1.0)
        sheet.text(left + side * 1.35, y + side * 0.52, words, Face.HEI, side)


def _draw_name(sheet: Sheet, data: Ballots, frame: _Frame, x: float, y: float, slip: Slip) -> None:
    """Whose it is and where he signs, beside the code."""
    kind, room = data.layout, frame.inner
    if slip.code:
        room -= kind.code + 3 * MM
        side = kind.code - kind.plain * 0.8
        qr.draw(sheet, x + frame.inner - side, y + kind.plain * 0.75, side, slip.code)
        middle = x + frame.inner - side / 2
        sheet.text(middle, y, slip.code, Face.SONG, kind.plain * 0.6, align="center", ink=GREY)
    if not slip.name:
        return
    size = kind.plain * 0.95
    line = y + kind.code - size * 1.15
    told = f"{data.whose}：{slip.name}"
    _shrunk(sheet, x, line, told, Face.HEI, size, room)
    owned = "，".join(filter(None, (slip.place, slip.area)))
    if owned:
        _shrunk(sheet, x, line - size * 1.35, owned, Face.SONG, size * 0.85, room)
    sheet.text(x, y, _SIGN, Face.SONG, size)
    sheet.rule(x + size * 2.3, y - 1.5, x + room, y - 1.5, width=0.5, ink=GREY)


def _shrunk(
    sheet: Sheet, x: float, y: float, words: str, face: Face, size: float, room: float
) -> None:
    """Smaller where it would run over."""
    text = one_line(words)
    wide = text_width(text, face, size)
    sheet.text(x, y, text, face, size if wide <= room else size * room / wide, ink=BLACK)


def _draw_cuts(sheet: Sheet, kind: Layout) -> None:
    """Dashed edges, for the knife."""
    for column in range(1, kind.columns):
        x = column * A4[0] / kind.columns
        sheet.rule(x, 0, x, A4[1], width=0.3, ink=PALE, dash=(3.0, 3.0))
    for row in range(1, kind.rows):
        y = row * A4[1] / kind.rows
        sheet.rule(0, y, A4[0], y, width=0.3, ink=PALE, dash=(3.0, 3.0))
