"""荣誉证书: one sheet, A4 across, in a double frame; the wording is that of its template."""

from collections.abc import Sequence
from math import ceil

from app.errors import DomainError
from app.reports import prose, qr
from app.reports.certificate_data import Certificate
from app.reports.clean import one_line
from app.reports.fonts import Face
from app.reports.headline import headline
from app.reports.marks import draw_across, draw_outside, draw_seal_place
from app.reports.page import A4_LANDSCAPE, GREY, MM, RED, Ink, Sheet
from app.reports.text import Line, compose, text_width, wrap
from app.reports.words import long_date

TITLE = "荣誉证书"
_GOLD: Ink = (0.72, 0.56, 0.24)
_SIDE = 38 * MM
_TITLE_SIZE = 50.0
_TITLE_SPREAD = 16.0
# Smaller than this a title stands better on two lines.
_TITLE_LEAST = 0.56
_TITLE_LINES_APART = 1.25
_TITLE_DOWN = 48 * MM
_TEXT_DOWN = 67 * MM
_TEXT_FOOT = 62 * MM
_SIZES = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0)
_SPREAD = 1.75
_OFFICE_Y = 50 * MM
_OFFICE_SIZE = 17.0
_OFFICE_LEADING = 30.0
_OFFICE_WIDTH = 130 * MM
_CODE_Y = 24 * MM
_QR = 18 * MM
_NOTE = 9.0
_NOTE_LEADING = 14.0


class TooLongForHonor(DomainError):
    """The wording does not fit on one sheet in any size that can be read from afar."""

    def __init__(self, lines: int) -> None:
        super().__init__(
            f"荣誉证书只有一页，正文用最小的字号还多出 {lines} 行。"
            "请删短后再打印，或者改用书信版式。"
        )


def draw(sheet: Sheet, data: Certificate) -> None:
    """Draws and closes the page; TooLongForHonor if the text needs more than one."""
    sheet.turn(A4_LANDSCAPE)
    size, paragraphs = _set(data, sheet.width - 2 * _SIDE, sheet.height - _TEXT_DOWN - _TEXT_FOOT)
    draw_across(sheet, data.mark)
    draw_outside(sheet, data.mark)
    _draw_frame(sheet)
    _draw_title(sheet, one_line(data.title) or TITLE)
    y = sheet.height - _TEXT_DOWN - size
    for lines in paragraphs:
        y = sheet.lines(_SIDE, y, lines, size, size * _SPREAD)
    _draw_office(sheet, data)
    _draw_code(sheet, data)
    sheet.end_page()


def _set(data: Certificate, width: float, room: float) -> tuple[float, list[list[Line]]]:
    """The paragraphs in the largest size at which they fit."""
    texts = prose.paragraphs(data.paragraphs)
    for size in _SIZES:
        paragraphs = [_compose(text, size, width) for text in texts]
        count = sum(map(len, paragraphs))
        most = int((room - size) / (size * _SPREAD)) + 1
        if count <= most:
            return size, paragraphs
    raise TooLongForHonor(count - most)


def _compose(text: str, size: float, width: float) -> list[Line]:
    """The line that addresses the person stands at the edge, others two characters in."""
    indent = 0.0 if text.endswith("：") else 2 * size
    return compose([(Face.KAI, text)], size=size, width=width, indent=indent)


def _draw_frame(sheet: Sheet) -> None:
    for inset, width, ink in ((9, 3.2, RED), (11.6, 0.9, _GOLD), (15, 0.5, _GOLD)):
        x = inset * MM
        sheet.box(x, x, sheet.width - 2 * x, sheet.height - 2 * x, stroke=width, ink=ink)
    for x in (15 * MM, sheet.width - 15 * MM):
        for y in (15 * MM, sheet.height - 15 * MM):
            _draw_corner(sheet, x, y)


def _draw_corner(sheet: Sheet, x: float, y: float) -> None:
    """A fret of two nested squares over each corner of the inner frame."""
    inwards = (1 if x < sheet.width / 2 else -1, 1 if y < sheet.height / 2 else -1)
    for size, width in ((8 * MM, 0.9), (4.5 * MM, 0.5)):
        left = x if inwards[0] > 0 else x - size
        lower = y if inwards[1] > 0 else y - size
        sheet.box(left, lower, size, size, stroke=width, ink=_GOLD)


def _draw_title(sheet: Sheet, title: str) -> None:
    room = sheet.width - 2 * _SIDE
    scale = room / _natural(title)
    lines = [title]
    if scale < _TITLE_LEAST:
        lines = headline(title, ceil(text_width(title, Face.TITLE, 1) / 2) + 1)
        scale = room / max(map(_natural, lines))
    scale = min(_TITLE_LEAST if len(lines) > 1 else 1.0, scale)
    size, spread = _TITLE_SIZE * scale, _TITLE_SPREAD * scale
    y = sheet.height - _TITLE_DOWN + (len(lines) - 1) * _TITLE_LINES_APART * size / 2
    for line in lines:
        sheet.spaced(sheet.width / 2, y, line, Face.TITLE, size, spread, ink=RED)
        y -= _TITLE_LINES_APART * size


def _natural(title: str) -> float:
    return text_width(title, Face.TITLE, _TITLE_SIZE) + _TITLE_SPREAD * len(title)


def _draw_office(sheet: Sheet, data: Certificate) -> None:
    lines = wrap(one_line(data.office), Face.KAI, _OFFICE_SIZE, _OFFICE_WIDTH)
    day = long_date(data.issued_on) if data.issued_on else ""
    texts: Sequence[str] = [line.text for line in lines if line.pieces] + [day]
    widest = max(text_width(text, Face.KAI, _OFFICE_SIZE) for text in texts)
    middle = sheet.width - _SIDE - widest / 2 - _OFFICE_SIZE
    y = _OFFICE_Y + (len(texts) - 2) * _OFFICE_LEADING
    for text in texts:
        sheet.text(middle, y, text, Face.KAI, _OFFICE_SIZE, align="center")
        y -= _OFFICE_LEADING
    if data.seal_mark:
        draw_seal_place(sheet, middle, _OFFICE_Y - _OFFICE_LEADING / 2 + 0.38 * _OFFICE_SIZE)


def _draw_code(sheet: Sheet, data: Certificate) -> None:
    x = _SIDE
    if data.qr_text:
        qr.draw(sheet, x, _CODE_Y, _QR, data.qr_text)
        x += _QR + 3 * MM
    notes = []
    if data.number:
        notes.append(f"编号：{one_line(data.number)}")
    if data.check_code:
        notes.append(f"校验码 {data.check_code}")
    y = _CODE_Y + 1
    for words in reversed(notes):
        sheet.text(x, y, words, Face.SONG, _NOTE, ink=GREY)
        y += _NOTE_LEADING
