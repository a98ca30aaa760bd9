"""幸福账单 as a workbook: 汇总, 按网格, 按类别, 问题清单."""

from collections.abc import Sequence

from app.context import Context
from app.services import happiness, happiness_list, happiness_paper
from app.services.happiness_paper import BillWish
from app.ui.grids.bill.tables import LIST_HEADINGS, Sheet, listed, sheets
from app.ui.kit.background import Progress
from app.ui.kit.spreadsheet import BookSheet, make_book
from app.values.masking import mask_text

LIST = "问题清单"


def make(context: Context, wish: BillWish, progress: Progress) -> bytes:
    """All four sheets from one moment of the file; numbers of people are masked."""
    today = context.clock.today()
    with context.database.lookup() as lookup:
        bill = happiness.bill(lookup, wish.period, today=today, grid_ids=wish.grid_ids)
        ids = happiness_list.solved_ids(lookup, wish.period, grid_ids=wish.grid_ids)
        progress.check()
        lines = happiness_list.lines(lookup, ids)
    progress.check()
    rows = [tuple(map(mask_text, listed(line))) for line in lines]
    words = happiness_paper.period_words(bill, wish.grid_ids)
    above = (f"幸福账单　{words}", "".join(happiness_paper.notes(bill)))
    return make_book(
        [_sheet(one, above) for one in (*sheets(bill), Sheet(LIST, LIST_HEADINGS, rows))]
    )


def _sheet(sheet: Sheet, above: Sequence[str]) -> BookSheet:
    return BookSheet(sheet.title, above, sheet.headings, sheet.lines)
