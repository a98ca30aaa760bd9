"""Visits and diary lines on days that cannot be, alarms and sheets that point at nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import VisitAlarm, VisitSheetRow
from app.services import visit_alarms
from app.services.health.kinds import Check, Found, Group, Kind, Level, Repair
from app.services.resident_rows import DEPARTURE_LABELS
from app.storage.lookup import Sql, lookup_of


def _visit_days(session: Session, now: datetime) -> Iterator[Found]:
    today = now.date().isoformat()
    found = Sql(
        """
        SELECT visit.id, visit.on_date, resident.birth_date, resident.departure,
            resident.departed_on
        FROM visit JOIN resident ON resident.id = visit.resident_id
        WHERE visit.deleted_at IS NULL AND (visit.on_date > ?
            OR visit.on_date < resident.birth_date OR visit.on_date > resident.departed_on)
        ORDER BY visit.id
        """,
        (today,),
    )
    for key, day, born, departure, left_on in lookup_of(session).rows(found):
        if day > today:
            yield key, f"{day} 走访，晚于今天"
        elif born and day < born:
            yield key, f"{day} 走访，早于出生日期 {born}"
        else:
            yield key, f"{day} 走访，{left_on} 已经{DEPARTURE_LABELS.get(departure, '离开')}"


def _diary_days(session: Session, now: datetime) -> Iterator[Found]:
    today = now.date().isoformat()
    found = Sql(
        """
        SELECT id, on_date, settled_on FROM diary_entry
        WHERE deleted_at IS NULL
            AND (on_date > ? OR settled_on > ? OR settled_on < on_date)
        ORDER BY id
        """,
        (today, today),
    )
    for key, day, settled in lookup_of(session).rows(found):
        if day > today:
            yield key, f"日期 {day} 晚于今天"
        else:
            yield key, f"{day} 发现的，{settled} 销号"


def _lost_alarms(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        """
        SELECT alarm.resident_id, alarm.raised_on FROM visit_alarm AS alarm
        JOIN visit ON visit.id = alarm.visit_id
        WHERE alarm.cleared_on IS NULL
            AND (visit.deleted_at IS NOT NULL OR visit.resident_id <> alarm.resident_id)
        ORDER BY alarm.id
        """
    )
    for key, day in lookup_of(session).rows(found):
        yield key, f"{day} 的报警，那次走访已经不在了"


def _watch_again(session: Session, ids: Sequence[int], _now: datetime) -> int:
    """Alarms are raised anew from the visits that there are."""
    for resident_id in ids:
        stale = session.query(VisitAlarm).filter(
            VisitAlarm.resident_id == resident_id, VisitAlarm.cleared_on.is_(None)
        )
        for alarm in stale:
            session.delete(alarm)
        session.flush()
        visit_alarms.watch(session, resident_id)
    return len(ids)


def _misfit_rows(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        """
        SELECT line.id, line.place, visit.deleted_at FROM visit_sheet_row AS line
        JOIN visit ON visit.id = line.visit_id
        WHERE visit.deleted_at IS NOT NULL OR visit.resident_id <> line.resident_id
        ORDER BY line.id
        """
    )
    for key, place, gone in lookup_of(session).rows(found):
        yield key, f"第 {place} 行对着的走访{'已经删除' if gone else '是别人的'}"


def _open_rows(session: Session, ids: Sequence[int], _now: datetime) -> int:
    for key in ids:
        session.get_one(VisitSheetRow, key).visit_id = None
    session.flush()
    return len(ids)


CHECKS = (
    Check(
        key="visit_days",
        group=Group.ROUNDS,
        level=Level.WRONG,
        kind=Kind.VISIT,
        title="走访日期不可能",
        why="没到的日子、出生以前、离开以后不会有走访；下次该访的日子也跟着错。",
        example="2027-01-01 走访，晚于今天",
        look=_visit_days,
    ),
    Check(
        key="diary_days",
        group=Group.ROUNDS,
        level=Level.WRONG,
        kind=Kind.DIARY,
        title="日记日期不可能",
        why="没到的日子不会有日记，销号不会早于发现；月报按这些日期统计。",
        example="日期 2027-01-01 晚于今天",
        look=_diary_days,
    ),
    Check(
        key="alarm_lost",
        group=Group.ROUNDS,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="走访报警没有对应的走访",
        why="两次没人在家才报警；那次走访删了，报警还在提醒，要找的人白找。",
        example="11-20 的报警，那次走访已经不在了",
        look=_lost_alarms,
        repair=Repair(
            label="重新判断",
            promise="按现有的走访记录重新判断：还是两次没人的继续报警，不是的取消。",
            mend=_watch_again,
            by_itself=True,
        ),
    ),
    Check(
        key="sheet_row_misfit",
        group=Group.ROUNDS,
        level=Level.WRONG,
        kind=Kind.SHEET_ROW,
        title="走访单的行对不上走访",
        why="这一行显示录过了，实际上不是这个人的走访，或走访已经删除。",
        example="第 3 行对着的走访是别人的",
        look=_misfit_rows,
        repair=Repair(
            label="改为没录",
            promise="把这些行改为还没有录入，走访记录不变；需要时照纸再录一次。",
            mend=_open_rows,
            by_itself=True,
        ),
    ),
)
