"""柜台: somebody comes to eat, the price is read aloud, Enter; by keys and scanner alone."""

from app.context import Context
from app.ui.canteen.place import CanteenChoice, PeriodChoice, no_canteen, place_of
from app.ui.kit.labels import column
from app.ui.people.tabbed_page import PageTab


class CounterTab(PageTab):
    """Assembles the parts around a Counter, and leads the focus from one person to the next."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.place = place_of(context)
        self.canteen, self.period = CanteenChoice(self.place), PeriodChoice(self.place)
        self.head = (self.canteen, self.period)
        self.setLayout(column(no_canteen(context)))
