"""An office before its redemption day: a team of a hundred with their cards, goods on the shelf."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.models import StockKind
from app.services import (
    goods_keeping,
    office,
    points_accounts,
    points_cards,
    resident_forms,
    stock,
    teams,
    volunteers,
)
from app.services.goods_keeping import GoodsInput
from app.services.office import Office
from app.services.resident_input import ResidentInput
from app.services.teams import TeamInput
from app.services.volunteer_input import VolunteerInput
from app.storage.engine import Database

PEOPLE = 100
TEAM = "铁军"
OPENED = datetime(2026, 10, 8, 9)
BEGUN = OPENED.date()
SOAP_CODE = "6901234567892"
SOAP, TOWEL, RICE = "香皂", "毛巾", "大米"
SHELF = {SOAP: 120, TOWEL: 3, RICE: 5}
_ARTICLES = (
    GoodsInput(name=SOAP, points=2, unit="块", barcode=SOAP_CODE),
    GoodsInput(name=TOWEL, points=1, unit="条"),
    GoodsInput(name=RICE, points=30, unit="袋"),
)
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴", "芳伟娜敏静丽强磊军洋"


@dataclass(frozen=True)
class Market:
    """Names and cards of the team in the order of its members; goods by name."""

    names: tuple[str, ...]
    cards: tuple[str, ...]
    goods: dict[str, int]


def furnish_market(database: Database) -> Market:
    """Fill an empty office, as `furnish` wants it."""
    with database.transaction("填写社区资料") as session:
        office.set_office(session, Office("望海社区", "海湾街道", "210214"))
        office.seed(session, today=BEGUN)
    with database.transaction("登记铁军队") as session:
        names = tuple(map(_name, range(PEOPLE)))
        people = [_volunteer(session, name) for name in names]
        accounts = [
            points_accounts.open_account(session, volunteer_id=one, today=BEGUN) for one in people
        ]
        team = teams.save(session, None, TeamInput(name=TEAM), today=BEGUN)
        teams.join(session, team, people, since=BEGUN)
        cards = [points_cards.issue_card(session, one, BEGUN) for one in accounts]
    with database.transaction("进货") as session:
        goods = {one.name: _article(session, one) for one in _ARTICLES}
    return Market(names, tuple(cards), goods)


def _name(place: int) -> str:
    return f"{_SURNAMES[place % 10]}{_GIVEN[place // 10]}"


def _volunteer(session: Session, name: str) -> int:
    born = date(1958, 5, 6)
    entered = ResidentInput(name=name, document_kind="none", birth_date=born, new_household=True)
    resident = resident_forms.add(session, entered, now=OPENED)
    agreed = VolunteerInput(resident_id=resident, registered_on=BEGUN, record_consent_on=BEGUN)
    return volunteers.add(session, agreed, now=OPENED)


def _article(session: Session, entered: GoodsInput) -> int:
    key = goods_keeping.add(session, entered)
    came = stock.StockMove(key, StockKind.RECEIVED, SHELF[entered.name], BEGUN)
    stock.move(session, came, now=OPENED)
    return key
