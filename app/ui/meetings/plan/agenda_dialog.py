"""议程: what comes up at a meeting, ordered by keys; topics that were taken up come in by one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import AgendaItem, MeetingState
from app.services import agenda, agenda_carry, agenda_topics, meeting_rules, meeting_views
from app.services.agenda import ItemView
from app.services.meeting_views import MeetingRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import Label, column, hide_unless, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.plan.item_dialog import ItemDialog
from app.ui.meetings.plan.words import KIND_TONES, name_of
from app.ui.people.own_grids import with_own
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_NONE = "从已立题的议题里选一个"


def _title(one: ItemView) -> Cell:
    return Cell(one.title, sub=_beside(one), bold=True)


def _beside(one: ItemView) -> str:
    """Where it comes from, or the draft that is voted on."""
    if one.follows:
        return f"接续 {one.follows}"
    topic = f"议题 {one.topic_number}　" if one.topic_number else ""
    return topic + " ".join(one.words.split())


def _chips(one: ItemView) -> Cell:
    kind = Chip(one.kind.label, KIND_TONES.get(one.kind, "grey"))
    late = (Chip("临时", "warn"),) if one.added_there else ()
    return Cell(chips=(kind, *late))


COLUMNS = (
    Column("place", "序号", lambda one: str(one.place), 52, align="right"),
    Column("title", "议程", _title, 300, weight=2),
    Column("kind", "形式", _chips, 130),
)


class AgendaDialog(Dialog):
    """Every change is kept at once, as a step of its own that can be taken back."""

    def __init__(self, context: Context, it: MeetingRow, parent: QWidget | None = None) -> None:
        metrics = theme.current()
        super().__init__(f"议程　{it.title}", parent, width=round(860 / metrics.factor))
        self._context, self._meeting = context, it
        with context.database.lookup() as lookup:
            self._decides = meeting_rules.rule_of(lookup, it).decides
        self.items: dict[int, ItemView] = {}
        self.table = PagedTable(PagedTableModel(COLUMNS, self._fetch), name="议程")
        self.table.paper.title = f"议程 {name_of(it)}"
        self.table.paper.personal = False
        self.table.paper.filter_words = lambda: with_own(context, "")
        self.topic = IdChoice(name="已立题的议题", blank=_NONE)
        self.said = Label(wrap=True, tone="text2")
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the agenda anew; the current item stays."""
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            found = agenda.items(lookup, self._meeting.id)
            topics = agenda_topics.waiting(lookup)
            self._meeting = meeting_views.meeting(lookup, self._meeting.id)
        self.items = {one.id: one for one in found}
        self.table.paged_model.set_ids(list(self.items))
        if found and not self.table.select_id(current):
            self.table.select_row(0)
        self.topic.offer({one.id: one.words for one in topics})
        self.topic.setEnabled(bool(topics))
        self._show_buttons()
        self._tell(len(topics))

    def new_item(self) -> None:
        """An item behind the others."""
        self._form(None)

    def edit_item(self) -> None:
        """What the chosen item is called, and what is voted on."""
        one = self._current()
        if one is not None and self._may:
            self._form(one)

    def add_topic(self) -> None:
        """The chosen topic comes behind the last item; where none is chosen it is asked which."""
        topic_id = self.topic.chosen_id
        if topic_id is None:
            self.topic.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.topic.showPopup()
            return
        words = self.topic.currentText()
        self._do(
            f"议题上会 {name_of(self._meeting)}：{words}",
            lambda session: agenda.add_topics(session, self._meeting.id, [topic_id]),
        )
        self._to_table(last=True)

    def bring_on(self) -> None:
        """接续上次: what has been left open meanwhile, and how far the resolutions are now."""
        self._do(
            f"接续上次未了的事 {name_of(self._meeting)}",
            lambda session: agenda_carry.carry_over(session, self._meeting.id),
        )
        self._to_table()

    def move_item(self, by: int) -> None:
        """The chosen item one place up or down."""
        one = self._current()
        if one is not None and self._may and 1 <= one.place + by <= len(self.items):
            self._do(
                f"议程 {name_of(self._meeting)}：{one.title} 改为第 {one.place + by} 项",
                lambda session: agenda.move(session, one.id, one.place + by),
            )
            self._to_table()

    def take_off(self) -> None:
        """The chosen item leaves the agenda; its topic waits for another meeting."""
        one = self._current()
        if one is not None and self._may:
            self._do(
                f"去掉议程 {name_of(self._meeting)}：{one.title}",
                lambda session: agenda.remove(session, one.id, version=one.version),
            )
            self._to_table()

    # -- inside

    @property
    def _advice(self) -> str:
        return "从已立题的议题里选，或者按 Ctrl+N 自己写一项。" if self._may else ""

    @property
    def _may(self) -> bool:
        return self._context.may(Right.RUN_MEETINGS)

    def _make_buttons(self) -> None:
        self.new_button = Button("加一项", size="small", action="new")
        self.edit_button = Button("修改", size="small", action="edit_in_meetings")
        self.up_button = Button("前移", size="small", action="item_up")
        self.down_button = Button("后移", size="small", action="item_down")
        self.off_button = Button("去掉", size="small", action="item_off")
        self.on_button = Button("加进议程", size="small", action="item_topic")
        self.carry_button = Button("接续上次", size="small", action="item_carry")
        for button in self._buttons:
            offer(self._may, button)
        hide_unless(self._may, self.topic)

    @property
    def _buttons(self) -> tuple[Button, ...]:
        return (
            *(self.new_button, self.edit_button, self.up_button, self.down_button),
            *(self.off_button, self.on_button, self.carry_button),
        )

    def _lay_out(self) -> None:
        metrics = theme.current()
        lines = 6 if metrics.large else 8
        self.table.setFixedHeight(metrics.head + lines * metrics.row)
        self._empty = EmptyState("format-list-numbered", "还没有议程", self._advice)
        self.table.set_empty(self._empty)
        self.body.addLayout(
            column(
                TableCard(self.table, TableFoot(self.table, unit="项")),
                row(*self._buttons[:5], None, self.carry_button),
                row((self.topic, 1), self.on_button),
                self.said,
                None,
            )
        )
        self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        self.table.opened.connect(lambda _: self.edit_item())
        self.table.current_changed.connect(lambda _: self._show_buttons())
        slots: tuple[Callable[[], object], ...] = (
            *(self.new_item, self.edit_item, lambda: self.move_item(-1)),
            *(lambda: self.move_item(1), self.take_off, self.add_topic, self.bring_on),
        )
        for button, slot in zip(self._buttons, slots, strict=True):
            button.clicked.connect(slot)
            button.bind(self)

    def _current(self) -> ItemView | None:
        return self.items.get(self.table.current_id() or 0)

    def _form(self, one: ItemView | None) -> None:
        with messages.domain_errors_shown(self):
            dialog = ItemDialog(
                self._context, self._meeting, one, decides=self._decides, parent=self.window()
            )
            if dialog.exec():
                self.refresh()
                self.table.select_id(dialog.item_id)
            self._to_table()

    def _do(self, title: str, act: Callable[[Session], object]) -> None:
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(title) as session:
                act(session)
            self._context.signals.changed.emit(Area.MEETINGS)
        self.refresh()

    def _to_table(self, *, last: bool = False) -> None:
        if last and self.items:
            self.table.select_row(len(self.items) - 1)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self) -> None:
        one = self._current()
        for button in (self.edit_button, self.off_button):
            button.setEnabled(one is not None)
        self.up_button.setEnabled(one is not None and one.place > 1)
        self.down_button.setEnabled(one is not None and one.place < len(self.items))

    def _tell(self, topics: int) -> None:
        decided = self._meeting.motions
        unseen = self._meeting.items - len(self.items)
        if unseen and not self.items:
            self._empty.set_sentence(f"共 {self._meeting.items} 项，您的网格没有", "")
        else:
            self._empty.set_sentence("还没有议程", self._advice)
        verb = "表决" if self._decides else "意向表决"
        told = f"共 {self._meeting.items} 项，这里只列您网格的。" if unseen else ""
        told += f"其中 {decided} 项{verb}。" if decided else ""
        if self._may and self._meeting.state is MeetingState.CALLED and self._decides:
            told += "已经通知过，新加的只能协商；要表决请重新通知。"
        whose = "" if self._context.sees_all else "您的网格"
        waits = f"{whose}还有 {topics} 个已立题的议题没有上会。"
        told += waits if topics else f"{whose}已立题的议题都上会了。"
        self.said.setText(told)

    def _fetch(self, ids: Sequence[int]) -> list[ItemView]:
        return [self.items[one] for one in ids]

    def _record(self) -> Record | None:
        one = self._current()
        return None if one is None else Record(AgendaItem, one.id, f"议程 {one.title}")
