"""The photographs of a line on its card: small beside each other, large when one is opened."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.services.diary_photos import MOST_PHOTOS, DiaryPicture
from app.services.request_photos import RequestPicture
from app.ui.grids.diary.photos_field import thumbnail
from app.ui.grids.requests.photo_strip import PhotoDialog
from app.ui.kit import theme

_COLUMNS, _HIGH = 3, 72


class CardPictures(QWidget):
    """Nothing is seen of it where a line has no pictures."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: Sequence[DiaryPicture] = ()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().spacing[0])
        grid.setColumnStretch(_COLUMNS, 1)
        self.tiles = [_Tile(number) for number in range(1, MOST_PHOTOS + 1)]
        for number, tile in enumerate(self.tiles):
            tile.clicked.connect(lambda _=False, at=number: self._open(at))
            grid.addWidget(tile, number // _COLUMNS, number % _COLUMNS)
        self.hide()

    def show_pictures(self, pictures: Sequence[DiaryPicture]) -> None:
        """These, in their order."""
        self._pictures = pictures
        for number, tile in enumerate(self.tiles):
            tile.setVisible(number < len(pictures))
            if number < len(pictures):
                height = tile.iconSize().height()
                tile.setIcon(QIcon(thumbnail(pictures[number].jpeg, height)))
        self.setVisible(bool(pictures))

    def _open(self, at: int) -> None:
        one = self._pictures[at]
        picture = RequestPicture(one.id, one.taken_at, one.jpeg)
        PhotoDialog(picture, self.window(), removable=False).exec()


class _Tile(QPushButton):
    def __init__(self, number: int) -> None:
        super().__init__()
        height = theme.current().px(_HIGH)
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setAccessibleName(f"看照片 {number}")
        self.setIconSize(QSize(round(height * 1.33), height))
        self.setFixedSize(round(height * 1.33) + 4, height + 4)
        self.hide()
