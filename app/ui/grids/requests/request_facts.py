"""All that was written down about a request, in lines and chips."""

from app.models import RequestState
from app.services.request_detail import RequestDetail
from app.services.request_due import day_words
from app.ui.grids.requests import board_painter
from app.ui.kit.chips import Chip

Fact = tuple[str, str]
"""What it is called, and what it says"""


def chips_of(shown: RequestDetail) -> list[Chip]:
    """State, deadline, and what is out of the ordinary."""
    found = [Chip(shown.state.label, "info")]
    if shown.due.text and shown.state is not RequestState.CLOSED:
        icon = board_painter.DUE_ICONS.get(shown.due.tone, "")
        found.append(Chip(shown.due.text, shown.due.tone, icon))
    if shown.flag_words:
        found.append(Chip(f"督办：{shown.flag_words}", "amber", board_painter.FLAG_ICON))
    if shown.urgency.value != "ordinary_case":
        found.append(Chip(shown.urgency.label, "amber"))
    if shown.reopened:
        found.append(Chip(f"重办 {shown.reopened} 次", "grey"))
    return found


def facts_of(shown: RequestDetail, phone: str = "") -> list[Fact]:
    """Everything that was written down, without what is empty; `phone` in clear."""
    found = (*_asked(shown, phone or shown.phone_masked), *_handled(shown), *_ended(shown))
    return [(name, fact) for name, fact in found if fact]


def _asked(shown: RequestDetail, phone: str) -> tuple[Fact, ...]:
    came = f"{shown.came_at:%Y-%m-%d %H:%M}，{shown.origin.label}，{shown.registered_by} 登记"
    ordered = f"{day_words(shown.order_due_on)}前" if shown.order_due_on else ""
    return (
        ("诉求人", _together("  ", shown.person, phone) or "没有留名"),
        ("来件", came),
        ("地点", _together("，", shown.place_words, shown.grid_name)),
        ("类别", shown.category),
        ("详情", shown.body),
        ("答应的事", shown.promise),
        ("工单", _together(" ", shown.order_number, ordered)),
    )


def _handled(shown: RequestDetail) -> tuple[Fact, ...]:
    asked = shown.extension
    merged = "、".join(str(number) for number in shown.merged)
    waits = f"{asked.asked_by} 申请延到 {day_words(asked.until)}：{asked.reason}" if asked else ""
    return (
        ("期限", shown.due_words + (f"（{shown.guessed}）" if shown.guessed else "")),
        ("承办", _together("，", shown.level.label, shown.handler)),
        ("上报原因", shown.why_up),
        ("待批延期", waits),
        ("并案", f"{merged} 号已并入" if merged else ""),
        ("并入", f"{shown.merged_into} 号，一起办" if shown.merged_into else ""),
    )


def _ended(shown: RequestDetail) -> tuple[Fact, ...]:
    called = f"{shown.called_on:%Y-%m-%d}" if shown.called_on else ""
    closed = f"{shown.closed_on:%Y-%m-%d}" if shown.closed_on else ""
    return (
        ("办理结果", shown.answer),
        ("回访", _together(" ", called, shown.satisfaction.label if shown.satisfaction else "")),
        ("销号", _together(" ", closed, shown.close_reason if closed else "")),
    )


def _together(sign: str, *parts: str) -> str:
    return sign.join(part for part in parts if part)
