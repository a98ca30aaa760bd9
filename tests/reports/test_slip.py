"""兑换小票 on a roll of 58 mm and on A5: what is read, what a scanner reads, what fits."""

import pypdfium2
import pytest
import zxingcpp

from app.errors import DomainError
from app.reports import barcode, slip
from app.reports.missing import MissingGlyph
from app.reports.page import MM
from app.reports.slip import A5, ROLL, Bars, SlipItem, SlipPaper, Words
from tests.reports import papers
from tests.reports.reading import characters, text_by_pypdf

PAPERS = pytest.mark.parametrize("paper", [ROLL, A5], ids=["roll", "a5"])


@PAPERS
def test_a_slip_says_who_took_what_and_what_is_left(paper: SlipPaper) -> None:
    text = text_by_pypdf(slip.render(papers.slip("王秀兰", paper=paper)))
    flat = "".join(text.split())

    for words in ("王秀兰（卡0132）", "洗衣液2kg×1", "本次扣分53", "兑换前126", "现有积分73"):
        assert words in flat
    assert "志愿服务时长86.5小时不变" in flat
    assert "领取人签字" in flat


def test_a_sample_that_asks_for_more_than_there_is_says_how_much_is_missing() -> None:
    said = [
        one.text
        for one in slip.laid_out(papers.slip("王秀兰", before=41)).marks
        if isinstance(one, Words)
    ]

    assert said[said.index("还差积分") + 1] == "12"
    assert not any("-12" in words for words in said)


@PAPERS
def test_a_scanner_reads_the_number_of_the_slip(paper: SlipPaper) -> None:
    document = pypdfium2.PdfDocument(slip.render(papers.slip("王秀兰", paper=paper)))
    picture = document[0].render(scale=4).to_pil()

    assert [one.text for one in zxingcpp.read_barcodes(picture)] == ["DH-20261121-031"]


def test_a_roll_is_cut_where_the_slip_ends_and_inks_what_the_head_can() -> None:
    short = slip.laid_out(papers.slip("王秀兰"))
    many = tuple(SlipItem(f"香皂 {n} 号 ×1", 9) for n in range(12))
    long = slip.laid_out(papers.slip("王秀兰", items=many))

    assert short.width == long.width == 58 * MM
    assert long.height > short.height
    [page] = characters(slip.render(papers.slip("王秀兰", items=many)))
    assert min(one.x for one in page) >= 5 * MM - 0.1
    assert max(one.x for one in page) <= 53 * MM


def test_a_name_that_is_longer_than_the_line_goes_below_its_label() -> None:
    found = slip.laid_out(papers.slip(papers.LONG_NAME))
    words = [mark for mark in found.marks if isinstance(mark, Words)]
    label = next(mark for mark in words if mark.text == "姓名")
    name = next(mark for mark in words if mark.text.startswith("阿卜杜热西提"))

    assert name.y > label.y
    assert name.align == "right"


def test_an_article_too_long_for_a_line_has_its_points_in_the_last() -> None:
    found = slip.laid_out(papers.slip("王秀兰"))
    words = [mark for mark in found.marks if isinstance(mark, Words)]
    figure = next(mark for mark in words if mark.text == "18")
    beside = [mark.text for mark in words if mark.y == figure.y and mark is not figure]

    assert beside == ["125 g ×2"]


def test_a_preview_without_a_number_has_no_barcode_and_says_that_nothing_is_booked() -> None:
    found = slip.laid_out(papers.slip("王秀兰", number=""))

    assert not any(isinstance(mark, Bars) for mark in found.marks)
    words = [mark.text for mark in found.marks if isinstance(mark, Words)]
    assert "（样张，还没有兑换）" in words


def test_a_name_that_no_font_has_is_told() -> None:
    with pytest.raises(MissingGlyph):
        slip.render(papers.slip("王\U0003fffd"))


def test_a_barcode_holds_no_chinese() -> None:
    with pytest.raises(DomainError, match="不能印成条码"):
        barcode.stripes("洗衣液")


def test_the_bars_of_a_code_lie_side_by_side_and_end_with_a_bar() -> None:
    stripes = barcode.stripes("0207")
    ends = [place + width for place, width in stripes]

    assert all(end < place for end, (place, _) in zip(ends, stripes[1:], strict=False))
    # Start, two pairs of figures or four signs, check and stop: whole symbols of 11 modules.
    assert (barcode.modules("0207") - 13) % 11 == 0
