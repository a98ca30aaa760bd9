"""What a scanner sent to the counter: somebody's card, a slip, or a packet where a card belongs."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import counter_finder, goods, redemption_slips
from app.services.counter_person import Who
from app.ui.points.counter.redemption_dialog import RedemptionDialog


def whose(context: Context, code: str, tell: Callable[[str], object]) -> Who | None:
    """None for what is nobody's; nobody at all where the card is void, which is told."""
    try:
        with context.database.lookup() as lookup:
            return counter_finder.by_card(lookup, code)
    except DomainError as error:
        tell(str(error))
        return Who()


def show_slip(context: Context, code: str, window: QWidget) -> bool:
    """The barcode of a slip brings that redemption, to be looked at or taken back."""
    with context.database.lookup() as lookup:
        found = redemption_slips.by_number(lookup, code)
    if found is not None:
        RedemptionDialog(context, found, window).exec()
    return found is not None


def tell_article(context: Context, code: str, tell: Callable[[str], object]) -> bool:
    """A packet is scanned where a card is wanted."""
    with context.database.lookup() as lookup:
        found = goods.find(lookup, code, context.clock.today(), 1)
    meant = found and goods.code_of(code) in (found[0].number, found[0].barcode)
    if meant:
        tell(f"扫到的是商品“{found[0].name}”，请先刷卡或找人。")
    return bool(meant)
