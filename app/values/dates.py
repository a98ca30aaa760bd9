"""Dates in every spelling that offices use; what is no full date says how much it tells."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.values.text import Fault, compact, is_empty_word

EARLIEST_YEAR = 1900
# Day 0 of spreadsheets: they count a 29 February 1900 that never was, so 1 March 1900 is day 61.
_SERIAL_ORIGIN = date(1899, 12, 30)
_SERIAL_LAST = 73_050
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SIGN = r"[-./,、。_]"
_SEPARATED = re.compile(
    rf"(\d{{4}})(?:{_SIGN}|年)(\d{{1,2}})(?:(?:{_SIGN}|月)(\d{{1,2}})[日号]?|月?)"
    rf"(?:{_SIGN}|[T ]?\d\d?:\d\d.*)?$"
)
_SHORT_YEAR = re.compile(rf"(\d{{2}})(?:{_SIGN}|年)(\d{{1,2}})(?:{_SIGN}|月)(\d{{1,2}})[日号]?$")
_SHORT_YEAR_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{2})$")
_YEAR_ONLY = re.compile(r"(\d{4})年?$")
_YEAR_MONTH = re.compile(r"((?:18|19|20)\d{2})(0[1-9]|1[0-2])$")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_DAY_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})$")
_HAN_TENS = re.compile(r"(?:([一二三四五六七八九])?(十)([一二三四五六七八九])?)(?=[月日号])")


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """`value` only when year, month and day are all told; `precision` is day, month, year or ''."""

    value: date | None
    precision: str
    fault: Fault | None = None
    year: int | None = None
    month: int | None = None


_NOTHING = ParsedDate(None, "")


def parse_date(value: object, *, today: date) -> ParsedDate:
    """Read a date cell: date, datetime, serial, 1954.8.11, 1954年8月, 19540811, 195408, 1954.

    Never raises; a fault tells dates that do not exist, lie before 1900 or in the future.
    """
    if isinstance(value, datetime):
        return _checked(value.year, value.month, value.day, today)
    if isinstance(value, date):
        return _checked(value.year, value.month, value.day, today)
    if isinstance(value, bool) or value is None:
        return _NOTHING
    if isinstance(value, int | float):
        return _from_number(float(value), today)
    return _from_text(str(value), today)


def _from_number(number: float, today: date) -> ParsedDate:
    whole = int(number) if abs(number) < 1e9 else 0
    if EARLIEST_YEAR <= number < 2200 and number != whole:
        return _year_point_month(number, today)
    if number != whole and whole > _SERIAL_LAST:
        return _unreadable(str(number))
    text = str(whole)
    if len(text) in (4, 6, 8) and text[:2] in ("18", "19", "20"):
        return _from_text(text, today)
    if 61 <= whole <= _SERIAL_LAST:
        day = _SERIAL_ORIGIN + timedelta(days=whole)
        return _checked(day.year, day.month, day.day, today)
    return _NOTHING if whole == 0 and number == 0 else _unreadable(f"{number:g}")


def _year_point_month(number: float, today: date) -> ParsedDate:
    """1956.3 as a number is March; 1956.1 is January or a cut October, so the year alone."""
    digits = f"{number:.2f}".split(".")[1]
    if digits == "10":
        return ParsedDate(None, "year", year=int(number))
    month = int(digits.rstrip("0"))
    return _month_checked(int(number), month, today)


def _from_text(text: str, today: date) -> ParsedDate:
    squeezed = compact(text)
    if is_empty_word(squeezed):
        return _NOTHING
    plain = _han_to_digits(squeezed)
    if match := _SEPARATED.match(plain):
        year, month, day = match.groups()
        if day is None:
            return _month_checked(int(year), int(month), today)
        return _checked(int(year), int(month), int(day), today)
    return _from_digits(plain, squeezed, today)


def _from_digits(plain: str, shown: str, today: date) -> ParsedDate:
    if match := _YEAR_MONTH_DAY.match(plain):
        return _checked(int(match[1]), int(match[2]), int(match[3]), today)
    if match := _YEAR_MONTH.match(plain):
        return _month_checked(int(match[1]), int(match[2]), today)
    if match := _YEAR_ONLY.match(plain):
        return _year_checked(int(match[1]), today)
    if match := _DAY_LAST.match(plain):
        return _day_last(int(match[3]), int(match[1]), int(match[2]), today)
    if match := _SHORT_YEAR.match(plain) or _SHORT_YEAR_DIGITS.match(plain):
        return _short_year(int(match[1]), int(match[2]), int(match[3]), today)
    if plain.isdecimal() and len(plain) == 5:
        return _from_number(float(plain), today)
    return _unreadable(shown)


def _short_year(year: int, month: int, day: int, today: date) -> ParsedDate:
    """56-03-12 is 1956; 12-03-05 may be a child or a centenarian, so nothing is guessed."""
    if year > today.year % 100:
        return _checked(today.year // 100 * 100 - 100 + year, month, day, today)
    shown = f"{year:02}-{month:02}-{day:02}"
    fault = Fault("date_unreadable", f"日期“{shown}”只写了两位年份，分不清世纪，请写全四位。")
    return ParsedDate(None, "", fault)


def _day_last(year: int, first: int, second: int, today: date) -> ParsedDate:
    """3/8/1955 may be March or August: taken only when one of the two cannot be a month."""
    if first > 12 or first == second:
        return _checked(year, second, first, today)
    if second > 12:
        return _checked(year, first, second, today)
    fault = Fault(
        "date_unreadable", f"日期“{first}/{second}/{year}”分不清月和日，请写成“年-月-日”。"
    )
    return ParsedDate(None, "year", fault, year)


def _han_to_digits(text: str) -> str:
    """一九五六年三月十二日 -> 1956年3月12日."""
    if text.isascii():
        return text
    spelled = _HAN_TENS.sub(_tens, text)
    return spelled.translate(_HAN_DIGITS).replace("元月", "1月")


def _tens(match: re.Match[str]) -> str:
    tens = match[1] or "一"
    return f"{tens}{match[3] or '〇'}"


def _checked(year: int, month: int, day: int, today: date) -> ParsedDate:
    try:
        value = date(year, month, day)
    except ValueError:
        fault = Fault("date_unreadable", f"日期 {year}-{month}-{day} 不存在，请核对。")
        return ParsedDate(None, "", fault)
    fault_or_none = _range_fault(value, today)
    if fault_or_none:
        return ParsedDate(None, "", fault_or_none)
    return ParsedDate(value, "day", None, year, month)


def _month_checked(year: int, month: int, today: date) -> ParsedDate:
    if not 1 <= month <= 12:
        return ParsedDate(
            None, "", Fault("date_unreadable", f"日期 {year}年{month}月 不存在，请核对。")
        )
    fault = _range_fault(date(max(year, 1), month, 1), today)
    return ParsedDate(None, "", fault) if fault else ParsedDate(None, "month", None, year, month)


def _year_checked(year: int, today: date) -> ParsedDate:
    fault = _range_fault(date(max(year, 1), 1, 1), today)
    return ParsedDate(None, "", fault) if fault else ParsedDate(None, "year", None, year)


def _range_fault(value: date, today: date) -> Fault | None:
    if value.year < EARLIEST_YEAR:
        return Fault("date_too_early", f"日期 {value.isoformat()} 早于 1900 年，请核对。")
    if value > today:
        return Fault("date_future", f"日期 {value.isoformat()} 晚于今天，请核对。")
    return None


def _unreadable(shown: str) -> ParsedDate:
    return ParsedDate(
        None, "", Fault("date_unreadable", f"看不懂日期“{shown[:20]}”，请写成 1955-03-15。")
    )


def age_on(birth: date, day: date) -> int:
    """Full years (周岁) on `day`; a birthday counts from that day on."""
    before_birthday = (day.month, day.day) < (birth.month, birth.day)
    return day.year - birth.year - before_birthday
