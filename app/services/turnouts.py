"""应到, 实到 and whether that is enough, by the rule set of the body and of the day."""

from dataclasses import dataclass

from app.errors import DomainError
from app.models import AttendWay, Basis, Capacity, Matter
from app.services import electorate, meeting_rules, voting
from app.services.attendance_views import HOUSEHOLD, OPEN, OWNER
from app.services.body_composition import REPRESENTATIVE_ROLES
from app.services.meeting_views import MeetingRow, meeting
from app.services.vote_rules import RuleView
from app.services.voting import Turnout, Verdict
from app.storage.lookup import Lookup, Source, Sql, among, lookup_of, one_of, query


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTurnout:
    """How many are there, counted anew at each look; `trouble` where the list cannot be right."""

    rule: RuleView
    turnout: Turnout
    verdict: Verdict
    proxies: int
    observers: int
    trouble: str = ""

    @property
    def ok(self) -> bool:
        """Whether a vote may be taken now."""
        return self.verdict.ok and not self.trouble

    @property
    def missing(self) -> int:
        """How many more it takes."""
        return max(0, self.verdict.needed - self.turnout.present)


def turnout(source: Source, meeting_id: int, matter: Matter = Matter.ORDINARY) -> MeetingTurnout:
    """Who is there at this moment; late comers, and who has gone, change it at once."""
    lookup = lookup_of(source)
    row = meeting(lookup, meeting_id)
    rule = meeting_rules.rule_of(lookup, row, matter)
    members, area = expected(lookup, row, rule)
    present, proxies, area_present = _present(lookup, meeting_id, rule)
    observers = _observers(lookup, meeting_id)
    if row.kind in OPEN:
        members = max(members, present)
    try:
        counted, trouble = Turnout(members, present, area, area_present), ""
    except DomainError as error:
        counted, trouble = Turnout(present, present, area_present, area_present), str(error)
    try:
        verdict = voting.quorum(rule, counted)
    except DomainError as error:
        verdict, trouble = Verdict(False, str(error), "", 0), trouble or str(error)
    return MeetingTurnout(
        rule=rule,
        turnout=counted,
        verdict=verdict,
        proxies=proxies,
        observers=observers,
        trouble=trouble,
    )


def expected(source: Source, row: MeetingRow, rule: RuleView) -> tuple[int, int]:
    """应到 in people and area: as it stood when the meeting was opened, before that as of now."""
    if row.expected is not None and _usual(source, row, rule):
        return row.expected, row.expected_area or 0
    found = electorate.electorate(source, row.body_id, row.on_date, rule.basis)
    return found.people, found.area


def _usual(source: Source, row: MeetingRow, rule: RuleView) -> bool:
    """Whether a matter is counted against those who were expected, or, as a recall, others."""
    if rule.matter is Matter.ORDINARY:
        return True
    return meeting_rules.rule_of(source, row).basis is rule.basis


# A vote of somebody who is not there counts as long as whoever holds it stays.
_HERE = f"""a.capacity = '{Capacity.MEMBER}' AND a.left_at IS NULL AND (
    (a.way NOT IN ('{AttendWay.PROXY}', '{AttendWay.EXCUSED}') AND a.came_at IS NOT NULL)
    OR (a.way = '{AttendWay.PROXY}' AND h.came_at IS NOT NULL AND h.left_at IS NULL))"""
_FROM = "main.attendee AS a LEFT JOIN main.attendee AS h ON h.id = a.holder_id"


def _present(lookup: Lookup, meeting_id: int, rule: RuleView) -> tuple[int, int, int]:
    """People or households, how many of them by proxy, and the area that is theirs."""
    here = [Sql("a.meeting_id = ?", (meeting_id,)), Sql(_HERE)]
    if rule.basis is Basis.REPRESENTATIVES:
        # The committee is there, and has no vote on one of its own (20).
        voters = query("id", "main.body_member", [one_of("role", REPRESENTATIVE_ROLES)])
        here.append(among("a.body_member_id", voters))
    by_proxy = f"coalesce(sum(a.way = '{AttendWay.PROXY}'), 0)"
    one = f"coalesce('h' || a.{HOUSEHOLD}, a.id)"
    people, proxies = next(lookup.rows(query(f"count(DISTINCT {one}), {by_proxy}", _FROM, here)))
    units = f"{_FROM} JOIN main.owner_unit AS u ON u.owner_id = a.{OWNER} AND u.deleted_at IS NULL"
    area = lookup.value(query("coalesce(sum(u.area), 0)", units, here))
    return int(people), int(proxies), int(area)


def _observers(lookup: Lookup, meeting_id: int) -> int:
    there = Sql("meeting_id = ? AND capacity = ?", (meeting_id, Capacity.OBSERVER.value))
    return int(lookup.value(query("count(*)", "main.attendee", [there])))
