"""Photographs of a request: small beside each other, large when one is opened."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from app.context import Context
from app.services import request_photos
from app.services.request_photos import MOST_PHOTOS, RequestPicture
from app.ui.grids.diary.photos_field import small_jpeg
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import column, row, small, title
from app.ui.kit.pictures import KINDS

_SMALL, _HIGH = 56, 520
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
        self.tiles = [_Tile() for _ in range(MOST_PHOTOS)]
        for tile in self.tiles:
            tile.opened.connect(self._open)
        line = row(title("照片"), self._nothing, None)
        self.setLayout(column(line, row(*self.tiles, None, spacing=4), spacing=4))

    def show_photos(self, pictures: Sequence[RequestPicture], *, editable: bool) -> None:
        """What is kept; `editable`: more can be added, and each thrown away."""
        self._editable = editable
        self._nothing.setVisible(not pictures)
        self.add_button.setVisible(editable)
        self.add_button.setEnabled(len(pictures) < MOST_PHOTOS)
        for number, tile in enumerate(self.tiles):
            tile.show_picture(pictures[number] if number < len(pictures) else None)

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

    def _open(self, picture: RequestPicture) -> None:
        dialog = PhotoDialog(picture, self.window(), removable=self._editable)
        if dialog.exec():
            with (
                messages.domain_errors_shown(self),
                self._context.database.transaction("删除诉求的照片") as session,
            ):
                request_photos.remove_photo(session, picture.id)
            self.changed.emit()


class PhotoDialog(Dialog):
    """One photograph; accepted where it is to be thrown away."""

    def __init__(
        self, picture: RequestPicture, parent: QWidget | None = None, *, removable: bool
    ) -> None:
        super().__init__(f"{picture.taken_at:%Y-%m-%d %H:%M} 存的照片", parent)
        shown = QLabel()
        shown.setPixmap(_scaled(picture.jpeg, round(_HIGH * 1.8), _HIGH))
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


class _Tile(QPushButton):
    """A small picture; a click, or Enter on it, shows it large."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._picture: RequestPicture | None = None
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setIconSize(QSize(round(_SMALL * 1.4), _SMALL))
        self.setFixedSize(self.iconSize() + QSize(4, 4))
        self.clicked.connect(lambda: self.opened.emit(self._picture))
        self.hide()

    def show_picture(self, picture: RequestPicture | None) -> None:
        """A photograph, or nothing."""
        self._picture = picture
        self.setVisible(picture is not None)
        if picture is not None:
            size = self.iconSize()
            self.setIcon(QIcon(_scaled(picture.jpeg, size.width(), size.height())))
            self.setAccessibleName(f"看 {picture.taken_at:%m-%d %H:%M} 存的照片")


def _scaled(jpeg: bytes, width: int, height: int) -> QPixmap:
    """The picture inside this room; an empty one where it is damaged."""
    picture = QPixmap()
    picture.loadFromData(jpeg)
    if picture.isNull():
        return picture
    keep = Qt.AspectRatioMode.KeepAspectRatio
    return picture.scaled(width, height, keep, Qt.TransformationMode.SmoothTransformation)
