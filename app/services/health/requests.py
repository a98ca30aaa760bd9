"""Requests whose columns contradict each other, or that were closed with nobody asked."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Request, RequestState
from app.services import request_due, request_moves
from app.services.health.kinds import Check, Found, Group, Kind, Level, Repair
from app.storage.lookup import Sql, lookup_of

_THERE = "request.deleted_at IS NULL"
_CONTRADICTIONS = (
    ("state = 'closed' AND closed_on IS NULL", "已销号，没有销号日期"),
    ("state <> 'closed' AND closed_on IS NOT NULL", "没有销号，却有销号日期"),
    ("state IN ('done', 'called_back') AND done_on IS NULL", "已办结，没有办结日期"),
    ("state = 'called_back' AND satisfaction IS NULL", "已回访，没有记满意度"),
    ("done_on < came_on OR closed_on < came_on", "办结或销号早于来件"),
)


def _contradictions(session: Session, now: datetime) -> Iterator[Found]:
    for where, words in _CONTRADICTIONS:
        found = f"SELECT id FROM request WHERE {_THERE} AND ({where}) ORDER BY id"
        for key in lookup_of(session).column(Sql(found)):
            yield key, words
    late = f"SELECT id, came_on FROM request WHERE {_THERE} AND came_on > ? ORDER BY id"
    for key, day in lookup_of(session).rows(Sql(late, (now.date().isoformat(),))):
        yield key, f"来件日期 {day} 晚于今天"


def _other_steps(session: Session, _now: datetime) -> Iterator[Found]:
    """Those that go on with another stand where that one stands, without a step of their own."""
    found = Sql(
        f"""
        SELECT request.id, request.state, step.state FROM request
        LEFT JOIN request_step AS step ON step.id = (
            SELECT max(last.id) FROM request_step AS last WHERE last.request_id = request.id
        )
        WHERE {_THERE} AND request.merged_into_id IS NULL
            AND (step.id IS NULL OR step.state <> request.state)
        ORDER BY request.id
        """
    )
    for key, state, last in lookup_of(session).rows(found):
        said = f"最后一步到“{RequestState.of(last).label}”" if last else "经过里一步也没有"
        yield key, f"登记的是“{RequestState.of(state).label}”，{said}"


def _unheard(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        f"SELECT id FROM request WHERE {_THERE} AND state = 'closed' AND called_on IS NULL"
        " AND trim(coalesce(close_reason, '')) = '' AND merged_into_id IS NULL ORDER BY id"
    )
    return ((key, "没有回访，也没有写原因") for key in lookup_of(session).column(found))


def _deadlines(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        f"SELECT id, due_on FROM request WHERE {_THERE}"
        " AND (state = 'closed') = (due_on IS NOT NULL) ORDER BY id"
    )
    for key, due_on in lookup_of(session).rows(found):
        yield key, f"已销号，还留着期限 {due_on}" if due_on else "在办，没有期限，不会提醒"


def _reckon(session: Session, ids: Sequence[int], _now: datetime) -> int:
    reckoner = request_due.reckoner(session)
    for key in ids:
        request_moves.set_due(session, session.get_one(Request, key), reckoner)
    session.flush()
    return len(ids)


CHECKS = (
    Check(
        key="request_contradicts",
        group=Group.ROUNDS,
        level=Level.WRONG,
        kind=Kind.REQUEST,
        title="诉求的状态自相矛盾",
        why="账单按这些日期和满意度统计；对不上时公布出去说不清。",
        example="已销号，没有销号日期",
        look=_contradictions,
    ),
    Check(
        key="request_steps",
        group=Group.ROUNDS,
        level=Level.WRONG,
        kind=Kind.REQUEST,
        title="诉求的状态与经过不符",
        why="状态要由一步一步的经过得来；不符时说不清办到了哪里。",
        example="登记的是“处理”，最后一步到“办结”",
        look=_other_steps,
    ),
    Check(
        key="request_unheard",
        group=Group.ROUNDS,
        level=Level.WRONG,
        kind=Kind.REQUEST,
        title="没有回访就销号",
        why="没有回访、也没有原因的，不知道居民满不满意。",
        example="没有回访，也没有写原因",
        look=_unheard,
    ),
    Check(
        key="request_due",
        group=Group.ROUNDS,
        level=Level.WRONG,
        kind=Kind.REQUEST,
        title="诉求的期限缺了或多了",
        why="没有期限的不会提醒；销了号还有期限的一直算超期。",
        example="在办，没有期限，不会提醒",
        look=_deadlines,
        repair=Repair(
            label="重新计算期限",
            promise="按现在的期限规定和节假日重新计算，已销号的清空期限。",
            mend=_reckon,
            by_itself=True,
        ),
    ),
)
