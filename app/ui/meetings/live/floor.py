"""Who has the floor, what is moved, what was agreed: asked for, then done through the course."""

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models import ItemKind
from app.services import motions, sittings, speeches
from app.services.motions import MotionView
from app.services.speeches import SpeechView
from app.ui.kit import messages
from app.ui.meetings.live.course import Course, Sight
from app.ui.meetings.live.dialogs import MotionDialog, MotionResultDialog, SpeakDialog


class Floor:
    """Of one page; `window` is under the dialogs."""

    def __init__(self, course: Course, window: QWidget) -> None:
        self._course, self._window = course, window

    @property
    def _sight(self) -> Sight | None:
        return self._course.sight if self._course.may else None

    @property
    def _now(self) -> datetime:
        return self._course.context.clock.now()

    def ask_speaker(self) -> str:
        """请发言; gives what goes into the minutes, '' for nothing."""
        sight, now = self._sight, self._now
        item = sight.item if sight is not None else None
        if sight is None or item is None or not sight.runs:
            return ""
        if not sight.present:
            messages.tell(self._window, "还没有人签到。先签到，再请他发言。", "没有可以发言的人")
            return ""
        dialog = SpeakDialog(sight.present, self._window)
        if not dialog.exec() or dialog.attendee_id is None:
            return ""
        attendee_id, stance = dialog.attendee_id, dialog.chosen_stance
        name = next(one.name for one in sight.present if one.attendee_id == attendee_id)

        def act(session: Any) -> None:
            speech = speeches.ask(session, item.id, attendee_id=attendee_id, stance=stance)
            if sight.speaker is None and not sight.waiting:
                speeches.begin(session, speech, now=now)

        done = self._course.do(f"请 {name} 发言", act)
        said = f"{stance.label}。" if stance is not None else ""
        return f"{name}：{said}" if done else ""

    def time_up(self) -> None:
        """到时, or the next one begins."""
        sight, now = self._sight, self._now
        if sight is None or not sight.runs:
            return
        speaker, waiting = sight.speaker, sight.waiting

        def act(session: Any) -> None:
            if speaker is not None:
                speeches.end(session, speaker.id, now=now)
            elif waiting:
                speeches.begin(session, waiting[0].id, now=now)

        if speaker is not None or waiting:
            name = speaker.name if speaker is not None else waiting[0].name
            self._course.do(f"{'结束' if speaker else '开始'}发言 {name}", act)

    def begin_speech(self, speech_id: int) -> None:
        """Somebody of those who wait has the floor now."""
        now = self._now
        if self._sight is not None:
            self._course.do("请下一位发言", lambda s: speeches.begin(s, speech_id, now=now))

    def drop_speech(self, one: SpeechView) -> None:
        """Who waits no longer wants to speak."""
        if self._sight is not None:
            self._course.do(
                f"{one.name} 不发言了", lambda s: speeches.withdraw(s, one.id, version=one.version)
            )

    def move(self) -> str:
        """动议; gives what goes into the minutes."""
        sight = self._sight
        item = sight.item if sight is not None else None
        if sight is None or item is None or not sight.runs:
            return ""
        dialog = MotionDialog(sight.present, amendable=not sight.item_votes, parent=self._window)
        dialog.keep_for(self._course.context, sight.meeting.id, f"motion-{item.id}")
        if not dialog.exec():
            return ""
        kind, words = dialog.chosen_kind, dialog.words.toPlainText()
        mover, seconders = dialog.mover.currentText(), dialog.seconders.value()
        done = self._course.do(
            f"{kind.label} {item.title}",
            lambda s: motions.put(
                s, item.id, kind=kind, words=words, mover=mover, seconders=seconders
            ),
        )
        told = f"{kind.label}：{' '.join(words.split())}（附议 {seconders} 人）"
        return (f"{mover} 提{told}" if mover else told) if done else ""

    def treat_motion(self, motion: MotionView) -> None:
        """How many second it, or what became of it without a vote."""
        sight = self._sight
        if sight is None or not sight.runs or motion.result:
            return
        dialog = MotionResultDialog(motion, self._window)
        if not dialog.exec():
            return
        seconders, result = dialog.seconders.value(), dialog.result_words

        def act(session: Any) -> None:
            if result:
                motions.close(session, motion.id, result, version=motion.version)
            else:
                motions.second(session, motion.id, seconders, version=motion.version)

        self._course.do(f"{motion.title} {result or f'附议 {seconders} 人'}", act)

    def keep_decision(self, words: str) -> None:
        """决定 is what came of an item that is not voted on."""
        sight = self._sight
        item = sight.item if sight is not None else None
        if sight is None or item is None or not sight.runs or item.kind is ItemKind.DECIDE:
            return
        if not sight.item_votes:
            self._course.do(
                f"记 {item.title} 的决定",
                lambda s: sittings.tell_result(s, item.id, words, version=item.version),
            )
