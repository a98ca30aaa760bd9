"""What is added to a finished paper: the state across it, 补打 outside it, a place for the seal.

The program prints no seal: a grey dashed ring with （盖章） shows where a person sets it.
"""

from app.reports.fonts import Face
from app.reports.page import GREY, MM, PALE, Ink, Sheet

DRAFT = "草稿"
VOID = "作废"
RING = 21 * MM
_ACROSS: dict[str, Ink] = {DRAFT: (0.9, 0.9, 0.9), VOID: (0.97, 0.82, 0.82)}
_ACROSS_SIZE = 190.0
_OUTSIDE = 9 * MM


def draw_across(sheet: Sheet, mark: str) -> None:
    """草稿 or 作废 large and pale over the page; to be called before anything else is drawn."""
    if mark in _ACROSS:
        sheet.across(mark, Face.HEI, _ACROSS_SIZE, _ACROSS[mark])


def draw_outside(sheet: Sheet, mark: str) -> None:
    """Any other mark (补打 第2次) small in the upper right corner, outside the frame."""
    if mark and mark not in _ACROSS:
        x, y = sheet.width - _OUTSIDE, sheet.height - _OUTSIDE
        sheet.text(x, y, mark, Face.SONG, 9, align="right", ink=GREY)


def draw_seal_place(sheet: Sheet, x: float, y: float, radius: float = RING) -> None:
    """The ring round (x, y), which a seal of 42 mm covers."""
    sheet.dashed_circle(x, y, radius, PALE)
    sheet.text(x, y - radius + 7, "（盖章）", Face.KAI, 11, align="center", ink=PALE)
