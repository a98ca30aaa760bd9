"""Files that are no roster: each gives one Chinese sentence that says what, why and what to do."""

import os
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from xlwt.CompoundDoc import XlsDoc

from app.errors import DomainError
from app.importing.workbook import read_workbook
from tests.importing.people import read, write_xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole_with(part: str) -> bytes:
    """The head of an old Office container whose directory names a part."""
    return OLE + b"\0" * 1016 + part.encode("utf-16-le") + b"\0" * 512


def zip_with(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return path


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空的"),
        (b"\0\0\0\0", "空的"),
        (b"  \r\n ", "空的"),
        (ole_with("EncryptedPackage"), "密码"),
        (ole_with("WordDocument"), "Word"),
        (ole_with("PowerPoint Document"), "其他程序"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"<?xml version='1.0'?><Workbook/>", "网页"),
        (b"PK\x03\x04broken", "不完整"),
        (b"\x01\x02\x03\xff\xfe\x00\x00garbage", "不是表格"),
        (ole_with("Workbook"), "损坏"),
    ],
)
def test_each_wrong_content_has_its_sentence_whatever_the_name(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    for name in ("台账.xlsx", "台账.xls", "台账.csv", "台账.et"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DomainError, match=sentence) as raised:
            read_workbook(tmp_path / name)
        assert str(raised.value).endswith("。")


def test_an_old_workbook_with_a_password_is_called_locked(tmp_path: Path) -> None:
    """Its stream begins as always; what follows the record FILEPASS is encrypted."""
    book = xlwt.Workbook()
    book.add_sheet("台账").write(0, 0, "姓名")
    stream = book.get_biff_data()
    start = 4 + struct.unpack("<H", stream[2:4])[0]
    password = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + b"\7" * 48
    file = tmp_path / "台账.xls"
    with file.open("wb") as target:
        XlsDoc().save(target, stream[:start] + password + stream[start:])

    with pytest.raises(DomainError, match="密码"):
        read_workbook(file)


def test_archives_are_told_by_what_is_in_them(tmp_path: Path) -> None:
    for names, sentence in (
        (("word/document.xml",), "Word"),
        (("a.txt",), "压缩包"),
        (("ppt/x",), "演示"),
    ):
        path = zip_with(tmp_path / "台账.xlsx", *names)
        with pytest.raises(DomainError, match=sentence):
            read_workbook(path)


def test_a_workbook_with_a_broken_part_is_called_damaged(tmp_path: Path) -> None:
    path = zip_with(tmp_path / "台账.xlsx", "xl/workbook.xml")
    with pytest.raises(DomainError, match="损坏"):
        read_workbook(path)


def test_a_truncated_download_is_called_incomplete(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "全.xlsx", [["姓名", "性别"], ["王兰", "女"]]).read_bytes()
    (tmp_path / "半.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DomainError, match="不完整"):
        read_workbook(tmp_path / "半.xlsx")


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="找不到"):
        read_workbook(tmp_path / "没有.xlsx")
    with pytest.raises(DomainError, match="文件夹"):
        read_workbook(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_the_right_to_read_is_named(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "锁.xlsx", [["姓名"]])
    path.chmod(0)
    with pytest.raises(DomainError, match="权限"):
        read_workbook(path)


def test_a_million_declared_rows_are_read_as_the_two_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "百万行.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["姓名", "性别", "身份证号"])
    page.write_row(1, 0, ["王兰", "女", "210202195503150023"])
    page.write_string(1_048_575, 9, " ")
    book.close()
    _, rows = read(path)
    assert [(row.row, row.values.name) for row in rows] == [(2, "王兰")]


def test_a_wrong_declared_dimension_hides_no_row(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "范围.xlsx", [["姓名", "性别"], ["王兰", "女"], ["李刚", "男"]])
    wrong = tmp_path / "错.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(wrong, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b'ref="A1:B3"', b'ref="A1"'))
    _, rows = read(wrong)
    assert [row.values.name for row in rows] == ["王兰", "李刚"]


def test_errors_formulas_and_comments_in_cells_do_no_harm(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for line in (
        ["姓名", "性别", "备注"],
        ["王兰", "女", "#N/A"],
        ["=1+", "男", "=A1"],
        ["李刚", "男", True],
    ):
        page.append(line)
    book.save(tmp_path / "公式.xlsx")
    _, rows = read(tmp_path / "公式.xlsx")
    assert rows[0].values.name == "王兰"


def test_a_workbook_without_a_filled_cell_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "空.csv").write_bytes(b"\xef\xbb\xbf\n , ,\n")
    for path in (write_xlsx(tmp_path / "空.xlsx", []), tmp_path / "空.csv"):
        with pytest.raises(DomainError, match="没有任何内容"):
            read_workbook(path)


def test_a_device_or_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.csv")
    with pytest.raises(DomainError, match="请选择其中的表格文件"):
        read_workbook(tmp_path / "管道.csv")


def test_a_line_of_a_hundred_thousand_cells_is_no_roster(tmp_path: Path) -> None:
    (tmp_path / "长.csv").write_bytes(b"a," * 100_000)
    with pytest.raises(DomainError, match="上万格"):
        read_workbook(tmp_path / "长.csv")


def test_a_sheet_that_unpacks_to_the_same_letter_over_and_over_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "炸弹.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"A" * 120_000_000)
    with pytest.raises(DomainError, match="解压后大得不像台账"):
        read_workbook(tmp_path / "炸弹.xlsx")


def test_an_old_workbook_record_without_a_container_is_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "老.xls"
    path.write_bytes(b"\x09\x08" + struct.pack("<H", 16) + b"\0" * 32)
    with pytest.raises(DomainError):
        read_workbook(path)


def test_a_value_in_the_farthest_cell_is_a_sentence_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "太远.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["姓名", "性别"])
    page.write_string(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(DomainError, match="XFD"):
        read_workbook(path)


def test_an_old_container_that_claims_a_huge_part_is_called_damaged(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 0, "姓名")
    book.save(str(tmp_path / "好.xls"))
    content = bytearray((tmp_path / "好.xls").read_bytes())
    entry = content.find("Workbook".encode("utf-16-le"))
    content[entry + 123] = 0xA4
    (tmp_path / "坏.xls").write_bytes(content)
    assert read_workbook(tmp_path / "好.xls").sheets[0].name == "一"
    with pytest.raises(DomainError, match="损坏"):
        read_workbook(tmp_path / "坏.xls")


def test_a_quotation_mark_that_is_never_closed_swallows_no_row(tmp_path: Path) -> None:
    text = '姓名,身份证号\n"王芳,11010519491231002X\n李明,34052419800101001X\n'
    (tmp_path / "引号.csv").write_text(text, encoding="utf-8")
    _, rows = read(tmp_path / "引号.csv")
    assert [row.values.document_number[-4:] for row in rows] == ["002X", "001X"]


@pytest.fixture
def container(tmp_path: Path) -> bytearray:
    """A whole old workbook: its container has a header of 512 bytes and sectors of 512."""
    book = xlwt.Workbook()
    page = book.add_sheet("一")
    for row in range(300):
        page.write(row, 0, f"王兰{row}")
    book.save(str(tmp_path / "好.xls"))
    return bytearray((tmp_path / "好.xls").read_bytes())


def test_a_chain_of_sectors_that_comes_back_to_itself_is_called_damaged(
    tmp_path: Path, container: bytearray
) -> None:
    """The library would follow it until all memory is taken."""
    [table] = struct.unpack_from("<I", container, 76)
    place = 512 * (table + 1)
    for sector in range(100):
        [following] = struct.unpack_from("<I", container, place + 4 * sector)
        if following == sector + 1:
            struct.pack_into("<I", container, place + 4 * sector, sector)
    (tmp_path / "圈.xls").write_bytes(container)
    with pytest.raises(DomainError, match="损坏"):
        read_workbook(tmp_path / "圈.xls")


@pytest.mark.parametrize("field", [40, 44, 64, 72])
def test_a_container_that_counts_more_sectors_than_it_has_is_called_damaged(
    tmp_path: Path, container: bytearray, field: int
) -> None:
    struct.pack_into("<I", container, field, 0x7FFFFFFF)
    (tmp_path / "多.xls").write_bytes(container)
    with pytest.raises(DomainError, match="损坏"):
        read_workbook(tmp_path / "多.xls")


def test_an_old_sheet_that_claims_the_farthest_cell_is_a_sentence(
    tmp_path: Path, container: bytearray
) -> None:
    """Row 65536 of column 65536: a hundred gigabytes of nothing."""
    label = container.find(struct.pack("<HHHH", 0x00FD, 10, 299, 0))
    struct.pack_into("<HH", container, label + 4, 0xFFFF, 0xFFFF)
    (tmp_path / "远.xls").write_bytes(container)
    with pytest.raises(DomainError, match="第 65536 行"):
        read_workbook(tmp_path / "远.xls")


def test_an_old_workbook_of_many_sectors_is_read(tmp_path: Path, container: bytearray) -> None:
    (tmp_path / "好.xls").write_bytes(container)
    assert len(read_workbook(tmp_path / "好.xls").sheets[0].rows) == 300
