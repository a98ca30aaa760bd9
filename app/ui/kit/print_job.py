"""A paper on its way to a printer: what it is, who wants to know of it, how far it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.ui.kit.print_settings import PrintSettings


class State(StrEnum):
    """Where a job stands, in the words of the queue."""

    WAITING = "等着打印"
    PRINTING = "正在打印"
    PAUSED = "已暂停"
    STOPPED = "停住了"
    DONE = "已送到打印机"
    CANCELLED = "已取消"


ENDED = (State.DONE, State.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class PrintRequest:
    """A paper and the people behind it. Each call comes at most once, in the main thread.

    `started` comes before the first page leaves; a DomainError from it stops the job and nothing
    is printed. After `started` comes exactly one of `done` and `failed`. Repeating pages after a
    jam tells nobody again.
    """

    title: str
    pdf: bytes = field(repr=False)
    started: Callable[[], object] | None = None
    done: Callable[[], object] | None = None
    failed: Callable[[str, int], object] | None = None
    """Why, and how many pages had gone to the printer by then."""
    saved: Callable[[Path], object] | None = None
    """Stored as a file instead, because the user wished so or there is no printer."""
    again: Callable[[QWidget], object] | None = None
    """How 补打 is done where it is more than the same bytes once more (numbered papers)."""
    subject: object = None
    """Whatever the caller wants to find again in `job.request`: ("certificate", 12)."""
    copies: int = 1
    """How many are wanted: what the print dialog begins with."""
    owner: QObject | None = None
    """A widget that the calls touch: where it is gone by then, nobody is called."""
    secret: bool = False
    """Forgotten as soon as it is printed: nothing of it can be repeated."""

    @property
    def has_listener(self) -> bool:
        return self.owner is None or isValid(self.owner)


class PrintJob:
    """`sequence` holds the numbers of the pages, one copy after the other; `sent` of them went."""

    def __init__(
        self, request: PrintRequest, settings: PrintSettings, numbers: Sequence[int]
    ) -> None:
        self.request = request
        self.settings = settings
        self.state = State.WAITING
        self.reason = ""
        """Why it stopped, in a sentence."""
        self.sequence = tuple(numbers) * settings.copies
        self.sent = 0
        self._copy = len(numbers)
        self._told: set[str] = set()

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def next_page(self) -> int:
        """The page that comes next, counted from 1; the last one where all are through."""
        return self.sequence[min(self.sent, len(self.sequence) - 1)] + 1

    @property
    def progress(self) -> str:
        """3 / 10 页"""
        return f"{self.sent:,} / {len(self.sequence):,} 页"

    def copy_end(self, place: int) -> int:
        """Where the copy that holds this place of the sequence ends."""
        return (place // self._copy + 1) * self._copy

    def go_back_to(self, page: int) -> None:
        """Begin again at a page, counted from 1, of the copy that was printed last."""
        first = max(0, self.sent - 1) // self._copy * self._copy
        copy = self.sequence[first : first + self._copy]
        place = next((i for i, number in enumerate(copy) if number + 1 >= page), self._copy - 1)
        self.sent = first + place

    def tell_started(self) -> None:
        """Call `started`, once; whatever it raises is for the queue."""
        if self._once("started") and self.request.started is not None:
            self.request.started()

    def tell_done(self) -> None:
        if self._once("end") and self.request.done is not None:
            self.request.done()

    def tell_failed(self, reason: str) -> None:
        """Call `failed`, once, and only where `started` was called."""
        if "started" not in self._told:
            return
        if self._once("end") and self.request.failed is not None:
            self.request.failed(reason, self.sent)

    def _once(self, what: str) -> bool:
        new = what not in self._told
        self._told.add(what)
        return new and self.request.has_listener
