"""What goes on at the counter, without its widgets: who stands there, and what is taken."""

from datetime import date
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.errors import DomainError
from app.services import (
    counter_person,
    goods,
    held_baskets,
    redemption_limits,
    redemption_slips,
    redemptions,
    settings,
)
from app.services.counter_person import CounterPerson, Who
from app.services.goods import GoodsView
from app.services.redemption_limits import Visitor
from app.services.redemption_slips import SlipData, shop_words
from app.services.redemptions import Basket, BeyondLimit
from app.ui.kit.signals import Area
from app.ui.points.counter.basket import Lines, Verdict, became, check_there, verdict


class Till(QObject):
    """Everything that is refused is raised as DomainError; nothing changes then."""

    came = Signal()
    """Somebody stands there who did not before"""
    person_changed = Signal()
    basket_changed = Signal()
    served = Signal(object)
    """The counter is free again after a redemption: its SlipData"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.person: CounterPerson | None = None
        self.lines = Lines()
        self.proxy = ("", "")
        """Name and relation of who collects; empty where the person came"""
        self.reason = ""
        """Why the rules of the shop are set aside this time"""
        self.against = ""
        """What the rules say against this day or this person, whatever is taken"""
        self.last: SlipData | None = None
        self.held = 0
        """How many baskets were put aside"""
        self._request_key = uuid4().hex

    # -- who

    def open(self, who: Who) -> None:
        """Somebody stands there, with an empty basket."""
        found = self._read(who)
        self._clear()
        self.person = found
        self._look_up_rules()
        self.person_changed.emit()
        self.basket_changed.emit()
        self.came.emit()

    def close(self) -> None:
        """Nobody stands there."""
        self.person = None
        self._clear()
        self.person_changed.emit()
        self.basket_changed.emit()

    def served_just_now(self, who: Who) -> SlipData | None:
        """The slip of this very person from a few seconds ago: it may be a scan too many."""
        seconds = self._context.settings[settings.SECOND_SCAN_SECONDS]
        last = self.last
        if last is None or not seconds or last.taken_back_at is not None:
            return None
        past = (self._context.clock.now() - last.at).total_seconds()
        same = who.is_same(Who(last.resident_id, last.account_id))
        return last if same and past <= seconds else None

    def refresh(self) -> str:
        """Somebody else may have changed points or stock; what was chosen stays.

        Gives in words what became of the basket that nobody at the counter did; '' for nothing.
        """
        stood, chosen = self.person, self.lines
        if stood is None:
            self._count_held()
            self._look_at_last()
            return ""
        with self._context.database.reading() as session:
            self.held = held_baskets.count(session)
            views = goods.some(session, [key for key, _ in self.lines.wanted], self._today)
        try:
            self.person = self._read(stood.who)
        except DomainError:
            self.person, views = None, {}
        self.lines = self.lines.renewed(views)
        self._look_up_rules()
        self.person_changed.emit()
        self.basket_changed.emit()
        if self.person is None:
            return f"{stood.name} 的资料已经删除或合并，没有兑换。请重新找人。"
        return became(chosen, self.lines)

    # -- what

    @property
    def before(self) -> int:
        return self.person.available.points if self.person is not None else 0

    @property
    def after(self) -> int:
        return self.before - self.lines.points

    @property
    def verdict(self) -> Verdict:
        """What stands beside the basket; the transaction asks everything again."""
        return verdict(self.person, self.lines, "" if self.reason else self.against)

    @property
    def hopeless(self) -> str:
        """Why what was chosen cannot go, not even for a reason; '' where it can, or is nothing."""
        found = verdict(self.person, self.lines, "")
        return found.words if len(self.lines) and not found.ok else ""

    def add(self, view: GoodsView, quantity: int = 1) -> int:
        """Put an article into the basket, or more of it; gives its line, counted from 0."""
        have = self.lines.quantity_of(view.id)
        self._check(self._present(), view, have + quantity, self.reason)
        self._set_lines(self.lines.with_quantity(view, have + quantity))
        return self.lines.place_of(view.id)

    def step(self, place: int, by: int) -> None:
        """More or fewer of a line; the last one goes with its line."""
        line = self.lines[place]
        if by > 0:
            self._check(self._present(), line.view, line.quantity + by, self.reason)
        self._set_lines(self.lines.with_quantity(line.view, line.quantity + by))

    def remove(self, place: int) -> None:
        self._set_lines(self.lines.with_quantity(self.lines[place].view, 0))

    def empty(self) -> None:
        """Nothing is taken after all."""
        self._set_lines(Lines())

    def set_proxy(self, name: str, relation: str) -> None:
        """Who collects; '' for the person."""
        self.proxy = (name, relation)
        self.basket_changed.emit()

    def excuse(self, reason: str) -> None:
        """Set the rules of the shop aside for this basket."""
        self.reason = reason
        self.basket_changed.emit()

    # -- what becomes of it

    def preview(self) -> SlipData | None:
        """The slip as it would come out now; the last one while nobody stands there."""
        if self.person is None:
            return self.last
        person, chosen = self.person, self._context.settings
        return SlipData(
            shop=shop_words(chosen[settings.SHOP_NAME], chosen[settings.COMMUNITY_NAME]),
            name=person.name,
            card=person.card,
            lines=tuple(line.slip_line for line in self.lines),
            points=self.lines.points,
            before=self.before,
            half_hours=person.half_hours,
            at=self._context.clock.now(),
            proxy=self.proxy[0],
            proxy_relation=self.proxy[1],
            entered_by=self._context.user.name,
        )

    def confirm(self) -> SlipData:
        """Book the basket; the counter is free at once, and shows it a moment later."""
        person = self._present()
        if person.who.account_id is None:
            raise DomainError(f"{person.name} 还没有积分账户，记过积分以后才能兑换。")
        basket = Basket(
            account_id=person.who.account_id,
            resident_id=person.who.resident_id,
            lines=self.lines.wanted,
            request_key=self._request_key,
            proxy=self.proxy[0],
            proxy_relation=self.proxy[1],
            reason=self.reason,
        )
        words = f"兑换 {person.name} {self.lines.points} 分"
        with self._context.database.transaction(words) as session:
            slip = redemptions.redeem(session, basket, now=self._context.clock.now())
        self.last = slip
        self.person = None
        self._clear()
        # Whoever waits for the slip need not wait for the screen as well.
        QTimer.singleShot(0, self, lambda: self._tell_served(slip))
        return slip

    def take_back(self, slip: SlipData, reason: str) -> None:
        """Points and goods of a slip return."""
        with self._context.database.transaction(f"撤销兑换 {slip.number}") as session:
            now = self._context.clock.now()
            redemptions.take_back(session, slip.id, reason=reason, version=slip.version, now=now)
        self._look_at_last()
        self._context.signals.changed.emit(Area.POINTS)

    def hold(self) -> None:
        """挂单: the basket waits, the next person comes."""
        person = self._present()
        if person.who.account_id is None:
            raise DomainError("没有积分账户，不能挂单。")
        whose = (person.who.account_id, person.who.resident_id)
        with self._context.database.transaction(f"挂单 {person.name}") as session:
            held_baskets.hold(
                session,
                *whose,
                self.lines.wanted,
                now=self._context.clock.now(),
                proxy=self.proxy[0],
                proxy_relation=self.proxy[1],
                reason=self.reason,
            )
        self.close()
        self._count_held()

    def lacking(self, waits: held_baskets.Held) -> list[str]:
        """Why something of a basket that was put aside cannot go back, a sentence each."""
        return self._sorted(waits)[1]

    def resume(self, waits: held_baskets.Held) -> None:
        """取单: whoever waited stands there again, with what `lacking` has nothing against.

        It waits no longer. Refused, it waits on, and whoever stands there stays.
        """
        lines, _ = self._sorted(waits)
        with self._context.database.transaction("取单") as session:
            held_baskets.resume(session, waits.id)
        self.open(_whose(waits))
        self.proxy, self.reason = (waits.proxy, waits.proxy_relation), waits.reason
        self._set_lines(lines)
        self._count_held()

    def waiting(self) -> list[held_baskets.Held]:
        """What was put aside."""
        with self._context.database.reading() as session:
            return held_baskets.waiting(session)

    # -- inside

    @property
    def _today(self) -> date:
        return self._context.clock.today()

    def _present(self) -> CounterPerson:
        if self.person is None:
            raise DomainError("请先刷卡或找人。")
        return self.person

    def _read(self, who: Who) -> CounterPerson:
        with self._context.database.reading() as session:
            return counter_person.person(session, who, today=self._today)

    def _clear(self) -> None:
        self.lines, self.proxy, self.reason, self.against = Lines(), ("", ""), "", ""
        self._request_key = uuid4().hex

    def _tell_served(self, slip: SlipData) -> None:
        self.person_changed.emit()
        self.basket_changed.emit()
        self.served.emit(slip)
        self._context.signals.changed.emit(Area.POINTS)

    def _sorted(self, waits: held_baskets.Held) -> tuple[Lines, list[str]]:
        """What can go back into the basket, and why the rest cannot."""
        person = self._read(_whose(waits))
        with self._context.database.lookup() as lookup:
            views = goods.some(lookup, [key for key, _ in waits.lines], self._today)
        there, lacking = [], []
        for key, quantity in waits.lines:
            if key not in views:
                lacking.append("有一种商品已经删除。")
                continue
            view, fewer = views[key], min(quantity, person.may_have(views[key]))
            why = self._against(person, view, quantity, waits.reason)
            lacking += [why] if why else []
            if not why or not self._against(person, view, fewer, waits.reason):
                there.append((view, fewer))
        return Lines(there), lacking

    def _against(self, person: CounterPerson, view: GoodsView, quantity: int, reason: str) -> str:
        try:
            self._check(person, view, quantity, reason)
        except DomainError as error:
            return error.words if isinstance(error, BeyondLimit) else str(error)
        return ""

    def _set_lines(self, lines: Lines) -> None:
        self.lines = lines
        self.basket_changed.emit()

    def _check(self, person: CounterPerson, view: GoodsView, quantity: int, reason: str) -> None:
        check_there(person, view, quantity)
        if reason or person.who.account_id is None:
            return
        visitor = Visitor(person.who.account_id, person.who.resident_id)
        with self._context.database.lookup() as lookup:
            over = redemption_limits.over_limit(lookup, visitor, view, quantity, self._today)
        if over:
            raise BeyondLimit(over)

    def _look_up_rules(self) -> None:
        """What is against any redemption: the day, how often it was already."""
        account_id = self.person.who.account_id if self.person is not None else None
        self.against = ""
        if account_id is not None:
            with self._context.database.lookup() as lookup:
                self.against = redemption_limits.against(lookup, account_id, self._today)

    def _look_at_last(self) -> None:
        """The slip that came out last may have been taken back, here or in its own window."""
        last = self.last
        if last is None or last.taken_back_at is not None:
            return
        with self._context.database.lookup() as lookup:
            if not redemption_slips.was_taken_back(lookup, last.id):
                return
        with self._context.database.reading() as session:
            self.last = redemptions.slip(session, last.id)
        self.basket_changed.emit()

    def _count_held(self) -> None:
        before = self.held
        with self._context.database.lookup() as lookup:
            self.held = held_baskets.count(lookup)
        if self.held != before:
            self.basket_changed.emit()


def _whose(waits: held_baskets.Held) -> Who:
    return Who(waits.resident_id, waits.account_id)
