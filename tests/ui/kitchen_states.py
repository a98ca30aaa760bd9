"""食品安全 and 统计 of 食堂 in their states: a lunch half sampled, staff, receipts, cards."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    CanteenStaff,
    Dish,
    DishKind,
    FoodReceipt,
    FoodSample,
    Meal,
    MealOpinion,
    MealPeriod,
    MenuDish,
    Resident,
    SetMeal,
    StaffCheck,
    SubsidyRule,
)
from app.services.filters import present
from app.storage import journal
from app.ui.canteen.safety.day_bar import BOOKS, CHECKS, RECEIPTS
from app.ui.canteen.safety.labels_dialog import SampleLabelsDialog
from app.ui.canteen.safety.receipt_dialog import ReceiptDialog
from app.ui.canteen.safety.staff_dialog import StaffDialog
from app.ui.canteen.statistics.figures_view import NAMES
from app.ui.canteen.statistics.opinion_dialog import OpinionDialog
from tests.services.canteen_stage import Stage
from tests.services.claim_stage import TIERS, meal_row
from tests.ui.canteen_rule_states import furnish

LUNCH = MealPeriod.LUNCH
_DAY = timedelta(days=1)
_STAFF = (("高翔", "厨师长", 210), ("马翠兰", "面点", 20), ("邹立新", "洗消", -3))
_DISHES = ("红烧带鱼", "冬瓜丸子", "清炒时蔬", "低盐蒸蛋", "紫菜蛋花汤", "米饭")


def lived(context: Context) -> int:
    """Ten days of the kitchen, once per office; gives the canteen."""
    canteen = furnish(context)
    now = context.clock.now()
    with context.database.transaction("食堂的后厨") as session:
        if session.scalars(select(CanteenStaff.id).limit(1)).first() is None:
            _work(session, canteen, now)
            _cook(session, canteen, now)
            _eat(session, canteen, now.date())
    return canteen


def _work(session: Session, canteen: int, now: datetime) -> None:
    today = now.date()
    for name, duty, left in _STAFF:
        one = CanteenStaff(canteen_id=canteen, name=name, duty=duty)
        one.certificate_until = today + left * _DAY
        session.add(one)
        session.flush()
        for back in range(1, 4):
            check = StaffCheck(staff_id=one.id, on_date=today - back * _DAY, checked_by="赵敏")
            check.healthy, check.clean, check.temperature = back != 2, True, 362 + back
            check.note = "咳嗽，已离岗休息" if back == 2 else None
            session.add(check)
    for back in range(3):
        receipt = FoodReceipt(canteen_id=canteen, on_date=today - back * _DAY, received_by="赵敏")
        receipt.supplier, receipt.goods, receipt.quantity = "海滨水产批发部", "带鱼", "25 斤"
        receipt.tickets_seen, receipt.temperature, receipt.ticket = True, -180, f"11{back:02d}"
        session.add(receipt)
    for number in range(4):
        card = MealOpinion(canteen_id=canteen, on_date=today - number * _DAY, entered_by="赵敏")
        card.taste, card.price, card.service = 5 - number % 4, 4, 5 if number else None
        card.words = "菜有点咸，汤凉了" if number == 3 else ""
        session.add(card)


def _cook(session: Session, canteen: int, now: datetime) -> None:
    today = now.date()
    for place, name in enumerate(_DISHES):
        dish = session.scalars(select(Dish).where(Dish.name == name)).first()
        if dish is None:
            dish = Dish(name=name, kind=DishKind.OTHER)
            session.add(dish)
            session.flush()
        of_meal: dict[str, Any] = {"canteen_id": canteen, "period": LUNCH, "dish_id": dish.id}
        known = select(MenuDish.id).where(MenuDish.on_date == today, MenuDish.dish_id == dish.id)
        if session.scalars(known).first() is None:
            session.add(MenuDish(on_date=today, position=place, **of_meal))
        days = [3, *([0] if place < 3 else [])]
        session.add_all(_sample(of_meal, name, today - back * _DAY, now) for back in days)


def _sample(of_meal: dict[str, Any], name: str, day: date, now: datetime) -> FoodSample:
    at = min(datetime.combine(day, time(10, 40)), now)
    kept = {"taken_at": at, "keep_until": at + 2 * _DAY, "taken_by": "高翔"}
    return FoodSample(
        **of_meal, **kept, on_date=day, name=name, grams=130, fridge="1 号柜", temperature=32
    )


def _eat(session: Session, canteen: int, today: date) -> None:
    """Somebody who came every day has not come for five."""
    people = list(session.scalars(select(Resident.id).where(present()).order_by(Resident.id)))
    if len(people) < 4:
        return
    sets = dict(session.execute(select(SetMeal.letter, SetMeal.id)).all())
    rules = dict(session.execute(select(SubsidyRule.name, SubsidyRule.id)).all())
    stage = Stage(cast("Any", None), canteen, {}, sets, rules)
    rows = []
    numbers: dict[date, int] = {}
    for back in range(16, 0, -1):
        day = today - back * _DAY
        numbers[day] = 900
        for place, person in enumerate((*people[:3], None)):
            if place == 2 and back <= 5:
                continue
            tier = TIERS[place if person else -1]
            month = day.year * 100 + day.month
            rows.append(meal_row(stage, tier, person, day, numbers, month=month))
    journal.add_rows(session, Meal, rows)


def _safety(view: str = "", book: int | None = None) -> Callable[[Any, QWidget], None]:
    def then(stage: Any, page: QWidget) -> None:
        lived(stage.context())
        tab = cast("Any", page).open("食品安全")
        tab.place.refresh()
        tab.place.choose_period(LUNCH)
        tab.refresh()
        if view:
            tab.bar.show_view(view)
        if book is not None:
            tab.books.period.choose(None)
            tab.books.show_book(book)
        tab.take_focus()

    return then


def _statistics(part: str = "") -> Callable[[Any, QWidget], None]:
    def then(stage: Any, page: QWidget) -> None:
        lived(stage.context())
        tab = cast("Any", page).open("统计")
        tab.place.refresh()
        tab.period.choose(None)
        tab.figures.show_part(NAMES.index(part) if part else 0)

    return then


def _dialog(make: Callable[[Context, int, date], QWidget]) -> Callable[[Any], QWidget]:
    def build(stage: Any) -> QWidget:
        context = stage.context()
        return make(context, lived(context), context.clock.today())

    return build


PAGES = {
    "食品安全": _safety(),
    "食品安全 晨检": _safety(CHECKS),
    "食品安全 进货": _safety(RECEIPTS),
    "食品安全 留样记录": _safety(BOOKS, 0),
    "食品安全 晨检记录": _safety(BOOKS, 1),
    "食品安全 进货台账": _safety(BOOKS, 2),
    "食堂统计": _statistics(),
    "食堂统计 年龄": _statistics("年龄"),
    "食堂统计 补贴": _statistics("补贴"),
    "食堂统计 意见": _statistics("意见"),
    "食堂统计 没来": _statistics("没来"),
}
DIALOGS = {
    "留样标签": _dialog(lambda c, canteen, day: SampleLabelsDialog(c, canteen, day, LUNCH)),
    "食堂人员": _dialog(lambda c, canteen, _: StaffDialog(c, canteen)),
    "记一笔进货": _dialog(ReceiptDialog),
    "录入满意度卡": _dialog(lambda c, canteen, _: OpinionDialog(c, canteen)),
}
