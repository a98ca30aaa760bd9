"""结束会议 as a form: what became of each item, the summary, and who gets it."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QPlainTextEdit, QWidget

from app.context import Context
from app.models import ItemKind, ItemState
from app.services.agenda import ItemView
from app.services.minutes import EndInput, ItemEnd
from app.services.settings import MEETING_ITEM
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit, set_state
from app.ui.kit.labels import Label, box
from app.ui.kit.scroll import scrolled
from app.ui.meetings.live.course import Sight
from app.ui.people.time_line import TimeLine

_LONGEST_RESULT = 200
_SHOWN_ROWS = 6


class EndDialog(Dialog):
    """`entered` is what was answered; items that are left go on the next agenda by themselves."""

    def __init__(self, context: Context, sight: Sight, parent: QWidget | None = None) -> None:
        super().__init__("结束会议", parent, width=780)
        self._sight = sight
        self._voted = {one.item_id for one in sight.votes if not one.motion_id}
        self.lines = [_Line(one, voted=one.id in self._voted) for one in sight.items]
        self.summary = QPlainTextEdit(sight.meeting.summary or proposed_summary(sight))
        self.summary.setTabChangesFocus(True)
        self.summary.setAccessibleName("会议纪要")
        self.summary.setFixedHeight(theme.current().px(96))
        self.sent_to = line_edit(
            sight.meeting.sent_to, hint="如 街道社区建设办、各居民代表", name="纪要发送", limit=200
        )
        self._opened = sight.meeting.opened_at
        self.closed = TimeLine(hint="如 16:30")
        self.closed.setAccessibleName("散会时间")
        # Asked for only where it is not now.
        now = context.clock.now()
        self._asked = self._opened is not None and now.date() > self._opened.date()
        item = context.settings[MEETING_ITEM]
        self.points = QCheckBox(f"到会的居民记积分：{item}")
        self.points.setVisible(bool(item))
        self.points.setChecked(bool(item))
        self._lay_out()

    @property
    def entered(self) -> EndInput:
        return EndInput(
            items=[line.entered for line in self.lines if not line.voted],
            summary=self.summary.toPlainText(),
            sent_to=self.sent_to.text(),
            closed_at=self._closed_at(),
        )

    def _confirm(self) -> None:
        """Of a meeting of another day somebody must say when it ended."""
        unknown = self._asked and self.closed.value() is None
        set_state(self.closed, "danger" if unknown else "")
        if unknown:
            self.closed.setFocus()
            messages.tell(self, "请填散会时间，如 16:30；过了半夜的写“次日 0:30”。", "结束会议")
        else:
            self.accept()

    def _closed_at(self) -> datetime | None:
        minutes = self.closed.value() if self._asked else None
        if minutes is None or self._opened is None:
            return None
        return datetime.combine(self._opened.date(), time()) + timedelta(minutes=minutes)

    def _lay_out(self) -> None:
        left = [line.item for line in self.lines if line.left.isChecked()]
        if left:
            words = f"{len(left)} 项没有议完，留到下次会议，会自动列入议程。"
            self.body.addWidget(
                Notice(words, "议完了的，把“留到下次”去掉，写上结果。", tone="info")
            )
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.current().px(10))
        grid.setVerticalSpacing(theme.current().px(6))
        grid.setColumnStretch(1, 1)
        for number, line in enumerate(self.lines):
            for place, widget in enumerate((line.title, line.shown, line.left, line.opinion)):
                grid.addWidget(widget, number, place)
        table = box(grid)
        if len(self.lines) > _SHOWN_ROWS:
            area = scrolled(table)
            area.setFixedHeight(_SHOWN_ROWS * (theme.current().control + theme.current().px(6)))
            self.body.addWidget(area)
        else:
            self.body.addWidget(table)
        self.body.addWidget(Label("纪要：议定的事、责任人、时限", bold=True))
        self.form = Form(label=64 if self._asked else 44)
        self.form.add("纪要", self.summary)
        self.form.add("发送", self.sent_to)
        if self._asked and self._opened is not None:
            self.closed.setPlaceholderText(f"{self._opened:%m-%d %H:%M} 开的会，如 16:30")
            self.form.add("散会时间", self.closed, required=True)
        self.form.finish()
        self.form.save_requested.connect(self._on_save_key)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.body.addWidget(self.points)
        self.add_button(Button("接着开", cap="Esc"), closes=False)
        self.end_button = self.add_button(
            Button("结束会议", kind="primary", cap=CONFIRM_CAP), closes=False
        )
        self.end_button.clicked.connect(self._confirm)
        (self.closed if self._asked else self.summary).setFocus()

    def _on_save_key(self) -> None:
        """Ctrl+Enter ends the meeting; Enter in the last field only goes on to the button."""
        if QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            self._confirm()
        else:
            self.end_button.setFocus()


class _Line:
    """One item: its result, and whether it is left or has become an opinion."""

    def __init__(self, item: ItemView, *, voted: bool) -> None:
        self.item, self.voted = item, voted
        self.title = Label(_cut(f"{item.place}　{item.title}"))
        self.title.setToolTip(item.title)
        self.result = line_edit(item.result, hint="结果", name=f"{item.title} 的结果")
        self.result.setMaxLength(_LONGEST_RESULT)
        told = Label(_cut(item.result, 28), tone="ok")
        told.setToolTip(item.result)
        self.shown: QWidget = told if voted else self.result
        self.left = QCheckBox("留到下次")
        self.left.setAccessibleName(f"{item.title} 留到下次")
        open_vote = item.kind is ItemKind.DECIDE and not voted
        self.left.setChecked(open_vote or item.state is ItemState.WAITING)
        self.left.setHidden(voted)
        self.opinion = QCheckBox("作协商意见")
        self.opinion.setAccessibleName(f"{item.title} 作协商意见")
        self.opinion.setToolTip("议定的事编号、公示、跟到办完，和决议一样")
        self.opinion.setHidden(voted or item.kind is not ItemKind.DISCUSS)

    @property
    def entered(self) -> ItemEnd:
        return ItemEnd(
            item_id=self.item.id,
            left=self.left.isChecked(),
            result=self.result.text(),
            opinion=self.opinion.isChecked() and not self.left.isChecked(),
        )


def proposed_summary(sight: Sight) -> str:
    """What was settled, one line each, to be gone over."""
    settled = [one for one in sight.items if one.result and one.kind is not ItemKind.REPORT]
    return "\n".join(f"{n}. {one.title}：{one.result}。" for n, one in enumerate(settled, 1))


def _cut(words: str, most: int = 16) -> str:
    return words if len(words) <= most else f"{words[:most]}…"
