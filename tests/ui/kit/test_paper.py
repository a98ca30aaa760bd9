"""PDF on the screen; steps, chips and buttons."""

from io import BytesIO

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from app.errors import DomainError
from app.ui.kit import paint
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip, ChipRow, FilterChip, KeyHints
from app.ui.kit.pdf_pages import PdfPages
from app.ui.kit.pdf_view import PdfView
from app.ui.kit.wizard import StepList, StepStrip

A4 = (595.28, 841.89)


def pdf(pages: int, size: tuple[float, float] = A4) -> bytes:
    """Black in the upper half of each page."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for _ in range(pages):
        canvas.rect(0, size[1] / 2, size[0], size[1] / 2, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def view(qtbot: QtBot) -> PdfView:
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(600, 700)
    view.show()
    view.show_pdf(pdf(5))
    return view


def test_a_page_is_rendered_the_right_way_up() -> None:
    picture = PdfPages(pdf(1)).image(0, 100)

    assert (picture.width(), picture.height()) == (100, 142)
    assert picture.pixelColor(50, 20).lightness() < 10
    assert picture.pixelColor(50, 120).lightness() > 245


def test_the_whole_page_is_seen_first(view: PdfView) -> None:
    picture = view.viewport().grab().toImage()
    dark = [y for y in range(picture.height()) if picture.pixelColor(300, y).lightness() < 10]

    assert 0 < min(dark) < 30
    assert 300 < max(dark) < 370


def test_a_page_is_painted_line_for_line_as_it_was_rendered(view: PdfView) -> None:
    lines = BytesIO()
    canvas = Canvas(lines, pagesize=A4)
    for y in range(0, 840, 6):
        canvas.rect(0, y, 595, 2, stroke=0, fill=1)
    canvas.save()
    view.show_pdf(lines.getvalue())

    for height in range(690, 700):
        view.resize(600, height)
        place = view._places[0]
        rendered = view._pages.image(0, place.width())
        painted = view.viewport().grab().toImage()
        middle = place.width() // 2
        for y in range(place.height() - 2):
            seen = painted.pixelColor(place.x() + middle, place.y() + y).lightness()
            assert abs(seen - rendered.pixelColor(middle, y).lightness()) < 3, (height, y)


def test_page_keys_walk_through_the_pages(view: PdfView, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    view.page_changed.connect(lambda page, count: seen.append((page, count)))

    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End):
        qtbot.keyClick(view, key)

    assert [seen[0], seen[1], seen[2], seen[-1]] == [(2, 5), (3, 5), (2, 5), (5, 5)]


def test_zoom_keeps_the_page(view: PdfView) -> None:
    view.go_to(3)

    for step in (view.zoom_in, view.zoom_in, view.zoom_in, view.zoom_out, view.zoom_fit):
        step()

        assert view.page() == 3


def test_what_is_no_pdf_is_a_sentence(qtbot: QtBot) -> None:
    view = PdfView()
    qtbot.addWidget(view)

    with pytest.raises(DomainError, match="PDF"):
        view.show_pdf(b"no paper")


def test_a_button_is_named_with_its_key_and_is_never_a_default(qtbot: QtBot) -> None:
    button = Button("新增居民", kind="primary", action="new")
    qtbot.addWidget(button)

    assert button.accessibleName() == "新增居民 Ctrl+N"
    assert not button.autoDefault()
    button.setText("再增一人")
    assert button.accessibleName() == "再增一人 Ctrl+N"


@pytest.mark.parametrize("kind", ["normal", "primary", "danger", "ghost", "link"])
def test_a_button_shows_where_the_focus_is(kind: str, qtbot: QtBot) -> None:
    window = QWidget()
    button = Button("删除", kind=kind, parent=window)
    button.resize(button.sizeHint())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.setFocus()
    before = button.grab().toImage()

    button.setFocus()

    assert button.grab().toImage() != before


def test_chips_go_on_to_the_next_line(qtbot: QtBot) -> None:
    chips = ChipRow([Chip("独居老人", "warn"), Chip("志愿者"), Chip("退役军人", "info")])
    qtbot.addWidget(chips)

    assert chips.heightForWidth(400) < chips.heightForWidth(150) < chips.heightForWidth(80)
    assert chips.accessibleName() == "独居老人、志愿者、退役军人"


def test_a_chip_without_room_ends_in_dots_and_not_at_its_edge(qtbot: QtBot) -> None:
    image = QImage(120, 24, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint.chip(painter, image.rect(), "停送 去女儿家过冬，到 11-25", "warn")
    painter.end()

    edge = {image.pixel(x, y) for x in range(114, 119) for y in range(4, 20)}
    words = {image.pixel(x, 12) for x in range(10, 100)}
    assert len(edge) == 1
    assert len(words) > 1


def test_a_filter_in_force_is_taken_off_by_its_cross(qtbot: QtBot) -> None:
    chip = FilterChip("网格")
    chip.set_choices([(3, "第三网格"), (4, "第四网格")])
    qtbot.addWidget(chip)
    announced: list[object] = []
    chip.changed.connect(announced.append)

    chip.choose(3)
    assert chip.text() == "第三网格"
    chip.resize(chip.sizeHint())
    cross = QPoint(chip.width() - 12, chip.height() // 2)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=cross)

    assert announced == [3, None]
    assert chip.text() == "网格"


def test_a_filter_is_taken_off_by_the_keyboard(qtbot: QtBot) -> None:
    chip = FilterChip("网格")
    chip.set_choices([(3, "第三网格")])
    qtbot.addWidget(chip)
    chip.choose(3)

    qtbot.keyClick(chip, Qt.Key.Key_Delete)

    assert chip.value is None


def test_steps_say_where_one_is(qtbot: QtBot) -> None:
    strip = StepStrip(["选择文件", "认出表头", "核对与预览"], 1)
    steps = StepList([("社区", "名称"), ("书记与密码", "谁来保管")])
    for widget in (strip, steps):
        qtbot.addWidget(widget)

    steps.set_current(1)

    assert strip.accessibleName() == "第 2 步，共 3 步：认出表头"
    assert steps.accessibleName() == "第 2 步，共 2 步：书记与密码"


def test_key_hints_are_read_out(qtbot: QtBot) -> None:
    hints = KeyHints([("Enter", "打开"), ("空格", "勾选")])
    qtbot.addWidget(hints)

    assert hints.accessibleName() == "Enter 打开，空格 勾选"
