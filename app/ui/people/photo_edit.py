"""The optional photo: chosen from a file, scaled down, removable."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QSizePolicy, QWidget

from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import row
from app.ui.kit.pictures import KINDS, as_jpeg

WIDTH, HEIGHT = 358, 441
"""Pixels of the photo on an ID card (GA/T 461): more would only fill the file."""


class PhotoEdit(QWidget):
    """`value()` is the JPEG, empty without a photo."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._jpeg = b""
        self._picture = QLabel()
        self._picture.setAccessibleName("照片")
        self._picture.hide()
        self.choose_button = Button("选照片…", size="small", icon="image-plus-outline")
        self.choose_button.clicked.connect(self.choose)
        self.remove_button = Button("去掉", kind="link", size="small")
        self.remove_button.clicked.connect(lambda: self._replace(b""))
        self.remove_button.hide()
        self.setLayout(row(self._picture, self.choose_button, self.remove_button, None))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.current().control)
        self.setFocusProxy(self.choose_button)

    def value(self) -> bytes:
        return self._jpeg

    def set_value(self, jpeg: bytes) -> None:
        self._jpeg = jpeg
        picture = QPixmap()
        picture.loadFromData(jpeg)
        if not picture.isNull():
            height = theme.current().px(72)
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaledToHeight(height, smooth)
        self._picture.setPixmap(picture)
        self._picture.setVisible(bool(jpeg))
        self.remove_button.setVisible(bool(jpeg))
        self.choose_button.setText("换一张…" if jpeg else "选照片…")

    def choose(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, "选一张照片", "", KINDS)
        if file:
            with messages.domain_errors_shown(self):
                self._replace(as_jpeg(Path(file), WIDTH, HEIGHT))

    def _replace(self, jpeg: bytes) -> None:
        self.set_value(jpeg)
        self.changed.emit()
