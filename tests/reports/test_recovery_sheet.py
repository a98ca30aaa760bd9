import pytest

from app.reports.missing import MissingGlyph
from app.reports.recovery_sheet import render
from tests.reports.papers import recovery_sheet
from tests.reports.reading import characters, page_count, page_texts, rows


def test_there_are_two_sheets_which_tell_their_number() -> None:
    texts = page_texts(render(recovery_sheet()))

    assert ["第 1 张，共 2 张" in texts[0], "第 2 张，共 2 张" in texts[1]] == [True, True]
    assert page_count(render(recovery_sheet(copies=3))) == 3


def test_six_groups_stand_in_reading_order_on_every_sheet() -> None:
    for page in characters(render(recovery_sheet())):
        large = [c for c in page if c.size == 30]
        assert list(rows(large).values()) == ["K7QM2XVD9RTA", "H4PEW8NC6JYB"]


def test_the_sheet_says_what_it_is_for_and_where_it_belongs() -> None:
    text = "".join(page_texts(render(recovery_sheet()))[0].split())

    for words in ("书记签字", "保管地点", "用过一次即作废", "WH-2026-7C1E", "2026年11月20日"):
        assert words in text


def test_the_groups_are_drawn_and_nowhere_else_in_the_file() -> None:
    data = render(recovery_sheet())

    assert b"K7QM" not in data
    assert b"6JYB" not in data


def test_an_office_whose_name_cannot_be_printed_is_told() -> None:
    with pytest.raises(MissingGlyph):
        render(recovery_sheet(office="望\ue000社区"))
