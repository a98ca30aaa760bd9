"""进货查验: one kind of goods that came; who delivered before is offered while it is typed."""

from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import FoodReceipt
from app.services import food_receipts
from app.services.food_receipts import ReceiptInput, ReceiptView
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import hide_unless
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.recent.history import Record, history_button
from app.values.degrees import degrees, read_degrees

OFFERED = 30
"""Suppliers of the list, the latest first"""


class ReceiptDialog(Dialog):
    """保存并再增一个 keeps the supplier: a delivery has several kinds of goods."""

    def __init__(
        self,
        context: Context,
        canteen_id: int,
        day: date,
        line: ReceiptView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        words = f"进货：{line.goods}" if line else f"记一笔进货 {day:%m-%d}"
        super().__init__(words, parent, width=640)
        self._context, self._canteen_id, self._day, self._line = context, canteen_id, day, line
        with context.database.lookup() as lookup:
            known = food_receipts.suppliers(lookup, canteen_id)[:OFFERED]
        given = line.supplier if line else (known[0] if known else "")
        self.supplier = choice(list(known), given, editable=True)
        today = context.clock.today()
        self.goods = line_edit(limit=30)
        self.quantity = line_edit(hint="如 20 斤", limit=20)
        self.made = DateLine(today)
        self.best = DateLine(today, future=True)
        self.ticket = line_edit(hint="送货单、检疫票等的编号", limit=60)
        self.seen = QCheckBox("索证索票齐全")
        self.warm = line_edit(hint="冷藏、冷冻的填", limit=6)
        self.passed = QCheckBox("验收合格")
        self.note = line_edit(limit=60)
        for box in (self.seen, self.passed):
            box.setMinimumHeight(theme.current().control)
        self._fill(line)
        self._lay_out()

    def save(self) -> bool:
        """Keep it and close; False where something is wrong."""
        saved = self._write()
        if saved:
            self.accept()
        return saved

    def save_next(self) -> None:
        """Keep it; the next kind of goods of the same supplier."""
        if self._line is None and self._write():
            self._fill(None)
            self.goods.setFocus()

    # -- inside

    def _write(self) -> bool:
        line, canteen_id = self._line, self._canteen_id
        try:
            entered = self._entered()
            verb = "修改进货" if line else "记进货"
            words = f"{verb} {entered.goods.strip()} {entered.quantity.strip()}"
            with self._context.database.transaction(words) as session:
                if line is None:
                    today = self._context.clock.today()
                    food_receipts.take_in(
                        session, canteen_id, entered, on_date=self._day, today=today
                    )
                else:
                    food_receipts.change(session, line.id, entered, version=line.version)
        except DomainError as wrong:
            messages.tell(self, str(wrong))
            return False
        self._context.signals.changed.emit(Area.CANTEEN)
        messages.notify(self._context.signals, f"已{words}")
        return True

    def _entered(self) -> ReceiptInput:
        for one, words in ((self.made, "生产日期"), (self.best, "保质期到")):
            if one.is_wrong:
                raise DomainError(f"“{words}”请写成 2026-11-25。")
        return ReceiptInput(
            supplier=self.supplier.currentText(),
            goods=self.goods.text(),
            quantity=self.quantity.text(),
            made_on=self.made.value(),
            best_before=self.best.value(),
            ticket=self.ticket.text(),
            tickets_seen=self.seen.isChecked(),
            temperature=read_degrees(self.warm.text()),
            accepted=self.passed.isChecked(),
            note=self.note.text(),
        )

    def _fill(self, line: ReceiptView | None) -> None:
        self.goods.setText(line.goods if line else "")
        self.quantity.setText(line.quantity if line else "")
        self.made.set_value(line.made_on if line else None)
        self.best.set_value(line.best_before if line else None)
        self.ticket.setText(line.ticket if line else "")
        self.seen.setChecked(line.tickets_seen if line else True)
        self.warm.setText(degrees(line.temperature) if line else "")
        self.passed.setChecked(line.accepted if line else True)
        self.note.setText(line.note if line else "")

    def _lay_out(self) -> None:
        self.form = Form(columns=2, label=68)
        self.form.add("供货单位", self.supplier, required=True, span=2)
        self.form.add("品名", self.goods, required=True)
        self.form.add("数量", self.quantity, required=True)
        self.form.add("生产日期", self.made)
        self.form.add("保质期到", self.best)
        self.form.add("票证号", self.ticket)
        self.form.add("票证", self.seen)
        self.form.add("到货温度", self.warm)
        self.form.add("验收", self.passed)
        self.form.add("备注", self.note, span=2)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.save_next_requested.connect(self.save_next)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        line = self._line
        history = history_button(self._context, self, self._record)
        hide_unless(line is not None, history)
        self._foot.insertWidget(0, history)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.next_button = self.add_button(Button("保存并再记一样", action="save_next"))
        self.next_button.clicked.connect(self.save_next)
        hide_unless(line is None, self.next_button)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        (self.goods if self.supplier.currentText() else self.supplier).setFocus()

    def _record(self) -> Record | None:
        line = self._line
        return Record(FoodReceipt, line.id, f"进货 {line.goods}") if line else None
