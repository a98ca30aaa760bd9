"""Of whom a body consists, and whether that agrees with the law (居委会组织法 8, 13, 28, 36)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.models import BodyKind, MemberRole
from app.services import body_views, terms
from app.services.body_views import BodyView
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query

COMMITTEE_ROLES = (MemberRole.CHAIR, MemberRole.VICE_CHAIR, MemberRole.COMMITTEE)
REPRESENTATIVE_ROLES = (MemberRole.REPRESENTATIVE, MemberRole.GROUP_LEADER)
"""小组长 come from among the representatives (13)."""
_FEWEST, _MOST = 5, 9
_FEW_HOUSEHOLDS, _MANY_HOUSEHOLDS = 20, 50


@dataclass(frozen=True, slots=True)
class Composition:
    """组成人员 of a day, in people. Who is in the committee and a representative counts once."""

    members: int
    committee: int
    representatives: int
    both: int
    share_ok: bool
    share_words: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seat:
    resident_id: int | None
    role: MemberRole
    in_committee: bool
    households: int | None
    sex: str


def composition(source: Source, body_id: int, on: date) -> Composition:
    """Who counts on a day, whether the representatives are enough (28), and what else to look at.

    Hints never refuse: the law itself leaves room there (13: 适当范围).
    """
    lookup = lookup_of(source)
    one = body_views.body(lookup, body_id, on)
    seats = _seats(lookup, body_id, on)
    committee = [seat for seat in seats if seat.in_committee]
    representatives = [seat for seat in seats if seat.role in REPRESENTATIVE_ROLES]
    num, den = _share(lookup, one, on)
    ok = not seats or den * len(representatives) >= num * len(seats)
    return Composition(
        members=len(seats),
        committee=len(committee),
        representatives=len(representatives),
        both=sum(1 for seat in representatives if seat.in_committee),
        share_ok=ok,
        share_words=_share_words(len(representatives), len(seats), num, den, ok=ok),
        hints=tuple(_hints(one, seats, on)),
    )


def _share_words(representatives: int, members: int, num: int, den: int, *, ok: bool) -> str:
    """居民代表 54 人，占 61 人的五分之四以上：54 × 5 = 270，不小于 61 × 4 = 244."""
    if not num or not members:
        return ""
    proof = f"{representatives} × {den} = {representatives * den}"
    against = f"{members} × {num} = {members * num}"
    if ok:
        return (
            f"居民代表 {representatives} 人，达到组成人员 {members} 人的五分之四："
            f"{proof}，不小于 {against}"
        )
    least = num * (members - representatives)
    return (
        f"居民代表 {representatives} 人，不到组成人员 {members} 人的五分之四："
        f"{proof}，小于 {against}；其余成员有 {members - representatives} 人，代表至少要 {least} 人"
    )


def _share(lookup: Lookup, one: BodyView, on: date) -> tuple[int, int]:
    """The least share of representatives that the rule of the day asks for; (0, 1) for none."""
    there = [
        Sql("kind = ?", (one.kind.value,)),
        Sql("deleted_at IS NULL"),
        Sql("share_num > 0"),
        terms.in_force(on),
    ]
    asked = query("share_num, share_den", "vote_rule", there, "ORDER BY since DESC, id LIMIT 1")
    return next(((num, den) for num, den in lookup.rows(asked)), (0, 1))


def _hints(one: BodyView, seats: Sequence[_Seat], on: date) -> Iterable[str]:
    if one.kind is BodyKind.COMMITTEE:
        yield from _committee_hints(seats)
    if one.kind in (BodyKind.REPRESENTATIVES, BodyKind.GROUP):
        yield from _household_hints(seats)
    if one.until is not None and one.until < on:
        yield f"任期已在 {one.until} 届满，请办换届。"


def _committee_hints(seats: Sequence[_Seat]) -> Iterable[str]:
    if seats and not _FEWEST <= len(seats) <= _MOST:
        yield f"居民委员会由五至九人组成，现在 {len(seats)} 人（居民委员会组织法第八条）。"
    known = {seat.sex for seat in seats if seat.sex}
    if seats and known == {"男"} and all(seat.sex for seat in seats):
        yield "居民委员会应当有妇女成员（居民委员会组织法第八条）。"


def _household_hints(seats: Sequence[_Seat]) -> Iterable[str]:
    odd = [
        seat
        for seat in seats
        if seat.role in REPRESENTATIVE_ROLES
        and seat.households is not None
        and not _FEW_HOUSEHOLDS <= seat.households <= _MANY_HOUSEHOLDS
    ]
    if odd:
        yield (
            f"{len(odd)} 名居民代表的推选户数不在二十户至五十户之间，"
            "请核对；法律允许在适当范围内推选（居民委员会组织法第十三条）。"
        )


def _seats(lookup: Lookup, body_id: int, on: date) -> list[_Seat]:
    # main: the figures are the community's; a member of one grid sees them whole.
    asked = query(
        "m.resident_id, m.role, m.in_committee, m.households, r.sex",
        "main.body_member AS m LEFT JOIN main.resident AS r ON r.id = m.resident_id",
        [
            Sql("m.body_id = ?", (body_id,)),
            Sql("m.deleted_at IS NULL"),
            terms.in_force(on, "m"),
        ],
    )
    return [
        _Seat(resident_id, MemberRole.of(role), bool(in_committee), households, sex or "")
        for resident_id, role, in_committee, households, sex in lookup.rows(asked)
    ]
