"""Lists and forms with names in: who stands on them, in which order, and what beside each name.

The same filter, order and count as the page 居民. Numbers are masked as the screen masks them,
unless the printing carries a stamp: for whole numbers somebody gave the word and a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.models import Resident, ResidentPhoto
from app.reports import privacy_notice, receipt_form, sign_in, visit_form, visit_list
from app.services import office, papers, residents, visits
from app.services.chunks import chunks
from app.services.filters import ResidentFilter, sentence
from app.services.homes import homes
from app.services.papers import Printing
from app.services.residents import EVERYBODY, Counts, Order, OrderKey, ResidentRow

BY_PLACE = Order(OrderKey.PLACE)
# A handful of photos is read at once: each may be some hundred kilobytes.
_PHOTOS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Who:
    """Everybody whom the filter lets through; or, where given, the people picked by hand."""

    chosen: ResidentFilter = EVERYBODY
    order: Order = BY_PLACE
    picked: tuple[int, ...] | None = None
    words: str = ""
    """Where the picked ones come from: 第三网格（勾选的人）"""


@dataclass(frozen=True, slots=True)
class People:
    """Who stands on the paper, in order, and who they are in words."""

    ids: Sequence[int]
    words: str


@dataclass(frozen=True, slots=True)
class Event:
    """What people come for; '' where it is written by hand."""

    name: str = ""
    when: str = ""
    where: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """What is handed out."""

    name: str = ""
    each: int = 1
    unit: str = "份"
    when: str = ""
    where: str = ""


NOBODY = People((), "")
# A page of rows to write on, where a form has no names.
BLANK_ROWS = 20


def people(session: Session, who: Who, *, today: date) -> People:
    """The people of a paper; picked ones who were deleted meanwhile are left out."""
    if who.picked is None:
        ids = residents.list_ids(session, who.chosen, order=who.order, today=today).ids
        return People(ids, sentence(session, who.chosen))
    return People(tuple(standing(session, who.picked)), who.words or "选定的人")


def standing(session: Session, ids: Sequence[int]) -> dict[int, int | None]:
    """Those of `ids` who were not deleted, in order, each with the household."""
    connection = session.connection()
    found = {
        key: home
        for part in chunks(ids, 500)
        for key, home in connection.execute(_STANDING, {"ids": list(part)})
    }
    return {one: found[one] for one in ids if one in found}


def counts(session: Session, who: Who, *, today: date) -> Counts:
    """How many people and households the paper has."""
    if who.picked is None:
        return residents.counts(session, who.chosen, today=today)
    there = standing(session, who.picked)
    return Counts(len(there), len({home for home in there.values() if home is not None}))


def sheet_of_signatures(
    session: Session,
    on_paper: People,
    printing: Printing,
    event: Event,
    *,
    with_photo: bool = False,
    blank_rows: int = 0,
) -> sign_in.SignIn:
    """签到表 of these people."""
    today = printing.at.date()
    photos = _photos(session, on_paper.ids) if with_photo else {}
    return sign_in.SignIn(
        office=papers.committee(session),
        event=event.name,
        when=event.when,
        where=event.where,
        host=event.host,
        filter_words=on_paper.words,
        guests=_guests(session, on_paper.ids, photos, today=today, masked=printing.masked),
        with_photo=with_photo,
        blank_rows=blank_rows,
        printed_on=today,
        printed_by=printing.by,
        stamp=printing.stamp,
    )


def sheet_of_receipts(
    session: Session, on_paper: People, printing: Printing, goods: Goods, *, blank_rows: int = 0
) -> receipt_form.ReceiptForm:
    """领取签字表 of these people; of their document only the tail stands on it."""
    today = printing.at.date()
    where = homes(session, on_paper.ids)
    receivers = [
        receipt_form.Receiver(row.name, where[row.id].words, row.document_number[-4:])
        for row in residents.rows(session, on_paper.ids, today=today)
    ]
    return receipt_form.ReceiptForm(
        office=papers.committee(session),
        goods=goods.name,
        each=goods.each,
        unit=goods.unit,
        when=goods.when,
        where=goods.where,
        filter_words=on_paper.words,
        receivers=receivers,
        blank_rows=blank_rows,
        printed_on=today,
        printed_by=printing.by,
    )


def visit_forms(session: Session, on_paper: People, printing: Printing) -> visit_form.VisitForms:
    """入户走访登记表: a page for each household in which one of these people lives."""
    return visit_form.VisitForms(
        office=papers.committee(session),
        filter_words=on_paper.words,
        visits=visits.visits(
            session, on_paper.ids, today=printing.at.date(), masked=printing.masked
        ),
        printed_on=printing.at.date(),
        printed_by=printing.by,
        stamp=printing.stamp,
    )


def visit_round(
    session: Session,
    on_paper: People,
    printing: Printing,
    *,
    visitors: str = "",
    when: str = "",
    blank_rows: int = 0,
) -> visit_list.VisitList:
    """入户走访登记簿: a line for each household in which one of these people lives."""
    return visit_list.VisitList(
        office=papers.committee(session),
        visitors=visitors,
        when=when,
        filter_words=on_paper.words,
        visits=visits.visits(
            session, on_paper.ids, today=printing.at.date(), masked=printing.masked
        ),
        blank_rows=blank_rows,
        printed_on=printing.at.date(),
        printed_by=printing.by,
        stamp=printing.stamp,
    )


def privacy_notices(
    session: Session, on_paper: People, printing: Printing, *, contact: str, retention: str
) -> privacy_notice.PrivacyNotice:
    """个人信息采集告知书, one for each; for nobody, one to be filled in by hand."""
    place = office.office(session)
    where = homes(session, on_paper.ids)
    rows = residents.rows(session, on_paper.ids, today=printing.at.date())
    return privacy_notice.PrivacyNotice(
        office=papers.committee(session),
        address=place.address,
        phone=place.phone,
        contact=contact,
        retention=retention,
        subjects=[privacy_notice.Subject(row.name, where[row.id].words) for row in rows],
        printed_on=printing.at.date(),
    )


def _guests(
    session: Session,
    ids: Sequence[int],
    photos: Mapping[int, bytes],
    *,
    today: date,
    masked: bool,
) -> list[sign_in.Guest]:
    where = homes(session, ids)
    return [
        sign_in.Guest(row.name, where[row.id].words, _phone(row, masked), photos.get(row.id))
        for row in residents.rows(session, ids, today=today)
    ]


def _phone(row: ResidentRow, masked: bool) -> str:
    return row.phone_masked if masked else row.phone


def _photos(session: Session, ids: Sequence[int]) -> dict[int, bytes]:
    connection = session.connection()
    return {
        key: jpeg
        for part in chunks(ids, _PHOTOS_AT_ONCE)
        for key, jpeg in connection.execute(_PHOTOS, {"ids": list(part)})
    }


_STANDING = select(Resident.id, Resident.household_id).where(
    Resident.deleted_at.is_(None), Resident.id.in_(bindparam("ids", expanding=True))
)
_PHOTOS = select(ResidentPhoto.resident_id, ResidentPhoto.jpeg).where(
    ResidentPhoto.resident_id.in_(bindparam("ids", expanding=True))
)
