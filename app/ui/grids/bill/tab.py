"""幸福账单: the figures of a period at the left, the poster of them at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer

from app.context import Context
from app.services import grids, happiness, happiness_list, happiness_paper
from app.services.happiness_paper import BillWish
from app.services.papers import Printing
from app.services.periods import Period
from app.ui.grids.bill.choice import GridChoice, PeriodChoice
from app.ui.grids.bill.figures_view import FiguresView
from app.ui.kit import keys, messages, theme
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row
from app.ui.kit.latest import LatestJob
from app.ui.kit.pdf_panel import PdfPanel
from app.ui.kit.segments import Segments
from app.ui.people.tabbed_page import PageTab
from app.ui.people.take_out import MASKED, take_out_file
from app.values.rights import Right

TITLE = "幸福账单"
_PAUSE_MS = 300


class BillTab(PageTab):
    """Assembles; the paper is drawn in the background, a newer wish overtakes an older one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.period = PeriodChoice(context.clock.today())
        self.grid = GridChoice()
        self.paper_size = Segments([(False, "A4", "A4 竖放"), (True, "A3", "A3 竖放")])
        self.paper_size.show_value(False)
        self.export_button = Button("导出", icon="table-arrow-down", action="export")
        self.head = (self.period, self.grid, self.paper_size, self.export_button)
        self.figures = FiguresView(context)
        self.preview = PdfPanel()
        self._large = False
        self._title = ""
        self._asked: tuple[Period, Sequence[int]] | None = None
        self._latest = LatestJob(context.background, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        offer(context.may(Right.EXPORT), self.export_button)
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        return (
            ("← →", "换表"),
            *((("空格", "勾选要上墙的事"),) if self.figures.ticking else ()),
            (keys.cap("export"), "导出"),
            (keys.cap("print"), "打印"),
        )

    @property
    def wish(self) -> BillWish:
        """What the paper shows now."""
        return BillWish(
            period=self.period.period,
            grid_ids=self.grid.grid_ids,
            listed=self.figures.listed,
            large=self._large,
        )

    def refresh(self) -> None:
        """Read the figures anew; for other days or another grid the ticks are proposed anew."""
        with self.context.database.reading() as session:
            self.grid.offer(grids.names(session))
        period, grid_ids = self.period.period, self.grid.grid_ids
        with self.context.database.lookup() as lookup:
            today = self.context.clock.today()
            bill = happiness.bill(lookup, period, today=today, grid_ids=grid_ids)
            ids = happiness_list.solved_ids(lookup, period, grid_ids=grid_ids)
            ticked = happiness_list.proposed(lookup, ids)
        if (period, grid_ids) == self._asked:
            ticked = self.figures.kept_ticks(ids, ticked)
        self._asked = (period, grid_ids)
        words = happiness_paper.period_words(bill, grid_ids)
        self._title = f"{TITLE} {words}".replace("　", " ")
        self.figures.show_bill(bill, ids, ticked, words)
        self.compose()

    def take_focus(self) -> None:
        self.figures.parts.setFocus(Qt.FocusReason.OtherFocusReason)

    def compose(self) -> None:
        """Draw the paper now."""
        # What draws is loaded with the first paper.
        from app.reports import happiness_bill

        self._timer.stop()
        wish, title = self.wish, self._title
        printing = Printing(by=self.context.user.name, at=self.context.clock.now())

        def work(progress: Progress) -> bytes:
            with self.context.database.reading() as session:
                data = happiness_paper.bill_paper(session, wish, printing)
            progress.check()
            return happiness_bill.render(data)

        self._latest.start(
            work,
            done=lambda pdf: self.preview.show_pdf(pdf, title),
            failed=self.preview.show_nothing,
        )

    def export(self) -> None:
        """The four tables as one workbook, numbers of people masked."""
        from app.services import table_log
        from app.ui.grids.bill import workbook

        wish, title, by = self.wish, self._title, self.context.user.name
        take_out_file(
            self.context,
            self,
            MASKED,
            name=title,
            what=f"导出 {title}",
            make=lambda progress: workbook.make(self.context, wish, progress),
            note=lambda session: table_log.note_exported(session, (), by=by),
        )

    # -- assembling

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.figures.setMinimumWidth(520 if metrics.large else 540)
        line = row((self.figures, 1), (self.preview, 1), spacing=12)
        self.setLayout(column((line, 1), margins=(0, 0, 0, 0)))

    def _connect(self) -> None:
        for chip in (self.period, self.grid):
            chip.changed.connect(lambda _: self.refresh())
        self.paper_size.chosen.connect(self._resize)
        self.figures.ticks_changed.connect(self._timer.start)
        self.figures.part_changed.connect(self.legend_changed)
        self._timer.timeout.connect(self.compose)
        self.export_button.clicked.connect(self.export)
        self.export_button.bind(self)
        self.preview.taken.connect(self._taken)

    def _resize(self, large: object) -> None:
        self._large = bool(large)
        self.compose()

    def _taken(self, how: str) -> None:
        """It is on record that the paper was printed or saved."""
        from app.services import table_log

        with self.context.database.transaction(f"打印 {self._title}") as session:
            table_log.note_printed(session, (), by=self.context.user.name)
        messages.notify(self.context.signals, f"{how}：{self._title}")
