"""按键一览: the key map of the program, as a page to read."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLayout, QStackedWidget, QWidget

from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import KeyHints
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import box, column, row, title
from app.ui.kit.tabs import PageTabs

_SCOPES = {
    keys.EVERYWHERE: "到处都能用",
    keys.PAGE: "在各页上",
    keys.TABLE: "在表格里",
    keys.FORM: "填表时",
    keys.WIZARD: "导入时",
    keys.PREVIEW: "看文书时",
    keys.LOGIN: "进入时",
    keys.PAPERS: "开证明时",
    keys.RECENT: "在“刚才做了什么”里",
    keys.BACKUPS: "备份与恢复时",
    keys.GRIDS: "在网格页上",
    keys.REQUESTS: "办诉求时",
    keys.SHEET: "录入走访时",
    keys.COUNTER: "在兑换柜台",
    keys.POINTS: "在积分超市",
    keys.ATTENDANCE: "录签到时",
    keys.STOCK: "管库存时",
    keys.MONTHS: "月结和公示时",
    keys.MEALS: "在食堂柜台",
    keys.CANTEEN: "在食堂",
    keys.MENU: "排菜谱时",
    keys.BOARD: "在送餐板上",
    keys.ORDERS: "订餐时",
    keys.CLAIMS: "补贴结算时",
    keys.ACCOUNTS: "在用餐账户里",
    keys.CARE: "没人应门时",
    keys.ROUTES: "排送餐路线时",
    keys.ROUND: "照送餐单回填时",
    keys.SAFETY: "管食品安全时",
    keys.TOPICS: "提事",
    keys.MEETINGS: "会议和组织",
    keys.MEETING: "开会时",
    keys.RESOLUTIONS: "办决议时",
    keys.JOINT: "大党委和清单",
    keys.FUND: "经费",
}
_PAGES = {
    "各页": (
        (keys.EVERYWHERE, keys.RECENT),
        (keys.PAGE, keys.BACKUPS),
        (keys.FORM, keys.TABLE),
        (keys.WIZARD, keys.LOGIN),
    ),
    "网格": ((keys.GRIDS,), (keys.REQUESTS,), (keys.SHEET,)),
    "积分超市": ((keys.COUNTER,), (keys.POINTS,), (keys.ATTENDANCE,), (keys.MONTHS, keys.STOCK)),
    "食堂": ((keys.MEALS,), (keys.MENU,), (keys.SAFETY, keys.CANTEEN)),
    "订餐送餐": ((keys.ORDERS, keys.CARE), (keys.BOARD,), (keys.ROUTES, keys.ROUND)),
    "餐费结算": ((keys.ACCOUNTS,), (keys.CLAIMS,)),
    "议事": (
        (keys.MEETINGS, keys.JOINT),
        (keys.MEETING,),
        (keys.TOPICS, keys.RESOLUTIONS, keys.FUND),
    ),
    "文书": ((keys.PAPERS,), (keys.PREVIEW,)),
}
"""Scopes one below the other; the columns of a page come out about equally high."""
_HIGHEST = 17
"""Of more keys of one scope half stand beside the others"""


class HelpDialog(Dialog):
    """Built from the key map itself, so it is never out of date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("按键一览", parent, width=760)
        tabs = PageTabs(list(_PAGES))
        stack = QStackedWidget()
        for columns in _PAGES.values():
            stack.addWidget(box(row(*map(_column, columns), spacing=24)))
        tabs.chosen.connect(stack.setCurrentIndex)
        keys.bind(
            self, "next_tab", lambda: tabs.set_current((stack.currentIndex() + 1) % len(_PAGES))
        )
        self.body.addLayout(row(tabs, None))
        self.body.addWidget(stack)
        self.add_button(Button("知道了", kind="primary", cap="Esc"), closes=True).setFocus()


def _column(scopes: Sequence[str]) -> tuple[QLayout, int]:
    known = {key.scope for key in keys.KEYS}
    blocks = (_block(scope, _SCOPES[scope]) for scope in scopes if scope in known)
    return column(*blocks, None, spacing=14), 1


def _block(scope: str, words: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(0 if theme.current().large else 2)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.addWidget(title(words), 0, 0)
    entries = [key for key in keys.KEYS if key.scope == scope]
    high = len(entries) if len(entries) <= _HIGHEST else -(-len(entries) // 2)
    for place, key in enumerate(entries):
        hint = KeyHints([(key.cap, key.label)])
        hint.setMinimumWidth(hint.sizeHint().width())
        grid.addWidget(hint, 1 + place % high, place // high)
    return grid
