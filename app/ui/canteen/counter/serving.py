"""What goes on at the counter, without its widgets: who stands there, what it costs, how paid."""

from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.errors import DomainError
from app.models import Guest, MealWay, PayWay
from app.services import (
    meal_book,
    meal_counter,
    meal_person,
    meal_pricing,
    meal_recent,
    meal_taking_back,
    meal_vouchers,
)
from app.services.canteens import SetView
from app.services.meal_book import Logged, MealInput, PricedMeal
from app.services.meal_person import MealPerson, Sitting
from app.services.settings import POINTS_PER_YUAN
from app.ui.canteen.counter import offered, paying
from app.ui.canteen.counter.paying import Verdict
from app.ui.canteen.place import Place
from app.ui.kit.signals import Area
from app.values.rights import Right

MOST_PORTIONS = 9


class Serving(QObject):
    """Everything that is refused is raised as DomainError; nothing changes then."""

    changed = Signal()
    """Who stands there, or what it costs"""
    served = Signal(object)
    """Logged: said after the field is free again"""
    overtaken = Signal(str)
    """Another meal began while somebody stood there: what was shown is worked out anew"""

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context, self._place = context, place
        self.person: MealPerson | None = None
        self.fixed = False
        """Letters and digits mean sets and payments; before, they are what is typed"""
        self.sets: tuple[SetView, ...] = ()
        self.chosen: SetView | None = None
        self.extras: tuple[tuple[int, int], ...] = ()
        """(dish, quantity)"""
        self.quantity = 1
        self.taken = False
        """自取: carried away instead of eaten here"""
        self.pay_way = PayWay.CASH
        self.voucher = ""
        self.exception = ""
        self.cost: PricedMeal | None = None
        self.against = ""
        """Why there is no price"""
        self.last: Logged | None = None
        self._read_for: Sitting | None = None
        """The meal that person, sets and price are those of"""
        self._request_key = uuid4().hex

    # -- who

    @property
    def sitting(self) -> Sitting | None:
        """The meal that is given out; None in an office without a canteen."""
        if self._place.canteen_id is None:
            return None
        today = self._context.clock.today()
        return Sitting(canteen_id=self._place.canteen_id, period=self._place.period, on_date=today)

    def show(self, resident_id: int, *, fixed: bool) -> None:
        """Somebody comes, with what they usually take and how they pay."""
        # The tick of the page may be a minute behind.
        self._place.follow_clock()
        sitting = self.sitting
        if sitting is None:
            return
        self._forget()
        person = self._read(resident_id, sitting)
        self.person, self.fixed = person, fixed
        self._take_the_usual(person)
        self._price()

    def fix(self) -> None:
        """From now on letters and digits are about the meal."""
        if self.person is not None:
            self.fixed = True
            self.changed.emit()

    def clear(self) -> None:
        """Nobody stands there."""
        if self.person is not None:
            self._forget()
            self.changed.emit()

    def refresh(self) -> None:
        """Prices, rules or accounts may be others by now; what was chosen stays.

        At another meal nothing stays but the person.
        """
        standing, sitting = self.person, self.sitting
        if standing is None or sitting is None:
            return
        if sitting != self._read_for:
            self._begin_anew(standing.resident_id)
            return
        letter = self.chosen.letter if self.chosen is not None else ""
        try:
            self.person = self._read(standing.resident_id, sitting)
        except DomainError:
            self.clear()
            return
        self.chosen = self._set_of(letter)
        self._price()

    @property
    def unlogged(self) -> bool:
        """Whether somebody stands there whose meal would be lost without Enter.

        Not who gets none now: gone, has eaten, or nothing is offered.
        """
        if self.person is None or self.person.gone or self.cost is None:
            return False
        return bool(self.exception) or not self.cost.same_period

    def keep_up(self) -> bool:
        """Whether what is shown is of the meal that is given out now; if not, it is from here on.

        Nothing is booked at a price that nobody has read.
        """
        shown = self._read_for
        self._place.follow_clock()
        if self.sitting != self._read_for:
            self.refresh()
        return self.sitting == shown

    # -- what, and how paid

    def choose_set(self, letter: str) -> None:
        """Another set meal; a letter that is none of them changes nothing."""
        found = next((one for one in self.sets if one.letter == letter.upper()), None)
        if found is not None and self.person is not None:
            self.chosen = found
            self._price()

    def choose_extras(self, extras: tuple[tuple[int, int], ...]) -> None:
        """Dishes beside the set meal."""
        self.extras = extras
        self._price()

    def choose_quantity(self, quantity: int) -> None:
        """How many portions."""
        self.quantity = max(1, min(quantity, MOST_PORTIONS))
        self._price()

    def carry_away(self) -> None:
        """自取, or eaten here after all."""
        self.taken = not self.taken
        self._price()

    def pays_by(self, way: PayWay) -> str:
        """Why somebody cannot pay so; '' where nothing is against it."""
        return paying.against(self.person, way, rate=self._context.settings[POINTS_PER_YUAN])

    def pay(self, way: PayWay) -> None:
        """Another way to pay. Raises DomainError for one that this person does not have."""
        against = self.pays_by(way)
        if against and self.person is not None:
            raise DomainError(f"{self.person.name}{against}，请换一种付款方式。")
        self.pay_way = way
        if way is PayWay.VOUCHER and not self.voucher:
            self.voucher = self._own_voucher()
        self.changed.emit()

    def use_voucher(self, code: str) -> None:
        """A voucher was scanned."""
        self.voucher, self.pay_way = code, PayWay.VOUCHER
        self.changed.emit()

    def excuse(self, reason: str) -> None:
        """Why a second meal in the period is right."""
        self.exception = reason
        self.changed.emit()

    # -- what it comes to

    @property
    def purse(self) -> tuple[int, int] | None:
        """分 before and after on the account that pays; None where none does."""
        return paying.purse(self.person, self.cost, self.pay_way)

    @property
    def verdict(self) -> Verdict:
        """The transaction asks everything again."""
        if self.person is None:
            return Verdict("还没有人")
        if self.person.gone:
            return Verdict(f"已{self.person.gone}，不能记餐")
        if self.cost is None:
            return Verdict(self.against or "还没有选套餐")
        if self.cost.same_period and not self.exception:
            return Verdict("这一餐已经记过", excusable=True)
        return Verdict(paying.missing(self.cost, self.pay_way, self.purse, self.voucher))

    def log(self) -> Logged:
        """Book the meal; the counter is free at once, and tells it a moment later."""
        person, sitting, verdict = self.person, self.sitting, self.verdict
        if person is None or sitting is None or not verdict.ok:
            raise DomainError(f"{verdict.words}。")
        return self._book(self._input(sitting, person.resident_id), f"记餐 {person.name}")

    def log_guest(self, guest: Guest) -> Logged:
        """One more without a name."""
        self._place.follow_clock()
        sitting = self.sitting
        if sitting is None:
            raise DomainError("还没有食堂，请先到“设置”的“食堂”里登记。")
        with self._context.database.lookup() as lookup:
            meal = offered.guest_meal(lookup, sitting, guest)
        return self._book(meal, f"记餐 {guest.label}", stays=True)

    def take_back(self, meal_id: int, number_words: str, reason: str) -> None:
        """A meal and what paid for it return."""
        with self._context.database.transaction(f"撤销用餐 {number_words}") as session:
            now = self._context.clock.now()
            meal_taking_back.take_back(session, meal_id, reason=reason, now=now)
        self.read_last()
        self._context.signals.changed.emit(Area.CANTEEN)

    def read_last(self) -> None:
        """What this clerk logged last today: Ctrl+Z means it, whenever the program was started."""
        sitting, name = self.sitting, self._context.user.name
        self.last = None
        if sitting is not None:
            with self._context.database.lookup() as lookup:
                key = meal_recent.last_of(lookup, sitting.canteen_id, sitting.on_date, name)
                self.last = meal_book.logged(lookup, key) if key is not None else None

    # -- inside

    def _begin_anew(self, resident_id: int) -> None:
        try:
            self.show(resident_id, fixed=self.fixed)
        except DomainError:
            self.clear()
        # Where nothing can be logged anyway, the reason for that says more.
        if self.verdict.ok:
            meal = self._place.period.label
            self.overtaken.emit(f"现在记的是{meal}，价钱已重新算好，请看过再按 Enter。")

    def _read(self, resident_id: int, sitting: Sitting) -> MealPerson:
        """Also what is offered to them now."""
        self._read_for = sitting
        with_points = self._context.settings[POINTS_PER_YUAN] > 0
        with self._context.database.lookup() as lookup:
            self.sets = offered.sets_of(lookup, sitting)
            return meal_person.person(lookup, resident_id, sitting, with_points=with_points)

    def _book(self, meal: MealInput, words: str, *, stays: bool = False) -> Logged:
        with self._context.database.transaction(words) as session:
            logged = meal_counter.log(session, meal, now=self._context.clock.now())
        self.last = logged
        if not stays:
            self._forget()
            self.changed.emit()
        # Whoever stands next in the queue need not wait for the lists.
        QTimer.singleShot(0, self, lambda: self._tell(logged))
        return logged

    def _tell(self, logged: Logged) -> None:
        self.served.emit(logged)
        self._context.signals.changed.emit(Area.CANTEEN)

    def _input(self, sitting: Sitting, resident_id: int) -> MealInput:
        return MealInput(
            canteen_id=sitting.canteen_id,
            period=sitting.period,
            on_date=sitting.on_date,
            request_key=self._request_key,
            resident_id=resident_id,
            quantity=self.quantity,
            way=MealWay.TAKEN if self.taken else MealWay.HERE,
            set_meal_id=self.chosen.id if self.chosen is not None else None,
            extras=self.extras,
            pay_way=self.pay_way,
            voucher_code=self.voucher if self.pay_way is PayWay.VOUCHER else "",
            exception=self.exception,
            order_id=self._order_id,
        )

    @property
    def _order_id(self) -> int | None:
        """The order that is collected; whoever may not settle it leaves it to the kitchen."""
        ahead = self.person.order if self.person is not None else None
        settles = self._context.may(Right.RUN_CANTEEN)
        return ahead.id if ahead is not None and ahead.collected and settles else None

    def _price(self) -> None:
        sitting, person = self.sitting, self.person
        self.cost, self.against = None, ""
        if self._place.hours is None:
            self.against = f"这里不供应{self._place.period.label}，请换一个食堂或餐次"
        elif sitting is not None and person is not None:
            try:
                with self._context.database.lookup() as lookup:
                    self.cost = meal_pricing.priced(
                        lookup, self._input(sitting, person.resident_id)
                    )
            except DomainError as error:
                self.against = str(error) if self.sets else offered.NO_SETS
        self.changed.emit()

    def _take_the_usual(self, person: MealPerson) -> None:
        """An order for this meal comes first, then what was taken the last time."""
        ahead, habit = person.order, person.habit
        letter = ahead.set_letter if ahead is not None else habit.set_letter if habit else ""
        self.chosen = self._set_of(letter)
        self.pay_way = paying.usual(person)
        if ahead is not None and ahead.collected:
            self.quantity, self.taken = ahead.quantity, ahead.way is MealWay.TAKEN

    def _set_of(self, letter: str) -> SetView | None:
        """The one with this letter, else the first."""
        named = (one for one in self.sets if one.letter == letter)
        return next(named, self.sets[0] if self.sets else None)

    def _own_voucher(self) -> str:
        """The one that runs out first of those in the person's name."""
        if self.person is None:
            return ""
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            mine = meal_vouchers.good_of(lookup, self.person.resident_id, today)
        return mine[0].code if mine else ""

    def _forget(self) -> None:
        self.person, self.fixed, self.cost, self.against = None, False, None, ""
        self.chosen, self.extras, self.quantity, self.taken = None, (), 1, False
        self.voucher = self.exception = ""
        self._request_key = uuid4().hex
