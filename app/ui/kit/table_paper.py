"""What a table shows, taken for paper and for files: same columns, order, filter and count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from app.ui.kit import table_clipboard, table_gather
from app.ui.kit.paper_desk import desk_of
from app.values.masking import holds_numbers, mask_text

if TYPE_CHECKING:
    from app.ui.kit.paged_table import PagedTable
    from app.ui.kit.table_columns import Column

EVERYTHING = "全部"


class PaperFacts:
    """Of one table; a page sets what differs from the name of the table and its plain rows."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.unit = "行"
        self.filter_words: Callable[[], str] = str
        """The filter in force, in words; empty for everything."""
        self.people: Callable[[Sequence[Any]], Sequence[int]] = lambda _ids: ()
        """Residents behind some ids: that they were printed or exported is journaled."""
        self.personal = True
        """Whether the paper must say that it holds personal data."""
        self.columns: Sequence[Column] = ()
        """What leaves, where that is more than the columns that the screen has room for."""
        self.totals: Callable[[Sequence[Any]], Mapping[str, str]] = lambda _ids: {}
        """What some ids come to, by the key of the column: the last line on paper and in a file."""
        self.offered = True
        """False where the page has its own way (residents: masked, journaled by person)."""


@dataclass(frozen=True)
class SeenColumn:
    """A column as it stands on the screen; `width` in pixels, for its share of the paper."""

    title: str
    width: int
    align: str


@dataclass(frozen=True)
class SeenTable:
    """`rows` hold one text for each column."""

    title: str
    filter_words: str
    count_words: str
    columns: tuple[SeenColumn, ...]
    rows: list[tuple[str, ...]]
    people: tuple[int, ...] = ()
    """Residents whose rows these are"""
    personal: bool = True
    """Whether the paper must say that it holds personal data"""
    totals: tuple[str, ...] = ()
    """One text for each column, where the table has a line of sums"""

    @property
    def lines(self) -> Sequence[tuple[str, ...]]:
        """The rows, and the sums below them."""
        return [*self.rows, self.totals] if self.totals else self.rows

    @property
    def is_whole(self) -> bool:
        """Whether somebody's number stands in it that is not masked."""
        return self.personal and holds_numbers(self.rows)

    def masked(self) -> SeenTable:
        """The same with the middle of every number hidden."""
        if not self.is_whole:
            return self
        return replace(self, rows=[tuple(map(mask_text, row)) for row in self.rows])


def see(
    table: PagedTable, then: Callable[[SeenTable], object], *, chosen: Sequence[Any] = ()
) -> None:
    """The chosen or ticked rows if there are any, otherwise all of the list, as the screen shows.

    `then` is called at once, or after a bar where the table is long; not at all if it is cancelled.
    """
    model, facts = table.paged_model, table.paper
    some = list(chosen) or model.ticked_in_order()
    more = [(column, column.width) for column in facts.columns]
    columns = more or table.shown_columns()
    ids = some or model.lines
    filter_words = facts.filter_words() or EVERYTHING
    sums = facts.totals(ids)
    head = SeenTable(
        title=facts.title,
        filter_words=f"{filter_words}，只含勾选的" if some else filter_words,
        count_words=f"共 {len(ids):,} {facts.unit}",
        columns=tuple(SeenColumn(column.title, width, column.align) for column, width in columns),
        rows=[],
        people=tuple(facts.people(ids)),
        personal=facts.personal,
        totals=tuple(sums.get(column.key, "") for column, _ in columns) if sums else (),
    )
    table_gather.gather(
        table,
        ids,
        lambda row: tuple(column.cell(row).plain for column, _ in columns),
        lambda rows: then(replace(head, rows=rows)),
    )


def may_print(table: PagedTable) -> bool:
    """Whether there is somebody who draws it, and the user may take paper out."""
    desk = desk_of(table)
    return table.paper.offered and desk is not None and desk.may_print()


def may_export(table: PagedTable) -> bool:
    """The same for files."""
    return table.paper.offered and may_copy(table) and desk_of(table) is not None


def may_copy(table: PagedTable) -> bool:
    """Before the main window there is nobody to ask, and no table of people."""
    desk = desk_of(table)
    return desk is None or desk.may_export()


def print_out(table: PagedTable) -> None:
    """打印本表: through the desk of the main window."""
    desk = desk_of(table)
    if desk is not None and len(table.paged_model.ids) and may_print(table):
        see(table, lambda seen: desk.print_table(seen, table))


def export(table: PagedTable) -> None:
    """导出 .xlsx: through the desk of the main window."""
    desk = desk_of(table)
    if desk is not None and len(table.paged_model.ids) and may_export(table):
        see(table, lambda seen: desk.export_table(seen, table))


def copy(table: PagedTable, chosen: Sequence[Any] = ()) -> None:
    """复制: these rows, or the whole list, with headings; noted like every other way out."""
    desk = desk_of(table)
    if not may_copy(table):
        return
    if desk is not None:
        see(table, lambda seen: desk.copy_table(seen, table), chosen=chosen)
    else:
        see(table, put_on_clipboard, chosen=chosen)


def put_on_clipboard(seen: SeenTable) -> None:
    table_clipboard.copy([column.title for column in seen.columns], seen.lines)


def fill_menu(menu: QMenu, table: PagedTable) -> None:
    """The ways out of the program, in the menu of a table that has rows."""
    if not len(table.paged_model.ids):
        return
    if may_export(table):
        menu.addAction("复制本表", lambda: copy(table))
    if may_print(table):
        menu.addAction("打印本表…", lambda: print_out(table))
    if may_export(table):
        menu.addAction("导出本表…", lambda: export(table))
