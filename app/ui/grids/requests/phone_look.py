"""The phone of whoever asked, in clear for a minute: every look is journaled."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.services import requests, settings
from app.services.request_detail import RequestDetail


class PhoneLook(QObject):
    """`shown` carries the number, '' when the minute is over."""

    shown = Signal(str)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.mask)

    def look(self, detail: RequestDetail) -> None:
        """Journal it, tell the number and start the minute. Raises DomainError."""
        number = reveal(self._context, detail)
        self._timer.start(self._context.settings[settings.MASK_SECONDS] * 1000)
        self.shown.emit(number)

    def mask(self) -> None:
        """Nothing is in clear any more."""
        if self._timer.isActive():
            self._timer.stop()
        self.shown.emit("")


def reveal(context: Context, detail: RequestDetail) -> str:
    """The number in clear, after the look is on record. Raises DomainError."""
    with context.database.transaction(f"查看诉求 {detail.number} 的电话") as session:
        return requests.reveal_phone(session, detail.id)
