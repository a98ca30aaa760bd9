"""送餐: the walks of a day as columns, and the case of whoever did not answer."""

from app.context import Context
from app.ui.kit.labels import column
from app.ui.kit.states import EmptyState
from app.ui.people.tabbed_page import PageTab


class DeliveryTab(PageTab):
    """Assembles the board."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        empty = EmptyState("", "今天没有要送的餐", "订了送餐的，会按路线排在这里。")
        self.setLayout(column((empty, 1)))
