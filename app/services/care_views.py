"""Cases of care as screens and slips show them: who, what is known, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models import CareReason, CareStepKind, OrderState
from app.services import places, post_views, visit_due, visit_rules
from app.services.ages import age_on
from app.services.filters import PRESENT
from app.storage.lookup import (
    Lookup,
    Source,
    Sql,
    all_of,
    day_of,
    lookup_of,
    moment_of,
    one_of,
    query,
)
from app.values.masking import mask_phone, mask_phones


@dataclass(frozen=True, slots=True)
class StepView:
    kind: CareStepKind
    at: datetime
    by_name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case. Phones are masked; `tags` are those that whoever asks may see."""

    id: int
    version: int
    resident_id: int
    name: str
    age: int | None
    tags: tuple[tuple[str, str], ...]
    """Name and tone"""
    home: str
    home_spoken: str
    grid_id: int | None
    grid_name: str
    phone_masked: str
    contact: str
    """女儿 王丽, '' where nobody is known"""
    contact_masked: str
    why: CareReason
    words: str
    raised_at: datetime
    raised_by: str
    order_id: int | None
    order_state: OrderState | None
    meal: str
    """A 餐・卡户, '' where no meal raised it"""
    visits: str
    """7 天一访，超期 1 天; '' for whom no rule asks to be visited"""
    last: str
    """11-12 无人应答：在女儿家, '' where it never happened before"""
    steps: tuple[StepView, ...]
    staff: tuple[int, str] | None
    """Who does the rounds of the grid: member, name"""
    member_id: int | None
    member_name: str
    closed_at: datetime | None
    closed_by: str
    outcome: str

    def done(self, kind: CareStepKind) -> StepView | None:
        """The latest step of a kind."""
        return next((one for one in reversed(self.steps) if one.kind is kind), None)

    @property
    def next_step(self) -> CareStepKind:
        """What is done now, in the order in which it is gone through."""
        if self.done(CareStepKind.HANDED_ON):
            return CareStepKind.OUTCOME
        order = (CareStepKind.OWN_PHONE, CareStepKind.FAMILY_PHONE)
        return next((one for one in order if not self.done(one)), CareStepKind.HANDED_ON)

    @property
    def title(self) -> str:
        return _title(self.why)


def case(source: Source, case_id: int, *, today: date) -> CaseView | None:
    """One case, open or closed; None where it is gone."""
    found = _cases(lookup_of(source), [Sql("c.id = ?", (case_id,))], today)
    return found[0] if found else None


def open_cases(
    source: Source,
    *,
    today: date,
    grid_ids: Sequence[int] = (),
    member_id: int | None = None,
    why: CareReason | None = None,
) -> list[CaseView]:
    """What waits for a result, the oldest first; who has moved out or died is not looked for."""
    where = [Sql("c.closed_at IS NULL"), Sql(PRESENT.replace("resident.", "r."))]
    where += [one_of("r.grid_id", grid_ids)] if grid_ids else []
    where += [Sql("c.member_id = ?", (member_id,))] if member_id is not None else []
    where += [Sql("c.why = ?", (why.value,))] if why is not None else []
    return _cases(lookup_of(source), where, today)


def waiting(source: Source) -> tuple[int, int]:
    """How many cases are open, and how many of them were given to a grid member."""
    asked = query(
        "count(*), count(c.member_id)",
        "care_case c JOIN resident r ON r.id = c.resident_id",
        [Sql("c.closed_at IS NULL"), Sql(PRESENT.replace("resident.", "r."))],
    )
    cases, handed = next(lookup_of(source).rows(asked))
    return cases, handed


def _cases(lookup: Lookup, where: Sequence[Sql], today: date) -> list[CaseView]:
    rows = list(
        lookup.rows(query(_COLUMNS, _SOURCE, [all_of(where)], "ORDER BY c.raised_at, c.id"))
    )
    people = [row[2] for row in rows]
    due = _due(lookup, people, today)
    staff = post_views.staff_of(lookup, today) if rows else {}
    steps, tags = _steps(lookup, [row[0] for row in rows]), _tags(lookup, people)
    return [
        _view(row, due.get(row[2], ""), staff, steps.get(row[0], ()), tags.get(row[2], ()), lookup)
        for row in rows
    ]


def _due(lookup: Lookup, people: Sequence[int], today: date) -> dict[int, str]:
    if not people:
        return {}
    days = {one.id: one.days for one in visit_rules.rules(lookup, today)}
    found = visit_due.of_people(lookup, people, today=today)
    return {
        person: f"{days[one.rule_id]} 天一访，{visit_due.due_words(one.due_on, today).text}"
        for person, one in found.items()
        if one.rule_id in days
    }


def _steps(lookup: Lookup, cases: Sequence[int]) -> dict[int, tuple[StepView, ...]]:
    found: dict[int, tuple[StepView, ...]] = {}
    asked = query(
        "case_id, kind, at, by_name, words", "care_step", [one_of("case_id", cases)], "ORDER BY id"
    )
    for key, kind, at, name, words in lookup.rows(asked) if cases else ():
        step = StepView(CareStepKind.of(kind), datetime.fromisoformat(at), name, words)
        found[key] = (*found.get(key, ()), step)
    return found


def _tags(lookup: Lookup, people: Sequence[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    there = [
        one_of("g.resident_id", people),
        Sql("g.until IS NULL AND t.enabled AND t.deleted_at IS NULL"),
    ]
    asked = query(
        "g.resident_id, t.name, t.tone",
        "resident_tag g JOIN tag t ON t.id = g.tag_id",
        there,
        "ORDER BY t.position, t.id",
    )
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for person, name, tone in lookup.rows(asked) if people else ():
        found[person] = (*found.get(person, ()), (name, tone))
    return found


def _view(
    values: Sequence[Any],
    visits: str,
    staff: dict[int, tuple[int, str]],
    steps: tuple[StepView, ...],
    tags: tuple[tuple[str, str], ...],
    lookup: Lookup,
) -> CaseView:
    key, version, person, name, born, phone, grid, grid_name, *rest = values
    building, unit, room, other, contact, relation, contact_phone, why, words, *rest = rest
    at, by, order, state, letter, member, member_name, closed_at, closed_by, outcome = rest
    raised = datetime.fromisoformat(at)
    return CaseView(
        id=key,
        version=version,
        resident_id=person,
        name=name,
        age=age_on(day_of(born), raised.date()),
        tags=tags,
        home=places.home_words(building, unit, room, other),
        home_spoken=places.spoken(building, unit, room) or other or "",
        grid_id=grid,
        grid_name=grid_name or "",
        phone_masked=mask_phone(phone or ""),
        contact=" ".join(part for part in (relation, contact) if part),
        contact_masked=mask_phones(contact_phone or ""),
        why=CareReason.of(why),
        words=words,
        raised_at=raised,
        raised_by=by,
        order_id=order,
        order_state=OrderState.of(state) if state else None,
        meal=f"{letter} 餐" if letter else "",
        visits=visits,
        last=_before(lookup, person, key),
        steps=steps,
        staff=staff.get(grid or 0),
        member_id=member,
        member_name=member_name or "",
        closed_at=moment_of(closed_at),
        closed_by=closed_by or "",
        outcome=outcome or "",
    )


def _before(lookup: Lookup, person: int, case_id: int) -> str:
    """The case before this one, in a line."""
    earlier = [Sql("resident_id = ? AND id < ?", (person, case_id)), Sql("closed_at IS NOT NULL")]
    asked = query("raised_at, why, outcome", "care_case", earlier, "ORDER BY id DESC LIMIT 1")
    found = next(lookup.rows(asked), None)
    if found is None:
        return ""
    at, why, outcome = found
    return f"{datetime.fromisoformat(at):%m-%d} {_title(CareReason.of(why))}：{outcome}"


def _title(why: CareReason) -> str:
    """Beside a person it is known that a delivery is meant."""
    return "无人应答" if why is CareReason.NOBODY_ANSWERED else why.label


_COLUMNS = """
    c.id, c.version, c.resident_id, r.name, r.birth_date, r.phone, r.grid_id, g.name,
    b.number, w.unit, w.room, r.other_address, n.contact, n.contact_relation, n.contact_phone,
    c.why, c.words, c.raised_at, c.raised_by, c.order_id, o.state, o.set_letter,
    c.member_id, c.member_name, c.closed_at, c.closed_by, c.outcome
"""
_SOURCE = """
    care_case c
    JOIN resident r ON r.id = c.resident_id
    LEFT JOIN grid g ON g.id = r.grid_id
    LEFT JOIN dwelling w ON w.id = r.dwelling_id
    LEFT JOIN building b ON b.id = w.building_id
    LEFT JOIN diner n ON n.resident_id = c.resident_id
    LEFT JOIN meal_order o ON o.id = c.order_id
"""
