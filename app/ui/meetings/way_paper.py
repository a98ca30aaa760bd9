"""一件事的来龙去脉 of a topic, looked at before it is printed: from 提事 and from 决议."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import matter_paper
from app.services.matter_paper import MatterWish
from app.services.papers import Printing
from app.ui.people.paper_job import Made, show_paper


def show_way(
    context: Context, owner: QWidget, topic_id: int, title: str, *, large: bool = False
) -> None:
    """On A4, or `large` on A3; that it was printed is journaled."""
    # Loaded with the first sheet: the tabs open without what draws.
    from app.reports import matter_sheet

    wish = MatterWish(topic_id=topic_id, large=large)

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        data = matter_paper.matter_sheet(session, wish, printing)
        return lambda: (matter_sheet.render(data), partial(_note, topic_id=topic_id))

    show_paper(context, owner, f"来龙去脉 {title}", make)


def _note(session: Session, *, topic_id: int) -> None:
    matter_paper.note_printed(session, topic_id)
