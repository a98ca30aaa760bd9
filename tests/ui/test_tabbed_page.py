"""The pages of several tabs: where the focus lands when another tab is opened."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QStackedWidget
from pytestqt.qtbot import QtBot

from app.context import Context
from app.ui.kit.labels import column
from app.ui.kit.stacks import show_part
from app.ui.people.tabbed_page import PageTab, TabbedPage, TabKind


class _Tab(PageTab):
    """A filter first, as everywhere, then what one came for."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.filter, self.work = QPushButton("状态"), QLineEdit()
        self.setLayout(column(self.filter, self.work))

    def take_focus(self) -> None:
        self.work.setFocus()


def _page(context: Context, qtbot: QtBot) -> TabbedPage:
    page = TabbedPage(context, kinds=(TabKind("会议", _Tab), TabKind("决议", _Tab)))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    return page


def _focus() -> object:
    return QApplication.focusWidget()


def test_a_tab_that_is_opened_by_mouse_is_worked_in_not_filtered(
    context: Context, qtbot: QtBot
) -> None:
    page = _page(context, qtbot)
    first = page.current
    assert isinstance(first, _Tab)
    first.work.setFocus()
    tabs = page.tabs.findChildren(QPushButton)
    QTest.mouseClick(tabs[1], Qt.MouseButton.LeftButton)
    second = page.current
    assert isinstance(second, _Tab)
    assert second is not first
    assert _focus() is second.work
    QTest.mouseClick(tabs[0], Qt.MouseButton.LeftButton)
    assert _focus() is first.work


def test_whoever_walks_along_the_tabs_by_arrows_stays_on_them(
    context: Context, qtbot: QtBot
) -> None:
    page = _page(context, qtbot)
    tabs = page.tabs.findChildren(QPushButton)
    tabs[0].setFocus()
    QTest.keyClick(tabs[0], Qt.Key.Key_Right)
    assert page.stack.currentIndex() == 1
    assert _focus() is tabs[1]


def test_another_view_of_a_tab_is_worked_in_where_the_one_before_was(
    context: Context, qtbot: QtBot
) -> None:
    stack, parts = QStackedWidget(), [_Tab(context), _Tab(context)]
    for part in parts:
        stack.addWidget(part)
    qtbot.addWidget(stack)
    stack.show()
    with qtbot.waitActive(stack):
        stack.activateWindow()
    parts[0].work.setFocus()
    show_part(stack, parts[1], parts[1].take_focus)
    assert _focus() is parts[1].work
