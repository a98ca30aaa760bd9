"""What stands on each paper: gathered from the file, handed to app/reports as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, Resident
from app.reports import info_sheet, roster
from app.services import (
    cards,
    info_ledgers,
    looks,
    office,
    people,
    privacy,
    residents,
    settings,
)
from app.services.cards import ResidentCard
from app.services.resident_rows import ResidentRow
from app.storage import journal
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Printing:
    """Who takes papers out of the program, and when: it stands in their heads."""

    by: str
    at: datetime
    stamp: Stamp | None = None
    """Where whole numbers are to stand on it"""

    @property
    def masked(self) -> bool:
        """No whole number without the names of who took it out and who allowed it."""
        return self.stamp is None


def require_whole(session: Session, paper: str) -> None:
    """Raises DomainError for whoever sees some grids only: others would be missing on it."""
    if actor_of(session).grids is not None:
        raise DomainError(
            f"{paper}是全社区的，您只看得到自己网格的，印出来会缺人缺事。"
            "请让看得到全社区的同事打印。"
        )


def info_sheets(
    session: Session, resident_ids: Sequence[int], printing: Printing
) -> list[info_sheet.InfoSheet]:
    """本人信息单 of each person, in order; raises ResidentGone for somebody who was deleted."""
    place = committee(session)
    ledgers = info_ledgers.of_people(session, resident_ids)
    return [
        replace(_info_sheet(session, one, place, printing), ledgers=ledgers[one])
        for one in resident_ids
    ]


def resident_roster(
    session: Session,
    resident_ids: Sequence[int],
    printing: Printing,
    *,
    filter_words: str,
    rows_per_page: int = 25,
) -> roster.Roster:
    """居民花名册 of these people in this order; its numbers are masked without a stamp."""
    rows = residents.rows(session, resident_ids, today=printing.at.date())
    households = {row.household_number for row in rows if row.household_number}
    return roster.Roster(
        office=committee(session),
        title=roster.TITLE,
        filter_words=filter_words,
        people=len(rows),
        households=len(households),
        rows=[
            _roster_line(number, row, printing.masked) for number, row in enumerate(rows, start=1)
        ],
        printed_on=printing.at.date(),
        printed_by=printing.by,
        stamp=printing.stamp,
        rows_per_page=rows_per_page,
    )


def note_looked(session: Session, resident_ids: Sequence[int]) -> None:
    """Journal that a preview showed full numbers of these people (domain.md 10.3)."""
    journal.record_look(session, Action.LOOKED, Resident, resident_ids)


def note_printed(session: Session, resident_ids: Sequence[int]) -> None:
    """Journal that a paper with these people on it was printed or saved (domain.md 10.3)."""
    journal.record_look(session, Action.PRINTED, Resident, resident_ids)


def public_phone(session: Session) -> str:
    """Whom to call about what hangs on a board: the phone for complaints, else the office's."""
    found = settings.value(session, settings.SUPERVISION_PHONE)
    return found or settings.value(session, settings.OFFICE_PHONE)


def committee(session: Session) -> str:
    """The office as it signs: 海湾街道望海社区居民委员会."""
    found = office.office(session)
    name = found.community_name.removesuffix("居民委员会").removesuffix("居委会")
    if not name.endswith(("社区", "村")):
        name = f"{name}社区"
    return f"{found.street}{name}居民委员会"


def _roster_line(number: int, row: ResidentRow, masked: bool) -> tuple[str, ...]:
    born = f"{row.birth_date:%Y-%m-%d}" if row.birth_date else ""
    age = "" if row.age is None else f" / {row.age}"
    return (
        str(number),
        row.name,
        row.sex,
        f"{born}{age}",
        row.document_masked if masked else row.document_number,
        row.phone_masked if masked else row.phone,
        row.place,
        row.grid_name,
        "、".join(tag.name for tag in row.tags),
        row.departure or row.residence_status,
    )


def _info_sheet(
    session: Session, resident_id: int, place: str, printing: Printing
) -> info_sheet.InfoSheet:
    card = cards.card(session, resident_id, today=printing.at.date())
    person = people.get(session, resident_id)
    phones = [person.phone or "", *(person.other_phones or "").split("、")]
    home = card.household
    changed = card.history[0] if card.history else None
    known = card.rounds
    actor = actor_of(session)
    all_known = actor.grids is None and actor.may(Right.VIEW_GRIDS)
    return info_sheet.InfoSheet(
        office=place,
        name=card.name,
        sex=card.sex,
        birth_date=card.birth_date,
        age=card.age,
        document_kind=card.document_label if card.has_document else "",
        document_number=person.document_number or "",
        former_name=card.former_name,
        ethnic_group=card.ethnic_group,
        political_status=card.political_status,
        education=card.education,
        marital_status=card.marital_status,
        phones=tuple(phone for phone in phones if phone),
        work="　".join(part for part in (card.workplace, card.occupation) if part),
        dwelling=card.place or card.other_address,
        grid=card.grid_name,
        registered_address=card.registered_address,
        residence_status=_standing(card),
        household_number=home.number if home else "",
        head_name=home.head_name if home else "",
        relation=card.relation,
        tags=_tags_on_sheet(session, card),
        basis=card.standing.basis,
        consent=_consent_words(card.standing),
        looks=looks.by_month(session, resident_id, today=printing.at.date()),
        visits=known.visits_sentence if all_known else info_ledgers.NOT_LISTED,
        requests=known.requests_sentence if all_known else info_ledgers.NOT_LISTED,
        note=card.note,
        members=_members(card),
        events=_events(card),
        changed_at=changed.at if changed else None,
        changed_by=changed.who if changed else "",
        printed_at=printing.at,
        printed_by=printing.by,
    )


def _standing(card: ResidentCard) -> str:
    if not card.departure:
        return card.residence_status
    return f"{card.departed_on:%Y-%m-%d} {card.departure}"


def note_sheets_given(session: Session, resident_ids: Sequence[int], *, now: datetime) -> None:
    """Journal the printing, and note in the register that these people got a copy (个保法 45)."""
    note_printed(session, resident_ids)
    if actor_of(session).may(Right.PRIVACY):
        privacy.copy_given(session, resident_ids, now=now)


def _tags_on_sheet(session: Session, card: ResidentCard) -> tuple[str, ...]:
    """All that the office holds; who may not see everything says so, whoever the person is."""
    rest = () if actor_of(session).may(Right.SEE_SENSITIVE) else (_NOT_ALL,)
    return (*map(_tag_words, card.tags), *rest)


_NOT_ALL = "本单不含敏感标签；要查阅的，请有权限的工作人员另行打印"


def _consent_words(standing: privacy.Standing) -> str:
    """2024-03-01 告知；2024-03-01 监护人王丽（母亲）同意."""
    parts = []
    if standing.informed_on is not None:
        parts.append(f"{standing.informed_on:%Y-%m-%d} 告知")
    if standing.consent_on is not None:
        by = f"监护人{standing.guardian}" if standing.guardian else ""
        parts.append(f"{standing.consent_on:%Y-%m-%d} {by}同意")
    if standing.withdrawn_on is not None:
        parts.append(f"{standing.withdrawn_on:%Y-%m-%d} 撤回同意")
    return "；".join(parts)


def _tag_words(tag: cards.CardTag) -> str:
    level = f" {tag.level}" if tag.level else ""
    since = f"（{tag.since:%Y-%m-%d} 起）" if tag.since else ""
    return f"{tag.name}{level}{since}"


def _members(card: ResidentCard) -> tuple[info_sheet.Member, ...]:
    members = card.household.members if card.household else ()
    return tuple(
        info_sheet.Member(
            name=member.name,
            relation=member.relation,
            sex=member.sex,
            birth_date=None,
            age=member.age,
        )
        for member in members
        if member.id != card.id
    )


def _events(card: ResidentCard) -> tuple[info_sheet.Event, ...]:
    return tuple(
        info_sheet.Event(day=event.on_date, kind=event.label, words=event.note)
        for event in card.events
        if not event.revoked
    )
