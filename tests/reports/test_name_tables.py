import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

from app.reports import receipt_form as receipts
from app.reports import sign_in as signing
from app.reports import visit_list as visits
from app.reports.missing import MissingGlyph
from app.reports.name_table import numbered
from app.reports.sign_in import Guest
from tests.reports.papers import LONG_NAME, receipt_form, sign_in, visit, visit_list
from tests.reports.reading import MM, all_readings, characters, page_count, page_texts, rows

SOME = ("王秀兰", "李𣲗", "赵𬱖", "张𠊟", "赵𰀀", "买买提江")


def flat(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def jpeg(width: int, height: int) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), (90, 140, 200)).save(kept, "JPEG")
    return kept.getvalue()


def pictures(data: bytes) -> list[Any]:
    return [image for page in pypdf.PdfReader(io.BytesIO(data)).pages for image in page.images]


def test_rows_are_numbered_and_empty_ones_go_on_with_the_number() -> None:
    assert numbered([("王", "甲"), ("李", "乙")], 3, 2) == [
        ("1", "王", "甲"),
        ("2", "李", "乙"),
        ("3", "", ""),
        ("4", "", ""),
    ]


@pytest.mark.parametrize(
    "data",
    [
        signing.render(sign_in(*SOME)),
        receipts.render(receipt_form(*SOME)),
        visits.render(visit_list(*map(visit, SOME))),
    ],
    ids=["sign_in", "receipt_form", "visit_list"],
)
def test_every_name_filter_and_count_can_be_read_back(data: bytes, tmp_path: Path) -> None:
    for reading in all_readings(data, tmp_path):
        assert all(name in reading for name in SOME)
        words = "".join(reading.split())
        assert "第三网格，60岁及以上" in words
        assert "共6人" in words or "共6户" in words


def test_a_thousand_people_stand_on_the_table_once_each_under_a_repeated_heading() -> None:
    names = [f"居民{n:04d}号" for n in range(1, 1001)]

    texts = page_texts(signing.render(sign_in(*names)))

    flat_text = "".join("".join(texts).split())
    assert all(flat_text.count(name) == 1 for name in names)
    assert all("签名" in text and "居民代表会议" in text for text in texts)
    assert f"第 {len(texts)} 页　共 {len(texts)} 页" in texts[-1]


def test_nobody_gives_a_page_that_says_so() -> None:
    for data in (
        signing.render(sign_in()),
        receipts.render(receipt_form()),
        visits.render(visit_list()),
    ):
        assert page_count(data) == 1
        assert "没有符合条件的居民" in page_texts(data)[0]


def test_a_form_for_nobody_can_still_have_rows_to_write_on() -> None:
    text = page_texts(signing.render(sign_in(blank_rows=20)))[0]

    assert "20" in text
    assert "没有符合条件的居民" not in text
    assert "共 0 人" not in text


def test_the_totals_of_a_blank_hand_out_are_left_to_be_written() -> None:
    text = page_texts(receipts.render(receipt_form(blank_rows=20)))[0]

    assert "合计" in text
    assert "0 人" not in text
    assert "0 人" in page_texts(receipts.render(receipt_form()))[0]


def test_what_is_not_known_is_a_rule_to_write_on_and_what_is_typed_stands_there() -> None:
    text = page_texts(signing.render(sign_in("王秀兰", where="三楼会议室")))[0]

    assert "地点：三楼会议室" in text.replace(" ", "")
    assert "主持：" in text


@pytest.mark.parametrize("count", range(20, 27))
def test_signers_and_totals_never_stand_on_a_page_without_a_row(count: int) -> None:
    *_, last = characters(receipts.render(receipt_form(*(f"居民{n}" for n in range(count)))))

    lines = ["".join(line.split()) for line in rows(last).values()]
    signing_line = next(i for i, line in enumerate(lines) if line.startswith("发放人"))
    assert lines[signing_line - 1].startswith(f"合计{count}人{2 * count}")
    assert f"居民{count - 1}" in lines[signing_line - 2]


def test_a_long_name_makes_its_row_higher_and_stays_in_its_column() -> None:
    (page,) = characters(signing.render(sign_in("王秀兰", LONG_NAME, "李四")))

    scale = (210 - 28) * MM / 182
    start, end = 14 * MM + 12 * scale, 14 * MM + 40 * scale
    name = [c for c in page if c.text in "阿卜杜热西托尼亚孜吐尔逊江玉素甫"]
    assert len({c.baseline for c in name}) > 3
    assert all(start <= c.x and c.x_end <= end for c in name)


def test_photos_stand_beside_their_people_whole_and_in_proportion() -> None:
    guests = [
        Guest("王秀兰", photo=jpeg(300, 400)),
        Guest("李四"),
        Guest("张三", photo=jpeg(40, 30)),
    ]

    data = signing.render(sign_in(guests=guests, with_photo=True))

    assert "照片" in page_texts(data)[0]
    assert len(pictures(data)) == 2
    content = pypdf.PdfReader(io.BytesIO(data)).pages[0].get_contents()
    assert content is not None
    drawn = [op for op in content.operations if op[1] == b"cm"]
    sizes = sorted((float(op[0][0]), float(op[0][3])) for op in drawn if float(op[0][0]) > 5)
    ratios = [width / height for width, height in sizes]
    assert ratios == pytest.approx([3 / 4, 4 / 3], abs=0.01)


def test_photos_follow_their_people_over_pages() -> None:
    guests = [Guest(f"居民{n}", photo=jpeg(30 + n, 40)) for n in range(12)]

    document = pypdf.PdfReader(
        io.BytesIO(signing.render(sign_in(guests=guests, with_photo=True, blank_rows=2)))
    )

    widths = [sorted(i.image.width for i in page.images if i.image) for page in document.pages]
    assert [width for page in widths for width in page] == [30 + n for n in range(12)]
    assert len(widths) == 2


def test_a_damaged_photo_is_said_in_its_place() -> None:
    guests = [Guest("王秀兰", photo=b"\xff\xd8 no picture"), Guest("李四", photo=jpeg(3, 4))]

    data = signing.render(sign_in(guests=guests, with_photo=True))

    assert "照片损坏" in page_texts(data)[0]
    assert len(pictures(data)) == 1


def test_without_photos_there_is_neither_column_nor_picture() -> None:
    data = signing.render(sign_in(guests=[Guest("王秀兰", photo=jpeg(3, 4))]))

    assert "照片" not in page_texts(data)[0]
    assert not pictures(data)


def test_a_household_is_one_line_with_its_people_and_their_tags() -> None:
    text = flat(visits.render(visit_list(visit("王秀兰", "李𣲗", "赵敏"), visit("张三"))))

    assert "共2户，4人" in text
    assert "王秀兰3号楼2单元501138****06123独居老人" in text


def test_all_unprintable_people_are_told_before_anything_is_drawn() -> None:
    with pytest.raises(MissingGlyph) as caught:
        receipts.render(receipt_form("王秀兰", "张\ue863", "李四", "赵\U0003134b"))

    assert [place.text for place in caught.value.places] == ["张\ue863", "赵\U0003134b"]
