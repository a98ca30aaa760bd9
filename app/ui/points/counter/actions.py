"""What the buttons of the counter do: each asks what it has to, and tells what came of it."""

from contextlib import suppress

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import redemption_slips, redemptions
from app.services.held_baskets import Held
from app.services.redemption_slips import SlipData
from app.ui.kit import keys, messages
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.people.points_wish import ShowAccount
from app.ui.points.counter.held_dialog import HeldDialog
from app.ui.points.counter.proxy_dialog import ProxyDialog
from app.ui.points.counter.read_back import ReadBackDialog
from app.ui.points.counter.reservations_dialog import ReservationsDialog
from app.ui.points.counter.slip_panel import NO_PAPER
from app.ui.points.counter.slip_printing import print_slip
from app.ui.points.counter.slip_view import ROLL
from app.ui.points.counter.till import Till
from app.ui.points.ledger.printing import print_passbook

_EXCUSES = ("住院，家属一次领走", "行动不便，一次领齐", "上次缺货，这次补上")
_MISTAKES = ("拿错了东西", "数量不对", "本人改了主意", "东西有损坏", "点错了人")


def last_slip(context: Context, till: Till) -> SlipData | None:
    """What came out last here; of this clerk's day where the program was started anew."""
    if till.last is None:
        with context.database.reading() as session:
            today, name = context.clock.today(), context.user.name
            found = redemption_slips.last_of(session, today, name)
            till.last = redemptions.slip(session, found) if found is not None else None
    return till.last


def take_back(context: Context, parent: QWidget, till: Till) -> None:
    """撤销上一笔: points and goods return, with a reason."""
    slip = till.last
    if slip is None or slip.taken_back_at is not None:
        return
    reason = why_taken_back(parent, slip)
    if not reason:
        return
    with messages.domain_errors_shown(parent):
        till.take_back(slip, reason)
        messages.notify(context.signals, f"已撤销 {slip.number}，{slip.points} 分和商品都已退回")


def why_taken_back(parent: QWidget, slip: SlipData) -> str:
    """The reason, after what will happen was read; '' where it is not to happen."""
    listed = "、".join(line.words for line in slip.lines)
    explanation = (
        f"{slip.number} {slip.name}：{listed}。{slip.points} 分退回账户，商品退回库存，"
        "两边各记一笔冲正。"
    )
    dialog = ReasonDialog(
        "撤销这次兑换", explanation, "撤销兑换", usual=_MISTAKES, parent=parent.window()
    )
    return dialog.reason if dialog.exec() else ""


def excuse(parent: QWidget, till: Till) -> bool:
    """破例: whether a reason was given."""
    explanation = "这次不按限兑和兑换日的规定办。原因记在兑换登记表上，积分和库存照样要够。"
    dialog = ReasonDialog("破例", explanation, "破例", usual=_EXCUSES, parent=parent.window())
    if not dialog.exec():
        return False
    till.excuse(dialog.reason)
    return True


def hold(context: Context, parent: QWidget, till: Till) -> None:
    """挂单."""
    if till.person is None:
        return
    name = till.person.name
    with messages.domain_errors_shown(parent):
        till.hold()
        cap = keys.cap("resume_basket")
        messages.notify(context.signals, f"{name} 的篮子已挂单，按 {cap} 取回")


def resume(context: Context, parent: QWidget, till: Till) -> None:
    """取单: the only one at once, else the one that is chosen; it waits on unless all agree."""
    waiting = till.waiting()
    if not waiting:
        messages.warn(context.signals, f"没有挂单的篮子；选好商品按 {keys.cap('hold_basket')} 挂单")
        return
    if len(till.lines) and not may_drop(parent, till):
        return
    chosen = waiting[0].id
    if len(waiting) > 1:
        dialog = HeldDialog(waiting, parent.window())
        if not dialog.exec() or dialog.chosen is None:
            return
        chosen = dialog.chosen
    with messages.domain_errors_shown(parent):
        waits = next(one for one in waiting if one.id == chosen)
        lacking = till.lacking(waits)
        if not lacking or _without(parent, waits, lacking):
            till.resume(waits)


def _without(parent: QWidget, waits: Held, lacking: list[str]) -> bool:
    """Whether a basket is taken up although something of it cannot go back."""
    words = (
        f"{waits.name} 挂单以后情况变了：{''.join(lacking)}"
        "取单只放进还能兑的，这笔挂单就不留了；不取，就继续挂着。"
    )
    return messages.confirm(parent, "取单", words, "仍然取单", destructive=True)


def may_drop(parent: QWidget, till: Till) -> bool:
    """Whether what was chosen may be given up: a basket that cannot be booked may at once."""
    if till.hopeless:
        return True
    name = till.person.name if till.person is not None else ""
    words = f"{name} 的篮子里有 {till.lines.pieces} 件商品，还没有兑换。不要了吗？也可以先挂单。"
    return messages.confirm(parent, "换人", words, "不要了", destructive=True)


def ask_proxy(parent: QWidget, till: Till) -> None:
    """代领."""
    if till.person is not None:
        ProxyDialog(till, parent.window()).exec()


def reserve(context: Context, parent: QWidget, till: Till) -> None:
    """预约: of who stands there; of everybody while nobody does."""
    ReservationsDialog(context, till, parent.window()).exec()


def read_back(context: Context, parent: QWidget, till: Till) -> None:
    """请居民核对: the basket, or the slip that came out last."""
    data = till.preview()
    if data is None:
        messages.warn(context.signals, "还没有可以核对的，请先刷卡或找人")
        return
    ReadBackDialog(data, parent.window()).exec()


def reprint(context: Context, parent: QWidget, till: Till, paper: str) -> None:
    """补打上一张: a desk that prints none prints this one on the roll."""
    slip = last_slip(context, till)
    if slip is None:
        messages.warn(context.signals, "今天还没有兑换，没有小票可以补打")
        return
    print_slip(context, parent, slip, ROLL if paper == NO_PAPER else paper)


def show_account(context: Context, till: Till) -> None:
    """流水: the account in the ledger."""
    account_id = till.person.who.account_id if till.person is not None else None
    if account_id is not None:
        context.signals.page_requested.emit("points", ShowAccount(account_id))


def passbook(context: Context, parent: QWidget, till: Till) -> None:
    """积分存折: goes on where the last page ended."""
    person = till.person
    if person is not None and person.who.account_id is not None:
        print_passbook(context, parent, person.who.account_id, person.name)


def put_away(context: Context, till: Till) -> None:
    """Nobody is at the desk: a basket waits as if somebody had held it."""
    name = till.person.name if till.person is not None else ""
    # A file that may only be read keeps no baskets.
    with suppress(DomainError):
        if len(till.lines):
            till.hold()
            cap = keys.cap("resume_basket")
            messages.notify(context.signals, f"{name} 的篮子已经挂单，按 {cap} 取回")
    till.close()
