"""What the kit cannot draw itself: the main window hands it in, windows below ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.ui.kit.table_paper import SeenTable


class CalibrationPage(Protocol):
    """Draws the page for one printer and its offset in mm, with a cross `cross` mm inside."""

    def __call__(self, *, printer: str, right: float, down: float, cross: float) -> bytes: ...


class PaperDesk(QObject):
    """A child of the main window: the ways out of the program, each noted in the journal.

    `print_table`, `export_table` and `copy_table` get the window that asks; `may_print` and
    `may_export` tell what is offered to whoever works here.
    """

    def __init__(
        self,
        window: QWidget,
        *,
        print_table: Callable[[SeenTable, QWidget], object],
        export_table: Callable[[SeenTable, QWidget], object],
        copy_table: Callable[[SeenTable, QWidget], object],
        may_print: Callable[[], bool],
        may_export: Callable[[], bool],
        calibration_page: CalibrationPage,
    ) -> None:
        super().__init__(window)
        self.print_table = print_table
        self.export_table = export_table
        self.copy_table = copy_table
        self.may_print = may_print
        self.may_export = may_export
        self.calibration_page = calibration_page


def desk_of(widget: QWidget | None) -> PaperDesk | None:
    """The desk of the window that a widget or dialog belongs to; None before the main window."""
    place = widget
    while place is not None:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        # The stubs do not know that nothing may be found.
        desk = cast("PaperDesk | None", place.findChild(PaperDesk, options=direct))
        if desk is not None:
            return desk
        place = place.parentWidget()
    return None
