import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from app.reports import qr
from app.reports.certificate import (
    Certificate,
    DamagedSnapshot,
    from_snapshot,
    render,
    render_many,
    to_snapshot,
)
from app.reports.honor import TooLongForHonor
from app.reports.missing import MissingGlyph, is_private
from tests.reports.papers import BLOCKS, FACT, INTRODUCTION, LIMIT, LONG_NAME, OFFICE, honor
from tests.reports.papers import certificate as example
from tests.reports.reading import Character, all_readings, characters, page_count, page_texts

RARE = Path(__file__).parents[3] / "shared" / "data" / "characters" / "rare_name_characters.txt"
MM = 72 / 25.4


def squeezed(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def codes(data: bytes) -> list[str]:
    """What a phone reads off each page."""
    document = pypdfium2.PdfDocument(data)
    try:
        pages = [page.render(scale=2).to_pil() for page in document]
    finally:
        document.close()
    return [code.text for page in pages for code in zxingcpp.read_barcodes(page)]


def test_every_part_of_a_certificate_can_be_read_back(tmp_path: Path) -> None:
    for reading in all_readings(render(example()), tmp_path):
        plain = "".join(reading.split())
        for words in (
            *("志愿服务记录证明（存根）", "望海社证〔2026〕112号（骑缝）", "申报星级志愿者"),
            *("海湾街道团工委", "2026年11月20日", "周立群", "领取人签字", "与本人关系"),
            *("负责人签字：", "经办人签字：", "（盖章）", OFFICE),
            *("校验码7F3K-92QD", "核验：到社区或拨0411-83000000", "报编号与校验码即可"),
        ):
            assert words in plain, words
        assert plain.count("志愿服务记录证明") == 2
        assert "".join(FACT.split()) in plain
        assert "".join(LIMIT.split()) in plain


def test_the_number_stands_on_counterfoil_cut_and_certificate() -> None:
    assert squeezed(render(example())).count("望海社证〔2026〕112号") == 3


def test_the_code_on_the_paper_is_read_by_a_phone() -> None:
    people = [example(qr_text=f"望海社证〔2026〕{i}号，李𣲗，7F3K-92QD") for i in (1, 2, 3)]

    assert codes(render_many([*people, honor()])) == [
        *(person.qr_text for person in people),
        honor().qr_text,
    ]


def test_a_text_too_long_for_a_code_is_said_so() -> None:
    with pytest.raises(qr.TooMuchForQr, match="二维码"):
        render(example(qr_text="字" * 900))


def test_a_draft_says_so_and_has_no_number_no_day_and_no_code() -> None:
    draft = example(number="", issued_on=None, check_code="", qr_text="", mark="草稿")

    text = squeezed(render(draft))

    assert "草稿" in text
    assert "〔2026〕" not in text
    assert "校验码" not in text
    assert codes(render(draft)) == []


@pytest.mark.parametrize("mark", ["草稿", "作废"])
def test_a_state_is_written_large_across_every_page(mark: str) -> None:
    data = render(example(mark=mark, paragraphs=(FACT,) * 30))

    for page in characters(data):
        large = [c for c in page if c.text in mark and c.x_end - c.x > 30 * MM]
        assert {c.text for c in large} == set(mark)


def test_a_reprint_says_so_small_outside_the_frame_and_changes_nothing_else() -> None:
    first, again = render(example()), render(example(mark="补打 第2次"))

    marks = [c for c in characters(again)[0] if c.top < 12 * MM]

    assert "".join(c.text for c in marks) == "补打 第2次"
    assert all(c.size == 9 for c in marks)
    assert [c for c in characters(again)[0] if c.top >= 12 * MM] == characters(first)[0]


def test_lines_begin_two_characters_in_and_fill_the_width_of_the_field() -> None:
    first, second = body_rows(characters(render(example()))[0])[:2]

    assert first[0].x == pytest.approx(28 * MM + 2 * 15.785, abs=0.6)
    assert second[0].x == pytest.approx(28 * MM, abs=0.6)
    for row in (first, second):
        assert row[-1].x_end == pytest.approx((28 + 156) * MM, abs=8)
    assert second[0].baseline - first[0].baseline == pytest.approx(29.61, abs=0.1)


def body_rows(page: list[Character]) -> list[list[Character]]:
    """The rows of 16 pt from the top, each from left to right."""
    found: dict[float, list[Character]] = {}
    for c in page:
        if c.size == 16:
            found.setdefault(c.baseline, []).append(c)
    return [sorted(found[y], key=lambda c: c.x) for y in sorted(found)]


def test_without_counterfoil_the_letter_begins_at_the_top_of_the_official_field() -> None:
    page = characters(render(example(counterfoil=False)))[0]

    assert "（存根）" not in "".join(c.text for c in page)
    title = [c for c in page if c.size == 22]
    assert "".join(c.text for c in title) == "志愿服务记录证明"
    assert title[0].baseline == pytest.approx(37 * MM + 0.88 * 22, abs=1)


def test_a_longer_text_is_set_smaller_before_it_takes_a_second_page() -> None:
    short, longer = render(example()), render(example(paragraphs=(FACT, FACT, LIMIT)))

    assert page_count(short) == page_count(longer) == 1
    assert body_size(short) == 16
    assert 12 <= body_size(longer) < 16


def body_size(data: bytes) -> float:
    return next(c.size for c in characters(data)[0] if c.text == "兹")


def test_a_text_of_twenty_pages_goes_on_with_its_number_and_the_count_of_pages() -> None:
    data = render(example(paragraphs=(FACT, LIMIT) * 60))

    texts = ["".join(text.split()) for text in page_texts(data)]
    assert len(texts) == 20
    for number, text in enumerate(texts, start=1):
        assert f"第{number}页共20页" in text
        assert "望海社证〔2026〕112号" in text
    assert sum(text.count("兹证明") for text in texts) == 60
    assert [("负责人签字" in text) for text in texts] == [False] * 19 + [True]
    assert "".join(LIMIT.split())[-12:] in texts[-1]
    assert all(c.bottom < 285 * MM for page in characters(data) for c in page)


@pytest.mark.parametrize("count", range(1, 26))
def test_signatures_never_stand_alone_on_a_page(count: int) -> None:
    lines = "一行。\n" * count
    last = page_texts(render(example(counterfoil=True, paragraphs=(lines,))))[-1]

    assert "一行。" in last
    assert "负责人签字" in last


def test_a_name_of_sixty_characters_is_whole_on_counterfoil_and_certificate() -> None:
    text = squeezed(
        render(example(holder=LONG_NAME, paragraphs=(FACT.replace("王秀兰", LONG_NAME), LIMIT)))
    )

    assert len(LONG_NAME) >= 55
    assert text.count(LONG_NAME) == 2


def test_a_title_of_sixty_characters_and_long_purposes_stay_on_the_sheet() -> None:
    data = render(
        example(title="关于" + LONG_NAME, purpose="申报" * 60, recipient="海湾街道团工委" * 17)
    )

    text = squeezed(data)
    assert text.count("申报" * 60) == 1
    assert text.count("海湾街道团工委" * 17) == 1
    for page in characters(data):
        assert max(c.x_end for c in page) < (210 - 8) * MM


def test_empty_fields_leave_empty_places_and_no_words() -> None:
    bare = Certificate(office=OFFICE, title="情况说明", number="", paragraphs=(), holder="")

    text = squeezed(render(bare))

    assert "None" not in text
    assert "核验" not in text
    assert "情况说明（存根）" in text


def test_control_characters_and_marks_of_other_languages_do_no_harm() -> None:
    text = squeezed(render(example(paragraphs=("甲\x00<b>&amp;\x1b[0m{姓名}\u200b乙",))))

    assert "甲<b>&amp;[0m{姓名}乙" in text


def test_the_four_blocks_are_labelled_rows_between_introduction_and_limit() -> None:
    data = render(example(layout="blocks", blocks=BLOCKS, paragraphs=(LIMIT, INTRODUCTION)))

    text = squeezed(data)
    for title, pairs in BLOCKS:
        assert title in text
        for label, value in pairs:
            assert f"{label}{''.join(value.split())}" in text
    assert text.index("情况如下：") < text.index("志愿者身份") < text.index("其他事项")
    assert text.index("其他事项") < text.index("本证明依据")


def test_a_block_that_no_page_could_hold_goes_on_with_its_heading() -> None:
    service = ("志愿服务", (("服务内容", "助老陪伴 24 小时，楼道清洁。" * 150),))
    data = render(example(layout="blocks", blocks=(service, *BLOCKS[2:]), paragraphs=(LIMIT,)))

    assert page_count(data) > 1
    assert squeezed(data).count("助老陪伴24小时，楼道清洁。") >= 140
    assert "（续）" in squeezed(data)


def test_honour_stands_across_and_shares_a_file_with_letters() -> None:
    document = pypdfium2.PdfDocument(render_many([example(), honor(), example()]))
    sizes = [tuple(round(side / MM) for side in page.get_size()) for page in document]
    document.close()

    assert sizes == [(210, 297), (297, 210), (210, 297)]


def test_honour_without_room_is_refused_with_what_to_do() -> None:
    with pytest.raises(TooLongForHonor, match="请删短后再打印"):
        render(honor(paragraphs=(FACT,) * 40))


def test_one_missing_character_stops_the_batch_and_names_whose_it_is() -> None:
    told: list[int] = []
    batch = [example(), example(holder="李\ue123"), example(holder="赵四", purpose="\U0003fffd")]

    with pytest.raises(MissingGlyph) as error:
        render_many(batch, told.append)

    assert [place.whose for place in error.value.places] == ["李\ue123", "赵四"]
    assert told == []


def test_a_batch_keeps_its_order_and_tells_how_far_it_is() -> None:
    told: list[int] = []
    names = ["王秀兰", "李𣲗", "张𠊟", "赵𰀀"]

    data = render_many([example(holder=name) for name in names], told.append)

    assert told == [1, 2, 3, 4]
    for name, text in zip(names, page_texts(data), strict=True):
        assert name in text


def test_a_certificate_in_a_batch_reads_as_it_does_alone() -> None:
    alone = page_texts(render(example(holder="李𣲗")))

    assert page_texts(render_many([honor(), example(holder="李𣲗")]))[1:] == alone


@pytest.mark.skipif(not RARE.exists(), reason="the shared list of rare characters is not here")
def test_every_rare_name_is_on_the_paper_and_can_be_read_back(tmp_path: Path) -> None:
    rare = [line.split()[1] for line in RARE.read_text("utf-8").splitlines() if line.strip()]
    names = [f"王{character}" for character in rare if not is_private(character)]
    batch = [
        example(holder=name, paragraphs=(f"兹证明{name}，女。",), qr_text="") for name in names
    ]

    readings = all_readings(render_many(batch), tmp_path)

    assert len(names) >= 186
    for reading in readings:
        plain = "".join(reading.split())
        assert [name for name in names if plain.count(name) < 2] == []


@pytest.mark.parametrize(
    "data",
    [
        example(),
        honor(),
        example(layout="blocks", blocks=BLOCKS),
        example(number="", issued_on=None),
    ],
)
def test_a_certificate_kept_as_json_is_printed_again_with_the_same_bytes(
    data: Certificate,
) -> None:
    kept = json.loads(json.dumps(to_snapshot(replace(data, mark="草稿")), ensure_ascii=False))

    assert from_snapshot(kept) == data
    assert render(from_snapshot(kept)) == render(data)


@pytest.mark.parametrize(
    "change",
    [
        {"issued_on": "昨天"},
        {"layout": "poster"},
        {"paragraphs": None},
        {"blocks": [["只有标题"]]},
        {"colour": "red"},
    ],
)
def test_a_damaged_snapshot_is_refused_with_what_to_do(change: dict[str, object]) -> None:
    with pytest.raises(DamagedSnapshot, match="请作废后更正"):
        from_snapshot(to_snapshot(example()) | change)


def test_dates_are_kept_as_dates() -> None:
    kept = to_snapshot(example(issued_on=date(2026, 3, 5), valid_until=None))

    assert (kept["issued_on"], kept["valid_until"]) == ("2026-03-05", None)
    assert "mark" not in kept


def test_a_long_title_of_honour_stands_on_two_lines_that_can_be_read_from_afar() -> None:
    (page,) = characters(render(honor(title="望海社区二〇二六年度优秀志愿服务先进个人荣誉证书")))
    title = [c for c in page if c.size > 25]

    assert len({c.baseline for c in title}) == 2
    assert max(c.x_end for c in title) <= (297 - 37) * MM
    (short,) = characters(render(honor(title="荣誉证书")))
    assert max(c.size for c in short) == 50
