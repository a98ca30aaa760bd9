"""What is asked before printing: pages in words, the offset, what is kept for which printer."""

import pytest

from app.errors import DomainError
from app.ui.kit.print_settings import (
    Duplex,
    PrintSettings,
    last_printer,
    offset_from_measures,
    page_numbers,
    remember,
    remember_offset,
    remember_printer,
    remembered,
    tray_in_words,
)

NETWORK = r"\\街道服务器\HP/2 楼"


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("  ", [1, 2, 3, 4, 5]),
        ("2", [2]),
        ("1-3,5", [1, 2, 3, 5]),
        ("１－３，５", [1, 2, 3, 5]),
        ("第2页、第4页", [2, 4]),
        ("4-", [4, 5]),
        ("-2", [1, 2]),
        ("3-99", [3, 4, 5]),
        ("5,1,5", [5, 1]),
        ("1至3", [1, 2, 3]),
    ],
)
def test_pages_are_understood_as_people_write_them(words: str, pages: list[int]) -> None:
    assert [number + 1 for number in page_numbers(words, 5)] == pages


@pytest.mark.parametrize("words", ["0", "6", "3-1", "abc", "1--3", "-", "1,x", "0-2", "9999999999"])
def test_pages_that_do_not_exist_are_a_sentence(words: str) -> None:
    with pytest.raises(DomainError, match="一共 5 页"):
        page_numbers(words, 5)


def test_everything_but_copies_and_pages_is_kept_for_each_printer() -> None:
    kept = PrintSettings(
        printer=NETWORK,
        copies=3,
        pages="2",
        duplex=Duplex.SHORT,
        tray="Tray2",
        tray_words="第 2 纸盒",
        grey=True,
        right=0.5,
        down=-1.2,
    )

    remember(kept)

    assert remembered(NETWORK) == PrintSettings(
        printer=NETWORK,
        duplex=Duplex.SHORT,
        tray="Tray2",
        tray_words="第 2 纸盒",
        grey=True,
        right=0.5,
        down=-1.2,
    )
    assert remembered("一楼") == PrintSettings(printer="一楼")


def test_the_offset_belongs_to_the_machine() -> None:
    remember_offset("一楼", 1.5, -0.5)

    assert (remembered("一楼").right, remembered("一楼").down) == (1.5, -0.5)


def test_the_head_of_a_preview_names_the_tray_without_asking_a_printer() -> None:
    assert tray_in_words("A4") == "A4"

    remember(PrintSettings(printer=NETWORK, tray="Tray1", tray_words="第 1 纸盒"))
    remember_printer(NETWORK)

    assert last_printer() == NETWORK
    assert tray_in_words("A4") == "A4，第 1 纸盒"


def test_two_measures_give_the_offset() -> None:
    """The cross came out 29 mm from the left and 31.5 mm from the top, with 0.5 mm already set."""
    old = PrintSettings(printer="一楼", right=0.5)

    new = offset_from_measures(old, left=29.0, top=31.5, wanted=30.0)

    assert (new.right, new.down) == (1.5, -1.5)


def test_a_measure_that_cannot_be_is_told() -> None:
    with pytest.raises(DomainError, match="多半是量错了"):
        offset_from_measures(PrintSettings(printer="一楼"), left=90, top=30, wanted=30)


def test_a_spoiled_memory_does_no_harm() -> None:
    remember_offset("一楼", 99.0, -99.0)

    assert (remembered("一楼").right, remembered("一楼").down) == (30.0, -30.0)
