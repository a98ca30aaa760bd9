"""积分公示: read back from the paper, on one sheet and on several."""

import pytest

from app.reports.points_notice import NoticeLine, PointsNotice, render
from tests.reports.papers import points_notice
from tests.reports.reading import characters, page_texts, text_by_pypdf


def many(count: int) -> PointsNotice:
    return points_notice(
        *(NoticeLine(f"王*{number % 10}", number, 3, 1, number + 2) for number in range(count))
    )


def words(data: PointsNotice) -> str:
    return "".join(text_by_pypdf(render(data)).split())


def test_the_sums_stand_at_the_foot_as_an_equation() -> None:
    said = words(points_notice(NoticeLine("王*兰", 100, 20, 50, 70), NoticeLine("李*", 5, 1, 0, 6)))
    assert "合计上月结余105＋本月新增21－本月兑换50＝本月结余76" in said
    assert "公示期2026年12月2日至2026年12月7日" in said


@pytest.mark.parametrize("count", [1, 24, 25, 60, 78, 79, 80, 81, 82, 83, 84, 85, 86, 90, 316])
def test_every_line_is_there_once_and_the_sums_once_on_the_last_sheet(count: int) -> None:
    pages = page_texts(render(many(count)))
    text = "\n".join(pages)
    assert text.count("王*") == count
    assert ["合计" in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert "王*" in pages[-1], "the sums never stand alone"
    assert f"共 {len(pages)} 页" in pages[-1]


def test_three_hundred_accounts_hang_on_four_sheets() -> None:
    assert len(page_texts(render(many(316)))) <= 4


def test_few_names_stand_in_type_that_is_read_from_afar() -> None:
    def size(count: int) -> float:
        return min(
            c.size for page in characters(render(many(count))) for c in page if c.text == "*"
        )

    assert [round(size(count), 1) for count in (13, 30, 316)] == [17.1, 11.9, 9.5]


def test_a3_has_the_same_sheets_larger() -> None:
    large = points_notice(*many(100).lines, large=True)
    assert len(page_texts(render(large))) == len(page_texts(render(many(100))))


def test_a_month_without_lines_says_so() -> None:
    assert "这个月没有积分账目" in words(points_notice())


def test_a_list_that_is_not_closed_says_so_on_its_head() -> None:
    assert "还没有月结，数字会变" in words(points_notice(draft="还没有月结，数字会变"))
