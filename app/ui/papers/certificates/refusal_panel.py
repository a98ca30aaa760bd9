"""不予出具告知单: who asked for what, which item of the list it is, where to go instead."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.context import Context
from app.reports import refusal
from app.reports.refusal import Refusal
from app.services import cards, forbidden, refusals
from app.services.forbidden import ForbiddenItem
from app.services.papers import Printing
from app.ui.kit import messages, theme
from app.ui.kit.background import Progress
from app.ui.kit.card import Card, Notice
from app.ui.kit.forms import Form
from app.ui.kit.labels import small
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.printing import print_paper
from app.ui.kit.signals import Area
from app.ui.papers.certificates.fields import TextLine
from app.ui.papers.grades import CHECKED
from app.ui.papers.panel import PaperPanel
from app.ui.people.person_picker import PersonPicker

_HOW = "申请人不在名册里的，直接填姓名。印出来的只写核对过的去处。"


class RefusalPanel(PaperPanel):
    """The item follows what is asked for, until somebody chooses another one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._resident_id: int | None = None
        self._items: Sequence[ForbiddenItem] = ()
        self._paper: Refusal | None = None
        self.picker = PersonPicker(context, lines=3)
        self.form = Form(label=64)
        self.applicant, self.matter = TextLine("", 60), TextLine("如 亲属关系证明", 120)
        self.item = QComboBox()
        self.where = Notice("", tone="info", icon="map-marker-outline")
        self._lay_out()
        self._connect()
        self.refresh()
        self.setFocusProxy(self.picker)

    def refresh(self) -> None:
        """The list may have grown."""
        with self.context.database.reading() as session:
            self._items = forbidden.items(session)
        kept = self.item.currentIndex()
        self.item.blockSignals(True)
        self.item.clear()
        self.item.addItems([_item_words(one) for one in self._items])
        self.item.setCurrentIndex(max(0, kept))
        self.item.blockSignals(False)
        self._show_where()

    def show_people(self, resident_ids: Sequence[int]) -> None:
        if resident_ids:
            self._pick(resident_ids[0])

    def new(self) -> bool:
        """An empty one."""
        self._resident_id = None
        self.applicant.clear()
        self.matter.clear()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def missing(self) -> str:
        if not self.applicant.answer():
            return "选定或填上申请人，这里就是要给他的那张纸。"
        return "" if self.matter.answer() else "填上他要开的是什么证明。"

    def title(self) -> str:
        return f"{refusal.TITLE} {self.applicant.answer()}"

    def prepare(self) -> None:
        with self.context.database.reading() as session:
            self._paper = refusals.planned_refusal(session, **self._facts())

    def draw(self, progress: Progress, printing: Printing) -> bytes:
        progress.check()
        return b"" if self._paper is None else refusal.render(self._paper)

    def print_out(self) -> bool:
        """Noted when it goes to the printer: the list of refusals counts those handed out."""
        if self._paper is None or self.missing():
            return True
        with messages.domain_errors_shown(self):
            request = PrintRequest(
                title=self.title(), pdf=refusal.render(self._paper), started=self.leaving()
            )
            print_paper(self, request)
        return True

    def leaving(self) -> Callable[[], object]:
        """Handed out, on paper or as a file: it stands in the register from now on."""
        facts, whose = self._facts(), self._resident_id

        def note() -> None:
            with self.context.database.transaction(f"不予出具 {facts['matter']}") as session:
                made, _ = refusals.make_refusal(session, resident_id=whose, **facts)
                refusals.note_printed(session, made)
            self.context.signals.changed.emit(Area.PAPERS)

        return note

    def _facts(self) -> dict[str, Any]:
        return {
            "applicant": self.applicant.answer(),
            "matter": self.matter.answer(),
            "item": self._items[max(0, self.item.currentIndex())],
            "handled_by": self.context.user.name,
            "today": self.context.clock.today(),
        }

    def _lay_out(self) -> None:
        self.item.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.item.setMinimumContentsLength(8)
        self.form.add("申请人", self.applicant, required=True)
        self.form.add("要开什么", self.matter, required=True)
        self.form.add("清单事项", self.item)
        self.form.finish()
        card = Card(spacing=10)
        card.heading(refusal.TITLE, "一式两份，无偿")
        card.body.addWidget(self.picker)
        card.body.addWidget(self.form)
        card.body.addWidget(self.where)
        card.body.addStretch(1)
        if not theme.current().large:
            card.body.addWidget(small(_HOW, wrap=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def _connect(self) -> None:
        self.picker.picked.connect(self._pick)
        self.applicant.textEdited.connect(lambda _: self._set_person(None))
        self.applicant.textChanged.connect(lambda _: self.soon())
        self.matter.textChanged.connect(self._follow)
        self.item.currentIndexChanged.connect(lambda _: self._choose_item())

    def _pick(self, resident_id: int) -> None:
        with self.context.database.reading() as session:
            card = cards.card(session, resident_id, today=self.context.clock.today())
        self.applicant.setText(card.name)
        self._set_person(resident_id)
        self.matter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_person(self, resident_id: int | None) -> None:
        self._resident_id = resident_id

    def _follow(self, matter: str) -> None:
        """The item that the words mean."""
        with self.context.database.reading() as session:
            found = forbidden.match(session, matter, "")
        if found:
            places = [one.place for one in self._items]
            self.item.setCurrentIndex(places.index(found[0].place))
        self.soon()

    def _choose_item(self) -> None:
        self._show_where()
        self.soon()

    def _show_where(self) -> None:
        item = self._items[max(0, self.item.currentIndex())]
        basis = item.redirect_basis if item.redirect_grade == CHECKED else ""
        shown = basis and not theme.current().large
        words = f"{item.where_to_go}\n依据：{basis}" if shown else item.where_to_go
        self.where.show_text(item.place, words)


def _item_words(item: ForbiddenItem) -> str:
    """Its number and name; what is not on the national list says so."""
    whose = "" if item.level == forbidden.NATIONAL else f"{item.level} "
    return f"{whose}{item.number}. {item.name}"
