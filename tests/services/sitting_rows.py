"""A meeting that goes on, through the services: planned, called ten days before, opened."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Attendee, AttendWay, BodyMember, Capacity, ItemKind
from app.services import agenda, meeting_call, meeting_opening, meetings
from app.services.agenda_input import ItemInput
from app.services.attendance_views import OWNER, Who
from app.services.meeting_call import CallInput
from app.services.meeting_input import MeetingInput
from tests.services.meeting_stage import Stage

LAMPS = "楼道照明改造"
DRAFT = "3 号楼至 6 号楼 24 个单元换装声控灯，用服务群众专项经费 18,600 元。"


def item(title: str = LAMPS, kind: ItemKind = ItemKind.DECIDE, **more: Any) -> ItemInput:
    return ItemInput(title=title, kind=kind, words=DRAFT, **more)


def version_of(stage: Stage, table: str, row_id: int) -> int:
    return int(stage.ask(f"SELECT version FROM {table} WHERE id = {row_id}")[0][0])


def called(
    stage: Stage, body_id: int, *items: ItemInput, on: date | None = None, **more: Any
) -> int:
    """A meeting of today that was announced ten days before; with the party's discussion."""
    day = on or stage.today
    values = {
        "body_id": body_id,
        "on_date": day,
        "starts": 9 * 60,
        "place": "社区三楼会议室",
        "chair": "王芳",
        "recorder": "赵敏",
        "committee_told_on": day - timedelta(days=20),
        "party_on": day - timedelta(days=20),
        "party_words": "同意提交",
        "delegation": "2026 年第 1 次居民会议授权",
    }
    meeting_id = stage.do(
        meetings.plan,
        MeetingInput(**{**values, **more}),
        now=stage.now,  # type: ignore[arg-type]  # named above
    )
    for one in items or (item(),):
        stage.do(agenda.add, meeting_id, one)
    stage.do(
        meeting_call.call,
        meeting_id,
        CallInput(notified_on=day - timedelta(days=16)),
        version=version_of(stage, "meeting", meeting_id),
        now=stage.now,
    )
    return int(meeting_id)


def opened(stage: Stage, body_id: int, *items: ItemInput, **more: Any) -> int:
    """The same, opened this moment; nobody has signed in."""
    meeting_id = called(stage, body_id, *items, **more)
    stage.do(
        meeting_opening.open_meeting,
        meeting_id,
        version=version_of(stage, "meeting", meeting_id),
        now=stage.now,
    )
    return meeting_id


def items_of(stage: Stage, meeting_id: int) -> list[int]:
    found = stage.ask(f"SELECT id FROM agenda_item WHERE meeting_id = {meeting_id} ORDER BY place")
    return [key for (key,) in found]


def sign_in(stage: Stage, meeting_id: int, body_id: int, number: int) -> list[int]:
    """The first `number` members of the body have come; gives their lines.

    Put down as they are: the service reads the whole list anew for each of them.
    """

    def all_of(session: Session) -> list[int]:
        there = session.scalars(
            select(BodyMember).where(BodyMember.body_id == body_id).order_by(BodyMember.id)
        )
        lines = [
            Attendee(
                meeting_id=meeting_id,
                capacity=Capacity.MEMBER,
                body_member_id=one.id,
                resident_id=one.resident_id,
                name=one.name,
                way=AttendWay.TYPED,
                came_at=stage.now,
            )
            for one in there.all()[:number]
        ]
        session.add_all(lines)
        session.flush()
        return [one.id for one in lines]

    lines: list[int] = stage.do(all_of)
    return lines


def owners_of(stage: Stage) -> list[Who]:
    found = stage.ask(f"SELECT id FROM owner WHERE body_id = {stage.owners} ORDER BY number")
    return [Who(OWNER, key) for (key,) in found]
