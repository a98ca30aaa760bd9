"""柜台 in its states, on a stage where somebody has earned points and goods are on the shelf."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import EntryKind, Goods, Resident, StockKind
from app.services import (
    goods,
    goods_keeping,
    held_baskets,
    points_accounts,
    points_book,
    points_owner,
    reservations,
    stock,
)
from app.services.counter_person import Who
from app.services.filters import present
from app.services.goods_keeping import GoodsInput
from app.storage.engine import Database
from app.ui.points.counter.held_dialog import HeldDialog
from app.ui.points.counter.proxy_dialog import ProxyDialog
from app.ui.points.counter.read_back import ReadBackDialog
from app.ui.points.counter.redemption_dialog import RedemptionDialog
from app.ui.points.counter.reservations_dialog import ReservationsDialog
from app.ui.points.counter.tab import CounterTab
from app.ui.points.counter.till import Till
from app.ui.points.page import PointsPage

ARTICLES = {
    "抽纸": GoodsInput(name="抽纸", number="9011", spec="一提 10 包", unit="提", points=15),
    "香皂": GoodsInput(name="香皂", number="9012", spec="125 g", unit="块", points=9),
    "洗洁精": GoodsInput(
        name="洗洁精", number="9013", spec="1.5 kg", unit="瓶", points=18, limit=2, low_at=5
    ),
    "洗洁粉": GoodsInput(name="洗洁粉", number="9014", spec="2 kg", unit="袋", points=20),
    "洗洁皂": GoodsInput(
        name="洗洁皂", number="9015", spec="200 g×2", unit="组", points=12, shelf="B2"
    ),
    "洗洁布": GoodsInput(name="洗洁布", number="9016", spec="5 条", unit="包", points=7, low_at=3),
}
STOCK = {"抽纸": 34, "香皂": 60, "洗洁精": 12, "洗洁皂": 40, "洗洁布": 2}
EARNED = ((25, 60, "楼道清扫 2 小时"), (12, 46, "助老送餐 3 小时"), (4, 20, "建议被采纳"))


class _Stage(Protocol):
    database: Database

    def context(self) -> Context: ...


def stocked(stage: _Stage) -> Context:
    """The shop is open, and the first resident has 126 points; an empty office as it is."""
    context = stage.context()
    with context.database.reading() as session:
        person = session.scalar(select(Resident.id).where(present()).order_by(Resident.id))
        known = session.scalar(select(Goods.id).where(Goods.number == "9011"))
    if person is not None and known is None:
        _open(context, person)
    elif person is not None:
        _tidy_up(context, person)
    return context


def _tidy_up(context: Context, person: int) -> None:
    """As it was before another state: the points that it spent, what it put aside."""
    now, today = context.clock.now(), context.clock.today()
    with context.database.transaction("又一天") as session:
        account = _account(session, person, today)
        spent = sum(points for _, points, _ in EARNED) - points_book.balance(session, account)
        if spent > 0:
            booking = points_book.Booking(
                account_id=account,
                kind=EntryKind.EARNED,
                points=spent,
                on_date=today,
                words="巡逻 2 小时",
            )
            points_book.book(session, booking, now=now)
        for held in held_baskets.waiting(session):
            held_baskets.resume(session, held.id)
        for kept in reservations.waiting(session, today, account_id=account):
            reservations.cancel(session, kept.id, version=kept.version)


def _open(context: Context, person: int) -> None:
    now, today = context.clock.now(), context.clock.today()
    with context.database.transaction("开张") as session:
        ids = {name: goods_keeping.add(session, one) for name, one in ARTICLES.items()}
        for name, quantity in STOCK.items():
            day = today - timedelta(days=9)
            move = stock.StockMove(ids[name], StockKind.RECEIVED, quantity, day)
            stock.move(session, move, now=now)
        account = _account(session, person, today)
        for days, points, words in EARNED:
            booking = points_book.Booking(
                account_id=account,
                kind=EntryKind.EARNED,
                points=points,
                on_date=today - timedelta(days=days),
                words=words,
            )
            points_book.book(session, booking, now=now)


def _account(session: Session, person: int, today: date) -> int:
    found = points_owner.account_of(session, person)
    if found is None:
        found = points_accounts.ensure_account(session, resident_id=person, today=today)
    return found


def who(context: Context) -> Who:
    """The resident whom `stocked` gave points."""
    with context.database.reading() as session:
        person = session.scalar(select(Resident.id).where(present()).order_by(Resident.id))
    return Who(person)


def tab_of(page: QWidget) -> CounterTab:
    assert isinstance(page, PointsPage)
    tab = page.open("柜台")
    assert isinstance(tab, CounterTab)
    return tab


def take(tab: CounterTab, *wanted: str) -> None:
    """Somebody stands there and these articles are in the basket."""
    tab.open(who(tab.context))
    for name in wanted:
        tab.desk.goods.field.setText(ARTICLES[name].number)
        tab.desk.goods.choose()


def _filled(tab: CounterTab) -> None:
    take(tab, "抽纸", "香皂", "香皂", "洗洁皂")
    tab.desk.goods.field.setText("xj")


def _looked_for(tab: CounterTab) -> None:
    tab.search.setText("w")
    tab.search.paused.emit("w")


def _too_dear(tab: CounterTab) -> None:
    take(tab, *["抽纸"] * 7, "洗洁皂", "洗洁皂", "香皂")
    tab.till.set_proxy("王磊", "儿子")


def _over_the_limit(tab: CounterTab) -> None:
    take(tab, "洗洁精", "洗洁精", "洗洁精")


def _again(tab: CounterTab) -> None:
    take(tab, "香皂")
    tab.slip.papers.show_value("不打")
    tab.confirm()
    QApplication.processEvents()
    tab.open(who(tab.context))


def _page(then: Callable[[CounterTab], object]) -> Callable[[object, QWidget], None]:
    def build(stage: object, page: QWidget) -> None:
        context = stocked(stage)  # type: ignore[arg-type]  # it is called with a stage
        if who(context).resident_id is not None:
            then(tab_of(page))

    return build


PAGES = {
    "积分超市 柜台 篮子": _page(_filled),
    "积分超市 柜台 找人": _page(_looked_for),
    "积分超市 柜台 积分不够": _page(_too_dear),
    "积分超市 柜台 超过限兑": _page(_over_the_limit),
    "积分超市 柜台 再刷一次": _page(_again),
}


def _till(stage: _Stage) -> tuple[Context, Till]:
    context = stocked(stage)
    till = Till(context)
    till.open(who(context))
    with context.database.lookup() as lookup:
        for name in ("抽纸", "香皂", "洗洁皂"):
            till.add(goods.find(lookup, ARTICLES[name].number, context.clock.today())[0])
    return context, till


def _held(stage: _Stage) -> QWidget:
    _, till = _till(stage)
    till.hold()
    return HeldDialog(till.waiting())


def _reserved(stage: _Stage) -> QWidget:
    context, till = _till(stage)
    assert till.person is not None
    account, today = till.person.who.account_id, context.clock.today()
    assert account is not None
    with context.database.transaction("预约") as session:
        goods_id = till.lines[0].view.id
        until = today + timedelta(days=7)
        reservations.reserve(session, account, goods_id, 1, until=until, today=today)
    return ReservationsDialog(context, till)


def _all_reserved(stage: _Stage) -> QWidget:
    _reserved(stage).deleteLater()
    return ReservationsDialog(stage.context(), Till(stage.context()))


def _read_back(stage: _Stage) -> QWidget:
    _, till = _till(stage)
    slip = till.preview()
    assert slip is not None
    return ReadBackDialog(replace(slip, half_hours=173))


def _redeemed(stage: _Stage) -> QWidget:
    context, till = _till(stage)
    return RedemptionDialog(context, till.confirm().id)


DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "柜台 代领": lambda stage: ProxyDialog(_till(stage)[1]),
    "柜台 取单": _held,
    "柜台 预约": _reserved,
    "柜台 所有的预约": _all_reserved,
    "柜台 请居民核对": _read_back,
    "柜台 兑换单": _redeemed,
}
