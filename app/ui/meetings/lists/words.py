"""What is said of resources, needs and projects in lists and on cards."""

from datetime import date

from app.models import ListState, NeedUrgency, ProjectState
from app.services.project_views import ProjectView
from app.services.three_lists import NeedView, ResourceView
from app.ui.kit.chips import Chip
from app.values.money import yuan

RESOURCES, NEEDS, PROJECTS = "资源", "需求", "项目"
_STATE_TONES = {
    ListState.OPEN: "warn",
    ListState.MATCHED: "info",
    ListState.DONE: "ok",
    ListState.WITHDRAWN: "grey",
}
_STAGE_TONES = {
    ProjectState.PLANNED: "grey",
    ProjectState.STARTED: "info",
    ProjectState.FINISHED: "warn",
    ProjectState.ACCEPTED: "ok",
    ProjectState.EVALUATED: "ok",
    ProjectState.STOPPED: "grey",
}
_URGENCY_TONES = {NeedUrgency.SOON: "warn", NeedUrgency.URGENT: "danger"}


def state_chip(one: ResourceView | NeedView) -> Chip:
    """待对接, 已对接; a resource that nobody asked for yet presses nobody."""
    waits = isinstance(one, NeedView) or one.state is not ListState.OPEN
    return Chip(one.state.label, _STATE_TONES[one.state] if waits else "grey")


def urgency_chip(one: NeedView) -> Chip | None:
    """Only what is not 一般."""
    tone = _URGENCY_TONES.get(one.urgency)
    return Chip(one.urgency.label, tone) if tone else None


def stage_chips(one: ProjectView, today: date) -> tuple[Chip, ...]:
    """Where it stands, and 超期 where it should be ready."""
    late = one.until is not None and one.late(today)
    over = (today - one.until).days if one.until is not None else 0
    more = (Chip(f"超期 {over} 天", "danger", "alert-circle-outline"),) if late else ()
    return (Chip(one.state.label, _STAGE_TONES[one.state]), *more)


def name_of(one: ResourceView | NeedView | ProjectView) -> str:
    """项-2026-003 楼道照明改造: how the journal and questions name it."""
    words = one.name if isinstance(one, ProjectView) else one.words
    return f"{one.number} {words[:20]}"


def money_words(one: ProjectView) -> str:
    """预算 18,600.00 元，已支出 5,000.00 元，余 13,600.00 元."""
    if not one.budget:
        return ""
    told = [f"预算 {yuan(one.budget)} 元"]
    if one.funded:
        told += [f"已支出 {yuan(one.spent)} 元", f"余 {yuan(one.left)} 元"]
    return "，".join(told)


def verdict_words(one: ProjectView) -> str:
    """满意 12 人，基本满意 3 人."""
    return "，".join(f"{words} {count} 人" for words, count in one.verdicts.items())


def term_words(one: ProjectView) -> str:
    """2026-05-01 至 2026-12-15."""
    return " 至 ".join(f"{day:%Y-%m-%d}" for day in (one.since, one.until) if day is not None)
