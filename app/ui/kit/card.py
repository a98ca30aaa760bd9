"""Cards: white frames with a title line, coloured notice bars, label-value lines."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit import icons, theme
from app.ui.kit.labels import Label, clear, column, icon_label, row, small, title
from app.ui.kit.tokens import TONES


class Card(QFrame):
    """A white frame; `body` is the vertical layout to fill."""

    def __init__(
        self,
        *,
        margins: tuple[int, int, int, int] = (16, 12, 16, 14),
        spacing: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        px = theme.current().px
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*(px(side) for side in margins))
        self.body.setSpacing(px(spacing))

    def heading(self, words: str, meta: str = "", *actions: QWidget) -> None:
        """Title, quiet words beside it, actions at the right."""
        self.body.addLayout(heading(words, meta, *actions))


def heading(words: str, meta: str = "", *actions: QWidget) -> QLayout:
    """The title line of a card or of a part of it."""
    quiet = [small(meta)] if meta else []
    return row(title(words), *quiet, None, *actions, spacing=10)


class Notice(QFrame):
    """A coloured bar with an icon: tone ok warn danger info soft; a bold line, an explanation."""

    def __init__(self, words: str, detail: str = "", *, tone: str = "info", icon: str = "") -> None:
        super().__init__()
        self._icon_name = icon
        self._line = Label(words, bold=True, wrap=True)
        self._detail = small(detail, wrap=True)
        self._picture = icon_label(icon or _ICONS[tone])
        words_column = column(self._line, self._detail, spacing=0)
        self.setLayout(row(self._picture, (words_column, 1), spacing=10, margins=(14, 8, 14, 8)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_text(words, detail, tone=tone)

    @property
    def words(self) -> str:
        """The bold line that is shown."""
        return self._line.text()

    @property
    def detail(self) -> str:
        """The explanation that is shown."""
        return self._detail.text()

    def show_text(self, words: str, detail: str = "", *, tone: str = "info") -> None:
        """Change words and colour in place."""
        if self.objectName() != tone:
            self.setObjectName(tone)
            self.style().unpolish(self)
            self.style().polish(self)
        self._line.setText(words)
        self._line.setVisible(bool(words))
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        label_tone = "text" if tone == "soft" else "sel" if tone == "info" else tone
        self._line.set_tone(label_tone)
        self._detail.set_tone("text2" if tone in ("soft", "info") else tone)
        color = TONES.get(tone, TONES["grey"])[0]
        name = self._icon_name or _ICONS[tone]
        size, ratio = self._picture.width(), self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap(name, color, size, ratio))


_ICONS = {
    "ok": "check-circle-outline",
    "warn": "alert-outline",
    "danger": "alert-circle-outline",
    "info": "information-outline",
    "soft": "lightbulb-outline",
}


class Facts(QWidget):
    """Quiet label at the left, fact at the right, one line each."""

    def __init__(self, pairs: Sequence[tuple[str, str | QWidget]] = (), *, label: int = 52) -> None:
        super().__init__()
        self._label = label
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(theme.current().px(2))
        self._grid.setColumnStretch(1, 1)
        self.set_pairs(pairs)

    def ends(self) -> list[int]:
        """Where each line ends, from the upper edge of what they stand in."""
        facts = (self._grid.itemAtPosition(line, 1) for line in range(self._grid.rowCount()))
        return [self.y() + fact.geometry().bottom() + 1 for fact in facts if fact is not None]

    def set_pairs(self, pairs: Sequence[tuple[str, str | QWidget]]) -> None:
        """Replace all lines."""
        clear(self._grid)
        for line, (name, fact) in enumerate(pairs):
            label = small(name)
            label.setFixedWidth(theme.current().px(self._label))
            if isinstance(fact, str):
                # Small beside base type: the same line of writing, not the same upper edge.
                label.setContentsMargins(0, theme.current().px(3), 0, 0)
            self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Label(fact, wrap=True) if isinstance(fact, str) else fact, line, 1)
