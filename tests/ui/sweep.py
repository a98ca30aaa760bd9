"""What must hold for every screen, whoever built it; `faults(window)` gives it in words."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from app.ui.kit import theme
from app.ui.kit.forms import Form
from app.ui.kit.paged_table import PagedTable

SLACK = 1


def faults(window: QWidget) -> list[str]:
    """Everything that is wrong with a window that is shown, each once."""
    found = [
        *too_large(window),
        *cut_texts(window),
        *cut_headings(window),
        *outside_parent(window),
        *overlaps(window),
        *half_rows(window),
        *unnamed(window),
        *jumps(window),
        *ambiguous_keys(window),
    ]
    return list(dict.fromkeys(found))


class Flashes:
    """Parts that were shown before they had a place: each flashed up as a window of its own."""

    SHOW, SET_VISIBLE = QWidget.show, QWidget.setVisible

    def __init__(self) -> None:
        self._shown: list[QWidget] = []

        def show(widget: QWidget) -> None:
            self._note(widget)
            Flashes.SHOW(widget)

        def set_visible(widget: QWidget, visible: bool) -> None:
            if visible:
                self._note(widget)
            Flashes.SET_VISIBLE(widget, visible)

        # Of ten thousand events of a screen two or three are of interest: watching the two
        # doors by which code shows a part is a sixth of the sweep cheaper than a filter of events.
        QWidget.show, QWidget.setVisible = show, set_visible

    def _note(self, widget: QWidget) -> None:
        if widget.windowType() == Qt.WindowType.Window:
            self._shown.append(widget)

    def faults(self, window: QWidget) -> list[str]:
        """Those other than the window that was meant; the watch ends."""
        QWidget.show, QWidget.setVisible = Flashes.SHOW, Flashes.SET_VISIBLE
        flashed = (one for one in self._shown if one is not window and isValid(one))
        return [f"flashed as a window: {words(one)}" for one in flashed]


def seen(window: QWidget, kind: type[QWidget] = QWidget) -> list[QWidget]:
    """Visible widgets of a kind, without those scrolled away or inside Qt's own controls."""
    return [
        widget
        for widget in [window, *window.findChildren(kind)]
        if isinstance(widget, kind) and widget.isVisible() and not _inside_control(widget)
    ]


def words(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    value = text() if callable(text) else ""
    return f"{type(widget).__name__} {str(value)[:24] or widget.accessibleName()[:24]!r}"


def too_large(window: QWidget) -> Iterator[str]:
    if isinstance(window, QDialog):
        if window.width() > 1366 or window.height() > 728:
            yield f"the dialog needs {window.width()}x{window.height()}"
    elif (window.width(), window.height()) != (1366, 728):
        yield f"the window needs {window.width()}x{window.height()}"


def cut_texts(window: QWidget) -> Iterator[str]:
    for label in seen(window, QLabel):
        if label.text() and _label_is_cut(label):
            yield f"cut: {words(label)}"
    for button in seen(window, QAbstractButton):
        if button.text() and button.sizeHint().width() > button.width() + SLACK:
            yield f"cut: {words(button)}"
    for edit in seen(window, QLineEdit):
        if not edit.text() and _hint_is_cut(edit):
            yield f"cut hint: {edit.placeholderText()!r}"
    for box in seen(window, QComboBox):
        arrow = theme.current().px(26) + theme.current().px(20)
        if box.fontMetrics().horizontalAdvance(box.currentText()) > box.width() - arrow + SLACK:
            yield f"cut choice: {box.currentText()!r}"


def cut_headings(window: QWidget) -> Iterator[str]:
    for table in seen(window, PagedTable):
        model = table.paged_model
        for section in range(model.columnCount()):
            column = model.column_of(section)
            if column is None or table.isColumnHidden(section):
                continue
            need = theme.text_width(column.title, "small", bold=True)
            if need > table.columnWidth(section) - 2 * theme.current().pad + 2:
                yield f"cut heading: {column.title!r}"
        if table.horizontalScrollBar().maximum() > 0:
            yield f"table {table.accessibleName()} is wider than its place"


def outside_parent(window: QWidget) -> Iterator[str]:
    for widget in seen(window):
        parent = widget.parentWidget()
        if parent is None or widget is window or _scrolls(parent):
            continue
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            yield f"outside its parent: {words(widget)} in {type(parent).__name__}"


def overlaps(window: QWidget) -> Iterator[str]:
    for parent in seen(window):
        if parent.layout() is None:
            continue
        children = [
            child
            for child in parent.children()
            if isinstance(child, QWidget)
            and child.isVisible()
            and not child.isWindow()
            and parent.layout().indexOf(child) >= 0
        ]
        for number, first in enumerate(children):
            for second in children[number + 1 :]:
                if first.geometry().intersects(second.geometry()):
                    yield f"overlap: {words(first)} and {words(second)}"


def half_rows(window: QWidget) -> Iterator[str]:
    for table in seen(window, PagedTable):
        bottom = table.viewport().height() - 1
        count = min(table.visible_rows(), table.paged_model.rowCount())
        first = table.verticalScrollBar().value()
        rows = [table.visualRect(table.paged_model.index(first + i, 0)) for i in range(count)]
        if rows and rows[-1].bottom() > bottom:
            yield f"half a row at the foot of {table.accessibleName()}"
        if count < table.paged_model.rowCount() and rows and rows[-1].bottom() != bottom:
            yield f"a gap at the foot of {table.accessibleName()}"


def focusable(window: QWidget) -> list[QWidget]:
    """Tab stops in the order of the Tab key."""
    chain, widget = [], window.nextInFocusChain()
    while widget is not window and widget is not None:
        if _is_tab_stop(widget, window):
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain


def unnamed(window: QWidget) -> Iterator[str]:
    for widget in focusable(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            yield f"no accessible name: {words(widget)}"


def jumps(window: QWidget) -> Iterator[str]:
    chain = focusable(window)
    for first, second in pairwise(chain):
        if _group(first, window) is not _group(second, window):
            continue
        if not _reads_on(_place(first, window), _place(second, window)):
            yield f"focus jumps from {words(first)} to {words(second)}"


def ambiguous_keys(window: QWidget) -> Iterator[str]:
    """Qt lets a key do nothing at all where two shortcuts of a window want it."""
    awake = [
        shortcut
        for shortcut in window.findChildren(QShortcut)
        if shortcut.isEnabled()
        and shortcut.context() == Qt.ShortcutContext.WindowShortcut
        and shortcut.parent().isVisible()
        and shortcut.parent().window() is window
    ]
    counts = Counter(shortcut.key().toString() for shortcut in awake)
    yield from (f"two meanings of {key}" for key, count in counts.items() if count > 1)


def _label_is_cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + SLACK
    hint = label.sizeHint()
    return hint.width() > label.width() + SLACK or hint.height() > label.height() + 3


def _hint_is_cut(edit: QLineEdit) -> bool:
    margins = edit.textMargins()
    room = edit.width() - margins.left() - margins.right() - 2 * theme.current().px(9)
    return edit.fontMetrics().horizontalAdvance(edit.placeholderText()) > room + SLACK


def _inside_control(widget: QWidget) -> bool:
    """Parts that Qt makes for itself: the line of a combo box, a viewport, scroll bars."""
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox | QLineEdit) or (
        isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QScrollArea)
    )


def _scrolls(parent: QWidget) -> bool:
    return isinstance(parent, QAbstractScrollArea) or isinstance(
        parent.parentWidget(), QAbstractScrollArea
    )


def _is_tab_stop(widget: QWidget, window: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.window() is window
        and not isinstance(widget, QScrollArea)
        and not _inside_control(widget)
    )


def _group(widget: QWidget, window: QWidget) -> QWidget:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, Form) or (
            isinstance(parent, QFrame) and parent.objectName() in ("card", "sidebar")
        ):
            return parent
        if parent.objectName() in ("sidebar", "statusbar"):
            return parent
        parent = parent.parentWidget()
    return window


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _reads_on(first: QRect, second: QRect) -> bool:
    """Whether the second stands right of the first on its line, or below it."""
    same_line = second.top() < first.bottom() and first.top() < second.bottom()
    return second.left() > first.left() if same_line else second.top() >= first.bottom() - 2
