import io
import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pypdf
import pytest

from app.reports.missing import MissingGlyph
from app.reports.notice import render, render_many
from tests.reports.papers import notice
from tests.reports.reading import MM, Character, characters, page_count, page_texts, rows

FULL = "经研究决定自本月起对辖区内全部楼栋开展环境整治望居民予以支持和理解" * 40


def body_of(page: list[Character]) -> list[Character]:
    return [c for c in page if c.size == 16 and c.text.strip()]


def lines_of(data: bytes, page: int = 0) -> list[str]:
    return [text.strip() for text in rows(characters(data)[page]).values()]


def line_with(data: bytes, words: str) -> list[Character]:
    for page in characters(data):
        for baseline, text in rows(page).items():
            if words in text:
                return [c for c in page if c.baseline == baseline]
    raise AssertionError(words)


def full_page() -> list[Character]:
    return body_of(characters(render(notice(title="", recipients="", body=FULL)))[0])


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    lines = Counter(c.baseline for c in full_page())

    assert len(lines) == 22
    assert sorted(lines.values()) == [26] + [28] * 21


def test_the_field_of_156_by_225_mm_is_filled_within_a_tenth_of_a_millimetre() -> None:
    page = full_page()

    assert min(c.x for c in page) / MM == pytest.approx(28, abs=0.1)
    assert max(c.x_end for c in page) / MM == pytest.approx(210 - 26, abs=0.1)
    assert min(c.top for c in page) / MM == pytest.approx(37, abs=0.1)
    assert max(c.bottom for c in page) / MM == pytest.approx(297 - 35, abs=0.1)


def test_lines_and_characters_stand_at_even_distances() -> None:
    page = full_page()
    baselines = sorted({c.baseline for c in page})
    first = sorted(c.x for c in page if c.baseline == baselines[1])

    assert {round(b - a, 1) for a, b in pairwise(baselines)} <= {29.6, 29.7}
    assert {round(b - a, 1) for a, b in pairwise(first)} == {15.8}


def test_marks_and_figures_do_not_push_a_line_over_the_margin() -> None:
    body = (
        "根据《中华人民共和国居民委员会组织法》（2018年修正）第十条规定，经研究，决定于12月5日召开。"
        * 12
    )

    for page in characters(render(notice(body=body))):
        assert max(c.x_end for c in body_of(page)) / MM <= 210 - 26 + 0.1


def test_the_title_stands_in_balanced_lines_in_the_middle() -> None:
    (page, *_) = characters(render(notice()))
    title = [c for c in page if c.size == 22]
    lines = {y: [c for c in title if c.baseline == y] for y in {c.baseline for c in title}}

    assert ["".join(c.text for c in lines[y]) for y in sorted(lines)] == [
        "关于召开2026年度居民代表会议",
        "暨高龄津贴复核工作的通知",
    ]
    for line in lines.values():
        middle = (line[0].x + line[-1].x_end) / 2
        assert middle / MM == pytest.approx(28 + 156 / 2, abs=0.3)


def test_the_recipients_stand_at_the_margin_and_end_with_a_full_colon() -> None:
    for typed in ("各位居民", "各位居民:", "各位居民："):
        data = render(notice(recipients=typed))
        line = line_with(data, "各位居民：")
        assert line[0].x / MM == pytest.approx(28, abs=0.1)


def test_typed_numbers_become_the_four_levels_in_their_faces() -> None:
    data = render(notice())

    def face(words: str) -> str:
        return line_with(data, words)[2].font.partition("+")[2]

    assert face("一、参会人员") == "NotoSansSC-Regular"
    assert face("（一）居民代表") == "LinliKai"
    assert face("1.时间") == "FandolFang-Regular"
    assert face("（1）请提前签到") == "FandolFang-Regular"


def test_a_heading_that_runs_on_changes_back_after_its_first_sentence() -> None:
    data = render(notice(body="（一）参会人员。居民代表和社区民警参加。"))

    fonts = [c.font.partition("+")[2] for c in line_with(data, "参会人员")]
    assert fonts == ["LinliKai"] * 8 + ["FandolFang-Regular"] * 12


def test_paragraphs_are_two_characters_in_however_they_were_typed() -> None:
    for typed in ("请准时参加。", "  请准时参加。", "　　请准时参加。"):
        line = line_with(render(notice(body=typed)), "请准时")
        assert line[0].x / MM == pytest.approx(28 + 2 * 5.57, abs=0.2)


def test_date_and_signature_share_a_middle_and_the_date_keeps_four_characters_free() -> None:
    data = render(notice(office="望海社区居委会"))
    day, office = line_with(data, "2026年11月21日"), line_with(data, "望海社区居委会")

    assert (day[0].x + day[-1].x_end) / 2 == pytest.approx(
        (office[0].x + office[-1].x_end) / 2, abs=0.5
    )
    free = (210 - 26) * MM - day[-1].x_end
    assert free == pytest.approx(4 * 15.79, abs=0.5)


def test_a_signature_longer_than_its_place_goes_on_a_second_line() -> None:
    office = "辽宁省大连市普兰店区海湾街道望海社区居民委员会环境卫生整治工作领导小组办公室"
    data = render(notice(office=office))

    (*_, last) = characters(data)
    assert max(c.x_end for c in last) / MM <= 210 - 26
    assert office in "".join("".join(page_texts(data)).split())


def test_there_is_a_grey_mark_for_the_seal_and_never_a_seal() -> None:
    assert "（盖章）" in page_texts(render(notice()))[-1]
    assert "（盖章）" not in page_texts(render(notice(seal_mark=False)))[-1]
    assert not red_drawn(render(notice()))


def red_drawn(data: bytes) -> bool:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return any(b"0.78 0.06 0.08" in page.get_contents().get_data() for page in pages)


def test_a_red_heading_has_the_office_the_number_and_a_red_rule() -> None:
    data = render(notice(red_heading="海湾街道望海社区居委会文件", number="望海居发〔2026〕12号"))
    page = characters(data)[0]
    heading = line_with(data, "居委会文件")

    assert red_drawn(data)
    assert heading[0].top / MM == pytest.approx(37 + 35, abs=0.5)
    assert heading[0].x / MM >= 27.9
    texts = list(rows(page).values())
    assert texts.index("望海居发〔2026〕12号") < texts.index("关于召开2026年度居民代表会议")


def test_the_number_without_a_heading_stands_below_the_title() -> None:
    texts = lines_of(render(notice(title="停水通知", number="望海居发〔2026〕12号")))

    assert texts[:2] == ["停水通知", "望海居发〔2026〕12号"]


def test_attachments_are_numbered_and_hang_below_their_first_character() -> None:
    long = "高龄津贴复核名单及居民代表会议议程安排和座位表供各居民小组长会前逐户送达核对"
    data = render(notice(attachments=("年度报告。", long)))

    first, second = line_with(data, "附件：1.年度报告"), line_with(data, "2.高龄津贴")
    rest = line_with(data, long[-6:])
    assert "".join(c.text for c in first).endswith("年度报告")
    assert next(c.x for c in second if c.text == "高") == pytest.approx(rest[0].x, abs=0.6)


def test_one_attachment_has_no_number() -> None:
    assert any(
        "附件：年度报告" in line for line in lines_of(render(notice(attachments=["年度报告"])))
    )


def test_page_numbers_stand_outside_right_on_odd_and_left_on_even_pages() -> None:
    data = render(notice(body=FULL * 2))
    pages = characters(data)

    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        mark = [c for c in page if c.size == 14 and c.text.strip()]
        assert "".join(c.text for c in mark) == f"—{number}—"
        if number % 2:
            assert mark[-1].x_end / MM == pytest.approx(210 - 26 - 4.94, abs=0.2)
        else:
            assert mark[0].x / MM == pytest.approx(28 + 4.94, abs=0.2)


@pytest.mark.parametrize("lines", range(12, 42))
def test_the_signature_never_stands_on_a_page_without_text(lines: int) -> None:
    body = "\n".join(f"第{i}项工作由网格员负责。" for i in range(lines))

    pages = characters(render(notice(title="通知", recipients="各位居民", body=body)))

    last = [c for c in body_of(pages[-1]) if c.text == "项"]
    assert len(last) >= 2
    drawn = "".join(text for page in pages for text in rows(page).values())
    assert all(f"第{i}项" in drawn for i in range(lines))


def test_an_empty_notice_is_still_a_page_with_its_date() -> None:
    data = render(notice(office="", title="", recipients="", body=""))

    assert page_count(data) == 1
    assert "2026年11月21日" in page_texts(data)[0]


def test_markup_in_the_text_is_only_text() -> None:
    assert "<b>a&b</b>" in page_texts(render(notice(body="<b>a&b</b>")))[0]


def test_a_character_without_a_font_is_told_with_its_sentence() -> None:
    with pytest.raises(MissingGlyph, match="“请张□到会”中的 自造字（U\\+E863）"):
        render(notice(body="请张\ue863到会"))


IMPRINT = {
    "copied_to": "海湾街道办事处，普兰店区民政局",
    "issued_by": "望海社区居民委员会",
    "issued_on": date(2026, 11, 21),
}


def test_the_imprint_stands_at_the_foot_of_the_last_page_only() -> None:
    data = render(notice(body=FULL, **IMPRINT))

    texts = page_texts(data)
    assert [("抄送：" in text) for text in texts] == [False] * (len(texts) - 1) + [True]
    line = line_with(data, "印发")
    assert {c.size for c in line} == {14}
    assert "抄送：海湾街道办事处，普兰店区民政局。" in texts[-1]
    assert line[0].x / MM == pytest.approx(28 + 14 / MM, abs=0.2)
    assert line[-1].x_end / MM == pytest.approx(210 - 26 - 14 / MM, abs=0.2)


def test_the_imprint_ends_with_the_field_and_the_text_stays_above_it() -> None:
    for repeats in range(1, 12):
        data = render(
            notice(body="经研究，决定开展环境整治，请予支持和理解。\n" * repeats, **IMPRINT)
        )
        page = characters(data)[-1]
        marks = [c for c in page if c.size == 14 and c.text not in "—0123456789 "]
        text = [c for c in page if c.size == 16 and c.text.strip()]
        assert max(c.bottom for c in marks) / MM <= 297 - 35 + 0.1
        assert max(c.bottom for c in text) < min(c.top for c in marks)


def test_the_rules_of_the_imprint_are_thick_thin_thick() -> None:
    found = rule_widths(render(notice(**IMPRINT)))

    assert [round(width / MM, 2) for width in found] == [0.35, 0.35, 0.25]


def test_without_copies_only_the_issuer_stands_there_and_without_both_nothing() -> None:
    alone = render(notice(issued_by="望海社区居民委员会", issued_on=date(2026, 11, 21)))

    assert [round(width / MM, 2) for width in rule_widths(alone)] == [0.35, 0.35]
    assert rule_widths(render(notice())) == []


def test_a_long_list_of_copies_goes_on_below_its_first_character() -> None:
    data = render(notice(copied_to="，".join(["海湾街道办事处"] * 8), issued_by="望海社区"))

    first = line_with(data, "抄送：")
    last = characters(data)[-1]
    below = sorted({c.baseline for c in last if c.size == 14 and c.baseline > first[0].baseline})[0]
    begins = min(c.x for c in last if c.baseline == below)
    assert begins == pytest.approx(first[3].x, abs=0.5)


def test_a_body_of_twenty_pages_is_numbered_to_the_end() -> None:
    data = render(notice(body=FULL * 13, **IMPRINT))

    assert page_count(data) >= 20
    assert f"— {page_count(data)} —" in page_texts(data)[-1]


def rule_widths(data: bytes) -> list[float]:
    """Widths of the black rules of the last page, in the order in which they were drawn."""
    content = pypdf.PdfReader(io.BytesIO(data)).pages[-1].get_contents().get_data()
    return [
        float(width)
        for width in re.findall(rb"0 0 0 RG ([\d.]+) w \[\] 0 d [\d.]+ [\d.]+ m", content)
    ]


def test_several_notices_are_one_file_each_with_its_own_page_numbers() -> None:
    seen: list[int] = []

    texts = page_texts(
        render_many([notice(recipients="3 号楼各位居民"), notice(recipients="4 号楼")], seen.append)
    )

    assert [("— 1 —" in text) for text in texts] == [True, True]
    assert seen == [0, 1]


def test_a_long_name_of_the_issuer_goes_on_beside_the_day_and_not_over_it() -> None:
    data = render(notice(copied_to="街道办事处", issued_by="印" * 60, issued_on=date(2026, 11, 23)))
    texts = lines_of(data, page_count(data) - 1)

    assert "印" * 60 in "".join(texts).replace("2026年11月23日印发", "")
    assert max(c.x_end for c in characters(data)[-1]) / MM <= 184.1
    day = line_with(data, "23日印发")
    assert max(c.x_end for c in day if c.text == "印" and c.x < 300) < min(
        c.x for c in day if c.text == "2"
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("联系人：赵敏（书记）", "（联系人：赵敏（书记））"),
        ("（联系人：赵敏）", "（联系人：赵敏）"),
        ("（社区）赵敏（书记）", "（（社区）赵敏（书记））"),
    ],
)
def test_a_remark_has_one_pair_of_brackets_around_it(typed: str, printed: str) -> None:
    assert printed in lines_of(render(notice(remark=typed)))


def test_numbers_typed_before_the_attachments_are_not_printed_twice() -> None:
    lines = lines_of(render(notice(attachments=("附件：1.名单", "2、表", "3.5米限高图"))))

    assert "附件：1.名单" in lines
    assert "2.表" in lines
    assert "3.3.5米限高图" in lines
