"""爱心捐赠公示 in 文书: written once, dated, hung up and kept there with its objections."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.receipt_views import ReceiptFilter
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.ui.people.paper_wish import MadeNotice


def write_notice(context: Context, parent: QWidget, chosen: ReceiptFilter) -> None:
    """Of the gifts among the receipts that are seen; it is shown in 文书."""
    from app.services import donation_notice

    with messages.domain_errors_shown(parent):
        with context.database.transaction("写爱心捐赠公示") as session:
            made = donation_notice.publish(session, chosen, now=context.clock.now())
        context.signals.changed.emit(Area.PAPERS)
        messages.notify(context.signals, "公示写好了，在“文书 · 通知”里打印、登记张贴")
        context.signals.page_requested.emit("papers", MadeNotice(made))
