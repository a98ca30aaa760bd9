"""People who may be entered twice: the rule of look_alikes, without those who share a number."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.services import look_alikes, resident_rows
from app.services.chunks import chunks
from app.services.health.kinds import Check, Found, Group, Kind, Level


def _twins(session: Session, now: datetime) -> Iterator[Found]:
    pairs = look_alikes.pairs_of_one_name(session)
    for part in chunks(pairs, 250):
        ids = [one for pair in part for one in pair]
        found = resident_rows.rows(session, ids, today=now.date())
        lines = {line.id: line for line in found}
        for first, second in part:
            one, other = lines.get(first), lines.get(second)
            if one and other and not _share_a_number(one, other):
                where = other.place or other.document_tail or "没有住址"
                yield first, f"同名同生日的另一条：{where}"


def _share_a_number(one: resident_rows.ResidentRow, other: resident_rows.ResidentRow) -> bool:
    return bool(one.document_number) and one.document_number == other.document_number


CHECKS = (
    Check(
        key="twins",
        group=Group.TWINS,
        level=Level.WANTING,
        kind=Kind.RESIDENT,
        title="可能登记了两遍",
        why="同名同生日的两条多半是一个人：人数多一个，补贴可能领两份；不是的，说一次就不再提。",
        example="两个王秀兰，都是 1956-01-18 出生",
        look=_twins,
    ),
)
