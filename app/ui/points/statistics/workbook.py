"""积分超市统计 as a workbook: 汇总 and the four breakdowns, of one moment of the file."""

from collections.abc import Sequence

from app.context import Context
from app.services import points_statistics
from app.services import points_statistics_paper as words
from app.services.periods import Period
from app.ui.kit.background import Progress
from app.ui.kit.spreadsheet import BookSheet, make_book
from app.ui.points.statistics.figures_view import NAMES, SUM_HEADINGS, lines_of


def make(context: Context, period: Period, progress: Progress) -> bytes:
    """All five sheets; above each the proof that lines and balances agree."""
    with context.database.lookup() as lookup:
        found = points_statistics.statistics(lookup, period)
    progress.check()
    above: Sequence[str] = (
        f"积分超市统计　{period.words}",
        "；".join(words.proof_words(found)),
        "".join(words.NOTES),
    )
    parts = [
        BookSheet(one.title, above, one.headings, lines_of(one)) for one in words.sections(found)
    ]
    return make_book([BookSheet(NAMES[0], above, SUM_HEADINGS, words.summary(found)), *parts])
