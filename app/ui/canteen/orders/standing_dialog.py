"""长期订餐: who gets which set on which weekdays, from when on."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import StandingOrder
from app.services import canteens, residents, standing_orders
from app.services.standing_orders import StandingInput
from app.ui.canteen.code_choice import CodeChoice
from app.ui.canteen.orders.order_dialog import MOST_PORTIONS
from app.ui.canteen.orders.price_line import price_line
from app.ui.canteen.orders.set_choice import SetChoice
from app.ui.canteen.orders.weekdays_field import WeekdaysField
from app.ui.canteen.orders.words import PAY_WAYS, WAYS
from app.ui.canteen.place import Place
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.pinyin_choice import MUST, PinyinChoice
from app.ui.kit.signals import Area
from app.ui.people.date_line import DueLine
from app.ui.people.resident_link import ResidentLink
from app.ui.recent.unsaved import keep_dialog

DRAFT = "standing_order"
_USUAL_DAYS = "12345"


class StandingDialog(Dialog):
    """A new standing order, or one that is there; `standing_id` afterwards says which."""

    def __init__(
        self,
        context: Context,
        place: Place,
        parent: QWidget | None = None,
        *,
        standing_id: int | None = None,
        resident_id: int | None = None,
    ) -> None:
        words = "登记长期订餐" if standing_id is None else "修改长期订餐"
        super().__init__(words, parent, width=600)
        self._context, self._place = context, place
        self.standing_id = standing_id
        self._version = 0
        self._make_fields(self._read(resident_id))
        self._lay_out()
        self._offer_sets()
        self.form.finish()
        record = (StandingOrder.__tablename__, standing_id) if standing_id is not None else None
        self.keeper = keep_dialog(
            context, self, self.form, f"{DRAFT}:{standing_id or 'new'}", words, record=record
        )
        has_person = self.resident.value() is not None
        (self.weekdays if has_person else self.resident.choose_button).setFocus()

    def save(self) -> None:
        """Keep it and close; the days that stand already follow."""
        with messages.domain_errors_shown(self):
            entered, now = self._entered(), self._context.clock.now()
            name = self._name(entered.resident_id)
            sentence = f"{self.windowTitle()} {name} {entered.period.label}"
            with self._context.database.transaction(sentence) as session:
                if self.standing_id is None:
                    self.standing_id, done = standing_orders.add(session, entered, now=now)
                else:
                    key, version = self.standing_id, self._version
                    done = standing_orders.change(session, key, entered, version=version, now=now)
            self._context.signals.changed.emit(Area.CANTEEN)
            told = f"；已生成的订餐跟着改：{done.words}" if done else ""
            messages.notify(self._context.signals, f"已保存 {name} 的长期订餐{told}")
            self.accept()

    # -- inside

    def _read(self, resident_id: int | None) -> StandingInput:
        if self.standing_id is not None:
            with self._context.database.reading() as session:
                entered, self._version = standing_orders.input_of(session, self.standing_id)
            self._resident_id: int | None = entered.resident_id
            return entered
        self._resident_id = resident_id
        canteen_id, period = self._place.canteen_id or 0, self._place.period
        with self._context.database.reading() as session:
            now = self._context.clock.now()
            first = standing_orders.first_open_day(session, canteen_id, period, now)
        return StandingInput(
            resident_id=resident_id or 0,
            canteen_id=canteen_id,
            period=period,
            weekdays=_USUAL_DAYS,
            set_letter="",
            since=first,
        )

    def _make_fields(self, entered: StandingInput) -> None:
        self._canteen_id = entered.canteen_id
        today = self._context.clock.today()
        self.resident = ResidentLink(self._context, self._resident_id)
        self.period = CodeChoice([one.period for one in self._place.periods], entered.period)
        self.weekdays = WeekdaysField(entered.weekdays)
        self.sets = SetChoice(entered.set_letter)
        portions = [str(one) for one in range(1, MOST_PORTIONS + 1)]
        self.quantity = PinyinChoice(portions, name="份数", blank=MUST)
        self.quantity.set_value(str(entered.quantity))
        self.way = CodeChoice(WAYS, entered.way)
        self.pay = CodeChoice(PAY_WAYS, entered.pay_way)
        self.since, self.until = DueLine(today, entered.since), DueLine(today, entered.until)
        self.note = line_edit(entered.note, hint="如 多给汤", limit=120)

    def _lay_out(self) -> None:
        self.form = Form(columns=2, label=58)
        self.form.add("居民", self.resident, required=True, span=2)
        self.form.add("餐次", self.period, required=True, span=2)
        self.form.add("星期", self.weekdays, required=True, span=2)
        self.form.add("套餐", self.sets, required=True)
        self.form.add("份数", self.quantity, required=True)
        self.form.add("方式", self.way, required=True)
        self.form.add("付款", self.pay, required=True)
        self.form.add("开始", self.since, required=True)
        until = self.form.add("结束", self.until)
        self.form.add("备注", self.note, span=2)
        self._price = Notice("", tone="soft")
        self.form.add_full(self._price)
        until.set_message("不填就一直送")
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.resident.clear_button.hide()
        self.resident.choose_button.setVisible(self.standing_id is None)
        self.resident.chosen.connect(self.resident.set_value)
        self.resident.changed.connect(self.resident.clear_button.hide)
        for asked in (self.resident.changed, self.way.changed):
            asked.connect(self._show_price)
        for box in (self.sets, self.quantity):
            box.currentTextChanged.connect(lambda _: self._show_price())
        self.since.changed.connect(self._offer_sets)
        self.period.changed.connect(self._offer_sets)

    def _offer_sets(self) -> None:
        """Those that are sold when it begins; what was chosen stays where it is offered."""
        today = self._context.clock.today()
        day, period = max(self.since.value() or today, today), self.period.code
        with self._context.database.lookup() as lookup:
            found = canteens.set_meals(lookup, self._canteen_id, day, period)
        self.sets.offer(found)
        self._show_price()

    def _show_price(self) -> None:
        """Of one meal, for whoever asks on the telephone."""
        chosen = self.sets.chosen
        if chosen is None:
            self._price.show_text("没有套餐，请先在设置里登记。", tone="warn")
            return
        today = self._context.clock.today()
        told = price_line(
            self._context,
            canteen_id=self._canteen_id,
            period=self.period.code,
            day=max(self.since.value() or today, today),
            set_meal_id=chosen.id,
            quantity=int(self.quantity.currentText() or 1),
            way=self.way.code,
            resident_id=self.resident.value(),
        )
        self._price.show_text("", told, tone="soft")

    def _entered(self) -> StandingInput:
        person, since = self.resident.value(), self.since.value()
        if person is None:
            raise DomainError("请选是哪位居民订餐。")
        if since is None:
            raise DomainError("请填从哪天开始，写成 12-2 或 2026-12-02 这样。")
        if self.until.is_wrong:
            raise DomainError("“结束”不对，请写成 12-31 或 2026-12-31 这样，或者空着。")
        return StandingInput(
            resident_id=person,
            canteen_id=self._canteen_id,
            period=self.period.code,
            weekdays=self.weekdays.value(),
            set_letter=self.sets.letter,
            quantity=int(self.quantity.currentText() or 1),
            way=self.way.code,
            pay_way=self.pay.code,
            since=since,
            until=self.until.value(),
            note=self.note.text(),
        )

    def _name(self, resident_id: int) -> str:
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            found = residents.rows(lookup, [resident_id], today=today)
        return found[0].name if found else ""
