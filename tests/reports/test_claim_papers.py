"""Papers of a settlement: every meal stands on them once, nobody's name stands on the board."""

from datetime import date, timedelta

from app.reports import meal_claim_form, meal_notice, meal_settlement
from app.reports.meal_notice import NoticePerson
from app.values.money import in_capitals
from tests.reports import claim_papers
from tests.reports.reading import page_texts, text_by_pypdf

MANY = [f"张{chr(0x4E00 + number)}" for number in range(150)]


def test_every_meal_of_the_month_stands_once_behind_the_table() -> None:
    data = claim_papers.settlement(*MANY)
    pages = page_texts(meal_settlement.render(data))
    assert "申报金额" in pages[0]
    assert len(pages) == 4
    assert all("逐餐明细" in page for page in pages[1:])
    text = "".join(pages[1:])
    assert all(text.count(name) == 1 for name in MANY)


def test_a_table_that_nobody_signed_says_that_its_figures_may_change() -> None:
    draft = "还没有制表签字，数字会变"
    assert draft in page_texts(meal_settlement.render(claim_papers.settlement(draft=draft)))[0]
    assert draft not in page_texts(meal_settlement.render(claim_papers.settlement()))[0]


def test_a_payer_reads_the_difference_and_the_amount_in_words() -> None:
    pages = page_texts(meal_claim_form.render(claim_papers.claim_forms("李桂兰")))
    assert "申报金额 27.00 元" in pages[0]
    assert "贰拾柒元整" in pages[0]
    assert "−4.00" in pages[0]
    assert "M-1008-002" in pages[1]


def test_many_corrections_go_on_and_are_summed_up_on_the_last_page() -> None:
    pages = page_texts(meal_claim_form.render(claim_papers.claim_forms(*MANY[:80])))
    assert len(pages) == 4
    assert ["合计" in page for page in pages[1:]] == [False, False, True]


def test_the_board_shows_names_and_meals_and_no_amount_beside_a_name() -> None:
    people = [NoticePerson(f"{name[0]}*{name[1]}", "15") for name in MANY]
    data = claim_papers.meal_notice(people=people)
    pages = page_texts(meal_notice.render(data))
    assert len(pages) > 1
    text = "".join(pages)
    assert all(text.count(one.name) == 1 for one in people)
    assert "居民监督员" in pages[-1]
    assert "居民监督员" not in pages[0]


def test_the_list_that_hung_is_drawn_the_same_again() -> None:
    data = claim_papers.meal_notice("李*兰", printed_on=date(2026, 12, 5))
    later = claim_papers.meal_notice("李*兰", printed_on=date(2026, 12, 5) + timedelta(days=1))
    assert meal_notice.render(data) == meal_notice.render(data)
    assert "2026年12月6日" in text_by_pypdf(meal_notice.render(later))


def test_amounts_are_written_in_capitals_as_banks_read_them() -> None:
    assert {fen: in_capitals(fen) for fen in (5_197_00, 5, 110, 100_10, -4_00, 10_000_05_00)} == {
        5_197_00: "伍仟壹佰玖拾柒元整",
        5: "伍分",
        110: "壹元壹角整",
        100_10: "壹佰元壹角整",
        -4_00: "负肆元整",
        10_000_05_00: "壹佰万零伍元整",
    }
    assert in_capitals(0) == "零元整"
    assert in_capitals(1_00_05) == "壹佰元零伍分"
