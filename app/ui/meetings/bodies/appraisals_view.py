"""民主评议: the years at the left, how the members of one were judged at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Appraisal, Grade
from app.services import appraisals
from app.services.appraisals import AppraisalRow, Judged
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Notice
from app.ui.kit.chips import Chip
from app.ui.kit.labels import Label, column, row, rule, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.bodies import appraisal_acts
from app.ui.meetings.bodies.appraisal_dialog import AppraisalDialog
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_LIST, _LIST_LARGE = 420, 352
_TONES = {Grade.COMPETENT: "ok", Grade.BARELY: "warn", Grade.INCOMPETENT: "danger"}


def _incompetent(one: AppraisalRow) -> Cell:
    if not one.incompetent:
        return Cell(f"{one.judged:,} 人", tone="text2")
    return Cell(f"{one.judged:,} 人", sub=f"不称职 {one.incompetent:,}", tone="danger")


APPRAISAL_COLUMNS = (
    Column("year", "年度", lambda one: Cell(f"{one.year} 年", bold=True), 84, weight=1),
    Column("day", "评议日期", lambda one: f"{one.held_on:%Y-%m-%d}", 110),
    Column("judged", "被评议", _incompetent, 130),
)
LINE_COLUMNS = (
    Column("name", "姓名", lambda one: Cell(one.name, sub=one.role, bold=True), 150, weight=1),
    Column("competent", "称职", lambda one: f"{one.competent:,}", 76, align="right"),
    Column("barely", "基本称职", lambda one: f"{one.barely:,}", 92, align="right"),
    Column("incompetent", "不称职", lambda one: f"{one.incompetent:,}", 84, align="right"),
    Column("grade", "结果", lambda one: (Chip(one.grade.label, _TONES[one.grade]),), 110),
)


class AppraisalsView(QWidget):
    """Assembles; `add` writes a new one down."""

    shown = Signal()
    """Another one, or none: other keys work now"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: dict[int, AppraisalRow] = {}
        self._judged: dict[int, Judged] = {}
        self._ended: list[Judged] = []
        self._missing: list[int] = []
        self.model = PagedTableModel(APPRAISAL_COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="民主评议")
        self.table.paper.personal = False
        self.lines = PagedTableModel(LINE_COLUMNS, self._fetch_lines, parent=self)
        self.line_table = PagedTable(self.lines, name="评议结果")
        self.line_table.paper.people = self._residents
        self.line_table.paper.filter_words = self._words
        self.title, self.detail = Label("", "title", bold=True), small(wrap=True)
        self.notice = Notice("", tone="danger")
        self.end_button = Button("终止职务", kind="danger", size="small")
        self.edit_button = Button("修改", size="small", action="edit_in_meetings")
        self.publish_button = Button("公示结果", kind="primary", size="small")
        self.remove_button = Button("删除", kind="danger", size="small")
        self.history = history_button(context, self, self._record)
        self._acting = (
            (self.end_button, self.end_posts),
            (self.edit_button, self.edit),
            (self.publish_button, self.publish),
            (self.remove_button, self.remove),
        )
        offer(context.may(Right.RUN_MEETINGS), *(button for button, _ in self._acting))
        self._lay_out()
        self._connect()

    @property
    def current(self) -> AppraisalRow | None:
        """The appraisal with the cursor."""
        return self._rows.get(self.table.current_id() or 0)

    @property
    def may_edit(self) -> bool:
        """Whether Enter opens something."""
        return self.current is not None and self._context.may(Right.RUN_MEETINGS)

    def refresh(self) -> None:
        """Read all anew; the one that is chosen stays chosen."""
        chosen = self.table.current_id()
        with self._context.database.lookup() as lookup:
            self._rows = {one.id: one for one in appraisals.appraisals(lookup)}
            self._missing = appraisals.missing_years(lookup, self._context.clock.today())
        if not self._rows:
            may = self._context.may(Right.RUN_MEETINGS)
            actions = (("登记评议", self.add),) if may else ()
            detail = "居务监督委员会主持，每年至少评议一次，结果及时公布。"
            self.table.set_empty(
                EmptyState("account-star-outline", "还没有民主评议", detail, actions)
            )
        self.model.set_ids(list(self._rows))
        if self._rows and not (chosen is not None and self.table.select_id(chosen)):
            self.table.select_row(0)
        self.show_current()

    def select(self, appraisal_id: int) -> bool:
        """Make one current; False where there is none."""
        return self.table.select_id(appraisal_id)

    def show_current(self, _key: object = None) -> None:
        """How the members of the chosen one were judged."""
        one = self.current
        self._judged, self._ended = {}, []
        if one is not None:
            with self._context.database.lookup() as lookup:
                found = appraisals.lines(lookup, one.id)
                self._ended = appraisals.ended_by_law(lookup, one.id)
            self._judged = {line.member_id: line for line in found}
        self.lines.set_ids(list(self._judged))
        if not self._judged:
            self.line_table.set_empty(EmptyState("account-star-outline", "没有选中的评议"))
        self._show_words(one)
        self.shown.emit()

    def add(self) -> None:
        """A new one, which is then the current one."""
        if not self._context.may(Right.RUN_MEETINGS):
            return
        dialog = AppraisalDialog(self._context, None, self.window())
        if dialog.exec() and dialog.appraisal_id is not None:
            self.refresh()
            self.select(dialog.appraisal_id)

    def edit(self) -> None:
        """The form of the chosen one."""
        if self.current is not None and self._context.may(Right.RUN_MEETINGS):
            AppraisalDialog(self._context, self.current.id, self.window()).exec()

    def publish(self) -> None:
        """The results as a 公示 of 文书."""
        if self.current is not None:
            appraisal_acts.publish(self._context, self, self.current)

    def end_posts(self) -> None:
        """Whom the law has removed leaves, after asking."""
        if self.current is not None:
            appraisal_acts.end_posts(self._context, self, self.current, self._ended)

    def remove(self) -> None:
        """Into the recycle bin, after asking."""
        if self.current is not None:
            appraisal_acts.remove(self._context, self, self.current)

    # -- inside

    def _show_words(self, one: AppraisalRow | None) -> None:
        self.title.setText(f"{one.year} 年民主评议" if one else "还没有选中评议")
        parts = (
            (f"{one.held_on:%Y-%m-%d}", f"{one.led_by}主持", f"参加 {one.voters:,} 人", one.meeting)
            if one
            else ("在左边选一年，这里看结果。",)
        )
        self.detail.setText("　".join(part for part in parts if part))
        self._say()
        self.end_button.setVisible(bool(self._ended))
        for button in (self.edit_button, self.publish_button, self.remove_button):
            button.setVisible(one is not None)
            button.setEnabled(one is not None)
        self.history.setVisible(one is not None)
        self.publish_button.setText("看公示" if one and one.notice_id else "公示结果")

    def _say(self) -> None:
        """Who has lost the post comes before a year that is missing."""
        if self._ended:
            names = "、".join(line.name for line in self._ended)
            words = f"{names}连续两次被评议不称职，职务终止"
            detail = "居民委员会组织法第三十七条；请办终止职务，并按规定补选。"
            self.notice.show_text(words, detail, tone="danger")
        elif self._missing:
            words = f"{'、'.join(map(str, self._missing))} 年还没有民主评议"
            detail = "每年至少评议一次，由居务监督委员会主持（居民委员会组织法第三十七条）。"
            self.notice.show_text(words, detail, tone="warn")
        self.notice.setVisible(bool(self._ended or self._missing))

    def _lay_out(self) -> None:
        card = Card(margins=(1, 12, 1, 1), spacing=6)
        head = row(self.title, None, self.history)
        said = column(head, self.detail, self.notice, spacing=6, margins=(15, 0, 12, 0))
        card.body.addLayout(said)
        card.body.addWidget(self.line_table, 1)
        card.body.addWidget(rule())
        card.body.addWidget(TableFoot(self.line_table, unit="人"))
        buttons = row(
            self.publish_button,
            self.edit_button,
            None,
            self.end_button,
            self.remove_button,
            margins=(15, 2, 15, 8),
        )
        card.body.addLayout(buttons)
        self.list = TableCard(self.table, TableFoot(self.table, unit="次"))
        large = theme.current().large
        self.list.setFixedWidth(theme.current().px(_LIST_LARGE if large else _LIST))
        self.setLayout(row(self.list, (card, 1), spacing=12))

    def _connect(self) -> None:
        self.table.current_changed.connect(self.show_current)
        self.table.opened.connect(self._open)
        for button, act in self._acting:
            button.clicked.connect(act)
        self.edit_button.bind(self)

    def _open(self, _key: object) -> None:
        self.edit()

    def _record(self) -> Record | None:
        one = self.current
        return None if one is None else Record(Appraisal, one.id, f"{one.year} 年民主评议")

    def _words(self) -> str:
        return f"{self.current.year} 年" if self.current is not None else ""

    def _residents(self, ids: Sequence[int]) -> list[int]:
        found = (self._judged[one].resident_id for one in ids)
        return [one for one in found if one is not None]

    def _fetch(self, ids: Sequence[int]) -> list[AppraisalRow]:
        return [self._rows[one] for one in ids]

    def _fetch_lines(self, ids: Sequence[int]) -> list[Judged]:
        return [self._judged[one] for one in ids]
