"""Beside the form while the title is typed: topics that may ask for the same."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models import TopicState
from app.services.topic_views import TopicRow
from app.services.topics import FRESH
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.chips import ChipRow
from app.ui.kit.labels import Label, box, clear, column, row, rule, small, title
from app.ui.meetings.topics.words import behind_words, name_of, state_chip

_LARGE_MODE = 3
"""So many are shown there; the rest are found in the list"""


class SimilarSide(Card):
    """Never takes the focus by itself; 并到这一件 writes the form down and merges it."""

    merge_asked = Signal(int)
    """id of the topic that goes on"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(14, 12, 14, 12), spacing=6)
        self.setParent(parent)
        self.found: Sequence[TopicRow] = ()
        self._said = small(wrap=True)
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.current().px(6))
        self.body.addWidget(title("相似的议题"))
        self.body.addWidget(self._said)
        self.body.addLayout(self._place)
        self.body.addStretch(1)
        self.show_found((), new=True, typed=False)

    def show_found(self, found: Sequence[TopicRow], *, new: bool, typed: bool) -> None:
        """`new`: the topic can still go on with another one."""
        most = _LARGE_MODE if theme.current().large else len(found)
        self.found = found[:most]
        clear(self._place)
        for one in self.found:
            self._place.addWidget(self._line(one, new=new))
        self._said.setText(_words(self.found, new=new, typed=typed))

    def _line(self, found: TopicRow, *, new: bool) -> QWidget:
        heading = Label(name_of(found), bold=True, wrap=True)
        facts = "，".join(part for part in (behind_words(found), found.place) if part)
        chips = ChipRow([state_chip(found)])
        line = row((chips, 1))
        if new and found.state in (*FRESH, *_GOING_ON):
            merge = Button("并到这一件", size="small")
            merge.setAccessibleName(f"并到 {name_of(found)}")
            merge.clicked.connect(lambda _=False, key=found.id: self.merge_asked.emit(key))
            line = row((chips, 1), merge)
        return box(column(rule(), heading, small(facts, wrap=True), line, spacing=4))


_GOING_ON = (TopicState.ON_AGENDA, TopicState.DISCUSSED, TopicState.DECIDED)


def _words(found: Sequence[TopicRow], *, new: bool, typed: bool) -> str:
    if not found:
        return "没有提过相似的事。" if typed else "写议题时，提过的相似的事会列在这里。"
    if new:
        return "可能说的是同一件事。并过去以后一起办，提出人都记着。"
    return "要并入其中一件，请保存后在列表里选它，点“并入”。"
