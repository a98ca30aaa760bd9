"""食堂统计 as a workbook: 汇总 and the breakdowns, of one moment of the file."""

from app.services import meal_statistics_paper as words
from app.services.meal_statistics import Statistics
from app.ui.canteen.statistics.figures_view import NAMES, SUM_HEADINGS, lines_of
from app.ui.kit.spreadsheet import BookSheet, make_book


def make(found: Statistics, title: str) -> bytes:
    """All sheets; above each what the whole comes to, and how it was counted."""
    above = (title, "；".join(words.proof_words(found)), "".join(words.NOTES))
    parts = [
        BookSheet(one.title, above, one.headings, lines_of(one)) for one in words.sections(found)
    ]
    return make_book([BookSheet(NAMES[0], above, SUM_HEADINGS, words.summary(found)), *parts])
