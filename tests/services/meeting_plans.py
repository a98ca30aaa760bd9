"""Meetings of the stage: planned, called, opened, held."""

from datetime import date
from typing import Any

from app.models import (
    AgendaItem,
    Category,
    ItemKind,
    ItemState,
    Meeting,
    MeetingState,
    Topic,
    TopicOrigin,
    TopicState,
)
from app.services import agenda, meeting_call, meeting_opening, meetings
from app.services.agenda import ItemInput
from app.services.meeting_call import CallInput
from app.services.meeting_input import MeetingInput
from tests.services.meeting_stage import Stage

TODAY = date(2026, 11, 21)
SOON = date(2026, 12, 10)


def entered(stage: Stage, body_id: int | None = None, **more: Any) -> MeetingInput:
    values = {
        "body_id": body_id or stage.council,
        "on_date": SOON,
        "starts": 14 * 60,
        "place": "社区三楼会议室",
        "chair": "王芳",
        "recorder": "赵敏",
    }
    return MeetingInput(**{**values, **more})


def planned(stage: Stage, *titles: str, body_id: int | None = None, **more: Any) -> int:
    key: int = stage.do(meetings.plan, entered(stage, body_id, **more), now=stage.now)
    for title in titles:
        stage.do(agenda.add, key, ItemInput(title=title))
    return key


def version(stage: Stage, meeting_id: int) -> int:
    return int(stage.ask(f"SELECT version FROM meeting WHERE id = {meeting_id}")[0][0])


def called(stage: Stage, meeting_id: int, on: date = TODAY, **more: Any) -> int:
    given = CallInput(notified_on=on, **more)
    key: int = stage.do(
        meeting_call.call, meeting_id, given, version=version(stage, meeting_id), now=stage.now
    )
    return key


def opened(stage: Stage, meeting_id: int) -> None:
    stage.do(
        meeting_opening.open_meeting, meeting_id, version=version(stage, meeting_id), now=stage.now
    )


def held(stage: Stage, on: date, *items: tuple[str, ItemState], number: int = 1) -> list[int]:
    """A meeting that is over, with items in these states; their ids."""
    meeting_id = stage.put(
        Meeting,
        body_id=stage.council,
        number=number,
        title=f"第 {number} 次居民代表会议",
        on_date=on,
        starts=840,
        state=MeetingState.ENDED,
    )
    return [
        stage.put(
            AgendaItem,
            meeting_id=meeting_id,
            place=place,
            kind=ItemKind.DECIDE,
            title=title,
            state=state,
        )
        for place, (title, state) in enumerate(items, 1)
    ]


def topic(stage: Stage, number: int, title: str, state: TopicState = TopicState.ACCEPTED) -> int:
    kinds = stage.ask("SELECT id FROM category ORDER BY id LIMIT 1")
    kind = kinds[0][0] if kinds else stage.put(Category, name="公共设施")
    return stage.put(
        Topic,
        number=number,
        came_on=date(2026, 11, number),
        origin=TopicOrigin.SLIP,
        category_id=kind,
        title=title,
        state=state,
        registered_at=stage.now,
    )
