"""What can be done with the ticked lines, or with the current one where none is ticked."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from app.context import Context
from app.models import HourEntry, PointsClaim, PointsEntry
from app.services.points_filter import Book
from app.services.points_views import LedgerLine, LineState
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import row, small
from app.ui.kit.short_title import ShortTitle
from app.ui.kit.tokens import COLORS
from app.ui.points.ledger import actions
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_MODELS = {Book.CLAIM: PointsClaim, Book.ENTRY: PointsEntry, Book.HOURS: HourEntry}
MOST_AT_ONCE = 1000
"""More lines than these nobody has looked at."""
OWN = "自己记的要由别人复核"


class SelectionBar(QFrame):
    """`show_lines` says what is chosen; the buttons do it. Never higher or lower than one line."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__()
        self.setObjectName("info")
        self.setFixedHeight(theme.current().control + theme.current().px(12))
        self._context = context
        self.lines: Sequence[LedgerLine] = ()
        # Where there is no room for all of it the words give way, never a button.
        self.words = ShortTitle("base", color=COLORS.sel_text)
        self.reason = small(tone="warn")
        self.approve = Button("复核通过", kind="primary", action="approve")
        self.send_back = Button("退回并说明", action="send_back")
        self.withdraw = Button("撤回")
        self.again = Button("改好再报", action="edit_record")
        self.reverse = Button("冲正", action="reverse")
        self.appeal = Button("申诉", action="appeal")
        self.account = Button("账户", action="open_account")
        self.voucher = Button("打印凭证", action="print")
        self.clear = Button("取消选择", cap=keys.cap("cancel"))
        self.history = history_button(context, owner, self._record)
        self._offer()
        self._connect(owner)
        self._lay_out()
        self.show_lines((), ticked=False)

    def show_lines(self, lines: Sequence[LedgerLine], *, ticked: bool) -> None:
        """The lines that are ticked, or the current one."""
        self.lines = lines
        self.words.setText(_words(lines, ticked=ticked))
        self.setVisible(bool(lines))
        waiting = bool(lines) and all(line.waits for line in lines)
        name = self._context.user.name
        own = [line for line in lines if line.by == name]
        first = [line for line in lines if name in (line.by, line.attended_by)]
        one = lines[0] if len(lines) == 1 else None
        refused = actions.why_not_reversed(one) if one is not None else ""
        shown = {
            self.approve: waiting,
            self.send_back: waiting,
            self.withdraw: waiting and len(own) == len(lines),
            self.again: one is not None and one.state is LineState.RETURNED,
            self.reverse: one is not None and one.book is not Book.CLAIM and not refused,
            self.account: one is not None and one.account_id is not None and not ticked,
            self.appeal: one is not None and one.account_id is not None and not ticked,
            self.history: one is not None and not ticked,
            self.voucher: ticked and not waiting,
            self.clear: ticked,
        }
        for button, on in shown.items():
            button.setVisible(on)
            # The key of a hidden button is to be dead too.
            button.setEnabled(on)
        self.approve.setEnabled(waiting and not first)
        self.reason.setText(OWN if waiting and first else refused)
        self.reason.setVisible(bool(self.reason.text()))

    def show_too_many(self, count: int) -> None:
        """So many are ticked that nothing is done with them but to let them go."""
        self.show_lines((), ticked=True)
        self.words.setText(f"已选 {count:,} 笔")
        self.reason.setText(f"一次最多办 {MOST_AT_ONCE:,} 笔，请分开勾选")
        for widget in (self, self.reason, self.clear):
            widget.setVisible(True)
        self.clear.setEnabled(True)

    # -- inside

    def _offer(self) -> None:
        may = self._context.may
        offer(may(Right.REVIEW_POINTS), self.approve, self.send_back, self.reverse)
        offer(may(Right.RECORD_POINTS), self.withdraw, self.again)
        offer(may(Right.RECORD_POINTS) or may(Right.REVIEW_POINTS), self.appeal)
        offer(may(Right.PRINT), self.voucher)

    def _connect(self, owner: QWidget) -> None:
        many: tuple[tuple[Button, Callable[..., None]], ...] = (
            (self.approve, actions.approve),
            (self.send_back, actions.send_back),
            (self.withdraw, actions.withdraw),
        )
        for button, act in many:
            button.clicked.connect(
                lambda _=False, act=act: act(self._context, owner, tuple(self.lines))
            )
        self.reverse.clicked.connect(lambda: actions.reverse(self._context, owner, self.lines[0]))
        keyed = (self.approve, self.send_back, self.again, self.reverse, self.appeal, self.account)
        for button in keyed:
            button.bind(owner)

    def _lay_out(self) -> None:
        buttons = (
            self.approve,
            self.send_back,
            self.withdraw,
            self.again,
            self.reverse,
            self.appeal,
            self.account,
            self.voucher,
            self.clear,
            self.history,
        )
        self.setLayout(row((self.words, 1), self.reason, *buttons, margins=(14, 4, 8, 4)))

    def _record(self) -> Record | None:
        if len(self.lines) != 1:
            return None
        line = self.lines[0]
        return Record(_MODELS[line.book], line.row_id, f"{line.name} {line.title}")


def _words(lines: Sequence[LedgerLine], *, ticked: bool) -> str:
    """已选 3 笔・增加 6 分・同一活动, or 王秀兰・楼道清扫・+2 分."""
    if not lines:
        return ""
    if not ticked:
        return "・".join((lines[0].name, lines[0].title, actions.worth(lines[0])))
    added = sum(line.points for line in lines if line.points > 0)
    taken = -sum(line.points for line in lines if line.points < 0)
    sources = {line.activity_id for line in lines}
    parts = [f"已选 {len(lines):,} 笔"]
    parts += [f"增加 {added:,} 分"] if added else []
    parts += [f"减少 {taken:,} 分"] if taken else []
    parts += ["同一活动"] if len(sources) == 1 and None not in sources and len(lines) > 1 else []
    return "・".join(parts)
