"""The notice over 设置 · 积分 where today cannot be right, as far as the ledgers know."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import points_clock
from app.services.points_clock import ClockLeapt, ClockWentBack
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.labels import row
from app.ui.kit.messages import confirm, domain_errors_shown, notify
from app.ui.kit.signals import Area
from app.values.rights import Right


class ClockNotice(QWidget):
    """Says that nothing is booked until the date was checked; hidden while all is well."""

    confirmed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._leapt = False
        self._notice = Notice("", tone="warn")
        self.button = Button("日期没有错", size="small")
        self.button.clicked.connect(self.confirm)
        self.setLayout(row((self._notice, 1), self.button, spacing=12))
        self.hide()

    def refresh(self) -> bool:
        """Look at the ledgers again; whether all is well."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            fault = points_clock.doubt(lookup, today)
        self._leapt = isinstance(fault, ClockLeapt)
        self.setVisible(fault is not None)
        answers = isinstance(fault, ClockWentBack | ClockLeapt)
        self.button.setVisible(answers and self._context.may(Right.EDIT_OFFICE))
        if fault is not None:
            self._notice.show_text(*_words(fault), tone="warn")
        return fault is None

    def confirm(self) -> None:
        """The ledgers go on from today, once that was confirmed."""
        today = self._context.clock.today()
        words = f"今天是 {today:%Y-%m-%d}，以后从今天接着记账"
        words += "。" if self._leapt else "；记错日子的那一笔请另外冲正。"
        if not confirm(self, "确认电脑日期没有错", words, "日期没有错"):
            return
        with domain_errors_shown(self):
            with self._context.database.transaction(f"确认今天是 {today:%Y-%m-%d}") as session:
                points_clock.confirm(session, today)
            self._context.signals.changed.emit(Area.OFFICE | Area.POINTS | Area.CANTEEN)
            notify(self._context.signals, "已确认，可以记账了")
            self.confirmed.emit()


def _words(fault: DomainError) -> tuple[str, str]:
    """What is the matter, and what to do."""
    if isinstance(fault, ClockWentBack):
        return (
            f"账上最后一笔记在 {fault.latest:%Y-%m-%d}，比电脑日期 {fault.today:%Y-%m-%d} 晚，"
            "现在不能记账。",
            "电脑日期不对的，先校准；电脑日期没有错、是那一笔当时记错了日子的，点右边的按钮。",
        )
    if isinstance(fault, ClockLeapt):
        return (
            f"账上最后一笔记在 {fault.latest:%Y-%m-%d}，离电脑日期 {fault.today:%Y-%m-%d} 有 "
            f"{fault.days} 天，现在不能记账。",
            "电脑日期不对的，先校准；日期没有错、只是停用了一阵的，点右边的按钮。",
        )
    return str(fault), ""
