"""长期订餐: who gets what every week, as a list with filters, and the card of who is chosen."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import standing_orders, standing_views
from app.services.order_pauses import PauseView
from app.services.standing_views import StandingFilter, StandingRow
from app.ui.canteen.orders.columns import STANDING, STANDING_PAPER
from app.ui.canteen.orders.diner_dialog import DinerDialog
from app.ui.canteen.orders.pause_dialog import PauseDialog
from app.ui.canteen.orders.standing_card import StandingCard
from app.ui.canteen.orders.standing_dialog import StandingDialog
from app.ui.canteen.orders.standing_filters import StandingFilters
from app.ui.canteen.place import Place
from app.ui.kit import messages, theme
from app.ui.kit.labels import column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.values.rights import Right


class StandingView(QWidget):
    """`clear_asked` speaks of the words of the search box; `order_asked` of one meal more."""

    clear_asked = Signal()
    order_asked = Signal(int)

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context, self._place = context, place
        self._text = ""
        self._order = ("place", False)
        self.filters = StandingFilters(place)
        self.model = PagedTableModel(STANDING, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="长期订餐")
        self.table.paper.title = "长期订餐名单"
        self.table.paper.filter_words = self._filter_words
        self.table.paper.people = self._residents
        self.table.paper.columns = STANDING_PAPER
        self.card = StandingCard(context)
        metrics = theme.current()
        self.card.setFixedWidth(metrics.px(310 if metrics.large else 372))
        foot = TableFoot(self.table, unit="份")
        lists = row((TableCard(self.table, foot), 1), self.card, spacing=12)
        self.setLayout(column(self.filters, (lists, 1)))
        self._connect()

    def refresh(self) -> None:
        """Read the list anew; who is chosen stays chosen."""
        canteen_id = self._place.canteen_id
        if canteen_id is None:
            return
        current, today = self.table.current_id(), self._context.clock.today()
        order, descending = self._order
        chosen = self._chosen(canteen_id)
        with self._context.database.lookup() as lookup:
            found = standing_views.list_ids(
                lookup, chosen, order=order, descending=descending, today=today
            )
            counted = standing_views.counts(lookup, chosen, today=today)
            self.filters.offer(standing_views.kind_counts(lookup, canteen_id, today=today))
        self.filters.say(*counted)
        if not found:
            self.table.set_empty(self._nobody())
        self.model.set_ids(found)
        if found and not (current is not None and self.table.select_id(current)):
            self.table.select_row(0)
        self._show(self.table.current_id())

    def search(self, text: str) -> None:
        """Only those whom the text means."""
        self._text = text.strip()
        self.refresh()

    def show_order(self, standing_id: int) -> bool:
        """One that another page asks for, whatever the filters hide; False where it is gone."""
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            found = standing_views.row(session, standing_id, today=today)
            if found is None:
                return False
            canteen_id = standing_orders.get(session, standing_id).canteen_id
        self._place.choose_canteen(canteen_id)
        self.clear()
        self.refresh()
        if not self.table.select_id(standing_id):
            self.filters.ended.choose(True)
        return self.table.select_id(standing_id)

    def add(self, resident_id: int | None = None) -> None:
        """A new standing order, which is chosen then."""
        if not self._context.may(Right.RUN_CANTEEN):
            return
        dialog = StandingDialog(self._context, self._place, self.window(), resident_id=resident_id)
        if dialog.exec() and dialog.standing_id is not None:
            self.show_order(dialog.standing_id)

    def act(self, what: str) -> None:
        """One of the buttons of the card, on who is shown."""
        line = self.card.line
        if line is None or not self._context.may(Right.RUN_CANTEEN):
            return
        if what == "edit":
            StandingDialog(self._context, self._place, self.window(), standing_id=line.id).exec()
        elif what == "pause":
            PauseDialog(self._context, line.resident_id, line.name, self.window()).exec()
        elif what == "diner":
            # Opening it notes that a number was looked at: the disk may take nothing more.
            with messages.domain_errors_shown(self):
                DinerDialog(self._context, line.resident_id, line.name, self.window()).exec()
        elif what == "order":
            self.order_asked.emit(line.resident_id)
        else:
            self._remove(line)

    def clear(self) -> None:
        """Everybody again."""
        if self._text or self.filters.narrows:
            self._text = ""
            self.clear_asked.emit()
            self.filters.clear_all()

    def focus_list(self) -> None:
        """Somebody came to work here."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside

    def _connect(self) -> None:
        self.filters.changed.connect(self.refresh)
        self.table.current_changed.connect(self._show)
        self.table.opened.connect(lambda _: self.act("edit"))
        self.table.escaped.connect(self.clear)
        self.table.sort_requested.connect(self._sort)
        self.table.show_sort("place", ascending=True)
        self.card.asked.connect(self.act)
        self.card.pause_asked.connect(self._change_pause)
        for button in (self.card.edit, self.card.pause, self.card.diner, self.card.order):
            button.bind(self)

    def _change_pause(self, stop: PauseView) -> None:
        line = self.card.line
        if line is not None:
            PauseDialog(
                self._context, line.resident_id, line.name, self.window(), pause=stop
            ).exec()

    def _remove(self, line: StandingRow) -> None:
        words = (
            f"“{line.title}”会移到回收站，已生成、还没有送的订餐一起取消。"
            "登记错了才删除；以后不送了请修改，填上结束的日子。"
        )
        if not messages.confirm(self, "删除长期订餐", words, "删除", destructive=True):
            return
        with messages.domain_errors_shown(self):
            now = self._context.clock.now()
            with self._context.database.transaction(f"删除长期订餐 {line.title}") as session:
                standing_orders.remove(session, line.id, version=line.version, now=now)
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已删除长期订餐：{line.title}")

    def _show(self, standing_id: int | None) -> None:
        line = None
        if standing_id is not None:
            with self._context.database.lookup() as lookup:
                line = standing_views.row(lookup, standing_id, today=self._context.clock.today())
        self.card.show_line(line)

    def _sort(self, key: str, ascending: bool) -> None:
        self._order = (key, not ascending)
        self.refresh()

    def _chosen(self, canteen_id: int) -> StandingFilter:
        return replace(self.filters.chosen(canteen_id), text=self._text)

    def _nobody(self) -> EmptyState:
        if self._text or self.filters.narrows:
            return not_found("没有这样的长期订餐", self.clear)
        actions = (("登记长期订餐", self.add),) if self._context.may(Right.RUN_CANTEEN) else ()
        advice = "登记一次，以后每天自动生成订餐；住院、外出时登记停送。"
        return EmptyState("calendar-clock", "还没有长期订餐", advice, actions)

    def _filter_words(self) -> str:
        text = f"查找“{self._text}”" if self._text else ""
        return "，".join(part for part in (self.filters.words, text) if part)

    def _residents(self, ids: Sequence[int]) -> list[int]:
        with self._context.database.lookup() as lookup:
            return standing_views.residents_of(lookup, ids)

    def _fetch(self, ids: Sequence[int]) -> list[StandingRow]:
        with self._context.database.lookup() as lookup:
            return standing_views.rows(lookup, ids, today=self._context.clock.today())
