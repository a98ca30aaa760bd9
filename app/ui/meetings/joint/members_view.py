"""委员: who sits in 大党委 for which unit, how active this year, and 年度述职."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import BodyKind
from app.services import body_views, joint_members
from app.services.joint_members import JointMember
from app.ui.kit import keys, messages
from app.ui.kit.chips import SwitchChip
from app.ui.kit.labels import box, column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.bodies.body_dialog import BodyDialog
from app.ui.meetings.bodies.leave_dialog import LeaveDialog
from app.ui.meetings.bodies.member_dialog import MemberDialog
from app.ui.meetings.joint.columns import MEMBER_COLUMNS, MEMBER_LEAVES
from app.ui.meetings.joint.member_card import MemberCard
from app.ui.meetings.joint.member_dialogs import ReplaceDialog, ReportDialog
from app.ui.people.own_grids import with_own
from app.values.rights import Right


class MembersView(QWidget):
    """`clear_asked`: the words that narrow the list are to go."""

    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.text = ""
        self._members: dict[int, JointMember] = {}
        self.model = PagedTableModel(MEMBER_COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="兼职委员")
        paper = self.table.paper
        paper.columns, paper.people = MEMBER_LEAVES, self._residents
        paper.filter_words = lambda: with_own(context, self.words)
        self.former = SwitchChip("含离任的")
        self.rule = small()
        self.card = MemberCard(context)
        foot = TableFoot(self.table, unit="人")
        bar = box(row(self.former, None, self.rule))
        left = column(bar, (TableCard(self.table, foot), 1), spacing=8)
        self.setLayout(row((box(left), 1), self.card, spacing=12))
        self.former.changed.connect(self._chosen)
        keys.bind(self, "appoint_member", self.appoint)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._open)
        self.card.asked.connect(self.do)

    @property
    def words(self) -> str:
        """What narrows the list, in words."""
        words = ["含离任的"] if self.former.on else []
        return "，".join([*words, *([f"含“{self.text}”"] if self.text else [])])

    @property
    def current(self) -> JointMember | None:
        return self._members.get(self.table.current_id() or 0)

    def refresh(self) -> None:
        """Read anew; whoever is chosen stays chosen."""
        chosen = self.table.current_id()
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            found = joint_members.members(lookup, today, ended=self.former.on, text=self.text)
        self._members = {one.seat.id: one for one in found}
        reported = sum(one.report is not None for one in found)
        self.rule.setText(f"{len(found)} 人，已述职 {reported} 人" if found else "")
        if not found:
            self.table.set_empty(self._nothing())
        self.model.set_ids(list(self._members))
        if found and not (chosen is not None and self.table.select_id(chosen)):
            self.table.select_row(0)

    def search(self, text: str) -> None:
        self.text = text.strip()
        self.refresh()

    def clear_filters(self) -> None:
        self.text = ""
        self.former.set_value(None)
        self.refresh()

    def appoint(self) -> None:
        """Somebody takes a seat in 大党委; without one that is begun first."""
        if not self._context.may(Right.KEEP_JOINT):
            return
        with messages.domain_errors_shown(self), self._context.database.lookup() as lookup:
            found = joint_members.joint_bodies(lookup, self._context.clock.today())
        if not found:
            self.begin()
            return
        dialog = MemberDialog(self._context, found[0], None, self.window())
        if dialog.exec() and dialog.member_id is not None:
            self.refresh()
            self.table.select_id(dialog.member_id)

    def begin(self) -> None:
        """The form of a new 大党委."""
        dialog = BodyDialog(self._context, None, self.window())
        dialog.kind.set_value(BodyKind.JOINT.label)
        if dialog.exec():
            self.refresh()

    def do(self, what: str) -> None:
        """report, replace, leave or edit the current one."""
        one = self.current
        if one is not None and self._context.may(Right.KEEP_JOINT):
            with messages.domain_errors_shown(self):
                getattr(self, f"_{what}")(one)

    def report_again(self, member_id: int | None) -> None:
        """Go on with a 述职 that was not saved."""
        self.refresh()
        if member_id is not None and self.table.select_id(member_id):
            self.do("report")

    # -- inside

    def _report(self, one: JointMember) -> None:
        ReportDialog(self._context, one, self.window()).exec()

    def _replace(self, one: JointMember) -> None:
        dialog = ReplaceDialog(self._context, one.seat, self.window())
        if dialog.exec() and dialog.member_id is not None:
            self.table.select_id(dialog.member_id)

    def _leave(self, one: JointMember) -> None:
        LeaveDialog(self._context, one.seat, self.window()).exec()

    def _edit(self, one: JointMember) -> None:
        with self._context.database.lookup() as lookup:
            body = body_views.body(lookup, one.seat.body_id, self._context.clock.today())
        MemberDialog(self._context, body, one.seat.id, self.window()).exec()

    def _nothing(self) -> EmptyState:
        if self.words:
            return not_found("没有这样的委员", self.clear_asked.emit)
        if not self._context.sees_all:
            return EmptyState("account-group-outline", "您的网格里没有兼职委员")
        may = self._context.may(Right.KEEP_JOINT)
        offered = (("任职…", self.appoint),) if may else ()
        advice = "成员单位派来的委员，登记单位、职务和任期；到会和项目自己算。"
        return EmptyState("account-group-outline", "还没有兼职委员", advice, offered)

    def _chosen(self, _on: object = None) -> None:
        self.refresh()

    def _show_current(self, _key: object = None) -> None:
        self.card.show_member(self.current)

    def _open(self, _key: object) -> None:
        self.do("report")

    def _residents(self, ids: Sequence[int]) -> list[int]:
        found = (one.seat.resident_id for one in self._fetch(ids))
        return [one for one in found if one is not None]

    def _fetch(self, ids: Sequence[int]) -> list[JointMember]:
        return [self._members[one] for one in ids if one in self._members]
