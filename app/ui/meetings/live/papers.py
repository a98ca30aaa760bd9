"""打印: the record, the summary; the sign-in sheet before the meeting."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.reports import meeting_sheet, meeting_summary
from app.reports import minutes as minutes_report
from app.services import meeting_papers, minutes_papers
from app.services.papers import Printing
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.meetings.live.course import Course
from app.ui.people.paper_job import Made, show_paper

Gather = Callable[[Session, int, Printing], Any]
Draw = Callable[[Any], bytes]
Note = Callable[[Session, int], object]


class Papers:
    """Of one page; what is typed of the minutes is on them once it was written."""

    def __init__(self, course: Course, button: QWidget, window: QWidget) -> None:
        self._course, self._button, self._window = course, button, window

    def choose(self) -> None:
        """F9: what there is to print now."""
        menu = menu_of(self._button)
        sight = self._course.sight
        if sight is None:
            return
        menu.addAction("签到表", self.show_sheet)
        if not sight.coming:
            menu.addAction("会议记录", self.show_record)
            menu.addAction("会议纪要", self.show_summary)
        drop(menu, self._button)

    def show_sheet(self) -> None:
        self._show(
            "签到表", meeting_papers.sheet, meeting_sheet.render, meeting_papers.note_printed
        )

    def show_record(self) -> None:
        self._show(
            "会议记录", minutes_papers.record, minutes_report.render, minutes_papers.note_printed
        )

    def show_summary(self) -> None:
        self._show(
            "会议纪要", minutes_papers.summary, meeting_summary.render, minutes_papers.note_printed
        )

    def _show(self, title: str, gather: Gather, draw: Draw, note: Note) -> None:
        key = self._course.meeting_id

        def make(session: Session, printing: Printing) -> Callable[[], Made]:
            data = gather(session, key, printing)
            return lambda: (draw(data), lambda written: note(written, key))

        show_paper(self._course.context, self._window, title, make)
