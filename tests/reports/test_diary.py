"""The sheet of a day and the month of the diary, read back."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.reports.diary_month import MonthDay, MonthLine
from app.reports.diary_month import render as render_month
from app.reports.diary_sheet import render as render_sheet
from app.reports.missing import MissingGlyph
from tests.reports.papers import DAY, diary_day, diary_line, diary_month, diary_sheet
from tests.reports.reading import MM, characters, page_count, page_texts, rows

JPEG_HEAD = b"\xff\xd8"


def squeezed(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def test_the_blank_sheet_has_room_for_handwriting_and_the_numbers_that_are_typed_back() -> None:
    data = render_sheet(diary_sheet(on_date=None, weather="", blank_rows=6))

    [page] = characters(data)
    words = "".join("".join(rows(page).values()).split())
    assert words.count("□1巡查") == 6
    for told in ("年月日", "□晴", "类别：1矛盾纠纷2安全隐患", "隐患：1消防2燃气3电动车飞线"):
        assert told in words
    assert "■" not in words
    ticks = sorted(c.baseline for c in page if c.text == "巡")
    assert min(b - a for a, b in pairwise(ticks)) > 20 * MM


def test_the_filled_sheet_ticks_the_weather_and_goes_on_with_blank_lines() -> None:
    text = squeezed(render_sheet(diary_sheet("王秀兰 3-2-301", "小广场")))

    assert "■晴" in text
    assert "2026年11月21日星期六" in text
    for told in ("王秀兰3-2-301", "楼道里三辆电动车从四楼拉线充电", "已劝导，改日复查"):
        assert told in text
    assert text.count("□1巡查") == 2
    assert "内部资料" in text


@pytest.mark.parametrize("lines", [13, 40])
def test_no_line_of_a_full_day_is_lost_between_pages(lines: int) -> None:
    data = render_sheet(diary_sheet(*(f"地点{n:02d}" for n in range(lines)), blank_rows=0))

    text = squeezed(data)
    assert all(f"地点{n:02d}" in text for n in range(lines))
    for page in characters(data):
        assert max(c.bottom for c in page) < 208 * MM


def test_a_weather_without_a_box_stands_alone() -> None:
    text = squeezed(render_sheet(diary_sheet("小广场", weather="雷雨")))

    assert "天气：雷雨" in text
    assert "□晴" not in text


def test_a_month_has_a_heading_for_each_day_and_the_counts_at_its_end() -> None:
    data = render_month(diary_month(diary_day(DAY, "王秀兰", "李𣲗"), diary_day(DAY, "小广场")))

    text = squeezed(data)
    assert page_count(data) == 1
    assert text.count("11月21日星期六晴") == 2
    assert "1.入户王秀兰" in text
    assert "2.入户李𣲗" in text
    assert "本月：巡查12条入户5条隐患3条" in text
    assert text.index("本月") > text.index("小广场")


def test_a_day_that_runs_over_says_so_and_no_heading_stands_alone() -> None:
    first = date(2026, 11, 1)
    days = [
        diary_day(first + timedelta(days=n), *(f"地点{n:02d}{m}" for m in range(n % 7 + 1)))
        for n in range(15)
    ]
    data = render_month(diary_month(*days))

    assert "（续）" in squeezed(data)
    whole = squeezed(data)
    assert all(f"地点{n:02d}{m}" in whole for n in range(15) for m in range(n % 7 + 1))
    for page in characters(data):
        lines = [text for _, text in sorted(rows(page).items())]
        body = [text for text in lines if "内部资料" not in text]
        assert "星期" not in body[-1]
        assert max(c.bottom for c in page) < 292 * MM


def test_a_month_without_lines_says_so() -> None:
    assert "这个月还没有日记" in squeezed(render_month(diary_month(counts=())))


def test_a_damaged_picture_leaves_its_place_empty() -> None:
    line = MonthLine(line=diary_line("小广场"), photos=(JPEG_HEAD + b"nothing",))

    text = squeezed(render_month(diary_month(MonthDay(DAY, "", [line]))))

    assert "小广场" in text


def test_what_cannot_be_printed_is_told_with_whose_line_it_is() -> None:
    with pytest.raises(MissingGlyph, match="王秀兰 的"):
        render_month(diary_month(MonthDay(DAY, "", [MonthLine(line=bad())])))
    with pytest.raises(MissingGlyph, match="王秀兰 的"):
        render_sheet(diary_sheet(lines=[bad()]))


def bad() -> object:
    return diary_line("王秀兰", seen="张\ue863家漏水")
