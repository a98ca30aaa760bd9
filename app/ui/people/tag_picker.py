"""The choice of several tags in one box that opens like a drop-down."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QSizePolicy

from app.ui.kit import theme
from app.ui.kit.pinyin_choice import paint_box

_TAG_ID = Qt.ItemDataRole.UserRole + 1


class TagPicker(QComboBox):
    """Tick tags in the open list (space or mouse); Enter closes it. `value()` gives their ids."""

    changed = Signal()

    def __init__(self, tags: Sequence[tuple[int, str]], *, name: str = "标签") -> None:
        super().__init__()
        self._name = name
        self._items = QStandardItemModel(self)
        for tag_id, words in tags:
            self._items.appendRow(_item(tag_id, words))
        self.setModel(self._items)
        self.setMaxVisibleItems(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setCurrentIndex(-1)
        self.view().viewport().installEventFilter(self)
        self.view().installEventFilter(self)
        self._items.itemChanged.connect(self._ticked)
        self._describe()

    def value(self) -> tuple[int, ...]:
        return tuple(item.data(_TAG_ID) for item in self._chosen())

    def offered(self) -> tuple[int, ...]:
        """All tags in the list."""
        return tuple(self._at(place).data(_TAG_ID) for place in range(self._items.rowCount()))

    def set_value(self, ids: Sequence[int], names: Sequence[tuple[int, str]] = ()) -> None:
        """Tick these; `names` are tags of the person that the office no longer offers."""
        offered = self.offered()
        for tag_id, words in names:
            if tag_id not in offered:
                self._items.appendRow(_item(tag_id, words))
        for place in range(self._items.rowCount()):
            item = self._at(place)
            on = item.data(_TAG_ID) in ids
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease:
            self._toggle(self.view().indexAt(event.position().toPoint()))
            return True
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Space:
                self._toggle(self.view().currentIndex())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.hidePopup()
                return True
        return False

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.showPopup()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_box(self, self._shown(), quiet=not self.value())

    def _shown(self) -> str:
        """As many names as fit; a count where they do not."""
        names = [item.text() for item in self._chosen()]
        whole = "、".join(names)
        if not names:
            return "加标签"
        if theme.text_width(whole) <= self.width() - theme.current().px(44):
            return whole
        return f"{names[0]} 等 {len(names)} 个" if len(names) > 1 else names[0]

    def _toggle(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            item = self._at(index.row())
            on = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _ticked(self) -> None:
        self._describe()
        self.update()
        self.changed.emit()

    def _describe(self) -> None:
        names = "、".join(item.text() for item in self._chosen())
        self.setAccessibleName(f"{self._name}：{names or '没有'}")

    def _chosen(self) -> list[QStandardItem]:
        items = [self._at(place) for place in range(self._items.rowCount())]
        return [item for item in items if item.checkState() is Qt.CheckState.Checked]

    def _at(self, place: int) -> QStandardItem:
        return self._items.item(place)


def _item(tag_id: int, words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setData(tag_id, _TAG_ID)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setData(Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    return item
