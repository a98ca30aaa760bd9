"""Papers of the counter: the sign-in sheet of a meal, the register of a day or a month."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import meal_registers, meal_sheets, periods
from app.services.meal_person import Sitting
from app.services.papers import Printing
from app.services.periods import Period
from app.ui.kit import messages
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.people.paper_job import Made, show_paper
from app.ui.people.period_chip import PeriodDialog

_BLANK_SHEET = 20


def offer_papers(
    context: Context,
    parent: QWidget,
    button: QWidget,
    sitting: Sitting,
    table: Callable[[], object],
) -> None:
    """The menu of the button 打印; `table` prints what is listed."""
    today = context.clock.today()
    menu = menu_of(button)
    named, empty = f"{sitting.period.label}签到表", f"空白{sitting.period.label}签到表"
    menu.addAction(f"{named}（带姓名）…", lambda: print_sheet(context, parent, sitting))
    menu.addAction(f"{empty}…", lambda: print_sheet(context, parent, sitting, blank=True))
    menu.addSeparator()
    for words, period in (
        ("今天的就餐登记表…", Period(today, today)),
        ("本月的就餐登记表…", periods.month(today)),
        ("上月的就餐登记表…", periods.month_before(today)),
    ):
        menu.addAction(
            words, lambda days=period: print_register(context, parent, sitting.canteen_id, days)
        )
    menu.addAction(
        "自选日期的就餐登记表…", lambda: _print_days(context, parent, sitting.canteen_id)
    )
    menu.addSeparator()
    menu.addAction("打印本表…", table)
    drop(menu, button)


def print_sheet(
    context: Context, parent: QWidget, sitting: Sitting, *, blank: bool = False
) -> None:
    """就餐签到表: kept with its number, so that it can be typed back in its order."""
    with messages.domain_errors_shown(parent):
        words = f"就餐签到表 {sitting.on_date:%m-%d} {sitting.period.label}"
        with context.database.transaction(f"打印 {words}") as session:
            people = [] if blank else meal_sheets.expected(session, sitting)
            sheet = meal_sheets.make(session, sitting, people, now=context.clock.now())
        reprint(context, parent, sheet, words, empty=not people)


def reprint(
    context: Context, parent: QWidget, sheet_id: int, words: str, *, empty: bool = False
) -> None:
    """A sheet that is kept, with the names of today."""
    rows = _BLANK_SHEET if empty else meal_sheets.BLANK_ROWS

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import meal_sign_in

        data = meal_sheets.paper(session, sheet_id, printing, blank=rows)
        return lambda: (
            meal_sign_in.render(data),
            lambda noting: meal_sheets.note_printed(noting, sheet_id),
        )

    show_paper(context, parent, words, make)


def print_register(context: Context, parent: QWidget, canteen_id: int, period: Period) -> None:
    """就餐登记表 of these days."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import meal_register

        data, people = meal_registers.register(session, canteen_id, period, printing)
        return lambda: (meal_register.render(data), people)

    show_paper(context, parent, f"就餐登记表 {period.words}", make)


def _print_days(context: Context, parent: QWidget, canteen_id: int) -> None:
    """From a day to a day; what is left open ends today."""
    today = context.clock.today()
    dialog = PeriodDialog(today, (today, today), parent.window())
    if dialog.exec():
        since, until = dialog.days
        last = until or today
        print_register(context, parent, canteen_id, Period(since or last, last))
