"""决议, 办理进度 and the one sheet of a matter, read back from the PDF."""

from dataclasses import replace
from datetime import date, timedelta

import pypdfium2 as pdfium
import pytest

from app.reports import matter_sheet, progress_sheet, resolution_paper
from app.reports.missing import MissingGlyph
from app.reports.page import A3
from tests.reports.reading import text_by_pdfium
from tests.reports.resolution_papers import (
    matter,
    progress,
    progress_line,
    resolution,
    step,
)


def flat(pdf: bytes) -> str:
    return text_by_pdfium(pdf).replace("\r", "").replace("\n", "").replace(" ", "")


def pages(pdf: bytes) -> int:
    return len(pdfium.PdfDocument(pdf))


def test_the_resolution_says_who_decided_what_by_which_rule_and_who_sees_to_it() -> None:
    said = flat(resolution_paper.render(resolution()))
    for words in (
        "关于楼道照明改造的决议",
        "决-2026-012",
        "作出以下决议",
        "应到61人",
        "（居民委员会组织法第二十九条）",
        "25×2=50，大于43",
        "金城物业李𣲗",
    ):
        assert words in said


def test_an_opinion_is_never_called_a_decision() -> None:
    said = flat(resolution_paper.render(resolution(kind="协商意见", result="", proof="")))
    assert "形成以下意见" in said
    assert "决议" not in said


def test_the_board_shows_how_far_each_has_come_and_says_so_where_nothing_is_listed() -> None:
    lines = [progress_line(number) for number in range(1, 31)]
    pdf = progress_sheet.render(progress(*lines))
    assert pages(pdf) > 1
    said = flat(pdf)
    assert "决-2026-001" in said
    assert "决-2026-030" in said
    assert "没有符合的决议" in flat(progress_sheet.render(progress()))


def test_the_whole_way_stands_on_one_sheet_in_the_order_in_which_it_went() -> None:
    pdf = matter_sheet.render(matter())
    said = flat(pdf)
    assert pages(pdf) == 1
    order = ["居民提事（纸条）", "立题", "会议通知", "表决通过", "公示", "3、4号楼装完", "办结"]
    places = [said.index(words, said.index("一、居民提事")) for words in order]
    assert places == sorted(places)
    assert "历时59天" in said


def test_a_long_way_leaves_out_its_earliest_steps_of_progress_and_says_how_many() -> None:
    first = date(2026, 11, 12)
    steps = [
        step("四、落实", first + timedelta(days=n), "进展", f"第 {n} 步：又装了一层楼的灯", "")
        for n in range(60)
    ]
    whole = matter(*steps)
    pdf = matter_sheet.render(whole)
    said = flat(pdf)
    assert pages(pdf) == 1
    assert "步进展没有列出" in said
    assert "第59步" in said
    assert "第3步" not in said
    assert pages(matter_sheet.render(replace(whole, large=True))) == 1


def test_a_second_sheet_says_of_which_matter_it_is() -> None:
    first = date(2026, 11, 12)
    kept = [
        step("四、落实", first + timedelta(days=n), "进展", "楼" * 60, "", optional=False)
        for n in range(60)
    ]
    pdf = matter_sheet.render(matter(*kept))
    document = pdfium.PdfDocument(pdf)
    assert len(document) > 1
    second = "".join(document[1].get_textpage().get_text_bounded().split())
    assert second.startswith(f"一件事的来龙去脉（续）：{matter().title}")


def test_on_a3_it_is_the_same_sheet_in_larger_type() -> None:
    document = pdfium.PdfDocument(matter_sheet.render(matter(large=True)))
    assert [round(side) for side in document[0].get_size()] == [round(side) for side in A3]


def test_a_damaged_picture_leaves_the_words() -> None:
    broken = step("四、落实", date(2026, 12, 11), "进展", "拍了照", "", photos=(b"no picture",))
    assert "拍了照" in flat(matter_sheet.render(matter(broken)))


def test_a_character_that_no_font_has_is_told_before_anything_is_printed() -> None:
    with pytest.raises(MissingGlyph, match="楼道没有灯"):
        matter_sheet.render(matter(contact="\U0010fffd"))
