"""The exported spreadsheet: whole or not at all, every number as text."""

import tempfile
from pathlib import Path

import openpyxl
import pytest

from app.errors import Cancelled, DomainError
from app.ui.kit.spreadsheet import EVERY, write_xlsx

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
    with pytest.raises(DomainError, match=r"没能写「居民\.xlsx」"):
        write_xlsx(tmp_path / "没有" / "居民.xlsx", HEADINGS, [ROW], progress=lambda *_: None)


def test_nothing_of_it_is_written_elsewhere_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nobody may write here"))

    write_xlsx(tmp_path / "居民.xlsx", HEADINGS, [ROW], progress=lambda *_: None)

    assert [one.name for one in tmp_path.iterdir()] == ["居民.xlsx"]
