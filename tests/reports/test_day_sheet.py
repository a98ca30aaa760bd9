"""走访单: nobody is lost between pages, every row has its code, the boxes are the keys."""

import pypdfium2
import pytest

from app.reports import day_sheet
from app.reports.missing import MissingGlyph
from app.services.visit_sheets import read_code
from app.ui.kit import keys
from tests.reports import papers
from tests.reports.papers import LONG_NAME
from tests.reports.reading import text_by_pdfium


def pages_of(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def test_every_row_stands_on_the_paper_with_its_code_over_several_pages() -> None:
    names = [f"居民{number}号" for number in range(1, 31)]
    pdf = day_sheet.render(papers.day_sheet(*names))
    words = text_by_pdfium(pdf)
    assert pages_of(pdf) == 3
    assert all(name in words for name in names)
    assert all(f"12-{place:02d}" in words for place in range(1, 31))
    assert words.count("3 号楼 2 单元\n") >= 3
    assert read_code("12-30") == (12, 30)


def test_the_boxes_of_a_row_are_the_keys_that_type_it_back() -> None:
    actions = ("fine", "changed", "needs_help", "not_home", "refused")
    caps = [keys.cap(f"visit_{action}") for action in actions]
    assert caps == [str(number) for number in range(1, len(day_sheet.RESULTS) + 1)]


def test_the_longest_name_and_a_house_elsewhere_are_printed_whole() -> None:
    data = papers.day_sheet(LONG_NAME)
    words = "".join(text_by_pdfium(day_sheet.render(data)).split())
    assert LONG_NAME in words


def test_who_goes_is_written_by_hand_where_nobody_was_named() -> None:
    assert "走访人：" in text_by_pdfium(day_sheet.render(papers.day_sheet("王秀兰", visitor="")))


def test_a_round_without_anybody_says_so() -> None:
    assert "没有要走访的人" in text_by_pdfium(day_sheet.render(papers.day_sheet()))


def test_a_name_that_no_font_has_is_told_and_nothing_printed() -> None:
    with pytest.raises(MissingGlyph):
        day_sheet.render(papers.day_sheet("王\ue123"))
