"""照单回填: the sheets of a period typed back in the order of the paper, all in one step."""

from __future__ import annotations

from datetime import datetime, time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import MealOrder, OrderState
from app.services import deliveries, delivery_board
from app.services.deliveries import LONGEST_REASON, Outcome, Settled
from app.services.delivery_board import NO_ROUTE, Board, Walk
from app.ui.canteen.delivery.type_table import KEY_OF, TypeTable
from app.ui.canteen.delivery.typed_draft import Typed, TypedDraft
from app.ui.canteen.delivery.walk_line import WalkLine
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import KeyHints
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import Label, row, small
from app.ui.kit.signals import Area
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.people.time_line import TimeLine
from app.ui.recent.history import Record, history_button
from app.values.times import read_time

KEEP_MS = 1_500


class TypeBackDialog(Dialog):
    """Opens at the first stop that waits, of `walk` if it has one."""

    def __init__(
        self, context: Context, board: Board, walk: Walk | None, parent: QWidget | None = None
    ) -> None:
        title = f"照单回填　{board.on_date.month}月{board.on_date.day}日 {board.period.label}"
        super().__init__(title, parent, width=round(1120 / theme.current().factor))
        self._context, self._board = context, board
        self._draft = TypedDraft(context, board)
        self.table = TypeTable()
        self.who = Label(bold=True)
        self.at = TimeLine(hint="如 1115")
        self.words = line_edit(hint="情况；拒收要写原因", name="情况", limit=LONGEST_REASON)
        self.walk_line = WalkLine()
        self.count = small()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._lay_out()
        self._connect()
        self.table.show_board(board, self._draft.typed)
        self.table.go_to_open(walk.route_id if walk is not None else None)
        self._say()
        self.table.setFocus()

    # -- for the tab and its tests

    def save(self) -> None:
        """Put down every stop that has a result, and when the walks went and came back."""
        ready = self.table.ready
        if not ready and not self.walk_line.typed:
            words = "还没有录结果。照着送餐单，每户按 1、2 或 3，再保存。"
            messages.tell(self, words, "没有可保存的")
            return
        if self._asks_why():
            return
        with messages.domain_errors_shown(self):
            found = [self._outcome(key, one) for key, one in ready.items()]
            title = f"照送餐单回填 {len(found)} 户"
            with self._context.database.transaction(title) as session:
                settled = deliveries.settle(session, found, now=self._context.clock.now())
                said = self.walk_line.write(session, self._board, self._context.clock.now())
            self.table.typed.clear()
            self.walk_line.forget()
            self.keep()
            messages.notify(self._context.signals, f"{_said(settled)}{said}")
        self._read()
        self._context.signals.changed.emit(Area.CANTEEN | Area.GRIDS)

    def keep(self) -> None:
        """What is not saved yet as a draft; nothing left drops it."""
        self._timer.stop()
        self._draft.keep(self.table.typed)

    def done(self, result: int) -> None:
        """What was not saved waits for the next time, and it is said."""
        self.keep()
        if self._draft.rows:
            words = f"没保存的 {self._draft.rows} 户留着，下次打开接着录"
            messages.notify(self._context.signals, words)
        super().done(result)

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + (6 if metrics.large else 10) * metrics.row)
        self.at.setFixedWidth(metrics.px(120))
        self.at.setAccessibleName("时间")
        self.body.addWidget(self.walk_line)
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="户")))
        self.body.addLayout(row(self.who, small("时间"), self.at, (self.words, 1), spacing=10))
        hints = [(keys.cap(action), state.label) for state, action in KEY_OF.items()]
        self.body.addWidget(KeyHints([*hints, ("退格", "改前一户"), ("Enter", "写时间和情况")]))
        self.rest_button = Button("其余都送达", size="small", action="rest_handed")
        self.body.addLayout(row((self.count, 1), self.rest_button))
        self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _: self._show_stop())
        self.table.changed.connect(self._typed)
        self.table.detail_wanted.connect(self._begin_detail)
        self.table.opened.connect(lambda _: self._begin_detail())
        self.table.save_wanted.connect(self.save)
        self.at.textEdited.connect(lambda _: self._detail_typed())
        self.words.textEdited.connect(lambda _: self._detail_typed())
        self.at.returnPressed.connect(self.words.setFocus)
        self.words.returnPressed.connect(self._end_detail)
        self.save_button.clicked.connect(self.save)
        self.rest_button.clicked.connect(self._rest)
        self.rest_button.bind(self)
        self._timer.timeout.connect(self.keep)

    def _asks_why(self) -> bool:
        """A meal turned down without a word: one stands where the word is written."""
        silent = (
            key
            for key, one in self.table.ready.items()
            if one.state is OrderState.TURNED_DOWN and not one.words.strip()
        )
        found = next(silent, None)
        if found is None:
            return False
        name = self.table.stops[found].name
        messages.tell(self, f"{name}：请写明为什么拒收，厨房要看，如“饭菜不合适”。", "还差一句")
        self.table.select_id(found)
        self._begin_detail()
        return True

    def _rest(self) -> None:
        walk = self._walk
        if walk is not None:
            self.table.rest_handed(walk.route_id)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _walk(self) -> Walk | None:
        return self.table.walks.get(self.table.current_id() or 0)

    def _outcome(self, order_id: int, typed: Typed) -> Outcome:
        return Outcome(
            order_id=order_id,
            state=typed.state or OrderState.ORDERED,
            at=self._moment(order_id, typed.at),
            words=typed.words,
        )

    def _moment(self, order_id: int, written: str) -> datetime | None:
        if not written.strip():
            return None
        minutes = read_time(written)
        if minutes is None or minutes >= 24 * 60:
            name = self.table.stops[order_id].name
            raise DomainError(f"{name}的时间“{written}”看不懂，请写成 11:15 或 1115。")
        return datetime.combine(self._board.on_date, time(*divmod(minutes, 60)))

    def _read(self) -> None:
        """What was saved is so; what was refused is still typed."""
        typed, current = dict(self.table.typed), self.table.current_id()
        board = self._board
        with self._context.database.lookup() as lookup:
            self._board = delivery_board.board(
                lookup, board.canteen_id, board.on_date, board.period
            )
        self.table.show_board(self._board, typed)
        if current is not None:
            self.table.select_id(current)
        self._say()

    def _typed(self) -> None:
        self._timer.start()
        self._say()

    def _say(self) -> None:
        stops = self.table.stops.values()
        done, ready = sum(not one.open for one in stops), len(self.table.ready)
        left = len(stops) - done - ready
        words = f"共 {len(stops)} 户：已保存 {done}，待保存 {ready}，还没录 {left}"
        self.count.setText(words)
        self.rest_button.setEnabled(bool(left))
        self._show_stop()

    def _show_stop(self) -> None:
        key = self.table.current_id()
        stop = self.table.stops.get(key or 0)
        walk = self._walk
        is_open = self.table.is_open(key)
        self.who.setText(f"{stop.place or ''} {stop.name}".strip() if stop else "")
        typed = self.table.typed.get(key or 0) or Typed()
        for line, text in ((self.at, typed.at), (self.words, typed.words)):
            line.setEnabled(is_open)
            if line.text() != text:
                line.setText(text)
        self.walk_line.show_walk(walk if walk and walk.route_id != NO_ROUTE else None)

    def _begin_detail(self) -> None:
        key = self.table.current_id()
        if not self.table.is_open(key):
            return
        refused = self.table.typed_of(key or 0).state is OrderState.TURNED_DOWN
        (self.words if refused else self.at).setFocus(Qt.FocusReason.OtherFocusReason)

    def _detail_typed(self) -> None:
        key = self.table.current_id()
        if key is not None and self.table.is_open(key):
            typed = self.table.typed_of(key)
            typed.at, typed.words = self.at.text(), self.words.text()
            self.table.show_typed()

    def _end_detail(self) -> None:
        """Back to the list; a stop that has its result is done with."""
        if self.table.current_id() in self.table.ready:
            self.table.step(1)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _record(self) -> Record | None:
        stop = self.table.stops.get(self.table.current_id() or 0)
        return Record(MealOrder, stop.order_id, f"{stop.name} 的送餐") if stop else None


def _said(settled: Settled) -> str:
    parts = [f"送达 {len(settled.meals)}"]
    parts += [f"无人应答 {len(settled.cases)}"] if settled.cases else []
    parts += [f"拒收 {settled.turned_down}"] if settled.turned_down else []
    return f"已回填：{'，'.join(parts)}。"
