"""设置 · 议事 and ballots for the sweep: a set of the office, a vote of owners on paper."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    AgendaItem,
    Body,
    BodyKind,
    Choice,
    ItemKind,
    ItemState,
    Matter,
    Meeting,
    MeetingState,
    Owner,
    OwnerUnit,
)
from app.services import ballots, vote_rule_sets, vote_rules
from app.services.vote_rule_sets import SetInput
from app.services.vote_thresholds import Share
from app.ui.meetings.ballots.dialog import BallotsDialog
from app.ui.office.meeting_rules.set_dialog import SetDialog
from app.ui.office.meeting_rules.tab import COUNCIL_PART, RULES, MeetingRulesTab
from app.ui.office.page import OfficePage

_OWNERS = "海棠苑业主大会（计票）"
_SET = "协商会议事规则"
_AREAS = (90_00, 180_50, 85_25, 300_00, 44_25, 96_40, 120_00)


class _Stage(Protocol):
    def context(self) -> Context: ...


def add_set(context: Context) -> int:
    """The office's own rules of the 议事协商会; gives their id."""
    with context.database.lookup() as lookup:
        known = [one.id for one in vote_rules.rules(lookup) if one.name == _SET]
    if known:
        return known[0]
    half = Share(1, 2, strict=True)
    entered = SetInput(
        name=_SET,
        kind=BodyKind.CONSULTATION,
        quorum=half,
        passing=half,
        notice_days=2,
        article="望海社区协商议事制度第五条",
    )
    since = context.clock.today().replace(month=3, day=1)
    with context.database.transaction("自定规则") as session:
        return vote_rule_sets.add(session, entered, since=since)


def hold_vote(context: Context) -> int:
    """Owners who vote on paper, two of whose ballots came back; gives the id of the item."""
    with context.database.transaction("业主大会表决") as session:
        known = session.scalar(select(Body.id).where(Body.name == _OWNERS))
        if known is None:
            return _hold(session, context)
        mine = select(AgendaItem.id).join(Meeting, Meeting.id == AgendaItem.meeting_id)
        return session.scalars(mine.where(Meeting.body_id == known)).one()


def _hold(session: Session, context: Context) -> int:
    today = context.clock.today()
    body = Body(kind=BodyKind.OWNERS, name=_OWNERS, since=today.replace(month=1, day=8))
    session.add(body)
    session.flush()
    for number, area in enumerate(_AREAS, start=1):
        owner = Owner(body_id=body.id, number=number, name=f"业主{number:02}")
        session.add(owner)
        session.flush()
        room = f"{number}01"
        unit = OwnerUnit(owner_id=owner.id, building="3", unit="1", room=room, area=area)
        session.add(unit)
    facts = {"number": 1, "title": "业主大会", "starts": 840, "state": MeetingState.RUNNING}
    held = Meeting(body_id=body.id, on_date=today, **facts)
    session.add(held)
    session.flush()
    item = AgendaItem(
        meeting_id=held.id,
        place=1,
        kind=ItemKind.DECIDE,
        title="电梯大修使用维修资金",
        words="使用维修资金 86,000 元大修 3 号楼两部电梯。",
        matter=Matter.OWNERS_GENERAL,
        state=ItemState.NOW,
    )
    session.add(item)
    session.flush()
    ballots.issue(session, item.id)
    for number, choice in ((2, Choice.YES), (4, Choice.NO)):
        ballots.type_back(session, item.id, number, choice, today=today)
    return item.id


def _part(name: str) -> Callable[[OfficePage], None]:
    def then(office_page: OfficePage) -> None:
        add_set(office_page._context)
        office_page.show_record("议事")
        tab = office_page.findChild(MeetingRulesTab)
        tab.show_part(name)
        tab.refresh()

    return then


def _set(stage: _Stage) -> QWidget:
    context = stage.context()
    key = add_set(context)
    with context.database.lookup() as lookup:
        return SetDialog(context, vote_rules.rule(lookup, key))


def _ballots(stage: _Stage) -> QWidget:
    context = stage.context()
    dialog = BallotsDialog(context, hold_vote(context), handed_on=True)
    dialog.ask("3")
    return dialog


PAGES = {f"设置 议事 {name}": _part(name) for name in (RULES, COUNCIL_PART)}
DIALOGS = {"自定表决规则": _set, "录表决票": _ballots}
