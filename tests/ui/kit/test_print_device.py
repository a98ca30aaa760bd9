"""What is painted: the right size, the right place, grey where it is wished, no seams."""

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import create_autospec

import pypdf
import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from app.errors import DomainError
from app.reports import calibration
from app.ui.kit import print_device, printers
from app.ui.kit.pdf_pages import PdfPages
from app.ui.kit.print_device import PagePainter
from app.ui.kit.print_settings import Duplex, PrintSettings
from tests.ui.kit.printing_bench import A4, numbered_pdf

ROUNDING = 1
DARK = bytes(grey < 100 for grey in range(256))
DL = (623.6, 311.8)
pytestmark = pytest.mark.usefixtures("qapp")


def printed(tmp_path: Path, pdf: bytes, **changes: object) -> PdfPages:
    """The pages as they come out of a printer."""
    settings = PrintSettings(**({"printer": "二楼"} | changes))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "纸.pdf"))
    print_device.dress(printer, settings)
    pages = PdfPages(pdf)
    painter = PagePainter(pages, printer, settings)
    for number in range(len(pages)):
        painter.begin_page(number)
        while not painter.step():
            pass
    painter.finish()
    return PdfPages((tmp_path / "纸.pdf").read_bytes())


def corner(picture: QImage, dots_per_mm: float) -> tuple[float, float]:
    """Left and upper edge of what is black, in mm."""
    lines = _lines(picture.convertToFormat(QImage.Format.Format_Grayscale8))
    starts = {y: x for y, line in enumerate(lines) if (x := line.translate(DARK).find(1)) >= 0}
    return min(starts.values()) / dots_per_mm, min(starts) / dots_per_mm


@pytest.mark.parametrize("size", [A4, (A4[1], A4[0]), DL, (420.0, 595.0)])
def test_a_paper_comes_out_in_its_own_size(tmp_path: Path, size: tuple[float, float]) -> None:
    pages = printed(tmp_path, numbered_pdf(2, size))

    assert len(pages) == 2
    assert pages.size(1) == pytest.approx(size, abs=1.5)


def test_the_offset_moves_what_is_printed(tmp_path: Path) -> None:
    straight = printed(tmp_path, numbered_pdf(1)).image(0, 840)
    moved = printed(tmp_path, numbered_pdf(1), right=3.0, down=-2.0).image(0, 840)

    x, y = corner(straight, 4.0)
    assert (x, y) == pytest.approx((10.0, 10.0), abs=0.3)
    assert corner(moved, 4.0) == pytest.approx((x + 3.0, y - 2.0), abs=0.3)


def test_bands_put_together_are_the_page() -> None:
    """They must neither leave lines out nor repeat them, whatever the figures."""
    pages = PdfPages(calibration.render(calibration.Calibration(office="社区", printer="二楼")))
    for dpi, height in ((100, 37), (144, 64), (200, 201)):
        whole = pages.band(0, dpi, 0, 10_000, grey=False)
        lines = pages.lines(0, dpi)
        parts = [pages.band(0, dpi, top, height, grey=False) for top in range(0, lines, height)]

        assert whole.height() == lines
        together = [line for part in parts for line in _lines(part)]
        assert len(together) == lines
        assert max(map(_farthest, together, _lines(whole))) <= ROUNDING


def test_grey_prints_no_colour(tmp_path: Path) -> None:
    import io

    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFillColorRGB(0.9, 0.1, 0.1)
    canvas.rect(100, 400, 300, 300, stroke=0, fill=1)
    canvas.save()

    colour = printed(tmp_path, buffer.getvalue()).image(0, 210).pixelColor(80, 100)
    grey = printed(tmp_path, buffer.getvalue(), grey=True).image(0, 210).pixelColor(80, 100)

    assert colour.saturation() > 150
    assert grey.saturation() < 10
    assert grey.lightness() < 200


def test_white_bands_are_left_out(tmp_path: Path) -> None:
    printed(tmp_path, numbered_pdf(1))

    page = pypdf.PdfReader(tmp_path / "纸.pdf").pages[0]
    assert 0 < len(page.images) <= 3


@pytest.mark.parametrize(
    ("side", "mode"),
    [
        (Duplex.OFF, QPrinter.DuplexMode.DuplexNone),
        (Duplex.LONG, QPrinter.DuplexMode.DuplexLongSide),
        (Duplex.SHORT, QPrinter.DuplexMode.DuplexShortSide),
    ],
)
def test_both_sides_are_asked_of_the_printer(side: Duplex, mode: QPrinter.DuplexMode) -> None:
    printer = create_autospec(QPrinter, instance=True)

    print_device.dress(printer, PrintSettings(printer="x", duplex=side))

    printer.setDuplex.assert_called_once_with(mode)
    printer.setFullPage.assert_called_once_with(True)


def _lines(picture: QImage) -> list[bytes]:
    bits, step = picture.constBits(), picture.bytesPerLine()
    used = picture.width() * picture.depth() // 8
    return [bytes(bits[start : start + used]) for start in range(0, len(bits), step)]


def _farthest(one: bytes, other: bytes) -> int:
    return one != other and max(abs(a - b) for a, b in zip(one, other, strict=True))


def test_nothing_is_printed_where_the_disk_is_too_full_for_pages_on_their_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printers, "is_there", lambda _: True)
    monkeypatch.setattr(printers, "has_fault", lambda _: False)
    monkeypatch.setattr(
        print_device.shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000)
    )

    with pytest.raises(DomainError, match="磁盘快满了"):
        print_device.make_printer(PrintSettings(printer="二楼"), "证明")
