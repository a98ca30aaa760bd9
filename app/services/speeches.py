"""Turns to speak (发言): asked for, begun, ended with their seconds (domain.md 5.6).

Everybody says first where he stands, then why; how long and how often are settings of the office.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Attendee, AttendWay, Speech, Stance
from app.services import rights, settings
from app.services.running import running_item
from app.services.settings import SPEECH_TURNS
from app.storage.lookup import Source, Sql, lookup_of, moment_of, query
from app.values.rights import Right
from app.values.text import tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechView:
    """A turn: it waits without `began_at`, goes on without `seconds`."""

    id: int
    version: int
    item_id: int
    attendee_id: int | None
    name: str
    stance: Stance | None
    place: int
    began_at: datetime | None
    seconds: int | None
    words: str

    @property
    def waits(self) -> bool:
        return self.began_at is None

    @property
    def speaks(self) -> bool:
        return self.began_at is not None and self.seconds is None


def speeches(source: Source, item_id: int) -> list[SpeechView]:
    """All turns on an item in their order."""
    mine = [Sql("agenda_item_id = ?", (item_id,))]
    found = lookup_of(source).rows(query(_COLUMNS, "speech", mine, "ORDER BY place, id"))
    return [_view(row) for row in found]


def ask(
    session: Session,
    item_id: int,
    *,
    attendee_id: int,
    stance: Stance | None = None,
) -> int:
    """Put somebody who is there at the end of the list.

    Raises DomainError for who is not there, waits already, or has had all his turns.
    """
    rights.require(session, Right.RUN_MEETINGS)
    item = running_item(session, item_id)
    person = session.get(Attendee, attendee_id)
    if person is None or person.meeting_id != item.meeting_id:
        raise DomainError("签到名单上没有这个人，请先签到，或记为列席，再请他发言。")
    if person.left_at is not None or person.way in (AttendWay.PROXY, AttendWay.EXCUSED):
        raise DomainError(f"{person.name} 现在不在会上，不能发言。")
    before = [one for one in speeches(session, item_id) if one.attendee_id == attendee_id]
    if any(one.seconds is None for one in before):
        raise DomainError(f"{person.name} 已经在发言名单上，轮到时再请。")
    most = settings.load(session)[SPEECH_TURNS]
    if most and len(before) >= most:
        raise DomainError(
            f"{person.name} 在这一项已经发言 {len(before)} 次，按议事规则一件事每人最多 {most} 次。"
        )
    row = Speech(
        agenda_item_id=item_id,
        attendee_id=attendee_id,
        name=person.name,
        stance=stance,
        place=_next_place(session, item_id),
    )
    session.add(row)
    session.flush()
    return row.id


def begin(session: Session, speech_id: int, *, now: datetime) -> None:
    """It is his turn; whoever spoke until now has ended."""
    row = _get(session, speech_id)
    if row.began_at is not None:
        raise DomainError(f"{row.name} 的发言已经开始。")
    for other in speeches(session, row.agenda_item_id):
        if other.speaks:
            end(session, other.id, now=now)
    row.began_at = now
    session.flush()


def end(
    session: Session,
    speech_id: int,
    *,
    now: datetime,
    words: str = "",
    stance: Stance | None = None,
) -> None:
    """到时, or said before: the seconds are kept, with what was said in short."""
    row = _get(session, speech_id)
    if row.began_at is None or row.seconds is not None:
        raise DomainError(f"{row.name} 现在没有在发言。")
    row.seconds = max(0, round((now - row.began_at).total_seconds()))
    row.words = tidy(words) or row.words
    row.stance = stance or row.stance
    session.flush()


def withdraw(session: Session, speech_id: int, *, version: int) -> None:
    """Somebody who waits no longer wants to speak."""
    row = _get(session, speech_id)
    if row.version != version:
        raise ChangedMeanwhile
    if row.began_at is not None:
        raise DomainError(f"{row.name} 已经发言，不能从名单上去掉。")
    session.delete(row)
    session.flush()


def _get(session: Session, speech_id: int) -> Speech:
    rights.require(session, Right.RUN_MEETINGS)
    row = session.get(Speech, speech_id)
    if row is None:
        raise DomainError("发言名单上没有这一行了，请刷新后再看。")
    running_item(session, row.agenda_item_id)
    return row


def _next_place(session: Session, item_id: int) -> int:
    last = select(func.max(Speech.place)).where(Speech.agenda_item_id == item_id)
    return (session.scalar(last) or 0) + 1


_COLUMNS = """id, version, agenda_item_id, attendee_id, name, stance, place, began_at, seconds,
    words"""


def _view(values: tuple[Any, ...]) -> SpeechView:
    key, version, item_id, attendee_id, name, stance, place, began_at, seconds, words = values
    return SpeechView(
        id=key,
        version=version,
        item_id=item_id,
        attendee_id=attendee_id,
        name=name,
        stance=Stance.of(stance) if stance else None,
        place=place,
        began_at=moment_of(began_at),
        seconds=seconds,
        words=words or "",
    )
