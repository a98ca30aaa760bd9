"""A small shop for tests: four articles on the shelf, people who have earned some points."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.models import EntryKind, StockKind
from app.services import (
    goods_keeping,
    office,
    points_accounts,
    points_book,
    resident_forms,
    stock,
)
from app.services.goods_keeping import GoodsInput
from app.services.office import Office
from app.services.resident_input import ResidentInput
from app.storage.engine import Database

NOW = datetime(2026, 11, 21, 9, 30)
TODAY = NOW.date()
EARNED_ON = date(2026, 11, 20)
ARTICLES = (
    GoodsInput(name="洗衣液", spec="2 kg", unit="瓶", points=35, shelf="B2", limit=2, low_at=3),
    GoodsInput(name="洗衣皂", spec="200 g×2", unit="组", points=12, barcode="6901234567892"),
    GoodsInput(name="香油", spec="220 ml", unit="瓶", points=22, shelf="C1", low_at=3),
    GoodsInput(name="洗衣粉", spec="1.5 kg", unit="袋", points=18),
)
STOCK = {"洗衣液": 12, "洗衣皂": 40, "香油": 2}
PEOPLE = {"王秀兰": 126, "李强": 88, "张桂芳": 20}


@dataclass(frozen=True)
class Shop:
    """Ids by name."""

    people: dict[str, int]
    accounts: dict[str, int]
    goods: dict[str, int]


def open_shop(database: Database) -> Shop:
    """Fill an empty office, as `furnish` wants it."""
    with database.transaction("开张") as session:
        office.set_office(session, Office("海棠社区", "海湾街道", "210214"))
        office.seed(session, today=date(2026, 1, 1))
        people = {name: _resident(session, name) for name in PEOPLE}
        goods = {one.name: goods_keeping.add(session, one) for one in ARTICLES}
    with database.transaction("进货和记分") as session:
        for name, quantity in STOCK.items():
            move = stock.StockMove(goods[name], StockKind.RECEIVED, quantity, EARNED_ON)
            stock.move(session, move, now=NOW)
        accounts = {
            name: points_accounts.open_account(session, resident_id=people[name], today=EARNED_ON)
            for name in PEOPLE
        }
        for name, points in PEOPLE.items():
            earn(session, accounts[name], points)
    return Shop(people, accounts, goods)


def earn(session: Session, account_id: int, points: int) -> int:
    """Points for a service of yesterday."""
    booking = points_book.Booking(
        account_id=account_id,
        kind=EntryKind.EARNED,
        points=points,
        on_date=EARNED_ON,
        words="楼道清扫",
    )
    return points_book.book(session, booking, now=NOW)


def _resident(session: Session, name: str) -> int:
    entered = ResidentInput(
        name=name, document_kind="none", phone="13812340612", birth_date=date(1948, 5, 6)
    )
    return resident_forms.add(session, entered, now=NOW)
