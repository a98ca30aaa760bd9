"""The page that shows where a printer prints: crosses and rulers in their exact places."""

from io import BytesIO

import pdfplumber
import pytest

from app.reports import calibration
from app.reports.calibration import Calibration
from app.reports.missing import MissingGlyph

MM = 72 / 25.4


def lines(**changes: float) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of every straight line, in mm from the upper left corner."""
    pdf = calibration.render(Calibration(office="望海社区", printer="二楼", **changes))
    with pdfplumber.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        found = opened.pages[0].lines
    return [tuple(line[key] / MM for key in ("x0", "top", "x1", "bottom")) for line in found]


@pytest.mark.parametrize("cross", [30.0, 40.0])
def test_four_crosses_stand_at_the_same_distance_from_their_edges(cross: float) -> None:
    middles = {
        (round((x0 + x1) / 2, 1), round((top + bottom) / 2, 1))
        for x0, top, x1, bottom in lines(cross=cross)
        if max(x1 - x0, bottom - top) == pytest.approx(12.0, abs=0.05)
    }

    assert middles == {
        (cross, cross),
        (210 - cross, cross),
        (cross, 297 - cross),
        (210 - cross, 297 - cross),
    }


def test_a_ruler_tells_millimetres_from_the_edge_of_the_sheet() -> None:
    ticks = sorted(
        round(x0, 2) for x0, top, x1, _ in lines() if x0 == x1 and top == pytest.approx(12, abs=0.1)
    )

    assert ticks == [pytest.approx(mm, abs=0.05) for mm in range(10, 181)]


def test_the_page_says_which_offset_it_was_printed_with() -> None:
    page = Calibration(office="望海社区", printer="HP 𣲗", right=0.5, down=-1.0)
    with pdfplumber.open(BytesIO(calibration.render(page))) as opened:
        text = opened.pages[0].extract_text()

    assert "打印机：HP 𣲗" in text
    assert "右移 0.5 毫米、下移 -1 毫米" in text


def test_a_printer_with_a_name_that_cannot_be_printed_is_told() -> None:
    with pytest.raises(MissingGlyph):
        calibration.render(Calibration(office="望海社区", printer="HP 张\ue863"))
