"""A telephone in a form: in the clear for who may see it, which is put on record; else masked."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit
from sqlalchemy.orm import Session

from app.context import Context
from app.ui.kit.forms import line_edit
from app.values.masking import mask_phones
from app.values.rights import Right


class PhoneLine:
    """`edit` is the field; `phone` what stands there, unchanged where it is still masked."""

    def __init__(
        self, context: Context, phone: str, whose: str, note: Callable[[Session], object]
    ) -> None:
        """`note` puts on record that the number of `whose` was seen."""
        self._kept = phone
        clear = bool(phone) and context.may(Right.SEE_NUMBERS)
        if clear:
            with context.database.transaction(f"打开{whose}的资料") as session:
                note(session)
        self._shown = phone if clear else mask_phones(phone)
        self.edit: QLineEdit = line_edit(self._shown, limit=40)

    @property
    def phone(self) -> str:
        typed = self.edit.text().strip()
        return self._kept if typed == self._shown else typed
