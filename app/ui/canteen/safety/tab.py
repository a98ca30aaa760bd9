"""食品安全: samples, morning checks, what comes in with which ticket."""

from app.context import Context
from app.ui.kit.labels import column
from app.ui.kit.states import EmptyState
from app.ui.people.tabbed_page import PageTab


class SafetyTab(PageTab):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        empty = EmptyState("shield-check-outline", "今天还没有留样。", "开餐前每道菜留一份样。")
        self.setLayout(column((empty, 1), margins=(0, 0, 0, 0)))
