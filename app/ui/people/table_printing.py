"""Any table of the program as paper or as a spreadsheet, and the page for the printer's offset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.paper_desk import PaperDesk
from app.ui.kit.table_paper import SeenTable, put_on_clipboard
from app.values.rights import Right

# Reports, services and files are loaded with the first table that leaves the program.
if TYPE_CHECKING:
    from app.ui.people.take_out import TakeOut
    from app.values.stamp import Stamp

STANDING_COLUMNS = 4
"""Up to so many columns a table stands upright on the sheet."""
MANY_COLUMNS = 15
"""From so many columns on, the type is the smallest that is read on paper"""
DENSE_ROWS = 46
_NAMES = ("姓名", "申请人", "申请用印人")
"""Columns that tell whose line it is, where one of its characters cannot be printed."""


def paper_desk(context: Context, window: QWidget) -> PaperDesk:
    """What the main window hands to the tables and dialogs below it."""
    return PaperDesk(
        window,
        print_table=lambda seen, parent: print_table(context, seen, parent),
        export_table=lambda seen, parent: export_table(context, seen, parent),
        copy_table=lambda seen, parent: copy_table(context, seen, parent),
        may_print=lambda: context.may(Right.PRINT),
        may_export=lambda: context.may(Right.EXPORT),
        calibration_page=lambda **measures: _calibration_page(context, **measures),
    )


def print_table(context: Context, seen: SeenTable, parent: QWidget) -> None:
    """Draw it in the background and show it; it is journaled when it was printed or saved."""
    out = _how(context, seen, "打印", parent, file=False)
    if out is None:
        return
    name, shown = _name(seen), seen if out.stamp else seen.masked()

    def work(progress: Progress) -> bytes:
        progress.check()
        return draw(context, shown, out.stamp)

    def note() -> None:
        from app.services import table_log

        with context.database.transaction(out.sentence(f"打印 {name}", file=False)) as session:
            table_log.note_printed(session, seen.people, by=context.user.name)

    def show(pdf: bytes) -> None:
        from app.ui.people.paper_preview import PaperPreview

        PaperPreview(context, name, pdf, note, parent.window()).exec()

    messages.run_with_progress(parent, context.background, f"正在排版{seen.title}", work, done=show)


def export_table(context: Context, seen: SeenTable, parent: QWidget) -> None:
    """Ask for a file and write it in the background, with the filter in words at its head."""
    out = _how(context, seen, "导出", parent, file=True)
    if out is None:
        return
    from app.services import table_log
    from app.ui.people.take_out import take_out_file

    shown = seen if out.stamp else seen.masked()
    take_out_file(
        context,
        parent,
        out,
        name=_name(seen),
        what=f"导出 {_name(seen)}",
        make=lambda progress: _workbook(context, shown, out.stamp, progress),
        note=lambda session: table_log.note_exported(session, seen.people, by=context.user.name),
    )


def copy_table(context: Context, seen: SeenTable, parent: QWidget) -> None:
    """For WPS, always masked: what is on the clipboard any program may read."""
    from app.services import table_log

    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"复制 {_name(seen)}") as session:
            table_log.note_exported(session, seen.people, by=context.user.name)
        put_on_clipboard(seen.masked())
        said = "，号码遮住了中间几位" if seen.is_whole else ""
        messages.notify(context.signals, f"已复制 {_name(seen)}{said}")


def _how(
    context: Context, seen: SeenTable, verb: str, parent: QWidget, *, file: bool
) -> TakeOut | None:
    """A table with somebody's whole number in it does not leave without a question."""
    from app.ui.people.take_out import MASKED

    if not seen.is_whole:
        return MASKED
    from app.ui.people.take_out_dialog import TakeOutDialog

    who = f"{seen.filter_words}　{seen.count_words}"
    dialog = TakeOutDialog(context, f"{verb} {_name(seen)}", who, file=file, parent=parent.window())
    return dialog.out if dialog.exec() else None


def _workbook(context: Context, seen: SeenTable, stamp: Stamp | None, progress: Progress) -> bytes:
    from app.ui.kit.spreadsheet import make_xlsx

    today = context.clock.today()
    return make_xlsx(
        [column.title for column in seen.columns],
        seen.lines,
        count=len(seen.lines),
        progress=progress,
        above=(seen.title, f"{seen.filter_words}　{seen.count_words}　{today:%Y-%m-%d} 导出"),
        sheet=seen.title,
        stamp=stamp,
    )


def _name(seen: SeenTable) -> str:
    """What journal and file call it: 老人 4 人."""
    return f"{seen.title} {seen.count_words.removeprefix('共 ')}"


def draw(context: Context, seen: SeenTable, stamp: Stamp | None = None) -> bytes:
    """The table as a paper of this office; MissingGlyph names what cannot be printed."""
    from app.reports import listing
    from app.reports.table import Column

    titles = [column.title for column in seen.columns]
    return listing.render(
        listing.Listing(
            office=_office(context),
            title=seen.title,
            filter_words=seen.filter_words,
            columns=tuple(
                Column(column.title, column.width, "right" if column.align == "right" else "left")
                for column in seen.columns
            ),
            rows=seen.rows,
            totals=seen.totals or None,
            count_words=seen.count_words,
            printed_on=context.clock.today(),
            printed_by=context.user.name,
            landscape=len(titles) > STANDING_COLUMNS,
            note=listing.PERSONAL if seen.personal else "",
            rows_per_page=DENSE_ROWS if len(titles) >= MANY_COLUMNS else listing.ROWS_LYING,
            name_column=next((one for one in _NAMES if one in titles), titles[0]),
            stamp=stamp,
        )
    )


def _calibration_page(
    context: Context, *, printer: str, right: float, down: float, cross: float
) -> bytes:
    from app.reports.calibration import Calibration, render

    page = Calibration(
        office=_office(context), printer=printer, right=right, down=down, cross=cross
    )
    return render(page)


def _office(context: Context) -> str:
    from app.services import papers

    with context.database.reading() as session:
        return papers.committee(session)
