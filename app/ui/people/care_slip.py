"""关怀走访单 of a case: drawn, shown before it is printed, on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.care_views import CaseView
from app.ui.kit import messages
from app.values.rights import Right

if TYPE_CHECKING:
    from app.ui.people.take_out import TakeOut

_TITLE = "关怀走访单"
_WHY = "上门前后联系本人和家属"


def print_slip(context: Context, parent: QWidget, case: CaseView) -> None:
    """For whoever goes to the door; that it was printed is journaled with the person on it."""
    from app.reports import care_slip
    from app.services import care_cases, delivery_papers
    from app.services.papers import Printing
    from app.ui.people.paper_preview import PaperPreview

    out = _masked_or_not(context, parent, case)
    if out is None:
        return

    def taken() -> None:
        with context.database.transaction(out.sentence(f"打印{_TITLE}", file=False)) as session:
            care_cases.note_printed(session, case.id)

    printing = Printing(context.user.name, context.clock.now(), out.stamp)
    with messages.domain_errors_shown(parent):
        if not out.masked:
            with context.database.transaction(f"预览{_TITLE} {case.name}") as session:
                care_cases.reveal(session, case.resident_id)
        with context.database.reading() as session:
            data = delivery_papers.slip(session, case.id, printing)
        PaperPreview(context, _TITLE, care_slip.render(data), taken, parent.window()).exec()


def _masked_or_not(context: Context, parent: QWidget, case: CaseView) -> TakeOut | None:
    """Whole phones need a reason and somebody's word, as on the sheets of the walks; None where
    that was given up. Who can have none is not asked."""
    from app.ui.people.authorisation import can_be_authorised
    from app.ui.people.take_out import MASKED
    from app.ui.people.take_out_dialog import TakeOutDialog

    known = case.phone_masked or case.contact_masked
    # Whoever may not look at a number could not see the paper either.
    may = context.may(Right.SEE_NUMBERS) and can_be_authorised(context, Right.EXPORT_FULL)
    if not known or not may:
        return MASKED
    who = f"{case.name}的走访单：本人和家属的电话"
    dialog = TakeOutDialog(context, f"打印{_TITLE}", who, file=False, parent=parent.window())
    dialog.reason.setText(_WHY)
    return dialog.out if dialog.exec() else None
