"""答复单: the answer to whoever asked, as paper."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import request_papers
from app.services.request_detail import RequestDetail
from app.ui.people.paper_preview import PaperPreview


def show_answer(context: Context, detail: RequestDetail, parent: QWidget) -> None:
    """The sheet before it is printed; that it was printed is journaled. Raises DomainError."""
    # Loaded with the first sheet: the board opens without what draws.
    from app.reports import request_answer

    with context.database.reading() as session:
        data = request_papers.answer(session, detail.id, now=context.clock.now())
    title = f"诉求答复单 {detail.number}"

    def note() -> None:
        with context.database.transaction(f"打印{title}") as session:
            request_papers.note_printed(session, detail.id)

    PaperPreview(context, title, request_answer.render(data), note, parent.window()).exec()
