"""就餐签到表: who usually comes to a meal, with room for set, payment and signature.

Typed back in the order of its numbers; whoever is not on it writes himself down in a blank row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.listing import PERSONAL
from app.reports.table import Column

TITLE = "就餐签到表"
_ROW = 10.0
_HEAD = (Column("序号", 12, "center"), Column("姓名", 28), Column("住处", 34))
_TAIL = (
    Column("付款", 44, "center"),
    Column("签名", 40),
)
_PAYS = "卡　现　月　券　免"


@dataclass(frozen=True, slots=True)
class SignInLine:
    """Somebody who usually comes."""

    name: str
    place: str


@dataclass(frozen=True, kw_only=True)
class MealSignIn:
    """One meal of a day and a canteen; `letters` are those of its set meals."""

    office: str
    canteen: str
    number: int
    day: str
    period: str
    sets: Sequence[str]
    letters: Sequence[str]
    lines: Sequence[SignInLine]
    blank_rows: int
    printed_on: date
    printed_by: str


def render(data: MealSignIn) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    columns = (*_HEAD, Column("套餐", 30, "center"), *_TAIL)
    choice = "　".join(data.letters)
    rows = [(one.name, one.place, choice, _PAYS, "") for one in data.lines]
    empty = [("", "", choice, _PAYS, "")] * data.blank_rows
    numbered = name_table.numbered([*rows, *empty], len(columns), 0)
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(
                ("食堂", data.canteen),
                ("编号", f"第 {data.number} 号"),
                ("日期", data.day),
                ("餐次", data.period),
            ),
            filter_words="，".join(data.sets),
            count_words=name_table.people_words(len(data.lines), data.blank_rows),
            columns=columns,
            rows=numbered,
            row_height=_ROW,
            signers=("实到人数", "经手人", "负责人"),
            note=f"{PERSONAL}套餐和付款画圈，本人签名；没列上的写在空行里。录入时按序号。",
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )
