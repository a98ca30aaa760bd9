"""What becomes of a resolution: dated steps with photographs until it is done, or why it stopped.

A step is never changed, only followed by another; the topic follows (topic_way).
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import DONE_RESOLUTIONS, Resolution, ResolutionState, TopicState
from app.services import progress, publicity, resolutions, topic_way
from app.services.progress import WHOLE, StepInput

ENDED = "办结："
"""What the last step of progress begins with"""


def step(
    session: Session, resolution_id: int, entered: StepInput, *, version: int, now: datetime
) -> int:
    """A dated step with its pictures; gives its id. With the first one it is under way."""
    row = resolutions.get_open(session, resolution_id, version=version)
    _check_day(row, entered.on_date)
    row.state = ResolutionState.UNDERWAY
    if entered.percent is not None:
        row.percent = entered.percent
    topic_way.follow(session, row.topic_id, TopicState.DECIDED)
    return progress.write(session, entered, now=now, resolution_id=row.id)


def finish(
    session: Session, resolution_id: int, entered: StepInput, *, version: int, now: datetime
) -> int:
    """办结 with the result in words and pictures of it; gives the id of the last step.

    Raises DomainError while an objection to its 公示 waits for an answer.
    """
    row = resolutions.get_open(session, resolution_id, version=version)
    _check_day(row, entered.on_date)
    waiting = publicity.unanswered(session, row.notice_id) if row.notice_id is not None else 0
    if waiting:
        raise DomainError(f"公示还有 {waiting} 条异议没有答复，答复以后再办结。")
    words = progress.checked(entered.words, "办理结果")
    row.state, row.percent = ResolutionState.DONE, WHOLE
    row.done_on, row.done_words = entered.on_date, words
    topic_way.follow(session, row.topic_id, TopicState.DONE)
    told = StepInput(
        on_date=entered.on_date, words=words, percent=WHOLE, photos=entered.photos, heading=ENDED
    )
    return progress.write(session, told, now=now, resolution_id=row.id)


def again(
    session: Session, resolution_id: int, reason: str, *, version: int, now: datetime
) -> None:
    """重新办理: those concerned are not content; what was done stays on record."""
    row = resolutions.get(session, resolution_id, version=version)
    if row.state not in DONE_RESOLUTIONS:
        raise DomainError(f"{row.number} 还没有办结，不用重新办理。")
    why = progress.reason(reason, "重新办理")
    row.state, row.done_on, row.done_words = ResolutionState.UNDERWAY, None, None
    row.percent = 0
    topic_way.follow(session, row.topic_id, TopicState.DECIDED)
    told = StepInput(on_date=now.date(), words=f"重新办理：{why}", percent=0)
    progress.write(session, told, now=now, resolution_id=row.id)


def stop(session: Session, resolution_id: int, reason: str, *, version: int, now: datetime) -> None:
    """终止, with the reason: which meeting took it back (居委会组织法 30), or why it cannot be."""
    row = resolutions.get_open(session, resolution_id, version=version)
    why = progress.reason(reason, "终止")
    row.state, row.stopped_reason = ResolutionState.STOPPED, why
    told = StepInput(on_date=now.date(), words=f"终止：{why}")
    progress.write(session, told, now=now, resolution_id=row.id)
    topic_way.follow(session, row.topic_id, TopicState.ACCEPTED)


def _check_day(row: Resolution, day: date) -> None:
    if day < row.made_on:
        raise DomainError(f"{row.made_on:%Y-%m-%d} 才作出，进展不会更早，请核对日期。")
