"""账户: what people have paid in or owe for meals."""

from app.context import Context
from app.ui.kit.labels import row
from app.ui.kit.states import EmptyState
from app.ui.people.tabbed_page import PageTab


class AccountsTab(PageTab):
    """Cards with deposits, monthly bills, vouchers, and the closing of a month."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setLayout(row((EmptyState("", "还没有餐卡账户"), 1)))
