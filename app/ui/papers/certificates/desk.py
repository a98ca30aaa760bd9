"""The middle of the page for certificates: what waits and what went out, above one paper's life."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.context import Context
from app.errors import DomainError
from app.services import certificate_lists, certificates
from app.services.certificate_views import CertificateLine, Life
from app.ui.kit import theme
from app.ui.kit.buttons import offer
from app.ui.kit.paper_desk import desk_of
from app.ui.kit.print_queue import print_queue
from app.ui.papers.certificates import stage_paper
from app.ui.papers.certificates.life_card import LifeCard, may_act
from app.ui.papers.certificates.many_strip import ManyStrip
from app.ui.papers.certificates.outlet import queued
from app.ui.papers.certificates.stage_list import StageList
from app.ui.papers.certificates.stage_model import Band
from app.values.rights import Right

PAUSE_MS = 200


class Desk(QWidget):
    """Keeps list and card on the same paper."""

    current_changed = Signal()
    """Another paper is chosen, or the same one went a step further."""
    opened = Signal(int)
    approve_asked = Signal(object)
    """ids of all papers that wait for this user"""
    print_asked = Signal(object)
    """ids of all papers that could be printed"""
    settle_asked = Signal(object)
    """ids of all papers of which nobody knows whether they came out"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.refresh)
        self._waiting: Sequence[int] = ()
        self._ready: Sequence[int] = ()
        self._open: Sequence[int] = ()
        self.list = StageList(self._lines)
        self.many = ManyStrip()
        self.list.body.addWidget(self.many)
        self.card = LifeCard(context.user.role, context.may)
        offer(may_act(context.may, "approve"), self.many.approve)
        offer(may_act(context.may, "print"), self.many.print)
        offer(may_act(context.may, "confirm"), self.many.settle)
        self.setFocusProxy(self.list)
        self._queued = queued()
        print_queue().changed.connect(self._follow_queue)
        self._lay_out()
        self._connect()

    @property
    def life(self) -> Life | None:
        """The paper that is current."""
        return self.card.life

    def refresh(self) -> None:
        """Read list and card anew; the current paper stays current."""
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            found = certificate_lists.bands(session, today=today, text=self._text)
            role = self._context.user.role
            self._waiting = certificate_lists.waiting_for(session, role)
            self._ready = certificate_lists.ready(session)
            self._open = certificate_lists.unconfirmed(session)
        self._show_many()
        self.list.show_bands([Band(band.title, band.ids) for band in found])
        # Without papers there is one thing to say, and room to say it.
        self.card.setHidden(not found and not self._text)
        self.list.show_empty("没有这样的证明" if self._text else "还没有开过证明", bool(found))
        self._show_current()

    def filter(self, text: str) -> None:
        """Keep the papers that have this in number, name or title, when the typing pauses."""
        if text != self._text:
            self._text = text
            self._timer.start()

    def select(self, paper_id: int) -> None:
        """Make a paper current, also one that the search has hidden."""
        if not self.list.select(paper_id) and self._text:
            self._text = ""
            self.refresh()
            self.list.select(paper_id)

    def print_list(self) -> None:
        """打印本表: the list as it is filtered."""
        desk = desk_of(self)
        if desk is not None and self.list.model.ids and desk.may_print():
            desk.print_table(stage_paper.seen(self._context, self.list, self._text), self)

    def export_list(self) -> None:
        """导出本表: the same as a spreadsheet."""
        desk = desk_of(self)
        if desk is not None and self.list.model.ids and desk.may_export():
            desk.export_table(stage_paper.seen(self._context, self.list, self._text), self)

    def copy_line(self) -> None:
        """Ctrl+C: the current paper with the headings."""
        desk, current = desk_of(self), self.list.current_id()
        if desk is not None and current is not None and desk.may_export():
            seen = stage_paper.seen(self._context, self.list, self._text, only=current)
            desk.copy_table(seen, self)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().spacing[2])
        layout.addWidget(self.list, 1)
        layout.addWidget(self.card)
        self.card.setFixedHeight(theme.current().px(283 if not theme.current().large else 258))

    def _connect(self) -> None:
        self.list.current_changed.connect(lambda _: self._show_current())
        self.list.opened.connect(self.opened)
        self.list.menu_asked.connect(self._open_menu)
        self.list.copy_asked.connect(self.copy_line)
        self.list.head.print_asked.connect(self.print_list)
        self.list.head.export_asked.connect(self.export_list)
        self.many.approve_asked.connect(lambda: self.approve_asked.emit(self._waiting))
        self.many.print_asked.connect(lambda: self.print_asked.emit(self._idle(self._ready)))
        self.many.settle_asked.connect(lambda: self.settle_asked.emit(self._idle(self._open)))

    def _idle(self, ids: Sequence[int]) -> list[int]:
        """Without those that stand in the print queue: they are on their way."""
        return [one for one in ids if one not in self._queued]

    def _show_many(self) -> None:
        ready, open_ones = self._idle(self._ready), self._idle(self._open)
        self.many.show_counts(len(self._waiting), len(ready), len(open_ones))

    def _show_current(self) -> None:
        current = self.list.current_id()
        busy = current in self._queued
        had_focus = self.card.holds_focus()
        self.card.show_life(self._life(current), self._context.clock.today(), queued=busy)
        if had_focus and not self.card.holds_focus():
            # The button that was pressed is gone: the keys go on with the same paper.
            self.list.setFocus()
        self.current_changed.emit()

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        self.card.fill_menu(menu)
        menu.addSeparator()
        if self._context.may(Right.PRINT):
            menu.addAction("打印本表…", self.print_list)
        if self._context.may(Right.EXPORT):
            menu.addAction("导出本表…", self.export_list)
        menu.popup(place)

    def _follow_queue(self) -> None:
        """A paper has come into the queue or left it; its pages do not matter."""
        now = queued()
        if now != self._queued:
            self._queued = now
            self._show_many()
            self._show_current()

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
