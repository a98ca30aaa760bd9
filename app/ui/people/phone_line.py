"""A telephone in a form: in the clear for who may see it, which is put on record; else masked."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.ui.kit.forms import line_edit
from app.values.masking import mask_phones
from app.values.rights import Right

LONGEST = 40
HALF_TYPED = "号码里还有遮住的几位，不知道是多少。请把整个号码重新填写，或者不改它。"


class PhoneLine:
    """`edit` is the field; `phone` what stands there, unchanged where it is still masked."""

    def __init__(self, context: Context, *, hint: str = "") -> None:
        self._context = context
        self._kept = self._shown = ""
        self.edit: QLineEdit = line_edit(hint=hint, limit=LONGEST)

    def show(
        self, phone: str, whose: str = "", note: Callable[[Session], object] | None = None
    ) -> None:
        """Put a number into the field. `note` puts on record that that of `whose` was seen; where
        there is nothing to put it on, or it cannot be written down, the number stays masked."""
        clear = bool(phone) and note is not None and self._noted(whose, note)
        self.edit.setText(phone if clear else mask_phones(phone))
        # As the field took it: of several numbers the last may not have found room.
        self._kept, self._shown = phone, self.edit.text().strip()

    @property
    def phone(self) -> str:
        """What is to be kept; raises DomainError for a masked number that was typed into."""
        typed = self.edit.text().strip()
        # A draft may have been kept while the number was masked.
        if typed in (self._shown, mask_phones(self._kept)[:LONGEST].strip()):
            return self._kept
        if "*" in typed:
            raise DomainError(HALF_TYPED)
        return typed

    def _noted(self, whose: str, note: Callable[[Session], object]) -> bool:
        if not self._context.may(Right.SEE_NUMBERS):
            return False
        try:
            with self._context.database.transaction(f"打开{whose}的资料") as session:
                note(session)
        except DomainError:
            return False
        return True
