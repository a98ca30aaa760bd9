import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.errors import DomainError
from app.importing.layout import recognise_all
from app.importing.leftovers import write_leftovers
from app.importing.parse import parse_rows
from app.importing.workbook import read_workbook
from tests.importing.people import PEOPLE, TODAY, Cells, read, write_xlsx

ROSTER = Path(__file__).parents[1] / "data" / "rosters" / "望海社区居民信息台账.xlsx"


def leave(source: Path, target: Path) -> list[tuple[str, str]]:
    """Write what is not good of a file; gives (name, kind) of each left row."""
    workbook = read_workbook(source)
    layouts = recognise_all(workbook)
    left = [row for row in parse_rows(workbook, layouts, today=TODAY) if row.faults]
    write_leftovers(target, workbook, layouts, left)
    return [(row.values.name, row.kinds[0]) for row in left]


def test_the_copy_has_headings_rows_and_a_reason_and_keeps_numbers_as_text(tmp_path: Path) -> None:
    target = tmp_path / "剩余.xlsx"
    leave(ROSTER, target)
    page = openpyxl.load_workbook(target)["第一网格"]
    headings = [cell.value for cell in page[1]]
    assert headings[1] == "姓 名"
    assert headings[-2:] == ["原表行号", "原因"]
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert [row[-2] for row in rows][:2] == ["148", "159"]
    assert all(isinstance(row[5], str) and str(row[-1]).endswith("。") for row in rows)
    assert all(str(row[8]) and str(row[10]) for row in rows)


def test_importing_the_uncorrected_copy_again_finds_the_same_faults(tmp_path: Path) -> None:
    target = tmp_path / "剩余.xlsx"
    left = leave(ROSTER, target)
    _, again = read(target)
    alone = {"duplicate_person", "id_on_two_names"}
    expected = sorted(pair for pair in left if pair[1] not in alone)
    assert sorted((r.values.name, r.kinds[0]) for r in again if r.faults) == expected
    assert len(again) == len(left)
    assert {row.values.grid for row in again} == {"1", "2", "3", "4", "5"}
    assert all(row.values.building and row.values.room for row in again)


def test_a_corrected_copy_is_imported_without_a_fault(tmp_path: Path) -> None:
    rows: Cells = [
        ["第二网格居民台账"],
        ["姓名", "人员信息", "", "住址"],
        ["", "性别", "身份证号", ""],
        ["夏磊飞", "男", PEOPLE[0].number[:-1], "1-2-702"],
        ["解洁", "女", float(PEOPLE[1].number), "1-2-702"],
    ]
    merges = ["A1:D1", "A2:A3", "B2:C2", "D2:D3"]
    leave(write_xlsx(tmp_path / "原.xlsx", rows, merges=merges), tmp_path / "改.xlsx")
    book = openpyxl.load_workbook(tmp_path / "改.xlsx")
    page = book["Sheet1"]
    page["C2"], page["C3"] = PEOPLE[0].number, PEOPLE[1].number
    book.save(tmp_path / "改.xlsx")
    _, again = read(tmp_path / "改.xlsx")
    assert [(r.values.name, r.values.document_number, r.faults) for r in again] == [
        (p.name, p.number, ()) for p in PEOPLE[:2]
    ]
    assert {(r.values.grid, r.values.room) for r in again} == {("2", "702")}


def test_dates_and_phone_numbers_of_number_cells_are_written_as_text(tmp_path: Path) -> None:
    rows: Cells = [
        ["姓名", "出生日期", "电话", "身份证号"],
        ["", date(1966, 12, 24), 17764280864, PEOPLE[0].number],
    ]
    leave(write_xlsx(tmp_path / "原.xlsx", rows), tmp_path / "改.xlsx")
    page = openpyxl.load_workbook(tmp_path / "改.xlsx")["Sheet1"]
    assert [cell.value for cell in page[2]][1:4] == ["1966-12-24", "17764280864", PEOPLE[0].number]


def test_a_copy_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="写不出"):
        leave(ROSTER, tmp_path / "没有这个文件夹" / "剩余.xlsx")


def test_nothing_of_the_copy_is_written_elsewhere_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nobody may write here"))

    leave(ROSTER, tmp_path / "剩余.xlsx")

    assert [one.name for one in tmp_path.iterdir()] == ["剩余.xlsx"]
