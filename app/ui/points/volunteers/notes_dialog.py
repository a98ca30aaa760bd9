"""培训表彰: trainings, honours, assessments and complaints of a volunteer (order 67 art. 8-10)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import VolunteerNote, VolunteerNoteKind
from app.services import volunteer_notes
from app.services.volunteer_notes import NoteInput, NoteView
from app.services.volunteer_views import VolunteerRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.date_line import DateLine
from app.ui.recent.history import Record, history_button
from app.values.rights import Right
from app.values.times import hours_figure, read_hours

COLUMNS = (
    Column("day", "日期", lambda one: one.entered.on_date.isoformat(), 110),
    Column("kind", "种类", lambda one: one.entered.kind.label, 90),
    Column(
        "title",
        "名称",
        lambda one: Cell(one.entered.title, sub=one.entered.detail, bold=True),
        190,
        weight=3,
    ),
    Column("unit", "单位", lambda one: one.entered.unit, 120, weight=1),
    Column(
        "hours",
        "学习时长",
        lambda one: hours_figure(one.entered.half_hours) if one.entered.half_hours else "",
        90,
        align="right",
    ),
)


class NotesDialog(Dialog):
    """The list; a line is added, changed or taken away."""

    def __init__(self, context: Context, line: VolunteerRow, parent: QWidget | None = None) -> None:
        super().__init__(f"培训表彰：{line.title}", parent, width=860)
        self._context, self._line = context, line
        self._notes: dict[int, NoteView] = {}
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="培训表彰")
        self.table.paper.people = lambda _: [line.resident_id] if line.resident_id else []
        self.table.paper.filter_words = lambda: line.title
        self.table.setMinimumHeight(theme.current().head + 7 * theme.current().row)
        empty = EmptyState(
            "school-outline", "还没有培训和表彰", "学习时长不是服务时长，只记在这里。"
        )
        self.table.set_empty(empty)
        self.new = Button("新增", kind="primary", action="new")
        self.edit = Button("修改", cap="Enter")
        self.remove = Button("删除", kind="danger")
        self.history = history_button(context, self, self._record)
        offer(context.may(Right.RECORD_POINTS), self.new, self.edit, self.remove)
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="条")), 1)
        self.body.addLayout(row(self.new, self.edit, self.remove, None, self.history))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.new.bind(self)
        self.new.clicked.connect(lambda: self._open(None))
        self.edit.clicked.connect(lambda: self._open(self.current))
        self.remove.clicked.connect(self.delete)
        self.table.opened.connect(lambda _: self._open(self.current))
        self.read()
        self.table.setFocus()

    @property
    def current(self) -> NoteView | None:
        """The line with the cursor."""
        return self._notes.get(self.table.current_id() or 0)

    def read(self) -> None:
        """All of them, the latest first."""
        with self._context.database.reading() as session:
            found = volunteer_notes.notes(session, self._line.id)
        self._notes = {one.id: one for one in found}
        self.model.set_ids(list(self._notes))
        if found:
            self.table.select_row(0)
        for button in (self.edit, self.remove, self.history):
            button.setEnabled(bool(found))

    def delete(self) -> None:
        """Into the recycle bin, after asking."""
        one = self.current
        if one is None:
            return
        name = f"{one.entered.kind.label} {one.entered.title}"
        words = f"“{name}”会移到回收站，30 天内可以放回。"
        if not messages.confirm(self, "删除这一条", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            sentence = f"删除志愿者的{name}：{self._line.title}"
            with self._context.database.transaction(sentence) as session:
                volunteer_notes.remove(session, one.id, now=self._context.clock.now())
            self._context.signals.changed.emit(Area.POINTS)
            self.read()

    def _open(self, note: NoteView | None) -> None:
        may = self._context.may(Right.RECORD_POINTS)
        if may and NoteDialog(self._context, self._line, note, self).exec():
            self.read()

    def _record(self) -> Record | None:
        one = self.current
        return None if one is None else Record(VolunteerNote, one.id, one.entered.title)

    def _fetch(self, ids: Sequence[int]) -> list[NoteView]:
        return [self._notes[one] for one in ids]


class NoteDialog(Dialog):
    """One line; the length is asked for of a training only."""

    def __init__(
        self,
        context: Context,
        line: VolunteerRow,
        note: NoteView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改" if note else "新增培训表彰", parent, width=560)
        self._context, self._line, self._note = context, line, note
        today = context.clock.today()
        entered = (
            note.entered if note else NoteInput(kind=VolunteerNoteKind.TRAINING, on_date=today)
        )
        self.kind = choice(
            [one.label for one in VolunteerNoteKind], entered.kind.label, name="种类"
        )
        self.day = DateLine(today, entered.on_date)
        self.title = line_edit(entered.title, hint="如 急救培训、优秀志愿者", limit=60)
        self.unit = line_edit(entered.unit, hint="举办或授予的单位", limit=60)
        length = hours_figure(entered.half_hours) if entered.half_hours else ""
        self.length = line_edit(length, hint="小时，如 1.5", limit=8)
        self.detail = line_edit(entered.detail, limit=300)
        self.form = Form(label=74)
        self.form.add("种类", self.kind, required=True)
        self.form.add("日期", self.day, required=True)
        self.form.add("名称", self.title, required=True)
        self.form.add("单位", self.unit)
        self._length = self.form.add("学习时长", self.length)
        self.form.add("内容", self.detail)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.kind.currentTextChanged.connect(lambda _: self._follow())
        self._follow()
        self.title.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered, note = self._entered(), self._note
            verb = "修改" if note else "记"
            sentence = f"{verb}志愿者的{entered.kind.label} {entered.title}：{self._line.title}"
            with self._context.database.transaction(sentence) as session:
                volunteer_notes.save(
                    session,
                    self._line.id,
                    note.id if note else None,
                    entered,
                    version=note.version if note else 0,
                    today=self._context.clock.today(),
                )
            self._context.signals.changed.emit(Area.POINTS)
            self.accept()

    @property
    def _kind(self) -> VolunteerNoteKind:
        return list(VolunteerNoteKind)[self.kind.currentIndex()]

    def _follow(self) -> None:
        training = self._kind is VolunteerNoteKind.TRAINING
        self._length.setVisible(training)
        self._length.label.setVisible(training)

    def _entered(self) -> NoteInput:
        day = self.day.value()
        if day is None:
            raise DomainError("请填日期，写成 2026-11-20 这样。")
        training = self._kind is VolunteerNoteKind.TRAINING and bool(self.length.text().strip())
        half_hours = read_hours(self.length.text()) if training else 0
        if half_hours is None:
            raise DomainError("学习时长按 0.5 小时记，如 1.5。")
        return NoteInput(
            kind=self._kind,
            on_date=day,
            title=self.title.text(),
            unit=self.unit.text(),
            detail=self.detail.text(),
            half_hours=half_hours,
        )
