"""A receipt that was booked: its head can be corrected, its lines are met by their opposite."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import ReceiptKind, StockReceipt
from app.services import receipt_views, receipts
from app.services.receipt_views import ReceivedLine
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.stock.figures import money_words
from app.ui.points.stock.ledger_view import WHY_WRONG
from app.ui.points.stock.printing import print_thanks
from app.ui.points.stock.receipt_dialog import FactsFields
from app.ui.recent.history import Record, history_button
from app.values.rights import Right


def _sum(one: ReceivedLine) -> Cell:
    paid = "" if one.cost is None else money_words(one.cost * one.quantity)
    return Cell(paid, strike=one.reversed)


def _state(one: ReceivedLine) -> tuple[Chip, ...]:
    return (Chip("已冲正"),) if one.reversed else ()


COLUMNS = (
    Column("number", "货号", lambda one: one.number, 74),
    Column("name", "品名", lambda one: Cell(one.name, sub=one.spec, bold=True), 170, weight=3),
    Column("quantity", "数量", lambda one: f"{one.quantity:,} {one.unit}", 92, align="right"),
    Column("cost", "进价", lambda one: money_words(one.cost), 84, align="right"),
    Column("sum", "金额", _sum, 96, align="right"),
    Column("state", "状态", _state, 80),
)


class ReceiptShownDialog(Dialog):
    """Raises DomainError for a receipt that is not there."""

    def __init__(self, context: Context, receipt_id: int, parent: QWidget | None = None) -> None:
        with context.database.reading() as session:
            facts, self._version = receipts.facts_of(session, receipt_id)
            self.receipt = receipt_views.receipt(session, receipt_id)
            givers = receipt_views.givers(session)
        super().__init__(f"入库单 {self.receipt.number}", parent, width=760)
        self._context = context
        self.fields = FactsFields(context, givers, facts)
        if context.may(Right.KEEP_STOCK):
            self.fields.show_phone(facts.phone, receipt_id, self.receipt.number)
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="入库单的商品")
        self.table.paper.personal = False
        self._lay_out()
        self._add_buttons()
        self.model.set_ids([one.entry_id for one in self.receipt.lines])
        self.fields.giver.setFocus()

    def save(self) -> None:
        """Keep the corrected head and close."""
        if not self.save_button.isEnabled():
            return
        with messages.domain_errors_shown(self):
            one = self.receipt
            with self._context.database.transaction(f"修改入库单 {one.number}") as session:
                receipts.correct(session, one.id, self.fields.facts(), version=self._version)
            self._leave(f"已保存：入库单 {one.number}")

    def reverse(self) -> None:
        """冲正 of all that still stands on it."""
        one = self.receipt
        words = f"{one.words}会全部记相反的流水，库存减回去。原来的划掉，不删除。"
        dialog = ReasonDialog(
            f"冲正入库单 {one.number}", words, "整张冲正", usual=WHY_WRONG, parent=self
        )
        if not dialog.exec():
            return
        with messages.domain_errors_shown(self):
            now = self._context.clock.now()
            with self._context.database.transaction(f"冲正入库单 {one.number}") as session:
                receipts.reverse(
                    session, one.id, reason=dialog.reason, version=self._version, now=now
                )
            self._leave(f"已冲正：入库单 {one.number}")

    def thank(self) -> None:
        """The letter of thanks to the donor."""
        print_thanks(self._context, self, self.receipt.id)
        self.accept()

    # -- inside

    def _lay_out(self) -> None:
        one = self.receipt
        thanked = f"，{one.thanked_on} 已印感谢信" if one.thanked_on else ""
        words = (
            f"{one.kind.label}　{one.on_date}　共 {one.pieces:,} 件　经手 {one.entered_by}{thanked}"
        )
        form = self.form = Form(columns=2, label=64)
        self.fields.add_to(form)
        form.finish()
        form.setEnabled(self._context.may(Right.KEEP_STOCK))
        self.fields.show_kind(one.kind)
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        paid = one.kind is ReceiptKind.PURCHASE
        for key in ("cost", "sum"):
            self.table.set_column_present(key, present=paid)
        metrics = theme.current()
        self.table.setMinimumHeight(metrics.px(44) + 5 * metrics.row)
        self.body.addWidget(small(words))
        self.body.addWidget(form)
        self.body.addWidget(TableCard(self.table), 1)

    def _add_buttons(self) -> None:
        keeps = self._context.may(Right.KEEP_STOCK)
        self.reverse_button = Button("整张冲正", kind="danger")
        self.reverse_button.clicked.connect(self.reverse)
        self.reverse_button.setEnabled(bool(self.receipt.standing))
        self.thank_button = Button("感谢信")
        self.thank_button.clicked.connect(self.thank)
        donation = self.receipt.kind is ReceiptKind.DONATION
        history = history_button(self._context, self, self._record)
        for place, button in enumerate((history, self.reverse_button, self.thank_button)):
            self._foot.insertWidget(place, button)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        offer(keeps, self.reverse_button, self.save_button)
        offer(keeps and donation and self._context.may(Right.PRINT), self.thank_button)

    def _leave(self, sentence: str) -> None:
        self._context.signals.changed.emit(Area.POINTS)
        messages.notify(self._context.signals, sentence)
        self.accept()

    def _record(self) -> Record:
        return Record(StockReceipt, self.receipt.id, f"入库单 {self.receipt.number}")

    def _fetch(self, ids: Sequence[int]) -> list[ReceivedLine]:
        known = {one.entry_id: one for one in self.receipt.lines}
        return [known[one] for one in ids]
