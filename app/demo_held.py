"""A meeting of the made-up community, from its planning to its minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo_papers import SECRETARY, Errand
from app.models import AttendWay, ItemKind, Meeting, Topic
from app.services import agenda, attendance, meeting_call, meeting_opening, meetings, minutes
from app.services.agenda import ItemInput
from app.services.attendance_views import seats
from app.services.meeting_call import CallInput
from app.services.meeting_input import MeetingInput
from app.services.minutes import EndInput, ItemEnd

_HALL = "社区三楼会议室"


class Held:
    """One meeting from its planning to its minutes."""

    def __init__(
        self,
        body: Callable[[], int],
        day: date,
        title: str,
        items: Sequence[ItemInput],
        *,
        party: date | None = None,
    ) -> None:
        self._body, self._day = body, day
        self._title, self._items, self._party = title, items, party
        self.id = 0

    def at(self, minute: int) -> datetime:
        """So long after the hour for which it was called."""
        return datetime.combine(self._day, time(14)) + timedelta(minutes=minute)

    def before(self, *, notified: int) -> Iterator[Errand]:
        """Planned and called, so many days ahead."""
        told = self._day - timedelta(days=notified)
        name = self._title or self._items[0].title
        yield Errand(told - timedelta(days=1), f"新建会议 {name}", self.plan, SECRETARY)
        yield Errand(told, f"发会议通知 {name}", self.call(told), SECRETARY)

    def plan(self, session: Session, now: datetime) -> None:
        entered = MeetingInput(
            body_id=self._body(),
            on_date=self._day,
            starts=14 * 60,
            title=self._title,
            place=_HALL,
            chair=SECRETARY,
            recorder="赵敏",
            party_on=self._party,
            party_words="同意提交居民代表会议讨论决定。" if self._party else "",
            delegation="不属于居民会议职权" if self._party else "",
        )
        self.id = meetings.plan(session, entered, now=now)
        for one in self._items:
            topic = session.scalar(select(Topic.id).where(Topic.title == one.title))
            agenda.add(session, self.id, replace(one, topic_id=topic))

    def call(self, told: date) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            row = session.get_one(Meeting, self.id)
            entered = CallInput(notified_on=told)
            meeting_call.call(session, self.id, entered, version=row.version, now=now)

        return act

    def open(self, came: int) -> Errand:
        """Opened, with so many who signed in."""

        def act(session: Session, _now: datetime) -> None:
            row = session.get_one(Meeting, self.id)
            meeting_opening.open_meeting(session, self.id, version=row.version, now=self.at(2))
            members = [one.who for one in seats(session, self.id) if one.who is not None]
            for place, who in enumerate(members[:came]):
                way = AttendWay.SCANNED if place % 3 else AttendWay.TYPED
                attendance.attend(session, self.id, who, way=way, now=self.at(-20 + place // 2))

        return self.errand("开会签到", act)

    def write(self, said: str) -> Errand:
        """What was said about the first item."""

        def act(session: Session, _now: datetime) -> None:
            first = agenda.items(session, self.id)[0]
            minutes.write(session, first.id, said, version=first.version)

        return self.errand("会议记录", act)

    def close(self, results: Sequence[str]) -> Errand:
        """Closed and finished; `results` are the opinions of what was talked over."""

        def act(session: Session, _now: datetime) -> None:
            now = self.at(55)
            talked = [one for one in agenda.items(session, self.id) if one.kind is ItemKind.DISCUSS]
            ends = [
                ItemEnd(item_id=one.id, result=result, opinion=True)
                for one, result in zip(talked, results, strict=True)
            ]
            minutes.end(session, self.id, EndInput(items=ends, summary="见各项结果。"), now=now)
            row = session.get_one(Meeting, self.id)
            minutes.file(session, self.id, version=row.version, now=now)

        return self.errand("会议记录定稿", act)

    def errand(
        self, sentence: str, act: Callable[[Session, datetime], object], *, days: int = 0
    ) -> Errand:
        """Something of this meeting, so many days after it."""
        return Errand(self._day + timedelta(days=days), sentence, act, SECRETARY)
