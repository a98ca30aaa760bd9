"""兼职委员台账 in its preview."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import joint_papers
from app.services.papers import Printing
from app.ui.people.paper_job import Made, show_paper


def print_register(context: Context, parent: QWidget) -> None:
    """The part-time members as they are today, with those who left this year."""
    from app.reports import joint_register

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        data, people = joint_papers.register(session, printing)
        return lambda: (joint_register.render(data), people)

    show_paper(context, parent, joint_register.TITLE, make)
