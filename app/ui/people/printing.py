"""Papers about residents, from any tab: made in the background, shown before they are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.signals import Area

# The card offers papers; what makes them is loaded with the first one.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def preview_info_sheets(context: Context, parent: QWidget, ids: Sequence[int]) -> None:
    """本人信息单 of these people, one page each."""
    from app.services import papers

    printing = papers.Printing(context.user.name, context.clock.now())
    names = _names(context, ids)

    def make(session: Session) -> Callable[[], bytes]:
        from app.reports import info_sheet

        sheets = papers.info_sheets(session, ids, printing)
        return lambda: info_sheet.render_many(sheets)

    given = partial(papers.note_sheets_given, now=printing.at)
    _preview(context, parent, f"本人信息单 {names}", ids, make, note=given)


def preview_roster(
    context: Context, parent: QWidget, ids: Sequence[int], filter_words: str
) -> None:
    """居民花名册 of these people, in this order."""
    from app.services import papers

    printing = papers.Printing(context.user.name, context.clock.now())

    def make(session: Session) -> Callable[[], bytes]:
        from app.reports import roster

        data = papers.resident_roster(session, ids, printing, filter_words=filter_words)
        return lambda: roster.render(data)

    # Its numbers are masked: looking at it is looking at the list.
    _preview(context, parent, f"居民花名册 {len(ids):,} 人", ids, make, whole=False)


def _preview(
    context: Context,
    parent: QWidget,
    title: str,
    ids: Sequence[int],
    make: Callable[[Session], Callable[[], bytes]],
    *,
    note: Callable[[Session, Sequence[int]], None] | None = None,
    whole: bool = True,
) -> None:
    """Gather with a reader's eyes, which see no more than the user may; that somebody looked at
    `whole` numbers is journaled before.
    """
    from app.services import papers

    def work(progress: Progress) -> bytes:
        if whole:
            with context.database.transaction(f"预览 {title}") as session:
                papers.note_looked(session, ids)
        progress.check()
        with context.database.reading() as session:
            draw = make(session)
        progress.check()
        return draw()

    def note_printed() -> None:
        with context.database.transaction(f"打印 {title}") as session:
            (note or papers.note_printed)(session, ids)

    def show(data: bytes) -> None:
        # Loaded with the first paper: the program starts without its PDF reader.
        from app.ui.people.paper_preview import PaperPreview

        context.signals.changed.emit(Area.PAPERS)
        preview = PaperPreview(context, title, data, note_printed, parent.window())
        preview.closes_at_rest = whole
        preview.exec()

    messages.run_with_progress(parent, context.background, f"正在生成{title}", work, done=show)


def _names(context: Context, ids: Sequence[int]) -> str:
    """王秀兰, or 王秀兰 等 3 人."""
    from app.services import residents

    with context.database.lookup() as lookup:
        rows = residents.rows(lookup, ids[:1], today=context.clock.today())
    first = rows[0].name if rows else ""
    return first if len(ids) == 1 else f"{first} 等 {len(ids):,} 人"
