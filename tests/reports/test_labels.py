from pathlib import Path

import pytest

from app.reports.labels import SHEETS, Label, LabelSheet, TooLong, render, sheet_of
from app.reports.missing import MissingGlyph
from tests.reports import reading
from tests.reports.papers import LONG_NAME, STREET, label, labels
from tests.reports.reading import MM, Character, all_readings, characters, page_texts

A4_HEIGHT = 297 * MM
every_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)


def numbered(count: int) -> tuple[Label, ...]:
    return tuple(
        Label(f"第{n:04d}位　收", STREET, f"{n} 号楼 1 单元 101", "116200")
        for n in range(1, count + 1)
    )


def place_of(sheet: LabelSheet, character: Character) -> int:
    """On which label of the sheet a character stands; fails if it crosses an edge."""
    for place in range(sheet.columns * sheet.rows):
        row, column = divmod(place, sheet.columns)
        left = (sheet.left + column * sheet.pitch_x) * MM
        top = (sheet.top + row * sheet.pitch_y) * MM
        inside_x = left <= character.x and character.x_end <= left + sheet.width * MM
        if inside_x and top <= character.top and character.bottom <= top + sheet.height * MM:
            return place
    raise AssertionError(f"{character} stands on no label")


@every_sheet
def test_a_sheet_lies_within_the_paper_and_its_labels_do_not_overlap(sheet: LabelSheet) -> None:
    right = sheet.left + (sheet.columns - 1) * sheet.pitch_x + sheet.width
    bottom = sheet.top + (sheet.rows - 1) * sheet.pitch_y + sheet.height

    assert sheet.pitch_x >= sheet.width
    assert sheet.pitch_y >= sheet.height
    assert right <= 210 + 1e-6
    assert bottom <= 297 + 1e-6
    assert abs(right - (210 - sheet.left)) < 0.2
    assert abs(bottom - (297 - sheet.top)) < 0.2
    assert sheet_of(sheet.key) is sheet


@every_sheet
def test_every_label_stands_inside_its_own_place_in_order(sheet: LabelSheet) -> None:
    people = numbered(sheet.count + 3)

    pages = characters(render(labels(*people, sheet=sheet, sender="")))

    texts: list[str] = []
    for page in pages:
        found: dict[int, str] = {}
        for c in page:
            found[place_of(sheet, c)] = found.get(place_of(sheet, c), "") + c.text
        texts += [found[place] for place in sorted(found)]
    assert len(pages) == 2
    assert len(texts) == len(people)
    for text, person in zip(texts, people, strict=True):
        assert person.name.replace("　", "") in text.replace("　", "")


@every_sheet
def test_the_longest_name_and_address_shrink_into_the_label(sheet: LabelSheet) -> None:
    person = Label(f"{LONG_NAME}　收", STREET, "12 号楼 3 单元 1204 室", "116200")

    (page,) = characters(render(labels(person, sheet=sheet, start=sheet.count - 1, sender="")))

    assert {place_of(sheet, c) for c in page} == {sheet.count - 1}
    assert min(c.size for c in page) >= 5
    assert LONG_NAME in "".join(c.text for c in page)


def test_usual_addresses_come_out_in_one_size() -> None:
    people = (
        label(),
        Label("欧阳明月　收", STREET, "10 号楼 1 单元 1101", "116200"),
        label("李四"),
    )

    (page,) = characters(render(labels(*people)))

    assert len({c.size for c in page if c.text in "号楼单元"}) == 1


def test_labels_begin_at_the_one_that_was_chosen() -> None:
    sheet = sheet_of("3x7")
    data = labels(*numbered(20), sheet=sheet, start=5, sender="")

    pages = characters(render(data))

    assert min(place_of(sheet, c) for c in pages[0]) == 5
    assert {place_of(sheet, c) for c in pages[1]} == {0, 1, 2, 3}
    assert sheet.pages(len(data.labels), data.start) == len(pages) == 2


def test_a_full_sheet_takes_one_page_and_one_more_label_two() -> None:
    sheet = sheet_of("2x8")

    assert reading.page_count(render(labels(*numbered(16), sheet=sheet))) == 1
    assert reading.page_count(render(labels(*numbered(17), sheet=sheet))) == 2
    assert reading.page_count(render(labels(*numbered(1), sheet=sheet, start=15))) == 1


def test_a_thousand_labels_are_all_there() -> None:
    text = "".join(page_texts(render(labels(*numbered(1000), sheet=sheet_of("4x11"), sender=""))))

    flat = "".join(text.split())
    assert all(f"第{n:04d}位" in flat for n in range(1, 1001))


def test_what_no_size_can_hold_is_told_by_name_and_nothing_is_printed() -> None:
    long = Label("王秀兰", STREET * 12, "", "")

    with pytest.raises(TooLong) as caught:
        render(labels(label(), long, Label("李四", STREET * 12), sheet=sheet_of("4x11")))

    assert caught.value.names == ("王秀兰", "李四")
    assert "王秀兰、李四" in str(caught.value)
    assert "48.5 × 25.4 毫米" in str(caught.value)


def test_a_name_alone_stands_in_the_middle() -> None:
    sheet = sheet_of("2x7")

    (page,) = characters(render(labels(Label("赵敏"), sheet=sheet, sender="")))

    middle = (page[0].x + page[-1].x_end) / 2
    assert middle == pytest.approx((sheet.left + sheet.width / 2) * MM, abs=1)


def test_nobody_gives_one_sheet_that_says_so() -> None:
    (text,) = page_texts(render(labels(labels=())))

    assert "没有要打印的地址签" in text


def test_rare_names_can_be_read_back_and_control_characters_vanish(tmp_path: Path) -> None:
    data = labels(label("赵𬱖\x07　收"), label("张𠊟\n收"), label("<b>李&四"))

    for text in all_readings(render(data), tmp_path):
        assert "赵𬱖" in text
        assert "张𠊟 收" in text
        assert "<b>李&四" in text
        assert "\x07" not in text


def test_all_unprintable_people_are_told_before_anything_is_drawn() -> None:
    bad = Label("李四", "望海路\ue863 1 号")

    with pytest.raises(MissingGlyph) as caught:
        render(labels(label(), bad, label("赵\U0003134b")))

    assert [place.whose for place in caught.value.places] == ["李四", "赵\U0003134b"]
