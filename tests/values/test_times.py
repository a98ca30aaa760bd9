"""Times and hours as they are typed, and as they are said."""

import pytest

from app.values.times import (
    half_hours_between,
    hours_words,
    read_hours,
    read_time,
    span_words,
    time_words,
)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        *(("9", 540), ("9:30", 570), ("9：30", 570), ("0930", 570), ("930", 570), ("9.30", 570)),
        *(("9点半", 570), ("9点", 540), ("14点20分", 860), ("24:00", 1440), ("次日1:00", 1500)),
        *(("０９３０", 570), (" 9 : 30 ", 570), ("0", 0), ("次日 0:30", 1470)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, minutes: int) -> None:
    assert read_time(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["", "25", "9:60", "24:30", "上午", "9:30-11", "12345", "-1", "9.5"]
)
def test_what_is_no_time_is_none(typed: str) -> None:
    assert read_time(typed) is None


@pytest.mark.parametrize("minutes", [0, 540, 570, 1439, 1440, 1500, 2000])
def test_a_time_that_is_said_is_read_back(minutes: int) -> None:
    assert read_time(time_words(minutes)) == minutes


@pytest.mark.parametrize(
    ("typed", "half_hours"), [("2", 4), ("1.5", 3), ("2.0", 4), ("２小时", 4), ("0.5", 1)]
)
def test_hours_are_typed_in_halves(typed: str, half_hours: int) -> None:
    assert read_hours(typed) == half_hours


@pytest.mark.parametrize("typed", ["1.3", "1.25", "", "两小时", "-1", "100"])
def test_other_parts_of_an_hour_are_none(typed: str) -> None:
    assert read_hours(typed) is None


def test_hours_and_spans_are_said_in_one_way() -> None:
    assert hours_words(5) == "2.5 小时"
    assert hours_words(2468) == "1,234.0 小时"
    assert span_words(540, 1500) == "09:00–次日 01:00"
    assert half_hours_between(540, 655) == 3
    assert half_hours_between(655, 540) == 0
