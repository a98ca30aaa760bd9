"""Nobody at home twice running: an alarm, until somebody says what was found out.

What raises and answers it are the last two visits of the person, whatever the order in which they
were typed; so that a visit that is corrected, removed or taken back has its alarm right with it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Visit, VisitAlarm, VisitResult
from app.services import places
from app.services.chunks import chunks
from app.services.filters import PRESENT
from app.storage.lookup import Source, Sql, actor_of, lookup_of, one_of, query
from app.values.masking import mask_phone
from app.values.text import tidy

ANSWERS = ("已联系上家属", "已联系上本人", "住院", "暂住亲友家", "外出，过几天回来")
"""What is mostly found out; anything else is written."""
_LONGEST_ANSWER = 200
_MET = {
    VisitResult.REFUSED: "本人在家，不愿见",
    VisitResult.FINE: "已走访到，正常",
    VisitResult.CHANGED: "已走访到，情况有变",
    VisitResult.NEEDS_HELP: "已走访到，需要帮助",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmView:
    """An alarm that nobody has answered; `visit_id` is the second visit in vain."""

    id: int
    version: int
    resident_id: int
    visit_id: int
    name: str
    place: str
    phone_masked: str
    grid_name: str
    raised_on: date
    days: tuple[date, ...]
    """The days on which nobody was at home, the latest first"""


def watch(session: Session, resident_id: int) -> None:
    """Raise, answer or withdraw the alarm of somebody whose visits have changed."""
    last = session.scalars(
        select(Visit)
        .where(Visit.resident_id == resident_id, Visit.deleted_at.is_(None))
        .order_by(Visit.on_date.desc(), Visit.id.desc())
        .limit(2)
    ).all()
    alarms = session.scalars(
        select(VisitAlarm).where(VisitAlarm.resident_id == resident_id).order_by(VisitAlarm.id)
    ).all()
    standing = next((one for one in alarms if one.cleared_on is None), None)
    in_vain = len(last) == 2 and all(one.result is VisitResult.NOT_HOME for one in last)
    if standing is not None:
        _settle(session, standing, last, in_vain=in_vain)
    elif in_vain and not {one.id for one in last} & {one.visit_id for one in alarms}:
        # After an alarm that was answered, the counting begins anew.
        raised = VisitAlarm(resident_id=resident_id, visit_id=last[0].id, raised_on=last[0].on_date)
        session.add(raised)
    session.flush()


def people_of(session: Session, visit_ids: Collection[int]) -> set[int]:
    """To whom these visits were made, as far as they are there."""
    found: set[int] = set()
    for part in chunks(sorted(visit_ids), 500):
        found.update(session.scalars(select(Visit.resident_id).where(Visit.id.in_(part))))
    return found


def clear(session: Session, alarm_id: int, *, answer: str, version: int, now: datetime) -> None:
    """Say what was found out; raises DomainError without words, ChangedMeanwhile."""
    alarm = session.get(VisitAlarm, alarm_id)
    if alarm is None or alarm.version != version or alarm.cleared_on is not None:
        raise ChangedMeanwhile
    words = tidy(answer)
    if not words:
        raise DomainError("请写明查到了什么，如“已联系上家属，暂住女儿家”，再解除报警。")
    if len(words) > _LONGEST_ANSWER:
        raise DomainError(f"查明情况最多写 {_LONGEST_ANSWER} 个字，请写短些。")
    alarm.answer, alarm.cleared_on = words, now.date()
    alarm.cleared_by = actor_of(session).name
    session.flush()


def standing_alarms(source: Source, *, grid_ids: Sequence[int] = ()) -> list[AlarmView]:
    """The alarms that wait for an answer, the oldest first.

    One that became a request is in hand there; who has moved out or died is not looked for.
    """
    lookup = lookup_of(source)
    where = [Sql("visit_alarm.cleared_on IS NULL"), Sql(PRESENT), Sql(_NOT_IN_HAND)]
    where += [one_of("resident.grid_id", grid_ids)] if grid_ids else []
    rows = list(
        lookup.rows(
            query(_COLUMNS, _SOURCE, where, "ORDER BY visit_alarm.raised_on, visit_alarm.id")
        )
    )
    days = _days(source, [row[2] for row in rows])
    found = []
    for key, version, person, visit, raised, name, phone, grid, *flat in rows:
        in_vain = [day for day in days.get(person, []) if day <= date.fromisoformat(raised)]
        found.append(
            AlarmView(
                id=key,
                version=version,
                resident_id=person,
                visit_id=visit,
                name=name,
                place=places.listed(*flat),
                phone_masked=mask_phone(phone or ""),
                grid_name=grid or "",
                raised_on=date.fromisoformat(raised),
                days=tuple(in_vain[:2]),
            )
        )
    return found


_NOT_IN_HAND = """NOT EXISTS (
    SELECT 1 FROM main.request
    WHERE request.visit_id = visit_alarm.visit_id AND request.deleted_at IS NULL
)"""
_COLUMNS = """
    visit_alarm.id, visit_alarm.version, visit_alarm.resident_id, visit_alarm.visit_id,
    visit_alarm.raised_on, resident.name, resident.phone, grid.name, building.number,
    dwelling.unit, dwelling.room
"""
_SOURCE = """
    visit_alarm
    JOIN resident ON resident.id = visit_alarm.resident_id
    LEFT JOIN grid ON grid.id = resident.grid_id
    LEFT JOIN dwelling ON dwelling.id = resident.dwelling_id
    LEFT JOIN building ON building.id = dwelling.building_id
"""


def _days(source: Source, people: Sequence[int]) -> dict[int, list[date]]:
    """When nobody was at home, the latest day first."""
    in_vain = [one_of("resident_id", people), Sql("deleted_at IS NULL AND result = 'not_home'")]
    found: dict[int, list[date]] = {}
    rows = query("resident_id, on_date", "visit", in_vain, "ORDER BY on_date DESC, id DESC")
    for person, day in lookup_of(source).rows(rows) if people else ():
        found.setdefault(person, []).append(date.fromisoformat(day))
    return found


def _settle(session: Session, alarm: VisitAlarm, last: Sequence[Visit], *, in_vain: bool) -> None:
    """Somebody was met since: that is the answer. Without its two visits it never was one."""
    if in_vain:
        if not _caused(session, alarm):
            alarm.visit_id, alarm.raised_on = last[0].id, last[0].on_date
        return
    met = last[0] if last else None
    if met is None or met.id == alarm.visit_id or met.result is VisitResult.NOT_HOME:
        session.delete(alarm)
        return
    alarm.answer, alarm.cleared_on = _MET[met.result], met.on_date
    alarm.cleared_by = met.visitor or met.entered_by


def _caused(session: Session, alarm: VisitAlarm) -> bool:
    """Whether the visit that raised it still says that nobody was at home."""
    cause = session.get(Visit, alarm.visit_id)
    return cause is not None and cause.deleted_at is None and cause.result is VisitResult.NOT_HOME
