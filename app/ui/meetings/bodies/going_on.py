"""A form of 组织 that was not saved when the program ended, opened again where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services import body_views, owners
from app.ui.meetings.bodies import appraisal_dialog, body_dialog, member_dialog, owner_dialog
from app.ui.meetings.bodies.appraisal_dialog import AppraisalDialog
from app.ui.meetings.bodies.body_dialog import BodyDialog
from app.ui.meetings.bodies.member_dialog import MemberDialog
from app.ui.meetings.bodies.owner_dialog import OwnerDialog
from app.ui.people.meetings_wish import ShowAppraisal, ShowBody
from app.ui.people.unsaved_wish import Unsaved

if TYPE_CHECKING:
    from app.ui.meetings.bodies.tab import BodiesTab


def open_form(tab: BodiesTab, wanted: Unsaved) -> None:
    """Show the record and its form; raises DomainError for one that is gone."""
    key = wanted.record_id
    if wanted.kind == body_dialog.DRAFT:
        if key is not None:
            tab.show_body(ShowBody(key))
        BodyDialog(tab.context, key, tab.window()).exec()
    elif wanted.kind == appraisal_dialog.DRAFT:
        if key is not None:
            tab.show_record(ShowAppraisal(key))
        AppraisalDialog(tab.context, key, tab.window()).exec()
    elif key is not None:
        _of_body(tab, wanted.kind, key)


def _of_body(tab: BodiesTab, kind: str, key: int) -> None:
    """A member or an owner, or a new one of the body with this key."""
    context, of_owner = tab.context, kind in (owner_dialog.DRAFT, owner_dialog.DRAFT_NEW)
    new = kind in (owner_dialog.DRAFT_NEW, member_dialog.DRAFT_NEW)
    with context.database.lookup() as lookup:
        body_id = key
        if not new and of_owner:
            body_id = owners.owner(lookup, key).body_id
        elif not new:
            body_id = body_views.member(lookup, key).body_id
        body = body_views.body(lookup, body_id, context.clock.today())
    tab.show_body(ShowBody(body_id, key if kind == member_dialog.DRAFT else None))
    row = None if new else key
    if of_owner:
        OwnerDialog(context, body, row, tab.window()).exec()
    else:
        MemberDialog(context, body, row, tab.window()).exec()
