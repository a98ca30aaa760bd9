"""成员名册 and 业主清册, read back."""

from app.reports import body_roster
from tests.reports import body_papers
from tests.reports.reading import text_by_pdfium


def test_a_roster_says_whose_it_is_and_how_the_law_sees_its_composition() -> None:
    text = text_by_pdfium(body_roster.render(body_papers.members("王秀兰", "李建国")))
    assert "望海社区第六届居民代表会议成员名册" in text
    assert "54 × 5 = 270" in text
    assert "居民代表、居委会成员" in text.replace("\n", "")
    assert "共 2 人" in text


def test_a_list_of_owners_has_the_sum_of_their_areas() -> None:
    text = text_by_pdfium(body_roster.render(body_papers.owners("李建国", "陈桂芳", "孙玉梅")))
    assert "海棠苑业主大会业主清册" in text
    assert "合计" in text
    assert "541.50" in text
