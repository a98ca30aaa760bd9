"""What is said of a resolution in the list and on its card."""

from datetime import date

from app.models import ResolutionKind, ResolutionState
from app.services import publicity
from app.services.resolution_views import ResolutionRow
from app.ui.kit.chips import Chip

SOON = 7
_TONES = {
    ResolutionState.MADE: "warn",
    ResolutionState.PUBLIC: "info",
    ResolutionState.UNDERWAY: "info",
    ResolutionState.DONE: "ok",
    ResolutionState.EVALUATED: "ok",
    ResolutionState.STOPPED: "grey",
}


def name_of(it: ResolutionRow) -> str:
    """决-2026-001 楼道照明改造: how the journal and questions name it."""
    return f"{it.number} {it.title}"


def day_words(day: date, today: date) -> str:
    """11-21; of another year with it."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


def state_chip(it: ResolutionRow) -> Chip:
    return Chip(it.state.label, _TONES[it.state])


def kind_chip(it: ResolutionRow) -> Chip:
    return Chip(it.kind.label, "info" if it.kind is ResolutionKind.DECISION else "grey")


def due_chip(it: ResolutionRow, today: date) -> Chip | None:
    """How the day it is due stands; None for what is over or has no day."""
    if not it.open or it.due_on is None:
        return None
    left = (it.due_on - today).days
    if left < 0:
        return Chip(f"超期 {-left} 天", "danger", "alert-circle-outline")
    if left == 0:
        return Chip("今天到期", "warn", "alert-outline")
    return Chip(f"还有 {left} 天", "warn" if left <= SOON else "grey")


def notice_words(it: ResolutionRow, today: date) -> str:
    """How its 公示 stands: 在期，12-06 期满，异议 1 条（1 条没有答复）."""
    if it.notice_id is None:
        return "还没有公示"
    chip, _ = publicity.state(it.posted_on, it.ends_on, it.taken_down_on, today=today)
    told = [chip]
    if it.ends_on is not None and it.taken_down_on is None:
        told.append(f"{day_words(it.ends_on, today)} 期满")
    if it.objections:
        waiting = f"（{it.unanswered} 条没有答复）" if it.unanswered else "（都已答复）"
        told.append(f"异议 {it.objections} 条{waiting}")
    return "，".join(told)


def verdict_words(it: ResolutionRow) -> str:
    """满意 12 人，基本满意 3 人; '' while nobody was asked."""
    told = (("满意", it.good), ("基本满意", it.fair), ("不满意", it.bad))
    return "，".join(f"{words} {count} 人" for words, count in told if count)


def warning(it: ResolutionRow, today: date) -> tuple[str, str]:
    """What presses most, and what to do; '' where nothing does."""
    if it.state is ResolutionState.STOPPED:
        return f"已终止：{it.stopped_reason}", ""
    if not it.open:
        if it.bad:
            return f"{it.bad} 人不满意", "问清楚哪里没办好，需要的在“更多”里重新办理。"
        return "", ""
    if it.unanswered:
        return f"{it.unanswered} 条异议没有答复", "到“文书 · 通知”里答复，答复以后才能办结。"
    if it.due_on is not None and it.late(today):
        return f"应在 {day_words(it.due_on, today)} 办结", "已经超期，请登记进展或者办结。"
    if it.ends_on is not None and it.ends_on < today and it.taken_down_on is None:
        return f"公示 {day_words(it.ends_on, today)} 已期满", "到“文书 · 通知”里登记撤下和结果。"
    if not it.owner or it.due_on is None:
        return "还没有定责任人和期限", "先交办，到期前会提醒。"
    if it.notice_id is None:
        return "还没有公示", "定下的事应当及时公布，不少于 15 日（组织法第三十四条）。"
    return "", ""
