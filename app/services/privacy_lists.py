"""What has to be done about people's data, list by list, for the tab 隐私."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.services import erasing, privacy, residents, retention
from app.services.chunks import chunks
from app.services.filters import NO_GUARDIAN, ResidentFilter
from app.services.residents import Order, OrderKey
from app.services.retention import Matter


class PrivacyList(enum.Enum):
    """Which list; the value is its name."""

    DUE = "到期"
    CORRECTIONS = "更正申请"
    NO_GUARDIAN = NO_GUARDIAN
    NOT_INFORMED = "未告知"
    WITHDRAWN = "已撤回"
    ERASED = "已抹去"


@dataclass(frozen=True, slots=True)
class PrivacyLine:
    """One line of any list; `resident_id` is None for a paper and for who was erased."""

    key: tuple[str, int]
    name: str
    what: str
    day: date | None
    note: str = ""
    resident_id: int | None = None
    matter: Matter | None = None
    late: bool = False


_FILTERED = {
    PrivacyList.NO_GUARDIAN: NO_GUARDIAN,
    PrivacyList.NOT_INFORMED: "未告知",
    PrivacyList.WITHDRAWN: "已撤回",
}
_BY_PLACE = Order(OrderKey.PLACE)


def counts(session: Session, *, today: date) -> dict[PrivacyList, int]:
    """How many lines each list has."""
    found = {
        which: residents.counts(session, ResidentFilter(privacy=(word,)), today=today).people
        for which, word in _FILTERED.items()
    }
    found[PrivacyList.DUE] = len(retention.due(session, today=today))
    found[PrivacyList.CORRECTIONS] = len(privacy.open_requests(session))
    found[PrivacyList.ERASED] = len(erasing.erased_people(session))
    return found


def lines(session: Session, which: PrivacyList, *, today: date) -> list[PrivacyLine]:
    """The lines of a list, in the order in which they are worked off."""
    if which is PrivacyList.DUE:
        return _due(session, today)
    if which is PrivacyList.CORRECTIONS:
        return _corrections(session, today)
    if which is PrivacyList.ERASED:
        return _erased(session)
    return _people(session, _FILTERED[which], today)


def _due(session: Session, today: date) -> list[PrivacyLine]:
    return [
        PrivacyLine(
            (line.matter, line.id),
            line.name,
            line.matter,
            line.due_on,
            f"{line.since:%Y-%m-%d} {line.what}",
            None if line.matter in retention.PAPERS else line.id,
            line.matter,
            late=True,
        )
        for line in retention.due(session, today=today)
    ]


def _corrections(session: Session, today: date) -> list[PrivacyLine]:
    return [
        PrivacyLine(
            ("更正", one.id),
            one.name,
            f"{one.asked_on:%Y-%m-%d} 申请",
            one.due_on,
            one.what,
            one.resident_id,
            late=one.due_on < today,
        )
        for one in privacy.open_requests(session)
    ]


def _erased(session: Session) -> list[PrivacyLine]:
    return [
        PrivacyLine(("抹去", key), f"{key} 号", "已抹去", day)
        for key, day in erasing.erased_people(session)
    ]


def _people(session: Session, word: str, today: date) -> list[PrivacyLine]:
    chosen = ResidentFilter(privacy=(word,))
    ids: Sequence[int] = residents.list_ids(session, chosen, order=_BY_PLACE, today=today).ids
    return [
        PrivacyLine(
            ("人", row.id),
            row.name,
            "" if row.age is None else f"{row.age} 岁",
            None,
            row.place,
            row.id,
        )
        for part in chunks(ids, 500)
        for row in residents.rows(session, part, today=today)
    ]
