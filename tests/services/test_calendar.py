from datetime import date

import pytest

from app.errors import DomainError
from app.services import calendar

NOV_21 = date(2026, 11, 21)


@pytest.fixture
def seeded(clerk):
    clerk.do("导入节假日", calendar.seed)
    return clerk


def test_the_year_2026_is_there_from_the_start_with_worked_weekends(seeded):
    days = seeded.see(calendar.load)

    assert not days.works(date(2026, 10, 1))
    assert days.works(date(2026, 10, 10))
    assert not days.works(date(2026, 11, 22))
    assert len(seeded.see(lambda s: calendar.days(s, 2026))) == 39


def test_working_days_leave_out_the_holiday_and_count_the_saturday_in_exchange(seeded):
    days = seeded.see(calendar.load)

    assert days.working_day(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert days.working_day(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert days.working_days(date(2026, 9, 28), date(2026, 10, 10)) == 6


def test_a_year_without_data_is_reckoned_by_weekdays_and_says_so(seeded):
    days = seeded.see(calendar.load)

    assert not days.works(date(2027, 5, 1))
    assert days.works(date(2027, 5, 3))
    assert days.guessed(date(2026, 12, 28), date(2027, 1, 4))
    assert not days.guessed(date(2026, 1, 1), date(2026, 12, 31))


def test_seeding_twice_changes_nothing(seeded):
    before = seeded.see(calendar.days)

    seeded.do("导入节假日", calendar.seed)

    assert seeded.see(calendar.days) == before


def test_a_span_typed_by_hand_is_entered_changed_and_taken_out(seeded):
    def enter(name, works=False):
        return lambda s: calendar.set_span(
            s, first=date(2027, 2, 5), last=date(2027, 2, 8), works=works, name=name
        )

    assert seeded.do("填写春节", enter("春节")) == 4
    assert seeded.do("填写春节", enter("春节")) == 0
    assert seeded.do("改正春节", enter("春节调休上班", works=True)) == 4

    entered = seeded.see(lambda s: calendar.days(s, 2027))
    assert {(one.works, one.name) for one in entered} == {(True, "春节调休上班")}

    seeded.do("删除", lambda s: calendar.remove(s, [one.id for one in entered]))
    assert seeded.see(lambda s: calendar.days(s, 2027)) == []


def test_entering_days_can_be_taken_back(seeded):
    seeded.do(
        "填写元旦",
        lambda s: calendar.set_span(
            s, first=date(2027, 1, 1), last=date(2027, 1, 3), works=False, name="元旦"
        ),
    )

    seeded.undo_last()

    assert seeded.see(lambda s: calendar.days(s, 2027)) == []


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2027, 1, 3), date(2027, 1, 1), "元旦"),
        (date(2027, 1, 1), date(2027, 6, 1), "元旦"),
        (date(2027, 1, 1), date(2027, 1, 3), " "),
        (date(2027, 1, 1), date(2027, 1, 3), "节" * 41),
    ],
)
def test_a_span_that_cannot_be_is_refused(seeded, first, last, name):
    with pytest.raises(DomainError):
        seeded.do(
            "填写", lambda s: calendar.set_span(s, first=first, last=last, works=False, name=name)
        )


@pytest.mark.parametrize("text", ["", "今天天气很好", "{坏的", "2月30日放假", "[" * 5000])
def test_pasted_text_without_days_changes_nothing_and_says_why(seeded, text):
    with pytest.raises(DomainError):
        calendar.read_pasted(text, year=2027)


def test_pasted_days_are_counted_as_new_only_where_they_differ(seeded):
    found = calendar.read_pasted("元旦：1月1日至3日放假，1月4日上班", year=2026)

    assert seeded.do("导入节假日", lambda s: calendar.enter(s, found)) == 0
