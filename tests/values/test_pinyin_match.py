"""Finding a paper by letters: initials, whole syllables, or parts of both, from any character."""

import pytest

from app.values.pinyin_match import spells

TITLE = "志愿服务记录证明"


@pytest.mark.parametrize(
    "typed", ["zyfw", "ZYFW", "zhiyuan", "zhiyfw", "jlzm", "fuwuji", "记录", " zyfw ", "", "zhiyu"]
)
def test_letters_that_spell_a_part_of_the_title_find_it(typed: str) -> None:
    assert spells(TITLE, typed)


@pytest.mark.parametrize("typed", ["zyjl", "xyz", "hiyuan", "监护", "zyfwjlzmx", "zzyy"])
def test_other_letters_do_not(typed: str) -> None:
    assert not spells(TITLE, typed)


def test_every_reading_of_a_character_counts() -> None:
    assert spells("重要通知", "zytz")
    assert spells("重要通知", "cytz")


def test_letters_and_digits_of_a_title_stand_for_themselves() -> None:
    assert spells("A4 空白表", "a4")
