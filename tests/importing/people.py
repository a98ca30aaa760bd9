"""Made-up people and the writers that put them into sheets of every shape."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlsxwriter

from app.importing.layout import Layout, recognise_all
from app.importing.parse import parse_rows
from app.importing.rows import ParsedRow
from app.importing.workbook import read_workbook
from app.values.documents import check_character

TODAY = date(2026, 11, 21)
Cells = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Person:
    """One made-up resident; the number follows from birth date and serial."""

    name: str
    sex: str
    born: date
    serial: int
    relation: str
    building: str
    unit: str
    room: str
    phone: str = ""
    ethnic: str = "汉族"
    party: str = "群众"
    tags: tuple[str, ...] = field(default=())

    @property
    def number(self) -> str:
        first = f"210214{self.born:%Y%m%d}{self.serial:03}"
        return first + check_character(first)


PEOPLE = (
    Person("夏磊飞", "男", date(1966, 12, 24), 101, "户主", "1", "2", "702", "17764280864"),
    Person("解洁", "女", date(1969, 6, 14), 102, "妻", "1", "2", "702", "13304594922"),
    Person("夏华山", "男", date(1997, 8, 21), 103, "子", "1", "2", "702", "15507767772"),
    Person(
        "汪云怡",
        "女",
        date(1938, 1, 29),
        104,
        "户主",
        "2",
        "1",
        "501",
        "17415327171",
        tags=("独居老人", "高龄"),
    ),
    Person(
        "阿迪力·买买提",
        "男",
        date(1980, 9, 12),
        105,
        "户主",
        "12",
        "4",
        "1702",
        "18948728409",
        "维吾尔族",
    ),
    Person(
        "尉迟恭",
        "男",
        date(1985, 5, 6),
        107,
        "户主",
        "12",
        "4",
        "1703",
        "13812340612",
        party="中共党员",
    ),
    Person("潘婷凤", "女", date(1987, 1, 10), 108, "妻", "12", "4", "1703", "15695167212"),
    Person("尉迟明", "男", date(2019, 3, 8), 109, "子", "12", "4", "1703"),
    Person(
        "欧阳雪",
        "女",
        date(1955, 3, 15),
        110,
        "户主",
        "3",
        "1",
        "101",
        "15942199697",
        tags=("低保",),
    ),
)


def write_xlsx(
    path: Path, cells: Cells, *, sheet: str = "Sheet1", merges: Sequence[str] = ()
) -> Path:
    """A sheet with these rows; merges such as 'A1:F1' keep the text of their first cell."""
    book = xlsxwriter.Workbook(str(path))
    write_sheet(book, cells, sheet, merges)
    book.close()
    return path


def write_sheet(
    book: xlsxwriter.Workbook, cells: Cells, sheet: str, merges: Sequence[str] = ()
) -> xlsxwriter.worksheet.Worksheet:
    page = book.add_worksheet(sheet)
    for merge in merges:
        page.merge_range(merge, "")
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for index, row in enumerate(cells):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(index, column, cell, days)
            elif isinstance(cell, int | float):
                page.write_number(index, column, cell)
            elif cell != "":
                page.write_string(index, column, str(cell))
    return page


def write_csv(path: Path, cells: Cells, encoding: str, delimiter: str = ",") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(cells)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read(path: Path) -> tuple[tuple[Layout, ...], tuple[ParsedRow, ...]]:
    """Recognise and parse a file as the program does."""
    workbook = read_workbook(path)
    layouts = recognise_all(workbook)
    return layouts, parse_rows(workbook, layouts, today=TODAY)


ALL = ("name", "sex", "birth", "number", "phone", "place", "relation", "ethnic", "party", "tags")


def told(row: ParsedRow, what: Sequence[str]) -> tuple[object, ...]:
    """The asked parts of a parsed row, comparable with `true`."""
    values = row.values
    parts: dict[str, object] = {
        "name": values.name,
        "sex": values.sex,
        "birth": values.birth_date,
        "number": values.document_number,
        "phone": values.phones[0] if values.phones else "",
        "place": (values.building, values.unit, values.room),
        "relation": values.relation,
        "ethnic": values.ethnic_group,
        "party": values.political_status,
        "tags": values.tags,
    }
    return tuple(parts[part] for part in what)


def true(person: Person, what: Sequence[str]) -> tuple[object, ...]:
    parts: dict[str, object] = {
        "name": person.name,
        "sex": person.sex,
        "birth": person.born,
        "number": person.number,
        "phone": person.phone,
        "place": (person.building, person.unit, person.room),
        "relation": person.relation,
        "ethnic": person.ethnic,
        "party": person.party,
        "tags": person.tags,
    }
    return tuple(parts[part] for part in what)


def assert_people(
    rows: Sequence[ParsedRow], what: Sequence[str], people: Sequence[Person] = PEOPLE
) -> None:
    """All rows good, in order, and exactly these people with these parts."""
    assert [(row.row, row.kinds) for row in rows if row.faults] == []
    assert [told(row, what) for row in rows] == [true(person, what) for person in people]
