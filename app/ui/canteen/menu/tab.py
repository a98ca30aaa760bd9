"""菜谱: dishes, the menus of a week, what is sold out."""

from app.context import Context
from app.ui.kit.labels import column
from app.ui.kit.states import EmptyState
from app.ui.people.tabbed_page import PageTab


class MenuTab(PageTab):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        empty = EmptyState("silverware", "还没有菜谱。", "先添加菜，再排一周的菜谱。")
        self.setLayout(column((empty, 1), margins=(0, 0, 0, 0)))
