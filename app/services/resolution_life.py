"""What becomes of a resolution: dated steps with photographs until it is done, or why it stopped.

A step is never changed, only followed by another; the topic follows (topic_way).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Progress, ProgressPhoto, Resolution, ResolutionState, TopicState
from app.services import publicity, resolutions, topic_way
from app.services.photos import check
from app.storage.lookup import actor_of
from app.values.text import tidy

WHOLE = 100
ENDED = "办结："
"""What the last step of progress begins with"""
_LONGEST_WORDS = 1_000
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInput:
    """What was done on a day; `percent` None where nobody can say how far it is."""

    on_date: date
    words: str
    percent: int | None = None
    photos: Sequence[bytes] = ()


def step(
    session: Session, resolution_id: int, entered: StepInput, *, version: int, now: datetime
) -> int:
    """A dated step with its pictures; gives its id. With the first one it is under way."""
    row = resolutions.get_open(session, resolution_id, version=version)
    _check_day(row, entered.on_date, now.date())
    if entered.percent is not None and not 0 <= entered.percent <= WHOLE:
        raise DomainError("进度请填 0 到 100 之间的整数。")
    row.state = ResolutionState.UNDERWAY
    if entered.percent is not None:
        row.percent = entered.percent
    topic_way.follow(session, row.topic_id, TopicState.DECIDED)
    return _write(session, row, entered, now)


def finish(
    session: Session, resolution_id: int, entered: StepInput, *, version: int, now: datetime
) -> int:
    """办结 with the result in words and pictures of it; gives the id of the last step.

    Raises DomainError while an objection to its 公示 waits for an answer.
    """
    row = resolutions.get_open(session, resolution_id, version=version)
    _check_day(row, entered.on_date, now.date())
    waiting = publicity.unanswered(session, row.notice_id) if row.notice_id is not None else 0
    if waiting:
        raise DomainError(f"公示还有 {waiting} 条异议没有答复，答复以后再办结。")
    words = _checked(entered.words, "办理结果")
    row.state, row.percent = ResolutionState.DONE, WHOLE
    row.done_on, row.done_words = entered.on_date, words
    topic_way.follow(session, row.topic_id, TopicState.DONE)
    told = StepInput(
        on_date=entered.on_date, words=f"{ENDED}{words}", percent=WHOLE, photos=entered.photos
    )
    return _write(session, row, told, now)


def again(
    session: Session, resolution_id: int, reason: str, *, version: int, now: datetime
) -> None:
    """重新办理: those concerned are not content; what was done stays on record."""
    row = resolutions.get(session, resolution_id, version=version)
    if row.state not in resolutions.OVER:
        raise DomainError(f"{row.number} 还没有办结，不用重新办理。")
    why = _reason(reason, "重新办理")
    row.state, row.done_on, row.done_words = ResolutionState.UNDERWAY, None, None
    row.percent = 0
    topic_way.follow(session, row.topic_id, TopicState.DECIDED)
    told = StepInput(on_date=now.date(), words=f"重新办理：{why}", percent=0)
    _write(session, row, told, now)


def stop(session: Session, resolution_id: int, reason: str, *, version: int, now: datetime) -> None:
    """终止, with the reason: which meeting took it back (居委会组织法 30), or why it cannot be."""
    row = resolutions.get_open(session, resolution_id, version=version)
    why = _reason(reason, "终止")
    row.state, row.stopped_reason = ResolutionState.STOPPED, why
    told = StepInput(on_date=now.date(), words=f"终止：{why}")
    _write(session, row, told, now)
    topic_way.follow(session, row.topic_id, TopicState.ACCEPTED)


def _write(session: Session, row: Resolution, entered: StepInput, now: datetime) -> int:
    check("一步进展", len(entered.photos), entered.photos)
    found = Progress(
        resolution_id=row.id,
        on_date=entered.on_date,
        at=now,
        words=_checked(entered.words, "进展"),
        percent=entered.percent,
        user_name=actor_of(session).name,
    )
    session.add(found)
    session.flush()
    session.add_all(
        ProgressPhoto(progress_id=found.id, taken_at=now, jpeg=jpeg) for jpeg in entered.photos
    )
    session.flush()
    return found.id


def _check_day(row: Resolution, day: date, today: date) -> None:
    if day > today:
        raise DomainError(f"{day:%Y-%m-%d} 还没有到，做了以后再登记。")
    if day < row.made_on:
        raise DomainError(f"{row.made_on:%Y-%m-%d} 才作出，进展不会更早，请核对日期。")


def _checked(words: str, what: str) -> str:
    found = words.strip()
    if not tidy(found):
        raise DomainError(f"请写明{what}。")
    if len(found) > _LONGEST_WORDS:
        raise DomainError(f"{what}最多 {_LONGEST_WORDS:,} 个字，请缩短。")
    return found


def _reason(words: str, what: str) -> str:
    found = tidy(words)
    if not found:
        raise DomainError(f"请写明{what}的原因。")
    if len(found) > _LONGEST_REASON:
        raise DomainError(f"{what}的原因最多 {_LONGEST_REASON} 个字，请缩短。")
    return found
