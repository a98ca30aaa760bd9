"""The list of fill codes by group: letters or pinyin find one, Enter puts it at the cursor."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.services.fill_codes import ASK, CODES
from app.ui.kit import theme
from app.ui.kit.labels import small
from app.ui.kit.search_box import SearchBox
from app.ui.papers.choices import Choice, PaperChoices

ASKED = f"{ASK}说明"
ROWS = 11
_ASKED_GROUP = "现填"


class CodePicker(QFrame):
    """A list that drops down at the cursor; `picked` carries the code without its braces."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        metrics = theme.current()
        self.search = SearchBox("拼音或名称", name="查找填充码", action="")
        self.codes = PaperChoices()
        self.codes.setAccessibleName("填充码")
        self.codes.set_groups(_groups())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(metrics.px(8),) * 4)
        layout.setSpacing(metrics.px(6))
        layout.addWidget(self.search)
        layout.addWidget(self.codes, 1)
        layout.addWidget(small("右边是样例，开证明时换成本人的内容。"))
        self.codes.setFixedHeight(ROWS * metrics.px(30))
        self.setFixedWidth(metrics.px(340))
        self.adjustSize()
        self.search.searched.connect(self._filter)
        self.search.left_down.connect(self._into_list)
        self.search.submitted.connect(lambda _: self.codes.open_current())
        self.codes.opened.connect(self._pick)

    def open_at(self, place: QPoint) -> None:
        """Drop down below a point of the screen, above it where there is no room below."""
        self.search.clear()
        self.codes.choose_first()
        screen = QGuiApplication.screenAt(place) or self.screen()
        room = screen.availableGeometry()
        x = max(room.left(), min(place.x(), room.right() - self.width()))
        y = place.y()
        if y + self.height() > room.bottom():
            y = max(room.top(), room.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves what was typed as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _filter(self, typed: str) -> None:
        self.codes.filter(typed)
        self.codes.choose_first()

    def _into_list(self) -> None:
        self.codes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick(self, code: str) -> None:
        self.hide()
        self.picked.emit(code)


def _groups() -> list[tuple[str, list[Choice]]]:
    groups: dict[str, list[Choice]] = {}
    for code in CODES:
        groups.setdefault(code.group, []).append(Choice(code.code, code.label, code.sample))
    asked = Choice(ASKED, "别的内容，开证明时现填", "{填:说明}")
    return [*groups.items(), (_ASKED_GROUP, [asked])]
