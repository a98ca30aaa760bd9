"""一周菜谱, 大字菜谱, 价目表: read back, and nothing over the edge."""

from itertools import pairwise

import pytest

from app.reports import door_menu, price_list, week_menu
from app.reports.page import A3_LANDSCAPE, A4_LANDSCAPE
from tests.reports import menu_papers
from tests.reports.reading import MM, characters, page_count, page_texts, text_by_pdfium

MANY = [f"家常小炒第{number}味" for number in range(1, 19)]
LONG = "老母鸡炖野生榛蘑配手工宽粉条加豆腐皮"


def test_the_poster_has_every_day_dish_set_and_price_and_whom_to_call() -> None:
    text = text_by_pdfium(week_menu.render(menu_papers.week_menu("红烧带鱼", "低盐蒸蛋")))
    told = ("海棠食堂一周菜谱", "2026年11月16日至20日", "A 餐 12.00 元 一荤两素", "11:00", "12:30")
    for words in (*told, "星期五 11月20日", "监督电话 0411-83120018", "1 鱼", "2 蛋", "素菜"):
        assert words in text
    assert text.count("红烧带鱼") == text.count("低盐蒸蛋") == 5
    assert "星期六" not in text


@pytest.mark.parametrize("names", [["红烧带鱼"], MANY, [LONG, *MANY]], ids=["one", "many", "long"])
@pytest.mark.parametrize("large", [False, True], ids=["A4", "A3"])
def test_the_poster_is_one_page_with_everything_on_it(names: list[str], large: bool) -> None:
    data = menu_papers.week_menu(*names, days=7, large=large)
    pdf = week_menu.render(data)
    assert page_count(pdf) == 1
    wide, high = A3_LANDSCAPE if large else A4_LANDSCAPE
    letters = characters(pdf)[0]
    assert all(one.x > 5 * MM and one.x_end < wide - 5 * MM for one in letters)
    assert all(one.top > 5 * MM and one.bottom < high - 5 * MM for one in letters)
    text = text_by_pdfium(pdf)
    assert all(text.count(name) >= 7 for name in names)


def test_beside_few_dishes_the_hours_stay_within_their_meal() -> None:
    letters = characters(week_menu.render(menu_papers.week_menu(*[LONG] * 9, days=7)))[0]
    hours = [one for one in letters if one.x < 18 * MM and one.text in "0168"]
    last_dish = max(one.bottom for one in letters if one.text == "馒")
    assert max(one.bottom for one in hours) < last_dish + 4 * MM


def test_on_a3_everything_is_larger_than_on_a4() -> None:
    sizes = [
        next(
            one.size
            for one in characters(week_menu.render(menu_papers.week_menu("鱼", large=large)))[0]
            if one.text == "鱼"
        )
        for large in (False, True)
    ]
    assert sizes[1] / sizes[0] == pytest.approx(2**0.5, rel=0.01)


def test_a_week_over_the_end_of_a_month_names_both() -> None:
    data = menu_papers.week_menu("鱼", days=20)
    assert week_menu.span_of(data) == "2026年11月16日至12月5日"
    assert week_menu.span_of(menu_papers.week_menu("鱼", days=1)) == "2026年11月16日"


def test_the_door_has_a_day_or_two_on_a_page_in_type_for_old_eyes() -> None:
    for per_page, pages in ((1, 5), (2, 3)):
        data = menu_papers.door_menu(*MANY[:9], per_page=per_page)
        texts = page_texts(door_menu.render(data))
        assert len(texts) == pages
        assert ["星期二" in text for text in texts[:2]] == [per_page == 2, per_page == 1]
        assert "午餐 11:00–12:30" in texts[0]
        assert "含蛋" in texts[0]
        assert all("监督电话 0411-83120018" in text for text in texts)
        assert all("A 餐 12.00 元" in text for text in texts)
    sizes = [one.size for one in characters(door_menu.render(data))[0] if one.text == "味"]
    assert min(sizes) >= 18


@pytest.mark.parametrize("per_page", [1, 2])
def test_lines_of_the_door_never_run_into_each_other(per_page: int) -> None:
    pdf = door_menu.render(menu_papers.door_menu(LONG, *MANY, per_page=per_page))
    letters = [one for one in characters(pdf)[0] if one.text in "味老"]
    for column in {round(one.x) for one in letters}:
        lines = sorted(one.baseline for one in letters if round(one.x) == column)
        assert all(lower - upper > letters[0].size for upper, lower in pairwise(lines))
    assert len(letters) == (1 + len(MANY)) * per_page
    assert all(one.x_end < 205 * MM and one.bottom < 292 * MM for one in characters(pdf)[0])


def test_prices_of_sets_and_dishes_are_money_with_what_they_contain() -> None:
    text = text_by_pdfium(price_list.render(menu_papers.meal_prices("红烧带鱼")))
    for words in ("海棠食堂价目表", "A 餐", "12.00 元", "红烧带鱼", "8.00 元", "含鱼", "软食"):
        assert words in text
    assert "积分" not in text
