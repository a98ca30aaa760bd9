"""送餐单 and 关怀走访单: in the order of the walk, in large type, nothing lost."""

from app.reports import care_slip, delivery_sheet
from tests.reports import delivery_papers as made
from tests.reports.reading import text_by_pdfium

LONG = "阿卜杜热西提·买买提艾力·托合提尼亚孜·吐尔逊江"


def test_the_stops_stand_in_the_order_of_the_walk() -> None:
    text = "".join(text_by_pdfium(delivery_sheet.render(made.delivery_sheets("李𣲗", "王秀兰"))))
    assert text.index("李𣲗") < text.index("王秀兰")
    for words in ("一路", "北岗街", "孙志强・志愿者", "12:50 前送完", "低盐、软食", "敲门要重"):
        assert words in text


def test_a_long_walk_goes_on_and_is_signed_once() -> None:
    names = [f"王秀兰{number}" for number in range(30)]
    pages = text_by_pdfium(delivery_sheet.render(made.delivery_sheets(*names)))
    text = "".join(pages)
    assert all(name in text for name in names)
    assert "共 3 页" in text
    assert text.count("送餐人签字") == 1


def test_what_is_long_is_set_smaller_and_not_cut() -> None:
    row = made.delivery_row(
        1,
        LONG,
        home="没有登记住处，住在望海花园三期东门传达室旁边二楼",
        door="敲门要重，老人耳背，放门口架子上不要放地上",
    )
    route = delivery_sheet.Route(
        name="一路", area="", carrier="", departs="", rows=[row], portions=1
    )
    data = made.delivery_sheets(routes=[route])
    text = "".join("".join(text_by_pdfium(delivery_sheet.render(data))).split())
    assert LONG in text
    assert "放门口架子上不要放地上" in text


def test_the_slip_has_what_is_known_and_boxes_for_what_is_found() -> None:
    text = "".join(text_by_pdfium(care_slip.render(made.care_slip("李𣲗"))))
    for words in ("李𣲗", "83 岁", "两次敲门", "打本人电话 未接", "在家，没听见敲门", "周敏"):
        assert words in text
