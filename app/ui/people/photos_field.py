"""照片 of a record: chosen or dropped, scaled down, thrown away again before they are saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from app.services.photos import MOST_PHOTOS, Photo
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import row, small
from app.ui.kit.pictures import KINDS
from app.ui.people.photos import PhotoTile, small_jpeg

_ENDINGS = (".jpg", ".jpeg", ".png", ".bmp")


@dataclass(frozen=True)
class Picture:
    """`id` is None until it is saved."""

    jpeg: bytes
    id: int | None = None


class PhotosField(QWidget):
    """What is kept and what is new; the form saves both with its record, `what` (一条日记)."""

    changed = Signal()

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what
        self._pictures: list[Picture] = []
        self._saved: list[Picture] = []
        height = theme.current().control - theme.current().px(6)
        self._tiles = [PhotoTile(height) for _ in range(MOST_PHOTOS)]
        self.add_button = Button("添加照片…", size="small", icon="image-plus-outline")
        self.add_button.clicked.connect(self.choose)
        self._hint = small("也可以把照片拖进来")
        self.setLayout(row(self.add_button, self._hint, *self._tiles, None, spacing=6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().control + theme.current().px(8))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.add_button)
        for number, tile in enumerate(self._tiles):
            tile.setToolTip("点一下去掉")
            tile.clicked.connect(lambda _=False, at=number: self._remove(at))
        self._show()

    @property
    def dirty(self) -> bool:
        return self._pictures != self._saved

    @property
    def kept(self) -> list[int]:
        return [one.id for one in self._pictures if one.id is not None]

    @property
    def added(self) -> list[bytes]:
        return [one.jpeg for one in self._pictures if one.id is None]

    def show_saved(self, pictures: Sequence[Photo]) -> None:
        """Begin with what the record has."""
        self._saved = [Picture(one.jpeg, one.id) for one in pictures]
        self._pictures = list(self._saved)
        self._show()

    def choose(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, "选照片，可以一次选几张", "", KINDS)
        self.add_files(map(Path, files))

    def add_files(self, files: Iterable[Path]) -> None:
        """Scale them down and keep them; what is no picture is told, the others stay."""
        with messages.domain_errors_shown(self):
            for file in files:
                if len(self._pictures) == MOST_PHOTOS:
                    messages.tell(
                        self, f"{self._what}最多放 {MOST_PHOTOS} 张照片，其余的没有加上。"
                    )
                    break
                self._pictures.append(Picture(small_jpeg(file)))
        self._show()
        self.changed.emit()

    def _remove(self, at: int) -> None:
        del self._pictures[at]
        self._show()
        self.changed.emit()
        self.add_button.setFocus()

    def _show(self) -> None:
        for number, tile in enumerate(self._tiles):
            there = number < len(self._pictures)
            jpeg = self._pictures[number].jpeg if there else None
            tile.show_picture(jpeg, f"去掉照片 {number + 1}")
        self.add_button.setEnabled(len(self._pictures) < MOST_PHOTOS)
        self._hint.setVisible(not self._pictures)


def pictures_in(urls: Iterable[Path]) -> list[Path]:
    """Those of the files that were dropped which are pictures by their names."""
    return [file for file in urls if file.suffix.lower() in _ENDINGS]
