import pytest

from app.errors import DomainError
from app.reports.fonts import require, unknown
from app.reports.missing import MissingGlyph, Unknown


def test_the_sentence_names_the_character_and_the_name_it_is_in() -> None:
    with pytest.raises(MissingGlyph) as caught:
        require(["王秀兰", "张\U0003134b"])

    assert isinstance(caught.value, DomainError)
    assert caught.value.places == (Unknown("张\U0003134b", "\U0003134b"),)
    assert "“张\U0003134b”中的 \U0003134b（U+3134B）" in str(caught.value)
    assert "王秀兰" not in str(caught.value)


def test_a_private_character_is_told_by_its_number() -> None:
    with pytest.raises(MissingGlyph, match="“李□”中的 自造字（U\\+E863）"):
        require(["李\ue863"])


def test_half_a_surrogate_pair_is_told_and_the_sentence_can_be_written() -> None:
    with pytest.raises(MissingGlyph) as caught:
        require(["李\ud840"])

    assert "U+D840" in str(caught.value)
    assert str(caught.value).encode("utf-8")


def test_a_character_is_named_once_however_often_it_stands_there() -> None:
    assert unknown(["\ue000张\ue000\ue001"]) == [Unknown("\ue000张\ue000\ue001", "\ue000\ue001")]


def test_many_names_are_counted_instead_of_listed() -> None:
    with pytest.raises(MissingGlyph) as caught:
        require([f"张{i}\ue000" for i in range(30)])

    assert len(caught.value.places) == 30
    assert "另有 22 处" in str(caught.value)


def test_whose_data_it_is_is_said_where_the_text_is_not_the_name() -> None:
    places = unknown(["望海路\ue000号"], whose="王秀兰")

    assert "王秀兰 的“望海路□号”" in str(MissingGlyph(places))


def test_control_characters_are_no_fault() -> None:
    require(["王\x07秀\n兰\t\u200b"])
