"""What stands on 决议 and 办理进度; the latter hangs on the board and is masked."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.models import Action, Resolution, Vote
from app.reports.progress_sheet import ProgressLine, ProgressSheet
from app.reports.resolution_paper import ResolutionPaper
from app.services import grids, resolution_views
from app.services.meeting_views import HERE
from app.services.papers import Printing, committee, public_phone
from app.services.public_words import PublicWords
from app.services.resolution_notice import attendance, charge_words
from app.services.resolution_views import ResolutionRow
from app.storage import journal
from app.storage.lookup import Lookup, Sql, lookup_of, one_of, query


def paper(session: Session, resolution_id: int) -> ResolutionPaper:
    """决议 or 协商意见 as it was made; raises DomainError where it is gone."""
    it = resolution_views.resolution(session, resolution_id)
    row = session.get_one(Resolution, resolution_id)
    vote = session.get(Vote, row.vote_id) if row.vote_id is not None else None
    there = attendance(vote) if vote is not None else _came(session, row.meeting_id)
    return ResolutionPaper(
        office=committee(session),
        body=it.body,
        kind=it.kind.label,
        number=it.number,
        title=it.title,
        meeting=it.meeting,
        held_on=it.made_on,
        words=it.words,
        attendance=there,
        result=it.vote_words,
        proof=it.vote_proof,
        article=str(vote.rule.get("article") or "") if vote is not None else "",
        charge=charge_words(it),
        day=it.made_on,
    )


def progress(
    session: Session, ids: Sequence[int], printing: Printing, *, filter_words: str = ""
) -> ProgressSheet:
    """How far these resolutions have come, masked for the board (居委会组织法 34)."""
    found = resolution_views.rows(session, ids)
    latest = _latest(lookup_of(session), ids)
    texts = [text for it in found for text in (it.title, it.owner, latest.get(it.id, ""))]
    public = PublicWords(session, [*texts, *(it.done_words for it in found)])
    phone = public_phone(session)
    return ProgressSheet(
        office=committee(session),
        filter_words="，".join(filter(None, (grids.own_words(session), filter_words))),
        lines=[_line(it, latest.get(it.id, ""), public) for it in found],
        contact=f"监督电话 {phone}" if phone else "",
        printed_on=printing.at.date(),
    )


def note_printed(session: Session, ids: Sequence[int]) -> None:
    """Journal that a paper of these resolutions was printed or saved."""
    journal.record_look(session, Action.PRINTED, Resolution, ids)


def _came(session: Session, meeting_id: int) -> str:
    """Of a 协商, which has no quorum (居委会组织法 32)."""
    met = query(f"m.expected, {HERE}", "meeting AS m", [Sql("m.id = ?", (meeting_id,))])
    expected, here = next(lookup_of(session).rows(met))
    return f"应到 {expected} 人，实到 {here} 人。" if expected else ""


def _latest(lookup: Lookup, ids: Sequence[int]) -> dict[int, str]:
    """What was done last on each: 11-20 装完 3 号楼."""
    asked = query(
        "resolution_id, on_date, words",
        "progress",
        [one_of("resolution_id", list(ids))],
        "ORDER BY on_date, id",
    )
    return {key: f"{day[5:]} {words}" for key, day, words in lookup.rows(asked)}


def _line(it: ResolutionRow, latest: str, public: PublicWords) -> ProgressLine:
    said = (("满意", it.good), ("基本满意", it.fair), ("不满意", it.bad))
    return ProgressLine(
        number=it.number,
        title=public.of(it.title),
        meeting=f"{it.meeting}（{it.made_on:%Y-%m-%d}）",
        owner=public.of(it.owner),
        due=f"{it.due_on:%Y-%m-%d}" if it.due_on else "",
        percent=it.percent,
        latest=public.of(latest or it.done_words),
        said="\n".join(f"{words} {count} 人" for words, count in said if count),
        state=it.state.label,
    )
