"""统计: the figures of some days at the left, the paper of them at the right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.context import Context
from app.models import CareReason
from app.services import (
    canteens,
    care_cases,
    meal_absence,
    meal_opinions,
    meal_statistics,
    meal_statistics_paper,
    papers,
    periods,
)
from app.services.meal_absence import Absence
from app.services.meal_opinions import OpinionView
from app.services.meal_statistics import Statistics
from app.services.papers import Printing
from app.services.periods import Period
from app.storage.lookup import Source
from app.ui.canteen.place import CanteenChoice, no_canteen, place_of
from app.ui.canteen.statistics.figures_view import ABSENT_PART, CARDS_PART, FiguresView
from app.ui.kit import keys, messages, theme
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row
from app.ui.kit.latest import LatestJob
from app.ui.kit.pdf_panel import PdfPanel
from app.ui.kit.signals import Area
from app.ui.people.canteen_wish import ShowCareCase
from app.ui.people.paper_job import Made, show_paper
from app.ui.people.period_chip import PeriodChip
from app.ui.people.tabbed_page import PageTab
from app.ui.people.take_out import MASKED, take_out_file
from app.values.rights import Right

_YEARS = 3


@dataclass(frozen=True)
class _Shown:
    """Everything of one reading."""

    found: Statistics
    cards: Sequence[OpinionView]
    absent: Sequence[Absence]


class StatisticsTab(PageTab):
    """Assembles; all is made in the background, a newer wish overtakes an older one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.place = place_of(context)
        today = context.clock.today()
        self.period = PeriodChip(today, self)
        self.period.offer([today.year - back for back in range(_YEARS)])
        self.period.set_value((today.replace(day=1), today), "本月")
        self.export_button = Button("导出", icon="table-arrow-down", action="export")
        offer(context.may(Right.EXPORT), self.export_button)
        canteen = () if theme.current().large else (CanteenChoice(self.place),)
        self.head = (*canteen, self.period, self.export_button)
        self.figures = FiguresView(context)
        self.preview = PdfPanel()
        self.empty = no_canteen(context)
        self._latest = LatestJob(context.background, self)
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        may = self.context.may(Right.EXPORT)
        export = ((keys.cap("export"), "导出"),) if may else ()
        own: dict[int, tuple[tuple[str, str], ...]] = {
            CARDS_PART: ((keys.cap("new"), "录入卡片"), (keys.cap("opinion_cards"), "空白卡")),
            ABSENT_PART: (("Enter", "看关怀"), (keys.cap("raise_absence"), "记成关怀")),
        }
        shown = own.get(self.figures.part, ())
        return (("← →", "换表"), *shown, *export, (keys.cap("print"), "打印"))

    @property
    def title(self) -> str:
        """望海食堂统计 2026年11月."""
        canteen = self.place.canteen
        name = f"{canteen.name}统计" if canteen else meal_statistics_paper.TITLE
        return f"{name} {self.period.text()}"

    def period_of(self, source: Source, canteen_id: int) -> Period:
        """The days that are meant; open ends are the first meal and today."""
        first, last = self.period.span
        whole = meal_statistics.whole_period(source, canteen_id, self.context.clock.today())
        last = last or whole.last
        return periods.between(min(first or whole.first, last), last)

    def refresh(self) -> None:
        """Figures and paper anew: of a year of a large canteen they take a moment."""
        # What draws is loaded with the first paper.
        from app.reports import points_statistics as paper

        self._latest.stop()
        canteen_id, title = self.place.canteen_id, self.title
        self.empty.setVisible(canteen_id is None)
        for part in (self.figures, self.preview):
            part.setVisible(canteen_id is not None)
        self.export_button.setEnabled(canteen_id is not None)
        if canteen_id is None:
            return
        printing = Printing(by=self.context.user.name, at=self.context.clock.now())

        def work(progress: Progress) -> tuple[_Shown, bytes]:
            with self.context.database.reading() as session:
                shown = self._read(session, canteen_id)
                progress.check()
                data = meal_statistics_paper.statistics_paper(
                    session, canteen_id, shown.found, printing
                )
            return shown, paper.render(data)

        self._latest.start(
            work,
            done=lambda made: self._show(made[0], made[1], title),
            failed=self.preview.show_nothing,
        )

    def take_focus(self) -> None:
        self.figures.focus_list()

    @property
    def person_at_hand(self) -> int | None:
        """Who stays away: F7 and F8 take him along."""
        absent = self.figures.absent if self.figures.part == ABSENT_PART else None
        return absent.resident_id if absent is not None else None

    def export(self) -> None:
        """All tables as one workbook; no names of people stand in it."""
        from app.services import table_log
        from app.ui.canteen.statistics import workbook

        canteen_id, title, by = self.place.canteen_id, self.title, self.context.user.name
        if canteen_id is None:
            return

        def make(progress: Progress) -> bytes:
            with self.context.database.lookup() as lookup:
                period = self.period_of(lookup, canteen_id)
                found = meal_statistics.statistics(lookup, canteen_id, period)
            progress.check()
            return workbook.make(found, title)

        take_out_file(
            self.context,
            self,
            MASKED,
            name=title,
            what=f"导出 {title}",
            make=make,
            note=lambda session: table_log.note_exported(session, (), by=by),
        )

    def type_cards(self) -> None:
        """录入满意度卡."""
        if self.place.canteen_id is None or self.figures.type_button.withheld:
            return
        from app.ui.canteen.statistics.opinion_dialog import OpinionDialog

        self.figures.show_part(CARDS_PART)
        OpinionDialog(self.context, self.place.canteen_id, self.window()).exec()

    def print_cards(self) -> None:
        """Four empty ones on a sheet."""
        canteen_id = self.place.canteen_id
        if canteen_id is None or self.figures.cards_button.withheld:
            return

        def make(session: Session, _printing: Printing) -> Callable[[], Made]:
            from app.reports import opinion_card as paper

            canteen = canteens.canteen(session, canteen_id)
            data = paper.OpinionCards(
                office=papers.committee(session),
                canteen=canteen.name if canteen else "",
                phone=canteen.phone if canteen else "",
            )
            return lambda: (paper.render(data), ())

        show_paper(self.context, self, "空白满意度卡", make)

    def remove_card(self) -> None:
        """A card that was typed twice; Ctrl+Z brings it back."""
        card = self.figures.card
        if card is None:
            return
        words = f"删除满意度卡 {card.on_date:%m-%d}"
        with messages.domain_errors_shown(self):
            with self.context.database.transaction(words) as session:
                meal_opinions.remove(session, card.id)
            self.context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self.context.signals, f"已{words}，可按 Ctrl+Z 撤销")

    def raise_case(self) -> None:
        """Somebody asks why; the case opens where it is followed up."""
        absent = self.figures.absent
        if absent is None or self.figures.care_button.withheld:
            return
        if absent.case_id is not None:
            self.show_case()
            return
        words = f"记成关怀 {absent.name} 好几天没来"
        with messages.domain_errors_shown(self):
            now = self.context.clock.now()
            with self.context.database.transaction(words) as session:
                case = care_cases.raise_case(
                    session,
                    absent.resident_id,
                    why=CareReason.STAYED_AWAY,
                    words=absent.words,
                    now=now,
                )
            self.context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self.context.signals, f"已{words}")
            self.context.signals.page_requested.emit("canteen", ShowCareCase(case))

    def show_case(self) -> None:
        """The case of who is under the cursor; where there is none, it is asked for first."""
        absent = self.figures.absent
        if absent is not None and absent.case_id is not None:
            wish = ShowCareCase(absent.case_id)
            self.context.signals.page_requested.emit("canteen", wish)

    # -- assembling

    def _lay_out(self) -> None:
        self.figures.setMinimumWidth(520 if theme.current().large else 580)
        line = row((self.figures, 11), (self.preview, 9), spacing=12)
        self.setLayout(column((line, 1), (self.empty, 1), margins=(0, 0, 0, 0)))
        self.empty.hide()

    def _connect(self) -> None:
        figures = self.figures
        self.period.changed.connect(lambda _: self.refresh())
        figures.part_changed.connect(self.legend_changed)
        self.export_button.clicked.connect(self.export)
        self.export_button.bind(self)
        figures.type_button.clicked.connect(self.type_cards)
        figures.cards_button.clicked.connect(self.print_cards)
        figures.remove_button.clicked.connect(self.remove_card)
        figures.care_button.clicked.connect(self.raise_case)
        figures.tables[ABSENT_PART].opened.connect(lambda _: self.show_case())
        keys.bind(self, "new", self.type_cards)
        keys.bind(self, "opinion_cards", self.print_cards)
        keys.bind(self, "raise_absence", self._raise_by_key)
        self.preview.taken.connect(self._taken)

    def _raise_by_key(self) -> None:
        if self.figures.part == ABSENT_PART:
            self.raise_case()

    def _read(self, source: Source, canteen_id: int) -> _Shown:
        period = self.period_of(source, canteen_id)
        return _Shown(
            meal_statistics.statistics(source, canteen_id, period),
            meal_opinions.opinions(source, canteen_id, period.first, period.last),
            meal_absence.absent(source, canteen_id, today=self.context.clock.today()),
        )

    def _show(self, shown: _Shown, pdf: bytes, title: str) -> None:
        self.figures.show_statistics(shown.found, shown.cards, shown.absent)
        self.preview.show_pdf(pdf, title)
        self.count_changed.emit(sum(one.case_id is None for one in shown.absent))

    def _taken(self, how: str) -> None:
        """It is on record that the paper was printed or saved."""
        from app.services import table_log

        with self.context.database.transaction(f"打印 {self.title}") as session:
            table_log.note_printed(session, (), by=self.context.user.name)
        messages.notify(self.context.signals, f"{how}：{self.title}")
