"""Votes (表决): counted, checked against who is there, announced, and from then on unchangeable.

A body that may decide decides by its rule set; a 协商 yields an opinion (居委会组织法 29, 32).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import AgendaItem, ItemState, Motion, Vote, VoteOption
from app.services import resolutions, rights, vote_thresholds, voting
from app.services.standing import FINAL
from app.services.vote_ground import (
    Ground,
    VoteInput,
    check_may,
    check_way,
    ground_of,
    item_of,
    sums,
    verdict_of,
)
from app.services.voting import Verdict
from app.storage import journal
from app.storage.lookup import Source, actor_of
from app.values.rights import Right
from app.values.text import tidy

_ANNOUNCED = "表决结果已经当众宣布，要改请另行表决"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How the figures stand before they are announced: the sum, and the result in words.

    `verdict` None where nothing may be announced; `words` says why.
    """

    agrees: bool
    sum_words: str
    words: str
    proof: str = ""
    verdict: Verdict | None = None
    opinion: bool = False
    """Whether it yields an opinion only (意向表决)"""


def check(source: Source, item_id: int, entered: VoteInput) -> Check:
    """What would be announced; faults are told in words, none is raised."""
    try:
        item = item_of(source, item_id)
        ground = ground_of(source, item, entered)
        agrees, sum_words = sums(ground, entered)
    except DomainError as error:
        return Check(agrees=False, sum_words="", words=str(error))
    try:
        check_may(source, item, ground)
        check_way(ground, entered)
        if not agrees:
            return Check(agrees=False, sum_words=sum_words, words="票数加起来对上了，才有结果。")
        verdict = verdict_of(ground, entered)
    except DomainError as error:
        return Check(agrees=agrees, sum_words=sum_words, words=str(error))
    return Check(
        agrees=True,
        sum_words=sum_words,
        words=verdict.words,
        proof=verdict.proof,
        verdict=verdict,
        opinion=not ground.rule.decides,
    )


def announce(session: Session, item_id: int, entered: VoteInput, *, now: datetime) -> int:
    """宣布: the result enters the ledger as it was counted; gives the id of the vote.

    What passed becomes a resolution or an opinion. Raises DomainError without a quorum, where the
    figures do not agree with who is there, for what was not on the agenda that was announced, and
    where the party organisation has not discussed it before (居委会组织法 29, 30).
    """
    rights.require(session, Right.RUN_MEETINGS)
    known = _announced(session, entered.request_key)
    if known is not None:
        return known
    _check_seen(session, item_id, entered.seen)
    item, row = item_of(session, item_id), session.get_one(AgendaItem, item_id)
    ground = ground_of(session, item, entered)
    check_may(session, item, ground)
    check_way(ground, entered)
    agrees, sum_words = sums(ground, entered)
    if not agrees:
        raise DomainError(f"{sum_words}，请核对票数，再宣布。")
    verdict = verdict_of(ground, entered)
    vote = _vote(session, item_id, ground, entered, verdict, now)
    session.add(vote)
    session.flush()
    journal.set_details(session, {FINAL: _ANNOUNCED})
    _add_options(session, vote, entered)
    if entered.motion_id is not None:
        _tell_motion(session, entered.motion_id, verdict)
    else:
        row.result = verdict.words[:200]
        if row.state is not ItemState.NOW:
            row.state = ItemState.DONE
        session.flush()
        resolutions.make(session, item_id, vote.id, now=now)
    return vote.id


def _announced(session: Session, request_key: str | None) -> int | None:
    if request_key is None:
        return None
    return session.scalar(select(Vote.id).where(Vote.request_key == request_key))


def _check_seen(session: Session, item_id: int, seen: int | None) -> None:
    of_item = select(Vote.words).where(Vote.agenda_item_id == item_id).order_by(Vote.id)
    announced = session.scalars(of_item).all()
    if seen is not None and len(announced) > seen:
        raise DomainError(
            f"这一项刚在另一个窗口宣布过：{announced[-1]}。请核对，要重新表决再宣布。"
        )


def _vote(
    session: Session,
    item_id: int,
    ground: Ground,
    entered: VoteInput,
    verdict: Verdict,
    now: datetime,
) -> Vote:
    part = voting.took_part(ground.rule, ground.part, entered.count)
    count = entered.count
    return Vote(
        agenda_item_id=item_id,
        motion_id=entered.motion_id,
        way=entered.way,
        vote_rule_id=ground.rule.id,
        rule=vote_thresholds.snapshot(ground.rule),
        members=part.members,
        voters=max(part.present, entered.total),
        yes=count.yes,
        no=count.no,
        abstain=count.abstain,
        invalid=count.invalid,
        area_members=part.area_members,
        area_voters=part.area_present,
        area_yes=count.area_yes,
        area_no=count.area_no,
        area_abstain=count.area_abstain,
        area_invalid=count.area_invalid,
        issued=entered.issued,
        returned=entered.returned,
        passed=verdict.passed,
        words=verdict.words[:200],
        proof=verdict.proof[:300],
        announced_at=now,
        entered_by=actor_of(session).name,
        request_key=entered.request_key,
    )


def _add_options(session: Session, vote: Vote, entered: VoteInput) -> None:
    best = max((one.votes for one in entered.options), default=0)
    for place, one in enumerate(entered.options, start=1):
        session.add(
            VoteOption(
                vote_id=vote.id,
                place=place,
                words=tidy(one.words)[:120],
                votes=one.votes,
                chosen=vote.passed and one.votes == best,
            )
        )
    session.flush()


def _tell_motion(session: Session, motion_id: int, verdict: Verdict) -> None:
    session.get_one(Motion, motion_id).result = verdict.words[:120]
    session.flush()
