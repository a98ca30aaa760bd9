from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.reports.clean import one_line, printable
from app.reports.fonts import Face
from app.reports.kinsoku import NO_END, NO_START
from app.reports.text import Line, compose, text_width, wrap

SIZE = 16.0
PLAIN = "居民委员会根据中华人民共和国组织法第十条规定召开代表会议审议报告"
MARKS = "，。、；：？！）》」』】〕”’％…—·（《「『【〔“‘"
mixed = st.lists(
    st.one_of(
        st.text(alphabet=PLAIN, min_size=1, max_size=6),
        st.sampled_from(["2026", "3.5%", "Version 2.1", "0411-8300 0000", "a@b.cn", "12:30"]),
        st.sampled_from(MARKS),
        st.sampled_from(["。”", "》，", "）。", "：“", "（《"]),
    ),
    max_size=60,
).map("".join)


def drawn(lines: list[Line]) -> list[str]:
    return [line.text.strip() for line in lines]


def starts_and_ends_rightly(lines: list[str]) -> bool:
    return not any(line[0] in NO_START for line in lines[1:] if line) and not any(
        line[-1] in NO_END for line in lines[:-1] if line
    )


@settings(max_examples=400, deadline=None)
@given(text=mixed, width=st.integers(8, 30), indent=st.sampled_from([0, 2]))
def test_no_line_starts_or_ends_with_a_forbidden_mark(text: str, width: int, indent: int) -> None:
    assume(not longest_chain(text) > width - indent - 2)
    lines = drawn(compose([(Face.SONG, text)], size=SIZE, width=width * SIZE, indent=indent * SIZE))

    assert starts_and_ends_rightly(lines), lines


@settings(max_examples=200, deadline=None)
@given(text=mixed, width=st.integers(8, 20))
def test_cells_of_a_table_keep_the_same_rules(text: str, width: int) -> None:
    assume(not longest_chain(text) > width - 2)

    lines = drawn(wrap(text, Face.SONG, 9, width * 9))

    assert starts_and_ends_rightly(lines), lines


def longest_chain(text: str) -> int:
    """How many characters hang together by marks: more than a line can only be cut anyhow."""
    longest = chain = 0
    for before, after in pairwise(text):
        glued = after in NO_START or before in NO_END or (after < "\u2e80" and before < "\u2e80")
        chain = chain + 1 if glued else 0
        longest = max(longest, chain + 1)
    return longest


@settings(max_examples=300, deadline=None)
@given(
    text=st.one_of(mixed, st.text(alphabet=MARKS + "字W ", max_size=80)), width=st.integers(2, 30)
)
def test_every_character_is_drawn_once_and_in_order(text: str, width: int) -> None:
    lines = compose([(Face.SONG, text)], size=SIZE, width=width * SIZE)

    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=300, deadline=None)
@given(text=mixed, width=st.integers(8, 30), indent=st.sampled_from([0, 2]))
def test_no_line_is_wider_than_its_column(text: str, width: int, indent: int) -> None:
    room = width * SIZE

    lines = compose([(Face.SONG, text)], size=SIZE, width=room, indent=indent * SIZE)

    assert all(line.indent + line.width <= room + 0.05 for line in lines)


def test_all_lines_but_the_last_reach_the_right_edge() -> None:
    text = "经研究，决定于2026年12月5日（星期六）上午9:00在服务中心3楼会议室召开居民代表会议，" * 4

    *full, last = compose([(Face.FANG, text)], size=SIZE, width=440, indent=32)

    assert [round(line.indent + line.width, 2) for line in full] == [440.0] * len(full)
    assert last.width < 440


def test_words_and_figures_are_not_cut_at_a_line_end() -> None:
    text = "电话0411-83000000邮箱juweihui@example.com" * 6

    lines = drawn(compose([(Face.SONG, text)], size=SIZE, width=400))

    assert len(lines) > 4
    assert sum(line.count("0411-83000000") for line in lines) == 6
    assert sum(line.count("juweihui@example.com") for line in lines) == 6


@pytest.mark.parametrize("before", range(4, 20))
def test_the_number_of_a_document_is_not_cut_at_a_line_end(before: int) -> None:
    text = "字" * before + "民发〔2020〕20号文件规定不出具的事项"

    lines = drawn(compose([(Face.FANG, text)], size=SIZE, width=16 * SIZE))

    assert sum("〔2020〕20号" in line for line in lines) == 1


def test_a_word_longer_than_the_line_is_cut_rather_than_lost() -> None:
    lines = compose([(Face.SONG, "W" * 200)], size=SIZE, width=200)

    assert "".join(line.text for line in lines) == "W" * 200
    assert all(line.width <= 200.05 for line in lines)


def test_the_first_line_is_two_characters_in_and_the_others_are_not() -> None:
    lines = compose([(Face.FANG, PLAIN * 3)], size=SIZE, width=448, indent=2 * SIZE)

    assert [line.indent for line in lines] == [32.0] + [0.0] * (len(lines) - 1)
    assert len(lines[0].text) == 26
    assert len(lines[1].text) == 28


def test_a_closing_mark_is_pressed_into_the_line_that_it_closes() -> None:
    text = PLAIN[:27] + "，" + PLAIN

    lines = drawn(compose([(Face.FANG, text)], size=SIZE, width=27 * SIZE))

    assert lines[0] == PLAIN[:27] + "，"


def test_a_cell_keeps_the_line_ends_that_were_typed() -> None:
    assert drawn(wrap("三网格\r\n楼长\n\n", Face.SONG, 9, 200)) == ["三网格", "楼长"]


def test_an_empty_cell_is_one_empty_line() -> None:
    assert [line.text for line in wrap("", Face.SONG, 9, 50)] == [""]
    assert [line.text for line in wrap("\n \n", Face.SONG, 9, 50)] == [""]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("王\x00秀\x07兰", "王秀兰"),
        ("王\u200b秀\ufeff兰\u00ad", "王秀兰"),
        ("葛\U000e0100城", "葛城"),
        ("3\u00a0号\t楼", "3 号 楼"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
    ],
)
def test_control_and_invisible_characters_do_not_reach_the_paper(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_one_line_joins_what_was_typed_on_several() -> None:
    assert one_line(" 望海社区\n居民委员会  ") == "望海社区 居民委员会"


def test_width_is_the_sum_of_the_characters() -> None:
    assert text_width("居民", Face.FANG, 16) == 32
    assert 0 < text_width("2026", Face.FANG, 16) < 40


@pytest.mark.parametrize("room", range(6, 16))
def test_no_line_ends_within_a_figure_with_commas(room: int) -> None:
    lines = drawn(wrap("用专项经费 18,600.50 元换装声控灯", Face.FANG, SIZE, room * SIZE))
    assert any("18,600.50" in line for line in lines)
