"""积分卡 of an account: a new one, a chip card that somebody has, a lost one made void."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import PointsCard
from app.services import points_cards
from app.services.points_accounts import Holder
from app.services.points_cards import CardView
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.history import Record, history_button
from app.values.masking import tail_id
from app.values.rights import Right

_LINES = 4


def _state(card: CardView) -> Cell:
    if card.void_on is None:
        return Cell(chips=(Chip("可用", "ok"),))
    return Cell(chips=(Chip(f"{card.void_on:%m-%d} 作废", "grey"),))


def _code(card: CardView) -> Cell:
    """Its end: whoever has the whole number can spend the points."""
    return Cell(tail_id(card.code), strike=card.void_on is not None)


COLUMNS = (
    Column("code", "卡号尾号", _code, 140, weight=1),
    Column("kind", "种类", lambda card: "本社区印的" if card.printed else "自带的卡", 96),
    Column("issued", "发卡", lambda card: card.issued_on.isoformat(), 100),
    Column("by", "经手", lambda card: Cell(card.issued_by, tone="text2"), 70, large_mode=False),
    Column("state", "状态", _state, 100),
)


class CardsDialog(Dialog):
    """Scan a card into the line at the top and it is bound; the buttons act on the current one."""

    def __init__(self, context: Context, holder: Holder, parent: QWidget | None = None) -> None:
        super().__init__(f"{holder.name}的积分卡", parent, width=620)
        self._context, self._holder = context, holder
        self._cards: dict[int, CardView] = {}
        self.scan = SearchBox(
            "在读卡器上刷居民自带的卡，或输入卡号按 Enter", name="绑卡", action=""
        )
        self.model = PagedTableModel(COLUMNS, self._rows)
        self.table = PagedTable(self.model, name="积分卡")
        self.table.paper.offered = False
        self.table.set_empty(EmptyState("card-account-details-outline", "还没有卡"))
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + _LINES * metrics.row)
        self.body.addWidget(self.scan)
        self.body.addWidget(self.table)
        self.body.addWidget(
            small("新发的卡号可在志愿者页印成卡片；丢了的卡作废后就不能兑换。", wrap=True)
        )
        self.void = Button("作废", kind="danger", size="small")
        self.issue = Button("发新卡号", size="small")
        history = history_button(context, self, self._record)
        self.body.addLayout(row(self.issue, self.void, None, history))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        offer(context.may(Right.RECORD_POINTS), self.issue, self.void)
        self.scan.setVisible(context.may(Right.RECORD_POINTS))
        self.scan.submitted.connect(self.bind_code)
        self.scan.scanned.connect(self.bind_code)
        self.scan.left_down.connect(self.table.setFocus)
        self.issue.clicked.connect(self.issue_card)
        self.void.clicked.connect(self.void_card)
        self.read()

    def read(self) -> None:
        """The cards as they are now."""
        with self._context.database.lookup() as lookup:
            found = points_cards.cards(lookup, self._holder.account_id)
        self._cards = {one.id: one for one in found}
        self.model.set_ids(list(self._cards))
        if self._cards:
            self.table.select_row(0)
        self.void.setEnabled(any(one.void_on is None for one in found))

    def issue_card(self) -> None:
        """A new code for a card that the office prints."""
        today = self._context.clock.today()
        account = self._holder.account_id
        self._do("发积分卡", lambda session: points_cards.issue_card(session, account, today))

    def bind_code(self, code: str) -> None:
        """A chip card that somebody has anyway."""
        if not code.strip():
            return
        today, account = self._context.clock.today(), self._holder.account_id
        self._do("绑积分卡", lambda session: points_cards.bind_card(session, account, code, today))
        self.scan.clear()

    def void_card(self) -> None:
        """作废 of the current one, after a question."""
        card = self._cards.get(self.table.current_id() or 0)
        if card is None or card.void_on is not None:
            messages.tell(self, "请先选一张还能用的卡。", "没有选卡")
            return
        said = f"尾号 {card.code[-4:]} 的卡作废后不能再兑换，积分还在账户里，可以发新卡。"
        if messages.confirm(self, "作废这张卡", said, "作废", destructive=True):
            today = self._context.clock.today()
            self._do(
                "作废积分卡",
                lambda session: points_cards.void_card(
                    session, card.id, version=card.version, today=today
                ),
            )

    def _do(self, words: str, act: Callable[[Session], object]) -> None:
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"{words} {self._holder.name}") as session:
                act(session)
            self._context.signals.changed.emit(Area.POINTS)
            messages.notify(self._context.signals, f"{words}：{self._holder.name}")
        self.read()

    def _rows(self, ids: Sequence[int]) -> list[CardView]:
        return [self._cards[one] for one in ids]

    def _record(self) -> Record | None:
        card = self._cards.get(self.table.current_id() or 0)
        return None if card is None else Record(PointsCard, card.id, f"积分卡 {card.code[-4:]}")
