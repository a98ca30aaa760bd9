"""备餐单 and 餐盒标签: every figure, every name, in the order in which they are worked through."""

import pytest

from app.reports import box_label, food_day, kitchen_sheet
from app.reports.labels import SHEETS, LabelSheet
from app.reports.missing import MissingGlyph
from tests.reports import order_papers as made
from tests.reports.kitchen_papers import food_day_sheet
from tests.reports.reading import characters, page_texts, text_by_pdfium

LONG = "阿卜杜热西提·买买提艾力·托合提尼亚孜·吐尔逊江"


def read(data: bytes) -> str:
    return "".join("".join(text_by_pdfium(data)).split())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_a_label_of_every_size_has_all_its_words_inside_its_edges(sheet: LabelSheet) -> None:
    names = (LONG, "李𣲗")
    pdf = box_label.render(made.box_labels(*names, sheet=sheet))
    for word in ("低盐、软食・忌鱼", "8号楼2-401", "一路5", "10:50出锅", *names):
        assert word in read(pdf)
    # One beside the other: nothing of the first reaches into the second.
    second = (sheet.left + sheet.pitch_x) * 72 / 25.4
    found = characters(pdf)[0]
    assert [one.text for one in found if second - 6 < one.x < second] == []


def test_a_long_route_keeps_inside_its_label_and_leaves_out_what_nobody_could_read() -> None:
    one = made.box_label("王秀兰", where="海滨巷以北新居路以东送餐第一路 12")
    pdf = box_label.render(made.box_labels(labels=[one, made.box_label("李𣲗")]))
    usual = made.box_labels("李𣲗").sheet
    second = (usual.left + usual.pitch_x) * 72 / 25.4
    assert [one.text for one in characters(pdf)[0] if second - 6 < one.x < second] == []
    text = read(pdf)
    assert "海滨巷以北新居路以东送餐第一路12" in text
    assert text.count("12-02午餐") == 1


def test_a_name_of_sixty_characters_stands_on_lines_that_can_be_read() -> None:
    name = "阿卜杜热合曼·吐尔逊" * 6
    pdf = box_label.render(made.box_labels(name, "李𣲗"))
    found = characters(pdf)[0]
    usual = made.box_labels("李𣲗").sheet
    second = (usual.left + usual.pitch_x) * 72 / 25.4
    assert name in read(pdf)
    assert [one.text for one in found if second - 6 < one.x < second] == []
    sizes = {one.size for one in found if one.text == "吐"}
    lines = {round(one.baseline) for one in found if one.text == "吐"}
    assert (len(lines), min(sizes) > 5) == (3, True)


def test_labels_keep_the_order_of_their_data_and_begin_where_the_sheet_is_not_used() -> None:
    first, second = characters(box_label.render(made.box_labels("王秀兰", "李𣲗", start=23)))
    assert "王秀兰" in "".join(one.text for one in first)
    assert "李" in "".join(one.text for one in second)


def test_without_a_diet_the_note_stands_in_its_place_and_one_of_two_is_told() -> None:
    one = made.box_label("王秀兰", diet="", avoids="", note="多给汤", portion="1/2")
    text = read(box_label.render(made.box_labels(labels=[one])))
    assert "多给汤" in text
    assert "1/2" in text
    assert "没有要打印的餐盒标签" in read(box_label.render(made.box_labels()))


def test_a_name_that_no_font_has_is_told_before_anything_is_printed() -> None:
    with pytest.raises(MissingGlyph, match="王"):
        box_label.render(made.box_labels("王\U0010fffd"))


def test_the_kitchen_reads_each_dish_with_its_diets_and_their_sum() -> None:
    text = read(kitchen_sheet.render(made.kitchen_sheet("陈桂芳")))
    for words in ("46份订餐", "红烧带鱼385346120", "清炒时蔬385346", "忌鱼：红烧带鱼要换"):
        assert words in text
    assert "低盐软食" in text
    assert "饮食有要求的1份餐盒" in text


def test_many_special_boxes_go_on_on_a_second_sheet_that_says_what_it_belongs_to() -> None:
    names = [f"王秀兰{number}" for number in range(60)]
    pdf = kitchen_sheet.render(made.kitchen_sheet(*names))
    text, pages = read(pdf), len(characters(pdf))
    assert pages > 2
    assert text.count("12月2日星期三午餐") == pages
    assert all(f"第{number}页共{pages}页" in text for number in range(1, pages + 1))
    assert all(text.count(name) >= 2 for name in names)


def test_a_period_without_orders_says_so() -> None:
    data = made.kitchen_sheet(lines=[], portions=0)
    assert "这一餐没有订餐" in read(kitchen_sheet.render(data))


def test_a_long_day_of_the_kitchen_says_which_of_its_sheets_is_which() -> None:
    pages = page_texts(food_day.render(food_day_sheet(*(f"菜{number}" for number in range(60)))))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页　共 {len(pages)} 页" in page
