"""Numbered ballots (记名或编号的表决票): issued to each who votes, typed back one by one.

No order of typing changes the result: the tally is a sum over what came back. Ballots without a
number are not kept here, only counted (`votes.announce`).
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Ballot, Basis, BodyKind, Choice, MeetingState, Vote, VoteWay
from app.services import (
    ballot_views,
    body_views,
    electorate,
    meeting_rules,
    rights,
    vote_ground,
)
from app.services.ballot_views import BallotView
from app.services.body_composition import REPRESENTATIVE_ROLES
from app.services.meeting_views import MeetingRow, meeting
from app.services.standing import FINAL
from app.services.vote_rules import RuleView
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_PROXY = 60
# By the time of an undo the result may have been announced.
_AGAIN = "票录错了，请按票号再录一次"
_OVER = (MeetingState.FILED, MeetingState.CANCELLED)
_ON_PAPER = (VoteWay.BALLOT, VoteWay.HOUSEHOLD, VoteWay.AREA)


def issue(session: Session, item_id: int) -> int:
    """Number a ballot for everybody who votes on an item and has none; gives how many are new.

    Owners, members or households by the rule of the meeting. Raises DomainError where nobody is
    registered, and for what may not be voted on.
    """
    rights.require(session, Right.RUN_MEETINGS)
    row, rule = _ground(session, item_id)
    column, voters = _voters(session, row, rule)
    if not voters:
        raise DomainError(f"{row.body}还没有登记{rule.basis.label}，发不出编号的票。请先登记。")
    had = {
        getattr(one, column)
        for one in session.scalars(select(Ballot).where(Ballot.agenda_item_id == item_id))
    }
    last = session.scalar(select(func.max(Ballot.number)).where(Ballot.agenda_item_id == item_id))
    fresh = [one for one in voters if one not in had]
    session.add_all(
        Ballot(agenda_item_id=item_id, number=number, **{column: voter})
        for number, voter in enumerate(fresh, start=(last or 0) + 1)
    )
    session.flush()
    return len(fresh)


def type_back(
    session: Session,
    item_id: int,
    number: int,
    choice: Choice,
    *,
    today: date,
    proxy: str = "",
    correct: bool = False,
) -> BallotView:
    """A ballot has come back; `correct` where what was typed of it is put right.

    `proxy` is who voted in somebody's place with a written authorisation. Raises DomainError for a
    number that was not issued or came back before, after the result was announced, and for proxies
    that the rule does not know or that are proxied themselves.
    """
    row = _open(session, item_id, number)
    if row.choice is not None and not correct:
        raise DomainError(
            f"第 {number} 号票已经收回，录的是{row.choice.label}。要改请先打开“更正”再录。"
        )
    _check_proxy(session, row, tidy(proxy))
    journal.set_details(session, {FINAL: _AGAIN})
    row.choice, row.returned_on = choice, today
    row.proxy = tidy(proxy)[:_LONGEST_PROXY] or None
    row.entered_by = actor_of(session).name
    session.flush()
    return ballot_views.ballot(session, item_id, number)


def take_out(session: Session, item_id: int, number: int) -> BallotView:
    """A ballot that was typed by mistake has not come back; raises DomainError as `type_back`."""
    row = _open(session, item_id, number)
    journal.set_details(session, {FINAL: _AGAIN})
    row.choice = row.returned_on = row.proxy = None
    row.entered_by = actor_of(session).name
    session.flush()
    return ballot_views.ballot(session, item_id, number)


def may_send_somebody(source: Source, item_id: int) -> int:
    """How many one may stand for by the rule of an item; 0 where proxies are not provided for."""
    item = vote_ground.item_of(source, item_id)
    row = meeting(source, item.meeting_id)
    return meeting_rules.rule_of(source, row, item.matter).proxies


def _ground(session: Session, item_id: int) -> tuple[MeetingRow, RuleView]:
    item = vote_ground.item_of(session, item_id)
    row = meeting(session, item.meeting_id)
    if row.state in _OVER:
        raise DomainError(f"这次会议{row.state.label}，不能再发票。")
    rule = meeting_rules.rule_of(session, row, item.matter)
    if item.added_there and rule.decides:
        raise DomainError("临时议题没有列入通知的议程，这次会上不能表决，不发票。")
    _check_open(session, item_id)
    return row, rule


def _voters(session: Session, row: MeetingRow, rule: RuleView) -> tuple[str, Sequence[int]]:
    """The column of a ballot, and the ids for it in their order."""
    if row.kind is BodyKind.OWNERS:
        mine = [Sql("body_id = ? AND deleted_at IS NULL", (row.body_id,))]
        found = query("id", "main.owner", mine, "ORDER BY number, id")
        return "owner_id", list(lookup_of(session).column(found))
    if rule.basis is Basis.HOUSEHOLDS:
        return "household_id", electorate.households(session, row.body_id, row.on_date)
    if rule.basis is Basis.RESIDENTS:
        raise DomainError(
            "按十八周岁以上居民开的会，票不编号：请打印不记名的票，按张数发。"
            "要按户编号，请把会议的参加范围改成户的代表。"
        )
    members = body_views.members(session, row.body_id, row.on_date)
    if rule.basis is Basis.REPRESENTATIVES:
        members = [one for one in members if one.role in REPRESENTATIVE_ROLES]
    return "body_member_id", [one.id for one in members]


def _open(session: Session, item_id: int, number: int) -> Ballot:
    rights.require(session, Right.RUN_MEETINGS)
    _check_open(session, item_id)
    row = session.scalar(
        select(Ballot).where(Ballot.agenda_item_id == item_id, Ballot.number == number)
    )
    if row is None:
        raise DomainError(f"没有发过第 {number} 号票，请核对票号。")
    return row


def _check_open(session: Session, item_id: int) -> None:
    """An announced result stands, and with it the ballots under it."""
    announced = exists().where(
        Vote.agenda_item_id == item_id, Vote.motion_id.is_(None), Vote.way.in_(_ON_PAPER)
    )
    if session.scalar(select(announced)):
        raise DomainError("这一项的结果已经宣布，票不能再改。要重新表决，请列入下次会议的议程。")


def _check_proxy(session: Session, row: Ballot, proxy: str) -> None:
    if not proxy:
        return
    most = may_send_somebody(session, row.agenda_item_id)
    if not most:
        raise DomainError("这次会议的规则没有委托投票，受托人请空着；没有本人投的票录作无效。")
    all_of_them = ballot_views.ballots(session, row.agenda_item_id)
    mine = next(one.name for one in all_of_them if one.number == row.number)
    if proxy == mine:
        raise DomainError(f"这张票就是{mine}的，本人投的不填受托人。")
    sent = [one for one in all_of_them if one.proxy and one.number != row.number]
    if any(one.name == proxy for one in sent):
        raise DomainError(f"{proxy}自己也委托了别人，不能再受别人的托。")
    if any(one.proxy == mine for one in sent):
        raise DomainError(f"{mine}受了别人的托，不能再把自己的票委托出去。")
    held = sum(1 for one in sent if one.proxy == proxy)
    if held >= most:
        raise DomainError(f"{proxy}已经受了 {held} 人的托，按规则一人最多受 {most} 人的托。")
