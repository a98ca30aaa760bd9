"""Of whom a body consists, and whether that agrees with the law (居委会组织法 8, 13, 28, 36)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.models import BodyKind, MemberRole
from app.services import body_views, terms, vote_rules
from app.services.ages import years_later
from app.services.body_views import BodyView
from app.services.vote_thresholds import Share
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query

COMMITTEE_ROLES = (MemberRole.CHAIR, MemberRole.VICE_CHAIR, MemberRole.COMMITTEE)
REPRESENTATIVE_ROLES = (MemberRole.REPRESENTATIVE, MemberRole.GROUP_LEADER)
"""小组长 come from among the representatives (13)."""
_FEWEST, _MOST = 5, 9
_TERM = 5
_OF_FIVE_YEARS = (BodyKind.COMMITTEE, BodyKind.REPRESENTATIVES)
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
    name: str
    role: MemberRole
    in_committee: bool
    households: int | None
    sex: str

    @property
    def person(self) -> tuple[int | None, str]:
        """The same one in another body: by the file, else by the name."""
        return (self.resident_id, "" if self.resident_id is not None else self.name)


def composition(source: Source, body_id: int, on: date) -> Composition:
    """Who counts on a day, whether the representatives are enough (28), and what else to look at.

    Hints never refuse: the law itself leaves room there (13: 适当范围).
    """
    lookup = lookup_of(source)
    one = body_views.body(lookup, body_id, on)
    seats = _seats(lookup, body_id, on)
    committee = [seat for seat in seats if seat.in_committee]
    representatives = [seat for seat in seats if seat.role in REPRESENTATIVE_ROLES]
    share = _share(lookup, one, on)
    return Composition(
        members=len(seats),
        committee=len(committee),
        representatives=len(representatives),
        both=sum(1 for seat in representatives if seat.in_committee),
        share_ok=not seats or share.reached(len(representatives), len(seats)),
        share_words=_share_words(share, len(representatives), len(seats)),
        hints=tuple(_hints(lookup, one, seats, on)),
    )


def _share_words(share: Share, representatives: int, members: int) -> str:
    """居民代表 54 人，达到组成人员 61 人的五分之四：54 × 5 = 270，不小于 61 × 4 = 244."""
    if not share.asked or not members:
        return ""
    enough = share.reached(representatives, members)
    told = (
        f"居民代表 {representatives} 人，{'达到' if enough else '不到'}组成人员 {members} 人的"
        f"{share.part_words}：{share.proof(representatives, members)}"
    )
    if enough:
        return told
    others = members - representatives
    # Whoever joins as a representative is a member as well: n of n + others.
    least = -(-others * share.num // (share.den - share.num))
    return f"{told}；其余成员 {others} 人，代表至少要 {least} 人"


def _share(lookup: Lookup, one: BodyView, on: date) -> Share:
    """The least share of representatives by the rules of the day (28)."""
    held = (rule for rule in vote_rules.rules(lookup, on=on) if rule.kind is one.kind)
    return next((rule.share for rule in held if rule.share.asked), Share())


def _hints(lookup: Lookup, one: BodyView, seats: Sequence[_Seat], on: date) -> Iterable[str]:
    if one.kind is BodyKind.COMMITTEE:
        yield from _committee_hints(seats)
    if one.kind is BodyKind.REPRESENTATIVES and seats:
        yield from _missing_hints(lookup, seats, on)
    if one.kind in (BodyKind.REPRESENTATIVES, BodyKind.GROUP):
        yield from _household_hints(seats)
    if one.until is not None and one.until < on:
        yield f"任期已在 {one.until} 届满，请办换届。"
    elif one.kind in _OF_FIVE_YEARS and (last := years_later(one.since, _TERM)) <= on:
        yield f"任期五年，到 {last} 已满，请办换届（居民委员会组织法第十三条、第十四条）。"


def _committee_hints(seats: Sequence[_Seat]) -> Iterable[str]:
    if seats and not _FEWEST <= len(seats) <= _MOST:
        yield f"居民委员会由五至九人组成，现在 {len(seats)} 人（居民委员会组织法第八条）。"
    known = {seat.sex for seat in seats if seat.sex}
    if seats and known == {"男"} and all(seat.sex for seat in seats):
        yield "居民委员会应当有妇女成员（居民委员会组织法第八条）。"


def _missing_hints(lookup: Lookup, seats: Sequence[_Seat], on: date) -> Iterable[str]:
    """28: all of the committee belong to it, and nobody as such who is not of the committee."""
    bodies = (one for one in body_views.bodies(lookup, on) if one.kind is BodyKind.COMMITTEE)
    sitting = {seat.person for one in bodies for seat in _seats(lookup, one.id, on)}
    here = {seat.person for seat in seats if seat.in_committee}
    if sitting and sitting - here:
        yield (
            f"居委会有 {len(sitting - here)} 名成员不在这份名单里，请补上："
            "居民代表会议由居委会成员和居民代表组成（居民委员会组织法第二十八条）。"
        )
    if sitting and here - sitting:
        yield f"有 {len(here - sitting)} 人在这里算居委会成员，却不在现任居委会里，请核对。"


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
        "m.resident_id, m.name, m.role, m.in_committee, m.households, r.sex",
        "main.body_member AS m LEFT JOIN main.resident AS r ON r.id = m.resident_id",
        [
            Sql("m.body_id = ?", (body_id,)),
            Sql("m.deleted_at IS NULL"),
            terms.in_force(on, "m"),
        ],
    )
    return [
        _Seat(resident_id, name, MemberRole.of(role), bool(in_committee), households, sex or "")
        for resident_id, name, role, in_committee, households, sex in lookup.rows(asked)
    ]
