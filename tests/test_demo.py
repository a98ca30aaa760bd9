"""The made-up community: as many people as asked for, of every kind, and the same every time."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.clock import FixedClock
from app.demo import build_demo
from app.demo_people import Community
from app.models import Certificate, Household, Request, Resident, Visit
from app.reports.certificate import render
from app.services import (
    certificates,
    check_codes,
    grid_facts,
    grid_tree,
    grid_workload,
    grids,
    happiness,
    history,
    look_alikes,
    members,
    numbers,
    refusals,
    registers,
    request_views,
    residents,
    search,
    visit_alarms,
    visit_due,
    visit_rows,
)
from app.services.filters import ResidentFilter
from app.services.health.examination import examine
from app.services.health.report import is_sound
from app.services.periods import year_of
from app.services.request_views import RequestFilter
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
