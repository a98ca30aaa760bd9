"""The one place where numbered papers leave for the printer, and hear what became of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Stage
from app.reports import certificate
from app.reports.certificate import Certificate
from app.services import certificate_life, certificates
from app.ui.kit import messages
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.print_queue import print_queue
from app.ui.kit.printing import print_paper
from app.ui.kit.signals import Area

SUBJECT = "certificates"
SAVED = "存成 PDF 了，还没有登记为已打印。拿到别的电脑上打印好了，请点「已打印」。"


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """Papers in the order of the pages; `words` name them in journal and print job."""

    ids: Sequence[int]
    words: str
    pdf: bytes = field(repr=False)
    copies: int = 1


def queued() -> frozenset[int]:
    """Papers that stand in the queue, or are being printed."""
    subjects = (job.request.subject for job in print_queue().unfinished())
    found = (one for one in subjects if isinstance(one, tuple) and one[0] == SUBJECT)
    return frozenset(chain.from_iterable(ids for _, ids in found))


class Outlet(QObject):
    """Started and done stand in the register: between the two nobody knows whether it came out."""

    moved = Signal(int)
    """The first of the papers whose state has changed."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def send(self, paper: Outgoing, again: Callable[[QWidget], object] | None = None) -> None:
        """The print dialog, then the queue. `again` is how one of them is printed once more."""
        request = PrintRequest(
            title=paper.words,
            pdf=paper.pdf,
            started=lambda: self.started(paper),
            done=lambda: self.printed(paper),
            failed=lambda _reason, _pages: self.failed(paper),
            saved=lambda _path: self._ask_after_saving(paper),
            again=again,
            subject=(SUBJECT, tuple(paper.ids)),
            copies=paper.copies,
        )
        if print_paper(self._page, request) is None:
            self._tell_number_stays(paper)

    def _tell_number_stays(self, paper: Outgoing) -> None:
        """Whoever changed his mind in the print dialog must not think that the number is lost."""
        with self._context.database.reading() as session:
            stages = certificate_life.stages_of(session, paper.ids)
        if Stage.NUMBERED in stages.values():
            sentence = f"还没有打印，号已经给了，留着，随时再打：{paper.words}"
            messages.notify(self._context.signals, sentence)

    def reprint(self, paper_id: int) -> None:
        """补打 第n次: counted in the register when the first page is about to leave."""
        with self._context.database.reading() as session:
            facts = certificates.life(session, paper_id).facts
            data = certificates.paper(session, paper_id, today=self._context.clock.today())
        data = replace(data, mark=f"补打 第{facts.reprints + 1}次")
        request = PrintRequest(
            title=f"{data.title} {data.number} {data.mark}",
            pdf=certificate.render(data),
            started=lambda: self._count(paper_id, data),
            again=lambda _parent: self.reprint(paper_id),
            subject=(SUBJECT, (paper_id,)),
        )
        print_paper(self._page, request)

    def _count(self, paper_id: int, data: Certificate) -> None:
        now = self._context.clock.now()
        with self._context.database.transaction(f"{data.mark} {data.number}") as session:
            if certificate_life.reprint(session, paper_id, now=now).mark != data.mark:
                raise DomainError(
                    "这张文书刚被补打过，次数变了，所以没有打印。请再点一次「补打」。"
                )
        self._announce(f"{data.mark}：{data.number}", paper_id)

    def started(self, paper: Outgoing) -> None:
        """The first page is about to leave."""
        now = self._context.clock.now()
        with self._context.database.transaction(f"送打印机 {paper.words}") as session:
            for one in paper.ids:
                certificate_life.print_started(session, one, now=now)
        self._context.signals.changed.emit(Area.PAPERS)

    def printed(self, paper: Outgoing) -> None:
        """The last page has left, or somebody says that it came out."""
        now = self._context.clock.now()
        with self._context.database.transaction(f"印出 {paper.words}") as session:
            for one in paper.ids:
                certificate_life.print_done(session, one, now=now)
        self._announce(f"已打印：{paper.words}", paper.ids[0])

    def failed(self, paper: Outgoing) -> None:
        """Nothing came out: the numbers stay, the papers are printed again as the first."""
        with self._context.database.transaction(f"没有印出 {paper.words}") as session:
            for one in paper.ids:
                certificate_life.print_failed(session, one)
        self._announce(f"没有印出，编号留着，可以再打：{paper.words}", paper.ids[0])

    def _ask_after_saving(self, paper: Outgoing) -> None:
        if messages.confirm(self._page, "存成了 PDF", SAVED, "已打印"):
            self.printed(paper)

    def _announce(self, sentence: str, paper_id: int) -> None:
        self._context.signals.changed.emit(Area.PAPERS)
        self.moved.emit(paper_id)
        messages.notify(self._context.signals, sentence)
