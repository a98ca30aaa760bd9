"""柜台: somebody is looked for or scans a card."""

from app.context import Context
from app.ui.kit import theme
from app.ui.kit.labels import column
from app.ui.kit.search_box import SearchBox
from app.ui.kit.states import EmptyState
from app.ui.people.tabbed_page import PageTab


class CounterTab(PageTab):
    """Assembles: the search in the head, below it whom it found."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.search = SearchBox("找人：刷卡 / 拼音首字母 / 房号", name="找人", action="find_person")
        self.search.setFixedWidth(theme.current().px(300))
        self.head = (self.search,)
        waiting = EmptyState("storefront-outline", "请刷卡，或者输入拼音找人")
        self.setLayout(column((waiting, 1)))

    def take_focus(self) -> None:
        self.search.setFocus()

    def find_person(self) -> bool:
        self.take_focus()
        return True
