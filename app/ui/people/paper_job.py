"""A paper about people: gathered and drawn in the background, shown, journaled when it leaves."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import table_log
from app.services.papers import Printing
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.people.paper_preview import PaperPreview

Made = tuple[bytes, Sequence[int] | Callable[[Session], object]]
"""The paper, and the residents who stand on it, or what is put on record when it has left"""
Make = Callable[[Session, Printing], Callable[[], Made]]
"""Gathers in the file; what it gives draws, when the file is closed again"""


def show_paper(context: Context, parent: QWidget, title: str, make: Make) -> None:
    """The preview of it, from which it is printed or saved."""
    printing = Printing(context.user.name, context.clock.now())

    def work(progress: Progress) -> Made:
        with context.database.reading() as session:
            draw = make(session, printing)
        progress.check()
        return draw()

    def show(made: Made) -> None:
        data, put_down = made

        def note() -> None:
            with context.database.transaction(f"打印 {title}") as session:
                if callable(put_down):
                    put_down(session)
                else:
                    table_log.note_printed(session, put_down, by=context.user.name)

        PaperPreview(context, title, data, note, parent.window()).exec()

    messages.run_with_progress(parent, context.background, f"正在排版{title}", work, done=show)
