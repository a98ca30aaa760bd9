"""What the page asks of each of its tabs."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit.signals import Area


class GridsTab(QWidget):
    """A tab brings its own search and buttons (`head`); the page puts them beside the tabs."""

    legend_changed = Signal()
    count_changed = Signal(int)
    """What the tab's title shows beside its name; 0 shows nothing."""
    told = Signal(str, int)
    """What the title of another tab shows while nobody has opened it: its title and the count"""
    areas = Area.RESIDENTS | Area.GRIDS | Area.OFFICE

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.head: Sequence[QWidget] = ()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        """The keys that work now, for the status line."""
        return ()

    def refresh(self) -> None:
        """Read everything anew; what is chosen stays chosen."""

    def take_focus(self) -> None:
        """By Ctrl+Tab somebody came to work here: arrows are to move in the tab, not the tabs."""

    def rest(self) -> None:
        """Nobody is at the desk: numbers in clear are masked, forms stay."""

    def leave(self) -> bool:
        """Whether nothing unsaved keeps the user here."""
        return True

    def show_record(self, wanted: object) -> None:
        """Something of this tab that another page asks for."""
