"""How a meeting is told of on its page and on the big screen."""

from datetime import datetime

from app.models import ItemKind, ItemState, MeetingState
from app.services.agenda import ItemView
from app.services.meeting_views import MeetingRow
from app.services.turnouts import MeetingTurnout
from app.services.vote_views import VoteView
from app.ui.kit.chips import Chip
from app.values.times import until_words

_TONES = {
    MeetingState.PLANNED: "grey",
    MeetingState.CALLED: "info",
    MeetingState.RUNNING: "info",
    MeetingState.ENDED: "warn",
    MeetingState.FILED: "ok",
    MeetingState.CANCELLED: "danger",
}
_PICTURES = {MeetingState.RUNNING: "record-circle-outline", MeetingState.ENDED: "alert-outline"}


def state_chip(row: MeetingRow) -> Chip:
    """进行中 and the like."""
    return Chip(row.state.label, _TONES[row.state], _PICTURES.get(row.state, ""))


def course_words(row: MeetingRow, now: datetime) -> str:
    """14:05 开始，已开 38 分钟."""
    if row.opened_at is None:
        return row.when
    if row.closed_at is None:
        return f"{row.opened_at:%H:%M} 开始，已开 {_minutes(row.opened_at, now)}"
    end = until_words(row.opened_at, row.closed_at)
    day = f"{row.on_date:%Y-%m-%d} {row.opened_at:%H:%M} 到 {end}"
    return f"{day}，开了 {_minutes(row.opened_at, row.closed_at)}"


def _minutes(start: datetime, end: datetime) -> str:
    minutes = max(0, int((end - start).total_seconds() // 60))
    hours, rest = divmod(minutes, 60)
    return f"{hours} 小时 {rest} 分钟" if hours else f"{rest} 分钟"


def turnout_line(here: MeetingTurnout) -> str:
    """The legal sentence, with those who are stood for."""
    if here.trouble:
        return here.trouble
    proxies = f"（含受托 {here.proxies} 人）" if here.proxies else ""
    return f"{here.verdict.words}{proxies}。"


def turnout_proof(here: MeetingTurnout) -> str:
    """The integers and the article."""
    parts = (here.verdict.proof, f"依据：{here.rule.article}")
    return "；".join(part for part in parts if part)


def item_line(item: ItemView, vote: VoteView | None = None) -> str:
    """What stands under the title of an item: how it stands, or what became of it."""
    if vote is not None:
        ending = "通过" if vote.passed else "未通过"
        return f"{'已表决，' if vote.decides else '意向'}{ending} {vote.count.yes:,} 票"
    if item.result:
        return item.result
    if item.state is ItemState.NOW:
        return "正在表决" if item.kind is ItemKind.DECIDE else "正在议"
    if item.state is ItemState.WAITING and item.follows:
        return f"接续：{item.follows}"
    added = "临时议题，" if item.added_there else ""
    return f"{added}{item.state.label}"


def kind_words(item: ItemView) -> str:
    """第 3 项 决议草案."""
    called = "决议草案" if item.kind is ItemKind.DECIDE else item.kind.label
    return f"第 {item.place} 项 {called}"


def clock_words(seconds: int) -> str:
    """1:42; with a minus over the time: -0:12."""
    sign = "-" if seconds < 0 else ""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{sign}{minutes}:{rest:02d}"
