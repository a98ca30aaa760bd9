"""结算: the month's table, what is behind a figure, steps, checks and the claim."""

from app.context import Context
from app.ui.kit.labels import column
from app.ui.kit.states import EmptyState
from app.ui.people.tabbed_page import PageTab


class ClaimsTab(PageTab):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        empty = EmptyState(
            "table", "这个月还没有就餐记录。", "在柜台记了餐，这里按档次和承担方汇总。"
        )
        self.setLayout(column((empty, 1), margins=(0, 0, 0, 0)))
