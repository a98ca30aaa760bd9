from itertools import pairwise
from pathlib import Path

import pytest

from app.reports.listing import render
from app.reports.missing import MissingGlyph
from app.reports.table import Column
from tests.reports.papers import LONG_NAME, REGISTER, listing
from tests.reports.reading import MM, all_readings, characters, page_count, page_texts, rows


def many(count: int) -> list[str]:
    return [f"居民{number}" for number in range(1, count + 1)]


def plain(text: str) -> str:
    return "".join(text.split())


def test_every_name_can_be_read_back_also_beyond_the_basic_plane(tmp_path: Path) -> None:
    names = ("王秀兰", "李𣲗", "赵𬱖", "张𠊟", "赵𰀀", "陈䶮", "阿依古丽·买买提")

    for reading in all_readings(render(listing(*names)), tmp_path):
        for name in names:
            assert name in reading


def test_every_page_says_filter_count_day_person_and_its_number() -> None:
    texts = page_texts(render(listing(*many(90))))

    assert len(texts) == 3
    for number, text in enumerate(texts, start=1):
        assert "2026年，志愿服务记录证明" in text
        assert "共 90 件" in text
        assert "2026年11月21日" in text
        assert "赵敏 打印" in text
        assert f"第 {number} 页　共 3 页" in text
        assert all(column.title in text for column in REGISTER)


@pytest.mark.parametrize("totals", [None, ("合计", "", "", "40")])
@pytest.mark.parametrize(("landscape", "rows_of_one_page"), [(True, 40), (False, 60)])
def test_a_page_holds_forty_rows_lying_and_sixty_standing(
    landscape: bool, rows_of_one_page: int, totals: tuple[str, ...] | None
) -> None:
    full = listing(*many(rows_of_one_page), landscape=landscape, totals=totals)
    more = listing(*many(rows_of_one_page + 1), landscape=landscape, totals=totals)

    assert page_count(render(full)) == 1
    assert page_count(render(more)) == 2


def test_a_heading_of_two_lines_costs_no_row() -> None:
    columns = (*REGISTER[:3], Column("本年累计出具的份数", 16, "right"))

    assert page_count(render(listing(*many(40), columns=columns))) == 1


def test_totals_stand_once_below_the_last_row_and_never_alone() -> None:
    pages = characters(render(listing(*many(80))))

    texts = [[plain(line) for line in rows(page).values()] for page in pages]
    assert len(texts) == 2
    assert not any(line.startswith("合计") for line in texts[0])
    below_names = texts[1].index("合计80")
    assert texts[1][below_names - 1].startswith("80居民80")


def test_no_row_is_lost_or_doubled_between_pages() -> None:
    names = many(200)

    drawn = [
        plain(line)
        for page in characters(render(listing(*names)))
        for line in rows(page).values()
        if "申报星级" in line
    ]

    assert drawn == [f"{i}{name}申报星级志愿者1" for i, name in enumerate(names, start=1)]


def test_a_long_cell_is_wrapped_inside_its_column() -> None:
    (page,) = characters(render(listing("王秀兰", LONG_NAME, totals=None)))

    scale = 273 * MM / sum(column.width for column in REGISTER)
    start, end = 12 * MM + 12 * scale, 12 * MM + 52 * scale
    name = [c for c in page if c.text in "阿卜杜热西提托合尼亚孜吐尔逊江玉素甫"]
    assert len({c.baseline for c in name}) > 1
    assert all(start <= c.x and c.x_end <= end for c in name)


def test_figures_stand_at_the_right_of_their_column() -> None:
    (page,) = characters(render(listing("王秀兰", rows=[("1", "王秀兰", "", "12,300")])))

    amount = [c for c in page if c.text in "12,300" and c.x > 250 * MM]
    assert max(c.x_end for c in amount) == pytest.approx(285 * MM, abs=2 * MM)


def test_an_empty_list_says_so_and_has_no_totals() -> None:
    text = page_texts(render(listing(nothing="没有登记过证明")))[0]

    assert "没有登记过证明" in text
    assert "合计" not in text
    assert "第 1 页　共 1 页" in text


@pytest.mark.parametrize("landscape", [True, False])
def test_a_long_title_and_a_long_filter_cover_nothing(landscape: bool) -> None:
    data = listing(
        "王秀兰",
        landscape=landscape,
        title="关于海湾街道望海社区全体在册居民二〇二六年度各类证明出具情况的登记簿（副本）",
        filter_words="、".join(f"标签{number}" for number in range(90)),
    )

    (page,) = characters(render(data))

    lines: dict[float, list[tuple[float, float]]] = {}
    for c in page:
        lines.setdefault(c.baseline, []).append((c.x, c.x_end))
    for spans in lines.values():
        ordered = sorted(spans)
        # A full-width mark may lie by less than half its white over the next character.
        assert all(a[1] <= b[0] + 3 for a, b in pairwise(ordered))
    heading = next(c.top for c in page if c.text == "序")
    assert max(c.bottom for c in page if c.text == "签") < heading


def test_below_a_filter_of_half_a_page_rows_keep_their_height(tmp_path: Path) -> None:
    words = "、".join(f"标签{number}" for number in range(700))
    names = many(8)

    data = render(listing(*names, filter_words=words))

    pages = characters(data)
    assert len(pages) > 2
    assert {c.size for page in pages for c in page if c.text == "居"} <= {7.0, 8.5}
    for page in pages:
        lines = sorted({c.baseline for c in page if c.size == 7})
        assert all(below - above >= 7 for above, below in pairwise(lines))
    text = "".join("".join(page_texts(data)).split())
    assert all(f"{i}{name}申报" in text for i, name in enumerate(names, start=1))


def test_a_line_end_in_a_cell_starts_a_new_line_and_markup_is_only_text() -> None:
    data = listing(rows=[("1", "<b>王&amp;秀</b>", "上一行\n下一行\x07", "1")], totals=None)

    text = rows(characters(render(data))[0])

    words = [plain(line) for line in text.values()]
    assert any("<b>王&amp;秀</b>" in line for line in words)
    assert [line for line in words if "一行" in line] == ["上一行", "下一行"]


def test_all_unprintable_rows_are_told_before_anything_is_drawn() -> None:
    data = [("1", "张\ue863", "", "1"), ("2", "李四", "给\U0003134b", "1")]

    with pytest.raises(MissingGlyph) as caught:
        render(listing(rows=data))

    places = caught.value.places
    assert [(place.text, place.whose) for place in places] == [
        ("张\ue863", "张\ue863"),
        ("给\U0003134b", "李四"),
    ]


def test_an_unprintable_heading_or_total_is_told_too() -> None:
    with pytest.raises(MissingGlyph):
        render(listing("王秀兰", totals=("合计\ue863", "", "", "1")))
    with pytest.raises(MissingGlyph):
        render(listing("王秀兰", columns=(*REGISTER[:3], Column("份\ue863", 16))))
