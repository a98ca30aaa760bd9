"""Owners of an estate: what is theirs, a list taken over, and what is refused of it."""

from pathlib import Path

import openpyxl
import pytest

from app.errors import DomainError
from app.importing import owner_list
from app.models import Ballot, Basis
from app.services import electorate, owner_import, owner_views, owners
from app.services.owners import OwnerInput, UnitInput
from app.storage.engine import Database
from tests.services.meeting_stage import Stage, stage_on
from tests.services.owner_lists import PASTED, pasted


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def flat(room: str, area: int) -> UnitInput:
    return UnitInput(building="3", unit="1", room=room, area=area)


def test_an_owner_counts_once_with_all_that_is_his(stage: Stage) -> None:
    listed = stage.look(owners.owners, stage.owners)
    assert [(one.number, one.name, one.area) for one in listed][1] == (2, "陈桂芳", 180_50)
    assert listed[1].rooms == "3 号楼 1-201、3 号楼 1-202"
    assert stage.look(owners.totals, stage.owners) == owner_views.Totals(5, 6, 700_00)


def test_an_area_of_zero_is_refused_by_form_and_by_file(stage: Stage) -> None:
    for wrong in (0, -1):
        entered = OwnerInput(name="王五", units=(flat("901", wrong),))
        with pytest.raises(DomainError, match="大于 0"):
            stage.do(owners.add, stage.owners, entered)
    with pytest.raises(DomainError, match="至少填一套房屋"):
        stage.do(owners.add, stage.owners, OwnerInput(name="王五"))


def test_a_dwelling_has_one_owner(stage: Stage) -> None:
    entered = OwnerInput(name="王五", units=(flat("901", 50_00), flat("101", 90_00)))
    with pytest.raises(DomainError, match="3 号楼 1 单元 101已经登记在李建国名下"):
        stage.do(owners.add, stage.owners, entered)
    twice = OwnerInput(name="王五", units=(flat("901", 50_00), flat("901", 90_00)))
    with pytest.raises(DomainError, match="写了两遍"):
        stage.do(owners.add, stage.owners, twice)


def test_a_changed_owner_keeps_his_number_and_the_sums_follow(stage: Stage) -> None:
    first = stage.look(owners.owners, stage.owners)[0]
    entered, version = stage.see(owners.input_of, first.id)
    assert entered.units == (flat("101", 90_00),)
    sold = OwnerInput(name="新业主", units=(flat("101", 95_00), flat("909", 5_00)))
    stage.do(owners.change, first.id, sold, version=version)
    changed = stage.look(owners.owner, first.id)
    assert (changed.number, changed.name, changed.area) == (1, "新业主", 100_00)
    assert stage.look(electorate.electorate, stage.owners, stage.today, Basis.OWNERS) == (5, 710_00)


def test_a_removed_owner_is_in_no_sum_and_his_number_is_not_given_again(stage: Stage) -> None:
    last = stage.look(owners.owners, stage.owners)[-1]
    stage.do(owners.remove, [last.id], now=stage.now)
    assert stage.look(owners.totals, stage.owners).area == 655_75
    made = stage.do(owners.add, stage.owners, OwnerInput(name="王五", units=(flat("901", 1),)))
    assert stage.look(owners.owner, made).number == 6


def test_who_has_a_ballot_is_renamed_not_deleted(stage: Stage) -> None:
    first = stage.look(owners.owners, stage.owners)[0]
    stage.tamper(
        "INSERT INTO meeting (id, version, body_id, number, title, on_date, starts, state,"
        f" entered_by) VALUES (1, 1, {stage.owners}, 1, '会', '2026-11-21', 540,"
        " 'planned_meeting', '')"
    )
    stage.tamper(
        "INSERT INTO agenda_item (id, version, meeting_id, place, kind, title, matter,"
        " added_there, state) VALUES (1, 1, 1, 1, 'decide_item', '事', 'ordinary_matter', 0,"
        " 'waiting_item')"
    )
    stage.put(Ballot, agenda_item_id=1, number=1, owner_id=first.id)
    with pytest.raises(DomainError, match="发过票"):
        stage.do(owners.remove, [first.id], now=stage.now)


def test_owners_have_only_an_assembly_of_owners(stage: Stage) -> None:
    with pytest.raises(DomainError, match="不是业主大会"):
        stage.do(owners.add, stage.council, OwnerInput(name="王五", units=(flat("1", 1),)))


def test_a_list_is_read_below_its_heading_with_a_reason_for_every_line_left_out() -> None:
    listed = pasted(PASTED)
    assert [(row.line, row.name, row.building, row.unit, row.room) for row in listed.rows] == [
        (3, "王秀英", "5", "2", "301"),
        (4, "王秀英", "5", "2", "302"),
        (5, "李建国", "5", "1", "101"),
    ]
    assert listed.area == 226_75
    assert [(one.line, one.sentence[:6]) for one in listed.faults] == [
        (6, "没有房号。"),
        (7, "面积要大于 "),
        (8, "面积“九十”"),
    ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("3号楼2单元501室", "3 号楼 2-501"),
        ("海棠苑3-2-501", "3 号楼 2-501"),
        ("商铺12", "商铺12"),
        ("3号楼商铺2", "3号楼商铺2"),
        ("地下车库 B-15", "地下车库 B-15"),
        ("5号楼", None),
        ("滨海路12号", None),
    ],
)
def test_a_flat_is_read_and_a_shop_kept_as_it_is_written(written: str, kept: str | None) -> None:
    listed = pasted(f"业主\t房号\t面积\n王秀英\t{written}\t80\n")
    places = [
        owner_views.UnitView(row.building, row.unit, row.room, row.area).words
        for row in listed.rows
    ]
    assert places == ([kept] if kept else [])
    assert bool(listed.faults) is (kept is None)


def test_a_table_without_areas_is_refused_saying_what_it_needs() -> None:
    with pytest.raises(DomainError, match="“业主”“房号”“面积”"):
        pasted("姓名\t房号\n王秀英\t5-2-301\n")


def test_a_spreadsheet_and_pasted_cells_come_to_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in PASTED.splitlines():
        cells = line.split("\t")
        sheet.append([float(one) if one in {"86.5", "40.25", "90", "0"} else one for one in cells])
    file = tmp_path / "业主.xlsx"
    book.save(file)
    assert owner_list.read_file(file) == pasted(PASTED)


def test_taking_over_adds_what_is_new_and_leaves_out_what_is_there(stage: Stage) -> None:
    there = PASTED.replace("5-1-101", "3-1-101")
    proposal = stage.look(owner_import.propose, stage.owners, pasted(there))
    assert [(one.name, one.area) for one in proposal.owners] == [("王秀英", 126_75)]
    assert proposal.several == proposal.owners
    left_out = [one.sentence for one in proposal.faults if one.line == 5]
    assert left_out == ["3 号楼 1-101已经在李建国名下，没有重复导入。"]
    assert stage.do(owner_import.apply, stage.owners, proposal) == 1
    assert stage.look(owners.totals, stage.owners) == owner_views.Totals(6, 8, 826_75)
    # The same list once more brings nothing.
    again = stage.look(owner_import.propose, stage.owners, pasted(there))
    assert again.owners == ()


def test_an_owner_who_is_there_gets_the_new_dwelling_and_one_of_the_file_is_known(
    stage: Stage,
) -> None:
    phone = "13942800022"
    stage.clerk.change(stage.people["wang"], phone=phone)
    text = f"业主\t电话\t房号\t面积\n李建国\t\t6-1-101\t80\n王芳\t{phone}\t6-1-102\t70\n"
    proposal = stage.look(owner_import.propose, stage.owners, pasted(text))
    assert stage.do(owner_import.apply, stage.owners, proposal) == 1
    by_name = {one.name: one for one in stage.look(owners.owners, stage.owners)}
    assert (by_name["李建国"].number, by_name["李建国"].area) == (1, 170_00)
    assert by_name["王芳"].resident_id == stage.people["wang"]


def test_a_dwelling_entered_meanwhile_is_not_taken_over_twice(stage: Stage) -> None:
    text = "业主\t房号\t面积\n甲\t6-1-101\t80\n乙\t6-1-102\t70\n"
    proposal = stage.look(owner_import.propose, stage.owners, pasted(text))
    unit = UnitInput(building="6", unit="1", room="101", area=80_00)
    stage.do(owners.add, stage.owners, OwnerInput(name="丙", units=(unit,)))
    assert stage.do(owner_import.apply, stage.owners, proposal) == 1
    assert stage.look(owners.totals, stage.owners).area == 850_00


def test_an_import_is_taken_back_as_one_step_with_the_dwellings_of_known_owners(
    stage: Stage,
) -> None:
    text = "业主\t房号\t面积\n甲\t6-1-101\t80\n李建国\t6-1-102\t70\n"
    proposal = stage.look(owner_import.propose, stage.owners, pasted(text))
    stage.do(owner_import.apply, stage.owners, proposal)
    assert stage.look(owners.totals, stage.owners).area == 850_00
    assert stage.clerk.undo_last().kept == ()
    assert stage.look(owners.totals, stage.owners) == owner_views.Totals(5, 6, 700_00)


def test_owners_are_found_by_pinyin_place_and_telephone(stage: Stage) -> None:
    def found(text: str) -> list[str]:
        ids = stage.look(owner_views.owner_ids, stage.owners, text)
        return [one.name for one in stage.look(owner_views.some, ids)]

    assert found("zzz") == []
    assert found("cgf") == ["陈桂芳"]
    assert found("3-1-202") == ["陈桂芳"]
    assert len(found("")) == 5
