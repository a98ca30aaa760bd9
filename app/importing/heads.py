"""Heads whom a sheet tells only in columns of their own: 户主姓名, 户主身份证号 beside members."""

from collections.abc import Iterable, Iterator

from app.importing.cells import is_blank
from app.importing.households import Member
from app.importing.plan import Plan
from app.values.names import clean_name

_OWN_COLUMNS = {"head_name": "name", "head_document": "document_number", "head_phones": "phones"}


def has_heads_beside(plan: Plan) -> bool:
    """True when the head's number has a column of its own beside the members' numbers."""
    return all(plan.has(name) for name in ("head_name", "head_document", "name", "document_number"))


def plan_of_heads(plan: Plan) -> Plan:
    """The plan by which the head of a row is read as a person; the member's own columns are out."""
    where = {own: plan.where[head] for head, own in _OWN_COLUMNS.items() if plan.has(head)}
    several: dict[str, tuple[int, ...]] = {own: (column,) for own, column in where.items()}
    return Plan(where, several, ())


def rows_of_heads(
    members: dict[int, Member], names: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, Member]]:
    """First row of each household whose head is not among its members, as (row, head)."""
    present = {(members[index].household, name) for index, name in names}
    for index, member in members.items():
        told = member.own.get("head_name", "")
        if is_blank(told):
            continue
        head = (member.household, clean_name(str(told)))
        if head not in present:
            present.add(head)
            yield index, member
