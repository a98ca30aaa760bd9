"""What a column is by its content, for headings that are missing, odd or wrong."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import islice

from app.importing.cells import Cell, Row, at, is_blank
from app.importing.words import split_words
from app.values.codes import (
    DEFAULT_TAGS,
    EDUCATION,
    ETHNIC_GROUPS,
    MARITAL,
    POLITICAL_STATUS,
    RELATION,
    RESIDENCE_STATUS,
)
from app.values.documents import normalise_number
from app.values.names import clean_name
from app.values.surnames import surname_readings
from app.values.text import compact

SAMPLE = 200
_SHARE = 0.6
_ID = re.compile(r"(?a)\d{17}[\dX]$|\d{15}$")
_MOBILE = re.compile(r"(?a)1[3-9]\d{9}(?:\.0)?(?:\D|$)")
_DAY = re.compile(r"(?a)(?:19|20)\d\d[-./年]?(?:0?[1-9]|1[0-2])(?:[-./月]?(?:[0-2]?\d|3[01])日?)?$")
_NAME = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}$|[\u3400-\u9fff]+·[\u3400-\u9fff·]+$"
)
_WHOLE_ADDRESS = re.compile(r"(?a)\d+[^\d年月]{1,4}\d+[^\d年月]{1,4}\d{2,5}(?:室|号|房)?$")
_BUILDING = re.compile(r"(?a)(?:\d+|[一二三四五六七八九十]+)(?:号楼|栋|幢|#|#楼|号楼座)$")
_UNIT = re.compile(r"(?a)(?:\d|[一二三四五六七八九十]+)单元$")
_ROOM = re.compile(r"(?a)\d{3,4}室$")
_GRID = re.compile(r"(?:第?[一二三四五六七八九十\d]+网格|网格[一二三四五六七八九十\d]+)$")
_SURNAME_COMMON = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪"
    "翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄"
)


def _is_id(cell: Cell) -> bool:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return 1e14 <= abs(cell) < 1e18
    return isinstance(cell, str) and len(cell) >= 15 and bool(_ID.match(normalise_number(cell)))


def _is_phone(cell: Cell) -> bool:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return 1.3e10 <= cell < 2e10
    return isinstance(cell, str) and bool(_MOBILE.match(compact(cell).replace("-", "")))


def _is_day(cell: Cell) -> bool:
    if isinstance(cell, date | datetime):
        return True
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return 19_000_101 <= cell <= 21_001_231
    return isinstance(cell, str) and bool(_DAY.match(compact(cell)))


def _is_name(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    name = clean_name(cell)
    if not _NAME.match(name):
        return False
    return name[0] in _SURNAME_COMMON or name[:1] in surname_readings() or "·" in name


def _matches(pattern: re.Pattern[str]) -> Callable[[Cell], bool]:
    return lambda cell: isinstance(cell, str) and bool(pattern.match(compact(cell)))


def _in(find: Callable[[object], str | None]) -> Callable[[Cell], bool]:
    return lambda cell: isinstance(cell, str) and find(cell) is not None and not cell.isdigit()


def _has_tag(cell: Cell) -> bool:
    """True when one of the words of a cell is a known tag (低保、独居)."""
    if not isinstance(cell, str) or cell.isdigit():
        return False
    return any(DEFAULT_TAGS.find(word) for word in split_words(cell) if word)


# In the order in which they are tried: the sharper shape first.
_GUESSES: tuple[tuple[str, Callable[[Cell], bool], float], ...] = (
    ("document_number", _is_id, _SHARE),
    ("phones", _is_phone, _SHARE),
    ("sex", lambda cell: cell in ("男", "女"), 0.9),
    ("ethnic_group", _in(ETHNIC_GROUPS.find), 0.8),
    ("political_status", _in(POLITICAL_STATUS.find), 0.8),
    ("relation", _in(RELATION.find), 0.8),
    ("marital", _in(MARITAL.find), 0.8),
    ("education", _in(EDUCATION.find), 0.8),
    ("residence_status", _in(RESIDENCE_STATUS.find), 0.8),
    ("tags", _has_tag, 0.8),
    ("building", _matches(_BUILDING), 0.8),
    ("unit", _matches(_UNIT), 0.8),
    ("room", _matches(_ROOM), 0.8),
    ("address", _matches(_WHOLE_ADDRESS), _SHARE),
    ("grid", _matches(_GRID), 0.8),
    ("birth_date", _is_day, 0.8),
    ("name", _is_name, 0.7),
)
_TESTS = {field: test for field, test, _ in _GUESSES}


def sample_column(rows: Iterable[Row], column: int) -> list[Cell]:
    """The first filled cells of a column."""
    cells = (at(row, column) for row in rows if row)
    return list(islice((cell for cell in cells if not is_blank(cell)), SAMPLE))


def share(field: str, cells: Sequence[Cell]) -> float:
    """How much of a sample looks like a field; 0 for an empty sample."""
    test = _TESTS[field]
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def guess(cells: Sequence[Cell]) -> str:
    """The field that a sample looks like, '' when none."""
    if not cells:
        return ""
    return next((field for field, _, least in _GUESSES if share(field, cells) >= least), "")
