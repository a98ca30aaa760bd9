"""发言: who has the floor and for how long yet, who comes next."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.models import Stance
from app.services.settings import SPEECH_SECONDS
from app.services.speeches import SpeechView
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import Label, column, row, small, title
from app.ui.meetings.live.course import Course
from app.ui.meetings.live.words import clock_words

_SECOND_MS = 1_000
_LONGEST = 6
"""Characters of a name beside the button"""
_SOON = 30
"""Seconds before the end at which the clock turns amber"""
STANCES = {
    Stance.FOR: Chip("赞成", "ok"),
    Stance.AGAINST: Chip("反对", "danger"),
    Stance.ASKS: Chip("提问", "info"),
    Stance.REMARK: Chip("说明", "grey"),
}


class SpeechPart(QWidget):
    """The clock runs down from the seconds of the setting; at the end it tells, nobody is cut."""

    begin_asked = Signal(int)
    drop_asked = Signal(object)
    """A turn that waits: it begins now, or is given up"""
    ticked = Signal(str, str)
    """The name and the clock, for the big screen; '' while nobody speaks"""
    over = Signal()

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self._speaker: SpeechView | None = None
        self._waiting: list[SpeechView] = []
        self._told = 0
        self._rule = small()
        self.name, self.clock = Label(bold=True), Label("", "title", bold=True)
        self.stance = ChipLabel("赞成")
        self.next = Button("", kind="link", size="small")
        self.nobody = small("没有人等发言")
        self.button = Button("到时", size="small", action="time_up")
        self.ask = Button("请发言", size="small", action="put_speaker")
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self._tick)
        large = theme.current().large
        after = row(self.next, self.nobody)
        heading = row(title("发言"), None, after if large else self._rule)
        speaking = row(self.name, self.stance, None, self.clock)
        foot = row(*((self._rule,) if large else (after,)), None, self.button, self.ask)
        self.next.clicked.connect(self._offer_waiting)
        self.setLayout(column(heading, speaking, foot, spacing=6, margins=(15, 8, 15, 12)))

    @property
    def speaker(self) -> SpeechView | None:
        return self._speaker

    def left(self) -> int:
        """Seconds that the speaker has yet; below 0 over the time."""
        if self._speaker is None or self._speaker.began_at is None:
            return 0
        gone = self._course.context.clock.now() - self._speaker.began_at
        return self._course.context.settings[SPEECH_SECONDS] - int(gone.total_seconds())

    def refresh(self) -> None:
        """Somebody else has the floor, or nobody."""
        sight = self._course.sight
        self._speaker = sight.speaker if sight is not None else None
        seconds = self._course.context.settings[SPEECH_SECONDS]
        self._rule.setText("" if theme.current().large else _limit_words(seconds))
        waiting = sight.waiting if sight is not None else []
        self._waiting = waiting
        self.next.setText(f"下一位 {waiting[0].name[:_LONGEST]}" if waiting else "")
        self.next.setVisible(bool(waiting))
        self.nobody.setVisible(not waiting)
        runs = sight is not None and sight.runs and self._course.may
        self.button.setVisible(runs and (self._speaker is not None or bool(waiting)))
        self.button.setText("到时" if self._speaker is not None else "请下一位")
        self.ask.setVisible(runs and not self.button.isVisibleTo(self))
        self._show_speaker()

    def _offer_waiting(self) -> None:
        """Somebody else first, or no longer."""
        menu = menu_of(self.next)
        for one in self._waiting:
            menu.addAction(f"现在请 {one.name} 发言", partial(self.begin_asked.emit, one.id))
            menu.addAction(f"{one.name} 不发言了", partial(self.drop_asked.emit, one))
        drop(menu, self.next)

    def _show_speaker(self) -> None:
        one = self._speaker
        self.name.setText(one.name if one else "没有人在发言")
        self.name.set_tone("text" if one else "text2")
        self.stance.setVisible(one is not None and one.stance is not None)
        if one is not None and one.stance is not None:
            self.stance.set_chip(STANCES[one.stance])
        self.clock.setVisible(one is not None)
        if one is None:
            self._timer.stop()
            self.ticked.emit("", "")
        else:
            self._timer.start()
            self._show_clock()

    def _tick(self) -> None:
        speaker = self._speaker
        if speaker is not None and speaker.id != self._told and self.left() <= 0:
            self._told = speaker.id
            self.over.emit()
        self._show_clock()

    def _show_clock(self) -> None:
        left = self.left()
        self.clock.setText(clock_words(left))
        self.clock.set_tone("danger" if left <= 0 else "warn" if left <= _SOON else "text")
        if self._speaker is not None:
            self.ticked.emit(self._speaker.name, self.clock.text())


def _limit_words(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"每人 {f'{minutes} 分钟' if not rest else f'{seconds} 秒'}，先说赞成或反对"
