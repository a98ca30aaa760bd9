"""Objections to a 公示: who said what, what was answered."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Objection
from app.services import publicity_board
from app.services.notices import NoticeLine
from app.services.publicity_board import OUTCOMES, ObjectionInput, ObjectionView
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, CellValue, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.date_line import DateLine
from app.ui.people.phone_line import PhoneLine
from app.ui.recent.history import Record, history_button
from app.ui.recent.unsaved import FormKeeper

_NONE = "未定"
_COLUMNS = (
    Column("raised", "提出", lambda one: f"{one.raised_on:%m-%d}", 70),
    Column("who", "异议人", lambda one: Cell(one.who, bold=True), 90),
    Column("words", "内容", lambda one: one.words.replace("\n", " "), 160, weight=1),
    Column("state", "答复", lambda one: _state(one), 110),
)


class ObjectionsDialog(Dialog):
    """The list above, one objection below: choosing a line opens it, 新登记 empties the fields."""

    def __init__(self, context: Context, line: NoticeLine, parent: QWidget | None = None) -> None:
        super().__init__("公示的异议", parent, width=640)
        self._context = context
        self._line = line
        self._views: dict[int, ObjectionView] = {}
        self._open: ObjectionView | None = None
        self.model = PagedTableModel(_COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="异议")
        self.table.paper.title = f"《{line.title}》的异议"
        self.table.set_empty(EmptyState("comment-check-outline", "还没有人提出异议"))
        self.form = self._form()
        self.form.finish()
        self.keeper = FormKeeper(context, self.form, self)
        self.finished.connect(lambda _: self.keeper.drop())
        self._lay_out()
        self.table.current_changed.connect(self._choose)
        self.refresh()
        self.begin()

    def refresh(self) -> None:
        """Read the list anew."""
        with self._context.database.reading() as session:
            found = publicity_board.objections(session, self._line.id)
        self._views = {one.id: one for one in found}
        self.model.set_ids(list(self._views))

    def begin(self) -> None:
        """Fields for a new objection."""
        self._fill(None)
        self.who.setFocus()

    def save(self) -> None:
        """Keep what stands in the fields."""
        with messages.domain_errors_shown(self):
            entered = self._entered()
            verb = "修改" if self._open else "登记"
            known = self._open
            sentence = f"{verb}公示《{self._line.title}》的异议"
            with self._context.database.transaction(sentence) as session:
                publicity_board.save_objection(
                    session,
                    self._line.id,
                    entered,
                    objection_id=known.id if known else None,
                    version=known.version if known else 0,
                )
            self.refresh()
            self.begin()

    def _form(self) -> Form:
        today = self._context.clock.today()
        self.raised_on = DateLine(today, today)
        self.who = line_edit(hint="匿名的写匿名", limit=60)
        self._phone = PhoneLine(self._context)
        self.phone = self._phone.edit
        self.outcome = choice([_NONE, *OUTCOMES])
        self.words = _text()
        self.answer = _text()
        self.answered_on = DateLine(today)
        form = Form(columns=2, label=64)
        form.add("提出日期", self.raised_on, required=True)
        form.add("异议人", self.who, required=True)
        form.add("内容", self.words, required=True, span=2)
        form.add("电话", self.phone)
        form.add("答复日期", self.answered_on)
        form.add("答复", self.answer, span=2)
        form.add("处理", self.outcome)
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        return form

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.table.setFixedHeight(metrics.px(32) + (3 if metrics.large else 4) * metrics.row)
        self.body.addWidget(small(f"《{self._line.title}》", wrap=True))
        self.body.addWidget(self.table)
        self.body.addWidget(self.form)
        self.history = history_button(self._context, self, self._record)
        self._foot.insertWidget(0, self.history)
        self.new_button = self.add_button(Button("新登记"))
        self.save_button = self.add_button(Button("保存", kind="primary", cap="Ctrl+Enter"))
        self.add_button(Button("关闭", cap="Esc"), closes=True)
        self.new_button.clicked.connect(self.begin)
        self.save_button.clicked.connect(self.save)

    def _fetch(self, ids: Sequence[int]) -> list[ObjectionView]:
        return [self._views[one] for one in ids]

    def _record(self) -> Record | None:
        known = self._open
        return Record(Objection, known.id, f"{known.who}的异议") if known else None

    def _choose(self, key: object) -> None:
        self._fill(self._views.get(key) if isinstance(key, int) else None)

    def _fill(self, view: ObjectionView | None) -> None:
        self._open = view
        self.history.setVisible(view is not None)
        today = self._context.clock.today()
        self.raised_on.set_value(view.raised_on if view else today)
        self.who.setText(view.who if view else "")
        self._show_phone(view)
        self.words.setPlainText(view.words if view else "")
        self.answer.setPlainText(view.answer if view else "")
        self.answered_on.set_value(view.answered_on if view else None)
        self.outcome.setCurrentText((view.outcome if view else "") or _NONE)
        self.form.mark_clean()
        self.keeper.drop()
        key = f"objection:{view.id}" if view else f"objection:new-{self._line.id}"
        record = (Objection.__tablename__, view.id) if view else None
        self.keeper.start(key, lambda: f"《{self._line.title}》的异议", record=record)

    def _show_phone(self, view: ObjectionView | None) -> None:
        if view is None:
            self._phone.show("")
        else:
            key = view.id
            self._phone.show(
                view.phone,
                f"公示《{self._line.title}》的异议",
                lambda s: publicity_board.note_opened(s, key),
            )

    def _entered(self) -> ObjectionInput:
        raised = self.raised_on.value()
        if raised is None or self.answered_on.is_wrong:
            raise DomainError("日期不对，请写成 2026-11-25。")
        outcome = self.outcome.currentText()
        return ObjectionInput(
            raised_on=raised,
            who=self.who.text(),
            phone=self._phone.phone,
            words=self.words.toPlainText(),
            answer=self.answer.toPlainText(),
            answered_on=self.answered_on.value(),
            outcome="" if outcome == _NONE else outcome,
        )


def _state(one: ObjectionView) -> CellValue:
    if one.answered_on is None:
        return (Chip("没有答复", "warn"),)
    return (Chip(one.outcome or "已答复", "ok"),)


def _text() -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(theme.current().px(56))
    return edit
