"""兑换小票: for a printer with paper of 58 mm, or as a sheet of A5 that is signed and kept.

What stands where is reckoned once (`laid_out`): the paper and its preview on the screen draw the
same marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.reports import barcode
from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.page import MM, Align, Sheet
from app.reports.text import text_width, wrap

TITLE = "兑换小票"
_RISE, _LEADING = 0.88, 1.45
_GREY_WORDS = "（样张，还没有兑换）"


@dataclass(frozen=True)
class SlipPaper:
    """Lengths in mm, type in points. `length` None: as long as it gets, from a roll.

    A head of 58 mm paper inks 48 of them.
    """

    width: float
    margin: float
    length: float | None
    size: float
    title: float


ROLL = SlipPaper(width=58, margin=5, length=None, size=9, title=11.5)
A5 = SlipPaper(width=148, margin=16, length=210, size=11.5, title=18)


class SlipItem(NamedTuple):
    """An article: its words with size and number, the points of all of it."""

    words: str
    points: int


@dataclass(frozen=True, kw_only=True)
class Slip:
    """`facts` are lines of label and words; `number` is '' as long as nothing was booked."""

    shop: str
    number: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[SlipItem, ...]
    points: int
    before: int
    hours: str = ""
    """志愿服务时长 86.5 小时不变"""
    note: str = ""
    """已撤销, 补打"""
    signer: str = "领取人签字"
    paper: SlipPaper = ROLL

    @property
    def after(self) -> int:
        return self.before - self.points


class Words(NamedTuple):
    """A line of type: its baseline `y` points below the upper edge."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    align: Align = "left"


class Stroke(NamedTuple):
    """A line across, dashed between the parts of the slip."""

    x: float
    x_end: float
    y: float
    dashed: bool = True


class Bars(NamedTuple):
    """A barcode; `y` is its lower edge."""

    x: float
    y: float
    width: float
    height: float
    text: str


Mark = Words | Stroke | Bars


@dataclass(frozen=True)
class Layout:
    """In points, from the upper left corner."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def render(data: Slip) -> bytes:
    """The PDF, one page; MissingGlyph if a name cannot be printed."""
    require(_texts(data))
    return drawn(TITLE, data.shop, laid_out(data))


def drawn(title: str, author: str, layout: Layout) -> bytes:
    """One page with these marks; MissingGlyph where a word cannot be printed."""
    sheet = Sheet(title, author=author, size=(layout.width, layout.height))
    for mark in layout.marks:
        _draw(sheet, mark)
    sheet.end_page()
    return sheet.finish()


def laid_out(data: Slip) -> Layout:
    """Where everything stands."""
    return set_below(data.paper, _rows(data))


def set_below(paper: SlipPaper, rows: Iterable[SlipRow]) -> Layout:
    """Rows below each other on one of the papers."""
    setter = _Setter(paper)
    for kind, left, right in rows:
        setter.put(kind, one_line(left), one_line(right))
    height = setter.y + paper.margin * MM if paper.length is None else paper.length * MM
    return Layout(paper.width * MM, height, tuple(setter.marks))


Kind = Literal["title", "centre", "pair", "bold", "dash", "sign", "bars"]


SlipRow = tuple[Kind, str, str]
"""What kind of row, and its words at the left and the right"""


def _rows(data: Slip) -> Iterator[SlipRow]:
    yield "title", data.shop, ""
    yield "centre", TITLE + (f" {data.note}" if data.note else ""), ""
    yield "dash", "", ""
    for label, words in data.facts:
        yield "pair", label, words
    yield "dash", "", ""
    for item in data.items:
        yield "pair", item.words, f"{item.points:,}"
    yield "dash", "", ""
    yield "bold", "本次扣分", f"{data.points:,}"
    yield "pair", "兑换前", f"{data.before:,}"
    # A sample may ask for more than there is.
    left = ("还差积分", -data.after) if data.after < 0 else ("现有积分", data.after)
    yield "bold", left[0], f"{left[1]:,}"
    yield "dash", "", ""
    yield "sign", data.signer, ""
    if data.number:
        yield "bars", data.number, ""
    else:
        yield "centre", _GREY_WORDS, ""
    if data.hours:
        yield "centre", data.hours, ""


class _Setter:
    """Puts rows below each other."""

    def __init__(self, paper: SlipPaper) -> None:
        self._left = paper.margin * MM
        self._right = (paper.width - paper.margin) * MM
        self._size, self._title = paper.size, paper.title
        self.y = paper.margin * MM
        self.marks: list[Mark] = []

    def put(self, kind: Kind, left: str, right: str) -> None:
        if kind in ("title", "centre"):
            self._centre(left, self._title if kind == "title" else self._size)
        elif kind == "dash":
            self.marks.append(Stroke(self._left, self._right, self._down(self._size * 0.9)))
            self.y += self._size * 0.35
        elif kind == "sign":
            self._sign(left)
        elif kind == "bars":
            self._bars(left)
        else:
            self._pair(left, right, bold=kind == "bold")

    def _down(self, height: float) -> float:
        """The middle of so much room, which is used up."""
        self.y += height
        return self.y - height / 2

    def _base(self, size: float) -> float:
        """The baseline of the next line of type."""
        top = self.y
        self.y += size * _LEADING
        return top + size * (_LEADING - 1) / 2 + size * _RISE

    def _centre(self, text: str, size: float) -> None:
        middle = (self._left + self._right) / 2
        for line in wrap(text, Face.HEI, size, self._right - self._left):
            words = Words(middle, self._base(size), line.text, size, align="center")
            self.marks.append(words)

    def _pair(self, left: str, right: str, *, bold: bool) -> None:
        """Long words take as many lines as they need; their figure stands in the last."""
        size, whole = self._size, self._right - self._left
        figure, label = _width(right, size, bold), _width(left, size)
        room = whole - figure - size
        if label <= room or label > figure:
            *above, last = [line.text for line in wrap(left, Face.HEI, size, room)]
            for text in above:
                self.marks.append(Words(self._left, self._base(size), text, size))
            base = self._base(size)
            self.marks.append(Words(self._left, base, last, size))
            self.marks.append(Words(self._right, base, right, size, bold, "right"))
            return
        # A name longer than the line: below its label.
        self.marks.append(Words(self._left, self._base(size), left, size))
        for line in wrap(right, Face.HEI, size, whole):
            self.marks.append(Words(self._right, self._base(size), line.text, size, align="right"))

    def _sign(self, label: str) -> None:
        self.y += self._size * 0.9
        base = self._base(self._size)
        self.marks.append(Words(self._left, base, label, self._size))
        begin = self._left + _width(label, self._size) + self._size * 0.4
        self.marks.append(Stroke(begin, self._right, base + 1.5, dashed=False))
        self.y += self._size * 0.5

    def _bars(self, text: str) -> None:
        width = min(self._right - self._left, 44 * MM)
        self.y += 10 * MM
        x = (self._left + self._right - width) / 2
        self.marks.append(Bars(x, self.y, width, 9 * MM, text))
        self.y += self._size * 0.4


def _face(bold: bool) -> Face:
    """Only figures stand out: the bold face has no Chinese."""
    return Face.CODE if bold else Face.HEI


def _width(text: str, size: float, bold: bool = False) -> float:
    return text_width(text, _face(bold), size)


def _draw(sheet: Sheet, mark: Mark) -> None:
    y = sheet.height - mark.y
    if isinstance(mark, Words):
        sheet.text(mark.x, y, mark.text, _face(mark.bold), mark.size, align=mark.align)
    elif isinstance(mark, Stroke):
        sheet.rule(mark.x, y, mark.x_end, y, dash=(2, 2) if mark.dashed else None)
    else:
        barcode.draw(sheet, mark.x, y, mark.width, mark.height, mark.text)


def _texts(data: Slip) -> Sequence[str]:
    facts = [words for pair in data.facts for words in pair]
    return (data.shop, data.hours, data.note, data.signer, *facts, *(i.words for i in data.items))
