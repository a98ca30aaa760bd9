"""What is done with a meeting, from the card and the keys alike."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.reports import invitation, meeting_sheet
from app.services import agenda, meeting_papers, meeting_rules, meeting_views, meetings
from app.services.meeting_views import MeetingRow
from app.services.papers import Printing
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.meetings.ballots.item_dialog import open_ballots
from app.ui.meetings.plan.agenda_dialog import AgendaDialog
from app.ui.meetings.plan.call_dialog import CallDialog
from app.ui.meetings.plan.cancel_dialog import CancelDialog
from app.ui.meetings.plan.form import MeetingDialog
from app.ui.meetings.plan.invite_dialog import InviteDialog
from app.ui.meetings.plan.item_dialog import DRAFT, ItemDialog
from app.ui.meetings.plan.words import name_of
from app.ui.people.meetings_wish import RunMeeting
from app.ui.people.paper_job import Made, show_paper
from app.ui.people.paper_wish import MadeNotice
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right

_LOOKS = ("enter", "agenda", "notice")


class MeetingActions:
    """`shown` is told the id of a meeting that was made."""

    def __init__(self, context: Context, owner: QWidget, shown: Callable[[int], object]) -> None:
        self._context, self._owner, self._shown = context, owner, shown

    def do(self, name: str, it: MeetingRow) -> None:
        """The action of this name: enter, agenda, call, edit, sheet, cancel ..."""
        if name in _LOOKS or self._context.may(Right.RUN_MEETINGS):
            with messages.domain_errors_shown(self._owner):
                getattr(self, name)(it)

    def new(self, body_id: int | None = None) -> None:
        """新建会议, of a body if one is named."""
        if self._context.may(Right.RUN_MEETINGS):
            self._fill(MeetingDialog(self._context, body_id=body_id, parent=self._window))

    def go_on(self, meeting_id: int | None) -> None:
        """The form of a meeting that was not saved when the program ended."""
        with messages.domain_errors_shown(self._owner):
            self._fill(MeetingDialog(self._context, meeting_id, parent=self._window))

    def go_on_item(self, wanted: Unsaved) -> None:
        """The same for an item of an agenda."""
        with messages.domain_errors_shown(self._owner):
            key = wanted.record_id or 0
            with self._context.database.lookup() as lookup:
                one = agenda.item(lookup, key) if wanted.kind == DRAFT else None
                it = meeting_views.meeting(lookup, one.meeting_id if one else key)
                decides = meeting_rules.rule_of(lookup, it).decides
            ItemDialog(self._context, it, one, decides=decides, parent=self._window).exec()
            self._shown(it.id)

    def edit(self, it: MeetingRow) -> None:
        self._fill(MeetingDialog(self._context, it.id, parent=self._window))

    def again(self, it: MeetingRow) -> None:
        """照样再开一次: the next meeting of the same body."""
        self.new(it.body_id)

    def enter(self, it: MeetingRow) -> None:
        """进会场, or the minutes of a meeting that was held."""
        self._context.signals.page_requested.emit("meetings", RunMeeting(it.id))

    def agenda(self, it: MeetingRow) -> None:
        AgendaDialog(self._context, it, self._window).exec()

    def call(self, it: MeetingRow) -> None:
        """发通知; the notice is shown where it is printed."""
        dialog = CallDialog(self._context, it, self._window)
        if dialog.exec() and dialog.notice_id is not None:
            words = "会议通知写好了，在“文书 · 通知”里改和打印"
            messages.notify(self._context.signals, words)
            self._show_notice(dialog.notice_id)

    def notice(self, it: MeetingRow) -> None:
        """The notice that was written."""
        if it.notice_id is not None:
            self._show_notice(it.notice_id)

    def sheet(self, it: MeetingRow) -> None:
        """打印签到表, journaled when it was printed or saved."""

        def make(session: Session, printing: Printing) -> Callable[[], Made]:
            data = meeting_papers.sheet(session, it.id, printing)
            return lambda: (
                meeting_sheet.render(data),
                lambda session: meeting_papers.note_printed(session, it.id),
            )

        self._paper(f"签到表 {name_of(it)}", make)

    def invitations(self, it: MeetingRow) -> None:
        """打印邀请函 for those who are named in the dialog."""
        dialog = InviteDialog(self._context, it, self._window)
        if not dialog.exec():
            return
        guests = dialog.guests

        def make(session: Session, printing: Printing) -> Callable[[], Made]:
            data = meeting_papers.invitations(session, it.id, guests, printing)
            return lambda: (
                invitation.render(data),
                lambda session: meeting_papers.note_invited(session, it.id),
            )

        self._paper(f"邀请函 {name_of(it)}", make)

    def ballots(self, it: MeetingRow) -> None:
        """表决票 of an item: numbered, printed, typed back."""
        open_ballots(self._context, it.id, self._window)

    def cancel(self, it: MeetingRow) -> None:
        """取消会议, with the reason."""
        dialog = CancelDialog(it, self._window)
        if not dialog.exec():
            return

        def act(session: Session) -> None:
            meetings.cancel(session, it.id, reason=dialog.reason.text(), version=it.version)

        self._do(f"取消会议 {name_of(it)}", act)

    def remove(self, it: MeetingRow) -> None:
        """Into the recycle bin, after asking."""
        words = f"“{name_of(it)}”会移到回收站，30 天内可以放回；它的议题等下一次会议。"
        if not messages.confirm(self._owner, "删除会议", words, "删除", destructive=True):
            return

        def act(session: Session) -> None:
            now = self._context.clock.now()
            meetings.remove(session, it.id, version=it.version, now=now)

        self._do(f"删除会议 {name_of(it)}", act)

    # -- inside

    @property
    def _window(self) -> QWidget:
        return self._owner.window()

    def _fill(self, dialog: MeetingDialog) -> None:
        if dialog.exec() and dialog.meeting_id is not None:
            self._shown(dialog.meeting_id)

    def _show_notice(self, notice_id: int) -> None:
        if self._context.may(Right.ISSUE_PAPERS):
            self._context.signals.page_requested.emit("papers", MadeNotice(notice_id))

    def _paper(self, title: str, make: Callable[[Session, Printing], Callable[[], Made]]) -> None:
        if self._context.may(Right.PRINT):
            show_paper(self._context, self._owner, title, make)

    def _do(self, sentence: str, act: Callable[[Session], object]) -> None:
        with self._context.database.transaction(sentence) as session:
            act(session)
        self._context.signals.changed.emit(Area.MEETINGS)
        messages.notify(self._context.signals, f"已{sentence}")
