"""Receipts, statements and vouchers: what stands on them is right to the last 分."""

from dataclasses import replace

from app.reports import meal_receipt, meal_statement, meal_voucher_sheet, points_statistics
from app.reports.meal_statement import TITLE
from app.reports.points_statistics import Section
from app.reports.slip import A5
from tests.reports import account_papers, papers
from tests.reports.papers import LONG_NAME
from tests.reports.reading import MM, characters, page_texts, text_by_pdfium


def test_a_receipt_says_the_amount_in_figures_and_in_capitals() -> None:
    text = text_by_pdfium(meal_receipt.render(account_papers.meal_receipt("王秀兰")))
    for words in ("存款收据", "103.50", "壹佰零叁元伍角整", "原来余额", "116.00"):
        assert words in text


def test_what_is_owed_is_called_so() -> None:
    data = account_papers.meal_receipt("王秀兰", before=-25_00, after=-15_00, paper=A5)
    text = text_by_pdfium(meal_receipt.render(data))
    assert "现在欠款" in text
    assert "15.00" in text


def test_each_bill_has_pages_of_its_own_and_says_what_is_to_be_paid() -> None:
    first = account_papers.meal_statement("王秀兰")
    many = replace(first, name="李建国", lines=[*first.lines] * 12)
    pages = page_texts(meal_statement.render_all([first, many]))
    assert len(pages) == 3
    assert "王秀兰" in pages[0]
    assert "15.00（壹拾伍元整）" in pages[0]
    assert ("李建国" in pages[1], "第 2 页　共 2 页" in pages[2]) == (True, True)


def test_a_time_without_lines_says_so() -> None:
    data = replace(account_papers.meal_statement("王秀兰"), lines=[], title=TITLE)
    text = text_by_pdfium(meal_statement.render(data))
    assert "这段时间没有流水" in text
    assert "应交" not in text


def test_a_long_name_stands_whole_on_a_voucher() -> None:
    pages = page_texts(meal_voucher_sheet.render(account_papers.voucher_sheet(LONG_NAME)))
    assert LONG_NAME in pages[0].replace("\n", "")
    assert "持券人" in pages[0]


def test_more_than_a_million_stands_on_one_line() -> None:
    first = account_papers.meal_statement("王秀兰")
    line = replace(first.lines[0], amount=-1_234_567_00, balance=-9_876_543_21)
    text = text_by_pdfium(meal_statement.render(replace(first, lines=[line])))
    assert "1,234,567.00" in text
    assert "−9,876,543.21" in text


def test_figures_of_many_years_keep_inside_their_cells_and_their_frame() -> None:
    borne = "＋".join(f"{payer} 11,234,567.00" for payer in ("市财政", "区财政", "街道", "捐赠"))
    words = f"本人付 12,345,678.00＋{borne}＋运营单位 11,234,567.00 ＝ 68,518,513.00 元"
    row = ("60–69 岁", "1,234", "412,345", "16.3", *("12,345,678.00",) * 3)
    heads = ("年龄", "人数", "份数", "人均", "餐费", "本人付", "补贴")
    section = Section("按年龄", heads, (row,), ("合计", *row[1:]))
    pdf = points_statistics.render(papers.points_statistics(proof=(words,), sections=(section,)))
    letters = characters(pdf)[0]
    assert all(one.x > 12 * MM and one.x_end < 198 * MM for one in letters)
    assert text_by_pdfium(pdf).count("12,345,678.00") == 7
