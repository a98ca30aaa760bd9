"""会议记录 of the item that is looked at: kept every five seconds, written when one goes on."""

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.models import MeetingState
from app.services import minutes
from app.services.agenda import ItemView
from app.ui.kit import keys, theme
from app.ui.kit.card import Card
from app.ui.kit.labels import row, small, title
from app.ui.meetings.live.course import Course, Sight
from app.ui.people.rows_draft import RowsDraft

KEEP_MS = 5_000
_LEAST = 52
_HINT = "一人一行，写姓名和要点。Shift+F2 插入发言人。"
KIND = "minutes"
_WRITABLE = (MeetingState.RUNNING, MeetingState.ENDED)


class MinutesCard(Card):
    """What is typed is a draft until another item, or the end, takes it into the record."""

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(margins=(16, 9, 16, 12), spacing=6, parent=parent)
        self._course = course
        self._item: ItemView | None = None
        self._draft: RowsDraft | None = None
        self.place = small()
        self.told = small()
        self.edit = QPlainTextEdit(self)
        self.edit.setAccessibleName("会议记录")
        self.edit.setTabChangesFocus(True)
        # The matter above takes what it needs first.
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.edit.setMinimumHeight(theme.current().px(_LEAST))
        self.edit.textChanged.connect(lambda: theme.ensure_glyphs(self.edit.toPlainText()))
        self.body.addLayout(row(title("会议记录"), self.place, None, self.told, spacing=10))
        self.body.addWidget(self.edit, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)
        self._timer.start()

    @property
    def dirty(self) -> bool:
        """Whether something stands there that is not in the record."""
        written = self._item.minutes if self._item is not None else ""
        return not self.edit.isReadOnly() and self.edit.toPlainText().rstrip() != written

    def refresh(self) -> None:
        """Another item: what was typed for the one before is written first."""
        sight = self._course.sight
        if sight is None:
            return
        item = sight.item
        same = item is not None and self._item is not None and item.id == self._item.id
        if item is not None and self._item is not None and same and self.dirty:
            # Somebody goes on typing while the rest of the page is read anew.
            self._keep_both(self._item.minutes, item.minutes)
            self._item = item
            return
        self._item = item
        self.place.setText(f"到第 {item.place} 项" if item is not None else "")
        self.edit.setReadOnly(not self._course.may or sight.meeting.state not in _WRITABLE)
        self.edit.setPlaceholderText(self._hint(sight))
        written = item.minutes + _amended(sight, item) if item is not None else ""
        self.edit.setPlainText(self._kept(item) or written)
        self._show_told()

    def keep(self) -> None:
        """So that a power cut loses seconds."""
        if self._item is None or self.edit.isReadOnly() or self._course.context.background.busy:
            return
        draft = self._rows()
        rows = dict(draft.kept)
        if self.dirty:
            rows[str(self._item.id)] = self.edit.toPlainText()
        else:
            rows.pop(str(self._item.id), None)
        if rows != draft.kept:
            draft.keep_rows(rows)
            self._show_told(f"草稿 {self._course.context.clock.now():%H:%M} 已存")

    def write(self) -> bool:
        """Into the record; False where that was refused."""
        item = self._item
        if item is None or self.edit.isReadOnly() or not self.dirty:
            return True
        text = self.edit.toPlainText()
        told = f"写会议记录 {item.title}"
        if not self._course.do(
            told, lambda s: minutes.write(s, item.id, text, version=item.version)
        ):
            return False
        if self._item is item:
            # Nobody read anew meanwhile.
            self._item = replace(item, minutes=text.rstrip(), version=item.version + 1)
        self.keep()
        return True

    def insert(self, words: str) -> None:
        """On a line of its own at the end, and the hand goes on there."""
        if self.edit.isReadOnly():
            return
        cursor = self.edit.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        before = self.edit.toPlainText()
        cursor.insertText(words if not before or before.endswith("\n") else f"\n{words}")
        self.edit.setTextCursor(cursor)
        self.edit.ensureCursorVisible()

    # -- inside

    def _rows(self) -> RowsDraft:
        if self._draft is None:
            sight = self._course.sight
            name = sight.meeting.title if sight is not None else ""
            key = f"{KIND}:{self._course.meeting_id}"
            self._draft = RowsDraft(self._course.context, key, f"会议记录 {name}")
            if not self._draft.kept:
                self._draft.kept = {}
        return self._draft

    def _keep_both(self, before: str, now: str) -> None:
        """What another desk wrote meanwhile is not lost, nor what was typed here."""
        own = self.edit.toPlainText().rstrip()
        if now in (before, own):
            return
        self.edit.setPlainText(f"{now}\n{own.removeprefix(before).lstrip()}")
        self._show_told("别的电脑也写了这一项，两份都在")

    def _kept(self, item: ItemView | None) -> str:
        if item is None or self.edit.isReadOnly():
            return ""
        return str(self._rows().kept.get(str(item.id), ""))

    def _hint(self, sight: Sight) -> str:
        """How to type, for whoever may; else that nothing was written of the item."""
        if self._course.may and sight.coming:
            return "开会以后在这里记。"
        if not self.edit.isReadOnly():
            return _HINT
        return "这一项没有记录。" if sight.item is not None and not sight.coming else ""

    def _show_told(self, words: str = "每 5 秒自动存") -> None:
        if self.edit.isReadOnly():
            amend = "，只能写修正" if self._course.may else ""
            self.told.setText(f"已定稿{amend}" if self._filed else "")
            return
        hints = ("put_speaker", "发言"), ("put_motion", "动议"), ("put_decision", "决定")
        keyed = "　".join(f"{name} {keys.cap(action)}" for action, name in hints)
        self.told.setText(words if theme.current().large else f"{words}　{keyed}")

    @property
    def _filed(self) -> bool:
        sight = self._course.sight
        return sight is not None and sight.meeting.state is MeetingState.FILED


def _amended(sight: Sight, item: ItemView) -> str:
    """What was added to finished minutes, below the text that stays as it was."""
    added = [one for one in sight.amendments if one.item_id in (None, item.id)]
    lines = [
        f"\n修正 {one.at:%Y-%m-%d %H:%M} {one.user_name}：{one.words}（原因：{one.reason}）"
        for one in added
    ]
    return "".join(lines)
