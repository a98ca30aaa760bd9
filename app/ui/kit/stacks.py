"""Parts of a page of which one is seen at a time."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget


def show_part(stack: QStackedWidget, part: QWidget, land: Callable[[], object]) -> None:
    """Show a part; whoever worked in the one before works on in this one, where `land` leads.

    Qt would put the focus on the first thing of the part, which is mostly a filter.
    """
    worked = stack.isAncestorOf(stack.window().focusWidget())
    stack.setCurrentWidget(part)
    if worked:
        land()
