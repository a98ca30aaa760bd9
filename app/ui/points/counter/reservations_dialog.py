"""预约: what is put aside for somebody, and what of the basket is to be."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Reservation
from app.services import goods, reservations
from app.services.reservations import USUAL_DAYS, ReservationView
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import hide_unless, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.date_line import DateLine
from app.ui.points.counter.till import Till
from app.ui.recent.history import Record, history_button

COLUMNS = (
    Column("name", "姓名", lambda one: Cell(one.name, bold=True), 90),
    Column("goods", "商品", lambda one: Cell(one.goods, sub=one.note), 190, weight=1),
    Column("quantity", "数量", lambda one: f"{one.quantity} {one.unit}", 80, align="right"),
    Column("points", "积分", lambda one: f"{one.points * one.quantity:,}", 70, align="right"),
    Column(
        "until",
        "保留到",
        lambda one: Cell(f"{one.until:%m-%d}", sub="已过期" if one.gone else ""),
        110,
    ),
)
_ROWS = 4


class ReservationsDialog(Dialog):
    """Goods come from the basket and go back into it: there they are looked for."""

    def __init__(self, context: Context, till: Till, parent: QWidget | None = None) -> None:
        name = till.person.name if till.person is not None else ""
        super().__init__(f"{name} 的预约" if name else "所有的预约", parent, width=600)
        self._context, self._till, self._name = context, till, name
        self._waiting: dict[int, ReservationView] = {}
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="给这个人留的商品")
        self.table.paper.offered = False
        self.table.paper.people = self._people
        self.collect = Button("放进篮子", size="small", cap="Enter")
        self.cancel = Button("取消预约", size="small", kind="danger")
        today = context.clock.today()
        self.until = DateLine(today, today + timedelta(days=USUAL_DAYS), future=True)
        self.note = line_edit(hint="如 家属周五来取", name="备注", limit=60)
        self.form = Form(label=60)
        self._lay_out()
        self._connect()
        self._read()

    def _lay_out(self) -> None:
        lines = self._till.lines
        alone = self._till.person is not None
        here = keys.cap("reservations")
        advice = "" if alone else f"在柜台找到人、选好商品，再按 {here} 给他留下。"
        self.table.set_column_present("name", present=not alone)
        self.table.set_empty(EmptyState("calendar-clock-outline", "没有预约", advice))
        self.table.setFixedHeight(theme.current().head + _ROWS * theme.current().row)
        every = Record(Reservation, None, "预约")
        history = history_button(self._context, self, lambda: every)
        self.body.addWidget(self.table)
        self.body.addLayout(row(self.collect, self.cancel, None, history))
        some = len(lines) > 0
        self.form.section("把篮子里的留下", f"{len(lines)} 种" if some else "先把商品放进篮子")
        hide_unless(alone, self.form, self.collect)
        self.form.add("保留到", self.until, required=True)
        self.form.add("备注", self.note)
        self.form.finish()
        self.body.addWidget(self.form)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.reserve = self.add_button(Button("预约", kind="primary", cap=CONFIRM_CAP))
        for control in (self.until, self.note, self.reserve):
            control.setEnabled(some)
        hide_unless(alone, self.reserve)

    def _connect(self) -> None:
        self.table.opened.connect(lambda _: self.put_into_basket())
        self.collect.clicked.connect(self.put_into_basket)
        self.cancel.clicked.connect(self.give_up)
        self.reserve.clicked.connect(self.save)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)

    def put_into_basket(self) -> None:
        """The marked reservation is collected now."""
        one = self._marked()
        if one is None or self._till.person is None:
            return
        with messages.domain_errors_shown(self):
            with self._context.database.lookup() as lookup:
                view = goods.some(lookup, [one.goods_id], self._context.clock.today())
            if one.goods_id not in view:
                raise DomainError(f"“{one.goods}”已经删除，请取消这笔预约。")
            self._till.add(view[one.goods_id], one.quantity)
            self.accept()

    def give_up(self) -> None:
        """What was put aside is free again."""
        one = self._marked()
        if one is None:
            return
        with messages.domain_errors_shown(self):
            sentence = f"取消预约 {one.name} {one.goods}"
            with self._context.database.transaction(sentence) as session:
                reservations.cancel(session, one.id, version=one.version)
            self._told(f"已取消预约：{one.goods} {one.quantity} {one.unit}")
            self._read()

    def save(self) -> None:
        """Put the basket aside for this person; nothing is booked."""
        person, today = self._till.person, self._context.clock.today()
        with messages.domain_errors_shown(self):
            until = self.until.value()
            if until is None:
                raise DomainError("保留到哪一天没有写对，请写成 2026-11-28 这样。")
            if person is None or person.who.account_id is None:
                raise DomainError("没有积分账户，不能预约。")
            with self._context.database.transaction(f"预约 {self._name}") as session:
                for goods_id, quantity in self._till.lines.wanted:
                    reservations.reserve(
                        session,
                        person.who.account_id,
                        goods_id,
                        quantity,
                        until=until,
                        today=today,
                        note=self.note.text(),
                    )
            self._till.empty()
            self._told(f"已给 {self._name} 留到 {until:%m-%d}")
            self.accept()

    def _told(self, sentence: str) -> None:
        self._context.signals.changed.emit(Area.POINTS)
        messages.notify(self._context.signals, sentence)

    def _marked(self) -> ReservationView | None:
        return self._waiting.get(self.table.current_id() or 0)

    def _read(self) -> None:
        person = self._till.person
        account_id = person.who.account_id if person is not None else None
        with self._context.database.reading() as session:
            today = self._context.clock.today()
            found = (
                reservations.waiting(session, today, account_id=account_id)
                if account_id or person is None
                else []
            )
        self._waiting = {one.id: one for one in found}
        self.model.set_ids(list(self._waiting))
        for button in (self.collect, self.cancel):
            button.setEnabled(bool(found))
        if found:
            self.table.select_row(0)
            self.table.setFocus()
        elif self.until.isEnabled():
            self.until.setFocus()

    def _people(self, ids: Sequence[int]) -> list[int]:
        whose = (self._waiting[one].resident_id for one in ids)
        return [one for one in whose if one is not None]

    def _rows(self, ids: Sequence[int]) -> list[ReservationView]:
        return [self._waiting[one] for one in ids]
