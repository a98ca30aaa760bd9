"""Importing a roster: plan it, decide the questions, write it in one transaction."""

from app.services.import_apply import ImportResult, apply
from app.services.import_changes import FieldChange
from app.services.import_layouts import find_layout, remember_layout
from app.services.import_plan import (
    ImportPlan,
    PlannedRow,
    RowState,
    decide,
    plan,
    replace_row,
)

__all__ = [
    "FieldChange",
    "ImportPlan",
    "ImportResult",
    "PlannedRow",
    "RowState",
    "apply",
    "decide",
    "find_layout",
    "plan",
    "remember_layout",
    "replace_row",
]
