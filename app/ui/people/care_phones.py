"""The phones of an open case in clear for a minute: the look is journaled, and ends by itself."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.services import settings
from app.services.care_views import CaseView
from app.values.rights import Right


class CarePhones(QObject):
    """Numbers of the person and of the family, of one case at a time."""

    changed = Signal()
    """They were revealed, or are masked again."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: tuple[int, str, str] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.mask)

    @property
    def offered(self) -> bool:
        """Whether whoever works here may see numbers in clear at all."""
        return self._context.may(Right.SEE_NUMBERS)

    def clear_of(self, case: CaseView) -> bool:
        """Whether the numbers of this case are in clear now."""
        return self._shown is not None and self._shown[0] == case.id

    def of(self, case: CaseView) -> tuple[str, str]:
        """Of the person and of the family, masked or in clear; '' for none."""
        if self._shown is not None and self.clear_of(case):
            return self._shown[1], self._shown[2]
        return case.phone_masked, case.contact_masked

    def show(self, case: CaseView) -> None:
        """Journal the look and start the minute. Raises DomainError for who may not look."""
        from app.services import care_cases

        title = f"查看 {case.name} 本人和家属的电话"
        with self._context.database.transaction(title) as session:
            own, family = care_cases.reveal(session, case.resident_id)
        self._shown = (case.id, own, family)
        self._timer.start(self._context.settings[settings.MASK_SECONDS] * 1000)
        self.changed.emit()

    def mask(self) -> None:
        """Nothing is in clear any more."""
        self._timer.stop()
        if self._shown is not None:
            self._shown = None
            self.changed.emit()
