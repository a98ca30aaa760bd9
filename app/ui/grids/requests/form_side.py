"""Beside the form: the same matter at the same place that is open already, and the deadlines."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.models import RequestState
from app.services import calendar, request_due, request_origins, requests
from app.services.request_due import day_words
from app.services.request_rows import RequestRow
from app.services.requests import RequestInput
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, box, column, row, rule, small, title

_MOST = 3
"""Likenesses that are shown: more than that is a matter for the filter of the table."""


class FormSide(Card):
    """Never takes the focus by itself; 并到这一件 writes the form down and merges it."""

    merge_asked = Signal(int)
    """id of the request that goes on"""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(14, 12, 14, 12), spacing=6)
        self._context = context
        self.found: Sequence[RequestRow] = ()
        self.due = Facts(label=52)
        self._guessed = small(tone="warn", wrap=True)
        self._guessed.hide()
        self._said = small(wrap=True)
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.current().px(6))
        self._lines: list[QWidget] = []
        self.body.addWidget(title("期限"))
        self.body.addWidget(self.due)
        self.body.addWidget(self._guessed)
        self.body.addWidget(rule())
        self.body.addWidget(title("同一处的在办诉求"))
        self.body.addWidget(self._said)
        self.body.addLayout(self._place)
        self.body.addStretch(1)

    def look(self, entered: RequestInput, *, new: bool) -> None:
        """Read both; `new`: the request can still go on with another one."""
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            self.found = requests.similar(session, entered, today=today) if new else ()
            reckoner = request_due.reckoner(session)
            facts = request_origins.facts(session, entered, today=today)
            ordered = entered.order_due_on
            off = request_due.order_day_words(session, ordered) if ordered else ""
        self._show_due(reckoner, facts, off)
        self._show_found(new=new, asked=entered.category_id is not None)

    def _show_due(self, reckoner: request_due.Reckoner, facts: request_due.Facts, off: str) -> None:
        """`off`: what is to be told where the day on the order is a day off."""
        days = {
            "受理": reckoner.due(facts),
            "办结": reckoner.due(replace(facts, state=RequestState.ACCEPTED)),
        }
        pairs = [(name, f"{day_words(day)}前") for name, day in days.items() if day]
        self.due.set_pairs(pairs)
        last = max((day for day in days.values() if day), default=facts.begun_on)
        guessed = calendar.GUESSED if reckoner.days.guessed(facts.begun_on, last) else ""
        told = "\n".join(words for words in (off, guessed) if words)
        self._guessed.setText(told)
        self._guessed.setVisible(bool(told))

    def _show_found(self, *, new: bool, asked: bool) -> None:
        for line in self._lines:
            self._place.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(one) for one in self.found[:_MOST]]
        for line in self._lines:
            self._place.addWidget(line)
        self._said.setText(self._words(new=new, asked=asked))

    def _words(self, *, new: bool, asked: bool) -> str:
        if self.found:
            more = len(self.found) - _MOST
            rest = f"还有 {more} 件在表格里。" if more > 0 else ""
            return f"可能说的是同一件事。并案后一起办，办结了分别回访。{rest}"
        if not new:
            return "已经登记的要并案，请在看板上选它，点“更多”里的“并案”。"
        return "没有。" if asked else "选了类别、楼或地点以后，会列在这里。"

    def _line(self, found: RequestRow) -> QWidget:
        heading = Label(f"{found.number} {found.title}", bold=True, wrap=True)
        facts = "，".join(part for part in (found.person, found.place_words) if part)
        state = Chip(found.state.label, "info")
        merge = Button("并到这一件", size="small")
        merge.setAccessibleName(f"并到 {found.number} {found.title}")
        merge.clicked.connect(lambda: self.merge_asked.emit(found.id))
        chips = ChipRow([state, Chip(found.due.text, found.due.tone)])
        parts = column(rule(), heading, small(facts, wrap=True), row((chips, 1), merge), spacing=4)
        return box(parts)
