"""Reading the yearly order on days off (节假日安排), as text or as JSON.

The text is the one that the State Council publishes: 一、元旦：1月1日（周四）至3日（周六）放假调休.
1月4日（周日）上班. Typed variants are taken too: 五月一日至5日放假.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_HEADING = re.compile(
    r"(?:^|[。；;\s年])(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．])?\s*"
    r"(元旦|春节|清明节?|劳动节|五一|端午节?|中秋节?|国庆节?|国庆)"
    r"(?:[、和]\s*(中秋节?|国庆节?))?\s*[：:，,]"
)
_YEAR = re.compile(r"(20\d\d)\s*年\s*(?:部分|全国)?(?:节假日|放假)")
_ANY_YEAR = re.compile(r"(20\d\d)\s*年")
_CLAUSE = re.compile(r"[^，,。；;\n]+")
_DAY = re.compile(
    rf"(?:(20\d\d)\s*年)?\s*(?:({_NUMBER})\s*月)?\s*({_NUMBER})\s*[日号](?!上午|下午)"
)
_RANGE = re.compile(r"^\s*(?:[（(][^）)]*[）)])?\s*(?:至|到|-|—|－|~|～)\s*$")
_NOTES = re.compile(r"[（(][^）)]*[）)]")
_FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节"}
_FULL_NAMES |= {"五一": "劳动节"}
_LONGEST_DAYS = 20


@dataclass(frozen=True, slots=True)
class OrderedDay:
    """One day of an order: off, or worked in exchange."""

    day: date
    works: bool
    name: str


def read_order(text: str, *, year: int) -> list[OrderedDay]:
    """The days of an order in words, in their order; ValueError for a day that does not exist."""
    named = _YEAR.search(text) or _ANY_YEAR.search(text)
    own = int(named.group(1)) if named else year
    found: dict[date, OrderedDay] = {}
    for name, part in _parts(text):
        for one in _days_of(name, part, own):
            found[one.day] = one
    return [found[day] for day in sorted(found)]


def read_json(text: str) -> list[OrderedDay]:
    """Days of {"days": [{"name", "date", "isOffDay"}]} or of such a list; ValueError otherwise."""
    data = json.loads(text)
    entries = data.get("days", []) if isinstance(data, dict) else data
    if not isinstance(entries, list):
        raise ValueError("no list of days")
    found = [_of_entry(entry) for entry in entries]
    return sorted(found, key=lambda one: one.day)


def _of_entry(entry: Any) -> OrderedDay:
    if not isinstance(entry, dict) or not isinstance(entry.get("date"), str):
        raise ValueError("a day without a date")
    off = entry.get("isOffDay")
    if not isinstance(off, bool):
        raise ValueError("a day that is neither off nor worked")
    name = str(entry.get("name") or "节假日")[:30]
    return OrderedDay(
        date.fromisoformat(entry["date"]), not off, name if off else f"{name}调休上班"
    )


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The holidays and what is said about each; text without headings is one part."""
    marks = list(_HEADING.finditer(text))
    if not marks:
        yield "节假日", text
        return
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        names = [_FULL_NAMES.get(name, name) for name in mark.groups() if name]
        yield "、".join(names), text[mark.end() : after.start() if after else len(text)]


def _days_of(name: str, part: str, year: int) -> Iterator[OrderedDay]:
    """Days are gathered clause by clause until one says what they are: 放假 or 上班."""
    waiting: list[date] = []
    month = 0
    for clause in _CLAUSE.findall(_NOTES.sub("", part)):
        for day in _days_in(clause, year, month, begins_before="元旦" in name):
            waiting.append(day)
            month = day.month
        works = "上班" in clause
        if works or any(word in clause for word in ("放假", "休息", "调休", "补休")):
            words = f"{name}调休上班" if works else name
            yield from (OrderedDay(day, works, words) for day in waiting)
            waiting = []


def _days_in(clause: str, year: int, month: int, *, begins_before: bool) -> Iterator[date]:
    """The days that a clause names; from ... 至 ... takes all between.

    `begins_before`: December is the one before, as in 元旦：12月31日至1月2日.
    """
    before: re.Match[str] | None = None
    first: date | None = None
    for match in _DAY.finditer(clause):
        if match.group(2):
            month = number(match.group(2))
        if not month:
            continue
        own = year - (begins_before and month == 12)
        day = date(int(match.group(1) or own), month, number(match.group(3)))
        if before and first and _RANGE.match(clause[before.end() : match.start()]):
            span = (day - first).days
            if not 0 < span <= _LONGEST_DAYS:
                raise ValueError("a holiday that ends before it begins, or never")
            yield from (first + timedelta(days=n) for n in range(1, span + 1))
        else:
            yield day
        before, first = match, day


def number(words: str) -> int:
    """3, 三, 十, 十二, 二十, 二十一 as figures."""
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.partition("十")
    if not ten:
        return _DIGITS[words]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
