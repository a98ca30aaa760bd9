"""Whom a body has: the table, and what is done with one of them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import BodyKind, BodyMember
from app.services import body_changes, body_members, body_views
from app.services.body_views import BodyView, MemberView
from app.ui.kit import messages
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import SwitchChip
from app.ui.kit.labels import column, row, rule
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.bodies.columns import MEMBER_COLUMNS, resident_of
from app.ui.meetings.bodies.leave_dialog import LeaveDialog
from app.ui.meetings.bodies.member_dialog import MemberDialog
from app.ui.meetings.bodies.words import PUT_FORWARD
from app.ui.people.own_grids import with_own
from app.ui.recent.history import Record, history_button
from app.values.pinyin_match import spells
from app.values.rights import Right


class MembersPane(QWidget):
    """`clear_asked`: the words that narrow the list are to go."""

    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._body: BodyView | None = None
        self._members: dict[int, MemberView] = {}
        self.text = ""
        self.model = PagedTableModel(MEMBER_COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="组织成员")
        self.table.paper.people = self._residents
        self.table.paper.filter_words = lambda: with_own(context, self._words())
        self.appoint_button = Button("任职", kind="primary", size="small", action="appoint_member")
        self.edit_button = Button("更正", size="small", action="edit_in_meetings")
        self.leave_button = Button("离任", size="small", action="end_member")
        self.former = SwitchChip("含离任的")
        self.history = history_button(context, self, self._record)
        self.history.setText("成员经过")
        self.remove_button = Button("删除", kind="danger", size="small")
        self._acting = (
            (self.appoint_button, self.appoint),
            (self.edit_button, self.edit),
            (self.leave_button, self.leave),
            (self.remove_button, self.remove),
        )
        self._lay_out()
        self._connect()

    @property
    def current(self) -> MemberView | None:
        """The member with the cursor."""
        return self._members.get(self.table.current_id() or 0)

    def show_body(self, body: BodyView | None) -> None:
        """The members of another body, or anew of the same."""
        other = body is None or self._body is None or body.id != self._body.id
        self._body = body
        asked = body is not None and body.kind in PUT_FORWARD
        self.table.set_column_present("households", present=asked)
        current = None if other else self.table.current_id()
        self._members = self._read(body)
        ids = [key for key, one in self._members.items() if self._is_meant(one)]
        if not ids:
            self.table.set_empty(self._nothing())
        self.model.set_ids(ids)
        if ids and not (current is not None and self.table.select_id(current)):
            self.table.select_row(0)
        self._show_buttons()

    def search(self, text: str) -> None:
        """Names by characters or pinyin, places to the letter."""
        self.text = text
        self.show_body(self._body)

    def select(self, member_id: int) -> bool:
        """Make a member current, one who left too."""
        if not self.table.select_id(member_id):
            self.former.show_on(True)
            self.text = ""
            self.show_body(self._body)
        return self.table.select_id(member_id)

    def appoint(self) -> None:
        """Somebody new; he is then the current one."""
        if self._body is None or not self.may or not self._has_seats:
            return
        dialog = MemberDialog(self._context, self._body, None, self.window())
        if dialog.exec() and dialog.member_id is not None:
            self.show_body(self._body)
            self.select(dialog.member_id)

    def edit(self) -> None:
        """The form of the current one."""
        if self._body is not None and self.current is not None and self.may:
            with messages.domain_errors_shown(self):
                MemberDialog(self._context, self._body, self.current.id, self.window()).exec()

    def leave(self) -> None:
        """离任 of the current one."""
        if self.current is not None and self.may:
            LeaveDialog(self._context, self.current, self.window()).exec()

    def remove(self) -> None:
        """A seat that was typed by mistake goes to the bin, after asking."""
        one = self.current
        if one is None or not self.may:
            return
        words = f"{one.name}这一条会移到回收站，30 天内可以放回。真的担任过，请办离任。"
        if not messages.confirm(self, "删除成员", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"删除成员 {one.name}") as session:
                body_members.remove_member(session, one.id, now=self._context.clock.now())
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已删除：{one.name}")

    @property
    def may(self) -> bool:
        """Whether the user looks after this body."""
        joint = self._body is not None and self._body.kind in body_changes.JOINT_KINDS
        may = self._context.may
        return may(Right.RUN_MEETINGS) or (joint and may(Right.KEEP_JOINT))

    # -- inside

    @property
    def _has_seats(self) -> bool:
        return self._body is not None and self._body.kind is not BodyKind.ASSEMBLY

    def _read(self, body: BodyView | None) -> dict[int, MemberView]:
        if body is None:
            return {}
        today = self._context.clock.today()
        ended = body.until is not None and body.until < today
        day = None if self.former.on or ended or body.since > today else today
        with self._context.database.lookup() as lookup:
            return {one.id: one for one in body_views.members(lookup, body.id, day)}

    def _is_meant(self, one: MemberView) -> bool:
        typed = self.text.strip()
        return not typed or spells(one.name, typed) or typed in one.came_from

    def _nothing(self) -> EmptyState:
        if self._body is None:
            return EmptyState("account-outline", "还没有选中组织")
        if not self._has_seats:
            detail = "十八周岁以上的居民，或者每户一名代表，都可以参加，不用列名单。"
            return EmptyState("account-group-outline", "居民会议没有固定的成员", detail)
        if self._members:
            return not_found("没有这样的成员", self.clear_asked.emit)
        if not self._context.sees_all:
            return EmptyState("account-outline", "您的网格里没有这个组织的成员")
        advice = "按 Alt+J 任职。" if self.may else ""
        return EmptyState("account-outline", "还没有成员", advice)

    def _lay_out(self) -> None:
        buttons = row(
            self.appoint_button,
            self.edit_button,
            self.leave_button,
            self.former,
            None,
            self.history,
            self.remove_button,
            margins=(15, 2, 15, 8),
        )
        foot = TableFoot(self.table, unit="人")
        self.setLayout(column((self.table, 1), rule(), foot, buttons, spacing=0))

    def _connect(self) -> None:
        offer(
            self._context.may(Right.RUN_MEETINGS) or self._context.may(Right.KEEP_JOINT),
            *(button for button, _ in self._acting),
        )
        for button, act in self._acting:
            button.clicked.connect(act)
        for button in (self.appoint_button, self.edit_button, self.leave_button):
            button.bind(self)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(self._show_buttons)
        self.former.changed.connect(self._show_again)

    def _open(self, _key: object) -> None:
        self.edit()

    def _show_again(self, _on: object = None) -> None:
        self.show_body(self._body)

    def _show_buttons(self, _key: object = None) -> None:
        self.appoint_button.setVisible(self._has_seats)
        self.appoint_button.setEnabled(self._has_seats and self.may)
        self.former.setVisible(self._has_seats)
        there = self.current is not None
        for button in (self.edit_button, self.leave_button, self.remove_button):
            button.setVisible(there and self.may)
            button.setEnabled(there and self.may)
        self.history.setVisible(there)

    def _record(self) -> Record | None:
        one = self.current
        return None if one is None else Record(BodyMember, one.id, f"{one.name} {one.role.label}")

    def _words(self) -> str:
        parts = [self._body.title if self._body else ""]
        if self.former.on:
            parts.append("含离任的")
        if self.text.strip():
            parts.append(f"查找“{self.text.strip()}”")
        return "，".join(part for part in parts if part)

    def _residents(self, ids: Sequence[int]) -> list[int]:
        return [key for one in self._fetch(ids) for key in resident_of(one)]

    def _fetch(self, ids: Sequence[int]) -> list[MemberView]:
        return [self._members[one] for one in ids]
