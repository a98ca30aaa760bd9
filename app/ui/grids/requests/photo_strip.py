"""Photographs of a request: small beside each other, large when one is opened."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.context import Context
from app.services import request_photos
from app.services.photos import MOST_PHOTOS, Photo
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.labels import column, row, small, title
from app.ui.kit.pictures import KINDS
from app.ui.people.photos import PhotoDialog, PhotoTile, small_jpeg

_HIGH = 56
"""Pixels in both sizes of text: six small pictures stand side by side."""


class PhotoStrip(QWidget):
    """Every change is in the file at once; the file is encrypted, and so are the pictures.

    `add_button` is for the foot of the window around.
    """

    changed = Signal()

    def __init__(self, context: Context, request_id: int) -> None:
        super().__init__()
        self._context = context
        self._id = request_id
        self._nothing = small("没有照片")
        self.add_button = Button("添加照片…", kind="ghost", size="small", icon="image-plus-outline")
        self.add_button.clicked.connect(self.choose)
        self._pictures: Sequence[Photo] = ()
        self.tiles = [PhotoTile(_HIGH) for _ in range(MOST_PHOTOS)]
        for number, tile in enumerate(self.tiles):
            tile.clicked.connect(lambda _=False, at=number: self._open(self._pictures[at]))
        line = row(title("照片"), self._nothing, None)
        self.setLayout(column(line, row(*self.tiles, None, spacing=4), spacing=4))

    def show_photos(self, pictures: Sequence[Photo], *, editable: bool) -> None:
        """What is kept; `editable`: more can be added, and each thrown away."""
        self._pictures, self._editable = pictures, editable
        self._nothing.setVisible(not pictures)
        self.add_button.setVisible(editable)
        self.add_button.setEnabled(len(pictures) < MOST_PHOTOS)
        for number, tile in enumerate(self.tiles):
            one = pictures[number] if number < len(pictures) else None
            name = f"看 {one.taken_at:%m-%d %H:%M} 存的照片" if one else ""
            tile.show_picture(one.jpeg if one else None, name)

    def choose(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, "选一张照片", "", KINDS)
        if file:
            with messages.domain_errors_shown(self):
                self.add(Path(file))

    def add(self, file: Path) -> None:
        """Scale it down and keep it; raises DomainError where it is no picture."""
        jpeg = small_jpeg(file)
        with self._context.database.transaction("存诉求的照片") as session:
            now = self._context.clock.now()
            request_photos.add_photo(session, self._id, jpeg, now=now)
        self.changed.emit()

    def _open(self, picture: Photo) -> None:
        dialog = PhotoDialog(
            picture.jpeg, picture.taken_at, self.window(), removable=self._editable
        )
        if dialog.exec():
            with (
                messages.domain_errors_shown(self),
                self._context.database.transaction("删除诉求的照片") as session,
            ):
                request_photos.remove_photo(session, picture.id)
            self.changed.emit()
