"""Who stands on a list or form: by the filter, picked by hand, or nobody (a blank form)."""

import enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.services.lists import Who
from app.ui.kit import theme
from app.ui.kit.labels import row, small, title
from app.ui.kit.segments import Segments
from app.ui.papers.lists.filter_fields import FilterFields
from app.ui.papers.lists.picked_people import PickedPeople


class Way(enum.Enum):
    """How people come onto the paper."""

    FILTER = "按条件"
    PICKED = "选定的人"
    BLANK = "空白表"


_HINTS = {
    Way.FILTER: "按网格、楼栋、年龄、标签挑人",
    Way.PICKED: "一个一个选人",
    Way.BLANK: "不印姓名，留空格手写",
}


class WhoChoice(QWidget):
    """Announces `changed` whenever others would stand on the paper."""

    changed = Signal()

    def __init__(self, context: Context, *, blank: bool, lines: int) -> None:
        super().__init__()
        self._way = Way.FILTER
        self._words = ""
        ways = [way for way in Way if blank or way is not Way.BLANK]
        self.ways = Segments([(way, way.value, _HINTS[way]) for way in ways])
        self.fields = FilterFields(context)
        self.picked = PickedPeople(context, lines=lines)
        self._blank = small("不印姓名，印出空行手写。", wrap=True)
        self._stack = QStackedWidget()
        self._parts = {Way.FILTER: self.fields, Way.PICKED: self.picked, Way.BLANK: self._blank}
        for way in ways:
            self._stack.addWidget(self._parts[way])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(8))
        layout.addLayout(row(title("哪些人"), None, self.ways, spacing=10))
        layout.addWidget(self._stack)
        self.ways.chosen.connect(self.show_way)
        self.fields.changed.connect(self.changed)
        self.picked.changed.connect(self._picked_by_hand)
        self.show_way(Way.FILTER)

    @property
    def way(self) -> Way:
        return self._way

    def who(self) -> Who | None:
        """The wish as it stands; None for a blank form."""
        if self._way is Way.BLANK:
            return None
        if self._way is Way.PICKED:
            return Who(picked=self.picked.ids, words=self._words)
        return Who(self.fields.filter(), self.fields.chosen_order())

    def pick(self, ids: tuple[int, ...], words: str = "") -> None:
        """These people, asked for from another page; `words` says where they come from."""
        self.show_way(Way.PICKED)
        self.picked.set_ids(ids)
        self._words = words
        self.changed.emit()

    def show_way(self, way: Way) -> None:
        self._way = way
        self.ways.show_value(way)
        # Only the part that is seen asks for room.
        for one, part in self._parts.items():
            policy = QSizePolicy.Policy.Preferred if one is way else QSizePolicy.Policy.Ignored
            part.setSizePolicy(QSizePolicy.Policy.Preferred, policy)
        self._stack.setCurrentWidget(self._parts[way])
        self._stack.adjustSize()
        self.changed.emit()

    def refresh(self) -> None:
        """Residents, grids or tags changed."""
        self.fields.refresh()
        self.picked.reload()

    def _picked_by_hand(self) -> None:
        # Whoever adds to a selection makes it a list of its own.
        self._words = ""
        self.changed.emit()
