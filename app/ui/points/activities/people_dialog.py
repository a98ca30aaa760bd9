"""报名名单: who is coming, put on the list by card, number or letters."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Attendance, Participation
from app.services import activity_people, activity_views
from app.services.activity_finder import Person
from app.services.activity_people import Participant
from app.services.activity_views import ActivityRow
from app.services.volunteers import number_words
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, hide_unless, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.activities.person_line import PersonLine
from app.ui.points.activities.words import STATES, name_of
from app.ui.recent.history import Record, history_button
from app.values.rights import Right


def name_cell(one: Participant) -> Cell:
    """李桂芬 0132; quiet for who is no volunteer."""
    number = number_words(one.number) if one.number is not None else "居民"
    return Cell(one.name, sub=number, bold=True, strike=one.state is Attendance.WITHDREW)


def _state(one: Participant) -> Cell:
    return Cell(chips=(Chip(one.state.label, STATES[one.state]),))


COLUMNS = (
    Column("place", "序号", lambda one: str(one.place), 52, align="right"),
    Column("name", "姓名", name_cell, 170, weight=2),
    Column("phone", "电话", lambda one: Cell(one.phone_masked, tone="text2"), 130),
    Column(
        "state", "状态", lambda one: Cell(chips=(Chip(one.state.label, STATES[one.state]),)), 110
    ),
)


class PeopleDialog(Dialog):
    """Everything is kept at once; Esc closes."""

    def __init__(
        self, context: Context, activity: ActivityRow, parent: QWidget | None = None
    ) -> None:
        super().__init__("报名名单", parent, width=660)
        self._context, self._activity = context, activity
        self.people: dict[int, Participant] = {}
        self.line = PersonLine(context, everybody=not activity.gives_hours)
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="报名名单")
        self.table.paper.title = f"报名名单 {name_of(activity)}"
        self.table.paper.people = self._residents
        self.foot = TableFoot(self.table, unit="人")
        self.said = Label(wrap=True, tone="text2")
        self.team_button = Button("全队报名", size="small", action="whole_team")
        self.off_button = Button("退出报名", size="small", cap="Del")
        self._lay_out()
        self._connect()
        self.refresh()
        self.line.setFocus()

    def refresh(self) -> None:
        """Read the list anew; who is current stays so."""
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            found = activity_people.participants(lookup, self._activity.id)
            self._activity = next(
                iter(activity_views.rows(lookup, [self._activity.id])), self._activity
            )
        self.people = {one.id: one for one in found}
        self.model.set_ids(list(self.people))
        if not found:
            advice = "在上面扫卡，或输编号、姓名，回车就上名单。"
            self.table.set_empty(
                EmptyState("account-multiple-plus-outline", "还没有人报名", advice)
            )
        self.table.select_id(current)
        self._show_count()

    def add(self, person: Person) -> None:
        """On the list, at once."""
        title = f"{person.name} 报名 {name_of(self._activity)}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(title) as session:
                key = activity_people.sign_up(
                    session,
                    self._activity.id,
                    volunteer_id=person.volunteer_id,
                    resident_id=person.resident_id,
                    today=self._context.clock.today(),
                )
            self._changed()
            self.table.select_id(key)
            self.said.setText(f"{self.people[key].place} 号 {person.name} 在名单上了。")
        self.line.setFocus()

    def add_team(self) -> None:
        """全队报名: everybody of the team who may; why others may not is told."""
        title = f"{self._activity.team} 全队报名 {name_of(self._activity)}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(title) as session:
                today = self._context.clock.today()
                joined, refused = activity_people.sign_up_team(
                    session, self._activity.id, today=today
                )
            self._changed()
            self.said.setText(f"加了 {joined} 人。{refused[0] if refused else ''}")
            if len(refused) > 1:
                messages.tell(self, "\n".join(refused), f"{len(refused)} 人没有加")

    def sign_off(self) -> None:
        """退出报名 of the current one."""
        one = self.people.get(self.table.current_id() or 0)
        if one is None or not self._context.may(Right.RECORD_POINTS):
            return
        title = f"{one.name} 退出报名 {name_of(self._activity)}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(title) as session:
                activity_people.sign_off(session, one.id, version=one.version)
            self._changed()
            self.said.setText(f"{one.name} 退出了报名，序号留着，印好的签到表还能用。")

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        lines = 7 if metrics.large else 10
        self.table.setFixedHeight(metrics.head + lines * metrics.row)
        may = self._context.may(Right.RECORD_POINTS)
        offer(may, self.off_button)
        offer(may and self._activity.team_id is not None, self.team_button)
        hide_unless(may, self.line)
        self.body.addWidget(Label(_facts(self._activity), tone="text2", wrap=True))
        self.body.addWidget(self.line)
        self.body.addWidget(TableCard(self.table, self.foot))
        self.body.addLayout(row((self.said, 1), self.team_button, self.off_button))
        self.body.addStretch(1)
        self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        self.line.bind(self)
        self.line.picked.connect(self.add)
        self.line.unknown.connect(self._say_unknown)
        self.line.left_down.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.current_changed.connect(lambda _: self._show_buttons())
        self.off_button.clicked.connect(self.sign_off)
        self.team_button.clicked.connect(self.add_team)
        self.team_button.bind(self)
        keys.bind(self.table, "take_off", self.sign_off)

    def _say_unknown(self, typed: str) -> None:
        self.said.setText(f"没有找到“{typed}”。还不是志愿者的，先在“志愿者”里登记，再来报名。")

    def _changed(self) -> None:
        self.refresh()
        self._context.signals.changed.emit(Area.POINTS)

    def _show_count(self) -> None:
        count = sum(one.state is not Attendance.WITHDREW for one in self.people.values())
        wanted = self._activity.wanted
        need = f"，需要 {wanted} 人" if wanted else ""
        need = f"，已经超过需要的 {wanted} 人" if wanted and count > wanted else need
        self.said.setText(f"名单上 {count} 人{need}。" if count else "")
        self._show_buttons()

    def _show_buttons(self) -> None:
        one = self.people.get(self.table.current_id() or 0)
        self.off_button.setEnabled(one is not None and one.state is Attendance.SIGNED_UP)

    def _record(self) -> Record | None:
        one = self.people.get(self.table.current_id() or 0)
        if one is None:
            return None
        return Record(Participation, one.id, f"{one.name} {name_of(self._activity)}")

    def _fetch(self, ids: Sequence[int]) -> list[Participant]:
        return [self.people[one] for one in ids]

    def _residents(self, ids: Sequence[int]) -> list[int]:
        found = (self.people[one].resident_id for one in ids)
        return [one for one in found if one is not None]


def _facts(row_: ActivityRow) -> str:
    parts = (name_of(row_), row_.time, row_.place, row_.team)
    return "　".join(part for part in parts if part)
