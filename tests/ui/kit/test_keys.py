"""The key map: no key means two things in one place."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit import keys
from app.ui.kit.buttons import Button

ALWAYS = {key.sequence for key in keys.KEYS if key.scope == keys.EVERYWHERE}


def test_every_action_has_one_entry() -> None:
    counts = Counter(key.action for key in keys.KEYS)

    assert [action for action, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("scope", sorted({key.scope for key in keys.KEYS}))
def test_a_key_means_one_thing_in_its_scope(scope: str) -> None:
    counts = Counter(key.sequence for key in keys.KEYS if key.scope == scope)

    assert [sequence for sequence, count in counts.items() if count > 1] == []


def test_no_scope_reuses_a_key_that_works_everywhere() -> None:
    reused = [key for key in keys.KEYS if key.scope != keys.EVERYWHERE and key.sequence in ALWAYS]

    assert reused == []


def test_keys_of_pages_to_come_are_kept_free() -> None:
    assert [key for key in keys.KEYS if key.sequence in keys.RESERVED] == []


@pytest.mark.parametrize("key", keys.KEYS, ids=lambda key: key.action)
def test_qt_understands_every_sequence(key: keys.Key) -> None:
    assert QKeySequence(key.sequence).toString() != ""
    assert key.label


def test_a_key_cap_speaks_chinese_and_arrows() -> None:
    assert keys.cap("step_back") == "Alt+←"
    assert keys.cap("save") == "Ctrl+Enter"
    assert keys.cap("tick") == "空格"


def test_the_key_of_a_hidden_page_sleeps(qtbot: QtBot) -> None:
    stack = QStackedWidget()
    pages = [QWidget(), QWidget()]
    pressed: list[int] = []
    for number, page in enumerate(pages):
        stack.addWidget(page)
        keys.bind(page, "new", lambda number=number: pressed.append(number))
    qtbot.addWidget(stack)
    stack.setCurrentIndex(1)
    with qtbot.waitActive(stack):
        stack.show()

    qtbot.keyClick(stack, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert pressed == [1]


def test_a_key_that_is_held_down_does_its_work_once_and_walks_on(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    assert not keys.bind(window, "guest_sanitation", list).autoRepeat()
    assert not keys.bind(window, "undo", list).autoRepeat()
    assert keys.bind(window, "later_day", list).autoRepeat()


def test_the_key_of_a_button_clicks_it_only_while_it_is_on(qtbot: QtBot) -> None:
    window = QWidget()
    button = Button("新增居民", action="new", parent=window)
    other = QPushButton("别的", window)
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    button.bind(window)
    qtbot.addWidget(window)
    other.setFocus()
    with qtbot.waitActive(window):
        window.show()

    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    button.setEnabled(False)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert clicks == [True]
