"""Finding who stands at the counter: a card, a number, two letters; volunteers from outside too."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.services import points_accounts, points_cards, points_owner, residents, search
from app.services.counter_person import Who
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query
from app.values.pinyin_match import spelled

MOST = 20
_NUMBER_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the list under the search; `points` is None for who has no account."""

    who: Who
    name: str
    sub: str
    place: str
    number: str
    points: int | None


def by_card(source: Source, code: str) -> Who | None:
    """Whose card, document or phone number a scan is. DomainError for a card that is void."""
    lookup = lookup_of(source)
    account_id = points_cards.account_by_card(lookup, code)
    if account_id is not None:
        holder = points_accounts.holder(lookup, account_id)
        return Who(holder.resident_id, account_id)
    resident_id = search.exact_hit(lookup, code)
    return Who(resident_id) if resident_id is not None else None


def find(source: Source, typed: str, *, today: date, limit: int = MOST) -> list[Hit]:
    """The number of a volunteer first, then whose name begins so, of those who has an account.

    Who is from outside comes last.
    """
    lookup = lookup_of(source)
    wanted = typed.strip()
    if not wanted:
        return []
    outside = list(_outside(lookup, wanted))
    savers = search.find_ids(lookup, wanted, limit=limit, where=[_saves(lookup)]).ids
    found = [*_numbered(lookup, wanted), *savers]
    if len(found) < limit:
        found += search.find_ids(lookup, wanted, limit=limit).ids
    ids = list(dict.fromkeys(found))[:limit]
    hits = [
        _hit(
            lookup,
            Who(row.id),
            row.name,
            "・".join(one for one in (row.sex, _age(row.age)) if one),
            row.place,
        )
        for row in residents.rows(lookup, ids, today=today)
    ]
    # 立 may be read wei, too: a name that begins with the letters is meant rather than such a one.
    hits.sort(key=lambda hit: (spelled(hit.name, wanted) or (0, 0))[0] > 0)
    return [*hits, *outside][:limit]


_FEW = 1_000
_OPEN = "FROM points_account AS a {} WHERE a.closed_on IS NULL"
_LISTED = Sql(
    f"resident.id IN (SELECT a.resident_id {_OPEN.format('')} UNION ALL SELECT r.id "
    + _OPEN.format("JOIN resident AS r ON r.household_id = a.household_id")
    + ")"
)
_ASKED = Sql(
    f"EXISTS (SELECT 1 {_OPEN.format('')}"
    " AND (a.resident_id = resident.id OR a.household_id = resident.household_id))"
)


def _saves(lookup: Lookup) -> Sql:
    """Who has an account: few are listed and lead the search, of many each person is asked."""
    some = f"(SELECT 1 FROM points_account LIMIT {_FEW + 1})"  # noqa: S608 - a constant
    return _LISTED if lookup.value(query("count(*)", some)) <= _FEW else _ASKED


def _age(age: int | None) -> str:
    return "" if age is None else f"{age} 岁"


def _hit(lookup: Lookup, who: Who, name: str, sub: str, place: str) -> Hit:
    account_id = who.account_id
    if account_id is None and who.resident_id is not None:
        account_id = points_owner.account_of(lookup, who.resident_id)
    whose = (
        Sql("id = (SELECT volunteer_id FROM points_account WHERE id = ?)", (account_id,))
        if who.resident_id is None
        else Sql("resident_id = ?", (who.resident_id,))
    )
    number = lookup.value(query("number", "volunteer", [whose, Sql("deleted_at IS NULL")]))
    return Hit(
        Who(who.resident_id, account_id),
        name,
        sub,
        place,
        f"{number:04d}" if number else "",
        _balance(lookup, account_id),
    )


def _balance(lookup: Lookup, account_id: int | None) -> int | None:
    if account_id is None:
        return None
    where = [Sql("account_id = ?", (account_id,))]
    return lookup.value(query("balance", "points_balance", where)) or 0


def _numbered(lookup: Lookup, typed: str) -> Iterator[int]:
    """0132 as it stands on the card: a room or the end of a phone number may look the same."""
    if typed.isascii() and typed.isdigit() and len(typed) == _NUMBER_LENGTH:
        where = [Sql("number = ?", (int(typed),)), Sql("deleted_at IS NULL")]
        where.append(Sql("resident_id IS NOT NULL"))
        yield from lookup.column(query("resident_id", "volunteer", where))


def _outside(lookup: Lookup, typed: str) -> Iterator[Hit]:
    """Volunteers who are no residents are few: all are read."""
    where = [Sql("v.resident_id IS NULL"), Sql("v.deleted_at IS NULL")]
    people = "volunteer AS v JOIN points_account AS a ON a.volunteer_id = v.id"
    for account_id, name, number in lookup.rows(query("a.id, v.name, v.number", people, where)):
        if spelled(name, typed.lower()) is not None or f"{number:04d}" == typed:
            yield _hit(lookup, Who(None, account_id), name, "外来志愿者", "")
