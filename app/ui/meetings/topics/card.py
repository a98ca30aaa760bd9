"""One topic: what was said and by whom, its whole way so far, and what can be done with it now."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Topic, TopicState
from app.services import topic_views, topic_way
from app.services.topic_points import ADOPTED
from app.services.topic_views import TopicRow
from app.services.topic_way import Stage, WayStep
from app.services.topics import FRESH
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer, show_if
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import ChipRow
from app.ui.kit.drop_menu import menu_of
from app.ui.kit.labels import Label, box, column, row, rule, small, title
from app.ui.kit.scroll import WholeLines
from app.ui.meetings.topics.words import behind_words, day_words, name_of, state_chip
from app.ui.people.meetings_wish import ShowMeeting, ShowProject, ShowResolution
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_NAMED = 3
"""People of a step who are told by name"""


_OF_WHOLE = ("way", "large_way", "sheet", "large_sheet")


_SEEN: dict[str, tuple[str, Callable[[int], object]]] = {
    "meeting": ("看会议", ShowMeeting),
    "resolution": ("看决议", ShowResolution),
    "project": ("看项目", ShowProject),
}


class TopicCard(Card):
    """`asked` carries what is to be done with the topic that is shown, by the names of
    TopicActions."""

    asked = Signal(str)
    wished = Signal(object)
    """What came of it, to be seen in another tab: ShowMeeting, ShowResolution, ShowProject"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__()
        self.setParent(parent)
        self._context = context
        self.topic: TopicRow | None = None
        self.title = Label("", "title", bold=True, wrap=True)
        self.hint = small("在左边选一件，这里看它从哪里来、走到了哪一步。", wrap=True)
        self.chips = ChipRow()
        self.facts, self.way = Facts(label=62), Facts(label=62)
        self._way_title, self._rule = title("来龙去脉"), rule()
        self._make_buttons()
        self._lay_out()
        self.show_topic(None)

    def show_topic(self, topic_id: int | None) -> None:
        """What is known of it; nothing where none is chosen."""
        self.topic = it = self._read(topic_id)
        today = self._context.clock.today()
        self.title.setText(it.title if it else "还没有选中议题")
        self.hint.setVisible(it is None)
        self.chips.set_chips([state_chip(it)] if it else ())
        self.facts.set_pairs(_facts(it, today) if it else ())
        steps = self._steps if it else ()
        for one in (self._rule, self._way_title):
            one.setVisible(bool(steps))
        self.way.set_pairs(list(_lines(steps, today)))
        self._show_buttons()

    def open_more(self) -> None:
        """更多: what is not done every day."""
        it = self.topic
        if it is None:
            return
        menu = menu_of(self.more)
        for words, name in self._rare(it):
            menu.addAction(words, lambda name=name: self.asked.emit(name))
        for words, wish in _came_of_it(self._steps):
            menu.addAction(words, lambda wish=wish: self.wished.emit(wish))
        corner = QPoint(0, -menu.sizeHint().height() - 2)
        menu.popup(self.more.mapToGlobal(corner))

    # -- inside

    def _read(self, topic_id: int | None) -> TopicRow | None:
        self._steps: tuple[WayStep, ...] = ()
        if topic_id is None:
            return None
        with self._context.database.lookup() as lookup:
            found = topic_views.rows(lookup, [topic_id])
            if found:
                self._steps = topic_way.way_of(lookup, topic_id).steps
        return found[0] if found else None

    def _make_buttons(self) -> None:
        self.screening = Button("审定", action="screen_topic")
        self.edit = Button("修改", action="edit_topic")
        self.people = Button("联名", action="topic_people")
        self.merge = Button("并入", action="merge_topic")
        self.more = Button("更多", trail="chevron-down", size="small")
        self.history = history_button(self._context, self, self._record)
        may = self._context.may
        offer(may(Right.SCREEN_TOPICS), self.screening)
        offer(may(Right.RAISE_TOPICS), self.edit)
        offer(may(Right.RAISE_TOPICS) or may(Right.SCREEN_TOPICS), self.people, self.merge)
        named = {
            "screen": self.screening,
            "edit": self.edit,
            "people": self.people,
            "merge": self.merge,
        }
        for name, button in named.items():
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
        self.more.clicked.connect(self.open_more)
        self._buttons = (*named.values(), self.more, self.history)

    def _lay_out(self) -> None:
        inside = box(column(self.facts, self._rule, self._way_title, self.way, None, spacing=6))
        scroll = WholeLines(inside, lambda: [*self.facts.ends(), *self.way.ends()])
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setAccessibleName("议题的情况和来龙去脉")
        self.body.addLayout(row((self.title, 1), self.history))
        self.body.addWidget(self.hint)
        self.body.addWidget(self.chips)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(row(self.screening, self.people, None))
        self.body.addLayout(row(self.edit, self.merge, None, self.more))
        for button in (self.screening, self.edit, self.people, self.merge):
            button.bind(self)

    def _show_buttons(self) -> None:
        it = self.topic
        for button in self._buttons:
            button.setVisible(it is not None)
        if it is None:
            return
        fresh = it.state in FRESH
        show_if(fresh or it.state is TopicState.TURNED_DOWN, self.screening)
        self.screening.setText("审定" if it.screened_on is None else "重新审定")
        self.screening.kind = "primary" if it.state is TopicState.RAISED else "normal"
        show_if(it.state is not TopicState.MERGED, self.edit)
        self.people.setText(f"联名 {it.signed}" if it.signed else "联名")
        show_if(fresh, self.merge)
        self.more.setVisible(bool(self._rare(it)) or bool(_came_of_it(self._steps)))

    def _rare(self, it: TopicRow) -> list[tuple[str, str]]:
        may = self._context.may
        papers = [("打印来龙去脉（A4 张贴）", "way"), ("打印来龙去脉（A3 张贴）", "large_way")]
        found = papers if may(Right.PRINT) else []
        if it.merged_into_id is not None and may(Right.RAISE_TOPICS):
            found.append(("分出来，单独办", "separate"))
        if it.resident_id is not None and it.state in ADOPTED and may(Right.RECORD_POINTS):
            found.append(("给提出人记积分", "reward"))
        if it.phone and may(Right.SEE_NUMBERS):
            found.append(("看提出人的电话", "phone"))
        for key, words, name in (
            (it.diary_entry_id, "看当时的日记", "diary"),
            (it.request_id, "看当时的诉求", "request"),
        ):
            if key is not None and may(Right.VIEW_GRIDS):
                found.append((words, name))
        if it.notice_id is not None:
            found.append(("看公布的清单", "notice"))
        if it.state in (*FRESH, TopicState.TURNED_DOWN) and may(Right.RAISE_TOPICS):
            found.append(("删除…", "remove"))
        # On the board the sheet of one grid would lack what others did and said.
        whole = self._context.sees_all
        return [one for one in found if whole or one[1] not in _OF_WHOLE]

    def _record(self) -> Record | None:
        it = self.topic
        return None if it is None else Record(Topic, it.id, f"议题 {name_of(it)}")


def _facts(it: TopicRow, today: date) -> list[tuple[str, str]]:
    households = f"{it.households} 户" if it.households else ""
    told = (
        ("编号", f"{it.number} 号　{it.category}"),
        ("提出人", f"{behind_words(it)}（{it.origin.label}）"),
        ("提出", f"{day_words(it.came_on, today)}　登记 {it.registered_by}"),
        ("地点", "　".join(part for part in (it.place, it.grid) if part)),
        ("涉及", "　".join(part for part in (it.concerns, households) if part)),
        ("并入的", f"{it.merged} 件相同的事" if it.merged else ""),
    )
    # 大字 has room for what the steps below do not tell.
    shown = told[1:2] + told[3:] if theme.current().large else told
    return [(name, words) for name, words in shown if words]


def _came_of_it(steps: Sequence[WayStep]) -> list[tuple[str, object]]:
    """The meetings, resolutions and projects of it, each once."""
    found: dict[tuple[str, int], tuple[str, object]] = {}
    for step in steps:
        if step.record is not None and step.record[0] in _SEEN:
            words, wish = _SEEN[step.record[0]]
            named = step.stage is not Stage.CALLED and step.record not in found
            if named or step.stage is Stage.HELD:
                found[step.record] = f"{words} {step.title}", wish(step.record[1])
            found.setdefault(step.record, (words, wish(step.record[1])))
    return list(found.values())


def _lines(steps: Sequence[WayStep], today: date) -> Iterator[tuple[str, str]]:
    """Of each step its day and what happened, then what stands below it, each a line of its own."""
    for step in steps:
        names = f"：{'、'.join(step.people[:_NAMED])}" if step.people else ""
        told = len(step.people[:_NAMED])
        more = f" 等 {step.number} 人" if told and step.number > told else ""
        yield day_words(step.on, today) if step.on else "", f"{step.title}{names}{more}"
        yield from (("", part) for part in (step.words, step.detail) if part)
