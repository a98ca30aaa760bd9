"""The exported spreadsheet: whole or not at all, every number as text."""

import tempfile
from pathlib import Path

import openpyxl
import pytest

from app.errors import Cancelled, DomainError
from app.ui.kit.spreadsheet import EVERY, write_xlsx
from tests.ui.kit.printing_bench import small_disk

__all__ = ["small_disk"]

HEADINGS = ("姓名", "证件号码", "电话")
ROW = ("王秀兰", "210214194805111826", "13840310612")


def test_numbers_and_formulas_stay_text(tmp_path: Path) -> None:
    file = tmp_path / "居民.xlsx"
    write_xlsx(file, HEADINGS, [ROW, ("=1+1", "http://x", "")], progress=lambda *_: None)

    sheet = openpyxl.load_workbook(file).active
    assert [cell.value for cell in sheet[2]] == list(ROW)
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "s"]
    assert [cell.value for cell in sheet[3]] == ["=1+1", "http://x", None]
    assert sheet[3][0].data_type == "s"
    assert sheet.freeze_panes == "B2"


def test_a_cancelled_export_leaves_no_file_and_keeps_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "居民.xlsx"
    file.write_bytes(b"before")

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_xlsx(file, HEADINGS, [ROW] * EVERY, progress=stop)

    assert file.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["居民.xlsx"]


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"没能存「居民\.xlsx」"):
        write_xlsx(tmp_path / "没有" / "居民.xlsx", HEADINGS, [ROW], progress=lambda *_: None)


def test_nothing_of_it_is_written_elsewhere_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nobody may write here"))

    write_xlsx(tmp_path / "居民.xlsx", HEADINGS, [ROW], progress=lambda *_: None)

    assert [one.name for one in tmp_path.iterdir()] == ["居民.xlsx"]


def test_a_full_disk_is_told_and_leaves_the_file_from_before(
    tmp_path: Path, small_disk: None
) -> None:
    file = tmp_path / "居民.xlsx"
    file.write_bytes(b"before")

    with pytest.raises(DomainError, match=r"磁盘满了，「居民\.xlsx」没有存"):
        write_xlsx(file, HEADINGS, [ROW] * 3000, progress=lambda *_: None)

    assert file.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["居民.xlsx"]


def test_title_and_filter_stand_over_the_headings(tmp_path: Path) -> None:
    file = tmp_path / "居民.xlsx"

    write_xlsx(
        file, HEADINGS, [ROW], progress=lambda *_: None, above=("用印登记", "2026 年　共 1 条")
    )

    sheet = openpyxl.load_workbook(file).active
    assert [row[0] for row in sheet.values] == ["用印登记", "2026 年　共 1 条", "姓名", "王秀兰"]
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:C4"
