"""单位: who works with the community at the left, the chosen one at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import UnitKind
from app.services import joint
from app.services.joint import RED_PROPERTY, UnitView
from app.ui.kit import messages
from app.ui.kit.chips import FilterChip, SwitchChip
from app.ui.kit.labels import box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.joint.columns import UNIT_LEAVES, unit_columns
from app.ui.meetings.joint.unit_card import UnitCard
from app.ui.meetings.joint.unit_dialogs import UnitDialog, UnitLeaveDialog
from app.values.rights import Right

_MOST = 6


class UnitsView(QWidget):
    """`clear_asked`: the words that narrow the list are to go."""

    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.text = ""
        self._units: dict[int, UnitView] = {}
        self.model = PagedTableModel(unit_columns(context.clock.today()), self._fetch, parent=self)
        self.table = PagedTable(self.model, name="共建单位")
        paper = self.table.paper
        paper.personal, paper.columns = False, UNIT_LEAVES
        paper.filter_words = lambda: self.words
        self.kind, self.red = FilterChip("种类"), SwitchChip("红色物业")
        self.former = SwitchChip("含已退出")
        self.kind.set_choices([(one, one.label) for one in UnitKind])
        self.chips = (self.kind, self.red, self.former)
        self.card = UnitCard(context)
        foot = TableFoot(self.table, unit="个")
        bar = box(row(*self.chips, None))
        left = column(bar, (TableCard(self.table, foot), 1), spacing=8)
        self.setLayout(row((box(left), 1), self.card, spacing=12))
        for chip in self.chips:
            chip.changed.connect(self._chosen)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._open)
        self.card.asked.connect(self.do)

    @property
    def words(self) -> str:
        """What narrows the list, in words."""
        words = [chip.text() for chip in self.chips if chip.value is not None]
        return "，".join([*words, *([f"含“{self.text}”"] if self.text else [])])

    @property
    def current(self) -> UnitView | None:
        return self._units.get(self.table.current_id() or 0)

    def refresh(self) -> None:
        """Read anew; the unit that is chosen stays chosen."""
        chosen, kind = self.table.current_id(), self.kind.value
        kinds = (kind,) if isinstance(kind, UnitKind) else RED_PROPERTY if self.red.on else ()
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            found = joint.units(lookup, today, kinds=kinds, ended=self.former.on, text=self.text)
        self._units = {one.id: one for one in found}
        if not found:
            self.table.set_empty(self._nothing())
        self.model.set_ids(list(self._units))
        if found and not (chosen is not None and self.table.select_id(chosen)):
            self.table.select_row(0)

    def search(self, text: str) -> None:
        self.text = text.strip()
        self.refresh()

    def clear_filters(self) -> None:
        self.text = ""
        for chip in self.chips:
            chip.set_value(None)
        self.refresh()

    def select(self, unit_id: int) -> bool:
        """Make it current, one that left too."""
        if not self.table.select_id(unit_id):
            self.clear_filters()
        if not self.table.select_id(unit_id):
            self.former.show_on(True)
            self.refresh()
        return self.table.select_id(unit_id)

    def add(self) -> None:
        """A new unit, which is then the current one."""
        if not self._context.may(Right.KEEP_JOINT):
            return
        dialog = UnitDialog(self._context, None, self.window())
        if dialog.exec() and dialog.unit_id is not None:
            self.refresh()
            self.select(dialog.unit_id)

    def do(self, what: str) -> None:
        """edit, leave or remove the current one."""
        one = self.current
        if one is not None and self._context.may(Right.KEEP_JOINT):
            with messages.domain_errors_shown(self):
                getattr(self, f"_{what}")(one)

    # -- inside

    def _edit(self, one: UnitView) -> None:
        UnitDialog(self._context, one.id, self.window()).exec()

    def _leave(self, one: UnitView) -> None:
        if one.until is None:
            UnitLeaveDialog(self._context, one, self.window()).exec()
            return
        sentence = f"{one.name}恢复参加"
        with self._context.database.transaction(sentence) as session:
            joint.come_back(session, one.id, version=one.version)
        self._context.signals.changed.emit(Area.MEETINGS)
        messages.notify(self._context.signals, f"{sentence}；它的委员请重新任职")

    def _remove(self, one: UnitView) -> None:
        words = f"“{one.name}”会移到回收站，30 天内可以放回。"
        if not messages.confirm(self, "删除单位", words, "删除", destructive=True):
            return
        with self._context.database.transaction(f"删除单位 {one.name}") as session:
            joint.remove(session, one.id, now=self._context.clock.now())
        self._context.signals.changed.emit(Area.MEETINGS)
        messages.notify(self._context.signals, f"已删除：{one.name}")

    def _nothing(self) -> EmptyState:
        if self.words:
            return not_found("没有这样的单位", self.clear_asked.emit)
        may = self._context.may(Right.KEEP_JOINT)
        offered = (("登记单位…", self.add),) if may else ()
        advice = "驻区单位、红色合伙人、物业、业主委员会、结对支部，一个一个登记。"
        return EmptyState("handshake-outline", "还没有共建单位", advice, offered)

    def _chosen(self, _value: object = None) -> None:
        self.refresh()

    def _show_current(self, _key: object = None) -> None:
        self.card.show_unit(self.current)

    def _open(self, _key: object) -> None:
        self.do("edit")

    def _fetch(self, ids: Sequence[int]) -> list[UnitView]:
        return [self._units[one] for one in ids if one in self._units]
