"""The life of a request: accepted, handled, handed up and down, done, called back, closed.

Each step is noted with who, when, at which level and in which state. A request is closed after a
call-back or with a reason, and never while it is at the street (domain.md 6.4).
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    GridMember,
    Level,
    Request,
    RequestExtension,
    RequestState,
    Satisfaction,
    StepKind,
)
from app.services import calendar, members, request_due
from app.services.request_detail import followers, handler_words, position, waiting_extension
from app.services.request_due import OPEN
from app.services.request_moves import add_step, drop_extension, mirror, open_row, set_due
from app.services.request_rules import RequestAction, tried
from app.storage.lookup import actor_of
from app.values.text import tidy

_UP = {Level.MEMBER: Level.COMMUNITY, Level.COMMUNITY: Level.STREET}
_DOWN = {Level.STREET: Level.COMMUNITY, Level.COMMUNITY: Level.MEMBER}
_LONGEST_WORDS, _LONGEST_REASON, _LONGEST_NAME = 1000, 200, 60


def accept(
    session: Session, request_id: int, *, version: int, now: datetime, words: str = ""
) -> None:
    """签收: somebody has read it; from now on its own deadline runs."""
    row = open_row(session, request_id, version, RequestAction.ACCEPT)
    row.state = RequestState.ACCEPTED
    set_due(session, row)
    _step(session, row, StepKind.ACCEPTED, now, words=_words(words))


def assign(
    session: Session,
    request_id: int,
    *,
    version: int,
    now: datetime,
    member_id: int | None = None,
    handler: str = "",
    words: str = "",
) -> None:
    """交办: to a grid member, or to somebody by name (物业); from now on it is being handled."""
    row = open_row(session, request_id, version, RequestAction.ASSIGN)
    member, name = _member(session, member_id), tidy(handler)[:_LONGEST_NAME]
    if member is None and not name:
        raise DomainError("请写明交给谁办：选网格员，或写单位、姓名。")
    if member is not None and row.level is Level.COMMUNITY:
        if row.state is RequestState.HANDLING:
            raise DomainError("这件诉求在社区办。要交回网格员办，请点「退回」并写明原因。")
        row.level = Level.MEMBER
    row.state = RequestState.HANDLING
    row.member_id = member.id if member else row.member_id
    row.handler = name or None
    to = name or (member.name if member else "")
    _step(session, row, StepKind.ASSIGNED, now, words=_words(words), to=to)


def note(session: Session, request_id: int, *, version: int, now: datetime, words: str) -> None:
    """记进展: what has been done so far."""
    row = open_row(session, request_id, version, RequestAction.NOTE)
    _step(session, row, StepKind.NOTED, now, words=_words(words, "进展"))


def hand_up(
    session: Session, request_id: int, *, version: int, now: datetime, reason: str, to: str = ""
) -> None:
    """上报 one level, with the reason and to whom; at the street it waits for the street."""
    row = open_row(session, request_id, version, RequestAction.HAND_UP)
    above = _UP[row.level]
    why, name = _reason(reason, "上报"), tidy(to)[:_LONGEST_NAME]
    if above is Level.STREET and not name:
        raise DomainError("请写明报给街道的哪个科室或哪位，如“街道城建办”。")
    row.level, row.handler = above, name or None
    row.state = RequestState.ESCALATED if above is Level.STREET else RequestState.HANDLING
    _step(session, row, StepKind.HANDED_UP, now, words=why, to=name or above.label)


def hand_down(
    session: Session,
    request_id: int,
    *,
    version: int,
    now: datetime,
    reason: str,
    member_id: int | None = None,
) -> None:
    """退回 one level, with the answer of the street, or why the grid member is to handle it."""
    row = open_row(session, request_id, version, RequestAction.HAND_DOWN)
    below = _DOWN[row.level]
    what = "街道的回告" if row.level is Level.STREET else "退回的原因"
    why = _words(reason, what)
    member = _member(session, member_id)
    row.level, row.state, row.handler = below, RequestState.HANDLING, None
    if member is not None:
        row.member_id = member.id
    to = member.name if member is not None else below.label
    _step(session, row, StepKind.HANDED_DOWN, now, words=why, to=to)


def urge(
    session: Session, request_id: int, *, version: int, now: datetime, words: str = ""
) -> None:
    """催办: anybody may press whoever has it in hand."""
    row = open_row(session, request_id, version, RequestAction.URGE)
    to = handler_words(session, row) or row.level.label
    _step(session, row, StepKind.URGED, now, words=_words(words), to=to)


def flag(session: Session, request_id: int, *, version: int, now: datetime, words: str) -> None:
    """督办: whoever supervises watches it, and says what is expected."""
    row = open_row(session, request_id, version, RequestAction.FLAG)
    said = _words(words, "督办要求")
    row.flagged_on, row.flagged_by = now.date(), actor_of(session).name or None
    _step(session, row, StepKind.FLAGGED, now, words=said)


def unflag(
    session: Session, request_id: int, *, version: int, now: datetime, words: str = ""
) -> None:
    """解除督办."""
    row = open_row(session, request_id, version, RequestAction.UNFLAG)
    row.flagged_on = row.flagged_by = None
    _step(session, row, StepKind.UNFLAGGED, now, words=_words(words))


def ask_extension(
    session: Session, request_id: int, *, version: int, now: datetime, until: date, reason: str
) -> None:
    """申请延期 to a working day behind the present deadline, with the reason."""
    row = open_row(session, request_id, version, RequestAction.ASK_EXTENSION)
    why = _reason(reason, "延期")
    days = calendar.work_calendar(session)
    request_due.check_typed(days, until, "延期的日期", today=now.date())
    request_due.check_working(days, until, "期限", today=now.date())
    if row.due_on is not None and until <= row.due_on:
        raise DomainError(f"现在的期限是 {row.due_on:%Y-%m-%d}，延期要延到这天以后。")
    name = actor_of(session).name
    session.add(
        RequestExtension(request_id=row.id, until=until, reason=why, asked_by=name, asked_at=now)
    )
    _step(session, row, StepKind.EXTENSION_ASKED, now, words=f"延到 {until:%Y-%m-%d}：{why}")


def decide_extension(
    session: Session,
    request_id: int,
    *,
    version: int,
    now: datetime,
    granted: bool,
    remark: str = "",
) -> None:
    """Approve an extension, or refuse it with a reason."""
    row = open_row(session, request_id, version, RequestAction.DECIDE_EXTENSION)
    asked = waiting_extension(session, row.id)
    if asked is None:
        raise DomainError("没有待批的延期申请。")
    words = _reason(remark, "不同意") if not granted else _words(remark)[:_LONGEST_REASON]
    if granted and asked.until < now.date():
        raise DomainError("申请延到的日期已经过了，不能再同意。请退回这份申请，重新申请。")
    _decide(session, asked, granted, words, now)
    if granted:
        row.due_on, row.extended = asked.until, True
    kind = StepKind.EXTENDED if granted else StepKind.EXTENSION_REFUSED
    said = f"延到 {asked.until:%Y-%m-%d}" if granted else words
    _step(session, row, kind, now, words=f"{said}，{words}" if granted and words else said)


def finish(session: Session, request_id: int, *, version: int, now: datetime, answer: str) -> None:
    """办结 with the answer to the resident; all who asked wait for a call."""
    row = open_row(session, request_id, version, RequestAction.FINISH)
    said = _words(answer, "办理结果")
    for one in (row, *_carried(session, row)):
        drop_extension(session, one, now)
        kept_until = one.due_on
        one.state, one.answer, one.done_on = RequestState.DONE, said, now.date()
        one.satisfaction = one.called_on = None
        set_due(session, one)
        # The deadline that was kept or missed; the call-back has its own.
        add_step(session, one, StepKind.DONE, now, words=said).due_on = kept_until
    session.flush()


def call_back(
    session: Session,
    request_id: int,
    *,
    version: int,
    now: datetime,
    satisfaction: Satisfaction,
    words: str = "",
) -> None:
    """回访: content leads on, discontent leads back by itself, nobody reached is counted."""
    row = open_row(session, request_id, version, RequestAction.CALL_BACK)
    said = f"{satisfaction.label}：{tidy(words)}" if tidy(words) else satisfaction.label
    if satisfaction is Satisfaction.DISCONTENT:
        _words(words, "居民哪里不满意")
    row.satisfaction = satisfaction
    if satisfaction is Satisfaction.NOT_REACHED:
        add_step(session, row, StepKind.CALLED_BACK, now, words=said)
        return
    row.called_on = now.date()
    row.state = RequestState.CALLED_BACK
    add_step(session, row, StepKind.CALLED_BACK, now, words=said)
    if satisfaction is Satisfaction.DISCONTENT:
        _again(session, row, now, "居民不满意")


def close(
    session: Session, request_id: int, *, version: int, now: datetime, reason: str | None = None
) -> None:
    """销号 after a call-back; without one only with a reason, by whoever supervises or after
    three calls that reached nobody.
    """
    row = open_row(session, request_id, version, RequestAction.CLOSE)
    why = None
    if row.state is not RequestState.CALLED_BACK:
        at = position(session, row)
        why = _reason(reason or "", "多次没联系上，销号" if tried(at) else "不回访就销号")
    for one in (row, *_carried(session, row)):
        drop_extension(session, one, now)
        one.state, one.closed_on, one.due_on = RequestState.CLOSED, now.date(), None
        one.close_reason = why
        add_step(session, one, StepKind.CLOSED, now, words=why or "")


def reopen(session: Session, request_id: int, *, version: int, now: datetime, reason: str) -> None:
    """重办: the matter came back; the old way stays, a new deadline runs."""
    row = open_row(session, request_id, version, RequestAction.REOPEN)
    row.closed_on = row.close_reason = row.called_on = row.satisfaction = None
    _again(session, row, now, _reason(reason, "重办"))


def _again(session: Session, row: Request, now: datetime, words: str) -> None:
    row.state, row.merged_into_id = RequestState.HANDLING, None
    row.reopened += 1
    row.extended, row.done_on = False, None
    step = add_step(session, row, StepKind.REOPENED, now, words=words)
    # It counts from this very step.
    set_due(session, row)
    step.due_on = row.due_on
    session.flush()


def _carried(session: Session, row: Request) -> list[Request]:
    """Those merged into it that still go on with it."""
    if row.state not in OPEN:
        return []
    return [one for one in followers(session, row.id) if one.done_on is None]


def _step(
    session: Session, row: Request, kind: StepKind, now: datetime, *, words: str = "", to: str = ""
) -> None:
    add_step(session, row, kind, now, words=words, to=to)
    mirror(session, row)


def _decide(
    session: Session, asked: RequestExtension, granted: bool, remark: str, now: datetime
) -> None:
    asked.granted, asked.remark = granted, remark or None
    asked.decided_by, asked.decided_at = actor_of(session).name or None, now
    session.flush()


def _member(session: Session, member_id: int | None) -> GridMember | None:
    return members.get(session, member_id) if member_id is not None else None


def _words(words: str, what: str = "") -> str:
    """Tidied; required where `what` names it."""
    found = tidy(words)
    if what and not found:
        raise DomainError(f"请写明{what}。")
    if len(found) > _LONGEST_WORDS:
        raise DomainError(f"最多 {_LONGEST_WORDS} 个字，请缩短。")
    return found


def _reason(words: str, what: str) -> str:
    found = _words(words, f"{what}的原因")
    if len(found) > _LONGEST_REASON:
        raise DomainError(f"{what}的原因最多 {_LONGEST_REASON} 个字，请缩短。")
    return found
