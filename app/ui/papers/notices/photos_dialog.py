"""Photographs of the board on which a 公示 hangs: added from a file, looked at, thrown away."""

from itertools import zip_longest
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QWidget

from app.context import Context
from app.services import publicity_board
from app.services.notices import NoticeLine
from app.services.publicity_board import MOST_PHOTOS, PhotoView
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import column, row, small
from app.ui.kit.pictures import KINDS, as_jpeg
from app.ui.kit.states import EmptyState

LONGEST_SIDE = 1600
_COLUMNS = 3
_SIDE = 190


class PhotosDialog(Dialog):
    """Every change is in the file at once; the file is encrypted, and so are the pictures."""

    def __init__(self, context: Context, line: NoticeLine, parent: QWidget | None = None) -> None:
        super().__init__("公示栏照片", parent, width=640)
        self._context = context
        self._line = line
        self._empty = EmptyState("image-outline", "还没有照片，拍一张公示栏存在这里备查")
        # All places are made at once: buttons that come later would be last in the order of Tab.
        self.tiles = [_Tile() for _ in range(MOST_PHOTOS)]
        grid = QGridLayout()
        grid.setSpacing(theme.current().spacing[2])
        for number, tile in enumerate(self.tiles):
            tile.removed.connect(self._remove)
            grid.addWidget(tile, number // _COLUMNS, number % _COLUMNS)
        self.body.addWidget(small(f"《{line.title}》　照片缩小后加密存在资料里。", wrap=True))
        self.body.addWidget(self._empty)
        self.body.addLayout(grid)
        self.add_photo_button = self.add_button(
            Button("添加照片…", kind="primary", icon="image-plus-outline")
        )
        self.add_photo_button.clicked.connect(self.choose)
        self.add_button(Button("关闭", cap="Esc"), closes=True)
        self.refresh()

    def refresh(self) -> None:
        """Show what is kept."""
        with self._context.database.reading() as session:
            found = publicity_board.photos(session, self._line.id)
        self._empty.setVisible(not found)
        self.add_photo_button.setEnabled(len(found) < MOST_PHOTOS)
        for tile, photo in zip_longest(self.tiles, found):
            tile.show_photo(photo)

    def choose(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, "选一张公示栏的照片", "", KINDS)
        if file:
            with messages.domain_errors_shown(self):
                self.add(as_jpeg(Path(file), LONGEST_SIDE, LONGEST_SIDE))

    def add(self, jpeg: bytes) -> None:
        """Keep a picture; raises DomainError where it cannot be."""
        sentence = f"存公示《{self._line.title}》的照片"
        with self._context.database.transaction(sentence) as session:
            now = self._context.clock.now()
            publicity_board.add_photo(session, self._line.id, jpeg, now=now)
        self.refresh()

    def _remove(self, photo_id: int) -> None:
        words = "照片删了就找不回来了。"
        if not messages.confirm(self, "删除照片", words, "删除", destructive=True):
            return
        sentence = f"删除公示《{self._line.title}》的照片"
        with (
            messages.domain_errors_shown(self),
            self._context.database.transaction(sentence) as session,
        ):
            publicity_board.remove_photo(session, photo_id)
        self.refresh()


class _Tile(QWidget):
    """One photograph with its moment and a way to throw it away."""

    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._photo: PhotoView | None = None
        self._picture = QLabel()
        self._when = small()
        self.remove = Button("删除", kind="link", size="small")
        self.remove.clicked.connect(self._ask)
        self.setLayout(column(self._picture, row(self._when, None, self.remove), spacing=2))
        self.hide()

    def show_photo(self, photo: PhotoView | None) -> None:
        """A photograph, or nothing."""
        self._photo = photo
        self.setVisible(photo is not None)
        if photo is None:
            return
        picture = QPixmap()
        picture.loadFromData(photo.jpeg)
        side = theme.current().px(_SIDE)
        keep = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        when = f"{photo.taken_at:%Y-%m-%d %H:%M}"
        self._picture.setPixmap(picture.scaled(side, side, keep, smooth))
        self._picture.setAccessibleName(f"{when} 存的照片")
        self._when.setText(when)
        self.remove.setAccessibleName(f"删除 {when} 的照片")

    def _ask(self) -> None:
        if self._photo is not None:
            self.removed.emit(self._photo.id)
