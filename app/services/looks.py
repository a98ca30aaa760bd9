"""Who has looked at a person's data, by month: the person may ask for it (个保法 45)."""

from collections import Counter
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Action, Change, Operation, Resident
from app.services.ages import years_later

_VERBS = {Action.LOOKED: "查看", Action.PRINTED: "打印", Action.EXPORTED: "导出"}
_MONTHS_SHOWN = 6


def by_month(session: Session, resident_id: int, *, today: date) -> str:
    """2026-11 查看 3 次、打印 1 次；2026-10 导出 1 次: the latest months, of one year at most."""
    counted = counts(session, resident_id, since=years_later(today, -1))
    months = sorted({month for month, _ in counted}, reverse=True)[:_MONTHS_SHOWN]
    return "；".join(f"{month} {_words(counted, month)}" for month in months)


def counts(session: Session, resident_id: int, *, since: date) -> Counter[tuple[str, Action]]:
    """How often, by month (2026-11) and by what was done."""
    found = session.execute(
        select(Operation.at, Change.action)
        .join(Operation, Operation.id == Change.operation_id)
        .where(
            Change.table_name == Resident.__tablename__,
            Change.row_id <= resident_id,
            Change.last_row_id >= resident_id,
            Change.action.in_(_VERBS),
        )
    )
    return Counter((f"{at:%Y-%m}", action) for at, action in found if at.date() >= since)


def _words(counted: Counter[tuple[str, Action]], month: str) -> str:
    return "、".join(
        f"{verb} {counted[month, action]} 次"
        for action, verb in _VERBS.items()
        if counted[month, action]
    )
