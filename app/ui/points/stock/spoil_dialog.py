"""报损: so many pieces of an article are gone, and why."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import goods, stock
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.people.date_line import NearLine
from app.ui.points.stock.figures import day_of, figure, figure_of

REASONS = ["过期", "破损", "受潮", "丢失", "社区自用"]


class SpoilDialog(Dialog):
    """Of one article."""

    def __init__(self, context: Context, goods_id: int, parent: QWidget | None = None) -> None:
        super().__init__("报损", parent, width=440)
        self._context = context
        today = context.clock.today()
        with context.database.lookup() as lookup:
            self._goods = goods.view(lookup, goods_id, today)
        self.quantity = figure(None, hint=f"最多 {self._goods.on_hand}")
        self.reason = choice(REASONS, editable=True)
        self.reason.setCurrentText("")
        self.day = NearLine(today, today)
        self.form = Form(label=56)
        self.form.add("数量", self.quantity, required=True)
        self.form.add("原因", self.reason, required=True)
        self.form.add("日期", self.day, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        one = self._goods
        there = f"{one.number} {one.title}，现有 {one.on_hand:,} {one.unit}"
        self.body.addWidget(small(there))
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("报损", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.quantity.setFocus()

    def save(self) -> None:
        """Book it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            quantity = figure_of(self.quantity, "数量", "2") or 0
            words = f"{self._goods.title} {quantity} {self._goods.unit}"
            with self._context.database.transaction(f"报损 {words}") as session:
                stock.spoil(
                    session,
                    self._goods.id,
                    quantity,
                    reason=self.reason.currentText(),
                    on_date=day_of(self.day),
                    now=self._context.clock.now(),
                )
            self._context.signals.changed.emit(Area.POINTS)
            messages.notify(self._context.signals, f"已报损：{words}")
            self.accept()
