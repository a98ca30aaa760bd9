"""One item that must not be certified: what stops a paper, and where the matter is dealt with."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.forbidden import ASK_ELSEWHERE, ForbiddenItem
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import ChipRow
from app.ui.kit.labels import Label, row, small
from app.ui.papers.grades import CHECKED, grade_chip

MOST_WORDS = 24
MOST_WORDS_LARGE = 8
_UNCHECKED = f"依据没有核到原文，告知单上只印“{ASK_ELSEWHERE}”。"


class ForbiddenCard(Card):
    """Beside the list; added items can be changed and removed here."""

    edit_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._item: ForbiddenItem | None = None
        self.name = Label("", "title", bold=True, wrap=True)
        self.place = small()
        self.facts = Facts(label=64)
        self.change = Button("修改", size="small")
        self.delete = Button("删除", kind="danger", size="small")
        self.change.clicked.connect(lambda: self.edit_wanted.emit(self._item))
        self.delete.clicked.connect(lambda: self.remove_wanted.emit(self._item))
        self.body.addWidget(self.name)
        self.body.addWidget(self.place)
        self.body.addWidget(self.facts)
        self.body.addStretch(1)
        self.body.addLayout(row(self.change, None, self.delete))

    def show_item(self, item: ForbiddenItem | None) -> None:
        """Everything that is known of an item; an empty card where none is chosen."""
        self._item = item
        added = item is not None and item.id is not None
        for button in (self.change, self.delete):
            button.setVisible(added)
        self.name.setText(item.name if item else "")
        self.place.setText(_place(item) if item else "")
        self.facts.set_pairs(_pairs(item) if item else [])


def _place(item: ForbiddenItem) -> str:
    fixed = "" if item.id is not None else "，国家规定，不能改动"
    return f"{item.place}{fixed}"


def _pairs(item: ForbiddenItem) -> list[tuple[str, str | QWidget]]:
    pairs: list[tuple[str, str | QWidget]] = [
        ("含括", item.notes),
        ("文件", item.document),
        ("去哪里", item.redirect),
        ("依据", item.redirect_basis),
    ]
    shown: list[tuple[str, str | QWidget]] = [(label, words) for label, words in pairs if words]
    if item.redirect_grade:
        shown.append(("可信度", ChipRow([grade_chip(item.redirect_grade)])))
    if item.redirect_grade not in {"", CHECKED}:
        shown.append(("告知单", small(_UNCHECKED, tone="warn", wrap=True)))
    shown.append(("拦下的词", small(_words(item.keywords), wrap=True)))
    if item.innocent:
        shown.append(("不拦的词", small(_words(item.innocent), wrap=True)))
    return shown


def _words(words: tuple[str, ...]) -> str:
    most = MOST_WORDS_LARGE if theme.current().large else MOST_WORDS
    shown = "、".join(words[:most])
    return f"{shown} 等 {len(words)} 个" if len(words) > most else shown
