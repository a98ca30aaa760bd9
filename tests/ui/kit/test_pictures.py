from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QImageReader

from app.errors import DomainError
from app.ui.kit.pictures import as_jpeg


def saved(folder: Path, name: str, width: int, height: int) -> Path:
    """A picture whose left half is red."""
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.blue)
    for x in range(width // 2):
        for y in range(0, height, max(1, height // 40)):
            image.setPixelColor(x, y, Qt.GlobalColor.red)
    file = folder / name
    assert image.save(str(file), "JPG" if name.endswith("jpg") else "PNG", 90)
    return file


def size_of(jpeg: bytes) -> tuple[int, int]:
    image = QImage.fromData(jpeg)
    return image.width(), image.height()


def test_a_large_picture_is_scaled_into_its_frame(qtbot, tmp_path: Path) -> None:
    assert size_of(as_jpeg(saved(tmp_path, "a.jpg", 800, 400), 200, 200)) == (200, 100)
    assert size_of(as_jpeg(saved(tmp_path, "b.png", 40, 80), 200, 200)) == (40, 80)


def test_a_picture_of_more_megapixels_than_may_be_unpacked_is_read_small(
    qtbot, tmp_path: Path
) -> None:
    file = saved(tmp_path, "a.jpg", 1600, 1200)
    limit = QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(1)
    try:
        assert size_of(as_jpeg(file, 400, 400)) == (400, 300)
    finally:
        QImageReader.setAllocationLimit(limit)


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_picture_that_did_not_arrive_whole_is_not_kept(
    qtbot, tmp_path: Path, kept: float
) -> None:
    file = saved(tmp_path, "a.jpg", 800, 600)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept)])

    with pytest.raises(DomainError, match=r"不完整|不是能打开"):
        as_jpeg(file, 400, 400)


def test_another_kind_under_a_borrowed_name_is_told_or_read(qtbot, tmp_path: Path) -> None:
    heic = tmp_path / "a.jpg"
    heic.write_bytes(b"\0\0\0\x18ftypheic" + bytes(500))
    with pytest.raises(DomainError, match="HEIC"):
        as_jpeg(heic, 400, 400)

    png = saved(tmp_path, "b.png", 60, 40).rename(tmp_path / "b.jpg")
    assert size_of(as_jpeg(png, 400, 400)) == (60, 40)


def test_what_is_transparent_becomes_white(qtbot, tmp_path: Path) -> None:
    image = QImage(10, 10, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    assert image.save(str(tmp_path / "a.png"))

    kept = QImage.fromData(as_jpeg(tmp_path / "a.png", 100, 100))

    assert kept.pixelColor(5, 5) == QColor("white")
