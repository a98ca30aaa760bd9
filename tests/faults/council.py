"""A meeting of representatives that is cut short: vote, resolution and topic stay together.

Matters are decided one after the other, each is given money from the fund, one payment is met.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    AttendWay,
    BodyKind,
    Category,
    ItemKind,
    Meeting,
    MemberRole,
    TopicOrigin,
    VoteWay,
)
from app.services import (
    agenda,
    attendance,
    body_changes,
    body_members,
    fund_sources,
    funds,
    meeting_call,
    meeting_opening,
    meetings,
    office,
    projects,
    resolution_views,
    topic_screening,
    topics,
    votes,
)
from app.services.agenda import ItemInput
from app.services.attendance_views import seats
from app.services.body_changes import BodyInput
from app.services.body_members import MemberInput
from app.services.fund_sources import SourceInput
from app.services.funds import EntryInput
from app.services.meeting_call import CallInput
from app.services.meeting_input import MeetingInput
from app.services.projects import ProjectInput
from app.services.topic_input import TopicInput
from app.services.vote_ground import VoteInput
from app.services.voting import Count
from app.storage.engine import Database
from app.storage.lookup import Sql
from app.values.rights import Actor
from tests.faults.acts import NOW, Program, start
from tests.faults.children import Say

MATTERS, MEMBERS, PAID, GRANTED = 3, 9, 600_00, 10_000_00
_CHAIR = Actor("周立群")


def decide_matters(folder: Path, say: Say) -> None:
    """Three matters are voted on, each gets a project and a payment; every other is met."""
    program = start(folder)
    database, now = program.database, NOW.now()
    database.act_as(_CHAIR)
    with database.transaction("开会") as session:
        _open(session, now)
    say("open")
    for number in range(MATTERS):
        vote(database, number)
        say("voted")
        with database.transaction("立项") as session:
            project = _project(session, number, now)
        say("set up")
        line = pay(database, project, number)
        say("paid")
        if number % 2 == 0:
            with database.transaction("冲正") as session:
                funds.reverse(session, line, reason="金额记错了", now=now)
            say("met")
    program.close()


def _open(session: Session, now: datetime) -> None:
    since = now.date() - timedelta(days=300)
    office.seed(session, today=since)
    council = BodyInput(kind=BodyKind.REPRESENTATIVES, name="居民代表会议", since=since)
    body = body_changes.add_body(session, council, today=since)
    for number in range(MEMBERS):
        seat = MemberInput(role=MemberRole.REPRESENTATIVE, name=f"代表{number}", since=since)
        body_members.appoint(session, body, seat, today=since)
    entered = MeetingInput(
        body_id=body,
        on_date=now.date(),
        starts=540,
        place="会议室",
        chair="周立群",
        party_on=now.date(),
        delegation="不属于居民会议职权",
    )
    meeting = meetings.plan(session, entered, now=now)
    for number in range(MATTERS):
        agenda.add(session, meeting, _item(session, number, now))
    version = session.get_one(Meeting, meeting).version
    told = CallInput(notified_on=now.date() - timedelta(days=4))
    meeting_call.call(session, meeting, told, version=version, now=now)
    version = session.get_one(Meeting, meeting).version
    meeting_opening.open_meeting(session, meeting, version=version, now=now)
    for one in seats(session, meeting):
        if one.who is not None:
            attendance.attend(session, meeting, one.who, way=AttendWay.TYPED, now=now)
    source = SourceInput(year=now.year, name="市级")
    key = fund_sources.save(session, None, source)
    words = {"words": "拨入", "on_date": now.date()}
    funds.grant(session, EntryInput(source_id=key, amount=GRANTED, **words), now=now)


def _item(session: Session, number: int, now: datetime) -> ItemInput:
    category = session.scalar(select(Category.id).where(Category.name == "公共设施"))
    title = f"第 {number} 件事"
    told = TopicInput(title=title, category_id=category, origin=TopicOrigin.SLIP, person="居民")
    topic = topics.register(session, told, now=now)
    topic_screening.screen(session, topic, taken_up=True, reason="", version=1, now=now)
    return ItemInput(title=title, kind=ItemKind.DECIDE, words="就这么办。", topic_id=topic)


def vote(database: Database, number: int) -> int:
    """The vote on a matter, announced for the first time or again after a crash."""
    entered = VoteInput(
        way=VoteWay.HANDS, count=Count(MEMBERS - 2, 1, 1), request_key=f"vote {number}"
    )
    with database.transaction("宣布") as session:
        item = agenda.items(session, 1)[number].id
        return votes.announce(session, item, entered, now=NOW.now())


def _project(session: Session, number: int, now: datetime) -> int:
    [resolution] = [
        one
        for one in resolution_views.list_ids(session, today=now.date())
        if resolution_views.resolution(session, one).title == f"第 {number} 件事"
    ]
    entered = ProjectInput(
        name=f"第 {number} 件事",
        year=now.year,
        resolution_id=resolution,
        funded=True,
        budget=PAID,
        purpose="购买材料",
        since=date(now.year, 1, 1),
    )
    return projects.add(session, entered, now=now)


def pay(database: Database, project: int, number: int) -> int:
    """A payment, confirmed for the first time or again after a crash."""
    entered = EntryInput(
        source_id=1,
        amount=PAID,
        on_date=NOW.today(),
        words="购买材料",
        project_id=project,
        ticket=f"00{number}",
        payee="光明灯具店",
        handled_by="赵敏",
        approved_by="周立群",
        request_key=f"payment {number}",
    )
    with database.transaction("支出") as session:
        return funds.spend(session, entered, now=NOW.now())


def after_the_meeting(program: Program, said: list[Any]) -> None:
    """Every vote has its resolution and its topic stands by it; the book adds up."""
    database = program.database
    opened = _ask(database, "SELECT count(*) FROM meeting") == [(1,)]
    assert opened >= ("open" in said)
    if not opened:
        return
    for fault in (_ALONE, _ASTRAY, _OUT_OF_STEP):
        assert _ask(database, fault) == []
    found = {name: _ask(database, sql)[0][0] for name, sql in _DONE.items()}
    for name, done in found.items():
        assert done - said.count(name) in (0, 1)
    for number in range(found["voted"]):
        vote(database, number)
    for number in range(found["paid"]):
        pay(database, number + 1, number)
    assert {name: _ask(database, sql)[0][0] for name, sql in _DONE.items()} == found
    spent = (found["paid"] - found["met"]) * PAID
    assert _ask(database, "SELECT balance FROM fund_balance") == [(GRANTED - spent,)]


_DONE = {
    "voted": "SELECT count(*) FROM vote",
    "set up": "SELECT count(*) FROM project",
    "paid": "SELECT count(*) FROM fund_entry WHERE kind = 'spent'",
    "met": "SELECT count(*) FROM fund_entry WHERE reverses_id IS NOT NULL",
}
_ALONE = """
    SELECT v.id FROM vote v WHERE NOT EXISTS (SELECT 1 FROM resolution r WHERE r.vote_id = v.id)
"""
_ASTRAY = """
    SELECT t.id FROM topic t WHERE (t.state = 'decided')
        <> EXISTS (SELECT 1 FROM resolution r WHERE r.topic_id = t.id)
"""
_OUT_OF_STEP = """
    SELECT b.source_id FROM fund_balance b
    WHERE b.balance <> (SELECT sum(amount) FROM fund_entry e WHERE e.source_id = b.source_id)
"""


def _ask(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.lookup() as lookup:
        return list(lookup.rows(Sql(sql)))
