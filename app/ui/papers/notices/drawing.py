"""Which function draws which of a notice's papers."""

from collections.abc import Callable, Sequence
from typing import Any

from app.reports import door_notice, notice, plain_notice
from app.services.notice_papers import Sheet

_DRAW: dict[type, Callable[[Any, Callable[[int], object]], bytes]] = {
    notice.Notice: notice.render_many,
    door_notice.DoorNotice: door_notice.render_many,
    plain_notice.PlainNotice: plain_notice.render_many,
}


def draw(sheets: Sequence[Sheet], step: Callable[[int], object] = lambda _: None) -> bytes:
    """The PDF of papers of one kind; `step` hears of each before it is drawn."""
    return _DRAW[type(sheets[0])](sheets, step)
