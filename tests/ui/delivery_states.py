"""送餐 in its states: forty-six stops on four walks as in the picture, one door without answer."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    Canteen,
    CareCase,
    CareReason,
    CareStep,
    CareStepKind,
    DeliveryRoute,
    DeliveryRun,
    Diner,
    MealOrder,
    MealPeriod,
    MealWay,
    OrderPause,
    OrderState,
    PayWay,
    Resident,
    RouteStop,
    StandingOrder,
)
from app.services import delivery_board
from app.services.delivery_board import Board
from app.services.filters import present
from app.storage.engine import Database
from app.ui.canteen.delivery.carrier_dialog import CarrierDialog
from app.ui.canteen.delivery.find_dialog import FindDialog
from app.ui.canteen.delivery.not_today import NotTodayDialog
from app.ui.canteen.delivery.route_form import RouteForm
from app.ui.canteen.delivery.routes_dialog import RoutesDialog
from app.ui.canteen.delivery.sheet_dialog import SheetDialog
from app.ui.canteen.delivery.type_back import TypeBackDialog
from app.ui.people.care_dialog import CareDialog
from tests.ui.canteen_rule_states import furnish

LUNCH = MealPeriod.LUNCH
_ROUTES = (
    ("一路", "北岗街", "孙志强", "志愿者", 12, 12),
    ("二路", "新居路", "刘洋", "志愿者", 12, 9),
    ("三路", "海滨巷", "高翔", "食堂员工", 11, 6),
    ("四路", "松林路", "郭小磊", "党员先锋", 11, 5),
)
"""Name, area, carrier, role, stops, how many of them are done."""
_PEOPLE = sum(one[4] for one in _ROUTES) + 3
"""And three who are stopped"""


class _Stage(Protocol):
    database: Database

    def context(self) -> Context: ...


def delivered(stage: _Stage) -> Context:
    """The office in the middle of a round at noon; an empty one has a canteen and no order."""
    context = stage.context()
    canteen = furnish(context)
    with context.database.transaction("送餐到一半") as session:
        mine = select(DeliveryRoute.id).where(DeliveryRoute.name == _ROUTES[-1][0])
        if session.scalar(mine) is None:
            people = _free(session)
            if len(people) == _PEOPLE:
                _walks(session, canteen, people, context.clock.now())
    return context


def _free(session: Session) -> list[int]:
    """Who lives here and gets nothing brought yet, in whatever life the office has had."""
    busy = (RouteStop, MealOrder, StandingOrder, Diner)
    wanted = select(Resident.id).where(
        present(),
        Resident.dwelling_id.is_not(None),
        *(Resident.id.not_in(select(one.resident_id)) for one in busy),
    )
    return list(session.scalars(wanted.order_by(Resident.id).limit(_PEOPLE)))


def _walks(session: Session, canteen: int, people: list[int], now: datetime) -> None:
    today, first = now.date(), 0
    for place, (name, area, carrier, role, count, done) in enumerate(_ROUTES):
        route = _put(
            session,
            DeliveryRoute(
                canteen_id=canteen,
                name=name,
                area=area,
                carrier=carrier,
                carrier_role=role,
                departs_after=10 + place * 3,
                position=place,
            ),
        )
        out = datetime.combine(today, time(7, 0)) + timedelta(minutes=3 * place)
        _put(
            session,
            DeliveryRun(
                route_id=route,
                on_date=today,
                period=LUNCH,
                carrier=carrier,
                carrier_role=role,
                departed_at=out,
                returned_at=out + timedelta(minutes=40) if not place else None,
            ),
        )
        for stop, person in enumerate(people[first : first + count], start=1):
            _stop(session, canteen, route, stop, person, out, done=stop <= done)
        first += count
    _nobody(session, people[4], now)
    _away(session, canteen, people[46:49], today)


def _stop(
    session: Session, canteen: int, route: int, stop: int, person: int, out: datetime, *, done: bool
) -> None:
    _put(session, RouteStop(route_id=route, resident_id=person, place=stop))
    if stop % 3 == 2:
        diet = ("低盐", "软食", "低糖")[stop % 9 // 3]
        _put(
            session,
            Diner(
                resident_id=person,
                diet=diet,
                consented_on=out.date(),
                contact="王丽",
                contact_relation="女儿",
                contact_phone="13940962277",
                door_note="敲门要重",
            ),
        )
    order = MealOrder(
        canteen_id=canteen,
        on_date=out.date(),
        period=LUNCH,
        resident_id=person,
        set_letter="A",
        way=MealWay.BROUGHT,
        pay_way=PayWay.CARD,
        route_id=route,
        stop=stop,
    )
    if done:
        order.state, order.settled_by = OrderState.HANDED, "赵敏"
        order.settled_at = out + timedelta(minutes=3 * stop)
    _put(session, order)


def _nobody(session: Session, person: int, now: datetime) -> None:
    order = session.scalars(select(MealOrder).where(MealOrder.resident_id == person)).one()
    order.state, order.settled_at = OrderState.NOBODY, now
    words = "07:15 敲门无人应答，餐已带回；07:38 敲门无人应答，没有放在门口"
    before = CareCase(
        resident_id=person,
        why=CareReason.NOBODY_ANSWERED,
        raised_at=now - timedelta(days=9),
        closed_at=now - timedelta(days=9),
        closed_by="赵敏",
        outcome="在女儿家",
    )
    _put(session, before)
    case = CareCase(
        resident_id=person,
        why=CareReason.NOBODY_ANSWERED,
        order_id=order.id,
        raised_at=now - timedelta(hours=2),
        raised_by="赵敏",
        words=words,
    )
    _put(session, case)
    phone = CareStep(
        case_id=case.id,
        kind=CareStepKind.OWN_PHONE,
        at=now - timedelta(hours=2),
        by_name="赵敏",
        words="未接",
    )
    _put(session, phone)


def _away(session: Session, canteen: int, people: list[int], today: date) -> None:
    for place, person in enumerate(people):
        _put(
            session,
            StandingOrder(
                resident_id=person,
                canteen_id=canteen,
                period=LUNCH,
                weekdays="1234567",
                set_letter="A",
                pay_way=PayWay.CARD,
                since=today - timedelta(days=60),
            ),
        )
        reason = ("住院", "去女儿家过冬", "本人来电停送")[place]
        until = today + timedelta(days=5) if place else None
        _put(
            session,
            OrderPause(resident_id=person, since=today, until=until, reason=reason),
        )


def _put(session: Session, row: Any) -> int:
    session.add(row)
    session.flush()
    return int(row.id)


def canteen_page(
    then: Callable[[_Stage, QWidget], None],
) -> Callable[[_Stage, QWidget], None]:
    """The tab on a stage that is lived in."""

    def build(stage: _Stage, page: QWidget) -> None:
        delivered(stage)
        then(stage, page)

    return build


def board(_stage: _Stage, page: Any) -> None:
    """A walk under way: the stop that comes next."""
    tab = page.open("送餐")
    # The page was opened before there was a canteen.
    tab.place.refresh()
    with tab.context.database.reading() as session:
        mine = select(DeliveryRoute.canteen_id).where(DeliveryRoute.name == _ROUTES[-1][0])
        tab.place.choose_canteen(session.scalar(mine))
    tab.place.choose_period(LUNCH)
    tab.refresh()
    tab.take_focus()


def case(stage: _Stage, page: Any) -> None:
    """The door that nobody opened."""
    board(stage, page)
    tab = page.current
    first = next((one for one in tab.board.stops if one.state is OrderState.NOBODY), None)
    if first is not None:
        tab.view.go_to(first.order_id)


def _routes(context: Context, canteen: int) -> QWidget:
    dialog = RoutesDialog(context, canteen)
    if dialog.stops:
        dialog.stop_table.select_row(1)
    return dialog


def _typed(context: Context, canteen: int) -> QWidget:
    dialog = TypeBackDialog(context, _board(context, canteen), None)
    dialog.table.rest_handed(dialog.table.walks[dialog.table.current_id() or 0].route_id)
    return dialog


def _dialog(make: Callable[[Context, int], QWidget]) -> Callable[[_Stage], QWidget]:
    def build(stage: _Stage) -> QWidget:
        context = delivered(stage)
        with context.database.reading() as session:
            canteen = session.scalars(select(Canteen.id)).first() or 0
        return make(context, canteen)

    return build


def _board(context: Context, canteen: int) -> Board:
    with context.database.lookup() as lookup:
        return delivery_board.board(lookup, canteen, context.clock.today(), LUNCH)


PAGES = {"送餐": canteen_page(board), "送餐 无人应答": canteen_page(case)}
DIALOGS = {
    "送餐路线": _dialog(_routes),
    "送餐路线 新增": _dialog(lambda context, canteen: RouteForm(context, canteen, None)),
    "换人送": _dialog(
        lambda context, canteen: CarrierDialog(
            context, _board(context, canteen).walks[0], context.clock.today(), LUNCH
        )
    ),
    "找一户": _dialog(lambda context, canteen: FindDialog(_board(context, canteen))),
    "送餐单": _dialog(lambda context, canteen: SheetDialog(context, _board(context, canteen))),
    "照单回填": _dialog(_typed),
    "今日停送": _dialog(lambda context, canteen: NotTodayDialog(_board(context, canteen))),
    "关怀名单": _dialog(lambda context, _canteen: CareDialog(context)),
}
