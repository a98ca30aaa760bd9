"""A meeting that goes on (进行中): from item to item, and what is corrected on the way."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import AgendaItem, ItemKind, ItemState
from app.services import agenda, motions, rights, speeches
from app.services.running import running, running_item
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_WORDS, _LONGEST_RESULT = 4000, 200
HEARD = "已通报"
"""What became of a report when the next item is called."""


def begin_item(session: Session, item_id: int, *, now: datetime) -> None:
    """This item is treated now; what was treated until now is done, or waits where it was not."""
    rights.require(session, Right.RUN_MEETINGS)
    row = running_item(session, item_id)
    before = select(AgendaItem).where(
        AgendaItem.meeting_id == row.meeting_id, AgendaItem.state == ItemState.NOW
    )
    for other in session.scalars(before):
        if other.id != item_id:
            _leave(session, other, now)
    row.state = ItemState.NOW
    session.flush()


def change_words(session: Session, item_id: int, words: str, *, version: int) -> None:
    """改文字: what is voted on, as it is read out. Raises DomainError once it was voted on."""
    rights.require(session, Right.RUN_MEETINGS)
    row = agenda.get(session, item_id, version=version)
    running(session, row.meeting_id)
    if motions.voted(session, item_id):
        raise DomainError("这一项已经表决宣布，付表决的文字不能再改。要改，请另行表决。")
    text = words.strip()
    if len(text) > _LONGEST_WORDS:
        raise DomainError(f"决议草案最多 {_LONGEST_WORDS:,} 个字，请写得短一些。")
    row.words = text or None
    session.flush()


def tell_result(session: Session, item_id: int, result: str, *, version: int) -> None:
    """What came of an item that is not voted on: 已通报, 由物业月底前答复."""
    rights.require(session, Right.RUN_MEETINGS)
    row = agenda.get(session, item_id, version=version)
    running(session, row.meeting_id)
    if motions.voted(session, item_id):
        raise DomainError("这一项的结果是表决宣布的，不能改写。")
    row.result = tidy(result)[:_LONGEST_RESULT] or None
    session.flush()


def note_party(
    session: Session, meeting_id: int, *, party_on: date, party_words: str, delegation: str
) -> None:
    """What was missing before a decision (居委会组织法 30), told from the papers while all wait.

    Raises DomainError for a day after the meeting, or where it was noted already.
    """
    rights.require(session, Right.RUN_MEETINGS)
    row = running(session, meeting_id)
    if party_on > row.on_date:
        raise DomainError("党组织研究应在会前，日期不能晚于开会日期，请核对。")
    row.party_on = row.party_on or party_on
    row.party_words = row.party_words or tidy(party_words)[:200] or None
    row.delegation = row.delegation or tidy(delegation)[:200] or None
    session.flush()


def _leave(session: Session, row: AgendaItem, now: datetime) -> None:
    """An item to be voted on that was not waits on; everything else is done."""
    for one in speeches.speeches(session, row.id):
        if one.speaks:
            speeches.end(session, one.id, now=now)
    if row.kind is ItemKind.DECIDE and not motions.voted(session, row.id):
        row.state = ItemState.WAITING
        return
    row.state = ItemState.DONE
    if row.kind is ItemKind.REPORT and not row.result:
        row.result = HEARD
