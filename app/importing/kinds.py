"""What each row of a table is: a person, a total, a hint, a note, a section, a repeated heading."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from itertools import takewhile

from app.importing.cells import Cell, Row, at, cell_text, is_blank
from app.importing.fields import exact_field, plain_heading
from app.importing.headings import is_heading_row
from app.importing.layout import Table
from app.importing.places import NOWHERE, section_of
from app.values.names import clean_name, is_plausible_name
from app.values.text import compact

_TOTAL = re.compile(
    r"^(?:本页|全楼|全单元|本楼|本网格|社区)?(?:合计|小计|总计|共计|累计|总人数|总户数|人数合计)"
)
_TOTAL_WORDS = re.compile(r"^(?:共|计)\d+(?:人|户)")
_HINT = re.compile(
    r"必填|选填|可选|如[:：]|^如\d|^如[^\d]{1,6}[、等号]|例如|^例[:：]|格式|位文本|男或女|男/女|YYYY|"
    r"分隔|分开|请填|填写|示例|样例|^1=是|下拉"
)
_EXAMPLE = re.compile(
    r"(?i)^[(【]?(?:示例|样例|例如|举例|范例|填写示例|例|样|eg\.?|e\.g\.|如(?=:))(?:[)】:].*|\d*)$"
)
# In every one of them: hardly a name or a household's number has one, and all are looked at.
_OF_EXAMPLES = re.compile(r"[例样如eEｅＥ]")
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表说明|填表人|填报人|制表|审核|负责人|填报单位|填报时间|填报日期|联系人|盖章|日期|"
    r"第\d+页|共\d+页|注意|单位|网格员|网格长|社区书记|主任|经办|以上|以下|续表|\d+[.、．])"
)
_SHORT_NAME = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}$|[\u3400-\u9fff]+·[\u3400-\u9fff·]+$"
)
_BETWEEN_NAMES = re.compile(r"[、，,;；/]")
_NUMBERED = re.compile(r"\d{1,4}[.、．][\u3400-\u9fff\U00020000-\U0003ffff]{2,4}$")
_TITLE = re.compile(r"社区|网格|名册|台账|名单|登记|居民|汇总|统计|单位|楼|单元|表$")
_NOT_NAMES_TEXT = (
    "空 空房 空户 空置 空置房 无人 无人居住 闲置 出租 租户 无 未入住 未住 空关 说明 备注 户主 待查 "
    "不详 商铺 门市 车库 仓库 办公 物业 合计 小计 总计 共计 姓名 签字 签名 盖章 附件 附注 续表 "
    "无此人 毛坯 未售 待售 未登记"
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_NOT_NAMES = frozenset(_NOT_NAMES_TEXT.split())
_PERSONAL_FIELDS = (
    "document_number",
    "birth_date",
    "sex",
    "phones",
    "relation",
    "ethnic_group",
    "political_status",
    "education",
    "marital",
)


class RowKind(Enum):
    PERSON = auto()
    BLANK = auto()
    HEADING = auto()
    TOTAL = auto()
    ASIDE = auto()
    SECTION = auto()


@dataclass(frozen=True, slots=True)
class Places:
    """Where the fields that identify a person stand; -1 when the table has no such column."""

    name: int
    head: int
    document: int
    mapped: tuple[int, ...]
    personal: tuple[int, ...]


def places_of(table: Table) -> Places:
    where = {column.field: column.index for column in table.columns if column.field}
    mapped = tuple(column.index for column in table.columns if column.field)
    personal = tuple(where[field] for field in _PERSONAL_FIELDS if field in where)
    return Places(
        where.get("name", -1),
        where.get("head_name", -1),
        where.get("document_number", -1),
        mapped,
        personal,
    )


def kind_of(row: Row, places: Places) -> RowKind:
    """Tell what a row is; what is no person is never refused as one."""
    if not row:
        return RowKind.BLANK
    document = at(row, places.document)
    if _is_long_number(document):
        return RowKind.ASIDE if _is_example(row) else RowKind.PERSON
    filled = [index for index in places.mapped if not is_blank(at(row, index))]
    if not filled:
        return RowKind.ASIDE
    texts = [cell for cell in row if isinstance(cell, str) and cell]
    if is_heading_row(row) or _numbers_columns(row):
        return RowKind.HEADING
    digits = sum(map(str.isdigit, str(document)))
    if digits < 8 and (kind := _structural(texts, filled)):
        return kind
    return _person_or_aside(row, filled, places, digits)


def _is_long_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return len(cell) >= 15 and cell[:6].isdigit()
    return not isinstance(cell, bool) and isinstance(cell, int | float) and abs(cell) >= 1e8


def _numbers_columns(row: Row) -> bool:
    """甲 乙 1 2 3 or 1 2 3 4: the numbers by which official forms name their columns."""
    cells = [compact(cell_text(cell)) for cell in row if not is_blank(cell)]
    stems = list(takewhile(_STEMS.__contains__, cells))
    numbers = cells[len(stems) :]
    return len(cells) >= 3 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _is_example(row: Row) -> bool:
    """Whether the first or second filled cell says so."""
    left = 2
    for cell in row:
        if cell == "":
            continue
        if isinstance(cell, str) and _says_example(cell):
            return True
        left -= 1
        if not left:
            break
    return False


def _says_example(text: str) -> bool:
    return bool(len(text) < 12 and _OF_EXAMPLES.search(text) and _EXAMPLE.match(compact(text)))


def _structural(texts: list[str], filled: list[int]) -> RowKind | None:
    """Totals, hints and examples, told by their words."""
    lead = [compact(text) for text in texts[:2]]
    if any(_TOTAL.match(text) or _TOTAL_WORDS.match(text) for text in lead):
        return RowKind.TOTAL
    hints = sum(1 for text in texts if _HINT.search(text))
    if (
        any(_EXAMPLE.match(text) for text in lead)
        or hints >= 2
        or (hints and hints * 2 >= len(filled))
    ):
        return RowKind.ASIDE
    if lead and len(filled) <= 2 and _NOTE.match(lead[0]) and not _NUMBERED.match(lead[0]):
        return RowKind.ASIDE
    return None


def _person_or_aside(row: Row, filled: list[int], places: Places, digits: int) -> RowKind:
    if _is_example(row):
        return RowKind.ASIDE
    name = at(row, places.name)
    if is_blank(name):
        name = at(row, places.head)
    personal = sum(1 for index in places.personal if not is_blank(at(row, index)))
    if not is_blank(name):
        return _named(name, row, filled, personal)
    if digits >= 8 or personal >= 2:
        return RowKind.PERSON
    return _section_or_aside(row)


def _named(name: Cell, row: Row, filled: list[int], personal: int) -> RowKind:
    """A row with something in its name column: a person unless the words say otherwise."""
    text = str(name).strip()
    if exact_field(text):
        return RowKind.HEADING if exact_field(text) == "name" else _section_or_aside(row)
    if personal == 0 and (compact(text) in _NOT_NAMES or plain_heading(text) in _NOT_NAMES):
        return RowKind.ASIDE
    if _is_figure(text) and not any(_is_solid(cell) for cell in row):
        return RowKind.ASIDE
    if personal:
        return RowKind.PERSON
    if _texts(row) == 1:
        return RowKind.PERSON if _is_lone_name(text) else _section_or_aside(row)
    if len(filled) > 2 or _are_names(clean_name(text)):
        return RowKind.PERSON
    return RowKind.ASIDE


def _is_figure(text: str) -> bool:
    """What stands below 姓名 in a table of figures (男, 23, 60岁以上) and names nobody."""
    return text in ("男", "女", "人数", "户数") or not any(map(str.isalpha, text))


def _is_solid(cell: Cell) -> bool:
    """A number or day long enough to belong to a person."""
    return isinstance(cell, date) or sum(map(str.isdigit, cell_text(cell))) >= 7


def _are_names(text: str) -> bool:
    """One name or several in a cell, and no note."""
    if _NOTE.match(compact(text)):
        return False
    return all(is_plausible_name(part) for part in _BETWEEN_NAMES.split(text))


def _is_lone_name(text: str) -> bool:
    """A name that stands alone in its row, where a title or a note could stand too."""
    name = clean_name(text)
    return bool(_SHORT_NAME.match(name)) and not _NOTE.match(name) and not _TITLE.search(name)


def _section_or_aside(row: Row) -> RowKind:
    return RowKind.SECTION if section_of(row) != NOWHERE else RowKind.ASIDE


def _texts(row: Row) -> int:
    return sum(1 for cell in row if not is_blank(cell))
