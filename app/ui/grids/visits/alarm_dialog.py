"""Nobody at home twice running: finding out, and saying what it was."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import VisitAlarm
from app.services import visit_alarms
from app.services.visit_alarms import ANSWERS, AlarmView
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.grid_wish import NewRequest
from app.ui.recent.history import Record, history_button
from app.values.rights import Right


def _days(alarm: AlarmView) -> Cell:
    return Cell("、".join(f"{day:%m-%d}" for day in reversed(alarm.days)), tone="danger")


COLUMNS = (
    Column("name", "姓名", lambda alarm: Cell(alarm.name, bold=True), 96, weight=1),
    Column("place", "住处", lambda alarm: alarm.place, 130, weight=1),
    Column("phone", "电话", lambda alarm: Cell(alarm.phone_masked, tone="text2"), 132),
    Column("days", "没人在家", _days, 130),
)


class AlarmDialog(Dialog):
    """All alarms that stand; the current one is answered, or becomes a request."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("连续两次没人在家", parent, width=680)
        self._context = context
        self._alarms: dict[int, AlarmView] = {}
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="走访报警")
        self.table.paper.people = lambda ids: [self._alarms[one].resident_id for one in ids]
        lines = 3 if theme.current().large else 4
        self.table.setFixedHeight(theme.current().head + lines * theme.current().row)
        self.table.set_empty(EmptyState("check-circle-outline", "都查明了"))
        self.answer = choice(list(ANSWERS), editable=True)
        self.answer.setCurrentText("")
        self._lay_out()
        self.table.current_changed.connect(lambda _: self._show())
        self._read()
        self.answer.setFocus()

    def clear(self) -> None:
        """Keep the answer of the current alarm; the next one comes up."""
        alarm = self._current()
        if alarm is None:
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"解除走访报警 {alarm.name}") as session:
                visit_alarms.clear(
                    session,
                    alarm.id,
                    answer=self.answer.currentText(),
                    version=alarm.version,
                    now=self._context.clock.now(),
                )
            self._context.signals.changed.emit(Area.GRIDS)
            messages.notify(self._context.signals, f"已查明：{alarm.name}")
            self.answer.setCurrentText("")
            self._read()
            if not self._alarms:
                self.accept()

    def request(self) -> None:
        """A request instead of an answer: the alarm stands until it is registered."""
        alarm = self._current()
        if alarm is not None:
            self.accept()
            wish = NewRequest(visit_id=alarm.visit_id)
            self._context.signals.page_requested.emit("grids", wish)

    def _lay_out(self) -> None:
        self.form = Form(label=68)
        self.form.add("查明情况", self.answer, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.clear)
        self.form.leave_requested.connect(self.reject)
        words = "先打电话、问邻居和家属，弄清人在哪里、好不好。要社区或街道出面的，记成诉求。"
        self.body.addWidget(small(words, wrap=True))
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="人")))
        self.body.addWidget(self.form)
        self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self.request_button = self.add_button(Button("记成诉求", action="raise_request"))
        self.request_button.clicked.connect(self.request)
        self.request_button.bind(self)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("解除报警", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.clear)
        offer(self._context.may(Right.HANDLE_REQUESTS), self.request_button)
        offer(self._context.may(Right.LOG_ROUNDS), self.confirm)

    def _read(self) -> None:
        with self._context.database.lookup() as lookup:
            found = visit_alarms.standing_alarms(lookup)
        self._alarms = {one.id: one for one in found}
        self.model.set_ids(list(self._alarms))
        if self._alarms:
            self.table.select_row(0)
        self._show()

    def _show(self) -> None:
        for widget in (self.answer, self.confirm, self.request_button):
            widget.setEnabled(self._current() is not None)

    def _current(self) -> AlarmView | None:
        return self._alarms.get(self.table.current_id() or 0)

    def _fetch(self, ids: Sequence[int]) -> list[AlarmView]:
        return [self._alarms[one] for one in ids]

    def _record(self) -> Record | None:
        alarm = self._current()
        return Record(VisitAlarm, alarm.id, f"走访报警 {alarm.name}") if alarm else None
