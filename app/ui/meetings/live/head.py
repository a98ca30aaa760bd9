"""The first lines of the page: which meeting, how long it goes on, and whether it is valid."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.models import MeetingState
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Notice
from app.ui.kit.chips import ChipLabel
from app.ui.kit.labels import h1, icon_label, row, small, tip_of
from app.ui.meetings.live.course import Course
from app.ui.meetings.live.words import course_words, state_chip, turnout_line, turnout_proof

_MINUTE_MS = 20_000


class Head(QWidget):
    """议事 › 第 4 次居民代表会议, 进行中, 大屏, 打印, and the step that comes next."""

    back_asked = Signal()
    screen_asked = Signal()
    print_asked = Signal()
    step_asked = Signal()

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self.back = Button("议事", kind="link")
        self.back.setToolTip("回到议事各栏，会议接着开")
        self.title = h1("")
        self.chip = ChipLabel("")
        self.since = small()
        large = theme.current().large
        self.show_screen = Button("大屏", icon="" if large else "monitor", action="big_screen")
        self.print = Button("打印", action="print")
        self.step = Button("", action="end_meeting")
        self.setLayout(
            row(
                self.back,
                icon_label("chevron-right"),
                self.title,
                self.chip,
                (self.since, 1),
                self.show_screen,
                self.print,
                self.step,
                spacing=10,
            )
        )
        self.back.clicked.connect(self.back_asked)
        self.show_screen.clicked.connect(self.screen_asked)
        self.print.clicked.connect(self.print_asked)
        self.step.clicked.connect(self.step_asked)
        offer(course.may, self.step)
        offer(course.may_print, self.print)
        self._timer = QTimer(self)
        self._timer.setInterval(_MINUTE_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def refresh(self) -> None:
        """State, title, and what the last button does now."""
        sight = self._course.sight
        if sight is None:
            return
        self.title.setText(_short(sight.meeting.title))
        self.title.setToolTip(tip_of(sight.meeting.title))
        self.chip.set_chip(state_chip(sight.meeting))
        self.show_screen.setVisible(sight.runs)
        self.step.kind = "normal" if sight.runs else "primary"
        self.step.setText(_STEPS.get(sight.meeting.state, ""))
        if not self.step.withheld:
            self.step.setVisible(bool(self.step.text()))
        self._tick()

    def _tick(self) -> None:
        sight = self._course.sight
        if sight is not None:
            self.since.setText(course_words(sight.meeting, self._course.context.clock.now()))


def _short(words: str) -> str:
    most = 14 if theme.current().large else 24
    return words if len(words) <= most else f"{words[:most]}…"


_STEPS = {
    MeetingState.PLANNED: "开会",
    MeetingState.CALLED: "开会",
    MeetingState.RUNNING: "结束会议",
    MeetingState.ENDED: "定稿",
    MeetingState.FILED: "写修正",
}


class QuorumBar(QWidget):
    """The legal sentence in green, or in amber what is missing; 看规则 shows the articles."""

    rules_asked = Signal()

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self.notice = Notice("", tone="ok", icon="check-decagram-outline")
        self.rules = Button("看规则", kind="link", size="small")
        self.rules.clicked.connect(self.rules_asked)
        self.setLayout(row((self.notice, 1), self.rules, spacing=8))

    def refresh(self) -> None:
        """As it stands at this moment: who comes late changes it at once."""
        sight = self._course.sight
        if sight is None:
            return
        here = sight.here
        tone = "ok" if here.ok else "warn"
        if not here.rule.quorum.asked:
            tone = "info"
        self.notice.show_text(turnout_line(here), turnout_proof(here), tone=tone)
