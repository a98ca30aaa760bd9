from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.addresses import Address, join_parts, parse_address, parse_building, parse_room
from app.values.characters import repair_private_use, unknown_characters
from app.values.codes import (
    DEFAULT_TAGS,
    DWELLING_KINDS,
    EDUCATION,
    ETHNIC_GROUPS,
    MARITAL,
    POLITICAL_STATUS,
    RELATION,
    RESIDENCE_STATUS,
)
from app.values.dates import age_on, parse_date
from app.values.masking import (
    documents_in,
    mask_id,
    mask_name_public,
    mask_phone,
    mask_public,
    mask_text,
    phones_in,
    tail_id,
)
from app.values.names import clean_name, is_plausible_name, without_note
from app.values.phones import parse_phones

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "cell",
    [
        date(1954, 8, 11),
        datetime(1954, 8, 11, 0, 0),
        "1954.8.11",
        "1954-08-11",
        "1954/8/11",
        "1954年8月11日",
        "１９５４年８月１１日",
        "19540811",
        19540811.0,
        19947.0,
        "19947",
        "1954-08-11 00:00:00",
        "1954.8.11.",
        "1954、8、11",
        "54-08-11",
        "54年8月11日",
        "540811",
        "一九五四年八月十一日",
    ],
)
def test_one_day_is_read_from_every_spelling(cell: object) -> None:
    assert parse_date(cell, today=TODAY).value == date(1954, 8, 11)


@pytest.mark.parametrize("cell", ["1956年3月", "1956.03", 195603.0, "195603", 1956.3, "1956-3"])
def test_a_month_without_day_stays_a_month(cell: object) -> None:
    parsed = parse_date(cell, today=TODAY)
    assert (parsed.value, parsed.precision, parsed.year, parsed.month) == (None, "month", 1956, 3)


def test_a_number_that_may_have_lost_the_zero_of_october_tells_the_year_alone() -> None:
    parsed = parse_date(1956.1, today=TODAY)
    assert (parsed.precision, parsed.year, parsed.month) == ("year", 1956, None)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("1955-02-30", "date_unreadable"),
        ("明天", "date_unreadable"),
        ("3/8/1955", "date_unreadable"),
        ("12-03-05", "date_unreadable"),
        ("561312", "date_unreadable"),
        ("2027-01-01", "date_future"),
        ("1880-01-01", "date_too_early"),
        (float("nan"), "date_unreadable"),
    ],
)
def test_impossible_dates_are_faults_with_a_name(cell: object, kind: str) -> None:
    parsed = parse_date(cell, today=TODAY)
    assert parsed.value is None
    assert parsed.fault is not None
    assert parsed.fault.kind == kind


@pytest.mark.parametrize("cell", ["", None, "无", "/", "  ", 0])
def test_an_empty_date_stays_empty(cell: object) -> None:
    parsed = parse_date(cell, today=TODAY)
    assert (parsed.value, parsed.fault, parsed.precision) == (None, None, "")


def test_age_changes_on_the_birthday() -> None:
    born = date(1946, 11, 21)
    assert age_on(born, date(2026, 11, 20)) == 79
    assert age_on(born, date(2026, 11, 21)) == 80


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13812340612", ("13812340612",)),
        (18561719049.0, ("18561719049",)),
        (18561719049, ("18561719049",)),
        ("139-1234-5678", ("13912345678",)),
        ("139 1234 5678", ("13912345678",)),
        ("+86 138 1234 0612", ("13812340612",)),
        ("13912345678/0411-84641234", ("13912345678", "0411-84641234")),
        ("13912345678、13812340612", ("13912345678", "13812340612")),
        ("13912345678 13812340612", ("13912345678", "13812340612")),
        ("13912345678\n13812340612", ("13912345678", "13812340612")),
        ("13912345678(儿子)", ("13912345678",)),
        ("041184641234", ("0411-84641234",)),
        ("(010)84641234", ("010-84641234",)),
        ("84641234", ("84641234",)),
        ("0411-84641234转802", ("0411-84641234转802",)),
        ("0411-84641234-802", ("0411-84641234转802",)),
        ("84641234-802", ("84641234转802",)),
        ("13912345678(12栋)", ("13912345678",)),
        ("13912345678 2026.3改", ("13912345678",)),
        ("+852 91234567", ("+85291234567",)),
        ("0411～84641234", ("0411-84641234",)),
        ("1391234567813812340612", ("13912345678", "13812340612")),
        ("139 1234\n5678", ("13912345678",)),
        ("无", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_phone_cells_give_their_numbers(cell: object, numbers: tuple[str, ...]) -> None:
    parsed = parse_phones(cell)
    assert (parsed.numbers, parsed.faults) == (numbers, ())


@pytest.mark.parametrize("cell", ["138123406", "1381234061", "138123406123", "12812340612"])
def test_a_phone_of_wrong_length_is_a_fault_that_tells_the_number(cell: str) -> None:
    faults = parse_phones(cell).faults
    assert [fault.kind for fault in faults] == ["phone_length"]
    assert cell in faults[0].sentence


@pytest.mark.parametrize(
    ("text", "short", "compound"),
    [
        ("3号楼2单元501室", "3-2-501", ""),
        ("３号楼２单元５０１室", "3-2-501", ""),
        ("三栋二门501", "3-2-501", ""),
        ("3#2-501", "3-2-501", ""),
        ("3-2-501", "3-2-501", ""),
        ("3栋501", "3-501", ""),
        ("A座1203", "A-1203", ""),
        ("十二号楼一单元一〇一", "12-1-101", ""),
        ("望海花园3号楼501", "3-501", "望海花园"),
        ("辽宁省大连市普兰店区望海小区12号楼3单元1102", "12-3-1102", "望海小区"),
        ("中山路15号3单元501", "15-3-501", "中山路"),
        ("中山路15-2号3单元501", "15-2-3-501", "中山路"),
        ("3、2、501", "3-2-501", ""),
        ("大连市普兰店区丰荣街道望海社区3-2-501", "3-2-501", ""),
        ("1单元101室", "1-101", ""),
        ("3幢1单元501室(租)", "3-1-501", ""),
        ("三号楼二单元5楼502", "3-2-502", ""),
        ("3号楼第二单元第501室", "3-2-501", ""),
        ("3-2单元-501", "3-2-501", ""),
        ("3.2.501", "3-2-501", ""),
        ("3#2#501", "3-2-501", ""),
        ("5号楼东单元301", "5-东-301", ""),
        ("3号楼2单元5楼东", "3-2-5楼东", ""),
        ("3栋2单元501室A", "3-2-501A", ""),
        ("2栋地下室", "2-地下室", ""),
        ("5-1号楼2单元301", "5-1-2-301", ""),
        ("望海楼3号楼501", "3-501", "望海楼"),
        ("丰荣街25号3-2-501", "3-2-501", "丰荣街25号"),
        ("外地", "", ""),
        ("", "", ""),
    ],
)
def test_an_address_in_one_cell_becomes_building_unit_and_room(
    text: str, short: str, compound: str
) -> None:
    address = parse_address(text)
    assert (address.short, address.compound) == (short, compound)


def test_addresses_are_spoken_with_their_words() -> None:
    assert Address("3", "2", "501").spoken == "3 号楼 2 单元 501"
    assert Address("A", "", "1203").spoken == "A 座 1203"


@pytest.mark.parametrize(
    ("cell", "building"),
    [
        ("1号楼", "1"),
        ("2#", "2"),
        ("3栋", "3"),
        (5.0, "5"),
        ("三号楼", "3"),
        ("07", "7"),
        ("A座", "A"),
    ],
)
def test_building_cells_in_every_spelling_give_the_number(cell: object, building: str) -> None:
    assert parse_building(cell).building == building


def test_a_tick_and_the_number_one_are_not_the_same_cell() -> None:
    assert join_parts(True, True, True).short == ""
    assert join_parts(1.0, 1.0, 101.0).short == "1-1-101"


def test_separate_cells_go_before_the_whole_address() -> None:
    assert join_parts("1号楼", 2.0, "702室").short == "1-2-702"
    assert join_parts("", "", "", "3号楼2单元501").short == "3-2-501"
    assert join_parts("1栋", "", "2-501").short == "1-2-501"
    assert join_parts("3-2", "", "501").unit == "2"
    assert join_parts("5-1", "2", "501").building == "5-1"
    assert join_parts("3号楼2单元", "2单元", "501").short == "3-2-501"
    assert join_parts("", "", "").short == ""
    assert parse_room("0101").room == "0101"


@given(st.text())
def test_no_text_makes_address_phone_date_or_name_raise(text: str) -> None:
    parse_address(text)
    join_parts(text, text, text, text)
    parse_phones(text)
    parse_date(text, today=TODAY)
    clean_name(text)


@given(st.one_of(st.floats(), st.integers(), st.booleans(), st.datetimes(), st.none()))
def test_no_cell_type_makes_the_readers_raise(value: object) -> None:
    parse_date(value, today=TODAY)
    parse_phones(value)
    join_parts(value, value, value)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("解　洁", "解洁"),
        (" 武波刚 ", "武波刚"),
        ("王 秀 兰", "王秀兰"),
        ("阿迪力・买买提", "阿迪力·买买提"),
        ("阿迪力.买买提", "阿迪力·买买提"),
        ("阿迪力‧买买提", "阿迪力·买买提"),
        ("阿迪力 • 买买提", "阿迪力·买买提"),
        ("John  Smith", "John Smith"),
        ("张\u200b三", "张三"),
        ("唐\ue863", "唐䶮"),
    ],
)
def test_names_are_written_as_on_the_card(written: str, name: str) -> None:
    assert clean_name(written) == name


def test_notes_behind_a_name_can_be_taken_off_and_nonsense_is_no_name() -> None:
    assert without_note("王兰(租户)") == "王兰"
    assert is_plausible_name("阿迪力·买买提")
    assert not is_plausible_name("合计528人")
    assert not is_plausible_name("王" * 61)


def test_private_characters_without_meaning_are_reported() -> None:
    assert repair_private_use("\ue863\ue815") == "䶮⺁"
    assert unknown_characters("王\ue000𬱖") == "\ue000"


def test_synonyms_short_forms_and_codes_find_the_standard_name() -> None:
    assert ETHNIC_GROUPS.find("汉") == "汉族"
    assert ETHNIC_GROUPS.find("01") == "汉族"
    assert ETHNIC_GROUPS.find("11满族") == "满族"
    assert POLITICAL_STATUS.find("党员") == "中共党员"
    assert POLITICAL_STATUS.find("团员") == "共青团员"
    assert RELATION.find("大儿子") == "长子"
    assert RELATION.find("户　主") == "户主"
    assert EDUCATION.find("本科") == "大学本科"
    assert MARITAL.find("离异") == "离婚"
    assert RESIDENCE_STATUS.find("空挂户") == "户在人不在"
    assert DWELLING_KINDS.find("出租房") == "租住"
    assert RELATION.find("飞碟") is None
    assert ETHNIC_GROUPS.find("") is None


def test_tables_are_complete_and_codes_are_unique() -> None:
    assert len(ETHNIC_GROUPS.names) == 58
    assert ETHNIC_GROUPS.code("锡伯族") == "38"
    for table in (ETHNIC_GROUPS, POLITICAL_STATUS, EDUCATION, MARITAL, RELATION, RESIDENCE_STATUS):
        codes = [entry.code for entry in table.entries]
        assert len(set(codes)) == len(codes)
        assert len(set(table.names)) == len(codes)


def test_no_word_means_two_names_of_one_table() -> None:
    for table in (ETHNIC_GROUPS, POLITICAL_STATUS, EDUCATION, MARITAL, RELATION, RESIDENCE_STATUS):
        words = [word for entry in table.entries for word in (entry.name, *entry.synonyms)]
        assert sorted({word for word in words if words.count(word) > 1}) == []


def test_tags_of_public_security_are_not_enabled_by_default() -> None:
    assert DEFAULT_TAGS.find("独居") == "独居老人"
    assert DEFAULT_TAGS.find("低保户") == "低保"
    by_group = {tag.group: tag.enabled for tag in DEFAULT_TAGS.entries}
    assert by_group["综治"] is False
    assert by_group["老人"] is True
    assert {tag.tone for tag in DEFAULT_TAGS.entries} <= {"grey", "blue", "green", "amber", "red"}


def test_masks_keep_what_helps_and_hide_the_rest() -> None:
    assert mask_id("210214195601011827") == "2102 **** **** 1827"
    assert mask_id("E12345678") == "E1****78"
    assert mask_phone("13812340612") == "138 **** 0612"
    assert mask_phone("0411-84641234") == "0411-****1234"
    assert mask_phone("(0411) 8464 1234") == "0411-****1234"
    assert mask_phone("+86-138-1234-0612") == "138 **** 0612"
    assert tail_id("210214195601011827") == "⋅⋅⋅1827"
    assert tail_id("") == ""
    names = ["王兰", "王秀兰", "欧阳明月", "阿迪力·买买提"]
    assert [mask_name_public(name) for name in names] == ["王*", "王*兰", "欧阳**", "阿**·***"]


def test_logs_show_no_whole_number() -> None:
    line = mask_text("王兰 210214195601011827 电话13812340612，港澳 H12345678 座机 0411-84641234")
    for secret in ("195601011827", "13812340612", "H12345678", "84641234"):
        assert secret not in line


@given(st.from_regex(r"\A[1-9]\d{16}[\dX]\Z"))
def test_a_document_number_never_survives_masking(number: str) -> None:
    assert number not in mask_text(f"号码:{number}。")


def test_a_text_for_the_board_masks_the_longest_name_first_and_keeps_what_is_free() -> None:
    text = "王秀兰、王秀，电话13812340612"

    def masked(**kept: list[str]) -> str:
        shown = {"王秀": "王*", "王秀兰": "王*兰", "13812340612": "138 **** 0612"}
        return mask_public(text, shown, **kept)

    assert masked() == "王*兰、王*，电话138 **** 0612"
    assert masked(kept=["王秀兰"]) == "王秀兰、王*，电话138 **** 0612"
    assert mask_public(text, {}) == text


def test_numbers_of_people_are_found_in_a_text_each_once() -> None:
    text = "210214196001181827，13812340612，0411-84641234，210214196001181827，C12345678，2026"

    assert documents_in(text) == ["210214196001181827", "C12345678"]
    assert phones_in(text) == ["13812340612", "0411-84641234"]


@pytest.mark.parametrize(
    "typed",
    [
        "138 1234 0612",
        "138-1234-0612",
        "+8613812340612",
        "86-13812340612",
        "１３８１２３４０６１２",
        "0411 84641234",
        "（0411）84641234",
        "041184641234",
        "0411-8464 1234",
    ],
)
def test_a_telephone_number_is_seen_however_it_was_typed(typed: str) -> None:
    assert phones_in(f"电话{typed}。") == [typed]
    assert "1234" not in mask_phone(typed)[:-4]


@pytest.mark.parametrize(
    "typed", ["210214 19600118 1827", "210214-19600118-182X", "EA1234567", "6222020200112233445"]
)
def test_a_document_number_is_seen_however_it_was_typed(typed: str) -> None:
    assert documents_in(f"证件{typed}。") == [typed]
    assert typed not in mask_text(f"证件{typed}。")
