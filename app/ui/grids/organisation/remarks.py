"""What an appointment did to somebody's rights in the program, said to whoever made it."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.posts import Done
from app.ui.kit import messages


def tell_remarks(parent: QWidget, context: Context, done: Done) -> None:
    """What the step did to somebody's rights; what is still to be done must be read."""
    if any("请书记" in words for words in done.remarks):
        messages.tell(parent, "\n".join(done.remarks), "任职已登记，还有一件事")
    elif done.remarks:
        messages.notify(context.signals, "".join(done.remarks))
