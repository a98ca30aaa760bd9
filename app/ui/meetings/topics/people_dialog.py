"""联名: who stands behind a topic and whom it concerns, put on the list one after the other."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import TopicPersonKind
from app.services import topic_people
from app.services.topic_people import Behind
from app.services.topic_views import TopicRow
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.topics.words import name_of
from app.ui.people.person_field import PersonField

SUPPORTS, CONCERNED = TopicPersonKind.SUPPORTS, TopicPersonKind.CONCERNED


def _kind(one: Behind) -> Cell:
    if one.proposer:
        return Cell(chips=(Chip("提出", "info"),))
    return Cell(chips=(Chip(one.kind.label, "grey"),))


COLUMNS = (
    Column("name", "姓名", lambda one: Cell(one.name, bold=True), 150, weight=2),
    Column("place", "住处", lambda one: Cell(one.place, tone="text2"), 110, weight=1),
    Column("kind", "关系", _kind, 90),
)


class PeopleDialog(Dialog):
    """Everything is kept at once; Esc closes. They are told the outcome and asked how it is."""

    def __init__(self, context: Context, it: TopicRow, parent: QWidget | None = None) -> None:
        super().__init__(f"联名 {name_of(it)}", parent, width=620)
        self._context, self._it = context, it
        self.people: dict[int, Behind] = {}
        self.kind = Segments(
            [(SUPPORTS, "联名", "也要办这件事的人"), (CONCERNED, "涉及", "事情关系到他的人")]
        )
        self.kind.show_value(SUPPORTS)
        self.person = PersonField(context)
        self.person.setAccessibleName("要加的人")
        self.add_button_ = Button("加上", size="small", cap="Enter")
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="议题的联名", parent=self)
        self.table.paper.title = f"联名名单 {name_of(it)}"
        self.table.paper.people = self._residents
        self.said = small(wrap=True)
        self.off_button = Button("去掉", size="small", cap="Del")
        self._lay_out()
        self._connect()
        self.refresh()
        self.person.setFocus()

    def refresh(self) -> None:
        """Read the list anew."""
        with self._context.database.lookup() as lookup:
            found = topic_people.behind(lookup, self._it.id)
        self.people = dict(enumerate(found, start=1))
        self.model.set_ids(list(self.people))
        if not found:
            advice = "在上面输姓名或拼音，回车就加上；不在名册里的直接写名字。"
            self.table.set_empty(EmptyState("account-multiple-plus-outline", "还没有人", advice))
        else:
            self.table.select_row(len(found) - 1)
        self._show_off()

    def add(self) -> None:
        """Who stands in the field, at once."""
        person = self.person.person
        if person.id is None and not person.name:
            return
        kind = self.kind.value()
        kind = kind if isinstance(kind, TopicPersonKind) else SUPPORTS
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(
                f"{kind.label} {person.name}：议题 {name_of(self._it)}"
            ) as session:
                topic_people.add(
                    session, self._it.id, kind, resident_id=person.id, person=person.name
                )
            self.person.set_value(None)
            self._changed(f"{person.name} 加上了。")
        self.person.setFocus()

    def take_off(self) -> None:
        """Take the current one off; a proposer stays."""
        one = self.people.get(self.table.current_id() or 0)
        if one is None or one.id is None:
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(
                f"去掉{one.kind.label} {one.name}：议题 {name_of(self._it)}"
            ) as session:
                topic_people.remove(session, one.id)
            self._changed(f"{one.name} 去掉了。")

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + (6 if metrics.large else 8) * metrics.row)
        hint = "提出的人、联名的人和事情关系到的人，办完以后都要告诉结果、请他评议。"
        self.body.addWidget(Label(hint, tone="text2", wrap=True))
        self.body.addLayout(row(self.kind, (self.person, 1), self.add_button_, spacing=10))
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="人")))
        self.body.addLayout(row((self.said, 1), self.off_button))
        self.body.addStretch(1)
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        self.person.picked.connect(lambda _: self.add())
        self.person.returnPressed.connect(self.add)
        self.add_button_.clicked.connect(self.add)
        self.off_button.clicked.connect(self.take_off)
        self.table.current_changed.connect(lambda _: self._show_off())
        keys.bind(self.table, "topic_person_off", self.take_off)

    def _show_off(self) -> None:
        one = self.people.get(self.table.current_id() or 0)
        self.off_button.setEnabled(one is not None and one.id is not None)

    def _changed(self, said: str) -> None:
        self.refresh()
        self.said.setText(said)
        self._context.signals.changed.emit(Area.MEETINGS)

    def _fetch(self, ids: Sequence[int]) -> list[Behind]:
        return [self.people[one] for one in ids if one in self.people]

    def _residents(self, ids: Sequence[int]) -> list[int]:
        found = (self.people[one].resident_id for one in ids)
        return [one for one in found if one is not None]
