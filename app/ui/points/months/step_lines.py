"""The seven steps of a month as lines: what each is, what is told beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.services import points_months
from app.services.points_month_facts import MonthFacts
from app.services.points_publishing import STEPS, Step
from app.ui.kit.numbered_steps import StepLine

_SHORT = 8
"""Longer names of places give way to the day"""


def step_lines(facts: MonthFacts, today: date) -> Iterator[StepLine]:
    """One line for each step, in their order."""
    for number, step in enumerate(STEPS, start=1):
        state = "now" if number == facts.number else "done" if number < facts.number else "later"
        title = f"{step.label} {facts.objection_days} 天" if step is Step.OBJECTIONS else step.label
        tone = _tone(facts, step, today) if state == "now" else "text2"
        yield StepLine(number, title, _beside(facts, step), state, tone)


def _beside(facts: MonthFacts, step: Step) -> str:
    if step is Step.REVIEW:
        return _left(facts) if facts.open else "都复核了"
    if step is Step.CLOSE and facts.closed is None:
        return f"{points_months.due_on(facts.month):%m-%d} 前"
    if step is Step.PREPARE:
        return f"{facts.proof.accounts:,} 个账户"
    return _told(facts, step)


def _left(facts: MonthFacts) -> str:
    """剩 6 笔，申诉 1: beside the title there is room for no more."""
    claims, appeals = len(facts.open.claims), len(facts.open.appeals)
    parts = (f"剩 {claims:,} 笔" if claims else "", f"申诉 {appeals:,}" if appeals else "")
    return "，".join(filter(None, parts))


def _told(facts: MonthFacts, step: Step) -> str:
    """When it was done, and by whom or where."""
    one = facts.closed
    if one is None:
        return ""
    if step is Step.CLOSE:
        return f"{one.closed_at:%m-%d} {one.closed_by}"
    if step is Step.SIGN:
        return f"{one.signed_on:%m-%d} {one.signed_by}" if one.signed_on else ""
    if step is Step.POST and one.posted_on:
        return one.posted_at if len(one.posted_at) <= _SHORT else f"{one.posted_on:%m-%d}"
    if step is Step.OBJECTIONS and one.public_until:
        open_ones = f"，{facts.unanswered} 件待答复" if facts.unanswered else ""
        return f"到 {one.public_until:%m-%d}{open_ones}"
    return f"{one.archived_on:%m-%d}" if step is Step.ARCHIVE and one.archived_on else ""


def _tone(facts: MonthFacts, step: Step, today: date) -> str:
    late = step is Step.CLOSE and today > points_months.due_on(facts.month)
    return "warn" if late or step is Step.REVIEW or facts.unanswered else "sel"
