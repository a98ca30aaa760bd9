"""The sample beside the editor: composed in the background a moment after the last change."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.services import forbidden, templates
from app.services.forbidden import ForbiddenItem
from app.services.templates import TemplateInput
from app.ui.kit.background import Progress
from app.ui.kit.latest import LatestJob

PAUSE_MS = 300


@dataclass(frozen=True)
class Sample:
    """A paper with made-up values; `fault` says why there is none, `items` what it may not say."""

    pdf: bytes
    title: str
    fault: str = ""
    items: tuple[ForbiddenItem, ...] = ()


class SamplePreview(QObject):
    """`soon` after each change; a newer wish overtakes an older one."""

    composed = Signal(object)
    """a Sample"""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted = TemplateInput()
        self._latest = LatestJob(context.background, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._compose)

    def soon(self, entered: TemplateInput) -> None:
        """Compose when the typing pauses."""
        self._wanted = entered
        self._timer.start()

    def now(self, entered: TemplateInput) -> None:
        """Compose at once: another template was chosen."""
        self._wanted = entered
        self._compose()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._timer.stop()
        self._latest.stop()

    def _compose(self) -> None:
        self.stop()
        entered = self._wanted
        self._latest.start(
            lambda progress: self._draw(progress, entered),
            done=self.composed.emit,
            failed=lambda fault: self.composed.emit(Sample(b"", entered.title, fault=fault)),
        )

    def _draw(self, progress: Progress, entered: TemplateInput) -> Sample:
        from app.reports import certificate

        with self._context.database.reading() as session:
            items = tuple(forbidden.match(session, entered.title, entered.body))
            paper = templates.sample_paper(session, entered, self._context.clock.today())
        progress.check()
        return Sample(certificate.render(paper), entered.title, items=items)
