import pytest

from app.reports.headline import headline

WIDEST = 20.1


def test_a_title_that_fits_is_one_line() -> None:
    assert headline("停水通知", WIDEST) == ["停水通知"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "关于召开2026年度居民代表会议暨高龄津贴复核工作的通知",
            ["关于召开2026年度居民代表会议", "暨高龄津贴复核工作的通知"],
        ),
        (
            "关于开展望海社区夏季消防安全检查和楼道杂物清理工作的通知",
            ["关于开展望海社区夏季消防安全", "检查和楼道杂物清理工作的通知"],
        ),
    ],
)
def test_a_long_title_is_divided_between_words(title: str, lines: list[str]) -> None:
    assert headline(title, WIDEST) == lines


def test_a_line_end_typed_by_hand_wins() -> None:
    assert headline("关于停水\n的通知", WIDEST) == ["关于停水", "的通知"]


@pytest.mark.parametrize("length", [21, 35, 50, 75, 200])
def test_no_line_is_too_wide_and_nothing_is_lost(length: int) -> None:
    title = ("关于望海社区居民委员会换届选举" * 20)[:length]

    lines = headline(title, WIDEST)

    assert "".join(lines) == title
    assert all(len(line) <= WIDEST for line in lines)


def test_years_words_and_brackets_stay_whole() -> None:
    lines = headline("关于举办望海社区2026年（第十二届）邻里文化节志愿者报名的通知", WIDEST)

    assert any("2026年" in line for line in lines)
    assert not any(line.startswith(("）", "的", "年")) for line in lines)


def test_no_title_is_no_line() -> None:
    assert headline(" \n ", WIDEST) == []
