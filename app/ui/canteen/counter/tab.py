"""柜台: somebody comes to eat, the price is read aloud, Enter; by keys and scanner alone."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.errors import DomainError
from app.models import Guest, PayWay
from app.services.meal_recent import MealRow
from app.ui.canteen.counter import actions, printing
from app.ui.canteen.counter.choices import AWAY, EXTRAS, PAYS
from app.ui.canteen.counter.dish_dialogs import ExtrasDialog, SoldOutDialog
from app.ui.canteen.counter.eater_card import EaterCard
from app.ui.canteen.counter.recent_card import RecentCard
from app.ui.canteen.counter.seeking import Seeking
from app.ui.canteen.counter.serving import Serving
from app.ui.canteen.counter.side_panel import SidePanel
from app.ui.canteen.counter.type_dialog import TypeMealsDialog
from app.ui.canteen.place import CanteenChoice, PeriodChoice, no_canteen, place_of
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import box, column, row
from app.ui.people.canteen_wish import LogMeal, ShowBoard, ShowMeal
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right

_MINUTE_MS = 60_000


class CounterTab(PageTab):
    """Assembles the parts around a Serving, and leads from one person to the next."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.place = place_of(context)
        self.serving = Serving(context, self.place)
        self.canteen, self.period = CanteenChoice(self.place), PeriodChoice(self.place)
        self.papers = Button("打印签到表", icon="printer-outline", action="print")
        self.head = (self.canteen, self.period, self.papers)
        self.eater = EaterCard(context, self.place, self.serving)
        self.recent = RecentCard(context)
        self.side = SidePanel(context)
        self.seeking = Seeking(context, self.serving, self.eater)
        self.stack = QStackedWidget()
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._lay_out()
        self._connect()
        self._bind()

    # -- what the page asks

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        person = self.serving.person
        if person is None and self.eater.field.numbers:
            return (("1–9", "选人"), ("↑ ↓", "换一个"), ("Enter", "选定"), ("Esc", "清空"))
        if person is None:
            type_back = (keys.cap("type_meals"), "补录")
            return (("Enter", "记一餐"), (keys.cap("find_person"), "找人"), type_back)
        if not self.serving.fixed:
            change = ("空格", "改套餐付款")
            others = (("↓", "另选一人"),) if self.eater.others.text() else ()
            return (*self._enter(), change, *self._runs_low(), *others, ("Esc", "清空"))
        letters = " ".join(one.letter for one in self.serving.sets) or "A"
        more = (AWAY, "自取"), ("+ −", "份数")
        ways = (f"1–{self.eater.choices.ways}", "付款")
        sets = (*self._enter(), *self._runs_low(), ways, (letters, "套餐"), (EXTRAS, "加菜"))
        return (*sets, *(() if theme.current().large else more), ("Esc", "清空"))

    def _enter(self) -> Sequence[tuple[str, str]]:
        """What logs the meal now, or what lets it be logged all the same."""
        verdict = self.serving.verdict
        if verdict.excusable:
            return ((keys.cap("second_meal"), "破例"),)
        return (("Enter", "记一餐"),) if verdict.ok else ()

    def _runs_low(self) -> Sequence[tuple[str, str]]:
        """The key that fills a card on which little is left."""
        pays_in = self.context.may(Right.KEEP_DEPOSITS) and self.eater.runs_low
        return ((keys.cap("pay_in_here"), "存款"),) if pays_in else ()

    def refresh(self) -> None:
        """Somebody else may have logged, paid in, changed a price."""
        sitting = self.serving.sitting
        self.stack.setCurrentIndex(0 if sitting is None else 1)
        self.papers.setEnabled(sitting is not None)
        if sitting is None:
            return
        self.side.show_sitting(sitting, self.place.hours, self.recent.show_sitting(sitting))
        self.serving.refresh()
        self.serving.read_last()

    def take_focus(self) -> None:
        self.eater.field.setFocus()

    def find_person(self) -> bool:
        self.eater.field.setFocus()
        self.eater.field.selectAll()
        return True

    @property
    def person_at_hand(self) -> int | None:
        person = self.serving.person
        return person.resident_id if person is not None else None

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowMeal):
            self.show_meal(wanted.meal_id)
        elif isinstance(wanted, Unsaved):
            self._type_back(wanted.record_id)
        elif isinstance(wanted, LogMeal) and wanted.resident_id is not None:
            self.open(wanted.resident_id)
        self.take_focus()

    @property
    def undo_words(self) -> str:
        last = self.serving.last
        return f"用餐 {last.number_words}" if last is not None else ""

    def undo(self) -> bool:
        """Ctrl+Z at the counter means the meal that was logged last."""
        last = self.serving.last
        if last is None:
            return False
        self._take_back(last.meal_id, last.number_words, last)
        self.take_focus()
        return True

    def rest(self) -> None:
        """Nobody is at the desk: whoever comes next must not read it."""
        self.seeking.leave()

    # -- one person after the other

    def open(self, resident_id: int) -> None:
        """Somebody stands there, and keys are about the meal."""
        self.seeking.open(resident_id)

    def confirm(self) -> None:
        """Book the meal; the field is free before any list is drawn."""
        if self.serving.person is None or not self.serving.keep_up():
            return
        verdict = self.serving.verdict
        if not verdict.ok:
            if not verdict.excusable:
                self.eater.refuse(f"{verdict.words}。")
            return
        self._log()

    def guest(self, guest: Guest) -> None:
        """One more without a name."""
        with messages.domain_errors_shown(self):
            self.eater.idle.tell_logged(self.serving.log_guest(guest))

    def show_meal(self, meal_id: int) -> None:
        """One line of the book."""
        from app.ui.canteen.counter.meal_dialog import MealDialog

        with messages.domain_errors_shown(self):
            MealDialog(self.context, meal_id, self.window()).exec()

    # -- inside: what is shown

    def _log(self) -> None:
        try:
            logged = self.serving.log()
        except DomainError as error:
            self.eater.refuse(str(error))
            return
        self.eater.idle.tell_logged(logged)
        self.seeking.free()

    def _choose_extras(self) -> None:
        sitting = self.serving.sitting
        if sitting is None or self.serving.person is None:
            return
        self.seeking.fix()
        dialog = ExtrasDialog(self.context, sitting, self.serving.extras, self.window())
        if dialog.exec():
            self.serving.choose_extras(dialog.chosen)
        self.take_focus()

    def _tick(self) -> None:
        if not self.isVisible():
            return
        self.place.follow_clock()
        sitting = self.serving.sitting
        if sitting is not None:
            self.side.show_pace(sitting, self.place.hours)

    def _tell_overtaken(self, words: str) -> None:
        """Whoever is about to press Enter has read the price of the meal before."""
        self.eater.field.rest()
        self.eater.refuse(words)

    def _clear(self) -> None:
        """Esc: what is typed goes, and whoever stands there."""
        self.seeking.drop()
        self.take_focus()

    def _pay_in(self) -> None:
        person = self.serving.person
        if person is not None and self.context.may(Right.KEEP_DEPOSITS):
            actions.pay_in(self.context, self, person.resident_id)
            self.take_focus()

    def _excuse(self) -> None:
        if actions.excuse(self, self.serving):
            self.seeking.fix()
        self.take_focus()

    def _sold_out(self) -> None:
        sitting = self.serving.sitting
        if sitting is not None:
            SoldOutDialog(self.context, sitting, self.window()).exec()
            self.take_focus()

    def _print(self) -> None:
        sitting, table = self.serving.sitting, self.recent.table
        if sitting is not None:
            printing.offer_papers(
                self.context, self, self.papers, sitting, lambda: table_paper.print_out(table)
            )

    def _type_back(self, sheet_id: int | None = None) -> None:
        if self.place.canteen_id is not None:
            canteen, window = self.place.canteen_id, self.window()
            TypeMealsDialog(self.context, canteen, sheet_id, parent=window).exec()
            self.take_focus()

    def _take_back_line(self, line: MealRow) -> None:
        self._take_back(line.id, line.number, line)

    def _take_back(self, meal_id: int, number: str, meal: actions.TakenBack) -> None:
        """What was said of the meal before holds no longer."""
        told = actions.take_back(self.context, self, self.serving, meal_id, number, meal)
        if told:
            self.eater.idle.tell(f"{told}。", tone="info")

    def _show_board(self) -> None:
        self.context.signals.page_requested.emit("canteen", ShowBoard())

    def _lay_out(self) -> None:
        middle = column(self.eater, (self.recent, 1), spacing=12)
        desk = box(row((middle, 1), self.side, spacing=12))
        self.stack.addWidget(no_canteen(self.context))
        self.stack.addWidget(desk)
        outer = column(self.stack)
        self.setLayout(outer)

    def _connect(self) -> None:
        self.seeking.logged.connect(self.confirm)
        self.seeking.extras_wanted.connect(self._choose_extras)
        self.seeking.moved_on.connect(self.legend_changed)
        self.serving.changed.connect(self.eater.show_serving)
        self.serving.changed.connect(self.legend_changed)
        self.serving.overtaken.connect(self._tell_overtaken)
        self._minute.timeout.connect(self._tick)
        self._minute.start()
        eater = self.eater
        eater.confirm.clicked.connect(self.confirm)
        eater.reason.exception.clicked.connect(self._excuse)
        eater.choices.set_chosen.connect(self._click_set)
        eater.choices.pay_chosen.connect(self._click_pay)
        eater.choices.extras_wanted.connect(self._choose_extras)
        self.recent.undo.clicked.connect(self._undo_clicked)
        self.recent.type_back.clicked.connect(lambda: self._type_back())
        self.papers.clicked.connect(self._print)
        self.recent.take_back_wanted.connect(self._take_back_line)
        self.recent.table.opened.connect(self.show_meal)
        self.side.guests.wanted.connect(self.guest)
        self.side.kitchen.sold_out.clicked.connect(self._sold_out)
        self.side.delivery.board.clicked.connect(self._show_board)

    def _bind(self) -> None:
        keys.bind(self, "next_eater", self._clear)
        keys.bind(self, "pay_in_here", self._pay_in)
        self.eater.reason.exception.bind(self)
        self.side.bind(self)
        self.recent.type_back.bind(self)
        self.papers.bind(self)
        keys.bind(self, "export", lambda: table_paper.export(self.recent.table))
        offer(self.context.may(Right.PRINT), self.papers)

    def _click_set(self, letter: str) -> None:
        self.seeking.fix()
        self.serving.choose_set(letter)
        self.take_focus()

    def _click_pay(self, way: PayWay) -> None:
        self.seeking.fix()
        self.seeking.pay(PAYS.index(way) + 1)
        self.take_focus()

    def _undo_clicked(self) -> None:
        if not self.undo():
            messages.warn(
                self.context.signals, "这次打开以后还没有记过餐；以前的在下面的表里选中，回车再撤销"
            )
