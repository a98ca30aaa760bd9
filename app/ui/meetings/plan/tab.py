"""The tab 会议."""

from PySide6.QtWidgets import QVBoxLayout

from app.context import Context
from app.ui.kit.states import EmptyState
from app.ui.people.tabbed_page import PageTab


class MeetingsTab(PageTab):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        QVBoxLayout(self).addWidget(EmptyState("forum-outline", "还没有会议。"))
