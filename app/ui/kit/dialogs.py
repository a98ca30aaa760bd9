"""The base of all dialogs: title, body, a line of buttons; Enter never hits a button by chance."""

from itertools import count

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.ui.kit import keys, theme
from app.ui.kit.background import Job
from app.ui.kit.buttons import Button
from app.ui.kit.curtain import CURTAIN
from app.ui.kit.labels import Label, h2, small

CONFIRM_CAP = keys.cap("save")
_SHOWN = count(1)


class Dialog(QDialog):
    """`body` is the layout to fill; `add_button` puts buttons at the right of the foot.

    Esc closes. Enter presses only the button that has the focus, Ctrl+Enter the one that shows it.
    """

    grows = False
    """Whether it may become higher than Qt guesses, for words alone"""

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 460) -> None:
        super().__init__(parent)
        if parent is None:
            theme.dress(self)
        self.setWindowTitle(title)
        self._left = False
        self.shown_as = 0
        # A dialog keeps the keys of the windows behind it from working.
        for key in ("lock", "lock_alt"):
            keys.bind(self, key, CURTAIN.lock_requested.emit)
        self.setModal(True)
        self.setMinimumWidth(theme.current().px(width))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        space = theme.current().spacing
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(space[4], space[3], space[4], space[3])
        outer.setSpacing(space[2])
        outer.addWidget(h2(title))
        self.body = QVBoxLayout()
        self.body.setSpacing(space[1])
        outer.addLayout(self.body, 1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(space[1])
        self._foot.addStretch(1)
        outer.addLayout(self._foot)

    def add_button(self, button: Button, *, closes: bool | None = None) -> Button:
        """Append a button; closes=True accepts, False rejects, None leaves it to the caller."""
        if closes is not None:
            button.clicked.connect(self.accept if closes else self.reject)
        self._foot.addWidget(button)
        return button

    def exec(self) -> int:
        """Show it and wait until it is closed; behind the lock screen it waits without a window."""
        while True:
            self._left = CURTAIN.holds(self)
            if self._left and self._closed_behind():
                return self.result()
            self._left = False
            result = super().exec()
            if not self._left:
                return result

    def setVisible(self, visible: bool) -> None:
        """What a job shows while the screen is locked comes with the rest."""
        if visible and CURTAIN.holds(self):
            self._left = True
            return
        super().setVisible(visible)

    def put_away(self) -> None:
        """Leave the screen without being closed (curtain.py)."""
        self._left = True
        self.hide()

    def bring_back(self) -> None:
        """Come back after `put_away`, unless it was closed meanwhile."""
        if self._left:
            self.show()

    def rest(self) -> None:
        """Nobody is at the desk: numbers in clear are masked, what is typed stays."""

    def done(self, result: int) -> None:
        """Closed, also where it is not on the screen."""
        self._left = False
        super().done(result)

    def _closed_behind(self) -> bool:
        """Wait until the curtain is lifted; whether the dialog was closed meanwhile."""
        loop = QEventLoop()
        self.finished.connect(loop.quit)
        CURTAIN.wait(loop)
        return not self._left

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words need at this width: Qt guesses a width for lines that wrap."""
        super().showEvent(event)
        self.shown_as = next(_SHOWN)
        height = self._outer.totalHeightForWidth(self.width())
        if 0 < height < self.height() or (self.grows and height > self.height()):
            self.resize(self.width(), height)

    def refit(self) -> None:
        """As high as what is asked now, after fields came or went."""
        self._outer.activate()
        height = self._outer.totalHeightForWidth(self.width())
        self.resize(self.width(), height if height > 0 else self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A dialog that grows moves up rather than below the edge of the screen."""
        super().resizeEvent(event)
        room = self.screen().availableGeometry()
        below = self.frameGeometry().bottom() - room.bottom()
        if self.isVisible() and below > 0:
            self.move(self.x(), max(room.top(), self.y() - below))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            # The finger still rests on the key that opened this dialog.
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._confirm()
        else:
            button = self.focusWidget()
            if isinstance(button, Button):
                button.click()

    def _confirm(self) -> None:
        """The button that shows Ctrl+Enter, wherever the focus is."""
        places = (self._foot.itemAt(place) for place in range(self._foot.count()))
        for button in (place.widget() for place in places):
            if isinstance(button, Button) and button.cap == CONFIRM_CAP:
                button.click()
                return


class Question(Dialog):
    """A decision in words: the action is named on its button, and 取消 has the focus."""

    grows = True

    def __init__(
        self,
        title: str,
        text: str,
        action_label: str,
        *,
        destructive: bool = False,
        cancel_label: str = "取消",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.words = text
        self.body.addWidget(Label(text, wrap=True))
        self.action = Button(action_label, kind="danger" if destructive else "primary")
        self.cancel = Button(cancel_label, cap="Esc")
        self.add_button(self.cancel, closes=False)
        self.add_button(self.action, closes=True)
        (self.cancel if destructive else self.action).setFocus()


class Message(Dialog):
    """One sentence to be read, and how to go on."""

    grows = True

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.words = text
        label = Label(text, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(label)
        self.close_button = self.add_button(
            Button("知道了", kind="primary", cap="Esc"), closes=True
        )
        self.close_button.setFocus()


class NumberMessage(Message):
    """A number in clear, for as long as somebody sits before it."""

    def rest(self) -> None:
        self.reject()


class ProgressDialog(Dialog):
    """A running job: bar, words, 取消. Closes itself when the job has ended."""

    def __init__(
        self, title: str, job: Job, parent: QWidget | None = None, *, can_cancel: bool = True
    ) -> None:
        super().__init__(title, parent)
        self._job = job
        self._can_cancel = can_cancel
        self.bar = QProgressBar()
        self.bar.setAccessibleName(title)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setFixedHeight(theme.current().px(10))
        self.words = small("正在准备…")
        self.body.addWidget(self.bar)
        self.body.addWidget(self.words)
        self.stop = self.add_button(Button("取消", cap="Esc"))
        self.stop.clicked.connect(self.reject)
        self.stop.setVisible(can_cancel)
        job.progress.connect(self.show_progress)
        job.ended.connect(self.accept)

    def show_progress(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.words.setText(text or f"{done:,} / {total:,}")

    def reject(self) -> None:
        """Ask the job to stop and wait until it has."""
        if not self._can_cancel:
            return
        self.words.setText("正在取消，已做的会全部收回…")
        self.stop.setEnabled(False)
        self._job.cancel()
