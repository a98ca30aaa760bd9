"""One redemption: its slip, what became of it; printed again or taken back."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Redemption
from app.services import points_trace, redemptions
from app.services.points_filter import Book, key_of
from app.services.redemption_slips import SlipData
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Facts, Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import column, row, small
from app.ui.kit.signals import Area
from app.ui.points.counter import actions
from app.ui.points.counter.slip_panel import NO_PAPER, slip_paper
from app.ui.points.counter.slip_printing import print_slip
from app.ui.points.counter.slip_view import ROLL, SlipView
from app.ui.recent.history import Record, history_button
from app.values.rights import Right


class RedemptionDialog(Dialog):
    """What is older than today goes back by whoever reviews."""

    def __init__(self, context: Context, redemption_id: int, parent: QWidget | None = None) -> None:
        super().__init__("兑换单", parent, width=720)
        self._context, self._id = context, redemption_id
        self.slip = self._read()
        self.view = SlipView()
        self.view.setFixedSize(theme.current().px(250), theme.current().px(360))
        self.facts = Facts(label=72)
        self.notice = Notice("", tone="soft")
        self.reprint = Button("补打小票", icon="printer-outline")
        self.origin = Button("积分从哪来", icon="timeline-clock-outline", cap=CONFIRM_CAP)
        self.take_back = Button("撤销兑换", kind="danger", icon="undo")
        self._late = small("不是当天的兑换，要有“复核和冲正”权限的人来撤销。", wrap=True)
        record = Record(Redemption, redemption_id, f"兑换 {self.slip.number}")
        self.history = history_button(context, self, lambda: record)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        right = column(self.notice, self.facts, self._late, None, spacing=10)
        self.body.addLayout(row(self.view, (right, 1), spacing=16))
        self._foot.insertWidget(0, self.history)
        self.add_button(self.origin)
        self.add_button(self.take_back)
        self.add_button(self.reprint)
        close = Button("关闭", kind="primary", cap="Esc")
        self.add_button(close, closes=False).setFocus()
        offer(self._context.may(Right.PRINT), self.reprint)
        offer(self._context.may(Right.VIEW_POINTS), self.origin)
        self.origin.clicked.connect(self.trace)
        self.take_back.clicked.connect(self.undo)
        self.reprint.clicked.connect(self.print_again)

    def undo(self) -> None:
        """Points and goods return."""
        reason = actions.why_taken_back(self, self.slip)
        if not reason:
            return
        now, slip = self._context.clock.now(), self.slip
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"撤销兑换 {slip.number}") as session:
                redemptions.take_back(
                    session, slip.id, reason=reason, version=slip.version, now=now
                )
            self._context.signals.changed.emit(Area.POINTS)
            messages.notify(self._context.signals, f"已撤销 {slip.number}，积分和商品都已退回")
            self.slip = self._read()
            self._show()

    def trace(self) -> None:
        """From the goods back to the afternoons on which their points were earned."""
        from app.ui.points.ledger.line_dialog import LineDialog

        with self._context.database.lookup() as lookup:
            entry = points_trace.of_redemption(lookup, self._id)
        if entry is not None:
            dialog = LineDialog(self._context, key_of(Book.ENTRY, entry), self)
            dialog.exec()
            if dialog.left:
                self.reject()

    def print_again(self) -> None:
        """补打."""
        paper = slip_paper(self._context)
        print_slip(self._context, self, self.slip, ROLL if paper == NO_PAPER else paper)

    def _read(self) -> SlipData:
        with self._context.database.reading() as session:
            return redemptions.slip(session, self._id)

    def _show(self) -> None:
        slip, today = self.slip, self._context.clock.today()
        paper = slip_paper(self._context)
        self.view.show_slip(slip, ROLL if paper == NO_PAPER else paper)
        standing = slip.taken_back_at is None
        same_day = slip.at.date() == today
        may = self._context.may(Right.REDEEM) and (
            same_day or self._context.may(Right.REVIEW_POINTS)
        )
        self.take_back.setVisible(standing and may)
        self.take_back.setEnabled(standing and may)
        self._late.setVisible(standing and not may and self._context.may(Right.REDEEM))
        if standing:
            self.notice.show_text("已兑换", "积分和库存都已记账。", tone="ok")
        else:
            self.notice.show_text("已撤销", "积分和商品都已退回，各有一笔冲正。", tone="warn")
        self.facts.set_pairs(_pairs(slip))


def _pairs(slip: SlipData) -> list[tuple[str, str | QWidget]]:
    pairs: list[tuple[str, str | QWidget]] = [
        ("单号", slip.number),
        ("时间", f"{slip.at:%Y-%m-%d %H:%M}"),
        ("姓名", f"{slip.name}（{slip.card}）" if slip.card else slip.name),
        ("扣分", f"{slip.points:,} 分"),
        ("经办", slip.entered_by),
    ]
    more = (
        ("代领人", slip.proxy_words),
        ("破例原因", slip.reason),
        ("撤销", f"{slip.taken_back_at:%Y-%m-%d %H:%M}" if slip.taken_back_at else ""),
        ("撤销人", slip.taken_back_by),
        ("撤销原因", slip.taken_back_reason),
    )
    return [*pairs, *((name, words) for name, words in more if words)]
