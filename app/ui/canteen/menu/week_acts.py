"""What is done with one dish of the menu: another set, another place, sold out, taken off."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import menu_writing
from app.services.menus import MenuLine
from app.ui.kit import messages
from app.ui.kit.signals import Area


def take_off(context: Context, line: MenuLine, parent: QWidget) -> None:
    """Off the menu; Ctrl+Z brings it back."""
    _do(context, parent, line, "去掉", lambda s: menu_writing.take_off(s, [line.id]), told=True)


def switch_sold_out(context: Context, line: MenuLine, parent: QWidget) -> None:
    """售完, or there is some again."""
    gone = line.sold_out_at is None
    now = context.clock.now()
    _do(
        context,
        parent,
        line,
        "售完" if gone else "恢复供应",
        lambda s: menu_writing.set_sold_out(s, line.id, sold_out=gone, now=now),
    )


def switch_letter(context: Context, line: MenuLine, letter: str, parent: QWidget) -> None:
    """Into a set meal, or out of it."""
    inside = letter in line.sets
    sets = line.sets.replace(letter, "") if inside else line.sets + letter
    _do(
        context,
        parent,
        line,
        f"{'移出' if inside else '加进'} {letter} 餐",
        lambda s: menu_writing.change(
            s, line.id, sets=sets, planned=line.planned, version=line.version
        ),
    )


def move(context: Context, line: MenuLine, by: int, parent: QWidget) -> None:
    """One place up (-1) or down (1) among its kind."""
    words = "往前排" if by < 0 else "往后排"
    _do(context, parent, line, words, lambda s: menu_writing.move(s, line.id, by))


def move_day(context: Context, line: MenuLine, by: int, parent: QWidget) -> bool:
    """To the day before (-1) or after (1); False where it cannot go there."""
    day = line.on_date + timedelta(days=by)
    words = f"挪到 {day:%m-%d}"
    return _do(context, parent, line, words, lambda s: menu_writing.move_to(s, line.id, day))


def _do(
    context: Context,
    parent: QWidget,
    line: MenuLine,
    what: str,
    act: Callable[[Session], object],
    *,
    told: bool = False,
) -> bool:
    """Whether it was done: what stands against it is said."""
    words = f"{line.on_date:%m-%d} {line.period.label}菜谱 {line.name} {what}"
    done = False
    with messages.domain_errors_shown(parent):
        with context.database.transaction(words) as session:
            act(session)
        context.signals.changed.emit(Area.CANTEEN)
        if told:
            messages.notify(context.signals, f"已{what}：{line.name}")
        done = True
    return done
