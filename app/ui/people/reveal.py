"""Masked numbers in clear for a minute: every look is journaled, and ends by itself."""

from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.services import settings
from app.values.rights import Right

Secret = Literal["document_number", "phone", "other_phones"]
SECRET_NAMES: dict[Secret, str] = {
    "document_number": "证件号码",
    "phone": "电话",
    "other_phones": "备用电话",
}


class Reveal(QObject):
    """Holds what is in clear now: numbers of one person at a time, `settings.MASK_SECONDS` long."""

    changed = Signal()
    """Something was revealed, or everything is masked again."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._clear: dict[tuple[int, Secret], str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.mask)

    @property
    def offered(self) -> bool:
        """Whether whoever works here may see numbers in clear at all."""
        return self._context.may(Right.SEE_NUMBERS)

    def text(self, resident_id: int, secret: Secret) -> str:
        """The number in clear, '' while it is masked."""
        return self._clear.get((resident_id, secret), "")

    def show(self, resident_id: int, name: str, secret: Secret) -> str:
        """Journal the look, give the number and start the minute anew. Raises DomainError."""
        # Loaded with the first card: a list appears without it.
        from app.services import cards

        with self._context.database.transaction(f"查看 {name} 的{SECRET_NAMES[secret]}") as session:
            number = cards.reveal(session, resident_id, secret)
        self._forget_others(resident_id)
        self._clear[resident_id, secret] = number
        self._timer.start(self._context.settings[settings.MASK_SECONDS] * 1000)
        self.changed.emit()
        return number

    def mask(self) -> None:
        """Nothing is in clear any more."""
        self._timer.stop()
        if self._clear:
            self._clear.clear()
            self.changed.emit()

    def _forget_others(self, resident_id: int) -> None:
        self._clear = {key: text for key, text in self._clear.items() if key[0] == resident_id}
