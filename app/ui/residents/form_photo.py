"""The optional photo: chosen from a file, scaled down, removable."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QSizePolicy, QWidget

from app.errors import DomainError
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import row

WIDTH, HEIGHT = 358, 441
"""Pixels of the photo on an ID card (GA/T 461): more would only fill the file."""
_QUALITY = 85


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
        kinds = "照片 (*.jpg *.jpeg *.png *.bmp)"
        file, _ = QFileDialog.getOpenFileName(self, "选一张照片", "", kinds)
        if file:
            with messages.domain_errors_shown(self):
                self._replace(as_jpeg(Path(file)))

    def _replace(self, jpeg: bytes) -> None:
        self.set_value(jpeg)
        self.changed.emit()


def as_jpeg(file: Path) -> bytes:
    """A picture file, turned upright and scaled to the size of an ID photo.

    Raises DomainError where the file is no picture.
    """
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise DomainError(f"“{file.name}”不是能打开的照片，请选 JPG 或 PNG 文件。")
    if image.width() > WIDTH or image.height() > HEIGHT:
        keep = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(WIDTH, HEIGHT, keep, smooth)
    return _encoded(image)


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(_QUALITY)
    writer.write(image.convertToFormat(QImage.Format.Format_RGB888))
    return bytes(buffer.data().data())
