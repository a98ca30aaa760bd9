"""地址签: which sheet, from which label on, how people are addressed."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.reports import labels
from app.reports.labels import SHEETS, LabelSheet
from app.services import letters
from app.services.letters import Addressing, Letters
from app.ui.kit.forms import choice
from app.ui.kit.labels import Label, box, column, row, small
from app.ui.papers.lists.controls import remember, remembered, tick
from app.ui.papers.lists.letter_panel import LetterPanel
from app.ui.papers.lists.sheet_miniature import SheetMiniature

_BY_WORDS = {sheet.words: sheet for sheet in SHEETS}
_MEMORY = "文书/标签纸"
Kind = tuple[LabelSheet, int, bool, bool]


class LabelPanel(LetterPanel):
    """A sheet of which some labels are gone is used up: a click says where to begin."""

    heading = labels.TITLE
    meta = "A4 标签纸"
    most_options = True

    def add_options(self) -> None:
        self.sheet = choice(list(_BY_WORDS), remembered(_MEMORY, _BY_WORDS))
        self.options.add("标签", self.sheet, span=2)
        self.add_addressing()
        self.miniature = SheetMiniature()
        self.miniature.show_sheet(self._chosen())
        self.begin = Label(bold=True)
        self.with_sender = tick("印上寄件单位", close=True)
        self.outline = tick("印裁切线（普通纸）", close=True)
        beside = column(
            self.begin,
            small("点左边的小图，从那一张印起", wrap=True),
            self.household,
            self.withdrawn,
            self.with_sender,
            self.outline,
            None,
            spacing=2,
        )
        self.options.add_full(box(row(self.miniature, (beside, 1), spacing=14)))
        self._connect_options()
        self._show_start()

    def read_options(self) -> tuple[Addressing, Kind]:
        kind = (
            self._chosen(),
            self.miniature.value(),
            self.with_sender.isChecked(),
            self.outline.isChecked(),
        )
        return self.addressing(), kind

    def leaving(self) -> Callable[[], object]:
        """The office has this paper: it is chosen the next time."""
        note, chosen = super().leaving(), self.sheet.currentText()

        def left() -> None:
            note()
            remember(_MEMORY, chosen)

        return left

    def make_letters(self, session: Session, found: Letters, kind: Any) -> Callable[[], bytes]:
        sheet, start, sender, outline = kind
        data = letters.label_sheets(
            session, found, sheet, start=start, sender=sender, outline=outline
        )
        return lambda: labels.render(data)

    def figure_words(self, found: Letters) -> str:
        pages = self._chosen().pages(len(found.labels), self.miniature.value())
        return f"{len(found.labels):,} 张标签・{pages:,} 页"

    def _chosen(self) -> LabelSheet:
        return _BY_WORDS[self.sheet.currentText()]

    def _connect_options(self) -> None:
        self.sheet.currentTextChanged.connect(lambda _: self.miniature.show_sheet(self._chosen()))
        self.miniature.changed.connect(lambda _: self._show_start())
        for box_ in (self.household, self.withdrawn, self.with_sender, self.outline):
            box_.toggled.connect(lambda _: self.soon())
        self.composed.connect(lambda *_: self.miniature.show_filled(len(self._found.labels)))

    def _show_start(self) -> None:
        self.begin.setText(f"从第 {self.miniature.value() + 1} 张印起")
        self.soon()
