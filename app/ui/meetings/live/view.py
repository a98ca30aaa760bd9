"""会议进行中: sign-in, agenda, votes and minutes of one meeting on the whole page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.ui.kit.states import EmptyState
from app.ui.people.tabbed_page import PageTab


class LiveMeeting(PageTab):
    """Opened by `page_requested("meetings", RunMeeting(meeting_id))`, in any state of the meeting:
    before it begins (people sign in, then 开会), while it goes on, and for its minutes later."""

    left = Signal()
    """Back to where the page was"""

    def __init__(self, context: Context, meeting_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.meeting_id = meeting_id
        QVBoxLayout(self).addWidget(EmptyState("forum-outline", "会议还没有开始。", parent=self))
