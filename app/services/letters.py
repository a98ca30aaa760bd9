"""Labels and envelopes: to whom, where, and in whose name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.reports import envelopes, labels
from app.reports.envelopes import EnvelopeKind
from app.reports.labels import Label, LabelSheet
from app.services import office, papers, privacy, residents, settings
from app.services.homes import Home, homes
from app.services.residents import ResidentRow
from app.values.codes import HEAD
from app.values.regions import region_name

BY_SEX = "先生/女士 收"
GREETINGS = ("收", "同志 收", BY_SEX, "全家 收", "")
_BY_SEX = {"男": "先生 收", "女": "女士 收"}


@dataclass(frozen=True, slots=True)
class Addressing:
    """How letters are addressed: `area` and `postcode` belong to flats of the community."""

    area: str = ""
    postcode: str = ""
    greeting: str = GREETINGS[0]
    one_per_household: bool = False
    without_withdrawn: bool = True
    """Letters are another purpose than duty: who withdrew consent gets none (个保法 15)"""


@dataclass(frozen=True, slots=True)
class Letters:
    """Who gets one, who has no address or withdrew consent, and the ids of those who get one."""

    labels: tuple[Label, ...]
    without_address: tuple[str, ...]
    ids: tuple[int, ...]
    withdrawn: tuple[str, ...] = ()


def usual(session: Session) -> Addressing:
    """What the office's own data say: 辽宁省大连市普兰店区海湾街道望海社区."""
    place = office.office(session)
    name = place.community_name.removesuffix("居民委员会").removesuffix("居委会")
    area = f"{region_name(place.region_code)}{place.street}{name}"
    return Addressing(area, settings.value(session, settings.OFFICE_POSTCODE))


def letters(session: Session, ids: Sequence[int], how: Addressing, *, today: date) -> Letters:
    """A label for each of these people, or for the first of each household, in order."""
    rows = residents.rows(session, ids, today=today)
    left = privacy.withdrawn_among(session, ids) if how.without_withdrawn else set()
    withdrawn = tuple(row.name for row in rows if row.id in left)
    rows = [row for row in rows if row.id not in left]
    if how.one_per_household:
        rows = _first_of_each_household(rows)
    where = homes(session, [row.id for row in rows])
    reached = [row for row in rows if where[row.id].words]
    return Letters(
        labels=tuple(_label(row, where[row.id], how) for row in reached),
        without_address=tuple(row.name for row in rows if not where[row.id].words),
        ids=tuple(row.id for row in reached),
        withdrawn=withdrawn,
    )


def label_sheets(
    session: Session, found: Letters, sheet: LabelSheet, *, start: int, sender: bool, outline: bool
) -> labels.Labels:
    """地址签 of these letters."""
    committee = papers.committee(session)
    return labels.Labels(
        office=committee,
        sheet=sheet,
        labels=found.labels,
        start=start,
        sender=committee if sender else "",
        outline=outline,
    )


def envelopes_of(
    session: Session, found: Letters, kind: EnvelopeKind, *, boxes: bool
) -> envelopes.Envelopes:
    """信封 of these letters, from the office."""
    place = office.office(session)
    return envelopes.Envelopes(
        office=papers.committee(session),
        office_address=place.address,
        office_postcode=place.postcode,
        kind=kind,
        letters=found.labels,
        boxes=boxes,
    )


def _first_of_each_household(rows: Sequence[ResidentRow]) -> list[ResidentRow]:
    """The head where the list has the head, else whoever comes first; in the list's order."""
    chosen: dict[str, ResidentRow] = {}
    for row in rows:
        home = row.household_number or f"#{row.id}"
        if home not in chosen or row.relation == HEAD:
            chosen[home] = row
    return list(chosen.values())


def _label(row: ResidentRow, home: Home, how: Addressing) -> Label:
    name = f"{row.name}　{_greeting(row, how)}".strip("　")
    if home.place:
        return Label(name, how.area, home.place, how.postcode)
    # An address elsewhere has a postcode of its own, which nobody knows here.
    return Label(name, home.elsewhere)


def _greeting(row: ResidentRow, how: Addressing) -> str:
    return _BY_SEX.get(row.sex, BY_SEX) if how.greeting == BY_SEX else how.greeting
