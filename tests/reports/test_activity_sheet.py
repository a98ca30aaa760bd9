"""活动签到表: the seven facts, the numbers by which it is typed back, rows for more people."""

from app.reports.activity_sheet import BLANK_ROWS, SheetPerson, render
from tests.reports.papers import activity_sheet
from tests.reports.reading import characters, page_texts
from tests.reports.reading import text_by_pypdf as text_of


def test_the_seven_facts_of_order_67_stand_above_the_names() -> None:
    told = text_of(render(activity_sheet("王秀兰"))).replace(" ", "")
    for words in (
        *("楼道清扫", "2026-11-21（周六）", "09:00–11:00", "3号楼各单元"),
        *("清扫楼道，擦扶手，清理小广告", "望海社区居民委员会", "赵敏"),
    ):
        assert words in told


def test_blank_rows_go_on_after_the_highest_number_on_the_list() -> None:
    people = [SheetPerson(1, "0132", "王秀兰", ""), SheetPerson(7, "0133", "李建国", "")]
    [page] = characters(render(activity_sheet(people=people)))
    text = "".join(one.text for one in page)
    assert "志愿服务活动签到表" in text.replace(" ", "")
    told = text_of(render(activity_sheet(people=people))).split()
    assert [str(number) for number in range(8, 8 + BLANK_ROWS)] == [
        word for word in told if word in {str(number) for number in range(8, 20)}
    ]


def test_an_activity_that_gives_no_hours_is_not_called_service() -> None:
    plain = text_of(render(activity_sheet("王秀兰", service=False, measured="公斤")))
    assert "志愿服务" not in plain
    assert "公斤" in plain


def test_a_long_list_repeats_its_head_and_signs_once() -> None:
    pages = page_texts(render(activity_sheet(*(f"王秀{n:02d}" for n in range(60)))))
    assert len(pages) > 1
    assert all("楼道清扫" in page for page in pages)
    assert sum("活动负责人" in page for page in pages) == 1
