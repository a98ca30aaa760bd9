"""The photographs of a record on its card: small beside each other, large when one is opened."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from app.services.photos import MOST_PHOTOS, Photo
from app.ui.kit import theme
from app.ui.people.photos import PhotoDialog, PhotoTile

_HIGH = 72


class CardPictures(QWidget):
    """Nothing is seen of it where a record has no pictures."""

    def __init__(self, *, columns: int = 3) -> None:
        super().__init__()
        self._pictures: Sequence[Photo] = ()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().spacing[0])
        grid.setColumnStretch(columns, 1)
        self.tiles = [PhotoTile(theme.current().px(_HIGH)) for _ in range(MOST_PHOTOS)]
        for number, tile in enumerate(self.tiles):
            tile.clicked.connect(lambda _=False, at=number: self._open(at))
            grid.addWidget(tile, number // columns, number % columns)
        self.hide()

    def show_pictures(self, pictures: Sequence[Photo]) -> None:
        """These, in their order."""
        self._pictures = pictures
        for number, tile in enumerate(self.tiles):
            jpeg = pictures[number].jpeg if number < len(pictures) else None
            tile.show_picture(jpeg, f"看照片 {number + 1}")
        self.setVisible(bool(pictures))

    def _open(self, at: int) -> None:
        one = self._pictures[at]
        PhotoDialog(one.jpeg, one.taken_at, self.window(), removable=False).exec()
