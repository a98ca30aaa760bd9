"""What is said of a meeting in the list, on its card and in questions."""

from datetime import date

from app.models import BodyKind, ItemKind, Matter, MeetingState
from app.services import meeting_due, meeting_notice
from app.services.meeting_views import MeetingRow
from app.services.vote_rules import RuleView
from app.ui.kit.chips import Chip
from app.values.days import weekday

_TONES = {
    MeetingState.PLANNED: "grey",
    MeetingState.CALLED: "info",
    MeetingState.RUNNING: "warn",
    MeetingState.ENDED: "warn",
    MeetingState.FILED: "ok",
    MeetingState.CANCELLED: "grey",
}
_CONVENERS = {
    BodyKind.OWNERS: "业主委员会",
    BodyKind.JOINT: "社区党组织",
    BodyKind.PARTY: "党组织",
    BodyKind.SUPERVISORS: "居务监督委员会",
}
KIND_TONES = {ItemKind.DECIDE: "info", ItemKind.DISCUSS: "grey"}


def matter_of(kind: BodyKind) -> Matter:
    """The matter by which a body is told apart before its agenda is known."""
    return Matter.OWNERS_GENERAL if kind is BodyKind.OWNERS else Matter.ORDINARY


def convener(kind: BodyKind) -> str:
    """Who usually calls such a meeting."""
    return _CONVENERS.get(kind, "居民委员会")


def name_of(it: MeetingRow) -> str:
    """12-10 第 4 次居民代表会议: how the journal and questions name it."""
    return f"{it.on_date:%m-%d} {it.title}"


def day_words(it: MeetingRow, today: date) -> str:
    """12-10 周四; of another year with it."""
    day = it.on_date
    words = f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"
    return f"{words} 周{weekday(day)}"


def state_chip(it: MeetingRow, today: date) -> Chip:
    """What is to be done next, or what became of it."""
    coming = it.state in (MeetingState.PLANNED, MeetingState.CALLED)
    if coming and it.on_date == today:
        return Chip("今天开", "warn")
    if coming and it.on_date < today:
        return Chip("过期未开", "danger")
    if it.state is MeetingState.PLANNED and it.notify_by is not None:
        left = (it.notify_by - today).days
        if left <= meeting_due.NOTICE_SOON:
            return Chip("该通知了", "warn") if left >= 0 else Chip("通知晚了", "danger")
    return Chip(it.state.label, _TONES[it.state])


def here_words(it: MeetingRow) -> str:
    """到 43 / 61 once it was opened, before it how many items there are."""
    if it.expected is not None:
        return f"到 {it.here} / {it.expected:,}"
    return f"议程 {it.items} 项"


def rule_sentence(rule: RuleView) -> str:
    """居民代表会议：三分之二以上到会…… with the article, below the choice of the body."""
    parts = []
    if rule.notice_days:
        said = "须提前" if rule.notice_by_law else "宜提前"
        parts.append(f"{said} {rule.notice_days} 天通知{meeting_notice.whom(rule.kind)}")
    both = "人数和面积都" if rule.by_area else ""
    if rule.quorum.asked:
        came = "参与表决" if rule.by_area else "到会"
        parts.append(f"{rule.basis.label}{both}{rule.quorum.words}{came}有效")
    passes = f"{rule.pass_basis.label}{both}{rule.passing.words}通过"
    parts.append(passes if rule.decides else "只形成协商意见，不作决定")
    return f"{'，'.join(parts)}（{rule.article}）。"
