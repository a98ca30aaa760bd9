"""Who stands at the counter: accounts of one's own and shared ones, stars, hours, family."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Departure, Reservation, Resident, StarAward, StarState, Volunteer
from app.services import (
    counter_finder,
    counter_person,
    households,
    points_accounts,
    points_hours,
    redemptions,
    resident_forms,
)
from app.services.counter_person import CounterPerson, Who
from app.services.redemptions import Basket, BeyondLimit
from app.services.resident_input import ResidentInput
from app.storage.engine import Database
from tests.services.shop_office import EARNED_ON, NOW, TODAY, Shop, earn, open_shop
from tests.storage.offices import furnish


@pytest.fixture
def shop(database: Database) -> Shop:
    return furnish(database, open_shop)


def standing(database: Database, who: Who) -> CounterPerson:
    with database.reading() as session:
        return counter_person.person(session, who, today=TODAY)


def live_together(session: Session, shop: Shop, *names: str) -> int:
    """王秀兰's household, with these of the others."""
    home = households.create(session, dwelling_id=None, head_id=shop.people["王秀兰"])
    for name, relation in (("王秀兰", "户主"), *((one, "子女") for one in names)):
        person = session.get_one(Resident, shop.people[name])
        households.join(session, person, home, relation=relation, on_date=TODAY, now=NOW)
    return home


def volunteer(session: Session, shop: Shop, name: str, number: int) -> int:
    row = Volunteer(number=number, resident_id=shop.people[name], registered_on=EARNED_ON)
    session.add(row)
    session.flush()
    return row.id


def test_the_card_has_the_points_the_latest_lines_and_whom_to_call(
    database: Database, shop: Shop
) -> None:
    found = standing(database, Who(shop.people["王秀兰"]))

    assert (found.name, found.available.points, found.times) == ("王秀兰", 126, 0)
    assert [one.points for one in found.entries] == [126]
    assert found.contact == ("手机 138 **** 0612",)
    assert found.family is None
    assert found.who == Who(shop.people["王秀兰"], shop.accounts["王秀兰"])


def test_the_household_is_summed_and_those_who_may_collect_are_named(
    database: Database, shop: Shop
) -> None:
    with database.transaction("一家人") as session:
        live_together(session, shop, "李强")

    found = standing(database, Who(shop.people["王秀兰"]))
    assert found.family == (126 + 88, 2)
    assert [name for name, _ in found.relatives] == ["李强"]


def test_who_lives_alone_or_has_gone_is_no_family_and_what_was_not_collected_no_reservation(
    database: Database, shop: Shop
) -> None:
    wang = Who(shop.people["王秀兰"])
    with database.transaction("独居") as session:
        live_together(session, shop)
        for until in (TODAY, TODAY - timedelta(days=1)):
            mine, goods = shop.accounts["王秀兰"], shop.goods["洗衣皂"]
            aside = {"account_id": mine, "goods_id": goods, "quantity": 1, "made_on": EARNED_ON}
            session.add(Reservation(until=until, **aside))
    found = standing(database, wang)
    assert found.family is None
    assert [one.until for one in found.reservations] == [TODAY]

    with database.transaction("搬走") as session:
        gone = session.get_one(Resident, shop.people["李强"])
        gone.household_id = session.get_one(Resident, shop.people["王秀兰"]).household_id
        gone.departure = Departure.MOVED_OUT
    assert standing(database, wang).relatives == ()


def test_a_shared_account_counts_the_limit_of_each_of_the_household(
    database: Database, shop: Shop
) -> None:
    with database.transaction("共用账户") as session:
        home = live_together(session, shop, "李强")
        shared = points_accounts.open_account(session, household_id=home, today=TODAY)
        earn(session, shared, 300)

    def redeem(name: str, key: str) -> None:
        basket = Basket(
            account_id=shared,
            resident_id=shop.people[name],
            lines=((shop.goods["洗衣液"], 2),),
            request_key=key,
        )
        with database.transaction("兑换") as session:
            assert redemptions.redeem(session, basket, now=NOW).name == name

    assert standing(database, Who(shop.people["李强"])).who.account_id == shared
    redeem("王秀兰", "a")
    redeem("李强", "b")
    with pytest.raises(BeyondLimit):
        redeem("李强", "c")


def test_stars_and_hours_stand_beside_the_points_and_on_the_slip(
    database: Database, shop: Shop
) -> None:
    with database.transaction("志愿者") as session:
        key = volunteer(session, shop, "王秀兰", 132)
        points_hours.book_hours(
            session,
            key,
            7,
            on_date=EARNED_ON,
            activity_id=None,
            claim_id=None,
            words="巡逻",
            now=NOW,
        )
        session.add(
            StarAward(
                volunteer_id=key,
                stars=3,
                half_hours=7,
                state=StarState.CONFIRMED,
                proposed_on=EARNED_ON,
            )
        )

    found = standing(database, Who(shop.people["王秀兰"]))
    assert found.chips[-1].name == "三星志愿者"
    assert found.contact[0] == "志愿者 0132"
    assert (found.card, found.half_hours) == ("卡 0132", 7)
    basket = Basket(
        account_id=shop.accounts["王秀兰"],
        resident_id=shop.people["王秀兰"],
        lines=((shop.goods["洗衣皂"], 1),),
        request_key="x",
    )
    with database.transaction("兑换") as session:
        slip = redemptions.redeem(session, basket, now=NOW)
    assert (slip.half_hours, slip.card) == (7, "卡 0132")
    assert standing(database, Who(shop.people["王秀兰"])).half_hours == 7


def test_whoever_has_an_account_is_found_before_who_has_none(
    database: Database, shop: Shop
) -> None:
    with database.transaction("新增居民") as session:
        for name in ("王安", "王百川"):
            entered = ResidentInput(name=name, document_kind="none")
            resident_forms.add(session, entered, now=NOW)

    with database.lookup() as lookup:
        hits = counter_finder.find(lookup, "w", today=TODAY)
    assert [hit.name for hit in hits] == ["王秀兰", "王安", "王百川"]
    assert [hit.points for hit in hits] == [126, None, None]


def test_a_name_that_begins_so_comes_before_a_rare_reading_inside_one(
    database: Database, shop: Shop
) -> None:
    """立 is read wei, too: nobody who typed wq means 周立强, whatever he has saved."""
    with database.transaction("新增居民") as session:
        for name in ("周立强", "王强"):
            entered = ResidentInput(name=name, document_kind="none")
            resident = resident_forms.add(session, entered, now=NOW)
            if name == "周立强":
                points_accounts.open_account(session, resident_id=resident, today=TODAY)

    with database.lookup() as lookup:
        hits = counter_finder.find(lookup, "wq", today=TODAY)
    assert [hit.name for hit in hits] == ["王强", "周立强"]


def test_the_number_of_a_volunteer_comes_before_phones_that_end_like_it(
    database: Database, shop: Shop
) -> None:
    with database.transaction("志愿者") as session:
        volunteer(session, shop, "李强", 612)

    with database.lookup() as lookup:
        hits = counter_finder.find(lookup, "0612", today=TODAY)
    assert hits[0].name == "李强"
    assert {hit.name for hit in hits} == {"李强", "王秀兰", "张桂芳"}


def test_somebody_who_was_deleted_meanwhile_is_told(database: Database, shop: Shop) -> None:
    with pytest.raises(DomainError, match="没有找到这个人"):
        standing(database, Who(9999))


def test_what_lapses_soon_is_named_with_its_day(database: Database, shop: Shop) -> None:
    with database.reading() as session:
        who = Who(shop.people["王秀兰"])
        found = counter_person.person(session, who, today=date(2027, 3, 1))

    assert found.available.expiring == ((date(2027, 3, 31), 126),)
