"""What waits in 议事: topics, meetings, resolutions, the fund; looks of open_matters."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import (
    OPEN_RESOLUTIONS,
    FundBalance,
    FundSource,
    ListState,
    Meeting,
    MeetingState,
    Need,
    Project,
    Resolution,
    Topic,
    TopicState,
)
from app.services import project_views
from app.services.open_kinds import OpenMatter
from app.values.money import yuan

_HOUSE = "议事 → "
_TOPICS, _MEETINGS, _RESOLUTIONS = f"{_HOUSE}提事", f"{_HOUSE}会议", f"{_HOUSE}决议"
_LISTS, _FUND = f"{_HOUSE}清单", f"{_HOUSE}经费"


def topics(session: Session, _today: date) -> Iterator[OpenMatter]:
    """What residents brought up and nobody has taken further."""
    for state, words in (
        (TopicState.RAISED, "居民提的事没有审定"),
        (TopicState.ACCEPTED, "立了题还没有上会"),
    ):
        asked = select(func.count(), func.min(Topic.came_on)).where(
            Topic.deleted_at.is_(None), Topic.state == state
        )
        count, first = session.execute(asked).one()
        if count:
            yield OpenMatter(words, f"{count:,} 件，最早 {first:%Y-%m-%d}", _TOPICS)


def meetings(session: Session, _today: date) -> Iterator[OpenMatter]:
    """Each meeting that is to come, runs, or whose minutes are not finished."""
    waiting = (
        MeetingState.PLANNED,
        MeetingState.CALLED,
        MeetingState.RUNNING,
        MeetingState.ENDED,
    )
    rows = session.execute(
        select(Meeting.title, Meeting.state, Meeting.on_date)
        .where(Meeting.deleted_at.is_(None), Meeting.state.in_(waiting))
        .order_by(Meeting.on_date, Meeting.id)
    )
    for title, state, day in rows:
        yield OpenMatter(f"会议：{title}", f"{day:%Y-%m-%d}，{state.label}", _MEETINGS)


def resolutions(session: Session, today: date) -> Iterator[OpenMatter]:
    """What was decided and is not done, with those that are late."""
    open_ones = (Resolution.deleted_at.is_(None), Resolution.state.in_(OPEN_RESOLUTIONS))
    count = session.scalar(select(func.count()).where(*open_ones))
    if count:
        late = session.scalar(select(func.count()).where(*open_ones, Resolution.due_on < today))
        words = f"{count:,} 项，超期 {late:,} 项" if late else f"{count:,} 项"
        yield OpenMatter("决议没有办结", words, _RESOLUTIONS)


def lists(session: Session, _today: date) -> Iterator[OpenMatter]:
    """Needs without a resource, projects that are not accepted yet."""
    needs = select(func.count()).where(Need.deleted_at.is_(None), Need.state == ListState.OPEN)
    if count := session.scalar(needs):
        yield OpenMatter("需求没有对接", f"{count:,} 项", _LISTS)
    running = select(func.count()).where(
        Project.deleted_at.is_(None), Project.state.in_(project_views.OPEN)
    )
    if count := session.scalar(running):
        yield OpenMatter("项目没有验收", f"{count:,} 项", _LISTS)


def fund(session: Session, _today: date) -> Iterator[OpenMatter]:
    """What is left of each year's money."""
    rows = session.execute(
        select(FundSource.year, FundSource.name, FundBalance.balance)
        .join(FundBalance, FundBalance.source_id == FundSource.id)
        .where(FundBalance.balance > 0, FundSource.deleted_at.is_(None))
        .order_by(FundSource.year, FundSource.id)
    )
    for year, name, balance in rows:
        yield OpenMatter(f"{year} 年专项经费（{name}）结余", f"{yuan(balance)} 元", _FUND)
