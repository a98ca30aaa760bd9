"""Shown while a file is read, compared or written: a bar, words, 取消."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from app.ui.kit import theme
from app.ui.kit.background import Job
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import Label, column, small


class BusyPage(QWidget):
    """One job at a time. 取消 leaves nothing behind, and says so."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._title = Label(role="h2", bold=True)
        self._promise = small()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(theme.current().px(10))
        self._words = small()
        self.stop = Button("取消", action="close")
        self.stop.clicked.connect(self.cancel)
        self.stop.bind(self)
        card = Card(margins=(28, 24, 28, 24), spacing=12)
        card.setFixedWidth(theme.current().px(560))
        for part in (self._title, self._promise, self._bar, self._words):
            card.body.addWidget(part)
        card.body.addWidget(self.stop, alignment=Qt.AlignmentFlag.AlignRight)
        layout = column(None, card, None)
        layout.setAlignment(card, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)

    def watch(self, title: str, promise: str, job: Job) -> None:
        """Follow a job until it has ended."""
        self._job = job
        self._title.setText(title)
        self._promise.setText(promise)
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, 0)
        self._words.setText("正在准备…")
        self.stop.setEnabled(True)
        job.progress.connect(self._show)
        self.stop.setFocus()

    def cancel(self) -> None:
        if self._job is not None:
            self.stop.setEnabled(False)
            self._words.setText("正在取消，已做的会全部收回…")
            self._job.cancel()

    def _show(self, done: int, total: int, words: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if self.stop.isEnabled():
            self._words.setText(words or f"{done:,} / {total:,}")
