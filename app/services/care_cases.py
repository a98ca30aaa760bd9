"""Care cases (关怀): nobody answered, or somebody stays away; open until it is known why.

A matter of welfare, not of meals (domain.md 4.3: 无人应答→通知网格员，兼做探访).
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Action,
    CareCase,
    CareReason,
    CareStep,
    CareStepKind,
    GridMember,
    Resident,
)
from app.services import diners, people, post_views, rights
from app.storage import journal
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy

OUTCOMES = (
    "在家，没听见敲门",
    "外出，本人已联系上",
    "外出，家属知道去处",
    "暂住亲友家",
    "住院，家属知道",
    "发现身体不适，已帮助就医",
)
"""What is mostly found out; anything else is written."""
LONGEST_WORDS, LONGEST_OUTCOME, LONGEST_STEP = 200, 200, 120
AGAIN_HANDED = "再送时本人已收到"
_EITHER = (Right.RUN_CANTEEN, Right.LOG_ROUNDS)
"""The kitchen raises it, the grid member says what came of it."""


def raise_case(
    session: Session,
    resident_id: int,
    *,
    why: CareReason,
    order_id: int | None = None,
    words: str = "",
    now: datetime,
) -> int:
    """A case about somebody; one of the same kind that is open goes on. Gives its id."""
    rights.require(session, Right.RUN_CANTEEN)
    people.get(session, resident_id)
    standing = session.scalars(
        select(CareCase).where(
            CareCase.resident_id == resident_id,
            CareCase.why == why,
            CareCase.closed_at.is_(None),
        )
    ).first()
    if standing is not None:
        standing.words = _longer(standing.words, tidy(words))
        standing.order_id = order_id or standing.order_id
        session.flush()
        return standing.id
    case = CareCase(
        resident_id=resident_id,
        why=why,
        order_id=order_id,
        raised_at=now,
        raised_by=actor_of(session).name,
        words=tidy(words)[:LONGEST_WORDS],
    )
    session.add(case)
    session.flush()
    return case.id


def note(
    session: Session,
    case_id: int,
    kind: CareStepKind,
    *,
    words: str = "",
    version: int | None = None,
    now: datetime,
) -> None:
    """Put down what was done about it; raises ChangedMeanwhile, DomainError where it is closed."""
    rights.require(session, *_EITHER)
    case = _open_case(session, case_id, version)
    _add_step(session, case, kind, words, now)


def hand_on(
    session: Session,
    case_id: int,
    *,
    member_id: int | None = None,
    words: str = "",
    version: int | None = None,
    now: datetime,
) -> str:
    """Give it to whoever does the rounds of the person's grid, or to `member_id`; gives the name.

    Raises DomainError where the person belongs to no grid, or nobody serves there.
    """
    rights.require(session, Right.RUN_CANTEEN)
    case = _open_case(session, case_id, version)
    person = people.get(session, case.resident_id)
    chosen = member_id or _member_of(session, person, now)
    member = session.get_one(GridMember, chosen)
    case.member_id, case.member_name = member.id, member.name
    _add_step(session, case, CareStepKind.HANDED_ON, tidy(words) or member.name, now)
    return member.name


def close(
    session: Session, case_id: int, *, outcome: str, version: int | None = None, now: datetime
) -> None:
    """Say what came of it; the kitchen's and the grid member's to do.

    Raises DomainError without words, ChangedMeanwhile, NotAllowed.
    """
    rights.require(session, *_EITHER)
    case = _open_case(session, case_id, version)
    words = tidy(outcome)
    if not words:
        raise DomainError("请写明查到了什么，如“外出，家属知道去处”，再了结。")
    if len(words) > LONGEST_OUTCOME:
        raise DomainError(f"结果最多写 {LONGEST_OUTCOME} 个字，请写短些。")
    _add_step(session, case, CareStepKind.OUTCOME, words[:LONGEST_STEP], now)
    _end(session, case, words, now)


def of_order(session: Session, order_id: int) -> list[int]:
    """The cases about a meal that nobody took, as far as they are open."""
    wanted = select(CareCase.id).where(CareCase.order_id == order_id, CareCase.closed_at.is_(None))
    return list(session.scalars(wanted))


def answered_by_handing(session: Session, order_id: int, *, now: datetime) -> None:
    """The meal was handed over after all: whoever took it is well enough to open the door."""
    for key in of_order(session, order_id):
        case = session.get_one(CareCase, key)
        _add_step(session, case, CareStepKind.OUTCOME, AGAIN_HANDED, now)
        _end(session, case, AGAIN_HANDED, now)


def withdraw(session: Session, order_id: int) -> None:
    """无人应答 was entered by mistake: a case about which nothing was done goes with it."""
    for key in of_order(session, order_id):
        if session.scalar(select(CareStep.id).where(CareStep.case_id == key).limit(1)) is None:
            session.delete(session.get_one(CareCase, key))
    session.flush()


def reveal(session: Session, resident_id: int) -> tuple[str, str]:
    """The numbers of the person and of the family in clear, '' for none; the look is journaled."""
    person = people.get(session, resident_id)
    journal.record_look(session, Action.LOOKED, Resident, [resident_id])
    diners.note_opened(session, resident_id)
    return person.phone or "", diners.diner(session, resident_id).contact_phone


def note_printed(session: Session, case_id: int) -> None:
    """Journal that the slip was printed, with the person on it."""
    case = _get(session, case_id)
    journal.record_look(session, Action.PRINTED, CareCase, [case_id])
    journal.record_look(session, Action.PRINTED, Resident, [case.resident_id])


# -- inside


def _member_of(session: Session, person: Resident, now: datetime) -> int:
    if person.grid_id is None:
        raise DomainError(
            f"{person.name}还没有分网格，不知道转给谁。请先给他分网格，或先打电话了解。"
        )
    found = post_views.staff_of(session, now.date()).get(person.grid_id)
    if found is None:
        raise DomainError(
            f"{person.name}所在的网格没有网格员。请到“网格 · 组织”里任命，或先打电话了解。"
        )
    return found[0]


def _get(session: Session, case_id: int) -> CareCase:
    case = session.get(CareCase, case_id)
    if case is None:
        raise DomainError("这件事已经撤销，请刷新后再看。")
    return case


def _open_case(session: Session, case_id: int, version: int | None) -> CareCase:
    case = _get(session, case_id)
    if case.closed_at is not None:
        raise DomainError(
            f"这件事已由{case.closed_by or '别人'}于 {case.closed_at:%m-%d %H:%M} 了结："
            f"{case.outcome}。"
        )
    if version is not None and case.version != version:
        raise ChangedMeanwhile
    return case


def _add_step(
    session: Session, case: CareCase, kind: CareStepKind, words: str, now: datetime
) -> None:
    session.add(
        CareStep(
            case_id=case.id,
            kind=kind,
            at=now,
            by_name=actor_of(session).name,
            words=tidy(words)[:LONGEST_STEP],
        )
    )
    session.flush()


def _end(session: Session, case: CareCase, outcome: str, now: datetime) -> None:
    case.closed_at, case.closed_by = now, actor_of(session).name
    case.outcome = outcome
    session.flush()


def _longer(before: str, more: str) -> str:
    """What was known, and what came to it."""
    parts = [part for part in (before, more) if part]
    return "；".join(dict.fromkeys(parts))[:LONGEST_WORDS]
