"""What will happen, told before the button is touched."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.storage.counts import COUNTED, Counted
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, column, icon_label, row, small
from app.ui.kit.tokens import COLORS
from app.ui.office.backup.moments import Moment, day_words

KEPT = "现在的资料先放到一边，不删。您确认一切正常以前，旧备份一份也不清理。"
_UNUSABLE = {
    "文件不全": "这一份的文件不全（可能没有拷完），不能用它恢复。请选别的一份。",
    "新版程序的": "这一份是新版程序存的，这个程序打不开。请先安装新版程序。",
}


class Foretell(QFrame):
    """The blue box under the table, with the two things that one can do."""

    peek_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, *, offered: bool) -> None:
        super().__init__()
        self.setObjectName("info")
        self._line = Label("", bold=True, tone="sel", wrap=True)
        self._detail = small("", wrap=True)
        self.peek = Button("只打开看看", action="peek")
        self.restore = Button("恢复到这时", kind="danger")
        self.peek.clicked.connect(self.peek_wanted)
        self.restore.clicked.connect(self.restore_wanted)
        self.peek.bind(self)
        if not offered:
            self.peek.hide()
            self.restore.hide()
        words = column(self._line, self._detail, spacing=0)
        picture = column(icon_label("history", COLORS.sel_text, theme.current().px(20)), None)
        self.setLayout(
            row(picture, (words, 1), self.peek, self.restore, spacing=12, margins=(16, 10, 14, 10))
        )

    def tell(self, moment: Moment | None, today: date) -> None:
        """Of the chosen moment, or how to choose one."""
        usable = moment is not None and moment.usable
        self.peek.setEnabled(usable)
        self.restore.setEnabled(usable)
        if moment is None:
            self._line.setText("选一个时候，这里会说回到那时会怎样")
            self._line.setToolTip("")
            self._detail.setText(KEPT)
            return
        shown = [one for one in COUNTED if _in_line(one)]
        self._line.setText(_words(moment, today, shown))
        self._line.setToolTip(_held_too(moment))
        self._detail.setText(_UNUSABLE.get(moment.state, KEPT))


def summary(moment: Moment, today: date) -> str:
    """回到 11-19 17:42：居民 2,548 人，1,012 户，积分 5,200 分，用餐 860 餐；比现在少 38 人。"""
    return _words(moment, today, [one for one in COUNTED if one.column])


def _words(moment: Moment, today: date, shown: Sequence[Counted]) -> str:
    values = moment.info.counts.values
    held = "，".join(_held(one, values[one.key]) for one in shown if one.key in values)
    parts = filter(None, [held, _against(moment.against_now)])
    return f"回到 {day_words(moment.info.at, today)}：{'；'.join(parts)}"


def _in_line(one: Counted) -> bool:
    """What has a column in the table above stands in the line as well."""
    return one.column and not (one.gives_way and theme.current().large)


def _held_too(moment: Moment) -> str:
    """What else lies in it, as a tip: in an office that does everything the lines of the table
    would have no room beside it."""
    values = moment.info.counts.values
    found = (one for one in COUNTED if not _in_line(one) and values.get(one.key))
    return "，".join(_held(one, values[one.key]) for one in found)


def _held(one: Counted, value: int) -> str:
    """居民 2,548 人, but 49 户: not the same word twice."""
    words = one.words(value)
    return words if one.label == one.unit else f"{one.label} {words}"


def _against(words: str) -> str:
    if words == "一样":
        return "和现在一样"
    if words == "没有数过":
        return "里面有什么，恢复时才核对"
    if words == "内容不同":
        return "和现在的内容不同"
    return f"那以后改过 {words.removeprefix('改 ')}" if words.startswith("改") else f"比现在{words}"
