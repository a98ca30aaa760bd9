"""统计: meals by tier, period and trend, who stays away, opinions."""

from app.context import Context
from app.ui.kit.labels import column
from app.ui.kit.states import EmptyState
from app.ui.people.tabbed_page import PageTab


class StatisticsTab(PageTab):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        empty = EmptyState("chart-bar", "还没有用餐记录。", "在柜台记了餐，这里按档次和餐次统计。")
        self.setLayout(column((empty, 1), margins=(0, 0, 0, 0)))
