"""Texts that are traps: for SQL, for spreadsheets, for papers, for windows, for file names."""

import dataclasses
import html
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import DomainError
from app.importing.dry_run import dry_run
from app.importing.workbook import read_workbook
from app.models import CategoryGroup, DiaryEntry, Origin, Request, VisitResult
from app.reports.catalogue import PAPERS, Paper
from app.services import (
    categories,
    diary,
    diary_views,
    grids,
    office,
    recycle_bin,
    request_views,
    requests,
    visit_book,
    visit_due,
    visit_log,
)
from app.services.diary_input import DiaryInput
from app.services.filters import ResidentFilter
from app.services.requests import RequestInput
from app.services.visit_log import VisitInput
from app.storage.lookup import Sql
from app.ui.kit import table_clipboard
from app.ui.kit.files import safe, write_whole
from app.ui.kit.labels import Label, tip_of
from app.ui.kit.spreadsheet import write_xlsx
from tests.faults import acts
from tests.reports.papers import EXAMPLES
from tests.reports.reading import text_by_pdfium
from tests.services.conftest import Clerk, clerk, id_number

__all__ = ["clerk"]

SQL_TRAPS = [
    "'; DROP TABLE resident; --",
    '"; DELETE FROM resident; --',
    "王' OR '1'='1",
    "王%_\\",
    "?; ATTACH 'x' AS y",
    ":name @name $name ?1",
    "\x00王",
    ") UNION SELECT name FROM sqlite_master --",
    'resident_fts MATCH "*" NEAR/2 -王 ^王 {x}:王',
]
FORMULAS = [
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://x/?"&A1,"王兰")',
    "+1+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
]
MARKUP = [
    "<b>王兰</b>",
    '<img src="file:///etc/passwd"/>王兰',
    "<font size=90>王兰",
    "王&lt;兰&amp;",
    "王&#x4E00;兰 &nbsp; &bogus;",
    "</para><para>王兰",
    "王\u202e兰\u2066\u200b",
    "<!-- 王 --> <![CDATA[兰]]>",
    "%s {0} {姓名} ${x}",
]


# -- SQL


@pytest.fixture
def declared(clerk: Clerk) -> list[str]:
    return tables(clerk)


def tables(clerk: Clerk) -> list[str]:
    every = Sql("SELECT name || coalesce(sql, '') FROM sqlite_master ORDER BY name")
    with clerk.database.lookup() as lookup:
        return list(lookup.column(every))


@pytest.mark.parametrize("trap", SQL_TRAPS)
def test_a_text_is_kept_as_it_is_and_never_run(
    clerk: Clerk, declared: list[str], trap: str
) -> None:
    other = clerk.add("旁边的人", phone="13900001111")
    kept = clerk.add("王兰", workplace=trap, note=trap, other_address=trap, occupation=trap)
    assert clerk.get(kept, "note") == trap
    clerk.change(kept, former_name="李梅", phone="13812340612", note=f"{trap}{trap}")
    for text in (trap, trap * 3, trap[:3]):
        clerk.find(text)
        clerk.names(ResidentFilter(text=text))
    clerk.undo_last()
    assert sorted(clerk.names()) == ["旁边的人", "王兰"]
    assert clerk.get(other, "phone") == "13900001111"
    assert tables(clerk) == declared


@pytest.mark.parametrize("trap", [*SQL_TRAPS, *FORMULAS, *MARKUP])
def test_a_trap_for_a_name_is_a_name_that_is_found_changed_and_taken_back(
    clerk: Clerk, declared: list[str], trap: str
) -> None:
    key = clerk.add(trap, phone="13812340612")
    name = clerk.get(key, "name")
    assert name
    assert not set(name) & set("\x00\t\r\n\u202e\u2066\u200b")
    assert key in clerk.find("13812340612")
    clerk.find(name)
    clerk.names(ResidentFilter(text=name))
    clerk.change(key, former_name=f"{name}梅")
    clerk.undo_last()
    assert clerk.names() == [name]
    assert tables(clerk) == declared


def test_what_the_grids_write_down_is_kept_as_it_is_and_never_run(
    clerk: Clerk, declared: list[str]
) -> None:
    """Diary, visits, requests and kinds, and the boxes by which they are found."""
    clerk.do("建立", lambda s: office.seed(s, today=clerk.today))
    clerk.do("网格", lambda s: grids.add(s, number=1, name="第一网格"))
    tables_now = tables(clerk)
    person = clerk.add("王兰")
    kind = clerk.see(lambda s: categories.categories(s, CategoryGroup.MATTER))[0].id
    for trap in [*SQL_TRAPS, *FORMULAS, *MARKUP]:
        _write_rounds(clerk, person, kind, trap)
        words = trap.strip("\t\r\x00")
        clerk.look_up(
            lambda s, t=words: request_views.list_ids(
                s, request_views.RequestFilter(text=t), today=clerk.today
            )
        )
        clerk.look_up(lambda s, t=words: diary_views.list_ids(s, diary_views.DiaryFilter(text=t)))
        clerk.look_up(lambda s, t=words: visit_book.list_ids(s, visit_book.VisitFilter(text=t)))
        clerk.look_up(lambda s, t=words: visit_due.due(s, today=clerk.today, text=t))
        clerk.see(lambda s, t=words: recycle_bin.lines(s, now=clerk.now, search=t))
    count = len(SQL_TRAPS) + len(FORMULAS) + len(MARKUP)
    kept = clerk.see(lambda s: [one.title for one in s.query(Request).order_by(Request.id)])
    assert len(kept) == count
    assert SQL_TRAPS[0] in kept
    assert clerk.see(lambda s: s.query(DiaryEntry).count()) == count
    assert clerk.names() == ["王兰"]
    assert tables(clerk) == tables_now


def _write_rounds(clerk: Clerk, person: int, kind: int, trap: str) -> None:
    asked = RequestInput(
        origin=Origin.PHONE, category_id=kind, title=trap, body=trap, person=trap, place=trap
    )
    seen = DiaryInput(on_date=clerk.today, grid_id=1, seen=trap, measures=trap)
    met = VisitInput(
        resident_id=person, on_date=clerk.today, result=VisitResult.FINE, note=trap, visitor=trap
    )
    clerk.do(trap, lambda s: requests.register(s, asked, now=clerk.now))
    clerk.do(trap, lambda s: diary.write(s, seen, now=clerk.now))
    clerk.do(trap, lambda s: visit_log.log(s, met, now=clerk.now))


# -- spreadsheets


@pytest.mark.parametrize("trap", FORMULAS)
def test_a_formula_leaves_as_text_and_comes_back_as_text(tmp_path: Path, trap: str) -> None:
    rows = [["姓名", "身份证号", "备注"], ["王兰", id_number(date(1955, 3, 15)), trap]]
    file = tmp_path / "名册.xlsx"
    written(file, rows)
    [*_, (*_, cell)] = openpyxl.load_workbook(file).worksheets[0].iter_rows()
    assert cell.data_type == "s"
    with zipfile.ZipFile(file) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    [row] = dry_run(file, acts.NOW.today())["rows"]
    assert row["values"]["note"] == trap.strip()


def written(file: Path, rows: list[list[str]]) -> None:
    write_xlsx(file, rows[0], rows[1:], progress=lambda *_: None)


@pytest.mark.parametrize("trap", FORMULAS[:5])
def test_a_formula_on_the_clipboard_is_text_for_a_spreadsheet_and_itself_for_us(
    qapp: QApplication, trap: str
) -> None:
    table_clipboard.copy(["姓名"], [[trap]])
    plain = QGuiApplication.clipboard().text().splitlines()[1].strip('"')
    assert plain[0] == "'"
    page = QGuiApplication.clipboard().mimeData().html()
    assert "mso-number-format" in page
    assert html.escape(trap) in page
    assert table_clipboard.pasted()[1] == [trap]


@pytest.mark.parametrize("trap", FORMULAS)
def test_a_formula_in_a_roster_is_read_as_the_words_it_was_written_with(
    tmp_path: Path, trap: str
) -> None:
    file = tmp_path / "名册.csv"
    file.write_text(f'姓名,性别,备注\n王兰,女,"{trap.replace(chr(34), chr(34) * 2)}"\n', "utf-8")
    [row] = dry_run(file, acts.NOW.today())["rows"]
    assert row["values"]["note"] == trap.strip()


def test_entities_that_multiply_are_not_unfolded(tmp_path: Path) -> None:
    """A billion laughs, in the shared texts of a workbook."""
    good = tmp_path / "好.xlsx"
    written(good, [["姓名", "性别"], ["王兰", "女"]])
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "哈"}">' for n in range(10))
    bomb = tmp_path / "炸弹.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bomb, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name.endswith((".xml",)) and "王兰" in content:
                head, _, rest = content.partition("?>")
                rest = rest.replace("王兰", "&l9;")
                content = f"{head}?><!DOCTYPE x [{laughs}]>{rest}"
            new.writestr(name, content)
    try:
        sheets = read_workbook(bomb).sheets
    except DomainError:
        return
    assert max(len(str(cell)) for row in sheets[0].rows for cell in row) < 100


# -- papers and windows


def replaced(value: Any, name: str, trap: str) -> Any:
    """The same data with another name wherever this one stands."""
    if isinstance(value, str):
        return value.replace(name, trap)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            field.name: replaced(getattr(value, field.name), name, trap)
            for field in dataclasses.fields(value)
            if field.init
        }
        return dataclasses.replace(value, **fields)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*(replaced(one, name, trap) for one in value))
    if isinstance(value, list | tuple):
        return type(value)(replaced(one, name, trap) for one in value)
    return value


def names_somebody(paper: Paper) -> bool:
    return "王秀兰" in repr(EXAMPLES[paper.key])


def key_of(paper: Paper) -> str:
    return paper.key


@pytest.mark.parametrize("trap", MARKUP)
@pytest.mark.parametrize("paper", [one for one in PAPERS if names_somebody(one)], ids=key_of)
def test_markup_in_a_name_is_printed_as_it_was_typed(paper: Paper, trap: str) -> None:
    trapped = replaced(EXAMPLES[paper.key], "王秀兰", trap)
    text = "".join(text_by_pdfium(paper.render(trapped)).split())
    visible = "".join(
        trap.replace("\u202e", "").replace("\u2066", "").replace("\u200b", "").split()
    )
    assert visible in text
    assert "root:" not in text


@pytest.mark.parametrize("trap", MARKUP)
def test_markup_on_the_screen_is_words(qapp: QApplication, trap: str) -> None:
    label = Label(trap)
    assert label.textFormat() is Qt.TextFormat.PlainText
    widget = QWidget()
    widget.setToolTip(tip_of(trap))
    tip = widget.toolTip()
    # What the pop-up shows, whether or not Qt takes it for rich text.
    seen = (
        QTextDocumentFragment.fromHtml(tip).toPlainText() if QtGui.Qt.mightBeRichText(tip) else tip
    )
    assert "".join(seen.split()) == "".join(trap.split())
    assert "<img" not in tip


# -- names of files


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\windows\\system32",
        "C:\\x",
        "CON",
        "nul.txt",
        "com1.名册",
        "AUX .",
        "LPT¹",
        "王兰...",
        "王兰   ",
        ".隐藏",
        "王\u202e兰",
        "王\x00\x1f\n兰",
        "王" * 200,
        "𠮷" * 200,
        "a" * 300,
        "",
        "...",
        "-rf",
        '王/兰:*?"<>|',
        "~$王兰",
    ],
)
@pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
def test_a_name_of_a_resident_is_a_name_of_a_file_in_the_chosen_folder(
    tmp_path: Path, name: str, ending: str
) -> None:
    proposed = safe(f"{name}{ending}")
    assert proposed.endswith(ending)
    assert Path(proposed).name == proposed
    stem = proposed.removesuffix(ending)
    assert stem.strip(" .") == stem != ""
    assert stem.split(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
    assert not any(ord(sign) < 32 or sign in '\\/:*?"<>|\u202e' for sign in proposed)
    assert len(proposed.encode()) <= 255
    # Windows counts in units of UTF-16.
    assert len(proposed.encode("utf-16-le")) // 2 <= 128
    write_whole(tmp_path / proposed, b"x")
    assert [path.name for path in tmp_path.iterdir()] == [proposed]
