"""The cards beside the counter; 大字 keeps those about which somebody asks every minute."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import meal_day
from app.services.canteens import PeriodView
from app.services.meal_day import Turnout
from app.services.meal_person import Sitting
from app.ui.canteen.counter.side import (
    WIDTH,
    DeliveryCard,
    GuestsCard,
    KitchenCard,
    SamplesCard,
    TurnoutCard,
)
from app.ui.kit import theme
from app.ui.kit.buttons import offer
from app.ui.kit.labels import column
from app.values.rights import Right
from app.values.times import minute_of


class SidePanel(QWidget):
    """Reads what they show after every meal."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.turnout, self.kitchen = TurnoutCard(), KitchenCard()
        self.delivery, self.guests = DeliveryCard(), GuestsCard()
        self.samples = SamplesCard()
        self.setFixedWidth(theme.current().px(WIDTH))
        cards = (self.turnout, (self.kitchen, 1), self.delivery, self.guests, self.samples)
        layout = column(*cards, spacing=8)
        self.setLayout(layout)
        if theme.current().large:
            self.samples.hide()
        # Whoever has no name is of no grid: such a meal is not for those who see some grids only.
        offer(context.user.grids is None, *self.guests.buttons.values())
        offer(context.may(Right.VIEW_CANTEEN), self.delivery.board)

    def show_pace(self, sitting: Sitting, hours: PeriodView | None) -> None:
        """A minute has gone by, whether or not anybody came."""
        with self._context.database.lookup() as lookup:
            sums = meal_day.turnout(lookup, sitting, now=self._context.clock.now())
        self._show_turnout(hours, sums)

    def show_sitting(self, sitting: Sitting, hours: PeriodView | None, sums: Turnout) -> None:
        """Everything anew; `sums` were read for the list already."""
        with self._context.database.lookup() as lookup:
            self.kitchen.show_dishes(meal_day.dishes(lookup, sitting))
            self.delivery.show_orders(meal_day.deliveries(lookup, sitting))
            if not theme.current().large:
                self.samples.show_samples(meal_day.samples(lookup, sitting))
        self._show_turnout(hours, sums)
        self.guests.show_guests(sums)

    def _show_turnout(self, hours: PeriodView | None, sums: Turnout) -> None:
        self.turnout.setVisible(hours is not None)
        if hours is not None:
            now = self._context.clock.now()
            self.turnout.show_turnout(hours, sums, minute=minute_of(now))

    def bind(self, owner: QWidget) -> None:
        """The keys of its buttons."""
        self.guests.bind(owner)
        for button in (self.kitchen.sold_out, self.delivery.board):
            button.bind(owner)
