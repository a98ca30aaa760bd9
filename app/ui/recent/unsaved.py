"""The keeper of forms, for the tabs; it stands with the people, whose dialogs are kept as well."""

from app.ui.people.form_keeper import (
    EVERY_MS,
    FormKeeper,
    fill,
    keep_dialog,
    taken_up,
    values_of,
)

__all__ = ["EVERY_MS", "FormKeeper", "fill", "keep_dialog", "taken_up", "values_of"]
