"""Any table of the program as paper or as a spreadsheet, and the page for the printer's offset."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.memory import remember_folder
from app.ui.kit.paper_desk import PaperDesk
from app.ui.kit.table_paper import SeenTable

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
        calibration_page=lambda **measures: _calibration_page(context, **measures),
    )


def print_table(context: Context, seen: SeenTable, parent: QWidget) -> None:
    """Draw it in the background and show it; it is journaled when it was printed or saved."""
    name = _name(seen)

    def work(progress: Progress) -> bytes:
        progress.check()
        return draw(context, seen)

    def note() -> None:
        from app.services import table_log

        with context.database.transaction(f"打印 {name}") as session:
            table_log.note_printed(session, seen.people, by=context.user.name)

    def show(pdf: bytes) -> None:
        from app.ui.people.paper_preview import PaperPreview

        PaperPreview(context, name, pdf, note, parent.window()).exec()

    messages.run_with_progress(parent, context.background, f"正在排版{seen.title}", work, done=show)


def export_table(context: Context, seen: SeenTable, parent: QWidget) -> None:
    """Ask for a file and write it in the background, with the filter in words at its head."""
    # Reports, services and files are loaded with the first table that leaves the program.
    from app.ui.kit.files import ask_path

    today, name = context.clock.today(), _name(seen)
    file = ask_path(parent, f"{name} {today:%Y-%m-%d}.xlsx", caption="导出到", ending=".xlsx")
    if file is None:
        return
    remember_folder(file)
    messages.run_with_progress(
        parent,
        context.background,
        f"导出{seen.title}",
        lambda progress: _write(context, seen, file, progress),
        done=lambda _: messages.notify(context.signals, f"已导出到「{file.name}」"),
    )


def _write(context: Context, seen: SeenTable, file: Path, progress: Progress) -> None:
    from app.services import table_log
    from app.ui.kit.spreadsheet import write_xlsx

    today = context.clock.today()
    above = (seen.title, f"{seen.filter_words}　{seen.count_words}　{today:%Y-%m-%d} 导出")
    with context.database.transaction(f"导出 {_name(seen)}") as session:
        table_log.note_exported(session, seen.people, by=context.user.name)
        titles = [column.title for column in seen.columns]
        write_xlsx(file, titles, seen.rows, progress=progress, above=above, sheet=seen.title)


def _name(seen: SeenTable) -> str:
    """What journal and file call it: 老人 4 人."""
    return f"{seen.title} {seen.count_words.removeprefix('共 ')}"


def draw(context: Context, seen: SeenTable) -> bytes:
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
            count_words=seen.count_words,
            printed_on=context.clock.today(),
            printed_by=context.user.name,
            landscape=len(titles) > STANDING_COLUMNS,
            note=listing.PERSONAL if seen.personal else "",
            rows_per_page=DENSE_ROWS if len(titles) >= MANY_COLUMNS else listing.ROWS_LYING,
            name_column=next((one for one in _NAMES if one in titles), titles[0]),
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
