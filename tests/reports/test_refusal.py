from pathlib import Path

import pytest

from app.reports.missing import MissingGlyph
from app.reports.refusal import render
from tests.reports.papers import LONG_NAME, refusal
from tests.reports.reading import all_readings, characters, page_count, page_texts

MM = 72 / 25.4


def squeezed(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def test_item_document_and_the_checked_way_are_on_the_sheet(tmp_path: Path) -> None:
    for reading in all_readings(render(refusal()), tmp_path):
        plain = "".join(reading.split())
        for words in (
            *("不予出具告知单", "王秀兰：", "您于2026年11月21日申请出具“单身证明”"),
            *("全国清单第8项“婚姻状况证明（婚姻关系证明、分居证明）”（民发〔2020〕20号）",),
            *("办理途径：查档、补证到婚姻登记机关", "依据：《婚姻登记条例》第八条"),
            *("经办人：赵敏", "申请人签收：", "0411-83000000"),
        ):
            assert words in plain, words


@pytest.mark.parametrize("where", ["", "  "])
def test_without_a_checked_way_the_sheet_advises_to_ask_and_names_no_law(where: str) -> None:
    text = squeezed(render(refusal(basis=" ", where_to_go=where)))

    assert "办理途径：请咨询有关部门。" in text
    assert "依据" not in text


def test_the_way_of_an_item_that_the_office_added_stands_without_a_law() -> None:
    text = squeezed(render(refusal(basis="", where_to_go="到开票单位补开。")))

    assert "办理途径：到开票单位补开。对本告知" in text
    assert "依据" not in text


def test_an_item_of_the_office_itself_has_no_document() -> None:
    text = squeezed(render(refusal(document="", item_number="本社区清单第 1 项")))

    assert "本社区清单第1项“婚姻状况证明（婚姻关系证明、分居证明）”。" in text
    assert "（）" not in text


def test_the_longest_answers_stay_on_one_sheet_above_the_receipt() -> None:
    data = render(
        refusal(
            applicant=LONG_NAME, matter="证明" * 60, where_to_go="去处" * 100, basis="依据" * 100
        )
    )

    assert page_count(data) == 1
    text = squeezed(data)
    assert LONG_NAME in text
    assert "去处" * 100 in text
    page = characters(data)[0]
    receipt = min(c.top for c in page if c.text == "签")
    assert max(c.bottom for c in page if c.text == "委") < receipt


def test_a_place_for_the_seal_is_there_only_where_it_is_wanted() -> None:
    assert "（盖章）" not in squeezed(render(refusal()))
    assert "（盖章）" in squeezed(render(refusal(seal_mark=True)))


def test_a_missing_character_names_the_applicant() -> None:
    with pytest.raises(MissingGlyph, match="王秀兰"):
        render(refusal(matter="证\ue001明"))
