"""Papers of a settlement: every meal stands on them once, nobody's name stands on the board."""

from dataclasses import replace
from datetime import date, timedelta

from app.reports import meal_claim_form, meal_notice, meal_settlement
from app.reports.meal_notice import NoticePerson
from app.reports.meal_settlement import PayerRow, TierRow
from app.values.money import in_capitals
from tests.reports import claim_papers
from tests.reports.reading import MM, characters, page_texts, text_by_pypdf

MANY = [f"张{chr(0x4E00 + number)}" for number in range(150)]


def test_every_meal_of_the_month_stands_once_behind_the_table() -> None:
    data = claim_papers.settlement(*MANY)
    pages = page_texts(meal_settlement.render(data))
    assert "申报金额" in pages[0]
    assert len(pages) == 4
    assert all("逐餐明细" in page for page in pages[1:])
    text = "".join(pages[1:])
    assert all(text.count(name) == 1 for name in MANY)


def test_many_tiers_payers_and_large_amounts_lose_neither_claims_nor_signatures() -> None:
    heads = ("人数", "餐次", "餐费", "市财政", "区财政", "街道", "运营单位", "慈善捐赠", "本人付")
    figures = ("1,247", "104,006", *("11,250,232.00",) * 7)
    name, gives = "低保、特困、重度残疾和优抚对象", "每餐补 9.00 元，九折后再补 2.00 元"
    tiers = tuple(TierRow(f"{number}{name}", gives, figures) for number in range(10, 40))
    claims = tuple(PayerRow(one, "1.00", "0.00", "1.00") for one in heads[3:8])
    data = claim_papers.settlement(
        "李桂兰", headings=heads, tiers=tiers, difference=None, claims=claims
    )
    pdf = meal_settlement.render(replace(data, total=TierRow("合计", "", figures)))
    pages = page_texts(pdf)
    table = "".join("".join(pages[:-1]).split())
    assert all(table.count(f"{number}{name}") == 1 for number in range(10, 40))
    assert table.count("11,250,232.00") == 7 * 31
    assert ["申报金额" in page for page in pages] == [False, True, False]
    assert "负责人（书记）" in pages[1]
    assert all(f"第 {number} 页　共 3 页" in page for number, page in enumerate(pages, 1))
    for page in characters(pdf)[:2]:
        foot = max(one.bottom for one in page)
        assert foot < 205 * MM
        above = [one.bottom for one in page if one.bottom < foot - 2]
        assert max(above) < foot - 4 * MM


def test_long_names_among_the_corrections_push_nobody_off_the_page() -> None:
    names = [f"阿卜杜热合曼·买买提艾力·吐尔逊{one}" for one in MANY[:60]]
    pdf = meal_claim_form.render(claim_papers.claim_forms(*names))
    text = "".join(text_by_pypdf(pdf).split())
    assert all(text.count("".join(name.split())) == 1 for name in names)
    for page in characters(pdf):
        foot = min(one.top for one in page if one.text == "页")
        table = [one for one in page if one.text == "撤"]
        assert all(one.bottom < foot for one in table)


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
