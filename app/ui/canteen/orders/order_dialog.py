"""订一餐: one meal for somebody on one day, or another content for one that waits."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import MealPeriod, MealWay, PayWay
from app.services import canteens, meal_orders, residents
from app.services.meal_orders import OrderInput, OrderLine, PastCutOff
from app.ui.canteen.code_choice import CodeChoice
from app.ui.canteen.orders.price_line import price_line
from app.ui.canteen.orders.set_choice import SetChoice
from app.ui.canteen.orders.words import (
    PAY_WAYS,
    WAYS,
    cut_off_words,
)
from app.ui.canteen.place import Place
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.pinyin_choice import MUST, PinyinChoice
from app.ui.kit.signals import Area
from app.ui.people.date_line import NearLine, beside_day
from app.ui.people.resident_link import ResidentLink

MOST_PORTIONS = 9


class OrderDialog(Dialog):
    """`order_id` afterwards says which order it is."""

    def __init__(
        self,
        context: Context,
        place: Place,
        parent: QWidget | None = None,
        *,
        day: date | None = None,
        resident_id: int | None = None,
        line: OrderLine | None = None,
    ) -> None:
        super().__init__("订一餐" if line is None else f"修改订餐：{line.name}", parent, width=560)
        self._context, self._place, self._line = context, place, line
        self.order_id = line.id if line is not None else None
        self.canteen_id = line.canteen_id if line else place.canteen_id or 0
        self._make_fields(day or context.clock.today(), resident_id)
        self._lay_out()
        self._offer_sets()
        self.form.finish()

    def save(self) -> None:
        """Keep it and close; after the cut-off only when the kitchen was asked."""
        with messages.domain_errors_shown(self):
            entered = self._entered()
            try:
                self._write(entered, late=False)
            except PastCutOff as late:
                if not messages.confirm(self, "已经截止订餐", f"{late}", "后厨同意了，照样订"):
                    return
                self._write(entered, late=True)
            self._context.signals.changed.emit(Area.CANTEEN)
            self.accept()

    # -- inside

    def _make_fields(self, day: date, resident_id: int | None) -> None:
        context, line = self._context, self._line
        self.resident = ResidentLink(context, line.resident_id if line else resident_id)
        self.day = NearLine(context.clock.today(), line.on_date if line else day, future=True)
        period = line.period if line else self._place.period
        self.period = CodeChoice([one.period for one in self._place.periods], period)
        self.sets = SetChoice(line.set_letter if line else "")
        self.quantity = PinyinChoice(
            [str(one) for one in range(1, MOST_PORTIONS + 1)], name="份数", blank=MUST
        )
        self.quantity.set_value(str(line.quantity if line else 1))
        self.way = CodeChoice(WAYS, line.way if line else MealWay.BROUGHT)
        self.pay = CodeChoice(PAY_WAYS, line.pay_way if line else PayWay.CARD)
        self.note = line_edit(line.note if line else "", hint="如 多给汤", limit=120)

    def _lay_out(self) -> None:
        self.form = Form(label=58)
        new = self._line is None
        if new:
            self.form.add("居民", self.resident, required=True)
            self._day = self.form.add("日期", self.day, required=True)
            self.form.add("餐次", self.period, required=True)
        self._sets = self.form.add("套餐", self.sets, required=True)
        self.form.add("份数", self.quantity, required=True)
        self.form.add("方式", self.way, required=True)
        self.form.add("付款", self.pay, required=True)
        self.form.add("备注", self.note)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        words = "订餐" if new else "保存"
        self.save_button = self.add_button(Button(words, kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.resident.clear_button.hide()
        self.resident.changed.connect(self.resident.clear_button.hide)
        self.resident.chosen.connect(self.resident.set_value)
        self.day.changed.connect(self._offer_sets)
        self.period.changed.connect(self._offer_sets)
        for asked in (self.resident.changed, self.way.changed):
            asked.connect(self._show_price)
        for box in (self.sets, self.quantity):
            box.currentTextChanged.connect(lambda _: self._show_price())
        has_person = self.resident.value() is not None
        (self.sets if has_person else self.resident.choose_button).setFocus()

    def _offer_sets(self) -> None:
        """Those of the day and period; what was chosen stays where it is offered."""
        day, period = self._when()
        if self._line is None and day is not None:
            self._day.set_message(self._day_told(day, period))
        with self._context.database.lookup() as lookup:
            found = canteens.set_meals(lookup, self.canteen_id, day, period) if day else ()
        self.sets.offer(found)
        self._show_price()

    def _day_told(self, day: date, period: MealPeriod) -> str:
        """星期日・明天，11-22 09:00 截止订餐."""
        now = self._context.clock.now()
        beside = beside_day(day, now.date())
        hours = next((one for one in self._place.periods if one.period is period), None)
        if hours is None or day < now.date():
            return beside
        return f"{beside}，{cut_off_words(hours, day, now)}"

    def _show_price(self) -> None:
        """For whoever asks on the telephone."""
        day, period = self._when()
        chosen = self.sets.chosen
        if chosen is None or day is None:
            self._sets.set_message("这一天没有套餐，请先在设置里登记。", "warn")
            return
        told = price_line(
            self._context,
            canteen_id=self.canteen_id,
            period=period,
            day=day,
            set_meal_id=chosen.id,
            quantity=int(self.quantity.currentText() or 1),
            way=self.way.code,
            resident_id=self.resident.value(),
        )
        self._sets.set_message(told)

    def _when(self) -> tuple[date | None, MealPeriod]:
        if self._line is not None:
            return self._line.on_date, self._line.period
        return self.day.value(), self.period.code

    def _entered(self) -> OrderInput:
        person, (day, period) = self.resident.value(), self._when()
        if person is None:
            raise DomainError("请选是哪位居民订餐。")
        if day is None:
            raise DomainError("请填日期，写成 12-2 或 2026-12-02 这样。")
        return OrderInput(
            canteen_id=self.canteen_id,
            on_date=day,
            period=period,
            resident_id=person,
            set_letter=self.sets.letter,
            quantity=int(self.quantity.currentText() or 1),
            way=self.way.code,
            pay_way=self.pay.code,
            note=self.note.text(),
        )

    def _write(self, entered: OrderInput, *, late: bool) -> None:
        now = self._context.clock.now()
        words = f"{self._name(entered)} {entered.on_date:%m-%d} {entered.period.label}"
        verb = "订餐" if self._line is None else "修改订餐"
        with self._context.database.transaction(f"{verb} {words}") as session:
            if self._line is None:
                self.order_id = meal_orders.order(session, entered, now=now, late=late)
            else:
                meal_orders.change(
                    session,
                    self._line.id,
                    entered,
                    version=self._line.version,
                    now=now,
                    late=late,
                )
        messages.notify(self._context.signals, f"已{verb}：{words}")

    def _name(self, entered: OrderInput) -> str:
        if self._line is not None:
            return self._line.name
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            found = residents.rows(lookup, [entered.resident_id], today=today)
        return found[0].name if found else ""
