"""The papers of a settlement, by way of the preview that journals what leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Payer
from app.reports import meal_claim_form, meal_settlement
from app.services import meal_claim_papers
from app.services.meal_claim_facts import ClaimFacts
from app.services.papers import Printing
from app.services.points_filter import month_words
from app.ui.people.paper_job import Made, show_paper


def settlement(context: Context, facts: ClaimFacts, parent: QWidget) -> None:
    """补贴结算表 with every meal behind it."""
    found = facts.matrix

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        place = (found.canteen_id, found.month)
        data, people = meal_claim_papers.settlement(session, *place, printing)
        return lambda: (meal_settlement.render(data), people)

    show_paper(context, parent, f"{month_words(found.month)}补贴结算表", make)


def forms(context: Context, facts: ClaimFacts, payers: Sequence[Payer], parent: QWidget) -> None:
    """Each payer's own form."""
    found = facts.matrix

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        place = (found.canteen_id, found.month)
        data, people = meal_claim_papers.forms(session, *place, printing, payers)
        return lambda: (meal_claim_form.render(data), people)

    who = f" {payers[0].label}" if len(payers) == 1 else ""
    show_paper(context, parent, f"{month_words(found.month)}补贴申报表{who}", make)
