"""本人信息单: choose the person, look, print."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.reports import info_sheet
from app.services import cards, papers
from app.services.papers import Printing
from app.ui.kit import theme
from app.ui.kit.background import Progress
from app.ui.kit.card import Card, Notice
from app.ui.kit.labels import small
from app.ui.papers.panel import PaperPanel
from app.ui.people.person_picker import PersonPicker

_WHY = "依《个人信息保护法》第四十五条，居民可以查阅、复制社区保存的本人资料。先核对来人证件。"

_NOBODY = ("还没有选人", "输入姓名、拼音、证件或电话尾号，按 Enter 选定。")


class SheetPanel(PaperPanel):
    """One person's sheet. Numbers stand on it in full, so that showing it is journaled."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._resident_id: int | None = None
        self._name = ""
        self.picker = PersonPicker(context, lines=5 if theme.current().large else 8)
        self.picker.picked.connect(self.show_person)
        self.chosen = Notice(*_NOBODY)
        card = Card(spacing=10)
        card.heading(info_sheet.TITLE, "一人一页")
        card.body.addWidget(self.picker)
        card.body.addWidget(self.chosen)
        card.body.addStretch(1)
        card.body.addWidget(small(_WHY, wrap=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.setFocusProxy(self.picker)

    def show_person(self, resident_id: int) -> None:
        """Put a person on the sheet."""
        with self.context.database.reading() as session:
            card = cards.card(session, resident_id, today=self.context.clock.today())
        self._resident_id, self._name = resident_id, card.name
        where = card.place or card.other_address or "住址未登记"
        self.chosen.show_text(card.name, f"{where}　{card.document_tail}", tone="ok")
        self._note("查看", papers.note_looked, resident_id, card.name)
        self.compose()

    def rest(self) -> None:
        """All that is known of somebody lies open beside it."""
        if self._resident_id is not None:
            self._resident_id, self._name = None, ""
            self.chosen.show_text(*_NOBODY)
            self.compose()

    def show_people(self, resident_ids: Sequence[int]) -> None:
        """One sheet is of one person: the first who was asked for."""
        if resident_ids:
            self.show_person(resident_ids[0])

    def missing(self) -> str:
        return "" if self._resident_id else "选定一个人，这里就是要给他的那张纸。"

    def title(self) -> str:
        return f"{info_sheet.TITLE} {self._name}"

    def draw(self, progress: Progress, printing: Printing) -> bytes:
        progress.check()
        with self.context.database.reading() as session:
            data = papers.info_sheets(session, [self._resident_id or 0], printing)
        return info_sheet.render_many(data)

    def leaving(self) -> Callable[[], object]:
        one, name = self._resident_id or 0, self._name
        given = partial(papers.note_sheets_given, now=self.context.clock.now())
        return lambda: self._note("打印", given, one, name)

    def _note(
        self, verb: str, note: Callable[[Session, Sequence[int]], None], one: int, name: str
    ) -> None:
        with self.context.database.transaction(f"{verb}本人信息单 {name}") as session:
            note(session, [one])
