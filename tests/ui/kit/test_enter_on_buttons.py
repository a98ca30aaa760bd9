"""Enter presses the button that has the focus, outside dialogs too."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.buttons import Button


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_focused_button_as_space_does(qtbot: QtBot, key: Qt.Key) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button = Button("选择文件…", parent=page)
    clicks: list[str] = []
    button.clicked.connect(lambda: clicks.append("pressed"))

    qtbot.keyClick(button, key)

    assert len(clicks) == 1


def test_a_finger_that_rests_on_enter_presses_once(qtbot: QtBot) -> None:
    button = Button("加一")
    qtbot.addWidget(button)
    clicks: list[str] = []
    button.clicked.connect(lambda: clicks.append("pressed"))
    enter, plain = Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier

    qtbot.keyClick(button, enter)
    held = QKeyEvent(QEvent.Type.KeyPress, enter, plain, "\r", True)
    QApplication.sendEvent(button, held)

    assert len(clicks) == 1


def test_ctrl_enter_is_left_to_the_page(qtbot: QtBot) -> None:
    button = Button("选择文件…")
    qtbot.addWidget(button)
    clicks: list[str] = []
    button.clicked.connect(lambda: clicks.append("pressed"))

    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert not clicks
