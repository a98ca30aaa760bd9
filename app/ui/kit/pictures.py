"""Photographs on their way into the file: turned upright, scaled down, as JPEG."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from app.errors import DomainError

KINDS = "照片 (*.jpg *.jpeg *.png *.bmp)"
"""The filter of the dialog that chooses a picture."""
_QUALITY = 85


def as_jpeg(file: Path, width: int, height: int) -> bytes:
    """A picture file as JPEG of at most this size; raises DomainError where it is no picture."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise DomainError(f"“{file.name}”不是能打开的照片，请选 JPG 或 PNG 文件。")
    if image.width() > width or image.height() > height:
        keep = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(width, height, keep, smooth)
    return _encoded(image)


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(_QUALITY)
    writer.write(image.convertToFormat(QImage.Format.Format_RGB888))
    return bytes(buffer.data().data())
