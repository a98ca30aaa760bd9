"""Who is meant at the door of a meeting: by a card, a number of the file, or a name."""

from app.errors import DomainError
from app.models import BodyKind, Resident
from app.services import attendance_views, search
from app.services.attendance_views import RESIDENT, Seat, Who
from app.services.meeting_views import meeting
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query


def seat_of(source: Source, meeting_id: int, typed: str) -> Seat:
    """The seat of whoever is meant; raises DomainError where nobody, or more than one, is.

    Of an assembly of all residents, and of a 协商, it may be anybody of the file.
    """
    lookup = lookup_of(source)
    resident_id = search.exact_hit(lookup, typed.strip())
    anybody = meeting(lookup, meeting_id).kind in (BodyKind.ASSEMBLY, *attendance_views.OPEN)
    if resident_id is None and anybody:
        resident_id = _by_name(lookup, typed)
    if resident_id is None:
        raise DomainError(f"“{typed.strip()[:20]}”不在成员名册里。不是成员的，可以加为列席。")
    listed = attendance_views.seats(lookup, meeting_id)
    found = next((one for one in listed if one.resident_id == resident_id), None)
    if found is not None:
        return found
    name = _name_of(lookup, resident_id)
    if not anybody:
        raise DomainError(f"{name} 不是这次会议的成员，可以加为列席。")
    return Seat(who=Who(RESIDENT, resident_id), place=0, name=name, came_from="")


def _by_name(lookup: Lookup, typed: str) -> int | None:
    found = search.find_ids(lookup, typed, limit=2).ids
    if len(found) > 1:
        raise DomainError(
            f"“{typed.strip()[:20]}”不止一个人，请把姓名写全，或输证件尾号、门牌，或扫居民码。"
        )
    return found[0] if found else None


def _name_of(lookup: Lookup, resident_id: int) -> str:
    own = [Sql("id = ?", (resident_id,))]
    return str(lookup.value(query("name", Resident.__tablename__, own)))
