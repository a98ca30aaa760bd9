"""志愿者卡 and 星级志愿者公示: what a scanner and a passer-by read."""

import pypdfium2
import pytest
import zxingcpp

from app.reports import star_list, volunteer_cards
from app.reports.missing import MissingGlyph
from app.reports.volunteer_cards import Card
from tests.reports import papers
from tests.reports.papers import LONG_NAME
from tests.reports.reading import page_count, page_texts


def test_ten_cards_stand_on_a_sheet_and_each_is_read_by_a_scanner() -> None:
    names = [f"志愿者{number}" for number in range(11)]
    pdf = volunteer_cards.render(papers.volunteer_cards(*names))
    first, second = page_texts(pdf)
    assert ("志愿者9" in first, "志愿者10" in second) == (True, True)
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil()
    read = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert read == {f"JF{number:010d}" for number in range(126, 136)}


def test_a_long_name_stays_on_its_card() -> None:
    card = Card(
        LONG_NAME, "0126", "JF0000000126", "爱暖助老队、安心巡逻队、铁军志愿服务队" * 3, "五星"
    )
    pdf = volunteer_cards.render(papers.volunteer_cards(cards=[card]))
    said = "".join(page_texts(pdf)[0].split())
    assert page_count(pdf) == 1
    assert LONG_NAME in said
    assert "编号0126" in said


def test_a_name_that_no_font_has_is_told_before_any_card_is_drawn() -> None:
    with pytest.raises(MissingGlyph, match="U\\+E5E5"):
        volunteer_cards.render(papers.volunteer_cards("王秀兰", "王\ue5e5兰"))


def test_a_list_that_does_not_hang_yet_leaves_room_for_its_days() -> None:
    said = page_texts(star_list.render(papers.star_list("王秀兰", begun=None, until=None)))[0]
    plain = "".join(said.split())
    assert "公示开始：公示期满：" in plain
    assert "王秀兰爱暖助老队三星612.5" in plain
