"""The exported spreadsheet: whole or not at all, every number as text."""

import tempfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from app.errors import Cancelled, DomainError
from app.ui.kit.spreadsheet import EVERY, make_xlsx, write_xlsx
from app.values.stamp import Stamp
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


def test_signs_that_xml_forbids_or_spreadsheets_read_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "居民.xlsx"
    strange = ("王\x00秀\x1f兰\ud800", "<b>&amp;", "_x0041_ 一\n二 ")

    write_xlsx(file, HEADINGS, [strange], progress=lambda *_: None)

    values = [cell.value for cell in openpyxl.load_workbook(file).active[2]]
    # openpyxl leaves the escape of an underscore as it stands; WPS and Excel show _x0041_.
    assert values == ["王秀兰", "<b>&amp;", "_x005F_x0041_ 一\n二 "]


def test_whole_numbers_carry_who_took_them_on_every_page_and_in_a_sheet() -> None:
    stamp = Stamp(
        office="望海社区居民委员会",
        by="李娜",
        at=datetime(2026, 11, 22, 9, 5),
        reason="报民政 & 街道",
        allowed_by="赵敏",
    )

    data = make_xlsx(HEADINGS, [ROW], count=1, progress=lambda *_: None, stamp=stamp)

    book = openpyxl.load_workbook(BytesIO(data))
    assert book.sheetnames == ["居民", "导出说明"]
    head = book["居民"].oddHeader.left.text.replace("&&", "&")
    told = dict(book["导出说明"].values)
    for words in ("望海社区居民委员会", "李娜", "赵敏", "2026-11-22 09:05", "报民政 & 街道"):
        assert words in head
        assert words in told.values()


def test_rows_are_read_while_they_are_written() -> None:
    """A whole community never stands in the memory at once."""
    read: list[int] = []

    def rows():
        for number in range(3000):
            read.append(number)
            yield ROW

    seen: list[tuple[int, int]] = []
    make_xlsx(HEADINGS, rows(), count=3000, progress=lambda *_: seen.append((len(read), *_)))

    assert [done for _, done, _ in seen] == [500, 1000, 1500, 2000, 2500, 3000]
    assert [taken for taken, *_ in seen] == [1000, 1000, 1500, 2000, 2500, 3000]
