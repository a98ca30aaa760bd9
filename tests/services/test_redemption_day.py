"""A redemption day from end to end: an afternoon is earned, soap is fetched, the month adds up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import PointsEntry, Redemption, StockKind, Volunteer
from app.services import (
    activities,
    activity_hours,
    activity_people,
    activity_posting,
    goods_keeping,
    hours,
    points_accounts,
    points_claims,
    points_months,
    points_notice,
    points_trace,
    redemptions,
    resident_forms,
    stock,
)
from app.services.activity_hours import Attended
from app.services.activity_input import ActivityInput
from app.services.goods_keeping import GoodsInput
from app.services.redemptions import Basket
from app.services.resident_input import ResidentInput
from app.storage.engine import Database
from tests.faults.amount import times
from tests.services.points_stage import SUN, ZHAO, Stage, stage_on

QUEUE = times(12, 100)
PRICE, SHELF = 2, 150
AFTERNOON, MARKET = date(2026, 11, 14), date(2026, 11, 21)


@dataclass
class Day:
    """Everybody has served on an afternoon and stands in the queue a week later."""

    stage: Stage
    activity: int
    volunteers: list[int]
    accounts: list[int]
    soap: int

    def redeem(self, number: int, key: str = "") -> Any:
        account = self.accounts[number]
        basket = Basket(
            account_id=account,
            resident_id=self.stage.clerk.look_up(
                lambda look: points_accounts.holder(look, account).resident_id
            ),
            lines=((self.soap, 1),),
            request_key=key or f"queue {number}",
        )
        return self.stage.now(redemptions.redeem, basket, by=SUN)


@pytest.fixture
def day(database: Database) -> Day:
    stage = stage_on(database)
    volunteers = stage.do(_volunteers, by=SUN)
    before = stage.on(AFTERNOON)
    activity = before.now(activities.plan, _afternoon(stage), by=SUN)
    before.do(_attend, activity, volunteers, by=SUN, now=before.clerk.now)
    before.now(activity_posting.post, activity, by=SUN)
    claims = [key for (key,) in stage.ask("SELECT id FROM points_claim")]
    stage.accept(*claims, by=ZHAO)
    accounts = [key for (key,) in stage.ask("SELECT account_id FROM points_entry ORDER BY id")]
    soap = stage.do(_soap, by=SUN)
    return Day(stage, activity, volunteers, accounts, soap)


def _volunteers(session: Session) -> list[int]:
    found = []
    for number in range(QUEUE):
        entered = ResidentInput(
            name="王" + "一二三四五六七八九十"[number % 10] + "兰李张赵刘陈孙周吴郑"[number // 10],
            document_kind="none",
            birth_date=date(1950, 1, 1),
            new_household=True,
        )
        person = resident_forms.add(session, entered, now=datetime(2026, 11, 1))
        row = Volunteer(number=1000 + number, resident_id=person, registered_on=date(2026, 11, 1))
        session.add(row)
        session.flush()
        found.append(row.id)
    return found


def _afternoon(stage: Stage) -> ActivityInput:
    return ActivityInput(
        name="楼道清扫",
        item_id=stage.item("志愿服务"),
        on_date=AFTERNOON,
        starts=14 * 60,
        ends=16 * 60,
        place="3 号楼",
        content="扫楼道",
        organiser="望海社区",
        leader="孙丽",
    )


def _attend(session: Session, activity: int, volunteers: list[int], *, now: datetime) -> None:
    for volunteer in volunteers:
        activity_people.sign_up(session, activity, volunteer_id=volunteer, today=now.date())
    came = [
        Attended(participation_id=one.id, version=one.version, came=True)
        for one in activity_people.participants(session, activity)
    ]
    activity_hours.record(session, activity, came, now=now)


def _soap(session: Session) -> int:
    soap = goods_keeping.add(session, GoodsInput(name="香皂", points=PRICE))
    came = stock.StockMove(soap, StockKind.RECEIVED, SHELF, MARKET)
    stock.move(session, came, now=datetime(2026, 11, 21, 8))
    return soap


def test_a_queue_is_served_the_shelf_is_right_and_the_public_list_adds_up(day: Day) -> None:
    stage = day.stage
    slips = [day.redeem(number) for number in range(QUEUE)]
    # One confirmation comes twice, one piece comes back.
    assert day.redeem(3).id == slips[3].id
    version = stage.clerk.see(lambda s: s.get_one(Redemption, slips[5].id).version)
    stage.now(redemptions.take_back, slips[5].id, reason="拿错了", version=version, by=SUN)

    assert stage.ask("SELECT on_hand FROM stock_level") == [(SHELF - QUEUE + 1,)]
    stage.check_books()
    december = stage.on(date(2026, 12, 2))
    closed = december.now(points_months.close, 202611)
    lines = stage.clerk.look_up(lambda look: list(points_notice.lines_of(look, 202611)))
    assert closed.proof.agrees
    # Two hours each; who brought the soap back has the points again.
    assert (closed.proof.added, closed.proof.taken) == (2 * QUEUE + PRICE, PRICE * QUEUE)
    assert len(lines) == QUEUE
    assert sum(line.closing for line in lines) == closed.proof.closing == PRICE
    assert all(line.opening + line.added - line.taken == line.closing for line in lines)


def test_a_bar_of_soap_leads_back_to_the_afternoon_on_which_it_was_earned(day: Day) -> None:
    stage = day.stage
    slip = day.redeem(7)
    paid = stage.clerk.see(
        lambda s: s.scalar(select(PointsEntry.id).where(PointsEntry.redemption_id == slip.id))
    )
    (earned,) = stage.clerk.look_up(lambda look: points_trace.used_from(look, paid))
    assert (earned.points, earned.line.activity_id) == (PRICE, day.activity)
    assert (earned.line.on_date, earned.line.half_hours) == (AFTERNOON, 4)
    assert (earned.line.by, earned.line.reviewed_by) == ("孙丽", "赵敏")
    (spent,) = stage.clerk.look_up(lambda look: points_trace.used_for(look, earned.line.row_id))
    assert spent.line.redemption_id == slip.id


def test_an_activity_posted_again_adds_nothing_and_soap_takes_no_hours(day: Day) -> None:
    stage = day.stage
    day.redeem(0)
    with pytest.raises(DomainError, match="没有重复记"):
        stage.now(activity_posting.post, day.activity, by=SUN)
    assert stage.clerk.look_up(points_claims.waiting_count) == 0
    assert stage.clerk.look_up(lambda look: hours.total(look, day.volunteers[0])) == 4
