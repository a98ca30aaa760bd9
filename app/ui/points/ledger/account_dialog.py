"""An account: what it has, all its lines, and what can be done with it."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import AccountState, PointsAccount
from app.services import (
    points_accounts,
    points_appeals,
    points_balance,
    points_book,
    points_cards,
    points_family,
    points_filter,
    points_passbook,
    points_views,
)
from app.services.points_filter import LedgerFilter
from app.services.points_views import LedgerLine
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.ledger import printing
from app.ui.points.ledger.columns import COLUMNS as LEDGER
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

FREEZE = ("积分有争议，查清前不兑换", "卡遗失，等本人补卡", "本人申请")
_SHEETS = 5
_TONES = {AccountState.OPEN: "ok", AccountState.FROZEN: "warn", AccountState.CLOSED: "grey"}
_KEPT = ("matter", "hours", "added", "taken", "balance", "state")


def _day(line: LedgerLine) -> Cell:
    return Cell(line.on_date.isoformat())


COLUMNS = (
    Column("at", "日期", _day, 104),
    *(one for one in LEDGER if one.key in _KEPT),
)


class AccountDialog(Dialog):
    """Its lines with the latest on top; the buttons below act on the account as a whole."""

    def __init__(self, context: Context, account_id: int, parent: QWidget | None = None) -> None:
        super().__init__("积分账户", parent, width=900)
        self._context, self._account = context, account_id
        self.shows_lines = False
        """Whether the user wants to go on in the ledger, with all lines of the account"""
        self.name, self.detail = Label(role="title", bold=True), small()
        self.state = ChipLabel("")
        self.points, self.expiring = Label(role="h2", bold=True, tone="primary"), small(tone="warn")
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="账户流水")
        self.table.paper.people = self._people
        self.table.paper.unit = "笔"
        self.table.set_empty(EmptyState("notebook-outline", "这个账户还没有流水"))
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.read()
        self.table.setFocus()

    def rest(self) -> None:
        """Nobody is at the desk: the account is closed, unless something is asked over it."""
        if QApplication.activeModalWidget() is self:
            self.reject()

    def read(self) -> None:
        """The account as it is now."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            self.holder = points_accounts.holder(lookup, self._account)
            there = points_book.available(lookup, self._account, today)
            self._cards = len(
                [one for one in points_cards.cards(lookup, self._account) if not one.void_on]
            )
            self._appeals = points_appeals.appeals(lookup, account_id=self._account)
            self._book = points_passbook.state(lookup, self._account)
            self._family = points_family.relatives(lookup, self._account)
            house = points_balance.household_of(lookup, self._account)
            together = points_balance.household_points(lookup, house, today) if house else (0, 0)
            ids = points_filter.booked_ids(lookup, LedgerFilter(account_id=self._account))
        self.model.set_ids(ids)
        if ids and self.table.current_id() is None:
            self.table.select_row(0)
        usable = "，冻结中" if there.frozen else "可用"
        self.points.setText(f"{there.points:,} 分{usable}")
        self.expiring.setText(_expiring(there.expiring, today))
        self._show_holder(*together)

    def freeze(self) -> None:
        """冻结 with a reason, or lift it."""
        frozen = self.holder.state is AccountState.FROZEN
        reason = ""
        if not frozen:
            said = f"{self.holder.name}：冻结后积分照常增加，不能兑换和转出。"
            dialog = ReasonDialog("冻结账户", said, "冻结", usual=FREEZE, parent=self)
            if not dialog.exec():
                return
            reason = dialog.reason
        self._do(
            "解冻账户" if frozen else "冻结账户", lambda session: self._set_frozen(session, reason)
        )

    def give(self) -> None:
        """转给家人."""
        from app.ui.points.ledger.give_dialog import GiveDialog

        if GiveDialog(self._context, self.holder, self._family, self).exec():
            self.read()

    def cards(self) -> None:
        """积分卡: issue, bind, void."""
        from app.ui.points.ledger.cards_dialog import CardsDialog

        CardsDialog(self._context, self.holder, self).exec()
        self.read()

    def appeals(self) -> None:
        """申诉: noted and answered."""
        from app.ui.points.ledger.appeals_dialog import AppealsDialog

        AppealsDialog(self._context, self.holder, self).exec()
        self.read()

    def share(self) -> None:
        """Open the account that the household shares, once it is agreed to."""
        said = "开好以后，这一户每个人新得的积分都记在共用账户里；各人原有的积分可以转过去。"
        if messages.confirm(self, "全户共用一个账户", said, "开共用账户"):
            today = self._context.clock.today()
            self._do(
                "开全户共用的积分账户",
                lambda one: points_family.share(one, self._account, today=today),
            )

    def offer_book(self) -> None:
        """积分存折: what is not in it yet, or from a sheet on again."""
        menu = QMenu(self.book)
        if self._book.waiting:
            words = f"接着打，{self._book.waiting:,} 行新的…"
            menu.addAction(words, lambda: self._print_book(None))
        for page in range(max(1, self._book.pages - _SHEETS + 1), self._book.pages + 1):
            menu.addAction(f"从第 {page} 页重打…", lambda page=page: self._print_book(page))
        if menu.isEmpty():
            menu.addAction("还没有流水，没有可打的").setEnabled(False)
        menu.popup(self.book.mapToGlobal(QPoint(0, self.book.height() + 2)))

    # -- inside

    def _make_buttons(self) -> None:
        may = self._context.may
        self.book = Button("存折", size="small", icon="book-open-variant", trail="chevron-down")
        self.transfer = Button("转给家人", size="small")
        self.card = Button("积分卡", size="small")
        self.appeal = Button("申诉", size="small")
        self.hold = Button("冻结", size="small")
        self.common = Button("全户共用", size="small")
        self.shut = Button("销户", kind="danger", size="small")
        offer(may(Right.PRINT), self.book)
        offer(may(Right.RECORD_POINTS), self.transfer, self.card, self.common)
        offer(may(Right.REVIEW_POINTS), self.hold, self.shut)

    def _lay_out(self) -> None:
        head = column(row(self.name, self.state, None, spacing=10), self.detail, spacing=2)
        left = column(self.points, self.expiring, spacing=2)
        self.body.addLayout(row(head, None, left))
        foot = TableFoot(self.table, unit="笔")
        card = TableCard(self.table, foot)
        card.setMinimumHeight(theme.current().px(300 if theme.current().large else 380))
        self.body.addWidget(card, 1)
        history = history_button(self._context, self, self._record)
        buttons = (
            self.book,
            self.transfer,
            self.card,
            self.appeal,
            self.hold,
            self.common,
            self.shut,
        )
        self.body.addLayout(row(*buttons, None, history))
        self.all = self.add_button(Button("在台账里看"))
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        acts = (
            (self.book, self.offer_book),
            (self.transfer, self.give),
            (self.card, self.cards),
            (self.appeal, self.appeals),
            (self.hold, self.freeze),
            (self.common, self.share),
            (self.shut, self.close_account),
            (self.all, self._show_lines),
        )
        for button, act in acts:
            button.clicked.connect(lambda _=False, act=act: act())
        self.table.opened.connect(self._open_line)

    def _show_holder(self, together: int, accounts: int) -> None:
        """Of a household with several accounts also what they have together."""
        holder = self.holder
        number = f"志愿者 {holder.number:04}" if holder.number is not None else ""
        why = f"冻结：{holder.frozen_reason}" if holder.frozen_reason else ""
        self.name.setText(holder.name)
        house = f"全户 {accounts} 个账户共 {together:,} 分" if accounts > 1 else ""
        self.detail.setText("　".join(filter(None, (holder.detail, number, house, why))))
        self.state.set_chip(Chip(holder.state.label, _TONES[holder.state]))
        waiting = sum(one.open for one in self._appeals)
        self.appeal.setText(f"申诉 {waiting}" if waiting else "申诉")
        self.card.setText(f"积分卡 {self._cards}" if self._cards else "积分卡")
        self.hold.setText("解冻" if holder.state is AccountState.FROZEN else "冻结")
        shut = holder.state is AccountState.CLOSED
        self.transfer.setVisible(bool(self._family) and not shut)
        # What is frozen goes nowhere.
        self.transfer.setEnabled(holder.state is AccountState.OPEN)
        shared = holder.household_id is not None or any(not one.resident_id for one in self._family)
        self.common.setVisible(holder.resident_id is not None and not shared)
        self.hold.setVisible(not shut)
        self.shut.setVisible(not shut)

    def close_account(self) -> None:
        """销户 of an account that has nothing left."""
        said = f"{self.holder.name}的账户销户后不能再记分和兑换，流水留着。要用时可以重新开户。"
        if messages.confirm(self, "销户", said, "销户", destructive=True):
            now, version = self._context.clock.now(), self.holder.version
            self._do(
                "积分账户销户",
                lambda one: points_accounts.close_account(
                    one, self._account, version=version, now=now
                ),
            )

    def _set_frozen(self, session: Session, reason: str) -> None:
        version, today = self.holder.version, self._context.clock.today()
        if reason:
            points_accounts.freeze(
                session, self._account, reason=reason, version=version, today=today
            )
        else:
            points_accounts.unfreeze(session, self._account, version=version)

    def _do(self, words: str, act: Callable[[Session], object]) -> None:
        """One step on the account, and how it is then."""
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"{words} {self.holder.name}") as session:
                act(session)
            self._context.signals.changed.emit(Area.POINTS)
            messages.notify(self._context.signals, f"{words}：{self.holder.name}")
        self.read()

    def _print_book(self, from_page: int | None) -> None:
        name = self.holder.name
        printing.print_passbook(self._context, self, self._account, name, from_page=from_page)

    def _open_line(self, key: int) -> None:
        from app.ui.points.ledger.line_dialog import LineDialog

        dialog = LineDialog(self._context, key, self)
        dialog.exec()
        if dialog.left:
            self.reject()

    def _show_lines(self) -> None:
        self.shows_lines = True
        self.accept()

    def _record(self) -> Record:
        return Record(PointsAccount, self._account, f"{self.holder.name}的积分账户")

    def _fetch(self, keys: Sequence[int]) -> list[LedgerLine]:
        with self._context.database.lookup() as lookup:
            return points_views.rows(lookup, keys)

    def _people(self, _keys: Sequence[int]) -> list[int]:
        resident = self.holder.resident_id
        return [] if resident is None else [resident]


def _expiring(parts: Sequence[tuple[date, int]], today: date) -> str:
    """其中 20 分 03-31 到期, the next day on which some lapse."""
    if not parts:
        return ""
    day, points = parts[0]
    when = f"{day:%m-%d}" if day.year == today.year else day.isoformat()
    return f"其中 {points:,} 分 {when} 到期，兑换时先用"
