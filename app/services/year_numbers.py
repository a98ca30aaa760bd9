"""Numbers counted in each year: 决-2026-012 of decisions, 资-2026-001 of the three lists."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session


def following(session: Session, column: InstrumentedAttribute[Any], letter: str, year: int) -> str:
    """The number after the highest one of a year, of deleted rows too: on papers it means one."""
    begin = f"{letter}-{year}-"
    with session.no_autoflush:
        given = session.scalars(select(column).where(column.startswith(begin)))
        last = max((int(number.removeprefix(begin)) for number in given), default=0)
    return f"{begin}{last + 1:03d}"
