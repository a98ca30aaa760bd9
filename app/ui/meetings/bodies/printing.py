"""成员名册 and 业主清册 on paper."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import body_papers
from app.services.body_views import BodyView
from app.services.papers import Printing
from app.ui.people.paper_job import Made, show_paper


def print_roster(context: Context, parent: QWidget, body: BodyView, *, owners: bool) -> None:
    """The members of a body as they are today, or the owners of an estate; shown first."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import body_roster

        data, people = body_papers.roster(session, body.id, printing, owners=owners)
        return lambda: (body_roster.render(data), people)

    words = "业主清册" if owners else "成员名册"
    show_paper(context, parent, f"{body.name}{words}", make)
