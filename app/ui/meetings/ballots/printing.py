"""Ballots and the sheet to count them by: shown, then put on record when they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context

# Gathered and drawn only when somebody prints.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.reports.ballot import Layout
    from app.services.papers import Printing
    from app.ui.people.paper_job import Made


def print_ballots(
    context: Context,
    parent: QWidget,
    item_id: int,
    layout: Layout,
    copies: int | None,
    plans: tuple[str, ...] = (),
) -> None:
    """Those that were issued, or so many without a name, with plans to choose from."""
    from app.reports import ballot
    from app.services import ballot_papers
    from app.ui.people.paper_job import show_paper

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        if copies is None:
            data = ballot_papers.numbered(session, item_id, layout)
        else:
            data = ballot_papers.anonymous(session, item_id, copies, layout, plans)
        return lambda: (ballot.render(data), _noted(item_id))

    show_paper(context, parent, ballot.TITLE, make)


def print_tally_sheet(context: Context, parent: QWidget, item_id: int) -> None:
    """To count by hand, or with what was announced."""
    from app.reports import tally_sheet
    from app.services import ballot_papers
    from app.ui.people.paper_job import show_paper

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        data = ballot_papers.tally_sheet(session, item_id, printing)
        return lambda: (tally_sheet.render(data), _noted(item_id))

    show_paper(context, parent, tally_sheet.TITLE, make)


def _noted(item_id: int) -> Callable[[Session], None]:
    from app.services import ballot_papers

    return lambda session: ballot_papers.note_printed(session, item_id)
