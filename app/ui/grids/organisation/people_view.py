"""人员: everybody who serves, as a list, and the card of who is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import members
from app.services.members import MemberView
from app.ui.grids.organisation.member_card import MemberCard
from app.ui.grids.organisation.member_dialog import MemberDialog
from app.ui.kit import theme
from app.ui.kit.labels import row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.values.rights import Right


def _name(member: MemberView) -> Cell:
    words = "・".join(
        word for word, on in (("党员", member.party_member), ("居民", member.resident_id)) if on
    )
    return Cell(member.name, sub=words, bold=True)


COLUMNS = (
    Column("name", "姓名", _name, 150, weight=1),
    Column("posts", "现任职务", lambda member: member.posts, 200, weight=3),
    Column("phone", "电话", lambda member: member.phone_masked, 124),
    Column(
        "workplace",
        "单位",
        lambda member: Cell(member.workplace, tone="text2"),
        110,
        weight=1,
        large_mode=False,
    ),
)


class PeopleView(QWidget):
    """The list is searched by name, pinyin, phone, workplace or post."""

    clear_asked = Signal()
    """Of the words of the search box"""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text = ""
        self._found: dict[int, MemberView] = {}
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="网格人员")
        self.table.paper.filter_words = lambda: f"查找“{self._text}”" if self._text else ""
        self.table.paper.people = self._residents
        self.foot = TableFoot(self.table, unit="人")
        self.card = MemberCard(context)
        self.card.setFixedWidth(520 if theme.current().large else 440)
        self.setLayout(row((TableCard(self.table, self.foot), 1), self.card, spacing=12))
        self.table.current_changed.connect(self.card.show_member)
        self.table.opened.connect(self.edit)
        self.table.escaped.connect(self.clear_asked)

    def refresh(self) -> None:
        """Read the list anew; who is chosen stays chosen."""
        current = self.table.current_id()
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            found = members.members(lookup, on=today, text=self._text)
        self._found = {one.id: one for one in found}
        if not found:
            self.table.set_empty(self._nobody())
        self.model.set_ids(list(self._found))
        if not self.table.select_id(current) and self._found:
            self.table.select_row(0)
        self.card.show_member(self.table.current_id())

    def search(self, text: str) -> None:
        """Only those whom the text means."""
        self._text = text.strip()
        self.refresh()

    def show_member(self, member_id: int) -> None:
        """Choose somebody, whatever was searched for before."""
        self.search("")
        self.table.select_id(member_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_member(self) -> None:
        """Somebody new, who is chosen then."""
        dialog = MemberDialog(self._context, None, self.window())
        if dialog.exec() and dialog.member_id is not None:
            self.refresh()
            self.table.select_id(dialog.member_id)

    def edit(self, member_id: int) -> None:
        """The form of somebody who is on the list."""
        self.card.show_member(member_id)
        self.card.edit()

    def _nobody(self) -> EmptyState:
        if self._text:
            return not_found("没有这样的人员", self.clear_asked.emit)
        may = self._context.may(Right.EDIT_GRIDS)
        actions = (("添加人员", self.add_member),) if may else ()
        advice = "可以从居民中选，也可以直接填写。"
        return EmptyState("account-group-outline", "还没有人员", advice, actions)

    def _residents(self, ids: Sequence[int]) -> list[int]:
        """Those of them who are residents: that they left the program is put on record."""
        found = (self._found[one].resident_id for one in ids)
        return [one for one in found if one is not None]

    def _fetch(self, ids: Sequence[int]) -> list[MemberView]:
        return [self._found[one] for one in ids]
