"""送餐: routes, the board, what became of a stop, the walks and their points."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import (
    Canteen,
    MealPeriod,
    MealWay,
    OrderPause,
    OrderState,
    PayWay,
    PointsAccount,
    PointsItem,
    StandingOrder,
    Volunteer,
)
from app.services import (
    canteen_changes,
    deliveries,
    delivery_papers,
    delivery_routes,
    delivery_walks,
    meal_orders,
    papers,
    points_accounts,
    points_claims,
    points_items,
    settings,
)
from app.services.canteen_changes import CanteenInput
from app.services.meal_entries import CannotPay
from app.services.papers import Printing
from app.storage.engine import Database
from app.values.rights import DEFAULTS, READER, Actor
from tests.services import canteen_stage
from tests.services.canteen_stage import LUNCH, Stage
from tests.services.delivery_stage import COOK, HANDED, NOBODY, REFUSED, SUN, Round


@pytest.fixture
def round_(database: Database) -> Round:
    return Round(database)


class TestRoutes:
    def test_the_board_keeps_the_order_of_the_stops(self, round_: Round) -> None:
        assert round_.names() == ["陈桂芳", "王秀兰", "何桂英"]
        round_.walk("he", "chen", "wang")
        assert round_.names() == ["何桂英", "陈桂芳", "王秀兰"]
        assert [one.place for one in round_.board().stops] == [1, 2, 3]

    def test_whoever_comes_to_another_walk_takes_the_meal_of_today_along(
        self, round_: Round
    ) -> None:
        round_.walk("wang", route=round_.second)
        round_.walk("chen", "he")
        walks = {one.name: [stop.name for stop in one.stops] for one in round_.board().walks}
        assert walks == {"一路": ["陈桂芳", "何桂英"], "二路": ["王秀兰"]}

    def test_a_walk_of_another_canteen_carries_none_of_ours(self, round_: Round) -> None:
        other = round_.do(canteen_changes.add, CanteenInput(name="二食堂"))
        theirs = round_.do(delivery_routes.add, other, replace(SUN, name="东路"))
        round_.walk("wang", route=theirs)
        asked = f"SELECT route_id FROM meal_order WHERE id = {round_.orders['wang']}"
        assert round_.stage.ask(asked) == [(None,)]

    def test_a_stop_that_was_settled_stays_on_the_walk_that_brought_it(self, round_: Round) -> None:
        round_.settle(("wang", HANDED))
        round_.walk("wang", route=round_.second)
        assert round_.names() == ["陈桂芳", "王秀兰", "何桂英"]

    def test_who_is_taken_off_stands_beside_the_walks(self, round_: Round) -> None:
        round_.walk("chen")
        last = round_.board().walks[-1]
        assert (last.name, len(last.stops)) == ("未分路线", 2)
        waiting = round_.stage.look(
            delivery_routes.without_route, round_.stage.canteen, round_.today
        )
        assert {one.name for one in waiting} == {"王秀兰", "何桂英"}

    def test_two_desks_do_not_put_a_walk_in_order_over_each_other(self, round_: Round) -> None:
        people = [round_.stage.people[one] for one in ("chen", "wang", "he")]
        round_.walk("chen", "wang", "he", "li")
        with pytest.raises(ChangedMeanwhile):
            round_.do(
                delivery_routes.set_stops,
                *(round_.first, people[::-1]),
                today=round_.today,
                before=people,
            )

    def test_a_person_has_one_stop_only(self, round_: Round) -> None:
        with pytest.raises(DomainError, match="只能有一站"):
            round_.walk("chen", "chen")

    def test_a_walk_with_people_is_not_deleted(self, round_: Round) -> None:
        with pytest.raises(DomainError, match="还有 3 户"):
            round_.now(delivery_routes.remove, round_.first)
        round_.now(delivery_routes.remove, round_.second)
        assert [one.name for one in round_.board().walks] == ["一路"]

    def test_two_walks_of_one_name_are_refused(self, round_: Round) -> None:
        with pytest.raises(DomainError, match="已经有一条路线叫"):
            round_.do(delivery_routes.add, round_.stage.canteen, SUN)

    def test_an_old_version_of_a_walk_is_not_kept(self, round_: Round) -> None:
        entered, version = round_.stage.clerk.see(
            lambda s: delivery_routes.input_of(s, round_.first)
        )
        changed = replace(entered, carrier="刘洋")
        round_.do(delivery_routes.change, round_.first, changed, version=version)
        with pytest.raises(ChangedMeanwhile):
            round_.do(delivery_routes.change, round_.first, changed, version=version)

    def test_walks_change_places(self, round_: Round) -> None:
        round_.do(delivery_routes.move, round_.second, places_on=-1)
        found = round_.stage.look(delivery_routes.routes, round_.stage.canteen)
        assert [one.name for one in found] == ["二路", "一路"]

    def test_who_only_reads_changes_no_walk(self, round_: Round) -> None:
        reader = Actor("看的人", READER, DEFAULTS[READER])
        with pytest.raises(NotAllowed):
            round_.do(delivery_routes.add, round_.stage.canteen, SUN, by=reader)


class TestStops:
    def test_a_meal_is_booked_when_it_was_handed_over_and_not_before(self, round_: Round) -> None:
        assert round_.stage.ask("SELECT count(*) FROM meal") == [(0,)]
        (logged,) = round_.now(deliveries.handed, [round_.orders["wang"]])
        assert logged.name == "王秀兰"
        lines = round_.stage.ask("SELECT way, price, paid, order_id FROM meal")
        assert lines == [("brought", 1200, 1000, round_.orders["wang"])]
        assert round_.state("wang") is HANDED

    def test_the_kitchen_may_hand_over_without_the_right_of_the_counter(
        self, round_: Round
    ) -> None:
        by = replace(COOK, rights=COOK.rights - {"log_meals"})
        round_.now(deliveries.handed, [round_.orders["wang"]], by=by)
        assert round_.state("wang") is HANDED

    def test_handed_twice_is_booked_once(self, round_: Round) -> None:
        round_.settle(("wang", HANDED))
        with pytest.raises(DomainError, match="没有重复登记"):
            round_.settle(("wang", HANDED))
        assert round_.stage.ask("SELECT count(*) FROM meal") == [(1,)]

    def test_what_was_not_delivered_earns_no_subsidy(self, round_: Round) -> None:
        round_.settle(("wang", NOBODY))
        round_.settle(("he", REFUSED), words="饭菜不合适")
        assert round_.stage.ask("SELECT count(*) FROM meal") == [(0,)]
        assert round_.board().counts == Counter({OrderState.ORDERED: 1, NOBODY: 1, REFUSED: 1})

    def test_who_turns_a_meal_down_says_why(self, round_: Round) -> None:
        with pytest.raises(DomainError, match="何桂英：请写明为什么拒收"):
            round_.settle(("he", REFUSED))

    def test_a_sheet_is_put_down_as_a_whole_or_not_at_all(self, round_: Round) -> None:
        with pytest.raises(DomainError, match="一户都没有记"):
            round_.settle(("chen", HANDED), ("wang", HANDED), ("he", REFUSED))
        assert {one.state for one in round_.board().stops} == {OrderState.ORDERED}
        settled = round_.settle(("chen", HANDED), ("wang", NOBODY), ("he", HANDED))
        assert (len(settled.meals), len(settled.cases), settled.turned_down) == (2, 1, 0)

    def test_the_time_on_the_sheet_is_kept(self, round_: Round) -> None:
        at = datetime(2026, 11, 21, 11, 15)
        round_.settle(("wang", HANDED), at=at)
        assert next(one.at for one in round_.board().stops if one.at) == at

    def test_a_time_to_come_is_refused(self, round_: Round) -> None:
        with pytest.raises(DomainError, match="还没有到"):
            round_.settle(("wang", HANDED), at=datetime(2026, 11, 21, 12, 30))

    def test_a_delivery_of_tomorrow_waits_for_tomorrow(self, round_: Round) -> None:
        key = round_.order("sun", on=round_.today + timedelta(days=1))
        with pytest.raises(DomainError, match="还没有到"):
            round_.now(deliveries.handed, [key])

    def test_a_sheet_of_yesterday_is_typed_back_for_yesterday(self, round_: Round) -> None:
        round_.stage = round_.stage.at(round_.today + timedelta(days=1), 8, 0)
        round_.settle(("wang", HANDED))
        lines = round_.stage.ask("SELECT on_date FROM meal")
        assert lines == [("2026-11-21",)]

    def test_what_a_card_cannot_pay_is_paid_in_cash_at_the_door(self, round_: Round) -> None:
        key = round_.order("sun", pay_way=PayWay.CARD)
        li = round_.order("li", pay_way=PayWay.CARD)
        with pytest.raises(CannotPay, match="李建国"):
            round_.now(deliveries.handed, [li])
        round_.now(deliveries.handed, [li], pay_way=PayWay.CASH)
        assert round_.stage.ask("SELECT pay_way, paid FROM meal") == [("cash", 1100)]
        # Free of charge: nothing is asked of a card.
        round_.now(deliveries.handed, [key])

    def test_whoever_ate_at_the_canteen_is_not_handed_the_same_meal(self, round_: Round) -> None:
        round_.stage.log("wang")
        with pytest.raises(DomainError, match=r"王秀兰：.*午餐已经记过（M-1121-001）.*登记拒收"):
            round_.settle(("wang", HANDED))

    def test_an_order_by_voucher_takes_the_one_that_lapses_first(self, round_: Round) -> None:
        key = round_.order("li", pay_way=PayWay.VOUCHER)
        with pytest.raises(CannotPay, match="没有能用的餐券"):
            round_.now(deliveries.handed, [key])

    def test_a_cancelled_order_is_not_handed_over(self, round_: Round) -> None:
        round_.now(meal_orders.cancel, [round_.orders["wang"]], reason="本人来电")
        with pytest.raises(DomainError, match="取消或停送"):
            round_.settle(("wang", HANDED))
        assert len(round_.board().stops) == 2

    def test_put_down_by_mistake_it_waits_again_and_the_money_returns(self, round_: Round) -> None:
        round_.settle(("wang", HANDED))
        round_.now(deliveries.take_back, round_.orders["wang"])
        assert round_.stage.ask("SELECT sum(price), sum(paid), sum(by_city) FROM meal") == [
            (0, 0, 0)
        ]
        assert round_.state("wang") is OrderState.ORDERED
        round_.settle(("wang", HANDED))
        assert round_.stage.ask("SELECT sum(price) FROM meal") == [(1200,)]

    def test_no_answer_by_mistake_takes_its_untouched_case_along(self, round_: Round) -> None:
        round_.settle(("wang", NOBODY))
        round_.now(deliveries.take_back, round_.orders["wang"])
        assert round_.stage.ask("SELECT count(*) FROM care_case") == [(0,)]

    def test_ctrl_z_takes_no_answer_back_with_its_case(self, round_: Round) -> None:
        round_.settle(("wang", NOBODY))
        round_.stage.database.act_as(canteen_stage.CLERK)
        assert not round_.stage.clerk.undo_last().kept
        assert round_.state("wang") is OrderState.ORDERED
        assert round_.stage.ask("SELECT count(*) FROM care_case") == [(0,)]

    def test_what_waits_is_not_put_back(self, round_: Round) -> None:
        with pytest.raises(DomainError, match="还没有登记"):
            round_.now(deliveries.take_back, round_.orders["wang"])


class TestWalks:
    def test_a_walk_goes_and_comes_back_when_every_stop_is_settled(self, round_: Round) -> None:
        round_.depart(at=datetime(2026, 11, 21, 11, 0))
        with pytest.raises(DomainError, match="还有 3 户没有登记（陈桂芳、王秀兰、何桂英）"):
            round_.come_back()
        round_.settle(("chen", HANDED), ("wang", NOBODY), ("he", HANDED))
        assert round_.come_back() == ""
        walk = round_.board().walks[0]
        assert (walk.departed_at, walk.returned_at) == (
            datetime(2026, 11, 21, 11, 0),
            round_.stage.now,
        )

    def test_a_walk_sets_out_once(self, round_: Round) -> None:
        round_.depart()
        with pytest.raises(DomainError, match="已于 11:40 出发"):
            round_.depart()

    def test_a_walk_that_has_not_set_out_is_not_back(self, round_: Round) -> None:
        with pytest.raises(DomainError, match="还没有登记出发"):
            round_.come_back()

    def test_nobody_is_back_before_setting_out(self, round_: Round) -> None:
        round_.depart()
        round_.settle(("chen", HANDED), ("wang", HANDED), ("he", HANDED))
        with pytest.raises(DomainError, match="早"):
            round_.come_back(at=datetime(2026, 11, 21, 10, 0))

    def carry(self, round_: Round, name: str) -> None:
        day = (round_.first, round_.today, LUNCH)
        round_.do(delivery_walks.name_carrier, *day, carrier=name, carrier_role="食堂员工", by=COOK)

    def test_whoever_carries_today_stands_on_the_board(self, round_: Round) -> None:
        assert round_.board().walks[0].who == "孙志强・志愿者"
        self.carry(round_, "刘洋")
        assert round_.board().walks[0].who == "刘洋・食堂员工"
        round_.depart()
        assert round_.board().walks[0].who == "刘洋・食堂员工"
        assert round_.board(round_.today + timedelta(days=1)).walks == ()

    def test_who_carried_is_not_changed_after_the_walk(self, round_: Round) -> None:
        round_.depart()
        round_.settle(("chen", HANDED), ("wang", HANDED), ("he", HANDED))
        round_.come_back()
        with pytest.raises(DomainError, match="已经返回"):
            self.carry(round_, "刘洋")

    def test_a_walk_is_not_carried_by_nobody(self, round_: Round) -> None:
        with pytest.raises(DomainError, match="谁去送"):
            self.carry(round_, " ")

    def test_who_is_stopped_stands_in_a_list_with_reason_and_end(self, round_: Round) -> None:
        round_.do(_standing, round_.stage, "sun")
        until = round_.today + timedelta(days=4)
        round_.do(
            lambda s: s.add(
                OrderPause(
                    resident_id=round_.stage.people["sun"],
                    since=round_.today,
                    until=until,
                    reason="住院",
                )
            )
        )
        (one,) = round_.board().not_today
        assert (one.name, one.reason, one.until) == ("孙玉梅", "住院", until)
        assert not round_.board(until + timedelta(days=1)).not_today


class TestPoints:
    def volunteer(self, round_: Round, *, account: bool = True) -> None:
        """The walk is carried by a volunteer; 送餐 is a matter with a rule."""

        def write(session) -> None:
            points_items.seed(session, today=date(2026, 1, 1))
            person = round_.stage.people["li"]
            row = Volunteer(number=132, resident_id=person, registered_on=date(2025, 1, 1))
            session.add(row)
            session.flush()
            if account:
                points_accounts.open_account(session, resident_id=person, today=round_.today)
            item = session.scalars(select(PointsItem).where(PointsItem.name == "志愿服务")).one()
            settings.change(session, settings.DELIVERY_ITEM, item.name)
            entered, version = delivery_routes.input_of(session, round_.first)
            entered = replace(entered, carrier="", volunteer_id=row.id)
            delivery_routes.change(session, round_.first, entered, version=version)

        round_.do(write)
        round_.depart(at=datetime(2026, 11, 21, 11, 0))
        round_.settle(("chen", HANDED), ("wang", HANDED), ("he", HANDED))

    def test_a_volunteer_who_is_back_waits_for_the_points_of_the_rule(self, round_: Round) -> None:
        self.volunteer(round_)
        assert round_.come_back() == "李建国的积分已送复核。"
        (claim,) = round_.stage.ask("SELECT state, source_key, half_hours FROM points_claim")
        # 40 minutes: what is less than half an hour is not given away (order 67 art. 7).
        assert claim == ("waiting", "delivery_run:1", 1)
        assert round_.stage.ask("SELECT claim_id FROM delivery_run") == [(1,)]

    def test_a_return_that_is_taken_back_takes_its_claim_along(self, round_: Round) -> None:
        self.volunteer(round_)
        round_.come_back()
        round_.stage.database.act_as(canteen_stage.CLERK)
        assert not round_.stage.clerk.undo_last().kept
        assert not round_.stage.ask("SELECT id FROM points_claim")
        assert round_.come_back() == "李建国的积分已送复核。"

    def test_without_an_account_the_walk_is_back_and_it_is_said(self, round_: Round) -> None:
        self.volunteer(round_, account=False)
        assert "还没有积分账户" in round_.come_back()
        assert round_.board().walks[0].returned_at is not None
        assert not round_.stage.clerk.see(lambda s: s.scalars(select(PointsAccount)).all())

    def test_a_walk_has_its_time_its_place_and_who_is_in_charge(self, round_: Round) -> None:
        self.volunteer(round_)
        round_.come_back(at=datetime(2026, 11, 21, 11, 31))
        columns = "starts, ends, half_hours, place, organiser, leader, ours"
        (claim,) = round_.stage.ask(f"SELECT {columns} FROM points_claim")
        canteen = round_.stage.clerk.see(lambda s: s.get_one(Canteen, round_.stage.canteen).name)
        office = round_.stage.clerk.see(papers.committee)
        assert claim == (660, 691, 1, f"{canteen} 一路 北岗街", office, COOK.name, 1)

    def test_two_walks_at_one_time_are_counted_once(self, round_: Round) -> None:
        self.volunteer(round_)
        self.second_walk(round_, datetime(2026, 11, 21, 11, 0))
        assert round_.come_back(at=datetime(2026, 11, 21, 11, 31)) == "李建国的积分已送复核。"
        back = datetime(2026, 11, 21, 11, 31)
        said = round_.now(delivery_walks.come_back, round_.second, round_.today, LUNCH, at=back)
        assert said == (
            "这一趟没有给李建国另记：当天送餐一共 31 分钟，同一时间只记一次，"
            "不满半小时的零头要和下一趟合起来满了才记。"
        )
        assert round_.stage.ask("SELECT half_hours FROM points_claim") == [(1,)]

    def test_short_walks_of_a_day_are_counted_together(self, round_: Round) -> None:
        self.volunteer(round_)
        self.second_walk(round_, datetime(2026, 11, 21, 10, 0))
        back = datetime(2026, 11, 21, 10, 20)
        said = round_.now(delivery_walks.come_back, round_.second, round_.today, LUNCH, at=back)
        assert said.startswith("这一趟没有给李建国另记：当天送餐一共 20 分钟")
        round_.come_back(at=datetime(2026, 11, 21, 11, 20))
        assert round_.stage.ask("SELECT starts, half_hours FROM points_claim") == [(660, 1)]
        round_.stage.database.act_as(Actor("赵敏", "书记", DEFAULTS["书记"]))
        accept = points_claims.accept
        round_.stage.clerk.do("复核", lambda s: accept(s, [1], now=round_.stage.now))
        assert round_.stage.ask("SELECT half_hours FROM hour_entry") == [(1,)]

    def second_walk(self, round_: Round, left: datetime) -> None:
        """The same volunteer carries on the other route too."""
        round_.walk("sun", route=round_.second)
        key = round_.order("sun")
        ((volunteer,),) = round_.stage.ask("SELECT id FROM volunteer")
        day = (round_.second, round_.today, LUNCH)
        round_.do(delivery_walks.name_carrier, *day, carrier="", volunteer_id=volunteer)
        round_.now(delivery_walks.depart, *day, at=left)
        round_.now(deliveries.handed, [key])

    def test_staff_earn_nothing(self, round_: Round) -> None:
        self.volunteer(round_)
        round_.walk("sun", route=round_.second)
        key = round_.order("sun")
        round_.now(delivery_walks.depart, round_.second, round_.today, LUNCH)
        round_.now(deliveries.handed, [key])
        said = round_.now(delivery_walks.come_back, round_.second, round_.today, LUNCH)
        assert said == ""
        assert not round_.stage.ask("SELECT id FROM points_claim")


class TestPapers:
    def test_the_sheets_have_the_stops_of_the_board_with_masked_phones(self, round_: Round) -> None:
        round_.stage.clerk.change(round_.stage.people["wang"], phone="13812340612")
        board = round_.board()
        data = round_.stage.clerk.see(
            lambda s: delivery_papers.sheets(s, board, Printing("赵敏", round_.stage.now))
        )
        (route,) = data.routes
        assert [(one.place, one.name) for one in route.rows] == [
            (1, "陈桂芳"),
            (2, "王秀兰"),
            (3, "何桂英"),
        ]
        assert route.rows[1].phone == "138 **** 0612"
        assert (route.departs, data.deliver_by, route.portions) == ("11:00", "12:50", 3)


def _standing(session, stage: Stage, who: str) -> None:
    session.add(
        StandingOrder(
            resident_id=stage.people[who],
            canteen_id=stage.canteen,
            period=MealPeriod.LUNCH,
            weekdays="1234567",
            set_letter="A",
            way=MealWay.BROUGHT,
            pay_way=PayWay.CASH,
            since=stage.today - timedelta(days=30),
        )
    )
