"""Ballots on paper: every owner's is there with its number, area and a code that reads."""

import pypdfium2
import pytest

from app.errors import DomainError
from app.reports import ballot, tally_sheet
from app.reports.ballot import LAYOUTS, Layout, Slip
from tests.reports.reading import text_by_pdfium
from tests.reports.vote_papers import ballots
from tests.reports.vote_papers import tally_sheet as example


@pytest.mark.parametrize("layout", LAYOUTS, ids=[str(one.count) for one in LAYOUTS])
def test_each_owner_has_a_ballot_that_names_what_is_his(layout: Layout) -> None:
    names = [f"业主{number}" for number in range(1, 10)]
    pdf = ballot.render(ballots(*names, layout=layout))
    text = text_by_pdfium(pdf)
    assert len(pypdfium2.PdfDocument(pdf)) == -(-9 // layout.count)
    for number, name in enumerate(names, start=1):
        assert f"业主：{name}" in text
        assert f"第 {number} 号" in text
        assert f"BP12-{number}" in text
    assert text.count("98.50") == 9
    assert text.count("赞成") == 9


def test_ballots_without_a_name_say_nothing_that_tells_them_apart() -> None:
    text = text_by_pdfium(ballot.render(ballots(slips=[Slip()] * 8)))
    assert text.count("表决票") + text.count("表 决 票") == 8
    for word in ("号　", "签名", "业主：", "BP"):
        assert word not in text


def test_plans_to_choose_from_stand_below_each_other_in_full() -> None:
    plans = ("先到先停，不划线", "按户摇号，一年一换，费用用于更换楼道和院内路灯", "弃权")
    text = text_by_pdfium(ballot.render(ballots(slips=[Slip()] * 8, choices=plans)))
    joined = "".join(text.split())
    assert all("".join(plan.split()) in joined for plan in plans)


def test_a_long_motion_is_made_small_and_kept_whole() -> None:
    words = "使用维修资金大修电梯，" * 60 + "完。"
    text = text_by_pdfium(ballot.render(ballots("王秀兰", words=words, layout=LAYOUTS[1])))
    assert "".join(text.split()).count("使用维修资金大修电梯") == 60


def test_what_would_be_too_small_to_be_read_is_not_printed() -> None:
    words = "使用维修资金大修电梯，" * 60
    with pytest.raises(DomainError, match="每张纸 8 张印不下"):
        ballot.render(ballots("王秀兰", words=words, layout=LAYOUTS[2]))
    plans = (*(f"方案{number}，一年一换" for number in range(5)), "弃权")
    with pytest.raises(DomainError, match="印不下"):
        ballot.render(ballots("王秀兰", choices=plans, layout=LAYOUTS[2]))
    assert ballot.render(ballots("王秀兰", choices=plans, layout=LAYOUTS[1]))


def test_the_sheet_to_count_by_has_room_for_strokes_and_names_its_rule() -> None:
    text = text_by_pdfium(tally_sheet.render(example()))
    joined = "".join(text.split())
    for words in ("唱一票画一笔", "182,340.00", "监票人", "民法典第二百七十八条", "无效"):
        assert words in joined
