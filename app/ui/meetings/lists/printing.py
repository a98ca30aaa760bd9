"""The three lists in their preview, each as its table stands."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services.papers import Printing
from app.ui.meetings.lists.words import NEEDS, PROJECTS, RESOURCES
from app.ui.people.paper_job import Made, show_paper


def print_list(
    context: Context, parent: QWidget, name: str, lines: Sequence[Any], filter_words: str
) -> None:
    """资源, 需求 or 项目清单 of these lines."""
    from app.reports import three_lists
    from app.reports.three_lists import ListKind
    from app.services import joint_papers

    kind = {RESOURCES: ListKind.RESOURCES, NEEDS: ListKind.NEEDS, PROJECTS: ListKind.PROJECTS}[name]
    gather: dict[ListKind, Callable[..., Any]] = {
        ListKind.RESOURCES: joint_papers.resources,
        ListKind.NEEDS: joint_papers.needs,
        ListKind.PROJECTS: joint_papers.projects,
    }
    ids = [one.id for one in lines]

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        data = gather[kind](session, lines, printing, filter_words=filter_words)
        noted = partial(joint_papers.note_printed, kind=kind, ids=ids)
        return lambda: (three_lists.render(data), noted)

    show_paper(context, parent, kind.value, make)
