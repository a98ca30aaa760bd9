"""评议: those concerned are asked one after another what they say of what was done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Evaluation, Verdict
from app.services import evaluations, resolution_views
from app.services.evaluations import Asked, EvaluationInput
from app.services.resolution_views import ResolutionRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segment_choice import SegmentChoice
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.resolutions.words import name_of
from app.ui.people.date_line import NearLine
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

TONES = {Verdict.GOOD: "ok", Verdict.FAIR: "info", Verdict.BAD: "danger"}


def _verdict(one: Asked) -> Cell:
    if one.verdict is None:
        return Cell("还没有问", tone="placeholder")
    return Cell(chips=(Chip(one.verdict.label, TONES[one.verdict]),))


COLUMNS = (
    Column("name", "评议人", lambda one: Cell(one.name, sub=one.part, bold=True), 150, weight=1),
    Column("verdict", "评价", _verdict, 96),
    Column("words", "意见", lambda one: one.words, 180, weight=2),
    Column("day", "日期", lambda one: f"{one.on_date:%m-%d}" if one.on_date else "", 70),
)


class EvaluationDialog(Dialog):
    """The list above, one answer below; what is written down is kept at once."""

    def __init__(self, context: Context, it: ResolutionRow, parent: QWidget | None = None) -> None:
        super().__init__(f"评议 {name_of(it)}", parent, width=760)
        self._context, self._it = context, it
        self._people: dict[int, Asked] = {}
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="评议")
        self.table.paper.title = f"评议 {name_of(it)}"
        self.table.paper.people = self._residents
        self.said = Label(wrap=True, tone="text2")
        self._make_form()
        self._lay_out()
        self.table.current_changed.connect(lambda _: self._show_current())
        self.table.opened.connect(lambda _: self.verdict.setFocus())
        self.read()
        self._go_on()

    def read(self) -> None:
        """Everybody who is to be asked, and what each said."""
        with self._context.database.lookup() as lookup:
            self._it = resolution_views.resolution(lookup, self._it.id)
            found = evaluations.asked(lookup, self._it.id)
            tally = evaluations.tally(lookup, self._it.id)
        self._people = dict(enumerate(found, start=1))
        self.model.set_ids(list(self._people))
        asked = sum(one.verdict is not None for one in found)
        other = f"，其中别的网格 {tally.total - asked} 人" if tally.total > asked else ""
        self.said.setText(f"{tally.words}{other}" if tally.total else "还没有人说过。")

    def save(self) -> None:
        """Write the answer down; the next who was not asked comes up."""
        with messages.domain_errors_shown(self):
            entered = self._entered()
            who = entered.name or "评议人"
            sentence = f"记下{who}对 {name_of(self._it)} 的评议"
            with self._context.database.transaction(sentence) as session:
                evaluations.evaluate(session, self._it.id, entered, version=self._it.version)
            self._context.signals.changed.emit(Area.MEETINGS)
            self.read()
            self._go_on()

    def remove(self) -> None:
        """Into the recycle bin, after asking."""
        one = self._current
        if one is None or one.evaluation_id is None:
            return
        words = f"{one.name}的评议会移到回收站，30 天内可以放回。"
        if not messages.confirm(self, "删除评议", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            sentence = f"删除{one.name}对 {name_of(self._it)} 的评议"
            with self._context.database.transaction(sentence) as session:
                evaluations.remove(session, one.evaluation_id, now=self._context.clock.now())
            self._context.signals.changed.emit(Area.MEETINGS)
            self.read()

    # -- inside

    @property
    def _current(self) -> Asked | None:
        return self._people.get(self.table.current_id() or 0)

    def _make_form(self) -> None:
        today = self._context.clock.today()
        self.name = line_edit(hint="上面选一位，或者写姓名", limit=60)
        self.day = NearLine(today, today)
        self.verdict = SegmentChoice([one.label for one in Verdict])
        self.words = line_edit(hint="不满意的写明哪里没办好", limit=200)
        self.form = Form(columns=2, label=64)
        self.form.add("评议人", self.name, required=True)
        self.form.add("日期", self.day, required=True)
        self.form.add("评价", self.verdict, required=True, span=2)
        self.form.add("意见", self.words, span=2)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)

    def _lay_out(self) -> None:
        metrics = theme.current()
        lines = 4 if metrics.large else 6
        self.table.setFixedHeight(metrics.head + lines * metrics.row)
        whose = "没有登记涉及的人" if self._context.sees_all else "您的网格里没有登记涉及的人"
        empty = EmptyState("account-voice", whose, "在下面写姓名，一位一位问。")
        self.table.set_empty(empty)
        self.delete = Button("删除", kind="danger", size="small")
        self.history = history_button(self._context, self, self._record)
        may = self._context.may(Right.CARRY_OUT)
        offer(may, self.delete)
        self.delete.clicked.connect(self.remove)
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="人")))
        self.body.addLayout(row((self.said, 1), self.delete, self.history))
        self.body.addWidget(self.form)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("记下", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        offer(may, self.confirm)

    def _go_on(self) -> None:
        """The first who was not asked; where all were, the first."""
        waiting = [key for key, one in self._people.items() if one.verdict is None]
        self.table.select_id(next(iter(waiting or self._people), None))
        self._show_current()
        stop = self.verdict if self._people else self.name
        stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_current(self) -> None:
        one = self._current
        self.name.setText(one.name if one else "")
        self.verdict.set_value(one.verdict.label if one and one.verdict else "")
        self.words.setText(one.words if one else "")
        there = one is not None and one.evaluation_id is not None
        self.delete.setEnabled(there)
        self.history.setEnabled(there)

    def _entered(self) -> EvaluationInput:
        day, said, name = self.day.value(), self.verdict.value(), self.name.text().strip()
        if day is None:
            raise DomainError("请填日期，写成 2026-11-20 或 11-20。")
        verdict = next((one for one in Verdict if one.label == said), None)
        if verdict is None:
            raise DomainError("请选满意、基本满意或不满意。")
        one = self._current
        resident_id = one.resident_id if one is not None and one.name == name else None
        return EvaluationInput(
            resident_id=resident_id,
            name=name,
            on_date=day,
            verdict=verdict,
            words=self.words.text(),
        )

    def _record(self) -> Record | None:
        one = self._current
        if one is None or one.evaluation_id is None:
            return None
        return Record(Evaluation, one.evaluation_id, f"{one.name}对 {name_of(self._it)} 的评议")

    def _fetch(self, ids: Sequence[int]) -> list[Asked]:
        return [self._people[one] for one in ids if one in self._people]

    def _residents(self, ids: Sequence[int]) -> list[int]:
        found = (self._people[one].resident_id for one in ids)
        return [one for one in found if one is not None]
