"""What is done with people who are due, from the tab and from the panel beside the grids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.visit_rows import DueRow
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.signals import Area

# What draws and asks is loaded with the first sheet.
if TYPE_CHECKING:
    from app.services.papers import Printing
    from app.ui.people.take_out import TakeOut

_NOBODY = "还没有选人。请先用 ↑↓ 选到一个人，或按空格勾选几个人。"


def names_of(rows: Sequence[DueRow]) -> str:
    """王秀兰, or 王秀兰 等 3 人."""
    first = rows[0].name if rows else ""
    return first if len(rows) == 1 else f"{first} 等 {len(rows):,} 人"


def put_off(context: Context, parent: QWidget, rows: Sequence[DueRow]) -> None:
    """改期 of these people; nobody chosen is told."""
    from app.ui.grids.visits.defer_dialog import DeferDialog

    if not rows:
        messages.tell(parent, _NOBODY, "没有选人")
        return
    DeferDialog(context, [row.id for row in rows], names_of(rows), parent.window()).exec()


def print_sheet(context: Context, parent: QWidget, ids: Sequence[int], grid_id: int | None) -> None:
    """Ask for whom, give the sheet its number, and show it before it is printed."""
    from app.services import visit_sheets
    from app.ui.grids.visits.sheet_dialog import SheetDialog

    if not ids:
        messages.tell(parent, _NOBODY, "没有选人")
        return
    dialog = SheetDialog(context, ids, grid_id, parent.window())
    if not dialog.exec():
        return
    what = f"打印走访单 {len(ids):,} 人"
    out = _masked_or_not(context, parent, what, whole=dialog.whole)
    if out is None:
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"生成走访单 {len(ids):,} 人") as session:
            sheet_id = visit_sheets.make(session, dialog.entered, now=context.clock.now())
        context.signals.changed.emit(Area.GRIDS)
        show_sheet(context, parent, sheet_id, out)


def reprint_sheet(context: Context, parent: QWidget, sheet_id: int) -> None:
    """补打, as it was, with masked phones."""
    from app.ui.people.take_out import MASKED

    show_sheet(context, parent, sheet_id, MASKED, again=True)


def show_sheet(
    context: Context, parent: QWidget, sheet_id: int, out: TakeOut, *, again: bool = False
) -> None:
    """Draw a sheet that is kept, in the background; that it was printed is journaled."""
    from app.services import visit_sheets
    from app.services.papers import Printing

    printing = Printing(context.user.name, context.clock.now(), out.stamp)
    title = f"走访单 第 {sheet_id} 号"
    sentence = out.sentence(f"{'补打' if again else '打印'} {title}", file=False)

    def note() -> None:
        with context.database.transaction(sentence) as session:
            visit_sheets.note_printed(session, sheet_id)

    def show(data: bytes) -> None:
        from app.ui.people.paper_preview import PaperPreview

        PaperPreview(context, title, data, note, parent.window()).exec()

    messages.run_with_progress(
        parent,
        context.background,
        f"正在生成{title}",
        lambda progress: _draw(context, sheet_id, printing, progress, again=again),
        done=show,
    )


def _draw(
    context: Context, sheet_id: int, printing: Printing, progress: Progress, *, again: bool
) -> bytes:
    from app.reports import day_sheet
    from app.services import papers, visit_sheets

    with context.database.reading() as session:
        data = visit_sheets.day_sheet(session, sheet_id, printing, again=again)
        people = [row.resident_id for row in visit_sheets.rows(session, sheet_id)]
    progress.check()
    if printing.stamp is not None:
        with context.database.transaction(f"预览 走访单 第 {sheet_id} 号") as session:
            papers.note_looked(session, people)
    return day_sheet.render(data)


def _masked_or_not(context: Context, parent: QWidget, what: str, *, whole: bool) -> TakeOut | None:
    """Whole phones need a reason and somebody's word; None where that was given up."""
    from app.ui.people.take_out import MASKED
    from app.ui.people.take_out_dialog import TakeOutDialog

    if not whole:
        return MASKED
    dialog = TakeOutDialog(context, what, "走访单上的电话", file=False, parent=parent.window())
    dialog.full.setChecked(True)
    return dialog.out if dialog.exec() else None


def type_back(context: Context, parent: QWidget, sheet_id: int | None = None) -> None:
    """录入走访: the sheet that waits longest for it, or the one that is wanted."""
    from app.ui.grids.visits.type_back import TypeBackDialog

    TypeBackDialog(context, sheet_id, parent.window()).exec()
