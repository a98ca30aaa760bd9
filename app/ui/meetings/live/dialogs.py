"""The short questions of a meeting: who speaks, what is moved, who stands for whom."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QSpinBox, QWidget

from app.context import Context
from app.models import MotionKind, Stance
from app.services.attendance_views import Seat
from app.services.motions import MotionView
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import Label
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.segment_choice import SegmentChoice
from app.ui.meetings.live.speech_part import STANCES
from app.ui.recent.unsaved import keep_dialog

WORDS_DRAFT = "meeting_words"


class Asking(Dialog):
    """A form with one button; `save` closes it once everything is there."""

    grows = True

    def __init__(
        self, title: str, action: str, parent: QWidget | None, *, width: int = 520
    ) -> None:
        super().__init__(title, parent, width=width)
        self.form = Form(label=72)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.button = self.add_button(Button(action, kind="primary", cap=CONFIRM_CAP))
        self.button.clicked.connect(self.save)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)

    def keep_for(self, context: Context, meeting_id: int, what: str) -> None:
        """What is typed waits with the meeting where it was not saved; `what` tells it apart."""
        key = f"{WORDS_DRAFT}:{meeting_id}-{what}"
        keep_dialog(context, self, self.form, key, self.windowTitle())

    def fault(self) -> tuple[int, str] | None:
        """Which field is to be filled first, and why; None where all is well."""
        return None

    def save(self) -> None:
        """Close, or say what is missing."""
        for field in self.form.fields:
            field.set_message()
        fault = self.fault()
        if fault is None:
            self.accept()
            return
        number, words = fault
        self.form.fields[number].set_message(words, "danger")
        self.form.fields[number].control.setFocus()


class SpeakDialog(Asking):
    """Shift+F2: somebody of those who are there, and where he stands."""

    def __init__(self, present: Sequence[Seat], parent: QWidget | None = None) -> None:
        super().__init__("请发言", "请他发言", parent, width=460)
        names = {
            seat.attendee_id: f"{seat.name}　{seat.came_from}".strip()
            for seat in present
            if seat.attendee_id is not None
        }
        self.person = IdChoice(names, name="发言人", blank=MUST)
        self.stance = SegmentChoice([stance.label for stance in STANCES])
        self.form.add("发言人", self.person, required=True)
        self.form.add("立场", self.stance)
        self.form.finish()
        self.person.setFocus()

    @property
    def attendee_id(self) -> int | None:
        return self.person.chosen_id

    @property
    def chosen_stance(self) -> Stance | None:
        said = self.stance.value()
        return next((one for one in Stance if one.label == said), None)

    def fault(self) -> tuple[int, str] | None:
        if self.attendee_id is None:
            return 0, "请选发言人。不在名单上的，先签到或加为列席。"
        return None


class MotionDialog(Asking):
    """Shift+F3: an amendment, or how to go on."""

    def __init__(
        self, present: Sequence[Seat], *, amendable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__("动议", "记下动议", parent, width=560)
        kinds = [kind.label for kind in MotionKind][0 if amendable else 1 :]
        self.kind = SegmentChoice(kinds, kinds[0])
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.current().px(84))
        self.mover = choice(["", *(seat.name for seat in present)], name="动议人", editable=True)
        self.seconders = spin(name="附议人数")
        self.form.add("动议", self.kind)
        self.form.add("内容", self.words, required=True)
        self.form.add("动议人", self.mover)
        self.form.add("附议人数", self.seconders)
        self.form.finish()
        self.words.setFocus()

    @property
    def chosen_kind(self) -> MotionKind:
        said = self.kind.value()
        return next(one for one in MotionKind if one.label == said)

    def fault(self) -> tuple[int, str] | None:
        if not self.words.toPlainText().strip():
            return 1, "请写清动议的内容。"
        return None


class MotionResultDialog(Asking):
    """A motion that is not voted on, or whose seconders are counted."""

    def __init__(self, motion: MotionView, parent: QWidget | None = None) -> None:
        super().__init__(motion.title, "保存", parent)
        mover = f"{motion.mover} 提出。" if motion.mover else ""
        self.form.add_full(Label(f"{mover}{motion.words}", wrap=True))
        self.seconders = spin(motion.seconders, name="附议人数")
        self.outcome: QComboBox = choice(
            ["", "撤回", "无人附议", "主持人裁定不成立", "一致同意"], name="结果", editable=True
        )
        self.form.add("附议人数", self.seconders)
        self.form.add("结果", self.outcome).set_message("要表决的不在这里写，在“计票”里表决它。")
        self.form.finish()
        self.seconders.setFocus()

    @property
    def result_words(self) -> str:
        return self.outcome.currentText().strip()


class ProxyDialog(Asking):
    """Who, of those who are there, stands for somebody who is not."""

    def __init__(self, seat: Seat, present: Sequence[Seat], parent: QWidget | None = None) -> None:
        super().__init__(f"{seat.name} 委托", "记下委托", parent, width=480)
        names = {one.attendee_id: one.name for one in present if one.attendee_id is not None}
        self.holder = IdChoice(names, name="受托人", blank=MUST)
        field = self.form.add("受托人", self.holder, required=True)
        field.set_message("须有书面委托，和会议材料一起存档。受托人不得再转托。")
        self.form.finish()
        self.holder.setFocus()

    def fault(self) -> tuple[int, str] | None:
        return None if self.holder.chosen_id is not None else (0, "请选受托人，他须已到会。")


class ObserverDialog(Asking):
    """Somebody who listens: a name and where he comes from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("加一位列席", "加入", parent, width=480)
        self.name = line_edit(name="姓名", limit=60)
        self.came_from = line_edit(hint="如 海湾派出所", name="单位或楼栋", limit=60)
        self.form.add("姓名", self.name, required=True)
        self.form.add("单位或楼栋", self.came_from)
        self.form.finish()
        self.name.setFocus()

    def fault(self) -> tuple[int, str] | None:
        return None if self.name.text().strip() else (0, "请写姓名。")


class TextDialog(Asking):
    """One longer text: what is voted on, a decision for the minutes."""

    def __init__(
        self, title: str, action: str, name: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, action, parent, width=640)
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.current().px(180))
        self.form.add(name, self.text)
        self.form.finish()
        self.text.setFocus()

    def say(self, words: str) -> None:
        """A line below the text."""
        self.form.fields[0].set_message(words)

    @property
    def words(self) -> str:
        return self.text.toPlainText().strip()


def spin(value: int = 0, *, name: str) -> QSpinBox:
    """A number of people."""
    found = QSpinBox()
    found.setAccessibleName(name)
    found.setRange(0, 100_000)
    found.setValue(value)
    found.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    found.setFixedHeight(theme.current().control)
    return found
