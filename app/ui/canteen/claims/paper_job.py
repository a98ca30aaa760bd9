"""The papers of a settlement drawn in the background, shown, and journaled when they leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import Payer
from app.reports import meal_claim_form, meal_settlement
from app.services import meal_claim_papers, table_log
from app.services.meal_claim_facts import ClaimFacts
from app.services.papers import Printing
from app.services.points_filter import month_words
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.people.paper_preview import PaperPreview

Gather = Callable[[Session, Printing], tuple[Any, list[int]]]


def settlement(context: Context, facts: ClaimFacts, parent: QWidget) -> None:
    """补贴结算表 with every meal behind it."""
    found = facts.matrix

    def gather(session: Session, printing: Printing) -> tuple[Any, list[int]]:
        return meal_claim_papers.settlement(session, found.canteen_id, found.month, printing)

    name = f"{month_words(found.month)}补贴结算表"
    _preview(context, parent, name, gather, meal_settlement.render)


def forms(context: Context, facts: ClaimFacts, payers: Sequence[Payer], parent: QWidget) -> None:
    """Each payer's own form."""
    found = facts.matrix

    def gather(session: Session, printing: Printing) -> tuple[Any, list[int]]:
        return meal_claim_papers.forms(session, found.canteen_id, found.month, printing, payers)

    who = f" {payers[0].label}" if len(payers) == 1 else ""
    name = f"{month_words(found.month)}补贴申报表{who}"
    _preview(context, parent, name, gather, meal_claim_form.render)


def _preview(
    context: Context,
    parent: QWidget,
    name: str,
    gather: Gather,
    render: Callable[[Any], bytes],
) -> None:
    printing = Printing(by=context.user.name, at=context.clock.now())
    on_it: list[int] = []

    def work(progress: Progress) -> bytes:
        with context.database.reading() as session:
            data, people = gather(session, printing)
        on_it.extend(people)
        progress.check()
        return render(data)

    def note() -> None:
        with context.database.transaction(f"打印 {name}") as session:
            table_log.note_printed(session, on_it, by=context.user.name)

    def show(pdf: bytes) -> None:
        PaperPreview(context, name, pdf, note, parent.window()).exec()

    messages.run_with_progress(parent, context.background, f"正在排版{name}", work, done=show)
