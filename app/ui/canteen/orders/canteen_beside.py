"""Which canteen, where the head of the page has no room for it: in 大字, of several canteens."""

from PySide6.QtWidgets import QWidget

from app.ui.canteen.place import CanteenChoice, Place
from app.ui.kit import theme
from app.ui.kit.labels import hide_unless


def canteen_beside(place: Place) -> QWidget:
    """For the end of a line of filters; there only where it is asked here and can be chosen."""
    choice = CanteenChoice(place)

    def asked() -> bool:
        return theme.current().large and len(place.canteens) > 1

    hide_unless(asked(), choice)
    place.changed.connect(lambda: choice.setVisible(asked()))
    return choice
