"""What stands in the columns of a foreign roster, and the file it is kept in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.importing.foreign.files import write_text, write_xls, write_xlsx
from tests.importing.foreign.people import FAULTS, Column, Page, Person, Truth

Cell = Callable[[Person, int], object]
ROSTERS: list[Callable[[], "Roster"]] = []


@dataclass
class Roster:
    """A file as it is kept, and how it is written."""

    name: str
    pages: list[Page]
    encoding: str = ""
    delimiter: str = ","

    def write(self, folder: Path) -> Path:
        path = folder / self.name
        if self.encoding:
            write_text(path, self.pages[0], self.encoding, self.delimiter)
        elif path.suffix in (".xls", ".et"):
            write_xls(path, self.pages)
        else:
            write_xlsx(path, self.pages)
        return path


def roster(build: Callable[[], Roster]) -> Callable[[], Roster]:
    ROSTERS.append(build)
    return build


def col(heading: str, states: str, cell: Cell) -> Column:
    return Column(heading, states, cell)


def fixed(heading: str, *values: object) -> Column:
    """A column that says nothing the import keeps."""
    return Column(heading, "", lambda p, i: values[i % len(values)])


def cycle(*shapes: Callable[[Person], object]) -> Cell:
    return lambda p, i: shapes[p.serial % len(shapes)](p)


def number_cell(p: Person) -> object:
    return p.number


def name_cell(p: Person) -> object:
    return p.name or None


def spread_name(p: Person) -> object:
    return f"{p.name[0]}\u3000{p.name[1]}" if len(p.name) == 2 else p.name or None


def phone_cell(p: Person) -> object:
    return "、".join(p.phones) or None


def dotted(p: Person) -> str:
    return f"{p.birth.year}.{p.birth.month}.{p.birth.day}"


def chinese_date(p: Person) -> str:
    return f"{p.birth.year}年{p.birth.month}月{p.birth.day}日"


def compact(p: Person) -> str:
    return f"{p.birth:%Y%m%d}"


NUM = {
    "1": "一",
    "2": "二",
    "3": "三",
    "4": "四",
    "5": "五",
    "6": "六",
    "7": "七",
    "8": "八",
    "9": "九",
    "31": "三十一",
}

INDEX = Column("序号", "", lambda p, i: i)
NAME = col("姓名", "name", lambda p, i: name_cell(p))
SEX = col("性别", "sex", lambda p, i: p.sex)
ID = col("身份证号码", "number sex birth", lambda p, i: number_cell(p))
BIRTH = col("出生日期", "birth", lambda p, i: p.birth)
PHONE = col("联系电话", "phones", lambda p, i: phone_cell(p))
ETHNIC = col("民族", "ethnic", lambda p, i: p.ethnic)
PARTY = col("政治面貌", "party", lambda p, i: p.party)
RELATION = col("与户主关系", "relation", lambda p, i: p.relation)
NOTE = fixed("备注", None)
PLACE = "building unit room"
NO_SEX = tuple(f for f in FAULTS if f != "sex_contradicts_id")
ONLY_ID = tuple(f for f in FAULTS if f not in ("sex_contradicts_id", "birth_contradicts_id"))


def long_address(p: Person) -> str:
    return f"望海路18号{p.building}号楼{p.unit}单元{p.room}"


NO_BIRTH = tuple(f for f in FAULTS if f != "birth_contradicts_id")


def address(heading: str, cell: Callable[[Person], object] | None = None) -> Column:
    """The whole home in one column, as 3-2-501 unless told otherwise."""
    return col(heading, PLACE, lambda p, i: cell(p) if cell else f"{p.building}-{p.unit}-{p.room}")


def truth(page: Page, row: int, person: Person, states: str) -> None:
    """Note what is true of a line that was written by hand."""
    page.truths.append(Truth(page.name, row, person, frozenset(states.split())))
