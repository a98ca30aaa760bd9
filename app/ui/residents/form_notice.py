"""A bar over the form: a draft from before, or somebody else's change. Never a dialog."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QSizePolicy

from app.ui.kit import icons
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, icon_label, row, small
from app.ui.kit.tokens import TONES

_ICONS = {"info": "history", "warn": "alert-outline", "danger": "alert-circle-outline"}


class FormNotice(QFrame):
    """Words, and up to two buttons. Empty words take it away."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Label(bold=True)
        self._detail = small(wrap=True)
        self._picture = icon_label("history")
        self._slots: list[Callable[[], object]] = []
        self.first = Button("", size="small")
        self.second = Button("", kind="link", size="small")
        self.first.clicked.connect(lambda: self._answer(0))
        self.second.clicked.connect(lambda: self._answer(1))
        words = row(self._words, (self._detail, 1), spacing=12)
        line = row(self._picture, (words, 1), self.first, self.second, margins=(14, 6, 14, 6))
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def words(self) -> str:
        return f"{self._words.text()} {self._detail.text()}".strip()

    def show_words(
        self,
        words: str,
        detail: str = "",
        *,
        tone: str = "info",
        answers: tuple[tuple[str, Callable[[], object]], ...] = (),
    ) -> None:
        """Show a bar; each answer takes it away and calls its slot."""
        self.setObjectName(tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._words.setText(words)
        self._words.set_tone("sel" if tone == "info" else tone)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        size = self._picture.width()
        picture = icons.pixmap(_ICONS[tone], TONES[tone][0], size, self.devicePixelRatioF())
        self._picture.setPixmap(picture)
        self._slots = [slot for _, slot in answers]
        for place, button in enumerate((self.first, self.second)):
            button.setVisible(place < len(answers))
            if place < len(answers):
                button.setText(answers[place][0])
        self.setVisible(True)

    def _answer(self, place: int) -> None:
        self.hide()
        self._slots[place]()
