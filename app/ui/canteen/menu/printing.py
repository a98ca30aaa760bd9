"""The papers of the menu and the week as a file; nobody is named on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import menu_papers, table_log
from app.services.canteens import CanteenView
from app.services.papers import Printing
from app.ui.kit.background import Progress
from app.ui.people.paper_job import Made, show_paper
from app.ui.people.take_out import MASKED, take_out_file


def print_poster(
    context: Context, parent: QWidget, canteen: CanteenView, monday: date, *, large: bool
) -> None:
    """一周菜谱 for the wall, A4 or A3."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import week_menu as paper

        data = menu_papers.week(session, canteen.id, monday, printing, large=large)
        return lambda: (paper.render(data), ())

    size = "A3" if large else "A4"
    show_paper(context, parent, f"{canteen.name}一周菜谱 {monday:%m-%d} {size}", make)


def print_door(
    context: Context, parent: QWidget, canteen: CanteenView, monday: date, *, per_page: int
) -> None:
    """大字菜谱 for the door."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import door_menu as paper

        data = menu_papers.door(session, canteen.id, monday, printing, per_page=per_page)
        return lambda: (paper.render(data), ())

    show_paper(context, parent, f"{canteen.name}大字菜谱 {monday:%m-%d}", make)


def print_prices(context: Context, parent: QWidget, canteen: CanteenView) -> None:
    """价目表 of set meals and dishes."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import price_list as paper

        data = menu_papers.prices(session, canteen.id, printing)
        return lambda: (paper.render(data), ())

    show_paper(context, parent, f"{canteen.name}价目表", make)


def export_week(context: Context, parent: QWidget, canteen: CanteenView, monday: date) -> None:
    """Every line of the week's menus as .xlsx."""
    name = f"{canteen.name}一周菜谱 {monday:%m-%d}"

    def make(progress: Progress) -> bytes:
        from app.ui.kit.spreadsheet import BookSheet, make_book

        with context.database.reading() as session:
            rows = menu_papers.week_rows(session, canteen.id, monday)
        progress.check()
        return make_book([BookSheet("菜谱", (name,), menu_papers.HEADINGS, rows)])

    take_out_file(
        context,
        parent,
        MASKED,
        name=name,
        what=f"导出{name}",
        make=make,
        note=lambda session: table_log.note_exported(session, (), by=context.user.name),
    )
