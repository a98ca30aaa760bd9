"""账户月结: the proof of a month, the button that closes it, and the months that are closed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealMonth
from app.services import meal_months
from app.services.meal_months import ClosedMonth, MealProof
from app.services.points_filter import month_words
from app.services.points_lines import month_number
from app.ui.canteen.accounts import printing
from app.ui.canteen.accounts.proof_card import ProofCard
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.history import Record, history_button
from app.values.money import yuan
from app.values.rights import Right

COLUMNS = (
    Column("month", "账月", lambda one: Cell(month_words(one.month), bold=True), 94),
    Column("paid_in", "收款", lambda one: yuan(one.paid_in), 84, align="right"),
    Column("eaten", "用餐", lambda one: yuan(one.eaten), 84, align="right"),
    Column("refunded", "退款", lambda one: yuan(one.refunded), 76, align="right"),
    Column("closing", "结余", lambda one: Cell(yuan(one.closing), bold=True), 86, align="right"),
    Column(
        "by",
        "月结",
        lambda one: Cell(one.closed_by, sub=f"{one.closed_at:%m-%d}"),
        92,
        weight=1,
        large_mode=False,
    ),
)


class MonthsDialog(Dialog):
    """The month that comes next is proposed; closing it is confirmed, for it cannot be undone."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("账户月结", parent, width=900)
        self._context = context
        self._closed: dict[int, ClosedMonth] = {}
        self.proof: MealProof | None = None
        self.month = IdChoice(name="账月", blank=MUST)
        self.card = ProofCard(button=False)
        self.told = small(tone="warn", wrap=True)
        self.close_button = Button("月结锁账", kind="primary", cap=CONFIRM_CAP)
        self.bills = Button("打印月结单", size="small", icon="printer-outline")
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="账户月结")
        self.table.paper.personal = False
        self.table.set_empty(EmptyState("calendar-check-outline", "还没有月结过"))
        offer(context.may(Right.KEEP_DEPOSITS), self.close_button)
        offer(context.may(Right.PRINT), self.bills)
        self._lay_out()
        self._connect()
        self.read()
        self.month.setFocus()

    def read(self) -> None:
        """The months as they are now."""
        this = month_number(self._context.clock.today())
        with self._context.database.lookup() as lookup:
            closed = meal_months.closed_months(lookup)
            awaited = meal_months.next_month(lookup) or this
        self._closed = {one.id: one for one in closed}
        months = sorted({this, awaited, *(one.month for one in closed)}, reverse=True)
        self.month.offer({one: month_words(one) for one in months})
        self.model.set_ids(list(self._closed))
        if self._closed:
            self.table.select_row(0)
        self.show_month(min(awaited, this))

    def show_month(self, month: int) -> None:
        """The proof of a month, and in words why it cannot be closed."""
        self.month.blockSignals(True)
        self.month.choose_id(month)
        self.month.blockSignals(False)
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            self.proof = meal_months.proof(lookup, month)
            refusal = meal_months.refusal(lookup, month, today)
            apart = meal_months.differences(lookup)
        self.card.show_proof(self.proof)
        names = "、".join(one.name for one in apart[:3])
        if apart and not refusal:
            refusal = f"{names}等 {len(apart)} 户的流水和余额不符，请先做数据体检。"
        self.told.setText(refusal)
        self.close_button.setEnabled(not refusal)

    def close_month(self) -> None:
        """月结锁账 in the background: all lines are gone through."""
        made = self.proof
        if made is None or not self.close_button.isEnabled():
            return
        sentence = f"账户月结 {month_words(made.month)}"
        said = (
            f"收款 {yuan(made.paid_in)} 元，用餐 {yuan(made.eaten)} 元，"
            f"退款 {yuan(made.refunded)} 元，月末结余 {yuan(made.closing)} 元。\n"
            "锁账以后不能再记进这个月，补记的记在后一个月；月结不能撤销。"
        )
        if not messages.confirm(self, sentence, said, "月结锁账"):
            return
        context = self._context

        def work(_: object) -> MealProof:
            with context.database.transaction(sentence) as session:
                return meal_months.close(session, made.month, now=context.clock.now())

        def done(_: MealProof) -> None:
            context.signals.changed.emit(Area.CANTEEN)
            messages.notify(context.signals, f"已{sentence}")
            self.read()

        messages.run_with_progress(
            self, context.background, f"正在{sentence}", work, done=done, can_cancel=False
        )

    def print_bills(self) -> None:
        """月结单 of everybody who pays after the month."""
        if self.month.chosen_id is not None:
            printing.print_bills(self._context, self, self.month.chosen_id)

    # -- inside

    def _lay_out(self) -> None:
        self.card.setFixedWidth(theme.current().px(284))
        self.month.setMinimumWidth(theme.current().px(136))
        left = column(
            row(self.month, self.bills, None, spacing=8),
            self.card,
            self.told,
            None,
            row(self.close_button, None, history_button(self._context, self, self._record)),
            spacing=10,
        )
        table = TableCard(self.table, TableFoot(self.table, unit="个月"))
        table.setMinimumHeight(theme.current().px(300))
        self.body.addLayout(row(left, (table, 1), spacing=14))
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        self.month.currentIndexChanged.connect(lambda _: self._choose())
        self.close_button.clicked.connect(self.close_month)
        self.bills.clicked.connect(self.print_bills)
        self.table.opened.connect(lambda key: self.show_month(self._closed[key].month))

    def _choose(self) -> None:
        if self.month.chosen_id is not None:
            self.show_month(self.month.chosen_id)

    def _fetch(self, ids: Sequence[int]) -> list[ClosedMonth]:
        return [self._closed[key] for key in ids]

    def _record(self) -> Record | None:
        month = self._closed.get(self.table.current_id() or 0)
        if month is None:
            return None
        return Record(MealMonth, month.id, f"账户月结 {month_words(month.month)}")
