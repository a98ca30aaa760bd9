"""Photographs on their way into the file: turned upright, scaled down, as JPEG."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QImageWriter, QPainter

from app.errors import DomainError

KINDS = "照片 (*.jpg *.jpeg *.png *.bmp)"
"""The filter of the dialog that chooses a picture."""
_QUALITY = 85
_KEEP = Qt.AspectRatioMode.KeepAspectRatio
_SIDEWAYS = QImageIOHandler.Transformation.TransformationRotate90
# A JPEG begins with FF D8; its segments have their lengths up to the picture itself (FF DA).
_JPEG, _SCAN, _END = b"\xff\xd8", 0xDA, b"\xff\xd9"


def as_jpeg(file: Path, width: int, height: int) -> bytes:
    """A picture file as JPEG of at most this size; raises DomainError where it is no picture."""
    _check_whole(file)
    reader = QImageReader(str(file))
    # The file tells what it is: telephones write .jpg on pictures of another kind.
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    _read_small(reader, QSize(width, height))
    image = reader.read()
    if image.isNull():
        raise _no_picture(file)
    if image.width() > width or image.height() > height:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(width, height, _KEEP, smooth)
    return _encoded(image)


def _no_picture(file: Path) -> DomainError:
    return DomainError(
        f"“{file.name}”不是能打开的照片，请选 JPG 或 PNG 文件。"
        "苹果手机的照片（HEIC）请先在手机上另存为 JPG。"
    )


def _check_whole(file: Path) -> None:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _no_picture(file) from error
    if _is_cut_off(data):
        raise DomainError(f"“{file.name}”不完整，可能没有传完，没有保存。请重新传一遍再选。")


def _is_cut_off(data: bytes) -> bool:
    """Whether a JPEG ends before its picture does; other kinds are told by their reader."""
    if not data.startswith(_JPEG):
        return False
    at = len(_JPEG)
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _SCAN:
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    # What the camera adds in front has a small picture with an end of its own.
    return data.find(_END, at) < 0


def _read_small(reader: QImageReader, most: QSize) -> None:
    """A picture of a hundred megapixels is scaled while it is read, or it would not be read."""
    size = reader.size()
    if reader.transformation() & _SIDEWAYS:
        most = most.transposed()
    if size.width() > most.width() or size.height() > most.height():
        reader.setScaledSize(size.scaled(most, _KEEP).expandedTo(QSize(1, 1)))


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(_QUALITY)
    writer.write(_on_white(image))
    return bytes(buffer.data().data())


def _on_white(image: QImage) -> QImage:
    """What was transparent would be black in a JPEG."""
    paper = QImage(image.size(), QImage.Format.Format_RGB888)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper
