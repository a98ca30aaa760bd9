"""The owners of an estate: the table with its sums, and what is done with one of them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Owner
from app.services import owner_views, owners
from app.services.body_views import BodyView
from app.services.owners import OwnerView
from app.ui.kit import messages
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row, rule
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.totals_line import TotalsLine
from app.ui.meetings.bodies.columns import OWNER_COLUMNS, resident_of
from app.ui.meetings.bodies.owner_dialog import OwnerDialog
from app.ui.people.own_grids import with_own
from app.ui.recent.history import Record, history_button
from app.values.areas import plain_metres
from app.values.rights import Right


class OwnersPane(QWidget):
    """`clear_asked`: the words that narrow the list are to go."""

    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._body: BodyView | None = None
        self.text = ""
        self.model = PagedTableModel(OWNER_COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="业主清册")
        paper = self.table.paper
        paper.people, paper.totals = self._residents, self._sums
        paper.filter_words = lambda: with_own(context, self._words())
        self.totals = TotalsLine(self.table)
        self.add_button = Button("加业主", kind="primary", size="small", action="appoint_member")
        self.edit_button = Button("修改", size="small", action="edit_in_meetings")
        self.import_button = Button("导入清册", size="small", action="import")
        self.history = history_button(context, self, self._record)
        self.history.setText("业主经过")
        self.remove_button = Button("删除", kind="danger", size="small")
        self._acting = (
            (self.add_button, self.add),
            (self.edit_button, self.edit),
            (self.import_button, self.take_over),
            (self.remove_button, self.remove),
        )
        offer(context.may(Right.RUN_MEETINGS), *(button for button, _ in self._acting))
        self._lay_out()
        self._connect()

    @property
    def current(self) -> OwnerView | None:
        """The owner with the cursor."""
        key = self.table.current_id()
        return None if key is None else next(iter(self._fetch([key])), None)

    def show_body(self, body: BodyView | None) -> None:
        """The owners of another estate, or anew of the same."""
        self._body, current = body, self.table.current_id()
        ids: list[int] = []
        if body is not None:
            with self._context.database.lookup() as lookup:
                ids = owner_views.owner_ids(lookup, body.id, self.text)
        if not ids:
            self.table.set_empty(self._nothing())
        self.model.set_ids(ids)
        if ids and not (current is not None and self.table.select_id(current)):
            self.table.select_row(0)
        units, area = self._counted(ids)
        self.totals.show_sums(f"合计 {len(ids):,} 人 {units:,} 套", {"area": plain_metres(area)})
        self.totals.setVisible(bool(ids))
        self._show_buttons()

    def search(self, text: str) -> None:
        """Names by characters or pinyin, 3-2-501, telephones."""
        self.text = text
        self.show_body(self._body)

    def add(self) -> None:
        """A new owner, who is then the current one."""
        if self._body is None or not self.add_button.isEnabled():
            return
        dialog = OwnerDialog(self._context, self._body, None, self.window())
        if dialog.exec() and dialog.owner_id is not None:
            self.show_body(self._body)
            self.table.select_id(dialog.owner_id)

    def edit(self) -> None:
        """The form of the current one."""
        if self._body is not None and self.current is not None and self.edit_button.isEnabled():
            with messages.domain_errors_shown(self):
                OwnerDialog(self._context, self._body, self.current.id, self.window()).exec()

    def take_over(self) -> None:
        """A list from a file or from WPS."""
        if self._body is not None and self.import_button.isEnabled():
            from app.ui.meetings.bodies.import_dialog import OwnerImportDialog

            OwnerImportDialog(self._context, self._body, self.window()).exec()

    def remove(self) -> None:
        """Into the recycle bin, after asking."""
        one = self.current
        if one is None:
            return
        words = f"{one.name}（{one.rooms}）会移到回收站，30 天内可以放回。房子卖了，请改成新业主。"
        if not messages.confirm(self, "删除业主", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"删除业主 {one.name}") as session:
                owners.remove(session, [one.id], now=self._context.clock.now())
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已删除：{one.name}")

    # -- inside

    def _nothing(self) -> EmptyState:
        if self.text.strip():
            return not_found("没有这样的业主", self.clear_asked.emit)
        if not self._context.sees_all:
            return EmptyState("home-city-outline", "您的网格里没有业主")
        may = self._context.may(Right.RUN_MEETINGS)
        actions = (("导入清册…", self.take_over),) if may else ()
        detail = "从物业或不动产的清册导入：业主、房号、面积三列就够。"
        return EmptyState("home-city-outline", "还没有业主", detail, actions)

    def _lay_out(self) -> None:
        buttons = row(
            self.add_button,
            self.edit_button,
            self.import_button,
            None,
            self.history,
            self.remove_button,
            margins=(15, 2, 15, 8),
        )
        foot = TableFoot(self.table, unit="人")
        self.setLayout(column((self.table, 1), self.totals, rule(), foot, buttons, spacing=0))

    def _connect(self) -> None:
        for button, act in self._acting:
            button.clicked.connect(act)
        for button in (self.add_button, self.edit_button, self.import_button):
            button.bind(self)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(self._show_buttons)

    def _open(self, _key: object) -> None:
        self.edit()

    def _show_buttons(self, _key: object = None) -> None:
        there = self.table.current_id() is not None
        for button in (self.edit_button, self.remove_button):
            button.setVisible(there)
            button.setEnabled(there)
        self.history.setVisible(there)

    def _record(self) -> Record | None:
        one = self.current
        return None if one is None else Record(Owner, one.id, f"业主 {one.name}")

    def _words(self) -> str:
        title = self._body.title if self._body else ""
        return f"{title}，查找“{self.text.strip()}”" if self.text.strip() else title

    def _sums(self, ids: Sequence[int]) -> dict[str, str]:
        """Below the list on paper and in a file."""
        return {"area": plain_metres(self._counted(ids)[1])} if ids else {}

    def _counted(self, ids: Sequence[int]) -> tuple[int, int]:
        """Dwellings and 0.01 m² of these; of a whole list without reading its owners."""
        with self._context.database.lookup() as lookup:
            if self._body is not None and not self.text.strip() and len(ids) > 1:
                whole = owners.totals(lookup, self._body.id)
                if whole.owners == len(ids):
                    return whole.units, whole.area
            found = owner_views.some(lookup, ids)
        return sum(len(one.units) for one in found), sum(one.area for one in found)

    def _residents(self, ids: Sequence[int]) -> list[int]:
        return [key for one in self._fetch(ids) for key in resident_of(one)]

    def _fetch(self, ids: Sequence[int]) -> list[OwnerView]:
        with self._context.database.lookup() as lookup:
            return owner_views.some(lookup, ids)
