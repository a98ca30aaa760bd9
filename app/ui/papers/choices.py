"""The list of papers that can be made, by group."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.kit import paint, theme
from app.ui.kit.labels import tip_of
from app.ui.kit.tokens import COLORS
from app.values.pinyin_match import spells

_CHOICE = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: what it is called, what stands quietly at its right, whether it can be made."""

    key: str
    title: str
    note: str = ""
    enabled: bool = True


class PaperChoices(QListWidget):
    """Arrow keys choose, Enter or a click opens. A line that is off can be reached, and says why.

    `set_groups` takes (heading, choices) in order; `filter` keeps what letters or pinyin spell.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._groups: Sequence[tuple[str, Sequence[Choice]]] = ()
        self._typed = ""
        self.setAccessibleName("能做的文书")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_ChoiceDelegate(self))
        self.currentItemChanged.connect(self._announce)
        self.itemClicked.connect(self._open)

    def set_groups(self, groups: Sequence[tuple[str, Sequence[Choice]]]) -> None:
        """Show other choices; the current one stays current if it is still there."""
        if list(groups) != list(self._groups):
            self._groups = tuple(groups)
            self._fill()

    def filter(self, typed: str) -> int:
        """Keep what the letters spell; gives back how many choices are left."""
        self._typed = typed
        self._fill()
        return sum(self.item(row).data(_CHOICE) is not None for row in range(self.count()))

    def choose(self, key: str) -> bool:
        """Make a choice current; False where it is not in the list."""
        for number in range(self.count()):
            choice = self.item(number).data(_CHOICE)
            if choice is not None and choice.key == key:
                self.setCurrentRow(number)
                return True
        return False

    def choose_first(self) -> None:
        """The first choice of those that are left."""
        rows = [row for row in range(self.count()) if self.item(row).data(_CHOICE) is not None]
        self.setCurrentRow(rows[0] if rows else -1)

    def mark_first(self) -> None:
        """The first choice is what Enter opens; nothing changes before."""
        self.blockSignals(True)
        self.choose_first()
        self.blockSignals(False)

    def current(self) -> Choice | None:
        """What is chosen."""
        item = self.currentItem()
        return None if item is None else item.data(_CHOICE)  # type: ignore[no-any-return]  # our own role

    def open_current(self) -> None:
        """As a click on the current choice."""
        self._open(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.open_current()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        kept = self.current()
        self.blockSignals(True)
        self.clear()
        for heading, choices in self._groups:
            left = [one for one in choices if spells(one.title, self._typed)]
            if left:
                self._add_heading(heading)
            for choice in left:
                self._add_choice(choice)
        if kept is not None:
            self.choose(kept.key)
        self.blockSignals(False)

    def _add_heading(self, words: str) -> None:
        band = QListWidgetItem(words)
        band.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(band)

    def _add_choice(self, choice: Choice) -> None:
        item = QListWidgetItem(choice.title)
        item.setData(_CHOICE, choice)
        spoken = f"{choice.title} {choice.note}".strip()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(tip_of(spoken))
        self.addItem(item)

    def _announce(self, item: QListWidgetItem | None) -> None:
        choice = item.data(_CHOICE) if item is not None else None
        if choice is not None:
            self.chosen.emit(choice.key)

    def _open(self, item: QListWidgetItem | None) -> None:
        choice = item.data(_CHOICE) if item is not None else None
        if choice is not None:
            self.opened.emit(choice.key)


class _ChoiceDelegate(QStyledItemDelegate):
    """Headings of groups quiet and small, papers in rows, the chosen one with its bar."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, theme.current().px(30))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in PySide6's stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # the same
        choice: Choice | None = index.data(_CHOICE)
        view = self.parent()
        if isinstance(view, QListWidget) and rect.bottom() >= view.viewport().height():
            return  # Half a line at the foot would look like a fault.
        painter.save()
        if choice is None:
            _paint_heading(painter, rect, str(index.data()))
        else:
            _paint_choice(painter, rect, choice, state)
        painter.restore()


def _paint_heading(painter: QPainter, rect: QRect, words: str) -> None:
    painter.setFont(theme.font("small", bold=True))
    painter.setPen(QColor(COLORS.text2))
    painter.drawText(_inside(rect), Qt.AlignmentFlag.AlignVCenter, words)


def _paint_choice(painter: QPainter, rect: QRect, choice: Choice, state: QStyle.StateFlag) -> None:
    on = bool(state & QStyle.StateFlag.State_Selected)
    if on:
        painter.fillRect(rect, QColor(COLORS.primary_soft))
        painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(COLORS.primary))
    room = _paint_note(painter, _inside(rect), choice)
    painter.setFont(theme.font(bold=on))
    color = COLORS.sel_text if on else COLORS.text if choice.enabled else COLORS.placeholder
    painter.setPen(QColor(color))
    title = painter.fontMetrics().elidedText(
        choice.title, Qt.TextElideMode.ElideRight, room.width()
    )
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
    if on and state & QStyle.StateFlag.State_HasFocus:
        paint.focus_ring(painter, rect)


def _paint_note(painter: QPainter, room: QRect, choice: Choice) -> QRect:
    """The quiet words at the right; gives back what is left for the title."""
    wide = theme.text_width(choice.title, bold=True) + theme.text_width(choice.note, "small")
    if not choice.note or wide + theme.current().px(4) > room.width():
        return room
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(COLORS.text2 if choice.enabled else COLORS.placeholder))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, right, choice.note)
    return room.adjusted(0, 0, -theme.text_width(choice.note, "small"), 0)


def _inside(rect: QRect) -> QRect:
    large = theme.current().large
    return rect.adjusted(theme.current().px(15), 0, -theme.current().px(4 if large else 13), 0)
