"""备餐单 and 餐盒标签 of a period: gathered, drawn in the background, shown."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import MealPeriod
from app.reports.labels import LabelSheet
from app.services import order_papers
from app.services.canteens import CanteenView
from app.services.papers import Printing
from app.ui.canteen.orders.words import day_words
from app.ui.people.paper_job import Made, show_paper


def print_kitchen_sheet(
    context: Context, canteen: CanteenView, day: date, period: MealPeriod, parent: QWidget
) -> None:
    """How many of which dish, for the wall of the kitchen."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import kitchen_sheet as paper

        data, people = order_papers.kitchen(session, canteen.id, day, period, printing)
        return lambda: (paper.render(data), people)

    show_paper(context, parent, f"备餐单 {day_words(day)}{period.label}", make)


def print_box_labels(
    context: Context,
    canteen: CanteenView,
    day: date,
    period: MealPeriod,
    parent: QWidget,
    *,
    sheet: LabelSheet,
    start: int,
    outline: bool,
) -> None:
    """One for each box: special diets first, then along the routes."""

    def make(session: Session, _printing: Printing) -> Callable[[], Made]:
        from app.reports import box_label as paper

        data, people = order_papers.labels(
            session, canteen.id, day, period, sheet=sheet, start=start, outline=outline
        )
        return lambda: (paper.render(data), people)

    show_paper(context, parent, f"餐盒标签 {day_words(day)}{period.label}", make)
