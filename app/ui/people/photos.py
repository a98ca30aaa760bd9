"""Photographs in the file: made small, shown as a tile, looked at in full."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.services.photos import LARGEST_PHOTO
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.pictures import as_jpeg

_SIDES = (1280, 960, 640, 400)
"""Pixels of the longest side, tried until the picture is small enough"""
_WHOLE = QSize(936, 520)


def small_jpeg(file: Path) -> bytes:
    """At most LARGEST_PHOTO bytes; raises DomainError where it is no picture."""
    made = b""
    for side in _SIDES:
        made = as_jpeg(file, side, side)
        if len(made) <= LARGEST_PHOTO:
            break
    return made


class PhotoTile(QPushButton):
    """A small picture of this height; hidden while it has none."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setIconSize(QSize(round(height * 4 / 3), height))
        self.setFixedSize(self.iconSize() + QSize(4, 4))
        self.hide()

    def show_picture(self, jpeg: bytes | None, name: str) -> None:
        """A photograph and what a screen reader says of it, or nothing."""
        self.setVisible(jpeg is not None)
        self.setAccessibleName(name)
        if jpeg is not None:
            self.setIcon(QIcon(_inside(jpeg, self.iconSize())))


class PhotoDialog(Dialog):
    """One photograph; accepted where it is to be thrown away."""

    def __init__(
        self, jpeg: bytes, taken_at: datetime, parent: QWidget | None = None, *, removable: bool
    ) -> None:
        super().__init__(f"{taken_at:%Y-%m-%d %H:%M} 存的照片", parent)
        shown = QLabel()
        shown.setPixmap(_inside(jpeg, _WHOLE))
        shown.setAccessibleName(self.windowTitle())
        self.body.addWidget(shown)
        self.remove = self.add_button(Button("删除照片", kind="danger"))
        self.remove.clicked.connect(self._ask)
        self.remove.setVisible(removable)
        self.close_button = self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)
        self.close_button.setFocus()

    def _ask(self) -> None:
        words = "照片删了就找不回来了。"
        if messages.confirm(self, "删除照片", words, "删除", destructive=True):
            self.accept()


def _inside(jpeg: bytes, room: QSize) -> QPixmap:
    """The whole picture inside this room; an empty one where it is damaged."""
    picture = QPixmap()
    picture.loadFromData(jpeg)
    if picture.isNull():
        return picture
    keep = Qt.AspectRatioMode.KeepAspectRatio
    return picture.scaled(room, keep, Qt.TransformationMode.SmoothTransformation)
