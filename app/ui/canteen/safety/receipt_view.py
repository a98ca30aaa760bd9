"""进货: what came in on a day, with which tickets."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import FoodReceipt
from app.services import food_receipts
from app.services.food_receipts import ReceiptView as Receipt
from app.ui.canteen.place import Place
from app.ui.canteen.safety.book_columns import RECEIPTS
from app.ui.kit import keys, messages, table_paper
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import box, column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.history import Record, history_button
from app.values.rights import Right


class ReceiptView(QWidget):
    """A few lines a day: they are read at once."""

    shown = Signal()

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context, self._place = context, place
        self.day = context.clock.today()
        self.lines: dict[int, Receipt] = {}
        self.model = PagedTableModel(RECEIPTS[1:], self._fetch, parent=self)
        self.table = PagedTable(self.model, name="进货")
        self.table.paper.title = "进货查验"
        self.table.paper.unit = "笔"
        self.table.paper.personal = False
        self.table.paper.filter_words = lambda: f"{self.day:%Y-%m-%d}"
        self.remove_button = Button("删除", kind="ghost", size="small", action="remove_food_line")
        offer(context.may(Right.RUN_CANTEEN), self.remove_button)
        history = history_button(context, self, self._record)
        foot = box(row(None, history, self.remove_button, margins=(14, 6, 14, 6)))
        self.setLayout(column((TableCard(self.table, foot), 1), margins=(0, 0, 0, 0)))
        self.table.opened.connect(lambda _: self.edit())
        self.remove_button.clicked.connect(self.remove)
        self.remove_button.bind(self)
        keys.bind(self, "print", lambda: table_paper.print_out(self.table))
        keys.bind(self, "export", lambda: table_paper.export(self.table))

    def refresh(self) -> None:
        """Read the day anew; the current line stays current."""
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            found = food_receipts.receipts(lookup, self._place.canteen_id or 0, self.day, self.day)
        self.lines = {one.id: one for one in found}
        if not found:
            self.table.set_empty(self._nothing())
        self.model.set_ids(list(self.lines))
        if found and not (current is not None and self.table.select_id(current)):
            self.table.select_row(0)
        self.remove_button.setEnabled(bool(found))
        self.shown.emit()

    def take_in(self) -> None:
        """Something came."""
        self._edit(None)

    def edit(self) -> None:
        """The current line."""
        line = self.lines.get(self.table.current_id() or 0)
        if line is not None:
            self._edit(line)

    def remove(self) -> None:
        """Into the recycle bin."""
        line = self.lines.get(self.table.current_id() or 0)
        if line is None:
            return
        words = f"删除进货 {line.goods} {line.quantity}"
        with messages.domain_errors_shown(self):
            now = self._context.clock.now()
            with self._context.database.transaction(words) as session:
                food_receipts.remove(session, line.id, version=line.version, now=now)
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已{words}，可按 Ctrl+Z 撤销")

    def focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit(self, line: Receipt | None) -> None:
        if self.remove_button.withheld or self._place.canteen_id is None:
            return
        from app.ui.canteen.safety.receipt_dialog import ReceiptDialog

        canteen_id = self._place.canteen_id
        ReceiptDialog(self._context, canteen_id, self.day, line, self.window()).exec()

    def _nothing(self) -> EmptyState:
        may = self._context.may(Right.RUN_CANTEEN)
        actions = (("记一笔进货", self.take_in),) if may else ()
        advice = "到货时查票证、日期和温度，记下供货单位和数量。"
        return EmptyState("truck-outline", f"{self.day:%m-%d} 没有进货", advice, actions)

    def _fetch(self, ids: Sequence[int]) -> list[Receipt]:
        return [self.lines[one] for one in ids]

    def _record(self) -> Record | None:
        line = self.lines.get(self.table.current_id() or 0)
        return Record(FoodReceipt, line.id, f"进货 {line.goods}") if line else None
