"""The made-up community: as many people as asked for, of every kind, and the same every time."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from sqlalchemy import func, select

from app.clock import FixedClock
from app.demo import build_demo
from app.demo_grids import Neighbour
from app.demo_people import Community
from app.demo_points import Points
from app.models import (
    AccountState,
    Activity,
    ActivityState,
    Certificate,
    Household,
    MealPeriod,
    Participation,
    PointsAccount,
    PointsBalance,
    PointsCard,
    PointsClaim,
    PointsEntry,
    PointsMonth,
    Redemption,
    Request,
    Resident,
    ResolutionState,
    StarAward,
    StarState,
    StockEntry,
    TopicState,
    Visit,
    Volunteer,
)
from app.reports import matter_sheet
from app.reports.certificate import render
from app.services import (
    activity_views,
    canteens,
    care_views,
    certificates,
    check_codes,
    fund_views,
    goods,
    grid_facts,
    grid_tree,
    grid_workload,
    grids,
    happiness,
    held_baskets,
    history,
    look_alikes,
    matter_paper,
    meal_claim_checks,
    meal_claim_views,
    meal_claims,
    meal_orders,
    members,
    menus,
    numbers,
    points_appeals,
    points_book,
    points_cards,
    points_claims,
    points_months,
    points_publishing,
    points_trace,
    redemptions,
    refusals,
    registers,
    request_views,
    reservations,
    residents,
    resolution_views,
    search,
    stocktakes,
    teams,
    topic_views,
    topic_way,
    visit_alarms,
    visit_due,
    visit_rows,
)
from app.services.filters import ResidentFilter
from app.services.health.examination import examine
from app.services.health.report import is_sound
from app.services.matter_paper import MatterWish
from app.services.papers import Printing
from app.services.periods import year_of
from app.services.points_publishing import Step
from app.services.redemptions import Basket
from app.services.request_views import RequestFilter
from app.services.topic_views import TopicFilter
from app.services.topic_way import Stage
from app.storage import journal
from app.storage.engine import Database
from app.storage.lookup import query
from app.values.documents import DocumentKind, check_document
from tests.storage.offices import fresh_office

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Database:
    folder: Path = tmp_path_factory.mktemp("demo")
    database = fresh_office(folder, user_name="演示")
    database.clock = FixedClock(datetime(2026, 11, 21, 9, 30))
    build_demo(database, seed=1)
    return database


def test_it_has_the_size_of_a_community(demo: Database) -> None:
    with demo.lookup() as lookup:
        present = residents.counts(lookup, today=TODAY)
        gone = residents.counts(lookup, ResidentFilter(departed=True), today=TODAY).people
    assert present.people + gone == 2602
    assert 1150 <= present.households <= 1250
    with demo.reading() as session:
        assert [grid.number for grid in grids.grids(session)] == [1, 2, 3, 4, 5]
        assert all(grid.people > 300 for grid in grids.grids(session))


def test_every_number_in_it_is_well_formed(demo: Database) -> None:
    with demo.reading() as session:
        rows = session.execute(select(Resident.document_kind, Resident.document_number)).all()
    kinds = {kind for kind, _ in rows}
    assert {"id_card", "passport", "hk_macau_permit", "hmt_residence", "none"} <= kinds
    for kind, number in rows:
        if number:
            assert check_document(number, kind=DocumentKind(kind), today=TODAY).faults == ()


def test_it_has_the_names_that_programs_stumble_over(demo: Database) -> None:
    with demo.reading() as session:
        names = set(session.scalars(select(Resident.name)))
        assert any(ord(character) > 0xFFFF for name in names for character in name)
        assert any("·" in name for name in names)
        assert {"单", "仇", "解"} & {name[0] for name in names}
    with demo.lookup() as lookup:
        assert search.find_ids(lookup, "adl").ids


def test_every_household_with_people_is_led_by_one_of_them(demo: Database) -> None:
    with demo.reading() as session:
        for household in session.scalars(select(Household)):
            members = session.scalars(
                select(Resident.id).where(
                    Resident.household_id == household.id,
                    Resident.departure.is_(None),
                    Resident.deleted_at.is_(None),
                )
            ).all()
            assert (household.head_id in members) == bool(members)


def test_clerks_have_left_a_history(demo: Database) -> None:
    with demo.reading() as session:
        lines = history.recent(session, limit=500)
        assert {line.who for line in lines} >= {"赵敏", "李娜", "孙丽", "周立群"}
        assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
        assert lines[0].at < datetime(2026, 11, 21, 9, 30)
        assert len(look_alikes.pairs(session, today=TODAY)) >= 3
        assert journal.verify_chain(session) == []


def test_its_data_is_sound_and_lacks_what_a_real_one_lacks(demo: Database) -> None:
    examination = examine(demo)

    assert is_sound(examination)
    wanting = {key: count for key, count in examination.counts.items() if count}
    assert set(wanting) == {"empty_home", "twins", "no_document"}
    assert wanting["twins"] == 3


def test_papers_of_every_stage_have_numbers_without_a_gap(demo: Database) -> None:
    with demo.reading() as session:
        table = registers.certificate_register(session)
        lives = [certificates.life(session, key) for key in range(1, 116)]
        assert [int(row[1].partition("〕")[2][:-1]) for row in table.rows] == list(range(1, 113))
        assert [row[2] for row in table.rows] == sorted(row[2] for row in table.rows)
        assert numbers.gaps(session, 2026) == []
        assert {life.facts.stage_label for life in lives} == {
            "草稿",
            "等书记批",
            "待领取",
            "已领取",
            "已作废",
        }
        assert len([life for life in lives if life.facts.reprints]) > 2
        reprints = sum(life.facts.reprints for life in lives)
        assert len(registers.seal_register(session).rows) == 112 + 34 + reprints
        assert len(refusals.ids(session)) == 9
        for life in lives:
            facts = life.facts
            render(certificates.paper(session, facts.id, today=TODAY))
            if facts.number and facts.stage_label != "已作废":
                assert check_codes.verify(session, facts.number, facts.check_code).ok


def test_a_seed_issues_the_same_papers_again(demo: Database, tmp_path: Path) -> None:
    again = fresh_office(tmp_path, user_name="演示")
    again.clock = demo.clock
    build_demo(again, seed=1)
    with demo.reading() as one, again.reading() as other:
        assert registers.certificate_register(one) == registers.certificate_register(other)
        assert registers.seal_register(one) == registers.seal_register(other)
        codes = select(Certificate.check_code).order_by(Certificate.id)
        assert one.scalars(codes).all() == other.scalars(codes).all()
        asked = select(Request.title, Request.state, Request.unit, Request.due_on)
        came = asked.order_by(Request.number)
        assert one.execute(came).all() == other.execute(came).all()
        went = select(Visit.resident_id, Visit.on_date, Visit.result).order_by(Visit.id)
        assert one.execute(went).all() == other.execute(went).all()
        for book in (
            select(PointsEntry.account_id, PointsEntry.points, PointsEntry.words),
            select(StockEntry.goods_id, StockEntry.quantity, StockEntry.words),
            select(Participation.activity_id, Participation.volunteer_id, Participation.half_hours),
        ):
            lines = one.execute(book).all()
            assert len(lines) > 100
            assert lines == other.execute(book).all()
    again.close()


def test_the_files_own_clock_and_user_are_back_in_place(demo: Database) -> None:
    assert (demo.user_name, demo.clock.now()) == ("演示", datetime(2026, 11, 21, 9, 30))


def test_a_seed_makes_the_same_people_again() -> None:
    one, again, other = (list(Community(seed, TODAY).people(300)) for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_no_number_is_given_twice() -> None:
    numbers = [one.document_number for one in Community(1, TODAY).people(20_000)]
    given = [number for number in numbers if number]
    assert len(set(given)) > 0.999 * len(given)


def test_a_small_one_has_people_and_nothing_else(tmp_path: Path) -> None:
    database = fresh_office(tmp_path, user_name="演示")
    build_demo(database, people=40, today=TODAY)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Resident)) == 40
        assert len(history.recent(session)) == 2
    database.close()


def test_its_grids_are_at_work(demo: Database) -> None:
    with demo.lookup() as lookup:
        board = request_views.board(lookup, today=TODAY)
        lines = lookup.value(query("count(*)", "diary_entry"))
        visited = visit_due.counted(visit_due.due(lookup, today=TODAY), TODAY)
        alarms = visit_alarms.standing_alarms(lookup)
        members_on_file = members.members(lookup, on=TODAY)
    assert all(column.total >= 2 for column in board.columns)
    assert board.overdue >= 1
    assert any(card.flagged for column in board.columns for card in column.cards)
    assert board.closed_this_month >= 10
    assert lines > 200
    assert 0 < visited.overdue < 40
    assert len(alarms) == 1
    assert sum("专职网格员" in one.posts for one in members_on_file) == 5


def test_every_figure_of_its_grids_adds_up_wherever_it_is_shown(demo: Database) -> None:
    with demo.lookup() as lookup:
        community = grid_tree.tree(lookup, "望海社区")
        assert community.people == residents.counts(lookup, today=TODAY).people
        assert grid_facts.facts(lookup, community, today=TODAY).people == community.people
        loads = {one.grid_id: one for one in grid_workload.workload(lookup, today=TODAY).grids}
        late, waiting = 0, 0
        for grid in community.children:
            inside = [grid_facts.facts(lookup, node, today=TODAY).people for node in grid.children]
            assert inside == [node.people for node in grid.children]
            assert sum(inside) == grid.people == loads[grid.grid_id].load.people
            alone = (grid.grid_id or 0,)
            late += len(visit_due.due(lookup, today=TODAY, grid_ids=alone))
            its = RequestFilter(grid_ids=alone)
            waiting += loads[grid.grid_id].load.requests
            assert loads[grid.grid_id].load.requests == len(
                request_views.list_ids(lookup, its, today=TODAY)
            )
        due = visit_due.due(lookup, today=TODAY)
        assert late == len(due) == len(visit_rows.rows(lookup, due, today=TODAY))
        board = request_views.board(lookup, today=TODAY)
        in_table = request_views.list_ids(lookup, today=TODAY)
        assert sum(column.total for column in board.columns) == board.open_total == len(in_table)
        assert request_views.open_count(lookup) == board.open_total == waiting
        bill = happiness.bill(lookup, year_of(TODAY), today=TODAY)
    total = bill.total
    for parts in (bill.by_grid, bill.by_category):
        assert sum((part.tally for part in parts), happiness.Tally()) == total
    assert total.raised == total.solved + total.open + total.dropped
    assert sum(month.raised for month in bill.by_month) == total.raised
    assert sum(count for _, count in bill.by_level) == total.solved


def test_five_teams_serve_and_two_activities_wait_for_their_hours(demo: Database) -> None:
    with demo.reading() as session:
        listed = teams.teams(session, on=TODAY)
        assert [one.name[:-5] for one in listed] == ["铁军", "爱暖", "115敲门", "安心", "巧手"]
        assert all(one.leader and one.members >= 11 for one in listed)
        assert sum(one.members for one in listed) == 60
        assert activity_views.late_count(session, today=TODAY) == 2
        held = session.scalars(select(Activity).where(Activity.state == ActivityState.HELD)).all()
        assert len(held) >= 30
        assert sum(not one.ours for one in held) == 1
        assert sum(one.dangerous and bool(one.insurance) for one in held) == 1
        cancelled = select(Activity.id).where(Activity.state == ActivityState.CANCELLED)
        assert len(session.scalars(cancelled).all()) == 1
        coming = select(Activity.id).where(Activity.on_date > TODAY)
        assert len(session.scalars(coming).all()) >= 3


def test_a_minor_serves_with_consent_and_never_where_it_is_dangerous(demo: Database) -> None:
    with demo.reading() as session:
        young = session.scalars(select(Volunteer).where(Volunteer.guardian.is_not(None))).one()
        assert young.guardian_consent_on is not None
        went = select(Activity.dangerous).join(
            Participation, Participation.activity_id == Activity.id
        )
        his = session.scalars(went.where(Participation.volunteer_id == young.id)).all()
        assert his
        assert not any(his)


def test_a_second_person_agreed_to_what_was_earned(demo: Database) -> None:
    with demo.reading() as session:
        agreed = session.scalars(
            select(PointsClaim).where(PointsClaim.reviewed_by.is_not(None))
        ).all()
        assert len(agreed) > 200
        assert all(one.reviewed_by != one.entered_by for one in agreed)
        assert points_claims.waiting_count(session) > 5
        published = select(StarAward.id).where(StarAward.state == StarState.PUBLISHED)
        assert session.scalars(published).all()
        (appeal,) = points_appeals.appeals(session)
        assert appeal.upheld
        frozen = select(PointsAccount.id).where(PointsAccount.state == AccountState.FROZEN)
        assert len(session.scalars(frozen).all()) == 1
        shared = select(PointsAccount.id).where(PointsAccount.household_id.is_not(None))
        assert len(session.scalars(shared).all()) == 1


def test_its_months_are_closed_and_the_list_of_the_last_one_hangs(demo: Database) -> None:
    with demo.reading() as session:
        assert points_months.differences(session) == []
        months = points_publishing.closed_months(session)
        assert [one.month for one in months] == [202610, 202609, 202608]
        assert months[0].step(TODAY) is Step.OBJECTIONS
        assert all(one.archived for one in months[1:])
        for one in months:
            proof = points_months.proof(session, one.month)
            assert proof.agrees
            assert (proof.closing, proof.added, proof.taken) == (
                one.closing,
                one.earned,
                one.spent,
            )
        assert session.scalar(select(func.max(PointsMonth.spent))) > 100


def test_its_shop_has_had_all_that_a_shop_has(demo: Database) -> None:
    with demo.reading() as session:
        (counted,) = stocktakes.stocktakes(session)
        assert (counted.open, counted.differing, counted.missing) == (False, 1, 1)
        done = session.scalars(select(Redemption)).all()
        assert len(done) > 35
        assert sum(one.taken_back_at is not None for one in done) == 1
        assert sum(bool(one.proxy) for one in done) == 1
        assert len(reservations.waiting(session, TODAY)) == 3
        assert held_baskets.count(session) == 1
        shelves = goods.on_shelf(session, TODAY)
        assert len(shelves) == 40
        assert all(one.barcode and one.shelf for one in shelves)
        assert any(one.limit for one in shelves)


def test_a_bar_of_soap_leads_back_to_the_mornings_on_which_it_was_earned(demo: Database) -> None:
    with demo.reading() as session:
        key = session.scalars(
            select(Redemption.id).where(Redemption.request_key.startswith("demo-earned"))
        ).first()
        assert key is not None
        paid = points_trace.of_redemption(session, key)
        assert paid is not None
        earned = points_trace.used_from(session, paid)
        assert sum(one.points for one in earned) == 5
        assert all("周末楼道清扫" in one.line.detail for one in earned)


def test_on_any_day_of_the_year_its_first_closed_month_is_one_with_points() -> None:
    people = [
        Neighbour(key, f"居民{key}", 1, "1", 1, key // 3, 1950 + key % 50, False, frozenset())
        for key in range(1, 241)
    ]
    for today in (date(2027, 1, 1) + timedelta(days=number) for number in range(365)):
        begun = min(today - timedelta(days=40), date(today.year, 1, 4))
        errands = Points(people, seed=1, begun=begun, today=today).errands()
        assert begun < errands[0].day
        assert errands[-1].day < today
        carried = next(one.day for one in errands if "期初结转 90 分" in one.sentence)
        closed = [one.sentence[3:10] for one in errands if one.sentence.startswith("月结")]
        assert closed[:1] in ([], [f"{carried:%Y-%m}"])


class _OnlyTried(Exception):
    """Takes the whole day back: the file is as it was for the tests that follow."""


def test_a_day_of_redemption_with_a_hundred_residents_is_possible(demo: Database) -> None:
    with pytest.raises(_OnlyTried):
        _redeem_for_a_hundred(demo)


def _redeem_for_a_hundred(demo: Database) -> None:
    """By card and barcode, as the scanner gives them."""
    enough = (
        select(PointsCard.code, PointsAccount.resident_id)
        .join(PointsAccount, PointsAccount.id == PointsCard.account_id)
        .join(PointsBalance, PointsBalance.account_id == PointsAccount.id)
        .where(PointsAccount.state == AccountState.OPEN, PointsBalance.balance >= 20)
    )
    with demo.transaction("兑换日") as session:
        cards = session.execute(enough.order_by(PointsCard.id)).all()
        assert len(cards) >= 110
        shelf = [one for one in goods.on_shelf(session, TODAY) if one.limit is None]
        there = sum(one.on_hand for one in shelf)
        for number, (code, resident_id) in enumerate(cards[:100]):
            (article,) = goods.find(session, shelf[number % len(shelf)].barcode, TODAY)
            account = points_cards.account_by_card(session, code)
            assert account is not None
            before = points_book.balance(session, account)
            lines, key = ((article.id, 1),), f"day-{number}"
            basket = Basket(
                account_id=account, resident_id=resident_id, lines=lines, request_key=key
            )
            redemptions.redeem(session, basket, now=demo.clock.now())
            assert points_book.balance(session, account) == before - article.points
        left = goods.on_shelf(session, TODAY)
        assert sum(one.on_hand for one in left if one.limit is None) == there - 100
        assert points_months.differences(session) == []
        raise _OnlyTried


def test_its_canteen_has_a_day_to_live_and_a_month_to_claim(demo: Database) -> None:
    with demo.lookup() as lookup:
        (place,) = canteens.canteens(lookup)
        tomorrow = TODAY + timedelta(days=1)
        waiting = 0
        for day in (TODAY, tomorrow):
            assert menus.menu_of(lookup, place.id, day, MealPeriod.LUNCH)
            waiting += len(meal_orders.orders_of(lookup, place.id, day, MealPeriod.LUNCH))
        assert waiting > 12
        sent = meal_claim_views.claim(lookup, place.id, 202610)
        assert sent is not None
        assert sent.submitted_at is not None
        open_month = meal_claims.matrix(lookup, place.id, 202611)
        assert open_month.total.meals > 300
        assert len(open_month.lines) >= 5
        # Nothing but what is still to be carried stands in the way of the claim.
        assert meal_claim_checks.checks(lookup, open_month).open == waiting
        (case,) = care_views.open_cases(lookup, today=TODAY)
        assert case.raised_at.date() == TODAY - timedelta(days=1)


def test_it_tells_a_matter_from_the_slip_of_paper_to_the_lamp_that_burns(demo: Database) -> None:
    """The dark staircase went every step, was paid from the fund, and its sheet shows it all."""
    with demo.lookup() as lookup:
        found = topic_views.list_ids(lookup, TopicFilter(text="楼道照明改造"))
        (topic,) = topic_views.rows(lookup, found)
        way = topic_way.way_of(lookup, topic.id)
        made = resolution_views.rows(lookup, resolution_views.list_ids(lookup, today=TODAY))
        (project,) = fund_views.projects(lookup, TODAY.year)
    assert topic.state is TopicState.DONE
    missing = {Stage.LISTED, Stage.STOPPED}
    assert {one.stage for one in way.steps} == set(Stage) - missing
    (decision,) = [one for one in made if one.topic_id == topic.id and one.number[0] == "决"]
    assert decision.state is ResolutionState.EVALUATED
    assert (project.budget, project.spent) == (decision.budget, decision.budget)
    with demo.reading() as session:
        printing = Printing("赵敏", demo.clock.now())
        sheet = matter_paper.matter_sheet(session, MatterWish(topic_id=topic.id), printing)
    assert sum(len(one.photos) for one in sheet.steps) == 2
    assert len(pdfium.PdfDocument(matter_sheet.render(sheet))) == 1
