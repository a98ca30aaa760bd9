"""统计: the figures of some months at the left, the paper of them at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.context import Context
from app.services import points_statistics, points_statistics_paper
from app.services.papers import Printing
from app.services.points_statistics import Statistics
from app.ui.kit import keys, messages, theme
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row
from app.ui.kit.latest import LatestJob
from app.ui.kit.pdf_panel import PdfPanel
from app.ui.people.tabbed_page import PageTab
from app.ui.people.take_out import MASKED, take_out_file
from app.ui.points.statistics.figures_view import FiguresView
from app.ui.points.statistics.period_choice import MonthsChoice
from app.values.rights import Right

TITLE = "积分超市统计"


class StatisticsTab(PageTab):
    """Assembles; all is made in the background, a newer wish overtakes an older one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.period = MonthsChoice(context.clock.today())
        self.export_button = Button("导出", icon="table-arrow-down", action="export")
        self.head = (self.period, self.export_button)
        self.figures = FiguresView()
        self.preview = PdfPanel()
        self._latest = LatestJob(context.background, self)
        offer(context.may(Right.EXPORT), self.export_button)
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        may = self.context.may(Right.EXPORT)
        export = ((keys.cap("export"), "导出"),) if may else ()
        return (("← →", "换表"), *export, (keys.cap("print"), "打印"))

    @property
    def title(self) -> str:
        """积分超市统计 2026年."""
        return f"{TITLE} {self.period.period.words}"

    def refresh(self) -> None:
        """Figures and paper anew: of a year of a large office they take a moment."""
        # What draws is loaded with the first paper.
        from app.reports import points_statistics as paper

        period, title = self.period.period, self.title
        printing = Printing(by=self.context.user.name, at=self.context.clock.now())

        def work(progress: Progress) -> tuple[Statistics, bytes]:
            with self.context.database.reading() as session:
                found = points_statistics.statistics(session, period)
                progress.check()
                data = points_statistics_paper.statistics_paper(session, found, printing)
            return found, paper.render(data)

        self._latest.start(
            work,
            done=lambda made: self._show(made[0], made[1], title),
            failed=self.preview.show_nothing,
        )

    def take_focus(self) -> None:
        self.figures.parts.setFocus(Qt.FocusReason.OtherFocusReason)

    def export(self) -> None:
        """The five tables as one workbook; no names of people stand in it."""
        from app.services import table_log
        from app.ui.points.statistics import workbook

        period, title, by = self.period.period, self.title, self.context.user.name
        take_out_file(
            self.context,
            self,
            MASKED,
            name=title,
            what=f"导出 {title}",
            make=lambda progress: workbook.make(self.context, period, progress),
            note=lambda session: table_log.note_exported(session, (), by=by),
        )

    # -- assembling

    def _lay_out(self) -> None:
        self.figures.setMinimumWidth(520 if theme.current().large else 540)
        line = row((self.figures, 1), (self.preview, 1), spacing=12)
        self.setLayout(column((line, 1), margins=(0, 0, 0, 0)))

    def _connect(self) -> None:
        self.period.changed.connect(lambda _: self.refresh())
        self.figures.part_changed.connect(self.legend_changed)
        self.export_button.clicked.connect(self.export)
        self.export_button.bind(self)
        self.preview.taken.connect(self._taken)

    def _show(self, found: Statistics, pdf: bytes, title: str) -> None:
        self.figures.show_statistics(found)
        self.preview.show_pdf(pdf, title)

    def _taken(self, how: str) -> None:
        """It is on record that the paper was printed or saved."""
        from app.services import table_log

        with self.context.database.transaction(f"打印 {self.title}") as session:
            table_log.note_printed(session, (), by=self.context.user.name)
        messages.notify(self.context.signals, f"{how}：{self.title}")
