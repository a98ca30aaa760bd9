"""What people are found by, against what is known of them now."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.services import search_keys
from app.services.health.kinds import Check, Found, Group, Kind, Level, Repair


def _strays(session: Session, _now: datetime) -> Iterator[Found]:
    return ((one, "搜索目录与资料不同") for one in search_keys.strays(session))


def _reindex(session: Session, ids: Sequence[int], _now: datetime) -> int:
    search_keys.reindex(session, ids)
    return len(set(ids))


CHECKS = (
    Check(
        key="search_strays",
        group=Group.SEARCH,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="搜索目录落后",
        why="按现在的姓名、证件、电话或住址搜不到这些人，或者会搜到旧的。",
        example="改过电话，按新电话搜不到",
        look=_strays,
        repair=Repair(
            label="重建搜索目录",
            promise="按现在的资料重写这些人的搜索目录，资料本身一个字也不变。",
            mend=_reindex,
            by_itself=True,
            undoable=False,
        ),
    ),
)
