"""会议: the list of meetings with the card of one: agenda, what it still wants, the next step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.context import Context
from app.services import meeting_due, meeting_views
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row
from app.ui.kit.search_box import SearchBox
from app.ui.meetings.plan.actions import MeetingActions
from app.ui.meetings.plan.card import MeetingCard
from app.ui.meetings.plan.form import DRAFTS
from app.ui.meetings.plan.item_dialog import DRAFT, DRAFT_NEW
from app.ui.meetings.plan.list_view import MeetingList
from app.ui.people.meetings_wish import RunMeeting, ShowMeeting
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right


class MeetingsTab(PageTab):
    """Assembles: filters, list, card; the running meeting is a page of its own."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.search = SearchBox("会议、议程" if large else "会议、议程、地点", name="查找会议")
        self.new_button = Button("新建会议", kind="primary", action="new")
        self.head = (self.search, self.new_button)
        self.list = MeetingList(context)
        self.card = MeetingCard(context)
        self.actions_ = MeetingActions(context, self, self.show_meeting)
        offer(context.may(Right.RUN_MEETINGS), self.new_button)
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        return (("↑↓", "看这一次"), ("Enter", "进会场或看议程"))

    def refresh(self) -> None:
        self.list.refresh()
        self._tell_count()

    def take_focus(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowMeeting):
            self.show_meeting(wanted.meeting_id)
        elif isinstance(wanted, Unsaved) and wanted.kind == DRAFTS:
            self.actions_.go_on(wanted.record_id)
        elif isinstance(wanted, Unsaved) and wanted.kind in (DRAFT, DRAFT_NEW):
            self.actions_.go_on_item(wanted)
        elif isinstance(wanted, Unsaved) and wanted.kind == "meeting_words":
            meeting_id = int(wanted.key.partition(":")[2].partition("-")[0])
            self.context.signals.page_requested.emit("meetings", RunMeeting(meeting_id))
        elif isinstance(wanted, Unsaved) and wanted.record_id is not None:
            self.context.signals.page_requested.emit("meetings", RunMeeting(wanted.record_id))

    def show_meeting(self, meeting_id: int) -> None:
        """A meeting in the list, whatever the search and the filters hide."""
        with self.context.database.lookup() as lookup:
            found = meeting_views.rows(lookup, [meeting_id])
        if not found:
            messages.warn(self.context.signals, "这次会议已经删除，可以从回收站放回。")
        elif not self.list.show_meeting(meeting_id):
            self.search.clear()
            self.list.show_meeting(meeting_id)

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.search.setFixedWidth(metrics.px(180 if metrics.large else 210))
        self.card.setFixedWidth(metrics.px(420 if metrics.large else 520))
        body = row((self.list, 1), self.card, spacing=12)
        self.setLayout(column(row((self.list.bar, 1)), (body, 1), spacing=8))

    def _connect(self) -> None:
        self.search.paused.connect(self.list.search)
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(self._submitted)
        self.list.table.current_changed.connect(self.card.show_meeting)
        self.list.table.opened.connect(self._open)
        self.list.clear_asked.connect(self._clear)
        self.card.asked.connect(self._ask)
        self.new_button.clicked.connect(self._new)
        self.new_button.bind(self)
        self.search.bind(self)
        keys.bind(self, "print", self._print)
        keys.bind(self, "clear_filters", self._clear)
        keys.bind(self, "export", self._export)

    def _ask(self, name: str) -> None:
        if self.card.meeting is not None:
            self.actions_.do(name, self.card.meeting)

    def _open(self) -> None:
        """Enter: into the meeting from its day on, before it to its agenda."""
        self._ask("enter" if self.card.enter.isEnabled() else "agenda")

    def _new(self) -> None:
        self.actions_.new(self.list.body_chip.number)

    def _print(self) -> None:
        self._ask("sheet")

    def _submitted(self) -> None:
        self.take_focus()

    def _clear(self) -> None:
        self.search.clear()
        self.search.settle()
        self.list.clear_filters()
        self.take_focus()

    def _export(self) -> None:
        table_paper.export(self.list.table)

    def _tell_count(self) -> None:
        """Bodies that should have met by now."""
        today = self.context.clock.today()
        with self.context.database.lookup() as lookup:
            late = [one for one in meeting_due.due(lookup, today=today) if one.late(today)]
        self.count_changed.emit(len(late))
