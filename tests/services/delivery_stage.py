"""A walk with three stops at noon, for the tests of 送餐."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from app.models import Grid, OrderState, PayWay, PostKind, Resident
from app.services import (
    care_views,
    deliveries,
    delivery_board,
    delivery_routes,
    delivery_walks,
    diners,
    meal_orders,
)
from app.services.care_views import CaseView
from app.services.deliveries import Outcome
from app.services.delivery_board import Board
from app.services.delivery_routes import RouteInput
from app.services.meal_orders import OrderInput
from app.storage.engine import Database
from app.values.rights import CANTEEN, DEFAULTS, GRID_MEMBER, Actor
from tests.services import canteen_stage, grid_life
from tests.services.canteen_stage import LUNCH, Stage
from tests.storage.offices import CLOCK

HANDED, NOBODY, REFUSED = OrderState.HANDED, OrderState.NOBODY, OrderState.TURNED_DOWN
COOK = Actor("郭师傅", CANTEEN, DEFAULTS[CANTEEN])
SUN = RouteInput(name="一路", area="北岗街", carrier="孙志强", carrier_role="志愿者")


class Round:
    """A walk with three stops at noon: `chen`, `wang`, `he`; `first` and `second` are routes."""

    def __init__(self, database: Database) -> None:
        self.stage: Stage = canteen_stage.stage_on(database)
        self.stage = self.stage.at(self.stage.today)
        self.first = self.do(delivery_routes.add, self.stage.canteen, SUN)
        self.second = self.do(delivery_routes.add, self.stage.canteen, replace(SUN, name="二路"))
        self.walk("chen", "wang", "he")
        self.orders = {who: self.order(who) for who in ("chen", "wang", "he")}

    @property
    def today(self) -> date:
        return self.stage.today

    def do(self, act, *args, by=canteen_stage.CLERK, **more):
        return self.stage.do(act, *args, by=by, **more)

    def now(self, act, *args, by=COOK, **more):
        return self.stage.do(act, *args, by=by, now=self.stage.now, **more)

    def walk(self, *names: str, route: int | None = None) -> None:
        people = [self.stage.people[one] for one in names]
        self.do(delivery_routes.set_stops, route or self.first, people, today=self.today)

    def order(self, who: str, **more) -> int:
        entered = OrderInput(
            canteen_id=self.stage.canteen,
            on_date=more.pop("on", self.today),
            period=LUNCH,
            resident_id=self.stage.people[who],
            set_letter="A",
            pay_way=more.pop("pay_way", PayWay.CASH),
            **more,
        )
        return int(self.now(meal_orders.order, entered, by=canteen_stage.CLERK, late=True))

    def board(self, on: date | None = None) -> Board:
        found: Board = self.stage.look(
            delivery_board.board, self.stage.canteen, on or self.today, LUNCH
        )
        return found

    def names(self) -> list[str]:
        return [one.name for one in self.board().walks[0].stops]

    def settle(self, *outcomes: tuple[str, OrderState], words: str = "", at=None):
        found = [
            Outcome(order_id=self.orders[who], state=state, words=words, at=at)
            for who, state in outcomes
        ]
        return self.now(deliveries.settle, found)

    def state(self, who: str) -> OrderState:
        return next(one.state for one in self.board().stops if one.order_id == self.orders[who])

    def depart(self, **more) -> int:
        return int(self.now(delivery_walks.depart, self.first, self.today, LUNCH, **more))

    def come_back(self, **more) -> str:
        return str(self.now(delivery_walks.come_back, self.first, self.today, LUNCH, **more))


class Door(Round):
    """`wang` did not open at 11:40; she lives in a grid whose rounds 周敏 does."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        clerk = self.stage.clerk
        self.grid, self.other = (self.do(a_grid, number) for number in (1, 2))
        self.do(live_in, self.stage.people["wang"], self.grid)
        self.do(live_in, self.stage.people["he"], self.other)
        self.zhou = grid_life.member(clerk, "周敏")
        grid_life.post(clerk, self.zhou, PostKind.GRID_STAFF, grid_id=self.grid)
        self.case_id = self.now(deliveries.nobody, self.orders["wang"], words="餐已带回")

    @property
    def case(self) -> CaseView:
        found = self.stage.look(care_views.case, self.case_id, today=self.today)
        assert isinstance(found, CaseView)
        return found

    def open(self, by: Actor = COOK) -> list[str]:
        found = self.stage.look(care_views.open_cases, today=self.today, by=by)
        return [one.name for one in found]

    def member(self, grid: int | None = None) -> Actor:
        """The grid member at the program, limited to a grid."""
        grids = frozenset({grid or self.grid})
        return Actor("周敏", GRID_MEMBER, DEFAULTS[GRID_MEMBER], grids=grids)


def a_grid(session: Session, number: int) -> int:
    row = Grid(number=number, name=f"第 {number} 网格")
    session.add(row)
    session.flush()
    return row.id


def live_in(session: Session, resident_id: int, grid_id: int) -> None:
    session.get_one(Resident, resident_id).grid_id = grid_id


def family(session: Session, resident_id: int) -> None:
    entered = diners.DinerView(
        resident_id=resident_id,
        contact="王丽",
        contact_relation="女儿",
        contact_phone="13940962277",
    )
    diners.save(session, entered, today=CLOCK.today())
