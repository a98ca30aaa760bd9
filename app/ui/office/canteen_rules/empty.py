"""What the lists of 设置 · 食堂 say while there is nothing in them, and what to do about it."""

from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState

_PICTURE = "silverware-fork-knife"


def say_empty(table: PagedTable, words: str, advice: str, *, canteen: bool = True) -> None:
    """The advice; where there is no canteen yet, that one is needed first."""
    if not canteen:
        words, advice = "还没有食堂", "先在“食堂”里登记一个，再回到这里。"
    table.set_empty(EmptyState(_PICTURE, words, advice))
