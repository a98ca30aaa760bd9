"""餐券: those that were given out, for whom and why; give, print, void."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealVoucher
from app.services import meal_vouchers
from app.services.meal_vouchers import LAPSED, STATES, UNUSED, USED, VOID, VoucherView
from app.ui.canteen.accounts import printing
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip, FilterChip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.canteen_wish import ShowMeal
from app.ui.recent.history import Record, history_button
from app.values.money import yuan
from app.values.rights import Right

_TONES = {UNUSED: "ok", USED: "grey", LAPSED: "warn", VOID: "grey"}


class VouchersDialog(Dialog):
    """Ticked ones are printed together; Enter on a used one goes to its meal."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("餐券", parent, width=900)
        self._context = context
        self._today = context.clock.today()
        self.state = FilterChip("状态")
        self.state.set_choices([(one, one) for one in STATES])
        self.search = SearchBox("姓名 / 券号 / 事由", name="查找餐券")
        self.model = PagedTableModel(self._columns(), self._fetch, tickable=True)
        self.table = PagedTable(self.model, name="餐券")
        self.table.paper.people = self._people
        self.new = Button("发餐券", kind="primary", action="new")
        self.paper = Button("打印餐券", size="small", action="print")
        self.void = Button("作废", kind="danger", size="small")
        self.source = Button("看这一餐", size="small", cap="Enter")
        offer(context.may(Right.KEEP_DEPOSITS), self.new, self.void)
        offer(context.may(Right.PRINT), self.paper)
        self._lay_out()
        self._connect()
        self.read()
        self.table.setFocus()

    def read(self) -> None:
        """The vouchers as they are now."""
        state, text = str(self.state.value or ""), self.search.text()
        with self._context.database.lookup() as lookup:
            ids = meal_vouchers.voucher_ids(lookup, state, text, today=self._today)
        current = self.table.current_id()
        if not ids:
            self.table.set_empty(self._nothing())
        self.model.set_ids(ids)
        if not self.table.select_id(current) and ids:
            self.table.select_row(0)
        self._show_current()

    def give(self) -> None:
        """发餐券; what was given is ticked, to be printed."""
        from app.ui.canteen.accounts.issue_dialog import IssueDialog

        dialog = IssueDialog(self._context, self)
        if dialog.exec():
            self.state.set_value(None)
            self.search.clear()
            self.read()
            if dialog.wants_paper:
                printing.print_vouchers(self._context, self, dialog.ids)

    def print(self) -> None:
        """What is ticked, or the current one."""
        current = self.table.current_id()
        ids = self.model.ticked_in_order() or ([current] if current is not None else [])
        if ids:
            printing.print_vouchers(self._context, self, ids)

    def take_out_of_use(self) -> None:
        """作废 of the current one, once that was confirmed."""
        line = self._current()
        if line is None:
            return
        said = f"{line.name or '不记名'}　{yuan(line.value)} 元　{line.code}。作废以后不能再用。"
        if not messages.confirm(self, "作废餐券", said, "作废"):
            return
        with messages.domain_errors_shown(self):
            sentence = f"作废餐券 {line.code}"
            with self._context.database.transaction(sentence) as session:
                meal_vouchers.void(session, line.id, version=line.version, today=self._today)
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已{sentence}")
            self.read()

    def open_line(self) -> None:
        """The meal that a used one paid."""
        line = self._current()
        if line is not None and line.meal_id is not None and line.used_on is not None:
            self.accept()
            self._context.signals.page_requested.emit("canteen", ShowMeal(line.meal_id))

    # -- inside

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("name", "发给", lambda one: Cell(one.name or "不记名", bold=True), 96),
            Column("value", "面值", lambda one: yuan(one.value), 72, align="right"),
            Column("reason", "事由", lambda one: one.reason, 120, weight=1),
            Column("issued", "发放", lambda one: f"{one.issued_on:%m-%d}", 62, large_mode=False),
            Column("until", "有效期到", _until, 98),
            Column("code", "券号", lambda one: Cell(one.code_words, tone="text2"), 122),
            Column("state", "状态", self._state, 82),
        )

    def _state(self, one: VoucherView) -> Cell:
        state = one.state(self._today)
        return Cell(chips=(Chip(state, _TONES[state]),))

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.state, (self.search, 1), self.new, spacing=10))
        card = TableCard(self.table, TableFoot(self.table, unit="张"))
        card.setMinimumHeight(theme.current().px(300 if theme.current().large else 380))
        self.body.addWidget(card, 1)
        history = history_button(self._context, self, self._record)
        self.body.addLayout(row(self.source, self.paper, self.void, None, history, spacing=8))
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        self.state.changed.connect(lambda _: self.read())
        self.search.paused.connect(lambda _: self.read())
        self.search.left_down.connect(self.table.setFocus)
        self.search.bind(self)
        self.table.opened.connect(lambda _: self.open_line())
        self.table.current_changed.connect(lambda _: self._show_current())
        self.new.clicked.connect(self.give)
        self.paper.clicked.connect(self.print)
        self.void.clicked.connect(self.take_out_of_use)
        self.source.clicked.connect(self.open_line)
        self.new.bind(self)
        keys.bind(self, "print", self.print)

    def _show_current(self) -> None:
        line = self._current()
        used = line is not None and line.used_on is not None
        self.source.setVisible(used)
        self.void.setVisible(line is not None and not used and line.void_on is None)
        self.paper.setVisible(line is not None)

    def _nothing(self) -> EmptyState:
        if self.state.value or self.search.text().strip():
            return not_found("没有这样的餐券", self._clear)
        advice = "慰问、活动、困难帮扶都可以发餐券，抵本人应付的餐费。"
        return EmptyState("ticket-outline", "还没有发过餐券", advice)

    def _clear(self) -> None:
        self.state.set_value(None)
        self.search.clear()
        self.read()

    def _current(self) -> VoucherView | None:
        key = self.table.current_id()
        return None if key is None else next(iter(self._fetch([key])), None)

    def _fetch(self, ids: Sequence[int]) -> list[VoucherView]:
        with self._context.database.lookup() as lookup:
            return list(meal_vouchers.some(lookup, ids))

    def _people(self, ids: Sequence[int]) -> list[int]:
        found = (one.resident_id for one in self._fetch(ids))
        return list(dict.fromkeys(one for one in found if one is not None))

    def _record(self) -> Record | None:
        line = self._current()
        return None if line is None else Record(MealVoucher, line.id, f"餐券 {line.code}")


def _until(one: VoucherView) -> str:
    return one.expires_on.isoformat() if one.expires_on else "长期"
