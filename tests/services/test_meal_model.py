"""用餐账 against a book kept by hand: whatever is done in whatever order, both tell the same."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.models import AccountKind, PayWay
from app.services import meal_book, meal_deposits, meal_months, meal_statements
from app.services.meal_book import GoneAlready, NotEnoughMoney, SecondMeal
from tests.faults.amount import times
from tests.services.canteen_stage import DINNER, LUNCH, Stage, stage_on
from tests.storage.offices import fresh_office

WHO = ("chen", "wang", "sun", "gone")
PAID = {"chen": 3_00, "wang": 10_00, "sun": 0, "gone": 10_00}
"""What set A costs each of them."""
GONE_ON = date(2026, 11, 18)


@dataclass
class Line:
    """A meal that stands."""

    who: str
    day: date
    period: object
    paid: int
    way: PayWay


class Kitchen(RuleBasedStateMachine):
    """Some days of a canteen."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.stage: Stage = stage_on(fresh_office(Path(self.folder.name)))
        self.cards = {who: self.stage.account(who) for who in WHO[:3]}
        self.bill = self.stage.account("wang", AccountKind.BILL)
        self.money = dict.fromkeys([*self.cards.values(), self.bill], 0)
        self.standing: dict[int, Line] = {}
        self.sent = False

    @rule(who=st.sampled_from(WHO[:3]), fen=st.integers(1, 40_00))
    def pays_in(self, who: str, fen: int) -> None:
        self.stage.do(meal_deposits.deposit, self.cards[who], fen, now=self.stage.now)
        self.money[self.cards[who]] += fen

    @rule(who=st.sampled_from(WHO[:3]), fen=st.integers(1, 20_00))
    def is_paid_back(self, who: str, fen: int) -> None:
        card = self.cards[who]
        try:
            self.stage.do(meal_deposits.refund, card, fen, words="退", now=self.stage.now)
        except NotEnoughMoney:
            assert self.money[card] < fen
        else:
            self.money[card] -= fen

    @rule(
        who=st.sampled_from(WHO),
        ago=st.integers(0, 4),
        period=st.sampled_from((LUNCH, DINNER)),
        way=st.sampled_from((PayWay.CARD, PayWay.CASH, PayWay.BILL)),
    )
    def eats(self, who: str, ago: int, period: object, way: PayWay) -> None:
        day = self.stage.today - timedelta(days=ago)
        way = PayWay.CASH if who == "gone" or (way is PayWay.BILL and who != "wang") else way
        same = [
            one
            for one in self.standing.values()
            if (one.who, one.day, one.period) == (who, day, period)
        ]
        try:
            told = self.stage.log(who, on_date=day, period=period, pay_way=way)
        except SecondMeal:
            assert same
        except GoneAlready:
            assert who == "gone"
            assert day > GONE_ON
        except NotEnoughMoney:
            assert self.money[self.cards[who]] < PAID[who]
        else:
            assert not same
            assert told.paid == PAID[who]
            self.standing[told.meal_id] = Line(who, day, period, told.paid, told.pay_way)
            self._move(self.standing[told.meal_id], -1)

    @rule(data=st.data())
    def is_taken_back(self, data: st.DataObject) -> None:
        if self.standing:
            key = data.draw(st.sampled_from(sorted(self.standing)))
            self.stage.do(meal_book.take_back, key, reason="重复", now=self.stage.now)
            self._move(self.standing.pop(key), 1)

    @rule(data=st.data())
    def pays_alone(self, data: st.DataObject) -> None:
        """What becomes too dear for the card leaves everything as it was."""
        if not self.standing:
            return
        key = data.draw(st.sampled_from(sorted(self.standing)))
        line = self.standing[key]
        try:
            told = self.stage.do(
                meal_book.put_right, key, unsubsidised=True, reason="不符", now=self.stage.now
            )
        except NotEnoughMoney:
            assert self.money[self.cards[line.who]] + line.paid < 12_00
            return
        self._move(self.standing.pop(key), 1)
        self.standing[told.meal_id] = Line(line.who, line.day, line.period, 12_00, told.pay_way)
        self._move(self.standing[told.meal_id], -1)

    @rule(data=st.data())
    def was_a_mistake(self, data: st.DataObject) -> None:
        """A deposit that was booked for nothing."""
        card = data.draw(st.sampled_from(sorted(self.cards.values())))
        lines = self.stage.look(meal_statements.entries, card)
        first = next((one for one in lines if one.receipt and not one.reversed), None)
        if first is None:
            return
        try:
            self.stage.do(meal_deposits.reverse_entry, first.id, reason="错", now=self.stage.now)
        except NotEnoughMoney:
            assert self.money[card] < first.amount
        else:
            self.money[card] -= first.amount

    @rule()
    def the_claim_is_sent(self) -> None:
        if not self.sent:
            self.stage.submit(202611)
            self.sent = True

    @invariant()
    def both_books_tell_the_same(self) -> None:
        if not hasattr(self, "money"):
            return
        self.stage.check_books()
        kept = dict(self.stage.ask(BALANCES))
        assert kept == self.money
        (told,) = self.stage.ask(SUMS)
        paid = sum(one.paid for one in self.standing.values())
        assert told == (len(self.standing), 12_00 * len(self.standing), paid)
        made = self.stage.look(meal_months.proof, 202611)
        assert made.agrees
        assert made.closing == sum(self.money.values())

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.stage.database.close()
            self.folder.cleanup()

    def _move(self, line: Line, sign: int) -> None:
        if line.way is PayWay.CARD:
            self.money[self.cards[line.who]] += sign * line.paid
        elif line.way is PayWay.BILL:
            self.money[self.bill] += sign * line.paid


BALANCES = """
    SELECT a.id, coalesce(b.balance, 0) FROM meal_account a
    LEFT JOIN meal_balance b ON b.account_id = a.id
"""
SUMS = """
    SELECT coalesce(sum(quantity), 0), coalesce(sum(price), 0), coalesce(sum(paid), 0) FROM meal
"""
Kitchen.TestCase.settings = settings(
    max_examples=times(7, 300),
    stateful_step_count=times(16, 50),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestKitchen = Kitchen.TestCase
