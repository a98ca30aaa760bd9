"""Choosing volunteers: for who leads a team, and who joins it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.context import Context
from app.services import volunteer_views
from app.services.volunteer_views import VolunteerFilter, VolunteerRow
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import Label, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel

_LINES = 8


def _person(line: VolunteerRow) -> Cell:
    age = "" if line.age is None else f"{line.age} 岁"
    return Cell(line.name, sub="・".join(part for part in (line.sex, age) if part), bold=True)


COLUMNS = (
    Column("number", "编号", lambda line: line.number_words, 70),
    Column("name", "姓名", _person, 160, weight=2),
    Column("teams", "队伍", lambda line: "、".join(line.teams), 120, weight=1),
)


class VolunteerPicker(Dialog):
    """One (Enter takes it) or several (空格 ticks, Ctrl+Enter takes); `chosen` has the ids."""

    def __init__(
        self,
        context: Context,
        title: str,
        parent: QWidget | None = None,
        *,
        without: Sequence[int] = (),
        several: bool = False,
    ) -> None:
        super().__init__(title, parent, width=600)
        self.chosen: tuple[int, ...] = ()
        self._context = context
        self._without = frozenset(without)
        self._several = several
        self.search = SearchBox("编号、姓名、拼音", name="找志愿者", action="")
        self.model = PagedTableModel(COLUMNS, self._rows, tickable=several, parent=self)
        self.table = PagedTable(self.model, name="找到的志愿者")
        self.table.paper.offered = False
        self.table.paper.people = self._residents
        self.table.setFixedHeight(theme.current().head + _LINES * theme.current().row)
        self.body.addWidget(self.search)
        self.body.addWidget(self.table)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        words, cap = ("选勾上的人", CONFIRM_CAP) if several else ("选这个人", "Enter")
        self.take_button = self.add_button(Button(words, kind="primary", cap=cap))
        self.take_button.clicked.connect(lambda: self.take())
        self.search.searched.connect(self.look_for)
        self.search.left_down.connect(self.table.setFocus)
        self.search.submitted.connect(lambda _: self._submit())
        self.table.opened.connect(lambda _: self._submit())
        self.look_for("")
        self.search.setFocus()

    def look_for(self, text: str) -> None:
        """Everybody who serves now and is meant; who was ticked before stays in the list."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            found = volunteer_views.list_ids(lookup, VolunteerFilter(text=text), today=today)
        ticked = [one for one in self.model.ids if one in self.model.ticked]
        others = [one for one in found if one not in self._without and one not in ticked]
        self.model.set_ids([*ticked, *others])
        self.table.set_empty(
            EmptyState("account-search-outline", "没有这样的志愿者", "先登记，再回来选。")
        )
        if others:
            self.table.select_id(others[0])

    def take(self) -> None:
        """Who is ticked, or else who stands under the cursor."""
        current = self.table.current_id()
        ticked = self.model.ticked_in_order()
        self.chosen = tuple(ticked) or (() if current is None else (current,))
        if self.chosen:
            self.accept()

    def _submit(self) -> None:
        """Enter takes the one, or ticks one of several and lets the next be typed."""
        current = self.table.current_id()
        if not self._several or current is None:
            self.take()
            return
        number = self.model.ids.index(current)
        self.model.tick([number], on=not self.model.is_ticked(number))
        self.search.setFocus()
        self.search.selectAll()

    def _residents(self, ids: Sequence[int]) -> list[int]:
        with self._context.database.lookup() as lookup:
            return volunteer_views.residents_of(lookup, ids)

    def _rows(self, ids: Sequence[int]) -> list[VolunteerRow]:
        with self._context.database.lookup() as lookup:
            return volunteer_views.rows(lookup, ids, today=self._context.clock.today())


class VolunteerLink(QWidget):
    """Which volunteer a form names: a button that searches, or the name and the way back."""

    changed = Signal()

    def __init__(self, context: Context, volunteer_id: int | None, *, title: str) -> None:
        super().__init__()
        self._context, self._title = context, title
        self._value: int | None = None
        self._name = Label()
        self.choose_button = Button("选…", size="small", icon="account-search-outline", cap="空格")
        self.choose_button.clicked.connect(self.choose)
        self.clear_button = Button("不填", kind="link", size="small")
        self.clear_button.clicked.connect(lambda: self.set_value(None))
        self.setLayout(row(self._name, self.choose_button, self.clear_button, None))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.current().control)
        self.setFocusProxy(self.choose_button)
        self.set_value(volunteer_id)

    def value(self) -> int | None:
        return self._value

    def set_value(self, volunteer_id: int | None) -> None:
        found = None
        if volunteer_id is not None:
            with self._context.database.lookup() as lookup:
                today = self._context.clock.today()
                found = volunteer_views.row(lookup, volunteer_id, today=today)
        self._value = volunteer_id
        gone = "（看不到的志愿者）" if volunteer_id is not None else ""
        self._name.setText(found.title if found else gone)
        self._name.setVisible(volunteer_id is not None)
        self.choose_button.setText("换一个…" if found else "选…")
        self.clear_button.setVisible(volunteer_id is not None)
        self.changed.emit()

    def choose(self) -> None:
        """Search among those who serve."""
        dialog = VolunteerPicker(self._context, self._title, self.window())
        if dialog.exec() and dialog.chosen:
            self.set_value(dialog.chosen[0])
