"""A month as it is shown: at which of the seven steps it is, what keeps it from the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services import points_appeals, points_months, points_open, settings
from app.services.points_filter import first_of, month_words
from app.services.points_lines import following, month_number
from app.services.points_open import Open
from app.services.points_proof import Proof, proof
from app.services.points_publishing import STEPS, MonthView, Step, closed_month, closed_months
from app.storage.lookup import Source, actor_of, lookup_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFacts:
    """A month, open or closed; `refusal` says why it cannot be closed now."""

    month: int
    closed: MonthView | None
    step: Step | None
    """None once it is in the archive"""
    open: Open
    objections: int
    unanswered: int
    objection_days: int
    proof: Proof
    before: MonthView | None
    """The month before, where that is closed"""
    refusal: str = ""

    @property
    def words(self) -> str:
        """2026年11月."""
        return month_words(self.month)

    @property
    def number(self) -> int:
        """At which of the seven steps it stands, from 1; 8 once all are done."""
        return STEPS.index(self.step) + 1 if self.step is not None else len(STEPS) + 1


def month_facts(source: Source, month: int, *, today: date) -> MonthFacts:
    """Everything that the cards of a month show, of one moment."""
    lookup = lookup_of(source)
    closed = closed_month(lookup, month)
    waiting = Open((), ()) if closed else points_open.open_of(lookup, month)
    objections = points_appeals.appeals(lookup, month=month)
    found = proof(lookup, month)
    refusal = "" if closed else _refusal(lookup, month, waiting, found, today)
    step = closed.step(today) if closed else Step.REVIEW if waiting else Step.CLOSE
    return MonthFacts(
        month=month,
        closed=closed,
        step=step,
        open=waiting,
        objections=len(objections),
        unanswered=sum(one.open for one in objections),
        objection_days=settings.value(source, settings.OBJECTION_DAYS),
        proof=found,
        before=_before(lookup, month),
        refusal=refusal,
    )


def month_to_show(source: Source, *, today: date) -> int:
    """The month that somebody has to see to: the first that is over and open, else the latest
    whose list is not in the archive, else the present one."""
    lookup = lookup_of(source)
    present = month_number(today)
    awaited = points_months.next_month(lookup)
    if awaited is not None and awaited < present:
        return awaited
    shown = (one.month for one in closed_months(lookup) if not one.archived)
    return next(shown, present)


def state_words(closed: MonthView | None, today: date) -> str:
    """Behind the name of a month: 待月结, 公示中, 已归档 …; '' while it goes on."""
    if closed is None:
        return ""
    step = closed.step(today)
    if step is None:
        return "已归档"
    return {Step.OBJECTIONS: "公示中", Step.ARCHIVE: "待归档"}.get(step, "已月结")


def _before(source: Source, month: int) -> MonthView | None:
    return next((one for one in closed_months(source) if following(one.month) == month), None)


def _refusal(source: Source, month: int, waiting: Open, found: Proof, today: date) -> str:
    if actor_of(source).grids is not None:
        return "您只看得到部分网格的账，月结要由看得到全部的人办"
    if waiting:
        return f"{waiting.words}{waiting.appellants}，办完才能月结"
    if month >= month_number(today):
        return f"这个月还没有过完，{first_of(following(month)):%m-%d} 起才能月结"
    awaited = points_months.next_month(source)
    if awaited is None:
        return "积分账上还没有流水"
    if month > awaited:
        return f"要先月结{month_words(awaited)}"
    return "" if found.agrees else "账账不符，查清才能月结"
