"""A text that flows over pages: strips one below the other, then a closing that stays whole."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from app.reports.page import Sheet

# A whole number of strips adds up to a room up to this much.
_EPSILON = 0.01
# Strips that go over with the closing, so that it never stands alone on a page.
_CARRIED = 2


class Strip(NamedTuple):
    """Something as wide as the page: its height, and what draws it below a given upper edge."""

    height: float
    draw: Callable[[Sheet, float], None]


def height(strips: Sequence[Strip]) -> float:
    """How much room strips take one below the other."""
    return sum(strip.height for strip in strips)


def paginate(
    strips: Sequence[Strip], first_room: float, room: float, closing: float
) -> list[Sequence[Strip]]:
    """Strips divided into pages, the last of which has `closing` points left below them."""
    pages = list(_filled(strips, first_room, room))
    last_room = room if len(pages) > 1 else first_room
    if height(pages[-1]) + closing <= last_room + _EPSILON:
        return pages
    last = pages.pop()
    kept = max(0, len(last) - _CARRIED) or len(last)
    while kept > 0 and height(last[kept:]) + closing > room + _EPSILON:
        kept += 1
    return [*pages, last[:kept], last[kept:]]


def _filled(strips: Sequence[Strip], first_room: float, room: float) -> Iterator[Sequence[Strip]]:
    start, left = 0, first_room
    for i, strip in enumerate(strips):
        # What no page can hold is not put off: it would leave a blank page behind.
        if strip.height > left + _EPSILON and (i > start or left < strip.height <= room):
            yield strips[start:i]
            start, left = i, room
        left -= strip.height
    yield strips[start:]


def draw(sheet: Sheet, top: float, strips: Sequence[Strip]) -> float:
    """Draws strips downwards from `top`; gives the lower edge."""
    for strip in strips:
        strip.draw(sheet, top)
        top -= strip.height
    return top
