from datetime import date
from pathlib import Path

import pytest

from app.reports.info_sheet import Event, Member, render, render_many
from app.reports.missing import MissingGlyph
from tests.reports.papers import LONG_NAME, info_sheet
from tests.reports.reading import all_readings, characters, page_count, page_texts


def squeezed(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def test_everything_held_on_a_person_is_on_one_page(tmp_path: Path) -> None:
    data = render(info_sheet(former_name="王桂兰"))

    assert page_count(data) == 1
    for reading in all_readings(data, tmp_path):
        plain = "".join(reading.split())
        for words in (
            *("王秀兰", "王桂兰", "1960年1月18日（66岁）", "210214196001181827", "汉族"),
            *("中共党员", "高中", "已婚", "13812340612、0411-83000000", "大连机床厂（退休）"),
            *("3号楼2单元501", "第三网格", "望海路118号", "人户一致", "WH-0312", "户主"),
            *("独居老人（2024-03-01起，走访登记）", "志愿者", "2026年3月5日书面同意"),
            *("履行法定职责", "2026-11查看3次、打印1次"),
            *("腿脚不便", "李𣲗", "配偶", "1958-02-03", "2009-04-16", "自甘井子区迁入"),
            *("2026年11月20日09:14", "周立群", "2026年11月21日09:30", "赵敏打印"),
        ):
            assert words in plain, words


def test_what_is_not_held_is_said_to_be_unrecorded() -> None:
    text = squeezed(
        render(info_sheet(former_name="", phones=(), work="", tags=(), note="", birth_date=None))
    )

    assert text.count("未登记") == 6


def test_a_person_without_household_members_or_events_has_no_empty_tables() -> None:
    text = squeezed(render(info_sheet(members=(), events=())))

    assert "同户成员" not in text
    assert "变动" not in text


def test_household_members_without_birth_dates_have_no_empty_column() -> None:
    member = Member(name="李四", relation="子", sex="男", birth_date=None, age=41)

    text = squeezed(render(info_sheet(members=(member,))))

    assert "李四子男41" in text
    assert text.count("出生日期") == 1


def test_a_long_history_is_set_smaller_to_stay_on_one_page() -> None:
    events = tuple(Event(day=date(2000 + i, 1, 1), kind="换户") for i in range(14))

    small = render(info_sheet(events=events))

    assert page_count(small) == 1
    size_of = lambda data: next(c.size for c in characters(data)[0] if c.text == "族")  # noqa: E731
    assert size_of(small) < size_of(render(info_sheet()))


def test_a_history_beyond_a_page_goes_on_with_heading_and_page_numbers() -> None:
    events = tuple(
        Event(day=date(1950 + i, 1, 1), kind="换户", words=f"第{i}次") for i in range(80)
    )

    texts = page_texts(render(info_sheet(events=events)))

    assert len(texts) > 1
    assert f"第 1 页　共 {len(texts)} 页" in texts[0]
    assert "变动（续）" in texts[1]
    assert "日期" in texts[1]
    joined = "".join("".join(texts).split())
    assert all(f"第{i}次" in joined for i in range(80))


def test_a_name_of_sixty_characters_is_whole_and_inside_its_field() -> None:
    data = render(info_sheet(name=LONG_NAME))

    assert LONG_NAME in squeezed(data)
    (page,) = characters(data)
    assert max(c.x_end for c in page) < 210 / 25.4 * 72 - 18


def test_a_long_note_is_wrapped_not_cut() -> None:
    note = "".join(f"{i}号走访。" for i in range(120))

    data = render(info_sheet(note=note + "\n第二段。"))

    assert note + "第二段。" in squeezed(data)
    assert page_count(data) == 1


def test_many_sheets_are_one_file_with_one_set_of_fonts() -> None:
    people = [info_sheet(name=f"居民{i}") for i in range(20)]

    data = render_many(people)

    assert page_count(data) == 20
    assert len(data) < 4 * len(render(people[0]))
    assert [f"居民{i}" in text for i, text in enumerate(page_texts(data))] == [True] * 20


def test_one_person_gives_the_same_paper_alone_and_in_a_batch_of_one() -> None:
    assert render(info_sheet()) == render_many([info_sheet()])


def test_a_batch_names_everyone_who_cannot_be_printed_and_where() -> None:
    member = Member(name="李\ue001", relation="子", sex="男", birth_date=None, age=None)
    people = [
        info_sheet(name="张\ue863"),
        info_sheet(),
        info_sheet(name="赵四", members=(member,)),
    ]

    with pytest.raises(MissingGlyph) as caught:
        render_many(people)

    assert [(p.whose, p.text) for p in caught.value.places] == [
        ("张\ue863", "张\ue863"),
        ("赵四", "李\ue001"),
    ]
    assert "赵四 的“李□”" in str(caught.value)
