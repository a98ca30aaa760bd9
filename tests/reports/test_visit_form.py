from pathlib import Path

import pytest

from app.reports.missing import MissingGlyph
from app.reports.visit_form import render
from tests.reports.papers import LONG_NAME, visit, visit_forms
from tests.reports.reading import MM, all_readings, characters, page_count, page_texts, rows


def test_every_household_has_a_page_with_its_people(tmp_path: Path) -> None:
    data = render(visit_forms(visit("王秀兰", "李𣲗"), visit("赵𰀀", LONG_NAME)))

    assert page_count(data) == 2
    for reading in all_readings(data, tmp_path):
        for name in ("王秀兰", "李𣲗", "赵𰀀"):
            assert name in reading
    assert LONG_NAME in "".join(page_texts(data)[1].split())


def test_what_is_not_registered_is_said_and_the_record_is_left_to_be_written() -> None:
    text = page_texts(render(visit_forms(visit(place="", phone=""))))[0]

    assert text.count("未登记") == 2
    for words in (
        "走访时间",
        "走访事由",
        "安全情况",
        "情况变化",
        "反映问题",
        "答复处理",
        "住户签字",
    ):
        assert words in text


@pytest.mark.parametrize("people", range(1, 40, 3))
def test_the_record_is_never_divided_however_many_people_there_are(people: int) -> None:
    data = render(visit_forms(visit("王秀兰", *(f"成员{n}" for n in range(1, people)))))

    *_, last = characters(data)
    words = "".join(rows(last).values())
    assert "走访时间" in words
    assert "住户签字" in words
    assert max(c.bottom for c in last) < (297 - 5) * MM
    whole = "".join("".join(page_texts(data)).split())
    assert all(f"成员{n}男" in whole or f"成员{n}子男" in whole for n in range(1, people))


def test_the_room_to_write_fills_the_page() -> None:
    (few,) = characters(render(visit_forms(visit("王秀兰"))))
    (more,) = characters(render(visit_forms(visit("王秀兰", "甲", "乙", "丙"))))

    def signature(page: list) -> float:  # type: ignore[type-arg]  # characters of one page
        return next(c.baseline for c in page if c.text == "签")

    assert signature(few) == signature(more)


def test_no_households_give_a_page_that_says_so() -> None:
    (text,) = page_texts(render(visit_forms()))

    assert "没有符合条件的住户" in text


def test_a_hundred_households_are_a_hundred_pages() -> None:
    texts = page_texts(render(visit_forms(*(visit(f"户主{n:03d}") for n in range(100)))))

    assert len(texts) == 100
    assert all(f"户主{n:03d}" in text for n, text in enumerate(texts))


def test_each_unprintable_member_is_told_once() -> None:
    with pytest.raises(MissingGlyph) as caught:
        render(visit_forms(visit("张\ue863", "李四"), visit("王秀兰", "赵\U0003134b")))

    places = caught.value.places
    assert [(place.text, place.whose) for place in places] == [
        ("张\ue863", "张\ue863"),
        ("赵\U0003134b", "王秀兰"),
    ]
