"""积分存折: which lines of an account are printed already, and what comes next on which sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, EntryKind, PointsAccount, PointsBalance
from app.reports.passbook import LINES_PER_PAGE, BookLine, BookPage, Passbook
from app.services import points_accounts
from app.services.papers import Printing, committee
from app.storage import journal
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query


@dataclass(frozen=True, slots=True)
class PassbookState:
    """How far a book is: lines printed, lines that there are."""

    printed: int
    lines: int

    @property
    def waiting(self) -> int:
        """Lines that are not in the book yet."""
        return self.lines - self.printed

    @property
    def page(self) -> int:
        """The sheet on which the next line comes to stand, from 1."""
        return self.printed // LINES_PER_PAGE + 1

    @property
    def pages(self) -> int:
        """Sheets that are begun."""
        return -(-self.printed // LINES_PER_PAGE)

    @property
    def goes_on(self) -> bool:
        """Whether the next line stands on a sheet that is half full."""
        return self.printed % LINES_PER_PAGE > 0


def state(source: Source, account_id: int) -> PassbookState:
    """How far the book of an account is."""
    lookup = lookup_of(source)
    mine = [Sql("account_id = ?", (account_id,))]
    printed = lookup.value(query("printed", "points_balance", mine)) or 0
    return PassbookState(printed, lookup.value(query("count(*)", "points_entry", mine)))


def paper(
    session: Session, account_id: int, printing: Printing, *, from_page: int | None = None
) -> Passbook:
    """The lines that are not printed yet, or everything from sheet `from_page` on again.

    Raises DomainError where there is no new line.
    """
    known, owner = state(session, account_id), points_accounts.holder(session, account_id)
    begun = known.printed if from_page is None else (from_page - 1) * LINES_PER_PAGE
    if from_page is None and not known.waiting:
        raise DomainError(f"{owner.name}的存折已经打到最后一行，没有新的。要重打请选从第几页打起。")
    lines = _lines(lookup_of(session), account_id, begun)
    return Passbook(
        office=committee(session),
        name=owner.name,
        detail=owner.detail,
        pages=_pages(lines, begun),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def note_printed(session: Session, account_id: int, data: Passbook) -> None:
    """The lines of `data` stand in the book from now on; journaled as every print."""
    last = data.pages[-1]
    lines = (last.number - 1) * LINES_PER_PAGE + last.first + len(last.lines)
    kept = session.get_one(PointsBalance, account_id)
    kept.printed = max(kept.printed, lines)
    journal.record_look(session, Action.PRINTED, PointsAccount, [account_id])


def _pages(lines: Sequence[BookLine], begun: int) -> list[BookPage]:
    pages: list[BookPage] = []
    place = 0
    while place < len(lines) or not pages:
        sheet, first = divmod(begun + place, LINES_PER_PAGE)
        some = lines[place : place + LINES_PER_PAGE - first]
        pages.append(BookPage(sheet + 1, first, some))
        place += LINES_PER_PAGE - first
    return pages


def _lines(lookup: Lookup, account_id: int, begun: int) -> list[BookLine]:
    columns = "e.on_date, e.kind, i.name, e.words, e.points, e.balance"
    source = "points_entry AS e LEFT JOIN points_item AS i ON i.id = e.item_id"
    mine = [Sql("e.account_id = ?", (account_id,))]
    found = islice(lookup.rows(query(columns, source, mine, "ORDER BY e.id")), begun, None)
    return [_line(*row) for row in found]


def _line(day: str, kind: str, item: str | None, words: str, points: int, balance: int) -> BookLine:
    title = item if item and kind == EntryKind.EARNED else EntryKind.of(kind).label
    return BookLine(
        on_date=date.fromisoformat(day),
        matter=f"{title} {words.removeprefix(title).strip()}".strip(),
        added=f"{points:,}" if points > 0 else "",
        taken=f"{-points:,}" if points < 0 else "",
        balance=f"{balance:,}",
    )
