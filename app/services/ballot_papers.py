"""表决票 and 计票单 of one item of an agenda."""

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, AgendaItem, BodyKind, Choice
from app.reports.ballot import CHOICES, Ballots, Layout, Slip
from app.reports.tally_sheet import CountedLine, TallySheet
from app.reports.words import long_date
from app.services import (
    agenda,
    ballot_views,
    meeting_rules,
    meeting_views,
    turnouts,
    vote_rule_words,
    vote_views,
)
from app.services.agenda import ItemView
from app.services.ballot_views import BallotView
from app.services.meeting_views import MeetingRow
from app.services.papers import Printing, committee
from app.services.vote_views import VoteView
from app.storage import journal
from app.values.areas import plain_metres, square_metres

MOST_COPIES = 5_000
_MOST_PLANS = 5


def numbered(session: Session, item_id: int, layout: Layout) -> Ballots:
    """The ballots that were issued, each with its number and code; raises DomainError for none."""
    found = ballot_views.ballots(session, item_id)
    if not found:
        raise DomainError("还没有编号的票，请先“编号发票”。")
    item, row = _of(session, item_id)
    return Ballots(
        office=committee(session),
        meeting=f"{row.title}　{long_date(row.on_date)}",
        item=item.title,
        words=item.words,
        whose=_whose(row, found[0]),
        slips=[_slip(one) for one in found],
        layout=layout,
    )


def anonymous(
    session: Session, item_id: int, copies: int, layout: Layout, plans: tuple[str, ...] = ()
) -> Ballots:
    """Ballots without name or number; `plans` to choose one of in place of 赞成 and 反对.

    Raises DomainError for more copies than anybody can count, and for a single plan.
    """
    if not 1 <= copies <= MOST_COPIES:
        raise DomainError(f"不记名的票一次印 1 到 {MOST_COPIES:,} 张。")
    if len(plans) == 1 or len(plans) > _MOST_PLANS:
        raise DomainError(f"方案要写 2 到 {_MOST_PLANS} 个，用顿号隔开；只表决草案就空着。")
    item, row = _of(session, item_id)
    return Ballots(
        office=committee(session),
        meeting=f"{row.title}　{long_date(row.on_date)}",
        item=item.title,
        words=item.words,
        slips=[Slip()] * copies,
        choices=(*plans, Choice.ABSTAIN.label) if plans else CHOICES,
        layout=layout,
    )


def tally_sheet(session: Session, item_id: int, printing: Printing) -> TallySheet:
    """To count by hand; once the result was announced, what it was."""
    item, row = _of(session, item_id)
    vote = _announced(session, item)
    rule = meeting_rules.rule_of(session, row, item.matter)
    here = turnouts.turnout(session, row.id, item.matter)
    found = ballot_views.tally(session, item_id)
    there = vote.voters if vote else here.turnout.present
    facts = (
        ("会议", row.title),
        ("日期", long_date(row.on_date)),
        ("议题", item.title),
        ("应到", f"{vote.members if vote else here.turnout.members:,} 人"),
        ("到会", f"{there:,} 人" if there else ""),
        ("发出票数", f"{found.issued:,} 张" if found.issued else ""),
        ("收回票数", f"{found.returned:,} 张" if found.returned else ""),
        ("结果", f"{vote.words}。{vote.proof}" if vote else ""),
    )
    ratio = f"到会{vote_rule_words.quorum(rule)}，{vote_rule_words.passing(rule)}"
    return TallySheet(
        office=committee(session),
        facts=facts,
        lines=_lines(vote, by_area=rule.by_area),
        by_area=rule.by_area,
        rule=f"按{rule.name}计票：{ratio}。依据：{rule.article}。",
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def note_printed(session: Session, item_id: int) -> None:
    """Put on record that ballots or the sheet of an item were taken out."""
    journal.record_look(session, Action.PRINTED, AgendaItem, [item_id])


def _of(session: Session, item_id: int) -> tuple[ItemView, MeetingRow]:
    item = agenda.item(session, item_id)
    return item, meeting_views.meeting(session, item.meeting_id)


def _announced(session: Session, item: ItemView) -> VoteView | None:
    """The last vote on the item itself, not on an amendment."""
    found = vote_views.votes(session, item.meeting_id)
    mine = [one for one in found if one.item_id == item.id and one.motion_id is None]
    return mine[-1] if mine else None


def _lines(vote: VoteView | None, *, by_area: bool) -> list[CountedLine]:
    if vote is None:
        return [CountedLine(one.label) for one in Choice]
    if vote.options:
        plans = [CountedLine(one.words, f"{one.votes:,}") for one in vote.options]
        pairs = zip(list(Choice)[2:], vote.count.people[2:], strict=True)
        return [*plans, *(CountedLine(one.label, f"{number:,}") for one, number in pairs)]
    figures = zip(Choice, vote.count.people, vote.count.areas, strict=True)
    return [
        CountedLine(one.label, f"{number:,}", plain_metres(area) if by_area else "")
        for one, number, area in figures
    ]


def _whose(row: MeetingRow, first: BallotView) -> str:
    if row.kind is BodyKind.OWNERS:
        return "业主"
    return "成员" if first.of_member else "户主"


def _slip(one: BallotView) -> Slip:
    return Slip(
        number=one.number,
        name=one.name,
        place=one.place,
        area=f"专有面积 {square_metres(one.area)}" if one.area else "",
        code=one.code,
    )
