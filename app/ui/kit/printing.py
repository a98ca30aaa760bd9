"""Printing a PDF on the printer of the system. No printer is a sentence, not a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from app.errors import DomainError
from app.ui.kit.memory import window_memory
from app.ui.kit.pdf_view import POINTS_PER_INCH, PdfPages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

NO_PRINTER = "这台电脑没有装打印机。可以先点「存为 PDF」，拿到有打印机的电脑上打印。"
DPI = 300
_LAST_PRINTER = "打印/打印机"


def print_pdf(parent: QWidget, data: bytes, title: str) -> bool:
    """Let the user choose a printer and print; False if he changed his mind.

    Raises DomainError where there is no printer, or it refused.
    """
    # The print support of Qt is loaded with the first paper that is printed.
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    known = QPrinterInfo.availablePrinterNames()
    if not known:
        raise DomainError(NO_PRINTER)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    last = str(window_memory().value(_LAST_PRINTER, ""))
    if last in known:
        printer.setPrinterName(last)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"打印 {title}")
    if not dialog.exec():
        return False
    window_memory().setValue(_LAST_PRINTER, printer.printerName())
    paint_pages(PdfPages(data), printer)
    return True


def paint_pages(pages: PdfPages, printer: QPrinter) -> None:
    """Paint the pages on a printer in their own size, without scaling to margins."""
    printer.setFullPage(True)
    painter = QPainter()
    for number in _chosen(pages, printer):
        _set_page(pages, printer, number)
        if painter.isActive():
            printer.newPage()
        elif not painter.begin(printer):
            raise DomainError("打印机没有接收。请看看它是否开着、有没有缺纸，再打一次。")
        _paint_page(pages, printer, painter, number)
    painter.end()


def _chosen(pages: PdfPages, printer: QPrinter) -> range:
    first, last = printer.fromPage(), printer.toPage()
    return range(first - 1, min(last, len(pages))) if first else range(len(pages))


def _set_page(pages: PdfPages, printer: QPrinter, number: int) -> None:
    width, height = pages.size(number)
    wide = width > height
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    )
    if abs(min(width, height) - 595.3) < 3:
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))


def _paint_page(pages: PdfPages, printer: QPrinter, painter: QPainter, number: int) -> None:
    width, height = pages.size(number)
    unit = printer.resolution() / POINTS_PER_INCH
    picture = pages.image(number, round(width / POINTS_PER_INCH * DPI))
    painter.drawImage(QRectF(0, 0, width * unit, height * unit), picture)
