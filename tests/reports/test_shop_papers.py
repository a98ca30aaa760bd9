"""Papers of the shop: what the wall, the shelf and the storekeeper need, nothing lost."""

import pytest

from app.reports import price_list, shelf_label, stock_register, thanks
from app.reports.labels import sheet_of
from app.reports.price_list import PricedGoods
from app.reports.shelf_label import BarsTooNarrow, ShelfLabel
from tests.reports import papers
from tests.reports.reading import characters, page_texts, text_by_pypdf

MANY = [PricedGoods(f"商品{number:03d}", "", str(number), "分/件") for number in range(1, 61)]


def test_every_article_stands_once_on_the_price_list_and_its_kind_on_every_page() -> None:
    pages = page_texts(price_list.render(papers.price_list(groups=[("日用", MANY)])))
    assert len(pages) > 2
    assert all("日用" in page for page in pages)
    text = "".join(pages)
    assert all(text.count(one.name) == 1 for one in MANY)
    assert "元" not in text


def test_a_short_price_list_stands_in_larger_type_than_a_long_one() -> None:
    def size(count: int) -> float:
        data = papers.price_list(groups=[("日用", MANY[:count])])
        return next(c.size for c in characters(price_list.render(data))[0] if c.text == "商")

    assert size(10) == 1.5 * 17
    assert 17 <= size(18) < size(10)


def test_a_long_name_stays_before_its_points() -> None:
    long = PricedGoods("加厚不锈钢双层保温饭盒带餐具套装礼盒大号三件", "蓝色大号", "120", "分/套")
    text = text_by_pypdf(price_list.render(papers.price_list(groups=[("", [long])])))
    assert long.name in text.replace("\n", "")
    assert text.index("120") < text.index("分/套")


def test_labels_begin_at_the_place_that_is_free_on_the_sheet() -> None:
    sheet = sheet_of("3x8")
    data = papers.shelf_labels(*["香皂"] * 3, start=sheet.count - 1)
    assert [page.count("香皂") for page in page_texts(shelf_label.render(data))] == [1, 2]


def test_a_barcode_that_no_scanner_would_read_is_refused_by_name() -> None:
    wide = ShelfLabel("大米", "", "袋", 60, "0004", "ABCDEFGH-IJKLMNOPQRS")
    small = papers.shelf_labels(labels=[wide], sheet=sheet_of("4x11"))
    with pytest.raises(BarsTooNarrow, match="大米"):
        shelf_label.render(small)
    shelf_label.render(papers.shelf_labels(labels=[wide], sheet=sheet_of("2x7")))


def test_the_turnover_adds_up_at_its_foot() -> None:
    text = text_by_pypdf(stock_register.render_turnover(papers.stock_turnover("香皂", "大米")))
    sums = text[text.index("合计") :].split()
    assert sums[1:7] == ["20", "60", "24", "2", "-2", "52"]


def test_who_wants_no_name_is_thanked_without_one() -> None:
    text = text_by_pypdf(thanks.render(papers.thanks(thanks.ANONYMOUS)))
    assert "尊敬的爱心捐赠人" in text
    assert "匿名" not in text
