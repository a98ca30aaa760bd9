"""Which volunteers a list has: by state, team, stars, what is to be heeded, and typed words."""

from dataclasses import dataclass
from datetime import date

from app.services import search, terms
from app.services.ages import years_later
from app.services.volunteer_input import ADULT
from app.storage.lookup import Lookup, Sql, among, any_of, contains, one_of, query
from app.values.pinyin_match import spells
from app.values.text import half_width, tidy

ACTIVE, LEFT = "active", "left"
MINORS, OUTSIDERS, UNINSURED, UNPUBLISHED = "minors", "outsiders", "uninsured", "unpublished"
UNLISTED = "unlisted"
KINDS = {
    MINORS: "未成年",
    OUTSIDERS: "外来志愿者",
    UNINSURED: "没有保险或已到期",
    UNPUBLISHED: "没有同意公开姓名",
    UNLISTED: "没有全国系统编号",
}
_SHORTEST, _LONGEST = 4, 6
"""Figures of the tail of a number, and of the number of a volunteer"""
NO_TEAM = 0
"""In place of the id of a team: in none"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerFilter:
    """Which volunteers; None and '' for all."""

    state: str | None = ACTIVE
    team_id: int | None = None
    stars: int | None = None
    kind: str | None = None
    text: str = ""


LISTED = "volunteer AS v LEFT JOIN resident AS r ON r.id = v.resident_id"
BORN = "coalesce(r.birth_date, v.birth_date)"
_STARS = """coalesce((SELECT max(s.stars) FROM star_award AS s
    WHERE s.volunteer_id = v.id AND s.state = 'confirmed'), 0)"""


def conditions(lookup: Lookup, chosen: VolunteerFilter, today: date) -> list[Sql]:
    """What a row of LISTED must meet."""
    found = [Sql("v.deleted_at IS NULL")]
    if chosen.state == ACTIVE:
        found += [Sql("v.left_on IS NULL"), Sql("r.departure IS NULL")]
    elif chosen.state == LEFT:
        found.append(Sql("v.left_on IS NOT NULL OR r.departure IS NOT NULL"))
    if chosen.team_id is not None:
        found.append(_in_team(chosen.team_id, today))
    if chosen.stars is not None:
        found.append(Sql(f"{_STARS} = ?", (chosen.stars,)))
    if chosen.kind is not None:
        found.append(_of_kind(chosen.kind, today))
    return found + [_said(lookup, word) for word in tidy(half_width(chosen.text)).split()]


def _in_team(team_id: int, today: date) -> Sql:
    now = terms.in_force(today, "m")
    if team_id == NO_TEAM:
        there = query("m.volunteer_id", "team_member AS m", [now])
        return Sql(f"v.id NOT IN ({there.text})", there.values)
    of_team = [Sql("m.team_id = ?", (team_id,)), now]
    return among("v.id", query("m.volunteer_id", "team_member AS m", of_team))


def _of_kind(kind: str, today: date) -> Sql:
    day = today.isoformat()
    if kind == MINORS:
        return Sql(f"{BORN} > ?", (years_later(today, -ADULT).isoformat(),))
    if kind == OUTSIDERS:
        return Sql("v.resident_id IS NULL")
    if kind == UNLISTED:
        # Order 67 art. 4: who is recorded here is typed into the ministry's system as well.
        return Sql("v.system_number IS NULL")
    if kind == UNPUBLISHED:
        return Sql("v.publish_consent_on IS NULL")
    return Sql("v.insured_until IS NULL OR v.insured_until < ?", (day,))


def _said(lookup: Lookup, word: str) -> Sql:
    """The number, who is found by the word, a name from outside, or what somebody can do."""
    figures = word.isascii() and word.isdigit()
    numbered = [Sql("v.number = ?", (int(word),))] if figures and len(word) <= _LONGEST else []
    if figures and len(word) < _SHORTEST:
        # Of so few figures the tails of documents and phones would find half of the list.
        return any_of(numbered)
    parts = [contains(column, word) for column in ("v.skills", "v.services", "v.name")]
    people = (
        [one_of("v.resident_id", found)] if (found := search.find_ids(lookup, word).ids) else []
    )
    return any_of([*numbered, *parts, *people, one_of("v.id", _outsiders(lookup, word))])


def _outsiders(lookup: Lookup, word: str) -> list[int]:
    """Who comes from outside and whose name is spelled so."""
    there = [Sql("resident_id IS NULL"), Sql("deleted_at IS NULL")]
    listed = lookup.rows(query("id, name", "volunteer", there))
    return [key for key, name in listed if spells(name or "", word)][:500]
