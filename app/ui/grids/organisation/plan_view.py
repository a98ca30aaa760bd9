"""组织图: the drawn plan on the screen, the same sheet that is printed."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.errors import DomainError
from app.reports.organisation_plan import A3, A4
from app.ui.kit import messages
from app.ui.kit.labels import row, small
from app.ui.kit.pdf_panel import PdfPanel
from app.ui.kit.segments import Segments

_RULE = "放不下时先缩小字号，再把楼栋写短；字小于 7 磅就请用 A3。"


class PlanView(QWidget):
    """One sheet; where A4 is too small for all that is known, it says that A3 is needed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.paper = A4
        self._people: list[int] = []
        self.choice = Segments([(A4, "A4", "横放的 A4"), (A3, "A3", "横放的 A3")])
        self.choice.show_value(self.paper)
        self.choice.chosen.connect(self.choose)
        self.panel = PdfPanel()
        self.panel.taken.connect(self.note_taken)
        self.told = small(_RULE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(small("纸张"), self.choice, self.told, None))
        layout.addWidget(self.panel, 1)

    def choose(self, paper: object) -> None:
        """A4 or A3."""
        self.paper = str(paper)
        self.choice.show_value(self.paper)
        self.refresh()

    def refresh(self) -> None:
        """Draw it anew."""
        # What draws is loaded with the first paper.
        from app.reports import organisation_plan
        from app.services import organisation_papers

        context, today = self._context, self._context.clock.today()
        try:
            with context.database.reading() as session:
                data = organisation_papers.plan(
                    session, paper=self.paper, on=today, drawn_by=context.user.name
                )
                self._people = organisation_papers.people_on_plan(session, on=today)
            self.panel.show_pdf(organisation_plan.render(data), data.title)
            self.told.setText(organisation_plan.left_out(data) or _RULE)
        except DomainError as error:
            self.told.setText(_RULE)
            self.panel.show_nothing(str(error))

    def note_taken(self, how: str) -> None:
        """Put on record that the plan was printed or saved, and say so."""
        from app.services import organisation_papers

        with self._context.database.transaction(f"打印 组织架构图 {self.paper}") as session:
            organisation_papers.note_printed(session, self._people)
        messages.notify(self._context.signals, f"{how}：组织架构图")
