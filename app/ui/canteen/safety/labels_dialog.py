"""留样标签: on which sheets of labels, and from which place on."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import MealPeriod
from app.reports.labels import LabelSheet
from app.services import food_papers
from app.services.papers import Printing
from app.ui.people.label_sheet_dialog import LabelSheetDialog
from app.ui.people.paper_job import Made, show_paper

_MEMORY = "食堂/留样标签"


class SampleLabelsDialog(LabelSheetDialog):
    """One label for each sample of a meal."""

    def __init__(
        self,
        context: Context,
        canteen_id: int,
        day: date,
        period: MealPeriod,
        parent: QWidget | None = None,
    ) -> None:
        title = f"留样标签 {day:%m-%d} {period.label}"

        def show(sheet: LabelSheet, start: int, outline: bool) -> None:
            def make(session: Session, _printing: Printing) -> Callable[[], Made]:
                from app.reports import sample_label as paper

                data = food_papers.labels(
                    session, canteen_id, day, period, sheet=sheet, start=start, outline=outline
                )
                return lambda: (paper.render(data), ())

            show_paper(context, parent or self, title, make)

        super().__init__(title, _MEMORY, show, parent)
