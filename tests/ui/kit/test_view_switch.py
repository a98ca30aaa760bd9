"""The views of a tab: by click and by key, in a circle."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit import keys
from app.ui.kit.labels import column
from app.ui.kit.view_switch import ViewSwitch

VIEWS = [(n, word, word) for n, word in enumerate(("商品", "入库单", "盘点"))]


class Tab(QWidget):
    """As a tab shows what is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.switch = ViewSwitch(VIEWS)
        self.seen: list[object] = []
        self.focused = 0
        self.setLayout(column(self.switch))
        self.switch.chosen.connect(self._show)
        self.switch.bind(self, self._focus)

    def _show(self, view: object) -> None:
        self.seen.append(view)
        self.switch.show_value(view)

    def _focus(self) -> None:
        self.focused += 1


def test_the_key_goes_round_and_a_click_goes_there(qtbot: QtBot) -> None:
    tab = Tab()
    qtbot.addWidget(tab)
    tab.show()
    tab.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is tab)
    assert tab.switch.value() == 0
    assert tab.switch.legend == (keys.cap("next_view"), "换看法")
    for _ in range(3):
        QTest.keyClick(tab, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert (tab.seen, tab.focused) == ([1, 2, 0], 3)
    tab.findChildren(QPushButton)[2].click()
    assert (tab.seen[-1], tab.focused) == (2, 3)
    QTest.keyClick(tab, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert tab.switch.value() == 0


def test_where_nothing_is_offered_the_key_is_dead(qtbot: QtBot) -> None:
    tab = Tab()
    qtbot.addWidget(tab)
    tab.show()
    tab.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is tab)
    tab.switch.hide()
    QTest.keyClick(tab, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert tab.seen == []
