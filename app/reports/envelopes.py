"""信封: domestic envelopes, one page each, in the sizes of GB/T 1416-2003.

Six boxes for the addressee's postcode at the upper left, the stamp at the upper right, the
addressee in the middle, the office with its own postcode at the lower right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.errors import DomainError
from app.reports import fitted, labels
from app.reports.fitted import Part
from app.reports.fonts import Face, require
from app.reports.labels import Label
from app.reports.missing import readable
from app.reports.page import GREY, MM, PALE, RED, Align, Sheet

TITLE = "信封"
_SIZES = tuple(size / 2 for size in range(44, 13, -1))
_SENDER_SIZES = tuple(size / 2 for size in range(22, 11, -1))
_EDGE = 12 * MM
_CELL, _CELL_HEIGHT, _CELL_GAP = 7.0 * MM, 8.5 * MM, 2.0 * MM
_STAMP = 22 * MM
_NAMED = 8


@dataclass(frozen=True)
class EnvelopeKind:
    """An envelope by its code; lengths in mm."""

    key: str
    width: float
    height: float

    @property
    def words(self) -> str:
        """DL 号，220 × 110 毫米."""
        return f"{self.key} 号，{self.width:g} × {self.height:g} 毫米"


KINDS = (
    EnvelopeKind("DL", 220, 110),
    EnvelopeKind("ZL", 230, 120),
    EnvelopeKind("C5", 229, 162),
)


@dataclass(frozen=True, kw_only=True)
class Envelopes:
    """All envelopes of one printing."""

    office: str
    office_address: str
    office_postcode: str
    kind: EnvelopeKind
    letters: Sequence[Label]
    boxes: bool = True
    """Draw boxes and the place of the stamp; off for envelopes on which they are printed"""


def render(data: Envelopes) -> bytes:
    """The PDF; MissingGlyph names everybody whose address cannot be printed."""
    _check(data)
    size = (data.kind.width * MM, data.kind.height * MM)
    sheet = Sheet(TITLE, author=data.office, size=size)
    for letter in data.letters:
        _draw_post(sheet, data, letter.postcode)
        _draw_addressee(sheet, letter)
        _draw_sender(sheet, data)
        sheet.end_page()
    if not data.letters:
        words = f"没有要打印的信封　{data.office}"
        sheet.text(
            sheet.width / 2, sheet.height / 2, words, Face.SONG, 11, align="center", ink=PALE
        )
        sheet.end_page()
    return sheet.finish()


def _check(data: Envelopes) -> None:
    require((data.office, data.office_address, data.office_postcode))
    labels.check_all(data.letters)


def _draw_post(sheet: Sheet, data: Envelopes, postcode: str) -> None:
    """The boxes of the postcode with its figures, and where the stamp goes."""
    y = sheet.height - 10 * MM - _CELL_HEIGHT
    for number in range(6):
        x = _EDGE + number * (_CELL + _CELL_GAP)
        if data.boxes:
            sheet.box(x, y, _CELL, _CELL_HEIGHT, stroke=0.8, ink=RED)
        figure = postcode[number : number + 1]
        if figure:
            middle = x + _CELL / 2
            sheet.text(middle, y + _CELL_HEIGHT / 2 - 5.6, figure, Face.SONG, 16, align="center")
    if data.boxes:
        _draw_stamp(sheet)


def _draw_stamp(sheet: Sheet) -> None:
    x, y = sheet.width - _EDGE - _STAMP, sheet.height - 9 * MM - _STAMP
    corners = ((x, y), (x + _STAMP, y), (x + _STAMP, y + _STAMP), (x, y + _STAMP), (x, y))
    for (a, b), (c, d) in pairwise(corners):
        sheet.rule(a, b, c, d, width=0.5, ink=PALE, dash=(2, 2))
    for words, up in (("贴", 3.0), ("邮票", 1.75), ("处", 0.5)):
        at = y + _STAMP / 2 + (up - 2.1) * 9
        sheet.text(x + _STAMP / 2, at, words, Face.SONG, 9, align="center", ink=PALE)


def _draw_addressee(sheet: Sheet, letter: Label) -> None:
    """Where and to whom, in the middle third, each as large as its place allows."""
    width, height = sheet.width, sheet.height
    top = height - 10 * MM - _CELL_HEIGHT - 5 * MM
    room = top - height * 0.27
    x, part = 26 * MM, room * 0.5
    where = [Part(letter.address), Part(letter.place)]
    name = [Part(letter.name, Face.HEI, align="center")]
    _place(sheet, where, 16, (x, top, width - x - 40 * MM, part), letter)
    _place(sheet, name, 22, (x, top - part, width - 2 * x, part), letter)


def _place(
    sheet: Sheet,
    parts: Sequence[Part],
    largest: float,
    place: tuple[float, float, float, float],
    letter: Label,
) -> None:
    """Sets the parts into (left, top, width, height); DomainError if they do not fit."""
    x, top, width, height = place
    block = fitted.fit(parts, width, height, [size for size in _SIZES if size <= largest])
    if block is None:
        raise DomainError(
            f"{readable(letter.name)} 的姓名或地址太长，信封上印不下，所以没有打印。请把地址改短。"
        )
    fitted.draw(sheet, x, top - (height - block.height) / 2, width, block)


def _draw_sender(sheet: Sheet, data: Envelopes) -> None:
    align: Align = "right"
    parts = [
        Part(data.office_address, align=align),
        Part(data.office, align=align),
        Part(_postcode_words(data.office_postcode), align=align, ink=GREY),
    ]
    width, height = sheet.width * 0.55, sheet.height * 0.27 - 9 * MM
    block = fitted.fit(parts, width, height, _SENDER_SIZES)
    if block is not None:
        fitted.draw(sheet, sheet.width - _EDGE - width, 9 * MM + block.height, width, block)


def _postcode_words(postcode: str) -> str:
    return f"邮政编码 {postcode}" if postcode else ""
