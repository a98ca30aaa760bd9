"""Papers of the fund in their preview."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services.papers import Printing
from app.ui.people.paper_job import Made, show_paper


def print_book(context: Context, parent: QWidget, year: int, source_id: int | None) -> None:
    """台账 of a year, of one source or of all."""
    from app.reports import fund_book
    from app.services import fund_papers

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        data = fund_papers.book(session, year, printing, source_id=source_id)
        return lambda: (
            fund_book.render(data),
            lambda session: fund_papers.note_printed(session, year),
        )

    show_paper(context, parent, f"{year} 年{fund_book.TITLE}", make)
