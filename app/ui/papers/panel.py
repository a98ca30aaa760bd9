"""What the three kinds of paper have in common: they compose a PDF a moment after a change."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.papers import Printing
from app.ui.kit.background import Progress
from app.ui.kit.latest import LatestJob
from app.ui.people.paper_wish import PaperWish

PAUSE_MS = 300


class PaperPanel(QWidget):
    """Left of the preview: what the paper needs. Subclasses answer `draw` and `title`.

    The paper is composed in the background; a newer wish overtakes an older one.
    """

    composed = Signal(object, str)
    """PDF bytes and the title of the paper"""
    waiting = Signal(str)
    """There is no paper to be seen, and why"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._latest = LatestJob(context.background, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.compose)

    # -- answered by the kinds of paper

    def missing(self) -> str:
        """Why there is no paper yet, '' if there can be one."""
        return ""

    def title(self) -> str:
        """Name of the file and of the print job."""
        raise NotImplementedError

    def draw(self, progress: Progress, printing: Printing) -> bytes:
        """The PDF; runs in a thread of its own, with values taken by `prepare`."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Read the widgets, in the main thread, before `draw` runs."""

    def leaving(self) -> Callable[[], object]:
        """Puts on record that the paper seen now was printed or saved, whenever that is through:
        by then the panel may show another one."""
        raise NotImplementedError

    # -- asked by the page, of those that offer it

    def refresh(self) -> None:
        """Residents, papers or the office's data changed."""

    def leave(self) -> bool:
        """Whether the page may be left; False where the user wants to stay."""
        return True

    def rest(self) -> None:
        """Nobody is at the desk: whoever was chosen only to be looked at is put away."""

    def show_kind(self, key: str) -> None:
        """Which of the kinds that share this panel was chosen."""

    def show_wish(self, wish: PaperWish) -> None:
        """All that another page asked for; the people, unless the panel wants to know more."""
        self.show_people(wish.people)

    def show_people(self, resident_ids: Sequence[int]) -> None:
        """For whom: asked for from a person's card or from a selection."""

    def new(self) -> bool:
        """Ctrl+T: begin a new one; False where the panel has nothing to begin."""
        return False

    def show_paper(self, paper_id: int) -> None:
        """One of the papers that the panel lists."""

    def search(self, text: str) -> None:
        """What is typed into the search box of the page, for panels that list papers."""

    def print_out(self) -> bool:
        """Print in the panel's own way; False where the preview prints what it shows."""
        return False

    # -- the same for all

    def soon(self) -> None:
        """Compose anew when the typing pauses."""
        self._timer.start()

    def compose(self) -> None:
        """Compose anew now."""
        self._timer.stop()
        self._latest.stop()
        reason = self.missing()
        if reason:
            self.waiting.emit(reason)
            return
        self.prepare()
        title, printing = self.title(), self.printing()
        self._latest.start(
            lambda progress: self.draw(progress, printing),
            done=lambda pdf: self.composed.emit(pdf, title),
            failed=self.waiting.emit,
        )

    def printing(self) -> Printing:
        return Printing(by=self.context.user.name, at=self.context.clock.now())
