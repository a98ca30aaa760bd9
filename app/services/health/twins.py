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
        why="多半是一个人登记了两条，补贴可能领两份；在“居民”的“疑似重复的人”里合并或说明不是。",
        example="两个王秀兰，都是 1956-01-18 出生",
        look=_twins,
    ),
)
