import re
from datetime import date

import pytest

from app.services import calendar
from app.values.holiday_order import OrderedDay, read_json, read_order

ORDER_2026 = """国务院办公厅关于2026年
部分节假日安排的通知
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2025年11月4日
"""


def days(found: list[OrderedDay], *, works: bool) -> list[str]:
    return [f"{one.day:%m-%d}" for one in found if one.works is works]


def test_the_order_of_2026_gives_the_days_that_come_with_the_program() -> None:
    assert set(read_order(ORDER_2026, year=2030)) == set(calendar.shipped())


@pytest.mark.parametrize(
    "typed",
    [
        "五月一日至5日放假",
        "劳动节：5月1日—5日放假",
        "五一：5 月 1 日到 5 月 5 日休息",
        "四、劳动节，五月一号至五月五号放假调休，共5天。",
    ],
)
def test_a_typed_line_is_read_whichever_way_it_was_written(typed: str) -> None:
    found = read_order(typed, year=2027)

    assert days(found, works=False) == ["05-01", "05-02", "05-03", "05-04", "05-05"]
    assert {one.day.year for one in found} == {2027}


def test_a_year_in_the_text_counts_and_worked_weekends_are_told_from_days_off() -> None:
    found = read_order("2028年国庆节：10月1日至3日放假，10月8日、十月十四日上班", year=2026)

    assert days(found, works=False) == ["10-01", "10-02", "10-03"]
    assert days(found, works=True) == ["10-08", "10-14"]
    assert found[0] == OrderedDay(date(2028, 10, 1), False, "国庆节")
    assert found[-1].name == "国庆节调休上班"


@pytest.mark.parametrize(
    "pasted",
    [
        pytest.param(
            ORDER_2026.replace("通知如下。", "通知如下").replace("\n", ""), id="without line breaks"
        ),
        pytest.param(
            ORDER_2026.translate({ord(str(n)): 0xFF10 + n for n in range(10)}), id="wide figures"
        ),
        pytest.param(
            ORDER_2026.partition("通知\n")[2].replace("国务院批准", "国务院批准，根据2024年的办法"),
            id="without the title",
        ),
        pytest.param(
            re.sub(r"（[^）]*）至(\d+)日", r"-\1日", ORDER_2026).replace("1日-", "1-"),
            id="10月1-7日",
        ),
        pytest.param(ORDER_2026.replace("上班", "补班"), id="补班"),
        pytest.param(ORDER_2026.replace("2026年", "二〇二六年"), id="the year in words"),
    ],
)
def test_an_order_is_read_as_a_whole_however_it_was_pasted(pasted: str) -> None:
    assert set(read_order(pasted, year=2030)) == set(calendar.shipped())


def test_days_written_with_points_or_strokes_are_days_too() -> None:
    for typed in (
        "国庆节：10.1-10.3放假，10.10上班",
        "国庆节：2027-10-01至2027/10/3放假，10/10上班",
    ):
        found = read_order(typed, year=2027)

        assert days(found, works=False) == ["10-01", "10-02", "10-03"]
        assert days(found, works=True) == ["10-10"]


def test_the_day_when_work_begins_again_is_no_exchange() -> None:
    found = read_order("春节：2月15日至17日放假，2月18日起正常上班。", year=2026)

    assert days(found, works=False) == ["02-15", "02-16", "02-17"]
    assert days(found, works=True) == []


def test_a_weekday_that_does_not_fit_the_year_is_a_fault() -> None:
    with pytest.raises(ValueError, match="weekday"):
        read_order("国庆节：10月1日（周四）至7日放假", year=2027)


def test_new_year_may_begin_in_the_december_before() -> None:
    found = read_order("元旦：12月31日至1月1日放假", year=2027)

    assert [one.day for one in found] == [date(2026, 12, 31), date(2027, 1, 1)]


def test_json_of_days_is_read_as_it_is_published() -> None:
    text = (
        '{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true},'
        '{"name": "春节", "date": "2027-02-14", "isOffDay": false}]}'
    )

    assert read_json(text) == [
        OrderedDay(date(2027, 1, 1), False, "元旦"),
        OrderedDay(date(2027, 2, 14), True, "春节调休上班"),
    ]


def test_json_by_days_of_the_year_is_read_too() -> None:
    text = (
        '{"code": 0, "holiday": {'
        '"10-01": {"holiday": true, "name": "国庆节", "date": "2026-10-01"},'
        '"10-10": {"holiday": false, "name": "国庆节后补班", "target": "国庆节",'
        ' "date": "2026-10-10"}}}'
    )

    assert read_json(text) == [
        OrderedDay(date(2026, 10, 1), False, "国庆节"),
        OrderedDay(date(2026, 10, 10), True, "国庆节调休上班"),
    ]


@pytest.mark.parametrize("text", ["2月30日放假", "5月5日至1日放假"])
def test_days_that_cannot_be_are_a_fault_and_not_a_guess(text: str) -> None:
    with pytest.raises(ValueError, match=r"day is out of range|ends before it begins"):
        read_order(text, year=2026)


@pytest.mark.parametrize("text", ["[1]", '[{"date": "2027-01-01"}]', '{"days": 3}'])
def test_json_that_is_no_list_of_days_is_a_fault(text: str) -> None:
    with pytest.raises(ValueError, match=r"a day|no list"):
        read_json(text)
