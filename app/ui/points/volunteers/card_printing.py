"""志愿者卡 of some volunteers: codes are made first, then the sheets are drawn and shown."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import volunteer_cards, volunteer_views
from app.services.papers import Printing
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.people.paper_job import Made, show_paper


def print_cards(context: Context, parent: QWidget, ids: Sequence[int]) -> None:
    """Ten to a sheet; a fault (a child without a shared account) is said and nothing is made."""
    title = f"志愿者卡 {len(ids):,} 张"
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"准备{title}") as session:
            cards = volunteer_cards.issue(session, ids, today=context.clock.today())
        context.signals.changed.emit(Area.POINTS)

        def make(session: Session, _printing: Printing) -> Callable[[], Made]:
            from app.reports import volunteer_cards as paper

            people = volunteer_views.residents_of(session, ids)
            return lambda: (paper.render(cards), people)

        show_paper(context, parent, title, make)
