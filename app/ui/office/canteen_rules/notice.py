"""补贴标准公示 on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.office.canteen_rules.facts import CanteenFacts

# Gathered and drawn only when somebody prints.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.services.papers import Printing
    from app.ui.people.paper_job import Made


def print_notice(context: Context, parent: QWidget, facts: CanteenFacts) -> None:
    """The preview of what holds today, from which it is printed or saved."""
    from app.reports import subsidy_notice
    from app.services import meal_rule_paper
    from app.ui.people.paper_job import show_paper

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        today = printing.at.date()
        data = meal_rule_paper.notice(session, facts.canteen_id, day=today, printed_on=today)
        # Nobody is named on it.
        return lambda: (subsidy_notice.render(data), ())

    show_paper(context, parent, f"{facts.name}{subsidy_notice.TITLE}", make)
