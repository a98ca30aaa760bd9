"""Tokens, palette, fonts: what every window relies on."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.frame import Frame
from app.ui.kit import icons, theme
from app.ui.kit.dialogs import Dialog
from app.ui.kit.suggestions import Suggestions, suggest
from app.ui.kit.tokens import COLORS, LARGE, STANDARD, TONES, Mode


def luminance(name: str) -> float:
    color = QColor(name)
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    "name", ["text", "text2", "placeholder", "primary", "danger", "ok", "warn"]
)
@pytest.mark.parametrize("ground", ["surface", "alt"])
def test_text_is_readable(name: str, ground: str) -> None:
    assert contrast(getattr(COLORS, name), getattr(COLORS, ground)) >= 4.5


@pytest.mark.parametrize("tone", TONES)
def test_chips_are_readable(tone: str) -> None:
    assert contrast(*TONES[tone]) >= 4.5


@pytest.mark.parametrize("name", ["input_border", "focus"])
@pytest.mark.parametrize("ground", ["surface", "bg"])
def test_frames_are_visible(name: str, ground: str) -> None:
    assert contrast(getattr(COLORS, name), getattr(COLORS, ground)) >= 3


def test_everything_is_larger_in_the_large_mode() -> None:
    for field in dataclasses.fields(STANDARD):
        if field.name not in ("mode", "spacing", "box"):
            assert getattr(LARGE, field.name) > getattr(STANDARD, field.name), field.name


def test_the_large_mode_meets_the_rule_for_the_elderly() -> None:
    assert LARGE.base * 96 / 72 >= 18
    assert LARGE.row >= 44
    assert LARGE.main >= 60


def test_the_mode_sets_the_size_of_qt_s_own_controls(qapp: QApplication, qtbot: QtBot) -> None:
    heights = []
    for mode in Mode:
        theme.apply(qapp, mode)
        edit = QLineEdit()
        qtbot.addWidget(edit)
        edit.show()
        heights.append(edit.height())

    assert heights == [STANDARD.control, LARGE.control]


def test_every_window_brings_its_sheet_along_and_so_does_a_list_that_hangs_below_a_line(
    qapp: QApplication,
) -> None:
    edit, inside = QLineEdit(), QLineEdit()
    suggest(edit, ["王秀兰"])
    frame = Frame(edit)
    bare, over = Dialog("删除"), Dialog("删除", frame)
    over.body.addWidget(inside)
    lists = (edit.completer().popup(), Suggestions(edit).popup())

    assert qapp.styleSheet() == ""
    assert {one.styleSheet() for one in (frame, bare, *lists)} == {frame.styleSheet()}
    assert len(frame.styleSheet()) > 1000
    assert over.styleSheet() == ""
    assert inside.sizeHint().height() == STANDARD.control


def test_the_palette_carries_the_tokens(qapp: QApplication) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(COLORS.bg)
    assert qapp.palette().color(QPalette.ColorRole.WindowText) == QColor(COLORS.text)


def test_qt_speaks_chinese(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_an_icon_fills_its_place(qapp: QApplication) -> None:
    picture = icons.pixmap("account-group-outline", COLORS.text, 18).toImage()
    inked = [(x, y) for x in range(18) for y in range(18) if picture.pixelColor(x, y).alpha() > 128]

    assert max(x for x, _ in inked) - min(x for x, _ in inked) >= 14


def test_an_unknown_icon_is_named(qapp: QApplication) -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        icons.glyph("no-such-icon")


def test_a_rare_character_gets_a_glyph(qapp: QApplication) -> None:
    theme.ensure_glyphs("\U00020bb7")

    widths = {theme.text_width(sign) for sign in ("\U00020bb7", "国")}

    assert len(widths) == 1


def test_a_ticked_box_shows_its_tick(qapp: QApplication, qtbot: QtBot) -> None:
    box = QCheckBox("同意")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.resize(box.sizeHint())

    picture = box.grab().toImage()

    inside = [picture.pixelColor(x, y).lightness() for x in range(3, 15) for y in range(4, 18)]
    assert max(inside) > 240
    assert min(inside) < 120


def test_no_window_of_the_program_sets_a_color_by_hand() -> None:
    root = Path(__file__).parents[3] / "app" / "ui"
    # The second writes a file for WPS, which has colours of its own.
    allowed = {"tokens.py", "spreadsheet.py"}
    loose = [
        f"{path.relative_to(root)}: {line.strip()}"
        for path in root.rglob("*.py")
        if path.name not in allowed
        for line in path.read_text(encoding="utf-8").splitlines()
        if '"#' in line and "noqa" not in line
    ]

    assert loose == []
