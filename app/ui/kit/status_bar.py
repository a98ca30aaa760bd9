"""The status line: left the keys that work now, right what is safe, who works, which day."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit import icons, keys, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import KeyHints
from app.ui.kit.labels import Label, icon_label, small
from app.ui.kit.tokens import COLORS

SHOWN = 6_000
"""Milliseconds for which a sentence replaces the keys."""


class _Link(Label):
    """Words that lead somewhere; what they lead to can be reached by keys as well."""

    clicked = Signal()

    def __init__(self, tone: str = "text2") -> None:
        super().__init__("", "small", tone=tone)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()


class StatusBar(QWidget):
    """`legend` comes from the page; `say()` shows for a moment what was done."""

    backup_clicked = Signal()
    """What is said of backups was clicked: why it failed, where to do something about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        metrics = theme.current()
        self.setObjectName("statusbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(metrics.status)
        self._hints = KeyHints()
        self._sentence = small(tone="ok")
        self._sentence.hide()
        self._saved = small()
        self._backup = _Link()
        self._unconfirmed = _Link("warn")
        self._unconfirmed.hide()
        for link in (self._backup, self._unconfirmed):
            link.clicked.connect(self.backup_clicked)
        self.printing = Button("", kind="link", size="small", icon="printer-outline")
        self.printing.setFixedHeight(metrics.status - 4)
        self.printing.hide()
        self._sheet = small(tone="warn")
        self._sheet.hide()
        self._user = small()
        self._day = small()
        self.lock = _Link()
        self.lock.setPixmap(icons.pixmap("lock-outline", COLORS.text2, metrics.px(15)))
        self.lock.setToolTip(f"锁定（{keys.cap('lock')}）")
        self.lock.setAccessibleName("锁定")
        self.lock.hide()
        self._fill()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._calm_down)

    def set_legend(self, legend: Sequence[tuple[str, str]]) -> None:
        self._hints.set_hints(legend)

    def say(self, sentence: str, *, tone: str = "ok") -> None:
        """Show what was done, instead of the keys, for some seconds."""
        self._sentence.set_tone(tone)
        self._sentence.setText(sentence)
        self._sentence.show()
        self._hints.hide()
        self._timer.start(SHOWN)

    def warn(self, sentence: str) -> None:
        """The same of what was not done."""
        self.say(sentence, tone="warn")

    def show_saved(self, clock: str) -> None:
        """Time of the last commit, `09:41`; empty before the first."""
        self._saved.setText(f"已保存 {clock}" if clock else "没有改动")

    def show_backup(self, words: str, *, tone: str = "text2") -> None:
        """How old the copies are; tone warn or danger where something is to be done."""
        self._backup.setText(words)
        self._backup.set_tone(tone)

    def show_unconfirmed(self, waits: bool) -> None:
        """A restore that nobody has said yes to keeps every backup."""
        self._unconfirmed.setText("恢复后还没确认，点这里" if waits else "")
        self._unconfirmed.setVisible(waits)

    def show_printing(self, words: str) -> None:
        """What is on its way to the printer; a click opens the queue. Empty: nothing is."""
        self.printing.setText(words)
        self.printing.setVisible(bool(words))

    def show_sheet_missing(self, missing: bool) -> None:
        """There is no recovery sheet on paper; 设置 tells what to do."""
        self._sheet.setText("恢复单没打印，到「设置 · 使用人」补" if missing else "")
        self._sheet.setVisible(missing)

    def show_user(self, name: str) -> None:
        """In 大字 the name gives way to the keys."""
        self._user.setText(f"经办 {name}")
        self._user.setVisible(bool(name) and not theme.current().large)

    def show_lock(self, offered: bool) -> None:
        """A lock to click on, where there is a password to come back with."""
        self.lock.setVisible(offered)

    def show_day(self, words: str) -> None:
        self._day.setText(words)

    def _fill(self) -> None:
        metrics = theme.current()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(metrics.spacing[3], 1, metrics.spacing[3], 0)
        layout.setSpacing(metrics.px(6))
        layout.addWidget(self._hints, 1)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self.printing)
        tick = icon_label("check-circle-outline", COLORS.ok, metrics.px(14))
        layout.addWidget(tick)
        for label in (
            self._saved,
            self._sheet,
            self._unconfirmed,
            self._backup,
            self._user,
            self._day,
            self.lock,
        ):
            layout.addWidget(label)
            layout.addSpacing(metrics.px(8))

    def _calm_down(self) -> None:
        self._sentence.hide()
        self._hints.show()
