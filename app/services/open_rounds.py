"""What waits in the grids: requests, visits, findings, posts; looks of open_matters."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.models import DiaryEntry, Post, Request, RequestExtension, RequestState, VisitAlarm
from app.services import organisation, visit_due
from app.services.open_kinds import OpenMatter

_REQUESTS, _VISITS = "网格 → 诉求", "网格 → 走访"
_DIARY, _POSTS = "网格 → 平安日记", "网格 → 组织"


def requests(session: Session, today: date) -> Iterator[OpenMatter]:
    """By state, with the deadline that comes first; then what is late or flagged."""
    open_ones = (Request.deleted_at.is_(None), Request.state != RequestState.CLOSED)
    found = session.execute(
        select(Request.state, func.count(), func.min(Request.due_on))
        .where(*open_ones)
        .group_by(Request.state)
    )
    by_state = {state: (count, due_on) for state, count, due_on in found}
    for state in RequestState:
        if state in by_state:
            count, due_on = by_state[state]
            words = f"{count:,} 件，最早 {due_on:%Y-%m-%d} 到期" if due_on else f"{count:,} 件"
            yield OpenMatter(f"诉求：{state.label}", words, _REQUESTS)
    counted = select(func.count()).select_from(Request).where(*open_ones)
    for what, where in (
        ("诉求超过期限", Request.due_on < today),
        ("督办的诉求", Request.flagged_on.is_not(None)),
    ):
        if some := session.scalar(counted.where(where)):
            yield OpenMatter(what, f"{some:,} 件", _REQUESTS)
    waiting = select(func.count()).where(RequestExtension.granted.is_(None))
    if some := session.scalar(waiting):
        yield OpenMatter("申请延期，还没有批", f"{some:,} 件", _REQUESTS)


def visits(session: Session, today: date) -> Iterator[OpenMatter]:
    """Alarms first: somebody did not open twice."""
    count, oldest = session.execute(
        select(func.count(), func.min(VisitAlarm.raised_on)).where(VisitAlarm.cleared_on.is_(None))
    ).one()
    if count:
        words = f"{count:,} 人，最早 {oldest:%Y-%m-%d}"
        yield OpenMatter("两次敲门没人，还没查明", words, _VISITS)
    late = visit_due.counted(visit_due.due(session, today=today, horizon_days=0), today).overdue
    if late:
        yield OpenMatter("过了期限还没走访的", f"{late:,} 人", _VISITS)


def findings(session: Session, _today: date) -> Iterator[OpenMatter]:
    """What was found on a round and is not done with."""
    count, oldest = session.execute(
        select(func.count(), func.min(DiaryEntry.on_date)).where(
            DiaryEntry.deleted_at.is_(None),
            DiaryEntry.settled_on.is_(None),
            or_(DiaryEntry.category_id.is_not(None), DiaryEntry.hazard_id.is_not(None)),
        )
    ).one()
    if count:
        words = f"{count:,} 条，最早 {oldest:%Y-%m-%d}"
        yield OpenMatter("日记里发现的问题没有销号", words, _DIARY)


def vacancies(session: Session, today: date) -> Iterator[OpenMatter]:
    """Posts that one person should hold, in an office that has entered any."""
    if session.scalar(select(Post.id).where(Post.deleted_at.is_(None)).limit(1)) is None:
        return
    both = organisation.trees(session, on=today)
    vacant = Counter(
        seat.kind.label
        for tree in (both.party, both.community)
        for node in tree.walk()
        for seat in node.seats
        if seat.vacant
    )
    if vacant:
        words = "、".join(f"{kind} {count:,} 个" for kind, count in vacant.most_common())
        yield OpenMatter("空缺的职务", words, _POSTS)
