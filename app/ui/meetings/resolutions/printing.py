"""F9 on a resolution: the papers that it has, each looked at before it is printed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import resolution_papers
from app.services.papers import Printing
from app.services.resolution_views import ResolutionRow
from app.ui.kit import drop_menu
from app.ui.kit.buttons import Button
from app.ui.meetings.resolutions.words import name_of
from app.ui.meetings.way_paper import show_way
from app.ui.people.paper_job import Made, show_paper
from app.values.rights import Right


class ResolutionPrinting:
    """`listed` gives what 办理进度 is about: ids, and the filter in words."""

    def __init__(
        self, context: Context, owner: QWidget, listed: Callable[[], tuple[list[int], str]]
    ) -> None:
        self._context, self._owner, self._listed = context, owner, listed

    def offer(self, it: ResolutionRow | None, button: Button) -> None:
        """The menu below the button; a topic has the sheet of its whole way."""
        if not self._context.may(Right.PRINT):
            return
        menu = drop_menu.menu_of(button)
        if it is not None and it.topic_id is not None and self._context.sees_all:
            for words, large in (("来龙去脉（A4 张贴）", False), ("来龙去脉（A3 张贴）", True)):
                menu.addAction(words, partial(self.matter, it.topic_id, it.title, large=large))
        if it is not None:
            menu.addAction(it.kind.label, partial(self.paper, it))
        menu.addAction("办理进度（列出的各项）", self.progress)
        drop_menu.drop(menu, button)

    def matter(self, topic_id: int, title: str, *, large: bool = False) -> None:
        """一件事的来龙去脉 of the topic."""
        show_way(self._context, self._owner, topic_id, title, large=large)

    def paper(self, it: ResolutionRow) -> None:
        """决议 or 协商意见."""
        from app.reports import resolution_paper

        def make(session: Session, _: Printing) -> Callable[[], Made]:
            data = resolution_papers.paper(session, it.id)
            return lambda: (resolution_paper.render(data), partial(_note, ids=[it.id]))

        show_paper(self._context, self._owner, name_of(it), make)

    def progress(self) -> None:
        """办理进度 of what the list shows."""
        from app.reports import progress_sheet

        ids, words = self._listed()

        def make(session: Session, printing: Printing) -> Callable[[], Made]:
            data = resolution_papers.progress(session, ids, printing, filter_words=words)
            return lambda: (progress_sheet.render(data), partial(_note, ids=ids))

        show_paper(self._context, self._owner, "办理进度", make)


def _note(session: Session, *, ids: list[int]) -> None:
    resolution_papers.note_printed(session, ids)
