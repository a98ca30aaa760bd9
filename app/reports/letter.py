"""A certificate as a letter: counterfoil, line of the cut, title over a red rule, text, closing.

Without a counterfoil it stands on the field of GB/T 9704-2012. The text is 仿宋 三号; a longer one
is set smaller, and one that is still too long goes on over further pages in full size.
"""

from collections.abc import Iterator, Sequence

from app.reports import blocks, official, prose
from app.reports.certificate_data import Certificate
from app.reports.clean import one_line, printable
from app.reports.counterfoil import Counterfoil
from app.reports.flow import Strip, height, paginate
from app.reports.flow import draw as draw_strips
from app.reports.fonts import Face
from app.reports.headline import headline
from app.reports.marks import draw_across, draw_outside
from app.reports.page import GREY, MM, RED, Sheet
from app.reports.signing import Signing
from app.reports.text import wrap

_TITLE_LEADING = 30.0
_AFTER_CUT = 15 * MM
_TO_RULE = 5 * MM
_TO_NUMBER = 6 * MM
_TO_TEXT = 4.5 * MM
_FOOT = 24 * MM
_BLOCK_SIZE = 0.75
_BLOCK_GAP = 3 * MM


class Letter:
    """One certificate, set: its pages can be counted before they are drawn."""

    def __init__(self, data: Certificate, page_height: float) -> None:
        self._data = data
        self._stub = Counterfoil(data) if data.counterfoil else None
        self._title = headline(printable(data.title), official.WIDTH / official.TITLE_SIZE)
        self._title_top = self._stub.height + _AFTER_CUT if self._stub else official.TOP
        titles = max(0, len(self._title) - 1) * _TITLE_LEADING
        self._rule = self._title_top + official.TITLE_SIZE + titles + _TO_RULE
        self._text_top = self._rule + _TO_NUMBER + _TO_TEXT
        self._first_room = page_height - self._text_top - _FOOT
        self._room = page_height - official.TOP - _FOOT
        self._signing, self._pages = self._set()

    def _set(self) -> tuple[Signing, list[Sequence[Strip]]]:
        for size in prose.SIZES:
            strips = list(_strips(self._data, size))
            signing = Signing(self._data, size)
            if height(strips) + signing.height <= self._first_room:
                return signing, [strips]
        size = prose.SIZES[0]
        signing = Signing(self._data, size)
        strips = list(_strips(self._data, size))
        return signing, paginate(strips, self._first_room, self._room, signing.height)

    def draw(self, sheet: Sheet) -> None:
        """Draws and closes all its pages."""
        count = len(self._pages)
        for number, strips in enumerate(self._pages, start=1):
            draw_across(sheet, self._data.mark)
            draw_outside(sheet, self._data.mark)
            top = self._draw_head(sheet) if number == 1 else self._draw_further_head(sheet)
            y = draw_strips(sheet, top, strips)
            if number == count:
                self._signing.draw(sheet, y, _FOOT)
            if count > 1:
                page = f"第 {number} 页　共 {count} 页"
                sheet.text(sheet.width / 2, 13 * MM, page, Face.SONG, 9, align="center")
            sheet.end_page()

    def _draw_head(self, sheet: Sheet) -> float:
        if self._stub:
            self._stub.draw(sheet)
        y = sheet.height - self._title_top - official.ASCENT * official.TITLE_SIZE
        for line in self._title:
            sheet.text(sheet.width / 2, y, line, Face.TITLE, official.TITLE_SIZE, align="center")
            y -= _TITLE_LEADING
        right, rule = official.LEFT + official.WIDTH, sheet.height - self._rule
        sheet.rule(official.LEFT, rule, right, rule, width=1.4, ink=RED)
        number = one_line(self._data.number)
        sheet.text(right, rule - _TO_NUMBER, number, Face.FANG, 12, align="right")
        return sheet.height - self._text_top

    def _draw_further_head(self, sheet: Sheet) -> float:
        y, right = sheet.height - official.TOP + 7 * MM, official.LEFT + official.WIDTH
        number = one_line(self._data.number)
        used = sheet.text(right, y, number, Face.SONG, 10, align="right", ink=GREY)
        lines = wrap(one_line(self._data.title), Face.SONG, 10, official.WIDTH - used - 10 * MM)
        title = lines[0].text + ("……" if len(lines) > 1 else "")
        sheet.text(official.LEFT, y, title, Face.SONG, 10, ink=GREY)
        sheet.rule(official.LEFT, y - 2 * MM, right, y - 2 * MM, ink=GREY)
        return sheet.height - official.TOP


def _strips(data: Certificate, size: float) -> Iterator[Strip]:
    """The paragraphs; in the layout of blocks those that end with a colon lead up to them."""
    paragraphs = prose.paragraphs(data.paragraphs)
    if data.layout != "blocks":
        yield from prose.strips(paragraphs, size)
        return
    yield from prose.strips([words for words in paragraphs if words.endswith("：")], size)
    yield _gap()
    yield from blocks.strips(data.blocks, max(9.0, size * _BLOCK_SIZE))
    yield _gap()
    yield from prose.strips([words for words in paragraphs if not words.endswith("：")], size)


def _gap() -> Strip:
    return Strip(_BLOCK_GAP, lambda sheet, top: None)
