"""A 网格员 who may see points sees the books of the own people, and writes in no others."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError, NotAllowed, OutsideGrids
from app.models import (
    Activity,
    Appeal,
    Attendance,
    EntryKind,
    Goods,
    HeldBasket,
    Participation,
    PointsAccount,
    PointsCard,
    PointsItem,
    Redemption,
    RedemptionLine,
    Reservation,
    Resident,
    StarAward,
    StarState,
    Team,
    TeamMember,
    Volunteer,
    VolunteerNote,
    VolunteerNoteKind,
    everything,
)
from app.services import grids, points_accounts, points_book, points_owner, settings
from app.services.points_book import Booking
from app.storage.narrowing import conditions
from app.values.rights import DEFAULTS, GRID_MEMBER, READER, Actor, Right
from tests.services.points_stage import Stage, stage_on
from tests.services.serving import serve, volunteer
from tests.storage.offices import fresh_office

MORE = frozenset({Right.VIEW_POINTS, Right.RECORD_POINTS, Right.REDEEM, Right.REVIEW_POINTS})
SUN = Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER] | MORE, frozenset({1}), user_id=1)
BOOKS = (
    *("points_account", "points_card", "points_claim", "points_entry", "points_balance"),
    *("points_lot", "appeal", "redemption", "redemption_line", "reservation", "held_basket"),
    *("volunteer", "team_member", "volunteer_note", "star_award", "hour_entry", "participation"),
)
"""Tables with something of somebody"""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """王秀兰 and 李建国 live in the first grid, 陈桂芳 in the second, 仇 in none."""
    stage = stage_on(fresh_office(tmp_path_factory.mktemp("points")))
    for number in (1, 2):
        stage.do(lambda s, n=number: grids.add(s, number=n, name=f"第{n}网格"))
    stage.set(settings.POINTS_ALONE, 0)

    def write(session: Session) -> None:
        for name, grid in (("wang", 1), ("li", 1), ("chen", 2)):
            session.get_one(Resident, stage.people[name]).grid_id = grid
        serves = volunteer(session, 50, resident_id=stage.people["chen"])
        team = Team(name="铁军")
        session.add(team)
        session.flush()
        for account, who in ((stage.wang, stage.volunteers["wang"]), (stage.chen, serves)):
            _furnish(session, stage, account, who, team.id)

    stage.do(write)
    for account in (stage.wang, stage.chen):
        stage.earn(account, 30)
        stage.claim(account, "邻里互助")
    yield stage
    stage.clerk.database.close()


def _furnish(session: Session, stage: Stage, account: int, who: int, team: int) -> None:
    day, now = stage.today, stage.clerk.now
    serve(session, who, 4, day, "清扫")
    note = {"kind": VolunteerNoteKind.AWARD, "on_date": day, "title": "先进"}
    star = {"stars": 1, "half_hours": 200, "state": StarState.PROPOSED, "proposed_on": day}
    slip = Redemption(
        number=f"DH-{account}",
        request_key=f"k{account}",
        account_id=account,
        on_date=day,
        at=now,
        points=9,
        before=9,
    )
    session.add_all(
        [
            slip,
            TeamMember(team_id=team, volunteer_id=who, since=day),
            VolunteerNote(volunteer_id=who, **note),
            StarAward(volunteer_id=who, **star),
            PointsCard(account_id=account, code=f"C{account}", issued_on=day),
            Appeal(account_id=account, raised_on=day, raised_by="本人", words="少记了"),
            HeldBasket(account_id=account, held_at=now, basket={}),
        ]
    )
    session.flush()
    item = session.scalars(select(PointsItem.id)).first()
    span = {"on_date": day, "starts": 540, "ends": 600}
    activity = Activity(name="清扫", item_id=item, team_id=team, **span)
    article = Goods(number=f"01{account:02d}", name="香皂", points=9)
    session.add_all([activity, article])
    session.flush()
    came = {"activity_id": activity.id, "volunteer_id": who, "state": Attendance.CAME}
    kept = {"account_id": account, "goods_id": article.id, "made_on": day, "until": day}
    line = {"goods_id": article.id, "name": "香皂", "unit": "块", "points": 9, "quantity": 1}
    session.add_all(
        [
            Participation(**came),
            Reservation(quantity=1, **kept),
            RedemptionLine(redemption_id=slip.id, **line),
        ]
    )


@pytest.fixture
def stage(furnished: Stage) -> Iterator[Stage]:
    furnished.clerk.database.act_as(SUN)
    yield furnished
    furnished.clerk.database.act_as(Actor())


@pytest.mark.parametrize("table", BOOKS)
def test_of_every_book_only_the_own_people_are_read(table: str, stage: Stage) -> None:
    own = stage.ask(f"SELECT * FROM {table}")
    stage.clerk.database.act_as(Actor())
    everybody = stage.ask(f"SELECT * FROM {table}")
    assert 0 < len(own) < len(everybody)
    assert set(own) < set(everybody)


def test_whoever_came_from_outside_is_of_no_grid(stage: Stage) -> None:
    with pytest.raises(DomainError, match="没有这个积分账户"):
        stage.clerk.look_up(lambda look: points_accounts.holder(look, stage.qiu))
    other = stage.people["chen"]
    told = stage.clerk.look_up(lambda look: points_owner.of_person(look, other, today=stage.today))
    assert told == points_owner.NOTHING


def test_a_shared_account_is_seen_where_one_of_the_household_lives(stage: Stage) -> None:
    household = stage.clerk.household_of(stage.people["wang"])
    stage.clerk.database.act_as(Actor())
    shared = stage.do(points_accounts.open_account, household_id=household, today=stage.today)
    stage.clerk.database.act_as(SUN)
    assert (shared,) in stage.ask("SELECT id FROM points_account")
    stage.clerk.database.act_as(replace(SUN, grids=frozenset({2})))
    assert (shared,) not in stage.ask("SELECT id FROM points_account")


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (PointsAccount, "frozen_reason", "改了"),
        (PointsCard, "void_on", None),
        (Volunteer, "note", "改了"),
        (VolunteerNote, "title", "改了"),
        (StarAward, "reason", "改了"),
        (Participation, "note", "改了"),
        (Redemption, "proxy", "改了"),
        (Appeal, "answer", "改了"),
    ],
)
def test_nothing_of_other_peoples_books_is_changed(
    stage: Stage, model: Any, column: str, value: Any
) -> None:
    table = model.__tablename__
    own = {key for (key,) in stage.ask(f"SELECT id FROM {table}")}
    stage.clerk.database.act_as(Actor())
    every = {key for (key,) in stage.ask(f"SELECT id FROM {table}")}
    stage.clerk.database.act_as(SUN)
    written = stage.today if value is None else value
    with pytest.raises(OutsideGrids):
        stage.clerk.do("改", lambda s: setattr(s.get_one(model, max(every - own)), column, written))


def test_points_are_not_booked_for_people_of_another_grid(stage: Stage) -> None:
    line = Booking(account_id=stage.chen, kind=EntryKind.EARNED, points=5, on_date=stage.today)
    with pytest.raises((OutsideGrids, DomainError)):
        stage.clerk.do("记分", lambda s: points_book.book(s, line, now=stage.clerk.now))


def test_whoever_may_only_look_books_nothing(stage: Stage) -> None:
    stage.clerk.database.act_as(Actor("何婷", READER, DEFAULTS[READER]))
    line = Booking(account_id=stage.wang, kind=EntryKind.EARNED, points=5, on_date=stage.today)
    with pytest.raises(NotAllowed):
        stage.clerk.do("记分", lambda s: points_book.book(s, line, now=stage.clerk.now))


def test_every_book_about_people_is_narrowed() -> None:
    narrowed = set(conditions(SUN))
    about = {
        name
        for name, model in everything().items()
        if {"account_id", "volunteer_id"} & set(model.__table__.columns.keys())
        and model.__module__ not in ("app.models.meals", "app.models.meal_orders")
    }
    assert about <= narrowed
    assert about <= set(BOOKS)
