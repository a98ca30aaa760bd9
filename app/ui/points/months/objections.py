"""异议 to the public list of a month, taken down and answered."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.points_filter import month_words
from app.ui.points.ledger.appeals_dialog import Appeals


class ObjectionsDialog(Appeals):
    """Of one month's list; the month goes into the archive once all are answered."""

    def __init__(self, context: Context, month: int, parent: QWidget | None = None) -> None:
        super().__init__(context, f"{month_words(month)}公示的异议", month=month, parent=parent)
