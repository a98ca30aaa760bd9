"""Windows of 文书 in which something was not saved, opened again where they were left."""

from PySide6.QtWidgets import QDialog, QWidget

from app.context import Context
from app.models import Objection
from app.services import forbidden, notices
from app.services.notices import ArchiveFilter
from app.ui.papers.forbidden_form import ForbiddenItemDialog
from app.ui.papers.notices.objections_dialog import ObjectionsDialog
from app.ui.papers.registers.seal_form import SealDialog
from app.ui.papers.templates.dialog import TemplatesDialog
from app.ui.people.unsaved_wish import Unsaved


def window_of(context: Context, unsaved: Unsaved, parent: QWidget) -> QDialog | None:
    """It takes up what was kept by itself; None where its record is gone. Raises DomainError."""
    if unsaved.kind == "template":
        return _templates(context, unsaved, parent)
    if unsaved.kind == "seal":
        return SealDialog(context, unsaved.record_id, parent)
    if unsaved.kind == "forbidden":
        return _forbidden(context, unsaved, parent)
    if unsaved.kind == "objection":
        return _objections(context, unsaved, parent)
    return None


def _templates(context: Context, unsaved: Unsaved, parent: QWidget) -> QDialog:
    dialog = TemplatesDialog(context, parent)
    if unsaved.record_id is None:
        dialog.start_new()
    else:
        dialog.open_template(unsaved.record_id)
    return dialog


def _forbidden(context: Context, unsaved: Unsaved, parent: QWidget) -> QDialog | None:
    if unsaved.record_id is None:
        return ForbiddenItemDialog(context, None, parent)
    with context.database.reading() as session:
        items = forbidden.items(session)
    item = next((one for one in items if one.id == unsaved.record_id), None)
    return ForbiddenItemDialog(context, item, parent) if item is not None else None


def _objections(context: Context, unsaved: Unsaved, parent: QWidget) -> QDialog | None:
    """The notice stands in the key of a new objection, and in the record of a known one."""
    with context.database.reading() as session:
        known = session.get(Objection, unsaved.record_id or 0)
        notice_id = known.notice_id if known else int(unsaved.key.rpartition("-")[2] or 0)
        lines = notices.notices(session, ArchiveFilter())
    line = next((one for one in lines if one.id == notice_id), None)
    if line is None:
        return None
    dialog = ObjectionsDialog(context, line, parent)
    if known is not None:
        dialog.table.select_id(known.id)
    return dialog
