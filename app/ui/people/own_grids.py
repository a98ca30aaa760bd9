"""What a list tells of itself when it leaves: whose rows it holds."""

from app.context import Context
from app.services import grids


def with_own(context: Context, words: str) -> str:
    """The filter in words; of whoever sees some grids only, these come first (只含第一网格)."""
    if context.sees_all:
        return words
    with context.database.lookup() as lookup:
        own = grids.own_words(lookup)
    return "，".join(filter(None, (own, words)))
