"""Painting pages on a printer, band by band: between two bands the window lives on."""

import math
import shutil
import sys
import tempfile

from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintEngine, QPrinter

from app.errors import DomainError
from app.ui.kit import printers
from app.ui.kit.pdf_pages import PdfPages
from app.ui.kit.print_settings import Duplex, PrintSettings

SHARP_DPI, PLAIN_DPI = 600, 300
SHARP_PAGES = 20
"""Papers up to this length are painted with 600 dots; long lists take a quarter of the time."""
BANDS_PER_INCH = 3
OVERLAP = 8
MM_PER_INCH = 25.4
ROOM = 64 * 1024 * 1024
"""Bytes that must be free where pages wait: Qt tells nobody that the last of them did not fit."""
_CUPS_OPTIONS = 0xFE00
"""The key under which Qt's printer engine on Linux takes options of CUPS, as its dialog does."""
_SIDES = {
    Duplex.OFF: QPrinter.DuplexMode.DuplexNone,
    Duplex.LONG: QPrinter.DuplexMode.DuplexLongSide,
    Duplex.SHORT: QPrinter.DuplexMode.DuplexShortSide,
}


def make_printer(settings: PrintSettings, title: str) -> QPrinter:
    """The printer with everything set but the pages; DomainError where it cannot print now."""
    _check_ready(settings.printer)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(settings.printer)
    printer.setDocName(title)
    dress(printer, settings)
    return printer


def _check_ready(name: str) -> None:
    if not printers.is_there(name):
        raise DomainError(printers.gone(name))
    if printers.has_fault(name):
        raise DomainError(f"打印机「{name}」停住了。请看看它是否开着、有没有缺纸或卡纸。")
    if shutil.disk_usage(tempfile.gettempdir()).free < ROOM:
        raise DomainError("磁盘快满了，纸会印不全。请先删掉些不用的文件，再点「继续」。")


def dress(printer: QPrinter, settings: PrintSettings) -> None:
    """Sides, colour and tray. Copies are printed one after the other, so drivers cannot differ."""
    colour = QPrinter.ColorMode.GrayScale if settings.grey else QPrinter.ColorMode.Color
    printer.setFullPage(True)
    printer.setDuplex(_SIDES[settings.duplex])
    printer.setColorMode(colour)
    if settings.tray:
        _set_tray(printer, settings.tray)


class PagePainter:
    """One document on its way to the printer. `begin_page`, `step` until True, ..., `finish`."""

    def __init__(self, pages: PdfPages, printer: QPrinter, settings: PrintSettings) -> None:
        self._pages = pages
        self._printer = printer
        self._settings = settings
        self._painter = QPainter()
        wanted = SHARP_DPI if len(pages) <= SHARP_PAGES else PLAIN_DPI
        # A whole number of the printer's dots for each of ours: bands meet without a seam.
        self._dots = max(1, round(printer.resolution() / wanted))
        self._dpi = printer.resolution() / self._dots
        self._band = max(1, math.ceil(self._dpi / BANDS_PER_INCH))
        self._number = 0
        self._top = 0

    def begin_page(self, number: int) -> None:
        """Start a page, counted from 0; DomainError where the printer does not take it."""
        _set_page(self._printer, *self._pages.size(number))
        if self._painter.isActive():
            taken = self._printer.newPage()
        else:
            taken = self._painter.begin(self._printer)
            self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        if not taken:
            raise DomainError("打印机没有接收。请看看它是否开着、有没有缺纸。")
        self._number, self._top = number, 0

    def step(self) -> bool:
        """Paint the next band; True when the page is complete."""
        # Bands overlap by some lines: what spools the page may round their edges off.
        top = max(0, self._top - OVERLAP)
        height = self._top - top + self._band
        picture = self._pages.band(self._number, self._dpi, top, height, grey=self._settings.grey)
        if not _is_white(picture):
            dots = self._dots
            place = QRect(0, top * dots, picture.width() * dots, picture.height() * dots)
            self._painter.drawImage(place.translated(*self._shift()), picture)
        self._top += self._band
        return self._top >= self._pages.lines(self._number, self._dpi)

    def finish(self) -> None:
        """Close the document and send it off; DomainError where the printer refuses it."""
        sent = self._painter.end()
        if not sent or self._printer.printerState() is QPrinter.PrinterState.Error:
            raise DomainError("打印机没有收下这几页。请看看它是否开着、有没有缺纸或卡纸。")

    def give_up(self) -> None:
        """Let go of the printer after a fault: Qt does not survive one that is gone while painted.

        What it has of this document may still come out.
        """
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()

    def _shift(self) -> tuple[int, int]:
        per_mm = self._printer.resolution() / MM_PER_INCH
        return round(self._settings.right * per_mm), round(self._settings.down * per_mm)


def _is_white(picture: QImage) -> bool:
    bits, step = picture.constBits(), picture.bytesPerLine()
    used = picture.width() * picture.depth() // 8
    line = b"\xff" * used
    return all(bits[start : start + used] == line for start in range(0, len(bits), step))


def _set_page(printer: QPrinter, width: float, height: float) -> None:
    """The paper in its own size, upright or lying; QPageSize finds the name of a known one."""
    across = width > height
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    )
    size = QSizeF(min(width, height), max(width, height))
    match = QPageSize.SizeMatchPolicy.FuzzyMatch
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", match))


def _set_tray(printer: QPrinter, tray: str) -> None:
    if sys.platform == "win32":
        printer.setPaperSource(QPrinter.PaperSource(int(tray)))
        return
    engine = printer.printEngine()
    option = QPrintEngine.PrintEnginePropertyKey(_CUPS_OPTIONS)
    engine.setProperty(option, ["InputSlot", tray])
