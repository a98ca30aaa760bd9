"""会议进行中: sign-in, agenda, votes and minutes of one meeting on the whole page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import ItemState, MeetingState
from app.services.agenda import ItemView
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import box, column, row
from app.ui.meetings.live.actions import Actions
from app.ui.meetings.live.agenda_card import AgendaCard
from app.ui.meetings.live.big_screen import BigScreen
from app.ui.meetings.live.course import Course
from app.ui.meetings.live.dialogs import TextDialog
from app.ui.meetings.live.floor import Floor
from app.ui.meetings.live.head import Head, QuorumBar
from app.ui.meetings.live.matter_card import MatterCard
from app.ui.meetings.live.middle import Middle
from app.ui.meetings.live.minutes_card import MinutesCard
from app.ui.meetings.live.papers import Papers
from app.ui.meetings.live.plans_dialog import PlansDialog
from app.ui.meetings.live.sign_in_card import SignInCard
from app.ui.people.tabbed_page import PageTab


class LiveMeeting(PageTab):
    """Opened by `page_requested("meetings", RunMeeting(meeting_id))`, in any state of the meeting:
    before it begins (people sign in, then 开会), while it goes on, and for its minutes later."""

    left = Signal()
    """Back to where the page was"""

    def __init__(self, context: Context, meeting_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.meeting_id = meeting_id
        self.course = Course(context, meeting_id, self)
        self.actions_of, self.floor = Actions(self.course, self), Floor(self.course, self)
        self.top, self.quorum = Head(self.course, self), QuorumBar(self.course, self)
        self.papers = Papers(self.course, self.top.print, self)
        self.agenda, self.matter = AgendaCard(self.course, self), MatterCard(self.course, self)
        self.minutes, self.people = MinutesCard(self.course, self), SignInCard(self.course, self)
        self.party = Button("补记党组织研究", kind="link", size="small")
        self.screen_: BigScreen | None = None
        self._lay_out()
        self._connect()
        self._bind()

    # -- what the page asks

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        sight = self.course.sight
        back = (keys.cap("leave"), "返回")
        prints = ((keys.cap("print"), "打印"),) if self.course.may_print else ()
        if sight is None or not self.course.may:
            return (*prints, back)
        sign_in = (keys.cap("find_person"), "签到")
        if sight.coming:
            return (sign_in, (keys.cap("end_meeting"), "开会"), back)
        if not sight.runs:
            return (*prints, back)
        next_item = (keys.cap("next_item"), "下一项")
        if self.matter.vote.open:
            return (("Enter", "下一格"), sign_in, next_item, (keys.cap("announce"), "宣布"))
        return (sign_in, next_item, (keys.cap("put_speaker"), "发言"), back)

    def refresh(self) -> None:
        """Somebody signed in, spoke, voted; here or at another desk."""
        self.course.read()

    def take_focus(self) -> None:
        """To the sign-in, or to the agenda where nobody signs in any more."""
        if self.people.search.isHidden():
            self.agenda.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.people.go_to_search()

    def find_person(self) -> bool:
        self.people.go_to_search()
        return True

    def leave(self) -> bool:
        """What was typed of the minutes goes into the record first."""
        return self.minutes.write()

    # -- inside

    def _lay_out(self) -> None:
        layout = column()
        layout.setSpacing(theme.current().spacing[2])
        self.setLayout(layout)
        gap = theme.current().spacing[2]
        layout.addWidget(self.top)
        layout.addWidget(box(row((self.quorum, 1), self.party)))
        self.middle = Middle(self.matter, self.minutes, self)
        parts = row(self.agenda, (self.middle, 1), self.people)
        parts.setSpacing(gap)
        layout.addLayout(parts, 1)
        offer(self.course.may, self.party)

    def _connect(self) -> None:
        self.course.changed.connect(self._show)
        self.top.back_asked.connect(self._back)
        self.top.step_asked.connect(self._step)
        self.top.screen_asked.connect(self.show_screen)
        self.top.print_asked.connect(self._print)
        self.quorum.rules_asked.connect(self.actions_of.show_rules)
        self.party.clicked.connect(self.actions_of.note_party)
        self.agenda.next_asked.connect(self.next_item)
        self.agenda.add_asked.connect(self.actions_of.add_item)
        self.agenda.list.called.connect(self._call)
        self.agenda.speech.button.clicked.connect(self.floor.time_up)
        self.agenda.speech.ask.clicked.connect(self._speak)
        self.agenda.speech.over.connect(self._time_is_over)
        self.agenda.speech.begin_asked.connect(self.floor.begin_speech)
        self.agenda.speech.drop_asked.connect(self.floor.drop_speech)
        self.matter.words_asked.connect(self.actions_of.change_words)
        self.matter.call_asked.connect(self._call)
        self.matter.plans_asked.connect(self._choose_plan)
        self.matter.motion_asked.connect(self.floor.treat_motion)
        self.matter.vote.announced.connect(self._announced)
        self.matter.vote.changed.connect(self.legend_changed)
        self.matter.vote.wanted.connect(self.middle.show_matter)
        self.people.observer_asked.connect(self.actions_of.add_observer)
        self.people.proxy_asked.connect(self.actions_of.give_proxy)

    def _bind(self) -> None:
        self.matter.vote.bind(self)
        bound = {
            "next_item": self.next_item,
            "previous_item": self._look_back,
            "put_words": self.actions_of.change_words,
            "put_speaker": self._speak,
            "put_motion": self._move,
            "put_decision": self._decide,
            "time_up": self.floor.time_up,
            "big_screen": self.show_screen,
            "end_meeting": self._step,
            "print": self._print,
            "leave": self._back,
        }
        for action, slot in bound.items():
            keys.bind(self, action, slot)

    def _show(self) -> None:
        sight = self.course.sight
        if sight is None:
            return
        for part in (self.top, self.quorum, self.agenda, self.matter, self.minutes, self.people):
            part.refresh()
        row_, rule = sight.meeting, sight.here.rule
        wanted = (rule.party_first and row_.party_on is None) or (
            rule.delegated and not row_.delegation
        )
        if not self.party.withheld:
            self.party.setVisible(sight.runs and rule.decides and wanted)
        if self.screen_ is not None:
            self.screen_.show_sight(sight)
        if not (sight.runs or sight.coming):
            self.middle.show_minutes()
        self.legend_changed.emit()

    def next_item(self) -> None:
        """PgDn: what follows after the item that is treated; before any, the first that waits."""
        sight = self.course.sight
        if sight is None or not sight.items:
            return
        if not sight.runs or not self.course.may:
            self._look(1)
            return
        now = sight.now
        waits = [one for one in sight.items if one.state is ItemState.WAITING]
        after = [one for one in sight.items if one.place > now.place] if now else waits
        if not after:
            messages.notify(self.context.signals, "这是最后一项。都议完了，可以结束会议。")
            return
        self._call(after[0].id)

    def _look_back(self) -> None:
        self._look(-1)

    def _look(self, by: int) -> None:
        sight = self.course.sight
        if sight is None or sight.item is None:
            return
        listed: list[ItemView] = sight.items
        here = next(n for n, one in enumerate(listed) if one.id == sight.item.id)
        self.course.look_at(listed[min(max(0, here + by), len(listed) - 1)].id)

    def _call(self, item_id: int) -> None:
        if self.minutes.write() and self.actions_of.call_item(item_id):
            self.course.look_at(item_id)

    def _step(self) -> None:
        sight = self.course.sight
        if sight is None or not self.minutes.write() or not self.actions_of.step():
            return
        if sight.meeting.state is MeetingState.RUNNING and self.screen_ is not None:
            self.screen_.close()

    def _announced(self, words: str) -> None:
        self.minutes.insert(f"表决：{words}")
        self.minutes.write()
        messages.notify(self.context.signals, words)

    def _print(self) -> None:
        """F9: what was typed is on the paper."""
        if self.course.may_print and self.minutes.write():
            self.papers.choose()

    def _choose_plan(self) -> None:
        sight = self.course.sight
        if sight is None or sight.item is None:
            return
        dialog = PlansDialog(self.course, sight.item.id, self.matter.vote.way, self)
        if dialog.exec() and dialog.announced:
            self._announced(dialog.announced)

    def _speak(self) -> None:
        words = self.floor.ask_speaker()
        if words:
            self._put(words)

    def _move(self) -> None:
        words = self.floor.move()
        if words:
            self._put(words)

    def _decide(self) -> None:
        if self.minutes.edit.isReadOnly():
            return
        dialog = TextDialog("决定", "写入记录", "决定", "", self)
        dialog.keep_for(self.context, self.meeting_id, "decision")
        if dialog.exec() and dialog.words:
            self._put(f"决定：{dialog.words}")
            self.floor.keep_decision(dialog.words)

    def _time_is_over(self) -> None:
        speaker = self.agenda.speech.speaker
        if speaker is not None:
            messages.warn(self.context.signals, f"{speaker.name} 发言到时，请主持人提醒。")

    def _put(self, words: str) -> None:
        """Into the minutes, and the hand goes on there."""
        self.minutes.insert(words)
        self.middle.show_minutes()
        self.minutes.edit.setFocus()

    def show_screen(self) -> None:
        """大屏, and away again."""
        sight = self.course.sight
        if sight is None or not sight.runs:
            return
        if self.screen_ is None:
            self.screen_ = BigScreen(self)
            self.agenda.speech.ticked.connect(self.screen_.show_speaker)
        if self.screen_.isVisible():
            self.screen_.close()
            return
        self.screen_.show_sight(sight)
        self.screen_.open()

    def _back(self) -> None:
        if self.leave():
            self.left.emit()
