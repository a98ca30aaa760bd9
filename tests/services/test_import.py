"""Importing a roster: what each row means for the people who are known, and writing it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.errors import Cancelled
from app.importing.layout import recognise_all
from app.importing.parse import parse_rows
from app.importing.rows import ParsedRow, RowFault, RowValues
from app.importing.workbook import read_workbook
from app.models import Household, Resident, SearchKey, schema
from app.services import events, history, look_alikes, residents_import, search, search_keys
from app.services.filters import ResidentFilter
from app.services.residents_import import ImportPlan, ImportResult, RowState
from app.storage import journal
from tests.services.conftest import Clerk, id_number

ROSTER = Path(__file__).parents[1] / "data" / "rosters" / "望海社区居民信息台账.xlsx"
BORN = date(1956, 1, 1)
NUMBER = id_number(BORN, man=False, serial=41)
LAN = RowValues(
    name="王秀兰",
    sex="女",
    birth_date=BORN,
    document_kind="id_card",
    document_number=NUMBER,
    phones=("13812340612",),
    building="3",
    unit="2",
    room="301",
    grid="3",
    relation="户主",
    household_key="一",
    tags=("独居老人",),
    residence_status="人户一致",
)
SON = LAN._replace(
    name="李强",
    sex="男",
    birth_date=date(1980, 2, 29),
    document_number="",
    document_kind="",
    phones=(),
    relation="子",
    tags=(),
)


def _rows(*values: RowValues, faults: Sequence[RowFault] = ()) -> list[ParsedRow]:
    return [ParsedRow("居民", n, one, (), tuple(faults)) for n, one in enumerate(values, start=2)]


def _plan(clerk: Clerk, rows: Sequence[ParsedRow]) -> ImportPlan:
    planned: ImportPlan = clerk.see(lambda s: residents_import.plan(s, rows))
    return planned


def _apply(clerk: Clerk, planned: ImportPlan, **more: Any) -> ImportResult:
    result: ImportResult = clerk.do(
        "导入 台账.xlsx",
        lambda s: residents_import.apply(s, planned, now=clerk.now, file_name="台账.xlsx", **more),
    )
    return result


def _import(clerk: Clerk, *values: RowValues) -> ImportResult:
    return _apply(clerk, _plan(clerk, _rows(*values)))


def _state(planned: ImportPlan, index: int = 0) -> tuple[RowState, tuple[str, ...]]:
    row = planned.rows[index]
    return row.state, tuple(change.label for change in row.changes)


def test_new_people_come_with_home_household_grid_and_tags(clerk: Clerk) -> None:
    result = _import(clerk, LAN, SON)
    assert (result.new, result.sentence) == (2, "新增 2 人，更新 0 人，无变化 0 人。")
    lan, son = result.new_ids
    assert clerk.counts() == (2, 1)
    assert clerk.find("独居老人 3-2-301") == [lan]
    assert clerk.find("liqiang") == [son]
    assert clerk.look_up(lambda lookup: search.exact_hit(lookup, NUMBER)) == lan
    household = clerk.see(lambda s: s.scalars(select(Household)).one())
    assert (household.head_id, household.number) == (lan, "0001")
    assert clerk.names(ResidentFilter(grid_ids=(1,))) == ["李强", "王秀兰"]


def test_an_imported_person_is_as_one_entered_by_hand(clerk: Clerk) -> None:
    """The same search keys as a rebuild would give."""
    _import(clerk, LAN, SON)
    keys = select(SearchKey.token, SearchKey.resident_id)
    before = clerk.see(lambda s: set(s.execute(keys).all()))
    clerk.do("重建", lambda s: search_keys.rebuild(s))
    assert clerk.see(lambda s: set(s.execute(keys).all())) == before


def test_the_same_file_again_changes_nothing(clerk: Clerk) -> None:
    _import(clerk, LAN, SON)
    operations = len(clerk.see(history.recent))
    planned = _plan(clerk, _rows(LAN, SON))
    assert planned.counts[RowState.UNCHANGED] == 2
    assert _apply(clerk, planned).unchanged == 2
    assert len(clerk.see(history.recent)) == operations


@pytest.mark.parametrize(
    ("told", "label"),
    [
        ({"phones": ("13900000000",)}, "电话"),
        ({"building": "6", "unit": "1", "room": "204"}, "现住址"),
        ({"grid": "4"}, "网格"),
        ({"tags": ("低保",)}, "标签"),
        ({"residence_status": "户在人不在"}, "居住状态"),
        ({"political_status": "群众"}, "政治面貌"),
        ({"note": "常外出"}, "备注"),
        ({"education": "初中"}, "文化程度"),
    ],
)
def test_one_changed_cell_is_one_update(clerk: Clerk, told: dict[str, Any], label: str) -> None:
    lan = _import(clerk, LAN, SON).new_ids[0]
    changed = LAN._replace(**told)
    planned = _plan(clerk, _rows(changed, SON))
    assert _state(planned) == (RowState.UPDATE, (label,))
    assert planned.importable == 1
    assert _apply(clerk, planned).updated == 1
    assert _state(_plan(clerk, _rows(changed, SON))) == (RowState.UNCHANGED, ())
    lines = clerk.see(lambda s: history.of_record(s, Resident, lan))
    assert label in lines[0].sentence or "标签" in lines[0].sentence


def test_an_empty_cell_changes_nothing(clerk: Clerk) -> None:
    _import(clerk, LAN)
    bare = RowValues(name="王秀兰", document_number=NUMBER, document_kind="id_card")
    assert _state(_plan(clerk, _rows(bare))) == (RowState.UNCHANGED, ())


@pytest.mark.parametrize(
    "told",
    [
        {"building": "3", "unit": "", "room": ""},
        {"phones": ()},
        {"note": ""},
        {"relation": "其他"},
        {"grid": "第三网格"},
    ],
)
def test_less_or_the_same_in_other_words_is_no_update(clerk: Clerk, told: dict[str, Any]) -> None:
    _import(clerk, LAN)
    assert _state(_plan(clerk, _rows(LAN._replace(**told))))[0] is RowState.UNCHANGED


def test_known_numbers_in_another_order_are_no_update(clerk: Clerk) -> None:
    _import(clerk, LAN._replace(phones=("13812340612", "13900000000")))
    turned = LAN._replace(phones=("13900000000", "13812340612"))
    assert _state(_plan(clerk, _rows(turned)))[0] is RowState.UNCHANGED


def test_a_person_without_number_is_known_by_name_birth_and_address(clerk: Clerk) -> None:
    son = _import(clerk, LAN, SON).new_ids[1]
    number = id_number(date(1980, 2, 29), serial=12)
    with_number = SON._replace(document_number=number, document_kind="id_card")
    planned = _plan(clerk, _rows(with_number))
    assert _state(planned) == (RowState.UPDATE, ("证件号码", "证件类型"))
    _apply(clerk, planned)
    assert clerk.get(son, "document_number") == number
    assert clerk.find(number) == [son]


def test_the_old_15_digits_are_the_same_number(clerk: Clerk) -> None:
    old = NUMBER[:6] + NUMBER[8:17]
    lan = _import(clerk, LAN._replace(document_number=old, document_kind="id_card_15")).new_ids[0]
    planned = _plan(clerk, _rows(LAN))
    assert planned.rows[0].matched_id == lan
    _apply(clerk, planned)
    assert clerk.get(lan, "document_number", "document_kind") == (NUMBER, "id_card")
    short = LAN._replace(document_number=old, document_kind="id_card_15")
    assert _state(_plan(clerk, _rows(short)))[0] is RowState.UNCHANGED


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ({"name": "王秀芳"}, "id_on_two_names"),
        ({"document_number": id_number(BORN, man=False, serial=42)}, "duplicate_person"),
        ({"document_number": "", "building": "9", "unit": "", "room": "1"}, "duplicate_person"),
    ],
)
def test_what_only_looks_the_same_is_asked(clerk: Clerk, told: dict[str, Any], kind: str) -> None:
    lan = _import(clerk, LAN).new_ids[0]
    planned = _plan(clerk, _rows(LAN._replace(**told)))
    (row,) = planned.rows
    assert (row.state, row.kinds, row.candidates) == (RowState.QUESTION, (kind,), (lan,))
    assert planned.importable == 0
    assert _apply(clerk, planned).left_out == 1
    assert clerk.counts()[0] == 1


def test_another_number_elsewhere_is_another_person(clerk: Clerk) -> None:
    _import(clerk, LAN)
    other = LAN._replace(
        document_number=id_number(BORN, man=False, serial=42), building="9", household_key="九"
    )
    assert _state(_plan(clerk, _rows(other)))[0] is RowState.NEW


def test_who_left_is_asked_about(clerk: Clerk) -> None:
    lan = _import(clerk, LAN).new_ids[0]
    clerk.do("迁出", lambda s: events.move_out(s, lan, on_date=clerk.today, now=clerk.now))
    planned = _plan(clerk, _rows(LAN))
    assert planned.rows[0].kinds == ("person_departed",)


def test_a_question_is_answered_and_the_answer_taken_back(clerk: Clerk) -> None:
    lan = _import(clerk, LAN).new_ids[0]
    moved = LAN._replace(document_number="", building="9", unit="1", room="101")
    asked = _plan(clerk, _rows(moved))
    same = residents_import.decide(asked, 0, "same")
    assert (_state(same), same.rows[0].matched_id) == ((RowState.UPDATE, ("现住址",)), lan)
    new = residents_import.decide(same, 0, "new")
    assert _state(new)[0] is RowState.NEW
    skipped = residents_import.decide(new, 0, "skip")
    assert (skipped.rows[0].decision, skipped.importable) == ("skip", 0)
    assert residents_import.decide(skipped, 0, "").rows == asked.rows
    for planned in (asked, same, new, skipped):
        assert sum(planned.counts.values()) == 1


def test_called_another_person_it_is_remembered(clerk: Clerk) -> None:
    _import(clerk, LAN)
    moved = LAN._replace(document_number="", building="9", unit="1", room="101", household_key="九")
    _apply(clerk, residents_import.decide(_plan(clerk, _rows(moved)), 0, "new"))
    assert clerk.counts()[0] == 2
    assert clerk.see(lambda s: look_alikes.pairs(s, today=clerk.today)) == []


def test_a_fault_stays_out_and_can_be_mended(clerk: Clerk) -> None:
    fault = RowFault("id_length", "F", "证件号码少一位。", "请补全。")
    broken = _rows(LAN._replace(document_number=""), faults=[fault])
    planned = _plan(clerk, broken)
    assert (planned.rows[0].state, planned.rows[0].reasons) == (
        RowState.FAULT,
        ("证件号码少一位。请补全。",),
    )
    assert planned.rows[0].kinds == ("id_length",)
    mended = clerk.see(lambda s: residents_import.replace_row(s, planned, 0, _rows(LAN)[0]))
    assert _apply(clerk, mended).new == 1


def test_a_row_mended_into_the_number_of_another_row_is_asked_about(clerk: Clerk) -> None:
    fault = RowFault("id_length", "F", "证件号码少一位。")
    good, broken = _rows(LAN)[0], _rows(SON._replace(document_number="1"), faults=[fault])[0]
    planned = _plan(clerk, [good, broken])
    mended = broken._replace(values=SON._replace(document_number=NUMBER), faults=())
    again = clerk.see(lambda s: residents_import.replace_row(s, planned, 1, mended))
    assert again.rows[1].kinds == ("id_on_two_names",)
    assert again.rows[0] == planned.rows[0]


def test_a_head_who_comes_later_finds_the_household(clerk: Clerk) -> None:
    """The head's row was faulty the first time; the corrected sheet has it alone."""
    wife = SON._replace(name="宫丽丽", relation="妻", birth_date=date(1981, 1, 1))
    _import(clerk, SON, wife)
    household = clerk.see(lambda s: s.scalars(select(Household)).one())
    assert clerk.get(household.head_id, "name", "relation") == ("宫丽丽", "妻")
    head = _import(clerk, LAN._replace(household_key="另一张表")).new_ids[0]
    household = clerk.see(lambda s: s.scalars(select(Household)).one())
    assert household.head_id == head
    assert clerk.counts() == (3, 1)


def test_newcomers_join_the_household_of_those_who_are_known(clerk: Clerk) -> None:
    lan = _import(clerk, LAN).new_ids[0]
    son = _import(clerk, LAN, SON).new_ids[0]
    assert clerk.household_of(son) == clerk.household_of(lan)
    assert clerk.counts() == (2, 1)


def test_household_numbers_are_kept_where_they_are_free(clerk: Clerk) -> None:
    told = LAN._replace(household_number="0417")
    again = told._replace(
        name="仇志国",
        document_number="",
        birth_date=None,
        room="302",
        household_key="二",
    )
    _import(clerk, told, again)
    numbers = clerk.see(lambda s: s.scalars(select(Household.number)).all())
    assert len(set(numbers)) == 2
    assert "0417" in numbers


def test_people_without_household_columns_stay_without_household(clerk: Clerk) -> None:
    _import(clerk, LAN._replace(household_key="", relation=""))
    assert clerk.counts() == (1, 0)


def test_estates_with_the_same_building_numbers_stay_apart(clerk: Clerk) -> None:
    here = LAN._replace(compound="海棠苑")
    there = SON._replace(compound="望海花园", household_key="二")
    for _ in range(2):
        planned = _plan(clerk, _rows(here, there))
        _apply(clerk, planned)
    assert planned.counts[RowState.UNCHANGED] == 2
    assert len(clerk.find("3-2-301")) == 2
    assert len(clerk.find("海棠苑3-2-301")) == 1


def test_a_tag_that_the_office_lacks_becomes_its_own(clerk: Clerk) -> None:
    _import(clerk, LAN._replace(tags=("楼道长",)))
    assert clerk.find("楼道长") != []


def _snapshot(clerk: Clerk) -> dict[str, int]:
    tables = [one for one in schema().sorted_tables if one.name not in {"operation", "change"}]
    return {
        table.name: clerk.see(lambda s, t=table: s.scalar(select(func.count()).select_from(t)))
        for table in tables
    }


def test_an_import_is_taken_back_without_a_trace(clerk: Clerk) -> None:
    before = _snapshot(clerk)
    _import(clerk, LAN, SON)
    undone = clerk.undo_last()
    assert (undone.kept, _snapshot(clerk)) == ((), before)
    last = clerk.see(history.recent)[0]
    clerk.do("重做", lambda s: history.undo(s, last.id))
    assert clerk.counts() == (2, 1)
    assert clerk.find("独居老人 3-2-301") != []


def test_people_of_a_new_import_do_not_inherit_the_history_of_one_taken_back(clerk: Clerk) -> None:
    first = _import(clerk, LAN).new_ids
    clerk.undo_last()

    second = _import(clerk, SON).new_ids

    assert set(first).isdisjoint(second)
    lines = clerk.see(lambda s: history.of_record(s, Resident, second[0]))
    assert len(lines) == 1


def test_who_was_changed_since_is_kept_with_home_and_household(clerk: Clerk) -> None:
    lan, son = _import(clerk, LAN, SON).new_ids
    first = clerk.see(history.last_undoable)
    clerk.change(son, phone="13900000000")
    undone = clerk.do("撤销", lambda s: history.undo(s, first.id))
    assert [(one.name, one.reason) for one in undone.kept] == [("李强", "后来又改过")]
    assert clerk.names() == ["李强"]
    assert clerk.find("3-2-301") == [son]
    household = clerk.see(lambda s: s.scalars(select(Household)).one())
    assert household.head_id == son
    assert clerk.find("王秀兰") == []
    assert lan not in clerk.find("3")
    assert clerk.see(lambda s: list(search_keys.strays(s))) == []


def test_cancelling_leaves_nothing(clerk: Clerk) -> None:
    before = _snapshot(clerk)
    planned = _plan(clerk, _rows(LAN, SON))
    seen: list[tuple[int, int]] = []

    def stop() -> bool:
        return len(seen) > 1

    with pytest.raises(Cancelled):
        _apply(
            clerk,
            planned,
            progress=lambda done, total: seen.append((done, total)),
            should_stop=stop,
        )
    assert _snapshot(clerk) == before
    assert len(clerk.see(history.recent)) == 1


def test_progress_ends_at_its_end(clerk: Clerk) -> None:
    seen: list[tuple[int, int]] = []
    planned = _plan(clerk, _rows(LAN, SON))
    _apply(clerk, planned, progress=lambda done, total: seen.append((done, total)))
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_without_an_office_everybody_is_new() -> None:
    planned = residents_import.plan(None, _rows(LAN, SON))
    assert planned.counts[RowState.NEW] == 2


def test_our_own_roster_goes_in_whole_twice_and_out_again(clerk: Clerk) -> None:
    before = _snapshot(clerk)
    workbook = read_workbook(ROSTER)
    rows = parse_rows(workbook, recognise_all(workbook), today=clerk.today)
    planned = _plan(clerk, rows)
    assert planned.counts[RowState.QUESTION] + planned.counts[RowState.FAULT] == 46
    result = _apply(clerk, planned)
    assert clerk.counts()[0] == result.new == 2482
    assert clerk.see(lambda s: list(search_keys.strays(s))) == []
    headless = select(func.count()).select_from(Household).where(Household.head_id.is_(None))
    assert clerk.see(lambda s: s.scalar(headless)) == 0
    again = _plan(clerk, rows)
    assert again.counts[RowState.UNCHANGED] == 2482
    assert _apply(clerk, again).left_out == 46
    assert clerk.undo_last().kept == ()
    assert _snapshot(clerk) == before
    assert clerk.see(journal.verify_chain) == []
