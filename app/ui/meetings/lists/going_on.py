"""A form of 清单 that was not saved when the program ended, opened again where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services import projects
from app.ui.meetings.lists.line_dialogs import (
    NEED_DRAFT,
    RESOURCE_DRAFT,
    NeedDialog,
    ResourceDialog,
)
from app.ui.meetings.lists.project_dialog import ProjectDialog
from app.ui.meetings.lists.stage_dialogs import STEP_DRAFT, StepDialog
from app.ui.meetings.lists.words import NEEDS, PROJECTS, RESOURCES
from app.ui.people.unsaved_wish import Unsaved

if TYPE_CHECKING:
    from app.ui.meetings.lists.tab import ListsTab


def open_form(tab: ListsTab, wanted: Unsaved) -> None:
    """Show the list and the form; raises DomainError for a record that is gone."""
    context, key, window = tab.context, wanted.record_id, tab.window()
    if wanted.kind == RESOURCE_DRAFT:
        tab.show_view(RESOURCES)
        ResourceDialog(context, key, window).exec()
    elif wanted.kind == NEED_DRAFT:
        tab.show_view(NEEDS)
        NeedDialog(context, key, window).exec()
    elif wanted.kind == STEP_DRAFT and key is not None:
        tab.show_view(PROJECTS)
        with context.database.lookup() as lookup:
            one = projects.project(lookup, key)
        StepDialog(context, one, parent=window).exec()
    else:
        tab.show_view(PROJECTS)
        ProjectDialog(context, key, parent=window).exec()
