"""The person card: everything the office knows of one resident, numbers masked."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, EventKind, Resident, ResidentEvent, ResidentPhoto, ResidentTag, Tag
from app.services import (
    dwellings,
    grids,
    history,
    households,
    meal_owner,
    meeting_owner,
    people,
    person_rounds,
    places,
    points_owner,
    privacy,
    tags,
)
from app.services.ages import age_on
from app.services.history import HistoryLine
from app.services.history_words import EVENTS
from app.services.households import HouseholdView
from app.services.meal_owner import PersonMeals
from app.services.meeting_owner import PersonMeetings
from app.services.person_rounds import PersonRounds
from app.services.points_owner import PersonPoints
from app.services.privacy import Standing
from app.services.resident_rows import DEPARTURE_LABELS
from app.storage import journal
from app.values.documents import DocumentKind
from app.values.masking import mask_id, mask_phone, mask_phones, tail_id

_SHOWN_HISTORY = 3
Revealed = Literal["document_number", "phone", "other_phones"]


@dataclass(frozen=True, slots=True)
class CardTag:
    """A tag of a person; `id` is that of the line, `tag_id` that of the tag."""

    id: int
    tag_id: int
    name: str
    tone: str
    since: date | None
    until: date | None
    source: str
    level: str


@dataclass(frozen=True, slots=True)
class EventLine:
    id: int
    kind: EventKind
    label: str
    on_date: date
    note: str
    revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentCard:
    id: int
    version: int
    name: str
    former_name: str
    sex: str
    birth_date: date | None
    age: int | None
    document_kind: str
    document_label: str
    document_masked: str
    document_tail: str
    has_document: bool
    phone_masked: str
    other_phones_masked: str
    ethnic_group: str
    political_status: str
    education: str
    marital_status: str
    occupation: str
    workplace: str
    registered_address: str
    place: str
    place_short: str
    other_address: str
    grid_id: int | None
    grid_name: str
    relation: str
    residence_status: str
    household: HouseholdView | None
    tags: tuple[CardTag, ...]
    past_tags: tuple[CardTag, ...]
    events: tuple[EventLine, ...]
    history: tuple[HistoryLine, ...]
    history_count: int
    note: str
    consent_on: date | None
    standing: Standing
    checked_on: date | None
    departure: str
    departed_on: date | None
    has_photo: bool
    rounds: PersonRounds
    points: PersonPoints
    meals: PersonMeals
    meetings: PersonMeetings

    @property
    def household_line(self) -> str:
        """户主・本户 3 人."""
        if self.household is None:
            return ""
        count = f"本户 {len(self.household.members)} 人"
        return f"{self.relation}・{count}" if self.relation else count


def card(session: Session, resident_id: int, *, today: date) -> ResidentCard:
    """The card of one person; raises DomainError when he was deleted."""
    person = people.get(session, resident_id)
    place = dwellings.place_of(session, person.dwelling_id)
    given = _tags(session, resident_id)
    lines = history.of_record(session, Resident, resident_id, looks=False)
    number, kind = person.document_number or "", DocumentKind(person.document_kind)
    return ResidentCard(
        id=person.id,
        version=person.version,
        name=person.name,
        former_name=person.former_name or "",
        sex=person.sex or "",
        birth_date=person.birth_date,
        age=age_on(person.birth_date, today),
        document_kind=kind.value,
        document_label=kind.label,
        document_masked=mask_id(number),
        document_tail=tail_id(number),
        has_document=bool(number),
        phone_masked=mask_phone(person.phone or ""),
        other_phones_masked=mask_phones(person.other_phones or ""),
        ethnic_group=person.ethnic_group or "",
        political_status=person.political_status or "",
        education=person.education or "",
        marital_status=person.marital_status or "",
        occupation=person.occupation or "",
        workplace=person.workplace or "",
        registered_address=person.registered_address or "",
        place=places.spoken(*place),
        place_short=places.short(*place),
        other_address=person.other_address or "",
        grid_id=person.grid_id,
        grid_name=grids.name_of(session, person.grid_id),
        relation=person.relation or "",
        residence_status=person.residence_status or "",
        household=_household(session, person.household_id, today),
        tags=tuple(tag for tag in given if tag.until is None),
        past_tags=tuple(tag for tag in given if tag.until is not None),
        events=_events(session, resident_id),
        history=tuple(lines[:_SHOWN_HISTORY]),
        history_count=len(lines),
        note=person.note or "",
        consent_on=person.consent_on,
        standing=privacy.standing(session, person, today=today),
        checked_on=person.checked_on,
        departure=DEPARTURE_LABELS[person.departure] if person.departure else "",
        departed_on=person.departed_on,
        has_photo=session.scalar(
            select(ResidentPhoto.resident_id).where(ResidentPhoto.resident_id == resident_id)
        )
        is not None,
        rounds=person_rounds.rounds(session, resident_id, today=today),
        points=points_owner.of_person(session, resident_id, today=today),
        meals=meal_owner.of_person(session, resident_id, today=today),
        meetings=meeting_owner.of_person(session, resident_id, today=today),
    )


def _household(session: Session, household_id: int | None, today: date) -> HouseholdView | None:
    if household_id is None:
        return None
    return households.household(session, household_id, today=today)


def _tags(session: Session, resident_id: int) -> list[CardTag]:
    found = session.execute(
        select(
            ResidentTag.id,
            Tag.id,
            Tag.name,
            Tag.tone,
            ResidentTag.since,
            ResidentTag.until,
            ResidentTag.source,
            ResidentTag.level,
        )
        .join(Tag, Tag.id == ResidentTag.tag_id)
        .where(
            ResidentTag.resident_id == resident_id,
            Tag.enabled,
            Tag.deleted_at.is_(None),
            tags.seen(session),
        )
        .order_by(Tag.position, ResidentTag.id)
    )
    return [
        CardTag(key, tag_id, name, tone, since, until, source or "", level or "")
        for key, tag_id, name, tone, since, until, source, level in found
    ]


def _events(session: Session, resident_id: int) -> tuple[EventLine, ...]:
    found = session.scalars(
        select(ResidentEvent)
        .where(ResidentEvent.resident_id == resident_id)
        .order_by(ResidentEvent.on_date.desc(), ResidentEvent.id.desc())
    )
    return tuple(
        EventLine(
            event.id,
            event.kind,
            EVENTS[event.kind],
            event.on_date,
            event.note or "",
            event.revoked_at is not None,
        )
        for event in found
    )


def reveal(session: Session, resident_id: int, field: Revealed) -> str:
    """A number in the clear; that somebody looked is part of the person's history."""
    person = people.get(session, resident_id)
    journal.record_look(session, Action.LOOKED, Resident, [resident_id])
    return str(getattr(person, field) or "")


def note_opened(session: Session, resident_id: int) -> None:
    """The full form shows all numbers: that somebody opened it is part of the history."""
    journal.record_look(session, Action.LOOKED, Resident, [resident_id])


def photo(session: Session, resident_id: int) -> bytes | None:
    """The person's photo as JPEG."""
    return session.scalar(
        select(ResidentPhoto.jpeg).where(ResidentPhoto.resident_id == resident_id)
    )


def set_photo(session: Session, resident_id: int, jpeg: bytes | None) -> None:
    """Put a photo in the place of the one before, or take it away."""
    people.get(session, resident_id)
    if jpeg is not None and not jpeg.startswith(b"\xff\xd8"):
        raise DomainError("照片应是 JPEG 图片，请换一张。")
    row = session.get(ResidentPhoto, resident_id)
    if jpeg is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(ResidentPhoto(resident_id=resident_id, jpeg=jpeg))
    else:
        row.jpeg = jpeg
    session.flush()
