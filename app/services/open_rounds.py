"""What waits in the grids: requests, visits, findings, posts; looks of open_matters.

Counted as the pages of 网格 count, so that whoever takes over finds the same there.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Post, RequestExtension
from app.services import diary_views, organisation, request_views, visit_alarms, visit_due
from app.services.open_kinds import OpenMatter
from app.services.request_views import RequestFilter

_REQUESTS, _VISITS = "网格 → 诉求", "网格 → 走访"
_DIARY, _POSTS = "网格 → 平安日记", "网格 → 组织"


def requests(session: Session, today: date) -> Iterator[OpenMatter]:
    """By column of the board, with the deadline that comes first; then what is late or flagged."""
    for state, count, due_on in request_views.by_state(session):
        words = f"{count:,} 件，最早 {due_on:%Y-%m-%d} 到期" if due_on else f"{count:,} 件"
        yield OpenMatter(f"诉求：{state.label}", words, _REQUESTS)
    for what, chosen in (
        ("诉求超过期限", RequestFilter(overdue=True)),
        ("督办的诉求", RequestFilter(flagged=True)),
    ):
        if listed := len(request_views.list_ids(session, chosen, today=today)):
            yield OpenMatter(what, f"{listed:,} 件", _REQUESTS)
    waiting = select(func.count()).where(RequestExtension.granted.is_(None))
    if asked := session.scalar(waiting):
        yield OpenMatter("申请延期，还没有批", f"{asked:,} 件", _REQUESTS)


def visits(session: Session, today: date) -> Iterator[OpenMatter]:
    """Alarms first: somebody did not open twice."""
    if alarms := visit_alarms.standing_alarms(session):
        words = f"{len(alarms):,} 人，最早 {alarms[0].raised_on:%Y-%m-%d}"
        yield OpenMatter("两次敲门没人，还没查明", words, _VISITS)
    late = visit_due.counted(visit_due.due(session, today=today, horizon_days=0), today).overdue
    if late:
        yield OpenMatter("过了期限还没走访的", f"{late:,} 人", _VISITS)


def findings(session: Session, _today: date) -> Iterator[OpenMatter]:
    """What was found on a round and is neither done with nor handed on."""
    count, oldest = diary_views.waiting(session)
    if oldest is not None:
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
