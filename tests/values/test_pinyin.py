import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.pinyin import MOST_READINGS, initials, readings, sort_key


def spelled(name: str) -> set[str]:
    return {"".join(reading) for reading in readings(name)}


@pytest.mark.parametrize(
    ("name", "as_surname", "general"),
    [
        ("单田芳", "shantianfang", "dantianfang"),
        ("解洁", "xiejie", "jiejie"),
        ("仇帆", "qiufan", "choufan"),
        ("曾永", "zengyong", "cengyong"),
        ("查浩军", "zhahaojun", "chahaojun"),
        ("朴华", "piaohua", "puhua"),
        ("区文磊", "ouwenlei", "quwenlei"),
        ("盖莹菊", "geyingju", "gaiyingju"),
        ("翟明", "zhaiming", "diming"),
        ("覃明", "qinming", "tanming"),
        ("缪明", "miaoming", "mouming"),
        ("种明", "chongming", "zhongming"),
        ("乐淑雪", "yueshuxue", "leshuxue"),
        ("员明", "yunming", "yuanming"),
        ("尉迟恭", "yuchigong", "weichigong"),
        ("万俟明", "moqiming", "wansiming"),
        ("长孙明", "zhangsunming", "changsunming"),
    ],
)
def test_polyphonic_surnames_are_found_both_ways_and_sorted_as_surnames(
    name: str, as_surname: str, general: str
) -> None:
    assert {as_surname, general} <= spelled(name)
    assert "".join(readings(name)[0]).startswith(as_surname[:2])
    assert sort_key(name)[0] == as_surname[0]


def test_lu_and_nu_are_found_by_v_and_u() -> None:
    assert {"lvbu", "lubu"} <= spelled("吕布")
    assert {"wangnv", "wangnu"} <= spelled("王女")


def test_initials_come_from_every_reading() -> None:
    assert {"stf", "dtf"} <= set(initials("单田芳"))
    assert initials("王兰")[0] == "wl"


def test_names_of_other_scripts_are_searchable_too() -> None:
    assert readings("John Smith") == (("john", "smith"),)
    assert readings("阿迪力·买买提")[0] == ("a", "di", "li", "mai", "mai", "ti")
    assert readings("") == ()


def test_rare_and_unknown_characters_keep_the_rest_searchable() -> None:
    assert "cui" in readings("崔𬱖")[0]
    assert readings("王\ue000")[0][0] == "wang"


def test_sorting_follows_pinyin_then_tone_then_character() -> None:
    names = ["张三", "单明", "王五", "李四", "黎明", "欧阳山", "阿迪力·买买提"]
    assert sorted(names, key=sort_key) == [
        "阿迪力·买买提",
        "黎明",
        "李四",
        "欧阳山",
        "单明",
        "王五",
        "张三",
    ]


@given(st.text(max_size=60))
def test_any_text_has_at_most_sixteen_readings_and_a_key(text: str) -> None:
    assert len(readings(text)) <= 16
    assert isinstance(sort_key(text), str)


def test_a_name_of_sixty_characters_with_several_readings_each_is_spelled_at_once() -> None:
    # As many spellings as the product of all readings: asking for all of them would never end.
    spellings = readings("单" + "重乐行长" * 14)

    assert len(spellings) == len(set(spellings)) == MOST_READINGS
    assert all(len(spelling) == 57 for spelling in spellings)
