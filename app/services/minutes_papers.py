"""会议记录 and 会议纪要, gathered from the meeting; that they left the house is journaled."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Action, ItemState, Meeting, Resolution
from app.reports.meeting_summary import MeetingSummary, Settled
from app.reports.minutes import Minutes, RecordedItem
from app.services import (
    agenda,
    attendance_views,
    meeting_views,
    minutes,
    motions,
    papers,
    speeches,
    turnouts,
    vote_views,
)
from app.services.agenda import ItemView
from app.services.attendance_views import Presence, Seat
from app.services.meeting_views import OVER, MeetingRow
from app.services.papers import Printing
from app.services.speeches import SpeechView
from app.services.turnouts import MeetingTurnout
from app.services.vote_views import VoteView
from app.storage import journal
from app.values.times import until_words

_MOST_NAMES = 300


def record(session: Session, meeting_id: int, printing: Printing) -> Minutes:
    """会议记录 as it stands; a draft until it is finished."""
    papers.require_whole(session, "会议记录")
    row = meeting_views.meeting(session, meeting_id)
    seats = attendance_views.seats(session, meeting_id)
    voted = vote_views.votes(session, meeting_id)
    came = [one.name for one in seats if _came(one)]
    return Minutes(
        office=papers.committee(session),
        meeting=row.title,
        when=_when(row),
        place=row.place,
        chair=row.chair,
        recorder=row.recorder,
        called_by=row.called_by,
        turnout=_turnout(row, turnouts.turnout(session, meeting_id), voted, seats),
        absent=_absent(seats),
        observers="、".join(_named(one) for one in seats if one.presence is Presence.OBSERVER),
        before=_before(row),
        items=[_item(session, one, voted) for one in agenda.items(session, meeting_id)],
        amendments=[
            f"{one.at:%Y-%m-%d %H:%M} {one.user_name}{f'，{one.item}' if one.item else ''}："
            f"{one.words}（原因：{one.reason}）"
            for one in minutes.amendments(session, meeting_id)
        ],
        finished=f"{row.filed_at:%Y-%m-%d} {row.filed_by} 定稿" if row.filed_at else "",
        names=came[:_MOST_NAMES],
    )


def summary(session: Session, meeting_id: int, printing: Printing) -> MeetingSummary:
    """会议纪要: the summary with what was settled, refused and left."""
    papers.require_whole(session, "会议纪要")
    row = meeting_views.meeting(session, meeting_id)
    listed = agenda.items(session, meeting_id)
    voted = vote_views.votes(session, meeting_id)
    seats = attendance_views.seats(session, meeting_id)
    lost = {one.item_id: one for one in voted if one.motion_id is None}
    return MeetingSummary(
        office=papers.committee(session),
        meeting=row.title,
        when=_when(row),
        place=row.place,
        chair=row.chair,
        turnout=_turnout(row, turnouts.turnout(session, meeting_id), voted, seats),
        text=row.summary,
        settled=_settled(session, meeting_id),
        refused=[
            f"{one.title}：{lost[one.id].words}。"
            for one in listed
            if one.id in lost and not lost[one.id].passed
        ],
        left=[one.title for one in listed if one.state is ItemState.LEFT],
        sent_to=row.sent_to,
        day=f"{printing.at:%Y-%m-%d}",
    )


def note_printed(session: Session, meeting_id: int) -> None:
    """Journal that the record, with the people in it, was printed or saved (domain.md 10.3)."""
    journal.record_look(session, Action.PRINTED, Meeting, [meeting_id])
    seats = attendance_views.seats(session, meeting_id)
    people = [one.resident_id for one in seats if one.resident_id and one.attendee_id]
    papers.note_printed(session, people)


def _when(row: MeetingRow) -> str:
    if row.opened_at is None:
        return row.when
    end = f" 到 {until_words(row.opened_at, row.closed_at)}" if row.closed_at else ""
    return f"{row.on_date:%Y-%m-%d} {row.opened_at:%H:%M}{end}"


def _turnout(
    row: MeetingRow, here: MeetingTurnout, voted: list[VoteView], seats: list[Seat]
) -> str:
    """The legal sentence; after the end that of the last vote, for people go home."""
    if row.state in OVER and voted:
        last = voted[-1]
        came = sum(_came(one) for one in seats)
        figures = f"应到 {last.members:,} 人，签到 {came:,} 人；表决时到会 {last.voters:,} 人"
        return f"{figures}。依据：{last.article}"
    parts = (here.trouble or here.verdict.words, here.verdict.proof, here.rule.article)
    return "；".join(part for part in parts if part)


def _came(one: Seat) -> bool:
    return one.presence in (Presence.HERE, Presence.PROXY, Presence.LEFT)


def _named(one: Seat) -> str:
    return f"{one.name}（{one.came_from}）" if one.came_from else one.name


def _absent(seats: list[Seat]) -> str:
    excused = [one.name for one in seats if one.presence is Presence.EXCUSED]
    missing = [one.name for one in seats if one.presence is Presence.MISSING]
    parts = [f"请假 {len(excused)} 人：{'、'.join(excused)}"] if excused else []
    if missing:
        named = f"：{'、'.join(missing)}" if len(missing) <= 30 else ""
        parts.append(f"未到 {len(missing)} 人{named}")
    return "；".join(parts)


def _before(row: MeetingRow) -> str:
    party = f"{row.party_on:%Y-%m-%d} 社区党组织研究" if row.party_on else ""
    words = f"（{row.party_words}）" if row.party_on and row.party_words else ""
    delegation = f"居民会议授权：{row.delegation}" if row.delegation else ""
    return "；".join(part for part in (party + words, delegation) if part)


def _item(session: Session, one: ItemView, voted: list[VoteView]) -> RecordedItem:
    on_item = [vote for vote in voted if vote.item_id == one.id and vote.motion_id is None]
    return RecordedItem(
        title=one.title,
        kind=("临时议题，" if one.added_there else "") + one.kind.label,
        words=one.words,
        motions=[
            f"{motion.title}：{motion.words}"
            f"（{f'{motion.mover} 提出，' if motion.mover else ''}附议 {motion.seconders} 人）"
            f"{f'，{motion.result}' if motion.result else ''}"
            for motion in motions.motions(session, one.id)
        ],
        speakers="；".join(
            _speaker(speech)
            for speech in speeches.speeches(session, one.id)
            if speech.seconds is not None
        ),
        text=_said(one.minutes, on_item),
        votes=[_vote_words(vote) for vote in on_item],
        result=one.result or one.state.label,
    )


def _speaker(one: SpeechView) -> str:
    """李建国（赞成，1 分 42 秒）."""
    minutes_, seconds = divmod(one.seconds or 0, 60)
    long = f"{minutes_} 分 {seconds} 秒" if minutes_ else f"{seconds} 秒"
    stance = f"{one.stance.label}，" if one.stance else ""
    return f"{one.name}（{stance}{long}）"


def _said(text: str, on_item: list[VoteView]) -> str:
    """Without the lines that the announcements wrote: the votes stand below with their proof."""
    announced = {f"表决：{vote.words}。" for vote in on_item}
    return "\n".join(line for line in text.splitlines() if line not in announced)


def _vote_words(vote: VoteView) -> str:
    count = vote.count
    figures = f"赞成 {count.yes}，反对 {count.no}，弃权 {count.abstain}，无效或未投 {count.invalid}"
    if vote.options:
        figures = "，".join(f"{one.words} {one.votes}" for one in vote.options)
    proof = f"（{vote.proof}）" if vote.proof else ""
    told = f"{vote.way.label}，到会 {vote.voters} 人，{figures}。{vote.words}{proof}。"
    return f"{told}依据：{vote.article}"


def _settled(session: Session, meeting_id: int) -> list[Settled]:
    made = select(Resolution).where(
        Resolution.meeting_id == meeting_id, Resolution.deleted_at.is_(None)
    )
    return [
        Settled(
            number=row.number,
            title=row.title,
            words=row.words,
            owner=row.owner or "",
            due=f"{row.due_on:%Y-%m-%d}" if row.due_on else "",
        )
        for row in session.scalars(made.order_by(Resolution.id))
    ]
