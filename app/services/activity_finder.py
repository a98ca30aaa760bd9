"""Who is meant at an activity: by the code of a card, a volunteer's number, a name, its letters."""

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.services import points_accounts, points_cards, residents, search, volunteer_views
from app.storage.lookup import Source

MOST = 12


@dataclass(frozen=True, slots=True)
class Person:
    """A volunteer, or a resident who is none."""

    volunteer_id: int | None
    resident_id: int | None
    name: str
    detail: str
    """What tells two of one name apart: number and age, or the address"""

    @property
    def words(self) -> str:
        return f"{self.name}　{self.detail}".strip()


def find(source: Source, typed: str, *, everybody: bool, today: date) -> list[Person]:
    """Who is meant, volunteers first; with `everybody` residents who are none as well."""
    if not typed.strip():
        return []
    rows = volunteer_views.find(source, typed, today=today, most=MOST)
    found = [Person(one.id, one.resident_id, one.name, _detail(one)) for one in rows]
    if everybody:
        known = {one.resident_id for one in found}
        ids = [one for one in search.find_ids(source, typed, limit=MOST).ids if one not in known]
        found += [
            Person(None, row.id, row.name, row.place)
            for row in residents.rows(source, ids, today=today)
        ]
    return found[:MOST]


def scanned(source: Source, code: str, *, today: date) -> Person | None:
    """Whose card this is; None for no card. Raises DomainError for a void one, and for a
    household's: it does not say who came."""
    account = points_cards.account_by_card(source, code)
    if account is None:
        return None
    holder = points_accounts.holder(source, account)
    if holder.household_id is not None:
        raise DomainError("这张卡是全户共用的，看不出来的是哪一位。请按姓名找。")
    row = None
    if holder.volunteer_id is not None:
        row = volunteer_views.row(source, holder.volunteer_id, today=today)
    detail = _detail(row) if row is not None else holder.detail
    return Person(holder.volunteer_id, holder.resident_id, holder.name, detail)


def _detail(row: volunteer_views.VolunteerRow) -> str:
    age = "" if row.age is None else f"{row.age} 岁"
    return "　".join(part for part in (row.number_words, age, "、".join(row.teams)) if part)
