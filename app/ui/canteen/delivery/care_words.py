"""A case of care in words: its notice, its four steps, what is known of the person."""

from app.models import CareReason, CareStepKind
from app.services.care_views import CaseView
from app.ui.kit.numbered_steps import StepLine

_TITLES = {
    CareStepKind.OWN_PHONE: "打本人电话",
    CareStepKind.FAMILY_PHONE: "打家属电话",
    CareStepKind.HANDED_ON: "转网格员上门",
    CareStepKind.OUTCOME: "登记结果",
}


def heading(case: CaseView) -> str:
    """The bold line of the notice: the second time at the same door says so."""
    if case.why is not CareReason.NOBODY_ANSWERED:
        return case.why.label
    times = case.words.count("；") + 1
    return f"{_times(times)}敲门，无人应答" if times > 1 else "敲门无人应答"


def facts(case: CaseView) -> list[tuple[str, str]]:
    """住址, 情况, 餐, 上次; what is not known is left out."""
    tags = "、".join(name for name, _ in case.tags)
    pairs = (
        ("住址", "・".join(part for part in (case.home, case.grid_name) if part)),
        ("情况", "・".join(part for part in (tags, case.visits) if part)),
        ("餐", f"{case.meal}・未送达不计补贴" if case.meal else ""),
        ("上次", case.last),
    )
    return [pair for pair in pairs if pair[1]]


def in_short(case: CaseView) -> list[tuple[str, str]]:
    """走访 and 上次, one line each where it can be."""
    pairs = (("走访", case.visits), ("上次", case.last))
    return [pair for pair in pairs if pair[1]][:1] or [("住址", case.home)]


def step_lines(case: CaseView) -> list[StepLine]:
    """The four steps, the one that comes marked as 现在."""
    lines = []
    for number, (kind, words) in enumerate(_TITLES.items(), start=1):
        done = case.done(kind)
        now = done is None and kind is case.next_step and case.closed_at is None
        beside = f"{done.at:%H:%M} {done.words}".strip() if done else "现在" if now else ""
        state = "done" if done else "now" if now else "later"
        lines.append(StepLine(number, words, beside, state, "warn" if now else "text2"))
    return lines


def next_words(case: CaseView) -> str:
    """What the button of the next step says."""
    step = case.next_step
    if step is CareStepKind.OWN_PHONE:
        return "本人没接，打家属电话"
    if step is CareStepKind.OUTCOME:
        return "登记结果"
    name = f" {case.staff[1]} " if case.staff else ""
    return f"转网格员{name}上门" if name else "转网格员上门"


def _times(count: int) -> str:
    return {2: "两次", 3: "三次"}.get(count, f"{count} 次")
