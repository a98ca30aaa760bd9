"""Finding words in a paper: rare characters, line ends, places on the page."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.reports import roster
from app.ui.kit import keys
from app.ui.kit.pdf_pages import PdfPages
from app.ui.kit.pdf_panel import PdfPanel
from app.ui.kit.pdf_search import PdfSearch, find
from app.ui.kit.pdf_view import PAGE_WIDTH, WHOLE_PAGE, PdfView
from tests.reports.papers import LONG_NAME
from tests.reports.papers import roster as example
from tests.ui.kit.printing_bench import numbered_pdf

NAMES = ("张𣲗", "李𬱖", "王秀兰", LONG_NAME, *("周立群",) * 60, "张𣲗")
PAPER = roster.render(example(*NAMES))


@pytest.fixture
def pages() -> PdfPages:
    return PdfPages(PAPER)


@pytest.fixture
def panel(qtbot: QtBot) -> PdfPanel:
    panel = PdfPanel()
    qtbot.addWidget(panel)
    panel.resize(560, 600)
    with qtbot.waitActive(panel):
        panel.show()
    panel.show_pdf(PAPER, "花名册")
    return panel


@pytest.mark.parametrize("wanted", ["𣲗", "张𣲗", "李𬱖", "王秀兰", "李 𬱖", "60 岁"])
def test_a_rare_character_is_found_like_any_other(pages: PdfPages, wanted: str) -> None:
    assert len(find(pages, 0, wanted)) == 1


def test_the_place_is_where_the_name_stands(pages: PdfPages) -> None:
    """The picture is dark where the name is, and its box is no larger than the name."""
    (hit,) = find(pages, 0, "李𬱖")
    left, bottom, right, top = hit.boxes[0]
    picture = pages.image(0, round(pages.size(0)[0] * 2))
    height = pages.size(0)[1]
    inside = [
        picture.pixelColor(x, y).lightness()
        for x in range(round(2 * left), round(2 * right))
        for y in range(round(2 * (height - top)), round(2 * (height - bottom)))
    ]

    assert min(inside) < 80
    assert 12 < right - left < 40
    assert 5 < top - bottom < 20


def test_a_name_over_several_lines_has_a_box_on_each(pages: PdfPages) -> None:
    (hit,) = find(pages, 0, LONG_NAME)

    assert len(hit.boxes) >= 3
    assert all(
        first[1] > second[1] for first, second in zip(hit.boxes, hit.boxes[1:], strict=False)
    )


def test_capitals_and_blanks_make_no_difference(pages: PdfPages) -> None:
    assert find(pages, 0, "2 1 0 2 1 4 1 9 6 0 0 1 1 8 1 8 2 7")
    assert find(pages, 0, "") == find(pages, 0, "  \u3000") == []
    assert find(pages, 0, "没有这个人") == []


def test_the_whole_paper_is_searched(qtbot: QtBot, pages: PdfPages) -> None:
    search = PdfSearch()

    search.start(pages, "张𣲗")
    qtbot.waitUntil(lambda: not search.running)

    assert [hit.page for hit in search.hits] == [0, len(pages) - 1]


def test_a_newer_search_forgets_the_older(qtbot: QtBot, pages: PdfPages) -> None:
    search = PdfSearch()

    search.start(pages, "周立群")
    search.start(pages, "王秀兰")
    qtbot.waitUntil(lambda: not search.running)

    assert len(search.hits) == 1


def test_ctrl_f_in_the_paper_searches_the_paper_and_elsewhere_the_page(
    panel: PdfPanel, qtbot: QtBot
) -> None:
    asked: list[str] = []
    keys.bind(panel, "search_alt", lambda: asked.append("page"))
    control = Qt.KeyboardModifier.ControlModifier

    panel.save_button.setFocus()
    qtbot.keyClick(panel.save_button, Qt.Key.Key_F, control)
    assert asked == ["page"]
    assert panel.find_bar.isHidden()

    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_F, control)
    assert asked == ["page"]
    assert not panel.find_bar.isHidden()
    assert panel.find_bar.line.hasFocus()


def test_enter_walks_through_the_places_and_comes_round(panel: PdfPanel, qtbot: QtBot) -> None:
    panel.open_find()
    line = panel.find_bar.line
    line.setText("张𣲗")
    qtbot.waitUntil(lambda: panel.find_bar.count.text() == "1 / 2")
    assert panel.view.page() == 0

    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert panel.find_bar.count.text() == "2 / 2"
    assert panel.view.page() == len(panel.view.pages) - 1

    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (panel.find_bar.count.text(), panel.view.page()) == ("1 / 2", 0)

    qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert panel.find_bar.count.text() == "2 / 2"


def test_a_found_place_is_marked_and_escape_takes_the_marks_away(
    panel: PdfPanel, qtbot: QtBot
) -> None:
    panel.open_find()
    panel.find_bar.line.setText("李𬱖")
    qtbot.waitUntil(lambda: panel.find_bar.count.text() == "1 / 1")
    assert _coloured(panel.view) > 20

    qtbot.keyClick(panel.find_bar.line, Qt.Key.Key_Escape)

    assert panel.find_bar.isHidden()
    assert _coloured(panel.view) == 0


def test_nothing_found_is_said(panel: PdfPanel, qtbot: QtBot) -> None:
    panel.open_find()
    panel.find_bar.line.setText("没有这个人")
    qtbot.waitUntil(lambda: panel.find_bar.count.text() == "没有")


def test_another_paper_is_searched_for_the_same_words(panel: PdfPanel, qtbot: QtBot) -> None:
    panel.open_find()
    panel.find_bar.line.setText("李𬱖")
    qtbot.waitUntil(lambda: panel.find_bar.count.text() == "1 / 1")

    panel.show_pdf(roster.render(example("王秀兰")), "另一份")

    qtbot.waitUntil(lambda: panel.find_bar.count.text() == "没有")


def test_page_width_fills_the_window(panel: PdfPanel, qtbot: QtBot) -> None:
    panel.show_pdf(numbered_pdf(3), "通知")
    whole = panel.view.verticalScrollBar().maximum()

    panel.zooms.chosen.emit(PAGE_WIDTH)

    assert panel.view.zoom == PAGE_WIDTH
    assert panel.view.horizontalScrollBar().maximum() == 0
    assert panel.view.verticalScrollBar().maximum() > whole

    panel.resize(700, 600)
    assert panel.view.horizontalScrollBar().maximum() == 0


def test_the_segment_shows_which_zoom_holds(panel: PdfPanel) -> None:
    seen: list[float] = []
    panel.view.zoom_changed.connect(seen.append)

    panel.view.zoom_in()
    panel.view.zoom_fit()
    panel.view.set_zoom(1.0)

    assert seen[0] > 0
    assert seen[1:] == [WHOLE_PAGE, 1.0]


def test_a_typed_page_number_leads_there(panel: PdfPanel, qtbot: QtBot) -> None:
    panel.show_pdf(numbered_pdf(12), "通知")

    panel.pages.number.setText("7")
    qtbot.keyClick(panel.pages.number, Qt.Key.Key_Return)

    assert panel.view.page() == 6


def _coloured(view: PdfView) -> int:
    """How many pixels of the screen are marked yellow or orange."""
    picture = view.viewport().grab().toImage()
    return sum(
        picture.pixelColor(x, y).saturation() > 60
        for x in range(4, picture.width() - 4, 2)
        for y in range(4, picture.height() - 4, 2)
    )
