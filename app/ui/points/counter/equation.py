"""126 − 68 = 58, as large as the resident can read it across the counter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, column, row, small
from app.ui.points.counter.till import Till

_WITH_PAPER = "确认兑换并打小票"
_FIGURES = 20.0
_LARGE_FIGURES = 27.0


class Equation(QWidget):
    """The three figures, and beside them the one button of the counter."""

    def __init__(self, till: Till) -> None:
        super().__init__()
        self._till = till
        self.before, self.taken, self.after = (self._figure() for _ in range(3))
        self.after_words = small("兑换后")
        self.confirm = Button(_WITH_PAPER, kind="primary", size="main", cap="Enter")
        # The button says why it is off, and stays as wide as it is.
        self.confirm.setFixedWidth(self.confirm.sizeHint().width())
        self.prints = True
        parts = (
            self._part(small("兑换前"), self.before),
            self._sign("−"),
            self._part(small("本次"), self.taken),
            self._sign("="),
            self._part(self.after_words, self.after),
        )
        self.setLayout(row(None, *parts, None, self.confirm, spacing=18, margins=(8, 2, 15, 10)))

    def show_till(self) -> None:
        """The figures of the basket; what is missing stands in place of what remains."""
        till = self._till
        self.before.setText(f"{till.before:,}")
        self.taken.setText(f"{till.lines.points:,}")
        missing = till.after < 0
        self.after.setText(f"差 {-till.after:,}" if missing else f"{till.after:,}")
        self.after_words.setText("积分不够" if missing else "兑换后")
        for label in (self.after, self.after_words):
            label.set_tone("danger" if missing else "text2" if label is self.after_words else "sel")
        verdict = till.verdict
        self.confirm.setEnabled(verdict.ok)
        go = _WITH_PAPER if self.prints else "确认兑换"
        why = verdict.words if len(verdict.words) <= len(_WITH_PAPER) else "不能兑换"
        self.confirm.setText(go if verdict.ok else why)

    @staticmethod
    def _figure() -> Label:
        size = _LARGE_FIGURES if theme.current().large else _FIGURES
        label = Label("0")
        label.setFont(theme.font(size, bold=True))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    @staticmethod
    def _part(words: Label, figure: Label) -> QLayout:
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return column(words, figure, spacing=2)

    @staticmethod
    def _sign(sign: str) -> Label:
        label = Label(sign, "h1", tone="text2")
        label.setAlignment(Qt.AlignmentFlag.AlignBottom)
        return label
