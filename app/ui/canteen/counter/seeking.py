"""From the one input to who stands there: letters, digits, scans; nothing that was not shown
before is logged, and nobody who waits for Enter makes room without a word."""

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.errors import DomainError
from app.services import meal_finder, meal_vouchers, residents
from app.services.meal_finder import Hits
from app.ui.canteen.counter.choices import AWAY, EXTRAS, PAYS
from app.ui.canteen.counter.eater_card import EaterCard
from app.ui.canteen.counter.serving import Serving


class Seeking(QObject):
    """Leads the field of an EaterCard."""

    logged = Signal()
    """Enter on whoever was shown"""
    extras_wanted = Signal()
    moved_on = Signal()
    """Other keys work now"""

    def __init__(self, context: Context, serving: Serving, card: EaterCard) -> None:
        super().__init__()
        self._context, self._serving, self._card = context, serving, card
        self._field = card.field
        self._looked = ""
        """The text whose hits are shown"""
        self._found = Hits()
        self._queue: list[int] = []
        """Who was scanned while somebody else stood there whose meal was not logged yet"""
        self._connect()

    def open(self, resident_id: int) -> None:
        """Somebody stands there for good: keys are about the meal. Whoever stands there before
        and is not logged yet stays; the other one follows."""
        standing = self._serving.person
        self._field.rest()
        if standing is not None and standing.resident_id == resident_id:
            self.fix()
        elif self._serving.unlogged:
            self._line_up(resident_id)
        else:
            self._stand(resident_id)

    def fix(self) -> None:
        """Whoever is shown stays: the letters that found them are no part of the meal's keys."""
        self._empty()
        self._card.say_others(0)
        self._serving.fix()

    def clear(self) -> None:
        """Nobody stands there, nothing is typed or told."""
        self._empty()
        self._card.idle.tell("", tone="ok")
        self._serving.clear()
        self._card.rest()
        self.moved_on.emit()

    def drop(self) -> None:
        """Esc: whoever stands there gets no meal; who was scanned meanwhile is next."""
        self.clear()
        self._follow()

    def leave(self) -> None:
        """Nobody is at the desk: nothing is to be read but that a meal was left."""
        left = len(self._queue) + self._serving.unlogged
        self._queue.clear()
        self.clear()
        if left:
            self._card.idle.tell(_LEFT.format(left), tone="warn")

    def free(self) -> None:
        """The meal is logged: the field is ready for the next one."""
        self._empty()
        self._field.setFocus()
        self._follow()

    def pay(self, number: int) -> None:
        """The way to pay with this digit."""
        if 1 <= number <= len(PAYS):
            try:
                self._serving.pay(PAYS[number - 1])
            except DomainError as error:
                self._card.refuse(str(error))

    def _stand(self, resident_id: int) -> None:
        self._empty()
        self._card.say_others(0)
        self._field.rest()
        self._show(resident_id, fixed=True)

    def _line_up(self, resident_id: int) -> None:
        if resident_id not in self._queue:
            self._queue.append(resident_id)
        self._keep()

    def _follow(self) -> None:
        if self._queue:
            self._stand(self._queue.pop(0))

    def _keep(self) -> None:
        """Say that who stands there is not logged yet, and who comes then."""
        self.fix()
        person = self._serving.person
        if person is not None:
            then = self._names() or "下一位"
            self._card.refuse(f"{person.name} 还没有记：Enter 记上，Esc 不记；然后是{then}。")

    def _names(self) -> str:
        with self._context.database.lookup() as lookup:
            rows = residents.rows(lookup, self._queue, today=self._context.clock.today())
        return "、".join(one.name for one in rows)

    def _empty(self) -> None:
        self._field.clear()
        # What is emptied needs not be looked for after the pause.
        self._field.settle()
        self._looked = ""
        self._card.rest()

    def _connect(self) -> None:
        field = self._field
        field.paused.connect(self._look)
        field.submitted.connect(self._submit)
        field.scanned.connect(self._scan)
        field.confirmed.connect(self.logged)
        field.lettered.connect(self._letter)
        field.moved.connect(self._move)
        field.held.connect(self._hold)
        field.stepped.connect(self._step)
        self._card.hits.chosen.connect(lambda hit: self.open(hit.resident_id))

    def _look(self, typed: str) -> None:
        """Whom the text means; whoever was found by letters makes room."""
        if typed.strip() and self._serving.fixed and self._serving.unlogged:
            self._keep()
            return
        self._looked = typed
        self._card.idle.tell("", tone="ok")
        self._field.numbers = False
        if not typed.strip():
            self._serving.clear()
            self._card.rest()
            self.moved_on.emit()
            return
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            self._found = meal_finder.find(lookup, typed, today=today)
        meant = self._found.meant
        if meant is not None:
            self._card.say_others(len(self._found.lines) - 1)
            self._show(meant.resident_id, fixed=False)
        else:
            self._serving.clear()
            self._list()

    def _list(self) -> None:
        if self._found.lines:
            self._card.show_hits(self._found)
        else:
            self._card.show_nobody(_NOBODY)
        self.moved_on.emit()

    def _submit(self, typed: str) -> None:
        """Enter behind letters: whoever they showed, or the hit that is marked."""
        field = self._field
        field.settle()
        if not typed.strip():
            return
        if self._looked != typed:
            self._look(typed)
            field.rest()
        elif self._serving.person is not None:
            if field.rested:
                self.logged.emit()
        elif field.numbers and self._card.hits.current is not None:
            self.open(self._card.hits.current.resident_id)

    def _scan(self, code: str) -> None:
        # The line was emptied: its pause would take away what is told now.
        self._field.settle()
        self._looked = ""
        try:
            with self._context.database.lookup() as lookup:
                resident_id = meal_finder.by_scan(lookup, code)
                voucher = None if resident_id else meal_vouchers.value_of(lookup, code)
        except DomainError as error:
            self._refuse(str(error))
            return
        if resident_id is not None:
            self.open(resident_id)
        elif voucher is None:
            self._refuse(f"没有找到 {code} 是谁的卡、证件或餐券，请输入姓名找人。")
        elif self._serving.person is None:
            self._refuse("扫到的是餐券：请先刷卡或找人，再扫餐券。")
        else:
            self._serving.fix()
            self._serving.use_voucher(code)

    def _refuse(self, words: str) -> None:
        if self._serving.person is not None:
            self._card.refuse(words)
        else:
            self._card.show_nobody(words)

    def _letter(self, letter: str) -> None:
        """One key about the meal, or about the hits; any other letter begins a new search."""
        serving = self._serving
        if self._field.numbers and letter.isdigit():
            self._card.hits.choose(int(letter))
        elif serving.person is None or not serving.fixed:
            self._field.insert(letter)
        elif letter.isdigit():
            self.pay(int(letter))
        elif any(one.letter == letter.upper() for one in serving.sets):
            serving.choose_set(letter)
        elif letter.upper() == EXTRAS:
            self.extras_wanted.emit()
        elif letter.upper() == AWAY:
            serving.carry_away()
        else:
            self._field.insert(letter)

    def _move(self, by: int) -> None:
        """Up and down lead the hits; from whom the letters surely mean to the others."""
        if self._field.numbers:
            self._card.hits.step(by)
        elif by > 0 and len(self._found.lines) > 1 and self._looked and not self._serving.fixed:
            self._serving.clear()
            self._list()

    def _hold(self) -> None:
        """Space: this one it is, but something is different today."""
        person = self._serving.person
        if person is not None and not self._serving.fixed:
            self.open(person.resident_id)

    def _step(self, by: int) -> None:
        self._serving.choose_quantity(self._serving.quantity + by)

    def _show(self, resident_id: int, *, fixed: bool) -> None:
        try:
            self._serving.show(resident_id, fixed=fixed)
        except DomainError as error:
            self._serving.clear()
            self._card.show_nobody(str(error))
        self.moved_on.emit()


_LEFT = "刚才有 {} 位还没有记餐，屏幕已清空；要记的请重新刷卡。"
_NOBODY = "没有找到这个人，换个写法试试；新来的人先到“居民”里登记。"
