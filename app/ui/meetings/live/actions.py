"""What is done in a meeting beyond typing: each asks, then goes through the course."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.models import MeetingState
from app.services import (
    agenda,
    attendance,
    meeting_opening,
    meeting_points,
    minutes,
    sittings,
)
from app.services.agenda_input import ItemInput
from app.services.attendance_views import Seat
from app.ui.kit import messages
from app.ui.meetings.live.course import Course, Sight
from app.ui.meetings.live.dialogs import (
    WORDS_DRAFT,
    ObserverDialog,
    ProxyDialog,
    TextDialog,
)
from app.ui.meetings.live.end_dialog import EndDialog
from app.ui.meetings.live.record_dialogs import AmendDialog, FileDialog, PartyDialog, RuleDialog
from app.ui.recent.unsaved import keep_dialog


class Actions:
    """Of one page; `window` is under the dialogs."""

    def __init__(self, course: Course, window: QWidget) -> None:
        self._course, self._window = course, window

    @property
    def _sight(self) -> Sight | None:
        return self._course.sight if self._course.may else None

    @property
    def _now(self) -> Any:
        return self._course.context.clock.now()

    def step(self) -> bool:
        """The last button: 开会, 结束会议, 定稿, 写修正; whether it was done."""
        sight = self._sight
        if sight is None:
            return False
        if sight.coming:
            return self._open(sight)
        steps = {
            MeetingState.RUNNING: self._end,
            MeetingState.ENDED: self._file,
            MeetingState.FILED: self._amend,
        }
        act = steps.get(sight.meeting.state)
        return act(sight) if act is not None else False

    def call_item(self, item_id: int) -> bool:
        """转到这一项."""
        sight, now = self._sight, self._now
        item = next((one for one in sight.items if one.id == item_id), None) if sight else None
        if sight is None or item is None or not sight.runs:
            return False
        return self._course.do(
            f"转到第 {item.place} 项 {item.title}",
            lambda s: sittings.begin_item(s, item_id, now=now),
        )

    def add_item(self) -> None:
        """加临时议题: it may be talked over, never decided."""
        sight = self._sight
        if sight is None:
            return
        dialog = TextDialog("加临时议题", "加入议程", "议题", "", self._window)
        dialog.keep_for(self._course.context, sight.meeting.id, "new")
        dialog.say("会上新提出来的，可以议，不能作决定；要决定的列入下次会议。")
        if dialog.exec() and dialog.words:
            entered = ItemInput(title=dialog.words)
            self._course.do(
                f"加临时议题 {dialog.words[:20]}",
                lambda s: agenda.add_there(s, sight.meeting.id, entered),
            )

    def change_words(self) -> None:
        """改文字."""
        sight = self._sight
        item = sight.item if sight is not None else None
        if sight is None or item is None or not sight.runs or sight.item_votes:
            return
        dialog = TextDialog("改付表决的文字", "保存", "决议草案", item.words, self._window)
        dialog.keep_for(self._course.context, sight.meeting.id, f"words-{item.id}")
        if dialog.exec() and dialog.words != item.words:
            words = dialog.words
            self._course.do(
                f"改 {item.title} 的文字",
                lambda s: sittings.change_words(s, item.id, words, version=item.version),
            )

    def add_observer(self) -> None:
        """列席."""
        sight, now = self._sight, self._now
        dialog = ObserverDialog(self._window)
        if sight is not None and dialog.exec():
            name, came_from = dialog.name.text(), dialog.came_from.text()
            self._course.do(
                f"列席 {name}",
                lambda s: attendance.observe(
                    s, sight.meeting.id, name=name, came_from=came_from, now=now
                ),
            )

    def give_proxy(self, seat: Seat) -> None:
        """委托."""
        sight, now, who = self._sight, self._now, seat.who
        if sight is None or who is None:
            return
        there = [one for one in sight.seats if one.counts and one.who is not None]
        dialog = ProxyDialog(seat, there, self._window)
        holder = dialog.holder.chosen_id if dialog.exec() else None
        if holder is not None:
            self._course.do(
                f"{seat.name} 委托",
                lambda s: attendance.proxy(s, sight.meeting.id, who, holder_id=holder, now=now),
            )

    def note_party(self) -> None:
        """第三十条, where it was forgotten before."""
        sight = self._sight
        if sight is None:
            return
        dialog = PartyDialog(sight.meeting, sight.meeting.on_date, self._window)
        day = dialog.day.value() if dialog.exec() else None
        if day is not None:
            words, delegation = dialog.words.text(), dialog.delegation.text()
            self._course.do(
                "补记党组织研究和授权",
                lambda s: sittings.note_party(
                    s, sight.meeting.id, party_on=day, party_words=words, delegation=delegation
                ),
            )

    def show_rules(self) -> None:
        """看规则."""
        if self._course.sight is not None:
            RuleDialog(self._course.sight.here, self._window).exec()

    # -- inside: from one state to the next

    def _open(self, sight: Sight) -> bool:
        now, row = self._now, sight.meeting

        def act(session: Any) -> None:
            meeting_opening.open_meeting(session, row.id, version=row.version, now=now)
            first = agenda.items(session, row.id)
            if first:
                sittings.begin_item(session, first[0].id, now=now)

        return self._course.do(f"开会 {row.title}", act)

    def _end(self, sight: Sight) -> bool:
        dialog = EndDialog(self._course.context, sight, self._window)
        key = f"{WORDS_DRAFT}:{sight.meeting.id}-end"
        keep_dialog(self._course.context, dialog, dialog.form, key, dialog.windowTitle())
        if not dialog.exec():
            return False
        now, entered, points = self._now, dialog.entered, dialog.points.isChecked()

        def act(session: Any) -> None:
            minutes.end(session, sight.meeting.id, entered, now=now)
            if points:
                meeting_points.post(session, sight.meeting.id, now=now)

        if not self._course.do(f"结束会议 {sight.meeting.title}", act):
            return False
        after = self._course.sight
        made = after.meeting.open_resolutions if after is not None else 0
        if made:
            words = f"会议已结束，议定的 {made} 件事在“决议”里交办、公示。"
            messages.notify(self._course.context.signals, words)
        return True

    def _file(self, sight: Sight) -> bool:
        dialog = FileDialog(sight.meeting, self._window)
        dialog.keep_for(self._course.context, sight.meeting.id, "file")
        if not dialog.exec():
            return False
        now, row = self._now, sight.meeting
        entered = dialog.entered
        return self._course.do(
            f"定稿会议记录 {row.title}",
            lambda s: minutes.file(s, row.id, entered=entered, version=row.version, now=now),
        )

    def _amend(self, sight: Sight) -> bool:
        dialog = AmendDialog(sight.items, self._window)
        dialog.keep_for(self._course.context, sight.meeting.id, "amend")
        if not dialog.exec():
            return False
        now, key = self._now, sight.meeting.id
        words, reason = dialog.words.toPlainText(), dialog.reason.text()
        item_id = dialog.item.chosen_id
        return self._course.do(
            f"修正会议记录 {sight.meeting.title}",
            lambda s: minutes.amend(s, key, words=words, reason=reason, item_id=item_id, now=now),
        )
