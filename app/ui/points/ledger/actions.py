"""What is done with lines of the ledger: agree, send back, take back, reverse, open."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import EntryKind
from app.services import points_book, points_claims
from app.services.points_filter import Book
from app.services.points_views import LedgerLine, LineState
from app.ui.kit import messages
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.ui.people.points_wish import ShowActivity, ShowRedemption
from app.values.figures import signed
from app.values.times import hours_words

SEND_BACK = ("没有签到记录，请附签到表", "工时和签到表不符", "重复记的", "事项选错了")
REVERSE = ("记错了人", "分数记错了", "重复记的", "活动没有开展")


def approve(context: Context, parent: QWidget, lines: Sequence[LedgerLine]) -> None:
    """复核通过: all of them or none; whose cannot be booked is named."""
    claims, words = _ids(lines), _people(lines)
    if not claims:
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"复核通过 {words}") as session:
            points_claims.accept(session, claims, now=context.clock.now())
        _told(context, f"已复核 {len(claims):,} 笔：{words}")


def send_back(context: Context, parent: QWidget, lines: Sequence[LedgerLine]) -> None:
    """退回并说明, to whoever entered them."""
    claims, words = _ids(lines), _people(lines)
    if not claims:
        return
    said = f"{words}，退给{'、'.join(dict.fromkeys(line.by for line in lines))}重新报。"
    dialog = ReasonDialog("退回并说明", said, "退回", usual=SEND_BACK, parent=parent.window())
    if not dialog.exec():
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"退回待复核 {words}") as session:
            points_claims.send_back(session, claims, answer=dialog.reason, now=context.clock.now())
        _told(context, f"已退回 {len(claims):,} 笔：{words}")


def withdraw(context: Context, parent: QWidget, lines: Sequence[LedgerLine]) -> None:
    """撤回 what one entered oneself and nobody has agreed to."""
    claims, words = _ids(lines), _people(lines)
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"撤回待复核 {words}") as session:
            points_claims.withdraw(session, claims, now=context.clock.now())
        _told(context, f"已撤回 {len(claims):,} 笔：{words}")


def reverse(context: Context, parent: QWidget, line: LedgerLine) -> None:
    """冲正 by counter-entries, points and hours together; a redemption leads to the counter."""
    if line.redemption_id is not None:
        context.signals.page_requested.emit("points", ShowRedemption(line.redemption_id))
        return
    said = f"{line.name}　{line.on_date:%Y-%m-%d}　{line.title}　{worth(line)}"
    explanation = f"{said}。原来的一行留着，另记一行相反的。"
    dialog = ReasonDialog("冲正", explanation, "冲正", usual=REVERSE, parent=parent.window())
    if not dialog.exec():
        return
    with messages.domain_errors_shown(parent):
        with context.database.transaction(f"冲正 {said}") as session:
            now = context.clock.now()
            if line.claim_id is not None:
                points_claims.reverse(session, line.claim_id, reason=dialog.reason, now=now)
            elif line.book is Book.ENTRY:
                points_book.reverse(session, line.row_id, reason=dialog.reason, now=now)
            else:
                points_book.reverse_hours(session, line.row_id, reason=dialog.reason, now=now)
        _told(context, f"已冲正：{said}")


def why_not_reversed(line: LedgerLine) -> str:
    """Why a line cannot be reversed, in words; '' where it can."""
    if line.state is LineState.REVERSED:
        return "已经冲正过"
    if line.state is LineState.REVERSAL:
        return "冲正行不再冲正"
    if line.kind in (EntryKind.MOVED_IN, EntryKind.MOVED_OUT):
        return "转错了请再转回来"
    return ""


def source_words(line: LedgerLine) -> str:
    """The button to where the line came from: 看活动, 看兑换单; '' where from nowhere else."""
    if line.redemption_id is not None:
        return "看兑换单"
    return "看活动" if line.activity_id is not None else ""


def open_source(context: Context, line: LedgerLine) -> None:
    """The activity or the redemption that the line came of."""
    if line.redemption_id is not None:
        context.signals.page_requested.emit("points", ShowRedemption(line.redemption_id))
    elif line.activity_id is not None:
        context.signals.page_requested.emit("points", ShowActivity(line.activity_id))


def worth(line: LedgerLine) -> str:
    """+2 分，2.0 小时."""
    points = f"{signed(line.points)} 分" if line.points else ""
    hours = hours_words(line.half_hours) if line.half_hours else ""
    return "，".join(part for part in (points, hours) if part) or "0 分"


def _ids(lines: Sequence[LedgerLine]) -> list[int]:
    return [line.row_id for line in lines if line.waits]


def _people(lines: Sequence[LedgerLine]) -> str:
    """王秀兰 楼道清扫, or 王秀兰 等 3 笔 6 分."""
    if len(lines) == 1:
        return f"{lines[0].name} {lines[0].title} {worth(lines[0])}"
    points = sum(line.points for line in lines)
    return f"{lines[0].name} 等 {len(lines):,} 笔 {points:,} 分" if lines else ""


def _told(context: Context, sentence: str) -> None:
    context.signals.changed.emit(Area.POINTS)
    messages.notify(context.signals, sentence)
