"""What a list shows when there is nothing in it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, hide_unless, icon_label, row, small
from app.ui.kit.tokens import COLORS


class EmptyState(QWidget):
    """An icon, one sentence, and what can be done now; '' for no icon."""

    def __init__(
        self,
        icon: str,
        sentence: str,
        detail: str = "",
        actions: tuple[tuple[str, Callable[[], object]], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.current().spacing[1])
        layout.addStretch(1)
        self._picture: QWidget | None = None
        if icon:
            self._picture = icon_label(icon, COLORS.input_border, theme.current().px(40))
            layout.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._sentence = Label(sentence, "title", bold=True)
        layout.addWidget(self._sentence, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._detail = small(detail)
        hide_unless(bool(detail), self._detail)
        layout.addWidget(self._detail, alignment=Qt.AlignmentFlag.AlignHCenter)
        buttons = self._buttons(actions)
        layout.addLayout(row(None, *buttons, None))
        if buttons:
            self.setFocusProxy(buttons[0])
        layout.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the picture gives way to the words."""
        super().resizeEvent(event)
        layout = self.layout()
        if self._picture is None or layout is None:
            return
        taken = self._picture.sizeHint().height() + layout.spacing()
        words = layout.minimumSize().height() - (0 if self._picture.isHidden() else taken)
        self._picture.setHidden(words + taken > self.height())

    def set_sentence(self, words: str, detail: str | None = None) -> None:
        """Another reason why there is nothing; None leaves what can be done as it is."""
        self._sentence.setText(words)
        if detail is not None:
            self._detail.setText(detail)
            self._detail.setVisible(bool(detail))

    def _buttons(self, actions: tuple[tuple[str, Callable[[], object]], ...]) -> list[Button]:
        buttons = []
        for number, (words, slot) in enumerate(actions):
            button = Button(words, kind="normal" if number else "primary")
            button.clicked.connect(lambda _=False, call=slot: call())
            buttons.append(button)
        return buttons


def counting() -> EmptyState:
    """While figures are made in the background nobody knows yet that there are none."""
    return EmptyState("", "正在统计…")


def not_found(sentence: str, clear: Callable[[], object]) -> EmptyState:
    """What a narrowed list shows: `clear` takes back all that narrows it."""
    return EmptyState(
        "filter-off-outline",
        sentence,
        "换个条件，或者把筛选都去掉。",
        (("清除筛选", clear),),
    )
