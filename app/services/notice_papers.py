"""A typed notice as one of its three papers: codes filled, people masked, one or per building."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Building, Dwelling
from app.reports.clean import printable
from app.reports.door_notice import DoorNotice
from app.reports.notice import Notice
from app.reports.plain_notice import PlainNotice
from app.reports.words import long_date
from app.services import notice_codes, notice_people, places, publicity
from app.services.notice_codes import BUILDING, UNIT, fill
from app.services.notice_kinds import DOOR, OFFICIAL, PUBLICITY, kind
from app.services.notice_people import Mention
from app.services.notices import (
    NoticeText,
    has_place_codes,
    publicity_terms,
    terms_from_today,
)

Sheet = Notice | DoorNotice | PlainNotice
EVERYBODY = "{楼栋}{单元}各位居民"
# What is typed by hand and hangs where everybody reads it.
_MASKED = ("title", "recipients", "body", "attachments", "when_words", "where_words")


@dataclass(frozen=True, slots=True)
class Place:
    """One door: the words for {楼栋} and {单元}; a building without units has none."""

    building: str = ""
    unit: str = ""

    @property
    def label(self) -> str:
        return f"{self.building}{self.unit}"


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """A building and its units, as they are ticked."""

    building_id: int
    building: str
    units: tuple[str, ...]


NOWHERE = Place()


def sheet(session: Session, text: NoticeText, layout: str, *, place: Place = NOWHERE) -> Sheet:
    """The paper of a notice, as it is printed; raises DomainError for a wrong code in it.

    A text for buildings is shown for the first one while no place is given.
    """
    if place == NOWHERE and has_place_codes(text):
        found = places_of(session, per_unit=True)
        place = found[0] if found else NOWHERE
    return sheets(session, text, layout, [place])[0]


def sheets(
    session: Session,
    text: NoticeText,
    layout: str,
    at: Sequence[Place],
    step: Callable[[int], object] = lambda _: None,
) -> list[Sheet]:
    """One paper for each place; `step` hears of each before it is set."""
    shown = _until_it_ends(session, _for_the_board(session, text))
    values = _values(session, shown)
    made: list[Sheet] = []
    for number, place in enumerate(at):
        step(number)
        own = values | {BUILDING: place.building, UNIT: place.unit}
        made.append(_paper(_filled(shown, own), layout))
    return made


def for_places(text: NoticeText) -> NoticeText:
    """The text with every door's own name in it: in 称呼, unless it is written somewhere."""
    return text if has_place_codes(text) else replace(text, recipients=EVERYBODY)


def place_groups(session: Session) -> list[PlaceGroup]:
    """All buildings in the order of their numbers, with the units that have flats."""
    found = session.execute(
        select(Building.id, Building.number, Dwelling.unit)
        .outerjoin(Dwelling, (Dwelling.building_id == Building.id) & Dwelling.deleted_at.is_(None))
        .where(Building.deleted_at.is_(None))
        .distinct()
    )
    units: dict[tuple[int, str], list[str]] = {}
    for key, number, unit in found:
        units.setdefault((key, number), []).extend([unit] if unit else [])
    ordered = sorted(units.items(), key=lambda item: places.natural(item[0][1]))
    return [
        PlaceGroup(key, places.spoken(number, "", ""), tuple(sorted(own, key=places.natural)))
        for (key, number), own in ordered
    ]


def places_of(session: Session, *, per_unit: bool) -> list[Place]:
    """The doors of all buildings: one for each building, or for each of its units."""
    return doors(place_groups(session), per_unit=per_unit)


def doors(groups: Sequence[PlaceGroup], *, per_unit: bool) -> list[Place]:
    """One place for each of these buildings, or for each of their units."""
    if not per_unit:
        return [Place(group.building) for group in groups]
    return [
        Place(group.building, f" {unit} 单元" if unit else "")
        for group in groups
        for unit in group.units or ("",)
    ]


def mentions(session: Session, text: NoticeText) -> list[Mention]:
    """Whoever is named in a text that hangs in public; nobody in one that does not."""
    if not kind(text.kind).public:
        return []
    text = _as_printed(text)
    own = (text.phone, text.objections_to, text.remark)
    found = notice_people.mentions(session, "\n".join(_typed(text)), own_phones=own)
    # Who signs and whom to ask is meant to be read; a document number never is.
    return found + notice_people.documents(text.remark)


def _as_printed(text: NoticeText) -> NoticeText:
    """Without what no paper shows: a name must not hide behind invisible characters."""
    fields = (*_MASKED, "remark")
    clean: dict[str, Any] = {name: printable(getattr(text, name)) for name in fields}
    return replace(text, **clean)


def _typed(text: NoticeText) -> tuple[str, ...]:
    return tuple(getattr(text, name) for name in _MASKED)


def will_mask(session: Session, text: NoticeText) -> list[Mention]:
    """What of it the paper does not show in full."""
    return notice_people.to_mask(
        mentions(session, text), not_people=text.not_people, consent=text.consent_reason
    )


def _for_the_board(session: Session, text: NoticeText) -> NoticeText:
    text = _as_printed(text)
    hidden = will_mask(session, text)
    if not hidden:
        return text
    kept = [*notice_people.staff(session), *text.not_people.splitlines()]

    def masked(words: str) -> str:
        return notice_people.masked(words, hidden, kept=kept)

    shown: dict[str, Any] = {name: masked(getattr(text, name)) for name in _MASKED}
    remark = notice_people.masked(text.remark, notice_people.documents(text.remark))
    return replace(text, remark=remark, **shown)


def _until_it_ends(session: Session, text: NoticeText) -> NoticeText:
    """A 公示 comes down when its period is over; other notices say so themselves."""
    if text.kind != PUBLICITY:
        return text
    ends_on = None
    if text.posted_on and text.period_days:
        ends_on = publicity.period(session, publicity_terms(text)).ends_on + timedelta(days=1)
    return replace(text, take_down_on=ends_on)


def _values(session: Session, text: NoticeText) -> dict[str, str]:
    return {
        notice_codes.WHEN: text.when_words.strip(),
        notice_codes.WHERE: text.where_words.strip(),
        notice_codes.OBJECTIONS: text.objections_to.strip(),
        notice_codes.PHONE: text.phone.strip(),
        notice_codes.PERIOD: _period_words(session, text),
    }


def _period_words(session: Session, text: NoticeText) -> str:
    """2026年11月22日至2026年12月6日（15天）, counted from the posting or, before it, the date."""
    if text.kind != PUBLICITY or not text.period_days:
        return ""
    terms = terms_from_today(text)
    found = publicity.period(session, terms)
    days = f"{terms.days}天" if terms.unit == publicity.NATURAL else f"{terms.days}个工作日"
    return f"{long_date(found.begins_on)}至{long_date(found.ends_on)}（{days}）"


def _filled(text: NoticeText, values: dict[str, str]) -> NoticeText:
    return replace(
        text,
        title=fill(text.title, values),
        recipients=fill(text.recipients, values),
        body=fill(text.body, values),
    )


def _paper(text: NoticeText, layout: str) -> Sheet:
    if layout == OFFICIAL:
        return _official(text)
    return _door(text) if layout == DOOR else _plain(text)


def _official(text: NoticeText) -> Notice:
    return Notice(
        office=text.signed_by,
        title=text.title,
        recipients=text.recipients,
        body=text.body,
        day=text.dated,
        attachments=_lines(text.attachments),
        remark=text.remark,
        number=text.number,
        red_heading=text.red_heading,
        copied_to=text.copied_to,
        issued_by=text.issued_by,
        issued_on=text.issued_on,
    )


def _door(text: NoticeText) -> DoorNotice:
    return DoorNotice(
        office=text.signed_by,
        title=text.title,
        recipients=text.recipients,
        body=text.body,
        day=text.dated,
        posted_on=text.posted_on,
        take_down_on=text.take_down_on,
        phone=text.phone,
    )


def _plain(text: NoticeText) -> PlainNotice:
    return PlainNotice(
        office=text.signed_by,
        title=text.title,
        recipients=text.recipients,
        body=text.body,
        day=text.dated,
        attachments=_lines(text.attachments),
        remark=text.remark,
        phone=text.phone,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
