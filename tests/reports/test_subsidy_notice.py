"""补贴标准公示: every tier with what a meal costs, read back from the sheet."""

from app.reports.subsidy_notice import PostedTier, render
from tests.reports.papers import subsidy_notice
from tests.reports.reading import characters, page_texts, text_by_pdfium


def test_every_tier_stands_with_what_each_set_meal_costs() -> None:
    text = text_by_pdfium(render(subsidy_notice("低保对象")))
    for words in ("海棠食堂补贴标准公示", "2026年7月1日起执行", "A 餐\n12.00\n本人付", "低保对象"):
        assert words in text
    for figure in ("11.00", "14.00", "0.00"):
        assert figure in text
    assert "监督电话：0411-83112345。" in text


def test_many_tiers_go_on_with_the_head_and_the_notes_stand_once() -> None:
    who, free = "60 岁以上，低保或特困，户籍在本社区", ("0.00", "0.00")
    many = [PostedTier(f"第 {number} 档", who, "免费", free) for number in range(1, 40)]
    pages = page_texts(render(subsidy_notice(tiers=tuple(many))))
    assert len(pages) > 1
    assert all("补贴标准公示" in page for page in pages)
    assert sum(page.count("监督电话") for page in pages) == 1
    text = "".join(pages)
    assert all(text.count(one.name) == 1 for one in many)


def test_few_tiers_stand_in_larger_type_than_many() -> None:
    def size(count: int) -> float:
        tiers = subsidy_notice(*(f"档{number}" for number in range(count)))
        return next(c.size for c in characters(render(tiers))[0] if c.text == "档" and c.size < 20)

    assert size(3) > size(16)


def test_a_canteen_without_tiers_says_that_everybody_pays_the_price() -> None:
    text = text_by_pdfium(render(subsidy_notice(tiers=())))
    assert "现在没有补贴，都按原价" in text
