from pathlib import Path

import pytest

from app.reports.missing import MissingGlyph
from app.reports.roster import COLUMNS, render
from tests.reports.papers import HOME, LONG_NAME, ROW, roster
from tests.reports.reading import MM, all_readings, characters, page_count, page_texts, rows


def many(count: int) -> list[str]:
    return [f"居民{number}" for number in range(1, count + 1)]


def test_every_name_can_be_read_back_also_beyond_the_basic_plane(tmp_path: Path) -> None:
    names = ("王秀兰", "李𣲗", "赵𬱖", "张𠊟", "赵𰀀", "陈䶮", "阿依古丽·买买提")

    for reading in all_readings(render(roster(*names)), tmp_path):
        for name in names:
            assert name in reading


def test_the_head_says_filter_count_day_and_who_printed() -> None:
    text = page_texts(render(roster("王秀兰", people=1234, households=567)))[0]

    assert "第三网格，60 岁以上" in text
    assert "共 1,234 人，567 户" in text
    assert "2026年11月21日" in text
    assert "赵敏 打印" in text


def test_every_page_repeats_the_heading_and_tells_its_number() -> None:
    texts = page_texts(render(roster(*many(60))))

    assert len(texts) == 3
    for number, text in enumerate(texts, start=1):
        assert all(column.title in text for column in COLUMNS)
        assert f"第 {number} 页　共 3 页" in text


def test_no_row_is_lost_or_doubled_between_pages() -> None:
    names = many(200)

    drawn = [line for page in characters(render(roster(*names))) for line in rows(page).values()]

    found = [name for line in drawn for name in names if f"{name}女" in line.replace(" ", "")]
    assert sorted(found) == sorted(names)


@pytest.mark.parametrize("per_page", [25, 40])
def test_as_many_rows_stand_on_a_page_as_were_asked_for(per_page: int) -> None:
    assert page_count(render(roster(*many(per_page), rows_per_page=per_page))) == 1
    assert page_count(render(roster(*many(per_page + 1), rows_per_page=per_page))) == 2


def test_a_long_cell_is_wrapped_inside_its_column() -> None:
    data = roster("王秀兰", LONG_NAME, "李四")
    assert len(LONG_NAME) > 55

    (page,) = characters(render(data))

    # The second of ten columns, by the proportions of their widths.
    left = 12 * MM
    scale = 273 * MM / sum(column.width for column in COLUMNS)
    start, end = left + 11 * scale, left + 41 * scale
    name = [c for c in page if c.text in "阿卜杜热西提托合尼亚孜吐尔逊江玉素甫"]
    assert len({c.baseline for c in name}) > 3
    assert all(start <= c.x and c.x_end <= end for c in name)


def test_a_cell_longer_than_a_page_goes_on_with_the_next(tmp_path: Path) -> None:
    note = "".join(f"第{number}次走访记录；" for number in range(1, 400))
    data = roster(rows=[(*ROW, *HOME[:2], note, HOME[3])], people=1)

    data_pdf = render(data)

    assert page_count(data_pdf) > 1
    text = "".join("".join(page_texts(data_pdf)).split())
    assert "第399次走访记录" in text


def test_an_empty_list_says_so_instead_of_being_blank() -> None:
    assert "没有符合条件的居民" in page_texts(render(roster()))[0]


def test_markup_and_control_characters_are_only_text() -> None:
    text = "".join(page_texts(render(roster("<b>王&amp;秀</b>", "李\x00四\x07")))[0].split())

    assert "<b>王&amp;秀</b>" in text
    assert "李四" in text


def test_all_unprintable_names_are_told_before_anything_is_drawn() -> None:
    with pytest.raises(MissingGlyph) as caught:
        render(roster("王秀兰", "张\ue863", "李四", "赵\U0003134b"))

    assert [place.text for place in caught.value.places] == ["张\ue863", "赵\U0003134b"]


def test_a_long_filter_moves_the_table_down_and_covers_nothing() -> None:
    words = "、".join(f"标签{number}" for number in range(90))

    (page,) = characters(render(roster("王秀兰", filter_words=words)))

    heading = next(c.top for c in page if c.text == "序")
    filter_end = max(c.bottom for c in page if c.text == "签" and c.baseline < heading)
    assert filter_end < heading
    day = next(c.x for c in page if c.text == "年" and c.baseline < heading)
    assert max(c.x_end for c in page if c.text == "签" and c.baseline < heading) < day


def test_other_columns_can_be_chosen() -> None:
    columns = (COLUMNS[1], COLUMNS[6])

    text = page_texts(render(roster(columns=columns, rows=[("王秀兰", "3-2-501")])))[0]

    assert "住址" in text
    assert "证件号" not in text
