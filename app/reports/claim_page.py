"""What the papers of a settlement share: title, facts, a table, who signs, the foot of a page."""

from collections.abc import Sequence

from app.reports.clean import one_line
from app.reports.fonts import Face
from app.reports.headline import headline
from app.reports.page import GREY, MM, PALE, Sheet
from app.reports.table import Column, Table
from app.reports.text import text_width

SIDE, TOP, BOTTOM = 14 * MM, 13 * MM, 9 * MM
_TITLE, _FACT, _SMALL = 20.0, 11.0, 9.0
ROW = 7.4 * MM
Signer = tuple[str, str]
"""What somebody signs as, and the name where it is known"""


def title(sheet: Sheet, words: str) -> float:
    """The title in the middle; gives the baseline that follows."""
    y = sheet.height - TOP
    for line in headline(one_line(words), (sheet.width - 2 * SIDE) / _TITLE):
        y -= _TITLE
        sheet.text(sheet.width / 2, y, line, Face.TITLE, _TITLE, align="center")
        y -= _TITLE * 0.25
    return y - 5.5 * MM


def told(sheet: Sheet, y: float, left: str, right: str) -> float:
    """One line of facts between title and table."""
    sheet.text(SIDE, y, one_line(left), Face.SONG, _FACT)
    sheet.text(sheet.width - SIDE, y, one_line(right), Face.SONG, _FACT, align="right")
    return y - 3.5 * MM


def heading(sheet: Sheet, y: float, words: str) -> float:
    """Over a further table."""
    sheet.text(SIDE, y - 5 * MM, one_line(words), Face.HEI, _FACT)
    return y - 7.5 * MM


def table(
    sheet: Sheet,
    y: float,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] | None,
    *,
    size: float = 10.0,
    row: float = ROW,
) -> float:
    """A table as wide as the page; gives its lower edge."""
    drawn = Table(columns, width=sheet.width - 2 * SIDE, size=size, row_height=row)
    last = drawn.total(total) if total is not None else None
    return drawn.draw(sheet, SIDE, y, list(drawn.set_rows(rows)), last)


def signers(sheet: Sheet, y: float, who: Sequence[Signer]) -> float:
    """Rules to sign on; a name that is known stands there in pale letters, to be signed over."""
    width = (sheet.width - 2 * SIDE) / len(who)
    for place, (label, name) in enumerate(who):
        x = SIDE + place * width
        taken = sheet.text(x, y, f"{one_line(label)}：", Face.SONG, _FACT)
        gap = 0 if place == len(who) - 1 else 6 * MM
        sheet.rule(x + taken, y - 2, x + width - gap, y - 2)
        if name:
            sheet.text(x + taken + 2 * MM, y, one_line(name), Face.KAI, _FACT, ink=PALE)
    return y - 8 * MM


def foot(sheet: Sheet, page: int, pages: int, words: str) -> None:
    """Page number at the left, office and day at the right."""
    sheet.text(SIDE, BOTTOM, f"第 {page} 页　共 {pages} 页", Face.SONG, _SMALL, ink=GREY)
    right = sheet.width - SIDE
    sheet.text(right, BOTTOM, one_line(words), Face.SONG, _SMALL, align="right", ink=GREY)


def small(sheet: Sheet, y: float, words: str) -> float:
    """A note, as large as fits on one line."""
    room = sheet.width - 2 * SIDE
    size = min(_SMALL, _SMALL * room / max(1.0, text_width(one_line(words), Face.SONG, _SMALL)))
    sheet.text(SIDE, y, one_line(words), Face.SONG, size, ink=GREY)
    return y - 5 * MM
