"""月结: steps and proof of a month at the left, its list for the board at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import points_filter, points_notice, points_publishing
from app.services.papers import Printing
from app.services.points_filter import month_words
from app.services.points_month_facts import MonthFacts, state_words
from app.services.points_publishing import Step
from app.ui.kit import keys, messages, theme
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import column, row
from app.ui.kit.latest import LatestJob
from app.ui.kit.pdf_panel import PdfPanel
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.people.points_wish import ShowMonth
from app.ui.people.tabbed_page import PageTab
from app.ui.points.months.cards import MonthCards
from app.values.rights import Right

TITLE = "积分公示"


class MonthsTab(PageTab):
    """Assembles; the list is drawn in the background, a newer wish overtakes an older one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.month = FilterChip("月份")
        self.paper_size = Segments([(False, "A4", "A4 竖放"), (True, "A3", "A3 竖放")])
        self.paper_size.show_value(False)
        self.lapsing = Button("快到期的积分", action="lapsing")
        self.head = (self.month, self.paper_size, self.lapsing)
        self.cards = MonthCards(context, preview=False)
        self.preview = PdfPanel()
        self._large = False
        self._latest = LatestJob(context.background, self)
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        steps = self.cards.steps
        step = steps.next_button.isEnabled() and not steps.next_button.isHidden()
        return (
            *(((keys.cap("next_step"), "下一步"),) if step else ()),
            *(((keys.cap("objections"), "异议"),) if not steps.objections.isHidden() else ()),
            (keys.cap("lapsing"), "快到期的积分"),
            (keys.cap("print"), "打印公示"),
        )

    @property
    def facts(self) -> MonthFacts | None:
        """Of the month that is shown."""
        return self.cards.facts

    def refresh(self) -> None:
        """Cards and list anew; the month that is looked at stays."""
        step = self.cards.steps.next_button
        stood = self.window().focusWidget() is step
        self._offer()
        facts = self.cards.show_month(self.month.number)
        self.month.set_value(facts.month, facts.words)
        self.legend_changed.emit()
        if stood and not step.isEnabled():
            self.take_focus()
        self.compose()

    def take_focus(self) -> None:
        """What comes next can be done at once, by Enter."""
        steps = self.cards.steps
        buttons = (steps.next_button, steps.objections)
        offered = (one for one in buttons if one.isEnabled() and not one.isHidden())
        there: QWidget = next(offered, self.month)
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowMonth):
            self.month.set_value(wanted.month, month_words(wanted.month))
            self.refresh()
        self.take_focus()

    def compose(self) -> None:
        """Draw the list now."""
        # What draws is loaded with the first paper.
        from app.reports import points_notice as paper

        self._latest.stop()
        facts, large = self.facts, self._large
        if facts is None:
            return
        printing = Printing(by=self.context.user.name, at=self.context.clock.now())

        def work(progress: Progress) -> bytes:
            with self.context.database.reading() as session:
                data = points_notice.notice_paper(session, facts.month, printing, large=large)
            progress.check()
            return paper.render(data)

        self._latest.start(
            work,
            done=lambda pdf: self.preview.show_pdf(pdf, f"{facts.words}{TITLE}"),
            failed=self.preview.show_nothing,
        )

    def show_lapsing(self) -> None:
        """Whom to tell before their points lapse."""
        from app.ui.points.months.lapsing_dialog import LapsingDialog

        LapsingDialog(self.context, self.window()).exec()

    # -- assembling

    def _lay_out(self) -> None:
        self.cards.setFixedWidth(theme.current().px(340))
        line = row(self.cards, (self.preview, 1), spacing=12)
        self.setLayout(column((line, 1), margins=(0, 0, 0, 0)))

    def _connect(self) -> None:
        self.month.changed.connect(lambda _: self.refresh())
        self.paper_size.chosen.connect(self._resize)
        self.cards.print_asked.connect(self.preview.print)
        self.lapsing.clicked.connect(self.show_lapsing)
        self.lapsing.bind(self)
        self.preview.taken.connect(self._taken)

    def _offer(self) -> None:
        today = self.context.clock.today()
        with self.context.database.lookup() as lookup:
            months = points_filter.months(lookup, today=today)
            closed = {one.month: one for one in points_publishing.closed_months(lookup)}
        self.month.set_choices(
            [(one, _named(one, state_words(closed.get(one), today))) for one in months]
        )

    def _resize(self, large: object) -> None:
        self._large = bool(large)
        self.compose()

    def _taken(self, how: str) -> None:
        """It is on record that the list was printed or saved; of a closed month it is then made."""
        from app.services import table_log

        facts = self.facts
        if facts is None:
            return
        context, name = self.context, f"{facts.words}{TITLE}"
        with messages.domain_errors_shown(self):
            with context.database.transaction(f"打印 {name}") as session:
                table_log.note_printed(session, (), by=context.user.name)
                if facts.step is Step.PREPARE and facts.closed is not None and self._may_close():
                    points_publishing.prepare(
                        session,
                        facts.month,
                        version=facts.closed.version,
                        today=context.clock.today(),
                    )
            context.signals.changed.emit(Area.POINTS)
            messages.notify(context.signals, f"{how}：{name}")

    def _may_close(self) -> bool:
        return self.context.may(Right.CLOSE_MONTHS)


def _named(month: int, state: str) -> str:
    return f"{month_words(month)}　{state}" if state else month_words(month)
