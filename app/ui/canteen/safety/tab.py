"""食品安全: samples, morning checks, what comes in with which ticket; their registers."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QStackedWidget, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import food_papers
from app.services.papers import Printing
from app.ui.canteen.place import CanteenChoice, no_canteen, place_of
from app.ui.canteen.safety.books_view import BooksView
from app.ui.canteen.safety.check_view import CheckView
from app.ui.canteen.safety.day_bar import BOOKS, CHECKS, RECEIPTS, SAMPLES, SafetyBar
from app.ui.canteen.safety.receipt_view import ReceiptView
from app.ui.canteen.safety.sample_view import SampleView
from app.ui.canteen.safety.typed_draft import sheet_of
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import box, column
from app.ui.kit.states import EmptyState
from app.ui.people.canteen_wish import ShowFoodSafety
from app.ui.people.paper_job import Made, show_paper
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right

_NEW = {SAMPLES: "加一样", CHECKS: "加一个人", RECEIPTS: "记一笔"}


class SafetyTab(PageTab):
    """Assembles: the day above, one of four views below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.place = place_of(context)
        self.bar = SafetyBar(context, self.place)
        self.samples = SampleView(context, self.place)
        self.checks = CheckView(context, self.place)
        self.receipts = ReceiptView(context, self.place)
        self.books = BooksView(context, self.place)
        self.sheet_button = Button("日报", icon="printer-outline")
        self.sheet_button.setAccessibleName("打印食品安全日报")
        self.new_button = Button(_NEW[SAMPLES], kind="primary", action="new")
        offer(context.may(Right.PRINT), self.sheet_button)
        offer(context.may(Right.RUN_CANTEEN), self.new_button)
        canteen = () if theme.current().large else (CanteenChoice(self.place),)
        self.head = (*canteen, self.sheet_button, self.new_button)
        self._supplied = QStackedWidget()
        self._views: dict[str, SampleView | CheckView | ReceiptView | BooksView] = {
            SAMPLES: self.samples,
            CHECKS: self.checks,
            RECEIPTS: self.receipts,
            BOOKS: self.books,
        }
        self.stack = QStackedWidget()
        for view in (*self._views.values(), self._supplied):
            self.stack.addWidget(view)
        self._whole = QStackedWidget()
        self._whole.addWidget(box(column(self.bar, (self.stack, 1))))
        self._whole.addWidget(no_canteen(context))
        self.setLayout(column((self._whole, 1), margins=(0, 0, 0, 0)))
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        views = self.bar.views.legend
        if self._whole.currentIndex():
            return ()
        if self.bar.view == BOOKS:
            return (views, (keys.cap("print"), "打印"))
        step = (f"{keys.cap('safety_day_before')} →", "换日子")
        if self.stack.currentWidget() is self._supplied:
            return (step, views)
        first = {
            SAMPLES: (("Enter", "填写"), ("Ctrl+Enter", "保存"), ("PgUp PgDn", "换餐次")),
            CHECKS: (("1 2", "合格、不合格"), ("Ctrl+Enter", "保存")),
            RECEIPTS: (("Enter", "修改"),),
        }[self.bar.view]
        return (*first, step, views)

    def refresh(self) -> None:
        """The view that is seen, read anew."""
        there = self.place.canteen is not None
        self._whole.setCurrentIndex(0 if there else 1)
        for button in (self.sheet_button, self.new_button):
            button.setVisible(there)
        if there:
            self._show()

    def take_focus(self) -> None:
        if self.stack.currentWidget() is not self._supplied:
            self._views[self.bar.view].focus_list()

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowFoodSafety):
            day: date = wanted.on_date or self.context.clock.today()
            self._go_to(day, SAMPLES)
        elif isinstance(wanted, Unsaved):
            sheet = sheet_of(wanted.key)
            self.place.choose_canteen(sheet.canteen_id)
            if sheet.period is not None:
                self.place.choose_period(sheet.period)
            self._go_to(sheet.day, CHECKS if sheet.period is None else SAMPLES)

    def add(self) -> None:
        """Something more of what is seen."""
        if self.stack.currentWidget() is self.samples:
            self.samples.add_by_hand()
        elif self.bar.view == CHECKS:
            self.checks.add_staff()
        elif self.bar.view == RECEIPTS:
            self.receipts.take_in()

    def print_day(self) -> None:
        """食品安全日报 of the day that is seen."""
        canteen_id, day = self.place.canteen_id, self.bar.day
        if canteen_id is None:
            return

        def make(session: Session, printing: Printing) -> Callable[[], Made]:
            from app.reports import food_day as paper

            data = food_papers.day_sheet(session, canteen_id, day, printing)
            return lambda: (paper.render(data), ())

        show_paper(self.context, self, f"食品安全日报 {day:%Y-%m-%d}", make)

    # -- inside

    def _connect(self) -> None:
        self.bar.moved.connect(self._show)
        self.bar.switched.connect(self._switched)
        self.sheet_button.clicked.connect(self.print_day)
        self.new_button.clicked.connect(self.add)
        self.new_button.bind(self)
        self.samples.shown.connect(self._count)
        self.bar.views.bind(self)
        keys.bind(self, "safety_day_before", lambda: self.bar.step(-1))
        keys.bind(self, "safety_day_after", lambda: self.bar.step(1))
        keys.bind(self, "sample_meal_before", lambda: self.bar.step_meal(-1))
        keys.bind(self, "sample_meal_after", lambda: self.bar.step_meal(1))

    def _count(self) -> None:
        """Beside the title: what today's meal lacks, whichever day is looked at."""
        if self.samples.day == self.context.clock.today():
            self.count_changed.emit(self.samples.lacking)

    def _go_to(self, day: date, view: str) -> None:
        self.bar.show_day(min(day, self.context.clock.today()))
        self.bar.show_view(view)
        self._show()
        self.take_focus()

    def _switched(self) -> None:
        self._show()
        self.take_focus()

    def _show(self) -> None:
        view, canteen = self.bar.view, self.place.canteen
        if canteen is None:
            return
        supplied = view == SAMPLES and not canteen.cooks
        shown = self._supplied if supplied else self._views[view]
        if supplied:
            self._show_supplied(food_papers.supplied_words(canteen))
        else:
            seen = self._views[view]
            if not isinstance(seen, BooksView):
                seen.day = self.bar.day
            seen.refresh()
        self.stack.setCurrentWidget(shown)
        self.new_button.setText(_NEW.get(view, ""))
        self.new_button.setVisible(view in _NEW and not supplied)
        self.bar.period.setVisible(view == SAMPLES and not supplied)
        self.legend_changed.emit()

    def _show_supplied(self, words: str) -> None:
        """A place that only hands out keeps none of its own (domain-law.md 4)."""
        while self._supplied.count():
            self._supplied.removeWidget(self._supplied.widget(0))
        advice = "这里只分餐，不用自己留样；请向供餐单位要当天的留样记录。"
        made: QWidget = EmptyState("shield-check-outline", words, advice)
        self._supplied.addWidget(made)
