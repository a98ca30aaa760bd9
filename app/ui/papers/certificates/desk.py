"""The middle of the page for certificates: what waits and what went out, above one paper's life."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.errors import DomainError
from app.services import certificate_lists, certificates
from app.services.certificate_views import CertificateLine, Life
from app.ui.kit import theme
from app.ui.papers.certificates.life_card import LifeCard
from app.ui.papers.certificates.stage_list import StageList
from app.ui.papers.certificates.stage_model import Band


class Desk(QWidget):
    """Keeps list and card on the same paper."""

    current_changed = Signal()
    """Another paper is chosen, or the same one went a step further."""
    opened = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text = ""
        self.list = StageList(self._lines)
        self.card = LifeCard(context.user.role)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().spacing[2])
        layout.addWidget(self.list, 1)
        layout.addWidget(self.card)
        self.card.setFixedHeight(theme.current().px(283 if not theme.current().large else 250))
        self.setFocusProxy(self.list)
        self.list.current_changed.connect(lambda _: self._show_current())
        self.list.opened.connect(self.opened)

    @property
    def life(self) -> Life | None:
        """The paper that is current."""
        return self.card.life

    def refresh(self) -> None:
        """Read list and card anew; the current paper stays current."""
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            found = certificate_lists.bands(session, today=today, text=self._text)
        self.list.show_bands([Band(band.title, band.ids) for band in found])
        self._show_current()

    def filter(self, text: str) -> None:
        """Keep the papers that have this in number, name or title."""
        if text != self._text:
            self._text = text
            self.refresh()

    def select(self, paper_id: int) -> None:
        """Make a paper current, also one that the search has hidden."""
        if not self.list.select(paper_id) and self._text:
            self.filter("")
            self.list.select(paper_id)

    def _show_current(self) -> None:
        current = self.list.current_id()
        self.card.show_life(self._life(current), self._context.clock.today())
        self.current_changed.emit()

    def _life(self, paper_id: int | None) -> Life | None:
        if paper_id is None:
            return None
        try:
            with self._context.database.reading() as session:
                return certificates.life(session, paper_id)
        except DomainError:
            return None  # Deleted meanwhile: the next refresh of the list leaves it out.

    def _lines(self, ids: Sequence[int]) -> list[CertificateLine]:
        with self._context.database.reading() as session:
            return certificate_lists.rows(session, ids)
