"""大党委: the units, their part-time members, who leads by turn."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.models import BodyKind
from app.services import body_views, meeting_views
from app.services.meeting_views import MeetingFilter
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.stacks import show_part
from app.ui.kit.view_switch import ViewSwitch
from app.ui.meetings.joint import printing
from app.ui.meetings.joint.members_view import MembersView
from app.ui.meetings.joint.now_line import now_words
from app.ui.meetings.joint.turns_view import TurnsView
from app.ui.meetings.joint.unit_dialogs import UnitDialog
from app.ui.meetings.joint.units_view import UnitsView
from app.ui.meetings.joint.words import MEMBERS, TURNS, UNITS
from app.ui.people.meetings_wish import ShowJointUnit, ShowMeeting
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right


class JointTab(PageTab):
    """Three views; the line above says whose turn it is and when the joint meeting is due."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.search = SearchBox("单位" if large else "单位、姓名", name="查找单位和委员")
        self.search.setFixedWidth(theme.current().px(120 if large else 170))
        self.more = Button("更多", trail="chevron-down")
        self.new_button = Button("登记", kind="primary", action="new")
        offer(context.may(Right.KEEP_JOINT), self.new_button)
        self.head = (self.search, self.more, self.new_button)
        self.choice = ViewSwitch(
            [
                (UNITS, UNITS, "共建单位"),
                (MEMBERS, MEMBERS, "兼职委员"),
                (TURNS, TURNS, "轮值主席"),
            ],
            action="switch_in_meetings",
        )
        self.now = small(wrap=True)
        self.units, self.members = UnitsView(context), MembersView(context)
        self.turns = TurnsView(context)
        self._views: dict[object, UnitsView | MembersView | TurnsView] = {
            UNITS: self.units,
            MEMBERS: self.members,
            TURNS: self.turns,
        }
        self.stack = QStackedWidget()
        for view in self._views.values():
            self.stack.addWidget(view)
        line = row(self.choice, 8, (self.now, 1))
        self.setLayout(column(line, (self.stack, 1), spacing=8))
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        acts: tuple[tuple[str, str], ...] = ()
        if self.context.may(Right.KEEP_JOINT):
            words = {UNITS: "登记单位", MEMBERS: "任职", TURNS: "排下一轮"}
            acts = ((keys.cap("new"), words[str(self.choice.value())]),)
            if self.choice.value() == MEMBERS:
                acts = (*acts, (keys.cap("member_report"), "述职"))
        prints = ((keys.cap("print"), "台账"),) if self._prints else ()
        return (*acts, *prints, self.choice.legend)

    @property
    def person_at_hand(self) -> int | None:
        """The member with the cursor, if he is a resident."""
        one = self.members.current if self.choice.value() == MEMBERS else None
        return one.seat.resident_id if one is not None else None

    def refresh(self) -> None:
        """What is seen is read anew; the others when they are opened."""
        with messages.domain_errors_shown(self):
            with self.context.database.lookup() as lookup:
                self.now.setText(now_words(lookup, self.context.clock.today()))
            self._seen.refresh()

    def take_focus(self) -> None:
        self._seen.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, name: object) -> None:
        """单位, 委员 or 轮值."""
        self.choice.show_value(name)
        show_part(self.stack, self._views[name], self.take_focus)
        self.search.setVisible(name != TURNS)
        self.new_button.setText({UNITS: "登记", MEMBERS: "任职", TURNS: "排下一轮"}[str(name)])
        self.refresh()
        self.legend_changed.emit()

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowJointUnit):
            self.show_view(UNITS)
            if self.units.select(wanted.unit_id):
                self.take_focus()
            else:
                messages.warn(self.context.signals, "没有这个单位，可能已经删除。")
        elif isinstance(wanted, Unsaved) and wanted.kind == "member_report":
            self.show_view(MEMBERS)
            self.members.report_again(wanted.record_id)
        elif isinstance(wanted, Unsaved):
            self.show_view(UNITS)
            with messages.domain_errors_shown(self):
                UnitDialog(self.context, wanted.record_id, self.window()).exec()

    def new(self) -> None:
        """A unit, a member or a turn, as the view is."""
        acts = {UNITS: self.units.add, MEMBERS: self.members.appoint, TURNS: self.turns.add}
        acts[str(self.choice.value())]()

    def open_menu(self) -> None:
        """What is wanted more rarely."""
        menu = menu_of(self.more)
        if self._prints:
            menu.addAction(f"打印兼职委员台账…\t{keys.cap('print')}", self.print_register)
        if self.context.may(Right.EXPORT):
            menu.addAction(f"导出本表…\t{keys.cap('export')}", self.export)
        menu.addSeparator()
        menu.addAction("看最近的联席会议", lambda: self.show_meeting(BodyKind.JOINT))
        menu.addAction("看最近的红色物业联席会", lambda: self.show_meeting(BodyKind.PROPERTY))
        drop(menu, self.more)

    def print_register(self) -> None:
        """兼职委员台账."""
        if self._prints:
            with messages.domain_errors_shown(self):
                printing.print_register(self.context, self)

    def export(self) -> None:
        table_paper.export(self._paper)

    def show_meeting(self, kind: BodyKind) -> None:
        """The meeting of a body of this kind that goes on, comes next or was the last."""
        today = self.context.clock.today()
        with self.context.database.lookup() as lookup:
            bodies = [one.id for one in body_views.bodies(lookup, today) if one.kind is kind]
            found = [
                meeting
                for body_id in bodies
                for meeting in meeting_views.list_ids(lookup, MeetingFilter(body_id=body_id))
            ]
        if found:
            self.context.signals.page_requested.emit("meetings", ShowMeeting(found[0]))
        else:
            words = f"还没有{kind.label}的会议，请在“会议”里召集；组织在“组织”里新建。"
            messages.warn(self.context.signals, words)

    # -- inside

    @property
    def _prints(self) -> bool:
        """Whether the register may be made: it is the whole community's."""
        return self.context.may(Right.PRINT) and self.context.sees_all

    @property
    def _seen(self) -> UnitsView | MembersView | TurnsView:
        return self._views[self.choice.value()]

    @property
    def _paper(self) -> PagedTable:
        return self._seen.table

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_view)
        self.choice.bind(self, self.take_focus)
        self.search.searched.connect(self._search)
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(self._found)
        self.search.bind(self)
        for view in (self.units, self.members):
            view.clear_asked.connect(self._clear)
        self.more.clicked.connect(self.open_menu)
        self.new_button.clicked.connect(self.new)
        keys.bind(self, "new", self.new)
        keys.bind(self, "clear_filters", self._clear)
        keys.bind(self, "print", self.print_register)
        keys.bind(self, "export", self.export)

    def _search(self, text: str) -> None:
        view = self._seen
        if not isinstance(view, TurnsView):
            view.search(text)

    def _found(self, _text: str) -> None:
        self.take_focus()

    def _clear(self) -> None:
        self.search.clear()
        self.search.settle()
        view = self._seen
        if not isinstance(view, TurnsView):
            view.clear_filters()
        self.take_focus()
