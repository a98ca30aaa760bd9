"""轮值: who leads the joint meetings one after the other; who came and left this year."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import ChairTurn
from app.services import chair_turns, joint_members, periods
from app.services.chair_turns import TurnView
from app.services.joint_members import JOINED, MemberChange
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import box, column, row, small, title
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.joint.columns import CHANGE_COLUMNS, turn_columns
from app.ui.meetings.joint.turn_dialog import TurnDialog
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_SIDE, _SIDE_LARGE = 470, 390


class TurnsView(QWidget):
    """Turns at the left, changes of the year at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._turns: dict[int, TurnView] = {}
        self._moved: dict[int, MemberChange] = {}
        today = context.clock.today()
        self.model = PagedTableModel(turn_columns(today), self._fetch, parent=self)
        self.table = PagedTable(self.model, name="轮值主席")
        self.changes = PagedTableModel(CHANGE_COLUMNS, self._fetch_changes, parent=self)
        self.change_table = PagedTable(self.changes, name="委员变动")
        for table in (self.table, self.change_table):
            table.paper.personal = False
        self.change_table.paper.filter_words = lambda: f"{today.year} 年"
        self.edit = Button("修改", action="edit_in_meetings", size="small")
        self.remove = Button("删除", kind="danger", size="small")
        self.history = history_button(context, self, self._record)
        self.told = small()
        offer(context.may(Right.KEEP_JOINT), self.edit, self.remove)
        self._lay_out(today.year)
        self.table.current_changed.connect(self._show_buttons)
        self.table.opened.connect(self.change)
        self.edit.clicked.connect(self.change)
        self.remove.clicked.connect(self.drop)
        self.edit.bind(self)

    @property
    def current(self) -> TurnView | None:
        return self._turns.get(self.table.current_id() or 0)

    def refresh(self) -> None:
        """Read anew; without a choice the turn of today is current."""
        chosen, today = self.table.current_id(), self._context.clock.today()
        with self._context.database.lookup() as lookup:
            found = joint_members.joint_bodies(lookup, today)
            turns = chair_turns.turns(lookup, found[0].id) if found else []
            moved = joint_members.changes(lookup, periods.year_of(today))
        self._turns = {one.id: one for one in turns}
        self._moved = dict(enumerate(moved, start=1))
        came = sum(one.what == JOINED for one in moved)
        self.told.setText(f"任职 {came} 人，离任 {len(moved) - came} 人" if moved else "没有变动")
        if not turns:
            self.table.set_empty(self._nothing(bool(found)))
        if not moved:
            self.change_table.set_empty(EmptyState("swap-vertical", "今年没有变动"))
        self.model.set_ids(list(self._turns))
        self.changes.set_ids(list(self._moved))
        now = next((one.id for one in turns if one.holds(today)), None)
        if turns and not self.table.select_id(chosen if chosen is not None else now):
            self.table.select_row(len(turns) - 1)
        self._show_buttons()

    def add(self) -> None:
        """The next turn, as it is proposed."""
        if not self._context.may(Right.KEEP_JOINT):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.lookup() as lookup:
                found = joint_members.joint_bodies(lookup, self._context.clock.today())
            if found:
                TurnDialog(self._context, found[0].id, None, self.window()).exec()
            else:
                words = "还没有大党委，请先在“委员”里任职。"
                messages.warn(self._context.signals, words)

    def change(self, _key: object = None) -> None:
        """Other days, or somebody else."""
        one = self.current
        if one is not None and self._context.may(Right.KEEP_JOINT):
            with messages.domain_errors_shown(self):
                TurnDialog(self._context, one.body_id, one, self.window()).exec()

    def drop(self) -> None:
        """Into the recycle bin, after asking."""
        one = self.current
        if one is None:
            return
        words = f"{one.name}这一轮会移到回收站，30 天内可以放回。"
        if not messages.confirm(self, "删除轮值", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"删除轮值 {one.name}") as session:
                chair_turns.remove(session, one.id, now=self._context.clock.now())
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已删除：{one.name}的轮值")

    # -- inside

    def _lay_out(self, year: int) -> None:
        left = TableCard(self.table, TableFoot(self.table, unit="轮"))
        head = row(title("轮值主席"), None, margins=(11, 12, 10, 6))
        left.body.insertLayout(0, head)
        acts = row(self.edit, None, self.history, self.remove, margins=(11, 2, 11, 10))
        left.body.addLayout(acts)
        right = TableCard(self.change_table, TableFoot(self.change_table, unit="条"))
        words = row(title(f"{year} 年委员变动"), self.told, None, margins=(11, 12, 10, 6))
        right.body.insertLayout(0, words)
        large = theme.current().large
        right.setFixedWidth(theme.current().px(_SIDE_LARGE if large else _SIDE))
        self.setLayout(column((box(row((left, 1), right, spacing=12)), 1)))

    def _nothing(self, has_body: bool) -> EmptyState:
        advice = "按单位一轮一轮来，每轮三个月；轮到谁会提出来。" if has_body else "先登记委员。"
        may = has_body and self._context.may(Right.KEEP_JOINT)
        offered = (("排下一轮…", self.add),) if may else ()
        return EmptyState("calendar-clock", "还没有排轮值主席", advice, offered)

    def _show_buttons(self, _key: object = None) -> None:
        there = self.current is not None
        for button in (self.edit, self.remove, self.history):
            button.setVisible(there)
            button.setEnabled(there)

    def _record(self) -> Record | None:
        one = self.current
        return Record(ChairTurn, one.id, f"{one.name}的轮值") if one is not None else None

    def _fetch(self, ids: Sequence[int]) -> list[TurnView]:
        return [self._turns[one] for one in ids if one in self._turns]

    def _fetch_changes(self, ids: Sequence[int]) -> list[MemberChange]:
        return [self._moved[one] for one in ids if one in self._moved]
