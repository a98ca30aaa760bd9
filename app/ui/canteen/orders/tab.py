"""订餐: who gets what every week, and the orders of a day."""

from app.context import Context
from app.ui.kit.labels import row
from app.ui.kit.states import EmptyState
from app.ui.people.tabbed_page import PageTab


class OrdersTab(PageTab):
    """Standing orders and the orders of a day."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setLayout(row((EmptyState("", "还没有人订餐"), 1)))
