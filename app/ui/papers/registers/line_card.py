"""One line of a register in full, beside the table that has no room for all its columns."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea

from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Facts
from app.ui.kit.labels import Label, box, column, row

# Where nothing else says what is missing, the empty columns are left out.
_NOTHING = "还没有选中一行"


class LineCard(Card):
    """Every column of the line that has something in it, in the order of the register."""

    def __init__(self, headings: Sequence[str], opening: str) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self.title = Label("", "title", bold=True, wrap=True)
        self.facts = Facts(label=_label_width(headings))
        self.body.addWidget(self.title)
        self.open_button = Button(opening, cap="Enter")
        self.body.addWidget(self._scroll_area(), 1)
        self.body.addLayout(row(None, self.open_button))

    def show_line(self, line: Sequence[str] | None, *, opens: bool = False) -> None:
        """`line` holds one text per heading, the first two its place and what it is called by."""
        self.open_button.setVisible(opens)
        if line is None:
            self.title.setText(_NOTHING)
            self.facts.set_pairs([])
            return
        self.title.setText(line[1])
        pairs = zip(self._headings[2:], line[2:], strict=True)
        self.facts.set_pairs([(heading, words) for heading, words in pairs if words])

    def _scroll_area(self) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = box(column(self.facts, None))
        scroll.setWidget(inside)
        # The white of the card, not the grey of windows.
        inside.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        return scroll


def _label_width(headings: Sequence[str]) -> int:
    """In pixels of 标准, for small type."""
    return 14 + 12 * max(map(len, headings))
