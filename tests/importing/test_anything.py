"""Whatever cells hold, reading them gives rows or a sentence, never a crash."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Cancelled, DomainError
from app.importing.cells import column_index, column_letters
from app.importing.delimited import read_delimited
from app.importing.dry_run import dry_run
from app.importing.layout import recognise, recognise_all, with_columns
from app.importing.leftovers import write_leftovers
from app.importing.parse import parse_rows
from app.importing.sniff import sniff
from app.importing.workbook import MergedRange, Sheet, Workbook, read_workbook, without_blank_tail
from tests.faults.amount import times
from tests.importing.people import PEOPLE, TODAY, write_xlsx

TEXTS = (
    "姓名 性别 身份证号 出生日期 电话 住址 楼号 单元 房号 户主 与户主关系 户号 备注 低保 "
    "是否党员 合计 小计 第三网格 男 女 √ 是 210214196612241012 13812340612 3-2-501 1号楼 2单元 "
    "户主姓名 1956年3月 民族 汉族 序号 示例 必填 已故 网格 特殊人群"
)
WORDS = st.sampled_from(TEXTS.split())
CELLS = st.one_of(
    WORDS,
    st.text(max_size=30),
    st.floats(),
    st.integers(-(10**18), 10**18),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.just(""),
)
ROWS = st.lists(st.lists(CELLS, max_size=10), max_size=14)
MERGES = st.lists(
    st.builds(
        lambda top, left, height, width: MergedRange(top, left, top + height, left + width),
        st.integers(0, 14),
        st.integers(0, 10),
        st.integers(0, 5),
        st.integers(0, 12),
    ),
    max_size=5,
)


def workbook(
    rows: list[list[object]], merges: list[MergedRange], name: str = "第三网格"
) -> Workbook:
    sheet = Sheet(name, without_blank_tail(rows), tuple(merges))
    return Workbook(Path("台账.xlsx"), (sheet,))


@settings(max_examples=times(120, 5000), deadline=None)
@given(ROWS, MERGES, st.text(max_size=20))
def test_any_cells_give_rows_with_plain_values(
    rows: list[list[object]], merges: list[MergedRange], name: str
) -> None:
    book = workbook(rows, merges, name)
    parsed = parse_rows(book, recognise_all(book), today=TODAY)
    for row in parsed:
        assert 1 <= row.row <= len(book.sheets[0].rows)
        assert row.values.birth_date is None or row.values.birth_date <= TODAY
        assert bool(row.faults) == bool(row.reasons)


@settings(max_examples=times(60, 3000), deadline=None)
@given(st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=10), MERGES)
def test_any_cells_below_known_headings_give_rows(
    rows: list[list[object]], merges: list[MergedRange]
) -> None:
    heading: list[object] = ["户号", "姓名", "与户主关系", "身份证号", "住址", "联系电话"]
    book = workbook([heading, *rows], merges)
    parsed = parse_rows(book, recognise_all(book), today=TODAY)
    assert len(parsed) <= len(rows)


def refusal(call: Callable[[], object]) -> str:
    """The sentence of a DomainError, or a full stop where there was none."""
    try:
        call()
    except DomainError as error:
        return str(error)
    return "。"


@settings(max_examples=times(150, 5000), deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    for reading in (sniff, read_delimited):
        assert refusal(partial(reading, content)).endswith("。")


def test_columns_beyond_z_have_two_letters() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
    assert all(column_index(column_letters(index)) == index for index in range(800))


def roster() -> list[list[object]]:
    rows: list[list[object]] = [["姓名", "证件", "编码", "性别"]]
    rows += [[p.name, "", p.phone, p.sex] for p in PEOPLE]
    return rows


def test_the_user_can_correct_a_column_and_the_layout_remembers_it() -> None:
    book = workbook(roster(), [])
    layout = recognise(book.sheets[0])
    assert layout.columns["C"] == "phones"
    corrected = with_columns(layout, {"C": "note", "D": ""})
    assert corrected.columns == {"A": "name", "C": "note"}
    parsed = parse_rows(book, (corrected,), today=TODAY)
    assert (parsed[0].values.note, parsed[0].values.phones, parsed[0].values.sex) == (
        PEOPLE[0].phone,
        (),
        "",
    )
    again = recognise(book.sheets[0], {layout.fingerprint: {"C": "note", "D": ""}})
    assert again.columns == corrected.columns
    assert {c.source for t in again.tables for c in t.columns if c.letters == "C"} == {"remembered"}


def test_the_fingerprint_follows_the_headings_and_not_the_people() -> None:
    one = recognise(workbook(roster(), []).sheets[0])
    other = recognise(workbook(roster()[:3], []).sheets[0])
    changed = roster()
    changed[0][3] = "民族"
    assert one.fingerprint == other.fingerprint != ""
    assert recognise(workbook(changed, []).sheets[0]).fingerprint != one.fingerprint


def test_stopping_leaves_by_cancelled_and_progress_counts_rows() -> None:
    rows: list[list[object]] = [
        ["姓名", "性别"],
        *([f"王兰{chr(0x4E00 + n)}", "女"] for n in range(1600)),
    ]
    book = workbook(rows, [])
    layouts = recognise_all(book)
    seen: list[tuple[int, int]] = []
    parse_rows(book, layouts, today=TODAY, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(500, 1601), (1000, 1601), (1500, 1601)]
    with pytest.raises(Cancelled):
        parse_rows(book, layouts, today=TODAY, should_stop=lambda: True)


def test_what_is_printed_is_json_and_dates_before_1900_and_in_the_future_are_faults(
    tmp_path: Path,
) -> None:
    rows: list[list[object]] = [["姓名", "性别", "出生日期"]]
    rows += [
        ["王兰", "女", "1880-01-01"],
        ["李刚", "男", "2030-01-01"],
        ["王" * 61, "男", "1955-01-01"],
    ]
    rows += [["张伟", "男", "1955-02-30"], ["赵敏", "女", date(1955, 3, 15)]]
    result = dry_run(write_xlsx(tmp_path / "日期.xlsx", rows), TODAY)
    printed = json.loads(json.dumps(result, ensure_ascii=False))
    assert [row["kinds"] for row in printed["rows"]] == [
        ["date_too_early"],
        ["date_future"],
        ["name_length"],
        ["date_unreadable"],
        [],
    ]
    assert printed["file"] == "日期.xlsx"
    assert printed["counts"]["fault"] == 4
    assert printed["rows"][4]["values"]["birth_date"] == "1955-03-15"


def test_times_and_durations_in_cells_are_shown_and_copied(tmp_path: Path) -> None:
    rows: list[list[object]] = [["姓名", "性别", "备注"], ["", "女", time(8, 30)]]
    rows += [["", "男", timedelta(hours=30)], ["", "男", datetime(2026, 1, 2, 3, 4)]]
    for row in rows[1:]:
        row.append("13812340612")
    rows[0].append("电话")
    book = workbook(rows, [])
    layouts = recognise_all(book)
    parsed = parse_rows(book, layouts, today=TODAY)
    assert [row.values.note for row in parsed] == ["08:30:00", "1 day, 6:00:00", "2026-01-02 03:04"]
    write_leftovers(tmp_path / "剩余.xlsx", book, layouts, parsed)
    assert len(read_workbook(tmp_path / "剩余.xlsx").sheets[0].rows) == 4
