"""送餐单: drawn in the background, shown before it is printed, on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.delivery_board import Board
from app.ui.kit import messages
from app.ui.kit.background import Progress

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.ui.people.take_out import TakeOut


def print_sheets(context: Context, parent: QWidget, board: Board) -> None:
    """Ask which walks and whether whole phones, then show the sheets."""
    from app.ui.canteen.delivery.sheet_dialog import SheetDialog
    from app.ui.people.take_out import MASKED
    from app.ui.people.take_out_dialog import TakeOutDialog

    dialog = SheetDialog(context, board, parent.window())
    if not dialog.exec():
        return
    out: TakeOut = MASKED
    if dialog.whole:
        asked = TakeOutDialog(
            context, "打印送餐单", "送餐单上的电话", file=False, parent=parent.window()
        )
        asked.full.setChecked(True)
        if not asked.exec():
            return
        out = asked.out
    show_sheets(context, parent, board, dialog.routes, out)


def show_sheets(
    context: Context, parent: QWidget, board: Board, routes: tuple[int, ...], out: TakeOut
) -> None:
    """The sheets of these walks in the preview; no routes are all."""
    from app.reports import delivery_sheet
    from app.services import delivery_papers, papers
    from app.services.papers import Printing

    printing = Printing(context.user.name, context.clock.now(), out.stamp)
    title = f"送餐单 {board.on_date:%m-%d} {board.period.label}"
    people = [
        stop.resident_id
        for walk in board.walks
        if not routes or walk.route_id in routes
        for stop in walk.stops
    ]

    def draw(progress: Progress) -> bytes:
        with context.database.reading() as session:
            data = delivery_papers.sheets(session, board, printing, route_ids=routes)
        progress.check()
        if printing.stamp is not None:
            with context.database.transaction(f"预览 {title}") as session:
                papers.note_looked(session, people)
        return delivery_sheet.render(data)

    sentence = out.sentence(f"打印 {title} {len(people)} 户", file=False)
    _show(
        context, parent, title, sentence, draw, lambda session: papers.note_printed(session, people)
    )


def _show(
    context: Context,
    parent: QWidget,
    title: str,
    sentence: str,
    draw: Callable[[Progress], bytes],
    note: Callable[[Session], object],
) -> None:
    def taken() -> None:
        with context.database.transaction(sentence) as session:
            note(session)

    def show(data: bytes) -> None:
        from app.ui.people.paper_preview import PaperPreview

        PaperPreview(context, title, data, taken, parent.window()).exec()

    messages.run_with_progress(parent, context.background, f"正在生成{title}", draw, done=show)
