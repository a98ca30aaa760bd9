"""申诉 of an account, 异议 to a public list: what somebody says is wrong, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Appeal
from app.services import points_appeals, points_views
from app.services.points_accounts import Holder
from app.services.points_appeals import LONGEST, AppealInput, AppealView
from app.services.points_filter import Book
from app.services.points_views import LedgerLine
from app.storage.lookup import Source
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.ledger import actions
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_LINES = 4
_TONES = {"待答复": "warn", "成立": "ok", "不成立": "grey"}


def _words(one: AppealView) -> Cell:
    return Cell(one.words, sub=f"答复：{one.answer}" if one.answer else "")


def _result(one: AppealView) -> Cell:
    return Cell(chips=(Chip(one.result, _TONES[one.result]),))


@dataclass(frozen=True, slots=True)
class _Row:
    """An appeal, and in words the line that it is about."""

    appeal: AppealView
    about: str


COLUMNS = (
    Column("day", "提出", lambda row: row.appeal.raised_on.isoformat(), 100),
    Column("who", "提出人", lambda row: row.appeal.raised_by, 76, large_mode=False),
    Column("about", "关于", lambda row: Cell(row.about, tone="text2"), 120, weight=1),
    Column("words", "内容", lambda row: _words(row.appeal), 160, weight=2),
    Column("result", "结果", lambda row: _result(row.appeal), 84),
)


class Appeals(Dialog):
    """On an open appeal the form answers; otherwise it takes a new one down.

    Those of an account, or of the public list of a month, 202611. With a line of the account it
    begins with a new one about that: until it is answered no penalty is booked.
    """

    def __init__(
        self,
        context: Context,
        title: str,
        *,
        account_id: int | None = None,
        month: int | None = None,
        line: LedgerLine | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, width=740)
        self._context, self._name, self._line = context, title, line
        self._account_id, self._month = account_id, month
        self._appeals: dict[int, AppealView] = {}
        self.model = PagedTableModel(COLUMNS, self._rows)
        self.table = PagedTable(self.model, name="申诉")
        self.table.paper.offered = False
        self.table.set_empty(EmptyState("comment-question-outline", "没有申诉"))
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + _LINES * metrics.row)
        self._make_fields()
        self.body.addWidget(self.table)
        self.body.addLayout(row(self.said, None, history_button(context, self, self._record)))
        self.body.addWidget(self.form)
        self.new = self.add_button(Button("另记一件", size="control"))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("登记", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.new.clicked.connect(lambda: self._show_form(None))
        self.table.current_changed.connect(lambda _: self._follow())
        self._may_answer = context.may(Right.REVIEW_POINTS)
        offer(self._may_answer or context.may(Right.RECORD_POINTS), self.confirm, self.new)
        self.read()
        if line is not None:
            self._show_form(None)
        self.words.setFocus()

    def read(self) -> None:
        """The appeals as they are now."""
        with self._context.database.lookup() as lookup:
            found = points_appeals.appeals(lookup, account_id=self._account_id, month=self._month)
            self._about = {one.id: _about(lookup, one) for one in found}
        self._appeals = {one.id: one for one in found}
        self.model.set_ids(list(self._appeals))
        if self._appeals:
            self.table.select_row(0)
        self._follow()

    def save(self) -> None:
        """Take down what was said, or answer it."""
        with messages.domain_errors_shown(self):
            today, answered = self._context.clock.today(), self._answered
            words = f"{'答复' if answered else '登记'}：{self._name}"
            with self._context.database.transaction(words) as session:
                if answered is not None:
                    points_appeals.answer(
                        session,
                        answered.id,
                        upheld=self.verdict.value() is True,
                        words=self.words.text(),
                        version=answered.version,
                        today=today,
                    )
                else:
                    points_appeals.note(session, self._input(), today=today)
            self._context.signals.changed.emit(Area.POINTS)
            messages.notify(self._context.signals, words)
            self.read()

    # -- inside

    def _make_fields(self) -> None:
        self._answered: AppealView | None = None
        self.said = small()
        self.who = choice(["本人", "家属"], "本人", editable=True)
        self.verdict = Segments([(True, "成立", "申诉成立"), (False, "不成立", "申诉不成立")])
        self.verdict.show_value(True)
        self.words = line_edit(limit=LONGEST)
        self.form = Form(label=60)
        self._who = self.form.add("提出人", self.who)
        self._result = self.form.add("结果", self.verdict)
        self._words = self.form.add("内容", self.words, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)

    def _follow(self) -> None:
        """An open appeal under the cursor is what is answered."""
        current = self._appeals.get(self.table.current_id() or 0)
        open_one = current if current is not None and current.open and self._may_answer else None
        self._show_form(open_one)

    def _show_form(self, answered: AppealView | None) -> None:
        self._answered = answered
        about = f"，关于 {_words_of(self._line)}" if self._line is not None else ""
        said = f"答复 {answered.raised_on:%m-%d} {answered.raised_by}提出的" if answered else ""
        self.said.setText(said or f"记一件{about}")
        for field, on in ((self._who, answered is None), (self._result, answered is not None)):
            field.setVisible(on)
            field.label.setVisible(on)
        self._words.label.setText("答复*" if answered else "内容*")
        hint = "已核对签到表，补记 2 分" if answered else "11 月 20 日的清扫没有记上"
        self.words.setPlaceholderText(f"如 {hint}")
        self.words.clear()
        self.new.setVisible(answered is not None)
        self.confirm.setText("答复" if answered else "登记")

    def _input(self) -> AppealInput:
        line = self._line
        booked = line is not None and line.book is Book.ENTRY
        return AppealInput(
            account_id=self._account_id,
            month=self._month,
            entry_id=line.row_id if line is not None and booked else None,
            claim_id=line.claim_id if line is not None else None,
            raised_by=self.who.currentText(),
            words=self.words.text(),
        )

    def _rows(self, ids: Sequence[int]) -> list[_Row]:
        return [_Row(self._appeals[one], self._about[one]) for one in ids]

    def _record(self) -> Record | None:
        current = self.table.current_id()
        return None if current is None else Record(Appeal, current, self._name)


class AppealsDialog(Appeals):
    """申诉 of an account, or about one line of it."""

    def __init__(
        self,
        context: Context,
        holder: Holder,
        parent: QWidget | None = None,
        *,
        line: LedgerLine | None = None,
    ) -> None:
        title, account = f"{holder.name}的申诉", holder.account_id
        super().__init__(context, title, account_id=account, line=line, parent=parent)


def _about(source: Source, one: AppealView) -> str:
    """11-20 志愿服务 +2 分, 10 月公示, or the account as a whole."""
    if one.month is not None:
        return f"{one.month % 100} 月公示"
    keys = ((Book.ENTRY, one.entry_id), (Book.CLAIM, one.claim_id))
    book, row_id = next(((book, key) for book, key in keys if key is not None), (Book.ENTRY, None))
    line = points_views.line_of(source, book, row_id) if row_id is not None else None
    return _words_of(line) if line is not None else "账户"


def _words_of(line: LedgerLine) -> str:
    return f"{line.on_date:%m-%d} {line.title} {actions.worth(line)}"
