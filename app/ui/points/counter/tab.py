"""柜台: who comes, who stands there, what came out; by keys and scanner alone."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.errors import DomainError
from app.services.counter_person import Who
from app.services.redemption_slips import SlipData
from app.ui.kit import keys, messages, theme
from app.ui.kit.labels import row
from app.ui.people.points_wish import Redeem
from app.ui.people.tabbed_page import PageTab
from app.ui.points.counter import actions, scans
from app.ui.points.counter.desk import Desk
from app.ui.points.counter.find_view import FindView
from app.ui.points.counter.person_field import PersonField
from app.ui.points.counter.slip_panel import NO_PAPER, SlipDialog, SlipPanel
from app.ui.points.counter.slip_printing import print_slip
from app.ui.points.counter.till import Till


class CounterTab(PageTab):
    """Assembles the parts around a Till, and leads the focus from one person to the next."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.till = Till(context)
        self.search = PersonField()
        self.head = (self.search,)
        self.finder = FindView(context)
        self.desk = Desk(context, self.till)
        self.slip = SlipPanel(context, self.till)
        self.stack = QStackedWidget()
        self._again: Who | None = None
        """Who was served a moment ago and scanned again"""
        self._lay_out()
        self._connect()
        self._bind()
        actions.last_slip(context, self.till)
        self.slip.blank()

    # -- what the page asks

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        preview = (keys.cap("slip_preview"), "小票预览")
        if self.till.person is None:
            waiting = f"取单 {self.till.held} 笔" if self.till.held else "取单"
            held = (keys.cap("resume_basket"), waiting)
            kept = (keys.cap("reservations"), "预约")
            slips = (preview,) if theme.current().large else (("↑ ↓", "换一个"),)
            return (("Enter", "打开"), held, kept, *slips)
        quantity, leave = ("+ −", "数量"), (keys.cap("next_person"), "换人")
        if theme.current().large:
            return (("Enter", "加入"), quantity, preview, leave)
        both = (keys.cap("add_and_confirm"), "加入并确认")
        return (("Enter", "加入；空栏再按即确认"), both, quantity, ("Del", "移除"), leave)

    def refresh(self) -> None:
        became, free = self.till.refresh(), self.till.person is None
        self.desk.refresh()
        if free:
            self.finder.show_day()
        if became:
            (self.finder if free else self.desk.goods).tell(became)

    def take_focus(self) -> None:
        (self.search if self.till.person is None else self.desk.goods.field).setFocus()

    def find_person(self) -> bool:
        self.search.setFocus()
        self.search.selectAll()
        return True

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, Redeem) and wanted.resident_id is not None:
            self.open(Who(wanted.resident_id))
        self.take_focus()

    @property
    def undo_words(self) -> str:
        last = self.till.last
        return f"兑换 {last.number}" if last is not None and last.taken_back_at is None else ""

    def undo(self) -> bool:
        """Ctrl+Z at the counter means the slip that came out last."""
        if self.till.last is None or self.till.last.taken_back_at is not None:
            return False
        actions.take_back(self.context, self, self.till)
        return True

    def rest(self) -> None:
        """Nobody is at the desk: whoever comes next must not read it; a basket is kept."""
        self.search.clear()
        if self.till.person is not None:
            actions.put_away(self.context, self.till)
        self.finder.tell("")
        self.slip.blank()

    # -- one person after the other

    def open(self, who: Who, *, asked: bool = False) -> None:
        """Somebody comes to the counter; a scan too many of the one before asks.

        Whoever stands there with an empty basket makes room before anything is asked: what is
        scanned next must not be booked to somebody who was scanned over.
        """
        standing = self.till.person
        if standing is not None and standing.who.is_same(who):
            self.desk.goods.field.setFocus()
            return
        if not self._make_room():
            return
        just_now = None if asked else self.till.served_just_now(who)
        if just_now is not None:
            self._again = who
            self.finder.ask_again(just_now, standing.name if standing is not None else "")
            return
        try:
            self.till.open(who)
        except DomainError as error:
            self.finder.tell(str(error))

    def next_person(self) -> None:
        """Esc: the counter is free; what could be booked is given up after a question."""
        stood, pieces, why = self.till.person, self.till.lines.pieces, self.till.hopeless
        if pieces and not actions.may_drop(self, self.till):
            return
        self.till.close()
        if why and stood is not None:
            self.finder.tell(f"{stood.name} 的 {pieces} 件没有兑换：{why}。")

    def confirm(self) -> None:
        """Book it, print it, and be ready for the next one."""
        if self.till.person is None:
            # A second Enter, before the screen shows that the first one booked.
            return
        verdict = self.till.verdict
        if not verdict.ok:
            self.desk.goods.tell(f"{verdict.words}。", excusable=verdict.excusable)
            return
        with messages.domain_errors_shown(self):
            self._print(self.till.confirm())
        if self.till.person is not None:
            self.refresh()

    # -- inside

    def _lay_out(self) -> None:
        self.stack.addWidget(self.finder)
        self.stack.addWidget(self.desk)
        if theme.current().large:
            self.slip.setParent(self)
            self.slip.hide()
            self.setLayout(row((self.stack, 1)))
        else:
            self.setLayout(row((self.stack, 1), self.slip, spacing=12))

    def _connect(self) -> None:
        self.till.person_changed.connect(self._show_person)
        self.till.came.connect(self._welcome)
        self.till.basket_changed.connect(self._show_basket)
        self.till.served.connect(lambda slip: self.finder.tell(_done(slip), tone="ok"))
        self.search.paused.connect(self._look)
        self.search.moved.connect(self.finder.step)
        self.search.submitted.connect(self._submit)
        self.search.scanned.connect(self._scan)
        self.finder.chosen.connect(self.open)
        self.finder.again.clicked.connect(lambda: self.open(self._again or Who(), asked=True))
        self.desk.confirmed.connect(self.confirm)
        self.desk.card_scanned.connect(self._scan_at_desk)
        self.slip.take_back.clicked.connect(self.undo)
        self.slip.read_back.clicked.connect(self._read_back)
        self.slip.reprint.clicked.connect(self._reprint)
        self.slip.paper_chosen.connect(self._show_basket)
        self.slip.paper_chosen.connect(self.take_focus)

    def _bind(self) -> None:
        keys.bind(self, "next_person", self._escape)
        keys.bind(self, "resume_basket", lambda: actions.resume(self.context, self, self.till))
        self.finder.again.bind(self)
        keys.bind(self, "reprint_slip", self._reprint)
        keys.bind(self, "reservations", lambda: actions.reserve(self.context, self, self.till))
        keys.bind(self, "read_back", self._read_back)
        if theme.current().large:
            keys.bind(self, "slip_preview", lambda: SlipDialog(self.slip, self).exec())

    def _escape(self) -> None:
        """What is typed goes first, then the person."""
        if self.search.text():
            self.search.clear()
            self.finder.search("")
        elif self.till.person is not None and not self.desk.let_go():
            self.next_person()

    def _print(self, slip: SlipData) -> None:
        """Whoever wants no slip is not asked again with each one."""
        paper = self.slip.paper
        if paper == NO_PAPER or print_slip(self.context, self, slip, paper):
            return
        self.slip.choose(NO_PAPER)
        messages.notify(self.context.signals, "以后不打小票；要打的时候，在小票上方选纸")

    def _read_back(self) -> None:
        actions.read_back(self.context, self, self.till)

    def _reprint(self) -> None:
        actions.reprint(self.context, self, self.till, self.slip.paper)

    def _show_person(self) -> None:
        there = self.till.person is not None
        served = self.stack.currentWidget() is self.desk and not there
        self.stack.setCurrentWidget(self.desk if there else self.finder)
        if there:
            self.desk.show_person()
        if served and self.isVisible():
            self.search.setFocus()
        self.legend_changed.emit()

    def _welcome(self) -> None:
        """Who else was found is gone when this one leaves: their points are others by then."""
        self.search.clear()
        self.finder.search("")
        self.finder.tell("")
        self.desk.welcome()

    def _show_basket(self) -> None:
        self.slip.show_till()
        if self.till.person is None:
            self.desk.basket.show_held()
            self.finder.tell("")
            self.legend_changed.emit()
            return
        self.desk.basket.equation.prints = self.slip.paper != NO_PAPER
        self.desk.show_basket()

    def _look(self, typed: str) -> None:
        """Whoever stands there with an empty basket makes room for who is looked for."""
        if typed.strip() and self.till.person is not None:
            self._make_room()
        if self.till.person is None:
            self.finder.search(typed)

    def _make_room(self) -> bool:
        """Nobody is sent away with a full basket."""
        standing = self.till.person
        if standing is None:
            return True
        if len(self.till.lines):
            what = f"按 {keys.cap('next_person')} 放下" if self.till.hopeless else "确认"
            self.desk.goods.tell(f"{standing.name} 的篮子里还有东西，请先{what}或挂单。")
            return False
        self.till.close()
        return True

    def _submit(self, typed: str) -> None:
        """Enter may come before the pause in which the list is read."""
        self.search.settle()
        if typed.strip():
            self._look(typed)
        if typed.strip() and self.till.person is None and not self.finder.choose():
            # A slow scanner types the label of a shelf as a hand does.
            scans.tell_article(self.context, typed, self.finder.tell)

    def _scan(self, code: str) -> None:
        # The line was emptied: its pause would take away what is told now.
        self.search.settle()
        if scans.show_slip(self.context, code, self.window()):
            return
        if self.till.person is not None:
            # The desk is what the clerk sees: there it counts, and there it is told.
            self.desk.scan(code)
            return
        tell = self.finder.tell
        who = scans.whose(self.context, code, tell)
        if who is None and not scans.tell_article(self.context, code, tell):
            self.search.setText(code)
            self._submit(code)
        elif who not in (None, Who()):
            self.open(who)

    def _scan_at_desk(self, code: str) -> None:
        """No article: the card of the next person, who comes where nothing is chosen yet."""
        who = scans.whose(self.context, code, self.desk.goods.tell)
        if who is None:
            self.desk.goods.tell(f"没有条码是 {code} 的商品，或者已经下架。")
        elif who != Who():
            self.open(who)


def _done(slip: SlipData) -> str:
    left = f"现有积分 {slip.after:,} 分"
    return f"已兑换：{slip.name} {slip.number}，扣 {slip.points:,} 分，{left}。"
