"""A printer of the tests: a PDF file for each document, which can fail when it is told to."""

import resource
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from app.errors import DomainError
from app.ui.kit import print_device, printers
from app.ui.kit.print_queue import PrintQueue, print_queue
from app.ui.kit.print_settings import PrintSettings

A4 = (595.28, 841.89)
NAME = "二楼打印机"


def numbered_pdf(pages: int, size: tuple[float, float] = A4) -> bytes:
    """On page n stands a black square, n centimetres from the left and 1 cm from the top."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    for number in range(1, pages + 1):
        canvas.rect(number * 28.35, size[1] - 56.7, 14.17, 28.35, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@dataclass
class PaperOutput:
    """What came out: `documents` are PDFs, `pages` the numbers of their pages in order."""

    folder: Path
    documents: list[Path] = field(default_factory=list)
    there: bool = True
    before_document: Callable[[], object] = lambda: None

    @property
    def pages(self) -> list[list[int]]:
        """Which pages of `numbered_pdf` stand in each document."""
        return [numbers_in(path) for path in self.documents if path.exists()]


def numbers_in(path: Path) -> list[int]:
    """Where the square stands on each page tells the number of the page."""
    from app.ui.kit.pdf_pages import PdfPages

    found = []
    pages = PdfPages(path.read_bytes())
    for place in range(len(pypdf.PdfReader(path).pages)):
        picture = pages.image(place, round(pages.size(place)[0]))
        line = [picture.pixelColor(x, 42).lightness() < 60 for x in range(picture.width())]
        found.append(round(line.index(True) / 28.35))
    return found


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PaperOutput:
    """One printer, whose documents land in a folder."""
    out = PaperOutput(tmp_path / "纸")
    out.folder.mkdir()

    def make(settings: PrintSettings, title: str) -> QPrinter:
        out.before_document()
        if not out.there:
            raise DomainError(printers.gone(settings.printer))
        path = out.folder / f"{len(out.documents)}.pdf"
        out.documents.append(path)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setDocName(title)
        print_device.dress(printer, settings)
        return printer

    # Coarse dots: the pages are as right, and done sooner.
    monkeypatch.setattr(print_device, "SHARP_DPI", 100)
    monkeypatch.setattr(print_device, "make_printer", make)
    monkeypatch.setattr(printers, "names", lambda: [NAME] if out.there else [])
    return out


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file of this process grows beyond 1000 bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, before)


@pytest.fixture
def queue(qapp: QApplication, output: PaperOutput) -> Iterator[PrintQueue]:
    """The program's queue on that printer; nothing waits in it afterwards."""
    queue = print_queue()
    yield queue
    for job in queue.unfinished():
        queue.cancel(job)
