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

from app.values.days import weekday

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_NAME = r"(?:元旦|春节|清明节?|劳动节|五一|端午节?|中秋节?|国庆节?)"
# A numbered name is a heading before figures too: 一、元旦1月1日至3日放假.
_HEADING = re.compile(
    r"(?:(?P<mark>[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)][、.．]?|[、.．]))|^|[。；;：:\s年])\s*"
    rf"(?P<name>{_NAME})(?:[、和与及暨]\s*(?P<other>{_NAME}))?"
    r"\s*(?:[：:，,]|(?(mark)(?:。|(?=\s*[\d（(]))|(?!)))"
)
_YEAR = re.compile(rf"(20\d\d)\s*年\s*(?:部分|全国)?(?:节假日|放假|{_NAME})")
_ANY_YEAR = re.compile(r"(20\d\d)\s*年")
_CLAUSE = re.compile(r"[^，,。；;\n]+")
_DAY = re.compile(
    rf"(?:(20\d\d)\s*年)?\s*(?:({_NUMBER})\s*月)?\s*({_NUMBER})\s*[日号](?!上午|下午)"
    r"(?:\s*(?:周|星期)([一二三四五六日天]))?"
)
_TO = r"(?:至|到|-|—|－|~|～)"
_RANGE = re.compile(rf"^\s*{_TO}\s*$")
_NOTES = re.compile(r"[（(][^）)]*[）)]")
_WEEKDAY = re.compile(r"(?:周|星期)[一二三四五六日天]")
# Figures and years as they are typed -> as the order writes them: 2026年, 10月1日.
_WIDE = {ord("０") + n: str(n) for n in range(10)}
_WORDED_YEAR = re.compile(r"二[〇零○一二三四五六七八九]{3}(?=\s*年)")
_SPELLINGS = (
    (re.compile(r"(20\d\d)\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})(?!\d)日?"), r"\1年\2月\3日"),
    (re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})(?![\d.月日号年天])"), r"\1月\2日"),
    (re.compile(rf"(月\s*\d{{1,2}})(?=\s*{_TO}\s*\d{{1,2}}\s*[日号])"), r"\1日"),
    (re.compile(r"(?<!\d)(\d{1,2})(?=(?:\s*[、和及]\s*\d{1,2})+\s*[日号])"), r"\1日"),
)
_WORKED = ("上班", "补班")
_RESUMED = ("起", "正常", "恢复")
_FREE = ("放假", "休息", "调休", "补休")
_FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节"}
_FULL_NAMES |= {"五一": "劳动节"}
_LONGEST_DAYS = 20
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class OrderedDay:
    """One day of an order: off, or worked in exchange."""

    day: date
    works: bool
    name: str


def read_order(text: str, *, year: int) -> list[OrderedDay]:
    """The days of an order in words, in their order; ValueError for a day that cannot be.

    A weekday beside a day must be that day's: it tells when the year is not the one meant.
    """
    text = _as_ordered(text)
    named = _YEAR.search(text) or _ANY_YEAR.search(text)
    own = int(named.group(1)) if named else year
    found: dict[date, OrderedDay] = {}
    for name, part in _parts(text):
        for one in _days_of(name, part, own):
            found[one.day] = one
    return [found[day] for day in sorted(found)]


def read_json(text: str) -> list[OrderedDay]:
    """Days of {"days": [{"name", "date", "isOffDay"}]}, of such a list, or of {"holiday":
    {"10-01": {"name", "date", "holiday"}}}; ValueError otherwise.
    """
    data = json.loads(text)
    entries = _entries(data) if isinstance(data, dict) else data
    if not isinstance(entries, list):
        raise ValueError("no list of days")
    found = [_of_entry(entry) for entry in entries]
    return sorted(found, key=lambda one: one.day)


def _entries(data: dict[str, Any]) -> Any:
    by_day = data.get("holiday")
    return list(by_day.values()) if isinstance(by_day, dict) else data.get("days", [])


def _of_entry(entry: Any) -> OrderedDay:
    if not isinstance(entry, dict) or not isinstance(entry.get("date"), str):
        raise ValueError("a day without a date")
    off = entry.get("isOffDay", entry.get("holiday"))
    if not isinstance(off, bool):
        raise ValueError("a day that is neither off nor worked")
    name = str(entry.get("target") or entry.get("name") or "节假日")[:30]
    return OrderedDay(
        date.fromisoformat(entry["date"]), not off, name if off else f"{name}调休上班"
    )


def _as_ordered(text: str) -> str:
    """The text with its figures, years and days written as in the order itself."""
    text = text.translate(_WIDE)
    text = _WORDED_YEAR.sub(lambda found: "".join(str(_DIGITS[c]) for c in found[0]), text)
    for typed, ordered in _SPELLINGS:
        text = typed.sub(ordered, text)
    return text


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The holidays and what is said about each; text without headings is one part."""
    marks = list(_HEADING.finditer(text))
    if not marks:
        named = {_FULL_NAMES.get(name, name) for name in re.findall(_NAME, text)}
        yield named.pop() if len(named) == 1 else "节假日", text
        return
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        names = [_FULL_NAMES.get(name, name) for name in mark.group("name", "other") if name]
        yield "、".join(names), text[mark.end() : after.start() if after else len(text)]


def _days_of(name: str, part: str, year: int) -> Iterator[OrderedDay]:
    """Days are gathered clause by clause until one says what they are: 放假 or 上班."""
    waiting: list[date] = []
    month = 0
    for clause in _CLAUSE.findall(_NOTES.sub(_weekday_of, part)):
        if "延长" in clause:
            raise ValueError("a holiday that is made longer does not tell its first day")
        for day in _days_in(clause, year, month, begins_before="元旦" in name):
            waiting.append(day)
            month = day.month
        if any(word in clause for word in _WORKED):
            # 2月24日（周二）起正常上班 is no exchange, 2月28日（周六）正常上班 is one.
            resumes = any(word in clause for word in _RESUMED)
            worked = [day for day in waiting if day.weekday() >= _SATURDAY or not resumes]
            yield from (OrderedDay(day, True, f"{name}调休上班") for day in worked)
            waiting = []
        elif any(word in clause for word in _FREE):
            yield from (OrderedDay(day, False, name) for day in waiting)
            waiting = []


def _weekday_of(note: re.Match[str]) -> str:
    """（农历正月初七、周一） says 周一, the rest of a note says nothing about days off."""
    said = _WEEKDAY.findall(note[0])
    return said[0] if len(said) == 1 else ""


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
        _check_weekday(day, match.group(4))
        if before and first and _RANGE.match(clause[before.end() : match.start()]):
            span = (day - first).days
            if not 0 < span <= _LONGEST_DAYS:
                raise ValueError("a holiday that ends before it begins, or never")
            yield from (first + timedelta(days=n) for n in range(1, span + 1))
        else:
            yield day
        before, first = match, day


def _check_weekday(day: date, said: str | None) -> None:
    if said and weekday(day) != said.replace("天", "日"):
        raise ValueError("a weekday that is not this day's: another year is meant")


def number(words: str) -> int:
    """3, 三, 十, 十二, 二十, 二十一 as figures."""
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.partition("十")
    if not ten:
        return _DIGITS[words]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
