"""The left card: the agenda above, the floor below."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.labels import box, row, rule, small, title
from app.ui.meetings.live.agenda_list import AgendaList
from app.ui.meetings.live.course import Course
from app.ui.meetings.live.speech_part import SpeechPart

WIDTH = 252
_LARGE_WIDTH = 212


class AgendaCard(Card):
    """Assembles: heading with the number of items, list, the two buttons, 发言."""

    next_asked = Signal()
    add_asked = Signal()

    def __init__(self, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0, parent=parent)
        metrics = theme.current()
        self.setFixedWidth(metrics.px(_LARGE_WIDTH if metrics.large else WIDTH))
        self._course = course
        self.count = small()
        self.list = AgendaList(self)
        self.next = Button("下一项", size="small", action="next_item")
        self.add = Button("加议题" if metrics.large else "加临时议题", size="small")
        self.add.setToolTip("会上新提出来的事，可以议，不能作决定")
        heading = row(title("议程"), None, self.count, margins=(15, 9, 15, 9))
        self.body.addWidget(box(heading))
        self.body.addWidget(rule())
        self.body.addWidget(self.list, 1)
        self._buttons = box(row(self.next, self.add, None, margins=(15, 10, 12, 10)))
        self.body.addWidget(self._buttons)
        self.body.addWidget(rule())
        # Made here: Tab goes the way in which the parts come.
        self.speech = SpeechPart(course, self)
        self.body.addWidget(self.speech)
        self.list.looked.connect(course.look_at)
        self.next.clicked.connect(self.next_asked)
        self.add.clicked.connect(self.add_asked)
        offer(course.may, self.next, self.add)

    def refresh(self) -> None:
        """The items as they stand."""
        sight = self._course.sight
        if sight is None:
            return
        listed, every = len(sight.items), sight.meeting.items
        own = "" if self._course.sees_all else f"，您的网格 {listed} 项"
        self.count.setText(f"{every} 项{own}")
        self.list.show_items(sight.items, sight.last_votes, sight.item.id if sight.item else None)
        self._buttons.setVisible(sight.runs and self._course.may)
        self.speech.setVisible(sight.runs)
        self.speech.refresh()
