"""Who is meant at an activity: by the code of a card, a volunteer's number, a name, its letters."""

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.services import points_accounts, points_cards, residents, search, volunteer_views
from app.storage.lookup import Source, Sql, lookup_of, query

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
    """Whose card this is; None for no card. Raises DomainError for a void one.

    A household's card means its volunteer, where it has one; otherwise it does not say who came.
    """
    account = points_cards.account_by_card(source, code)
    if account is None:
        return None
    holder = points_accounts.holder(source, account)
    if holder.household_id is not None:
        return _of_household(source, holder.household_id, today)
    if holder.volunteer_id is not None:
        return _volunteer(source, holder.volunteer_id, today)
    return Person(None, holder.resident_id, holder.name, holder.detail)


def _of_household(source: Source, household_id: int, today: date) -> Person | None:
    volunteers = "volunteer AS v JOIN resident AS r ON r.id = v.resident_id"
    serving = [
        Sql("r.household_id = ?", (household_id,)),
        Sql("v.deleted_at IS NULL AND v.left_on IS NULL AND r.deleted_at IS NULL"),
    ]
    found = list(lookup_of(source).column(query("v.id", volunteers, serving)))
    if len(found) != 1:
        raise DomainError("这张卡是全户共用的，看不出来的是哪一位。请按姓名找。")
    return _volunteer(source, found[0], today)


def _volunteer(source: Source, volunteer_id: int, today: date) -> Person | None:
    row = volunteer_views.row(source, volunteer_id, today=today)
    if row is None:
        return None
    return Person(row.id, row.resident_id, row.name, _detail(row))


def _detail(row: volunteer_views.VolunteerRow) -> str:
    age = "" if row.age is None else f"{row.age} 岁"
    return "　".join(part for part in (row.number_words, age, "、".join(row.teams)) if part)
