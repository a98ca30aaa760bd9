from pathlib import Path

import pytest

from app import paths
from app.reports.fonts import Face, runs, typeface, unknown
from app.reports.missing import MissingGlyph
from app.reports.page import Sheet
from app.values.masking import tail_id
from tests.reports.reading import all_readings

RARE = Path(__file__).parents[3] / "shared" / "data" / "characters" / "rare_name_characters.txt"
READING_FACES = (Face.SONG, Face.FANG, Face.HEI, Face.KAI, Face.TITLE)


def faces_of(text: str, face: Face) -> list[tuple[Face, str]]:
    return [(found.face, part) for found, part in runs(text, face)]


def test_a_common_name_stands_in_the_face_that_was_asked_for() -> None:
    assert faces_of("王秀兰", Face.FANG) == [(Face.FANG, "王秀兰")]


@pytest.mark.parametrize("name", ["张𣲗", "赵堃", "陈䶮", "王𬱖"])
def test_one_missing_character_takes_the_whole_name_to_the_serif(name: str) -> None:
    assert faces_of(name, Face.FANG) == [(Face.SONG, name)]


def test_a_name_with_a_dot_is_one_name() -> None:
    assert faces_of("阿依𬱖·买买提", Face.FANG) == [(Face.SONG, "阿依𬱖·买买提")]


def test_only_the_name_changes_face_not_its_neighbours() -> None:
    assert faces_of("李四、张𣲗、王五", Face.FANG) == [
        (Face.FANG, "李四、"),
        (Face.SONG, "张𣲗"),
        (Face.FANG, "、王五"),
    ]


def test_figures_and_latin_letters_come_from_the_serif() -> None:
    assert faces_of("2026年Wi-Fi", Face.FANG) == [
        (Face.SONG, "2026"),
        (Face.FANG, "年"),
        (Face.SONG, "Wi-Fi"),
    ]


def test_the_rare_fonts_help_only_with_what_the_serif_lacks() -> None:
    assert faces_of("李𰀀", Face.SONG) == [(Face.SONG, "李"), (Face.RARE_G, "𰀀")]
    assert faces_of("王𠊟", Face.FANG) == [(Face.SONG, "王"), (Face.RARE_B, "𠊟")]


@pytest.mark.skipif(not RARE.exists(), reason="the shared list of rare characters is not here")
def test_every_rare_name_character_can_be_printed_but_the_private_one() -> None:
    lines = RARE.read_text("utf-8").split("\n")
    characters = [chr(int(line.split()[0][2:], 16)) for line in lines if line.startswith("U+")]

    assert len(characters) > 180
    assert [u.characters for u in unknown(characters)] == ["\ue625"]


def test_the_reading_faces_have_all_of_gb_2312_and_the_standard_characters() -> None:
    pairs = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    gb2312 = {pair.decode("gb2312", "ignore") for pair in pairs} - {""}

    assert len(gb2312) == 6763
    for face in READING_FACES:
        assert gb2312 <= typeface(face).characters, face
    # Level three of 通用规范汉字表: characters that names are given.
    for face in (Face.SONG, Face.HEI, Face.KAI, Face.TITLE):
        assert set("㑇㛃䶮垚堃𠅤𣲗𣲘𦙶𬱖𫖯𬸪") <= typeface(face).characters, face


def test_every_chinese_character_is_one_em_wide_in_every_face() -> None:
    for face in Face:
        found = typeface(face)
        han = {c for c in found.characters if "\u4e00" <= c <= "\u9fff" or c >= "\U00020000"}
        odd = {c for c in han if found.widths[c] != 1.0}
        assert not odd - {"\U00031ad2"}, face


@pytest.mark.parametrize("private", ["\ue863", "\ue76c", "\U000f0000"])
def test_private_characters_are_never_drawn(private: str) -> None:
    assert all(private not in typeface(face).characters for face in Face)
    with pytest.raises(MissingGlyph):
        runs(f"王{private}", Face.FANG)


def test_each_font_has_its_licence_beside_it() -> None:
    folder = paths.resources() / "fonts"
    licences = {path.name for path in folder.glob("*.txt")}

    assert {face.value for face in Face} == {path.name for path in folder.glob("*.ttf")}
    assert licences == {
        "Noto-OFL.txt",
        "FandolFang-GPL-with-font-exception.txt",
        "FandolFang-README.txt",
        "LinliKai-OFL.txt",
        "LinliRareB-Hanazono.txt",
        "LinliRareG-Arphic.txt",
    }
    assert all((folder / name).stat().st_size > 500 for name in licences)


def test_a_shortened_number_prints_with_the_very_signs_of_the_screen(tmp_path: Path) -> None:
    shown = tail_id("210214195601011827")
    sheet = Sheet("尾号")
    for place, face in enumerate(READING_FACES):
        sheet.text(100, 700 - 30 * place, shown, face, 12)
    sheet.end_page()

    for reading in all_readings(sheet.finish(), tmp_path):
        assert reading.count(shown) == len(READING_FACES)


def test_the_dots_of_a_shortened_number_are_narrow() -> None:
    assert all(found.width("⋅") < 0.4 for found, _ in runs("⋅", Face.HEI))
