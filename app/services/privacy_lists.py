"""What has to be done about people's data, list by list, for the tab 隐私."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.models import Resident
from app.services import erasing, history, privacy, residents, retention
from app.services.filters import NO_GUARDIAN, ResidentFilter
from app.services.residents import Order, OrderKey
from app.services.retention import Matter
from app.storage.lookup import Source


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
PEOPLE = frozenset(_FILTERED)
"""Lists of whole communities: ids first, lines when they are seen."""
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
    """The lines of a short list, in the order in which they are worked off."""
    if which is PrivacyList.DUE:
        return _due(session, today)
    if which is PrivacyList.CORRECTIONS:
        return _corrections(session, today)
    return _erased(session)


def _due(session: Session, today: date) -> list[PrivacyLine]:
    return [
        PrivacyLine(
            (line.matter, line.id),
            line.name,
            line.matter,
            line.due_on,
            f"{line.since:%Y-%m-%d} {line.what}",
            None if line.matter in retention.THINGS else line.id,
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


def people(source: Source, which: PrivacyList, *, today: date) -> Sequence[int]:
    """Who is on a list of people, by place."""
    chosen = ResidentFilter(privacy=(_FILTERED[which],))
    return residents.list_ids(source, chosen, order=_BY_PLACE, today=today).ids


def people_lines(source: Source, ids: Sequence[int], *, today: date) -> list[PrivacyLine]:
    """The lines of these people."""
    return [
        PrivacyLine(
            ("人", row.id),
            row.name,
            "" if row.age is None else f"{row.age} 岁",
            None,
            row.place,
            row.id,
        )
        for row in residents.rows(source, ids, today=today)
    ]


def changes_since(session: Session, resident_id: int, since: date) -> str:
    """What was changed about a person since a day, in words: what a correction came to."""
    found = history.of_record(session, Resident, resident_id, looks=False)
    said = [line.sentence for line in found if line.at.date() >= since and line.changes]
    return "；".join(reversed(said))
