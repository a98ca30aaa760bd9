"""关怀走访单 of a case: drawn, shown before it is printed, on record."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit import messages

_TITLE = "关怀走访单"


def print_slip(context: Context, parent: QWidget, case_id: int) -> None:
    """For whoever goes to the door; that it was printed is journaled with the person on it."""
    from app.reports import care_slip
    from app.services import care_cases, delivery_papers
    from app.services.papers import Printing
    from app.ui.people.paper_preview import PaperPreview

    def taken() -> None:
        with context.database.transaction(f"打印{_TITLE}") as session:
            care_cases.note_printed(session, case_id)

    printing = Printing(context.user.name, context.clock.now())
    with messages.domain_errors_shown(parent):
        with context.database.reading() as session:
            data = delivery_papers.slip(session, case_id, printing)
        PaperPreview(context, _TITLE, care_slip.render(data), taken, parent.window()).exec()
