"""Printing one job: documents of some pages, each closed before the next begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import DomainError
from app.ui.kit import printers
from app.ui.kit.pdf_pages import PdfPages
from app.ui.kit.print_job import PrintJob

if TYPE_CHECKING:
    from app.ui.kit.print_device import PagePainter

CHUNK = 20
"""Pages that go to the printer as one document: printing begins early, and a fault costs few."""


class PrintRun:
    """`step` until `over`; each step takes a few hundredths of a second.

    DomainError from a step: the printer failed, and the job stands where it can go on.
    """

    def __init__(self, job: PrintJob) -> None:
        self.job = job
        self._pages = PdfPages(job.request.pdf)
        self._painter: PagePainter | None = None
        self._begun = job.sent
        self._in_page = False

    @property
    def over(self) -> bool:
        return self.job.sent == len(self.job.sequence) and self._painter is None

    def step(self) -> None:
        """Open a document, begin a page, paint a band, or close the document."""
        try:
            self._step()
        except DomainError as error:
            raise self._fault(error) from error

    def settle(self) -> None:
        """Bring the page that is being painted to its end and send off what there is."""
        try:
            while self._in_page:
                self._step()
            if self._painter is not None:
                self._close(self._painter)
        except DomainError as error:
            raise self._fault(error) from error

    def _step(self) -> None:
        if self._painter is None:
            self._painter = self._open()
        elif not self._in_page:
            self._painter.begin_page(self.job.sequence[self.job.sent])
            self._in_page = True
        elif self._painter.step():
            self._in_page = False
            self.job.sent += 1
            if self._is_whole():
                self._close(self._painter)

    def _open(self) -> PagePainter:
        # The print support of Qt is loaded with the first paper that is printed.
        from app.ui.kit import print_device

        self._begun = self.job.sent
        machine = print_device.make_printer(self.job.settings, self.job.request.title)
        return print_device.PagePainter(self._pages, machine, self.job.settings)

    def _is_whole(self) -> bool:
        """A document ends after some pages, and with each copy: a copy begins on a new sheet."""
        sent = self.job.sent
        return sent - self._begun >= CHUNK or sent == self.job.copy_end(self._begun)

    def _close(self, painter: PagePainter) -> None:
        """Send the document off, and see that the printer is still there to take it."""
        painter.finish()
        if not printers.is_there(self.job.settings.printer):
            raise DomainError(printers.gone(self.job.settings.printer))
        self._painter = None

    def _fault(self, error: DomainError) -> DomainError:
        """The job goes back to where the document began: nobody knows what came out of it."""
        job, first = self.job, self._begun
        last = job.sent if self._in_page else job.sent - 1
        if self._painter is not None:
            self._painter.give_up()
        self._painter, self._in_page = None, False
        job.sent = first
        if last < first:
            return error
        pages = f"{job.sequence[first] + 1:,}–{job.sequence[last] + 1:,}"
        if first == last:
            pages = f"{job.sequence[first] + 1:,}"
        return DomainError(f"{error}第 {pages} 页可能没有印出来，点「继续」会重印。")
