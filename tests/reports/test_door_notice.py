import re
from datetime import date
from itertools import pairwise

import pytest

from app.errors import DomainError
from app.reports.door_notice import render, render_many
from app.reports.missing import MissingGlyph
from tests.reports.papers import LONG_NAME, OUTAGE, door_notice
from tests.reports.reading import MM, Character, characters, page_count, page_texts, rows


def page_of(data: bytes) -> list[Character]:
    (page,) = characters(data)
    return [c for c in page if c.text.strip()]


def sizes(data: bytes, words: str) -> set[float]:
    page = page_of(data)
    text = "".join(c.text for c in page)
    start = text.index(words)
    return {round(c.size, 1) for c in page[start : start + len(words)]}


def body_size(data: bytes) -> float:
    return min(sizes(data, "海湾街道望海社区居民委员会"))


def test_a_short_notice_is_one_page_in_the_largest_letters() -> None:
    data = render(door_notice())

    assert page_count(data) == 1
    assert sizes(data, "停水通知") == {48}
    assert sizes(data, "因供水公司检修管道") == {26}


def test_lines_stand_one_and_a_half_times_their_size_apart() -> None:
    data = render(door_notice(body="请大家注意防火防盗，出门前关好门窗和水电气。" * 3))

    lines = sorted({c.baseline for c in page_of(data) if c.size == 26})
    steps = {round(b - a, 1) for a, b in pairwise(lines)}
    assert 39.0 in steps


def test_longer_text_shrinks_but_stays_on_one_page_and_never_below_18() -> None:
    seen = set()
    for repeats in range(1, 40):
        try:
            data = render(door_notice(body=OUTAGE + "\n" + "请备好饮用水和洗漱用水。" * repeats))
        except DomainError:
            break
        assert page_count(data) == 1
        seen.add(body_size(data))
        assert max(c.bottom for c in page_of(data)) / MM <= 297 - 10

    assert max(seen) == 26
    assert 18 <= min(seen) < 20


def test_text_that_does_not_fit_is_refused_with_lines_and_characters_and_then_fits() -> None:
    body = "请大家注意防火防盗，出门前关好门窗和水电气，有事请打社区电话。" * 20
    with pytest.raises(DomainError, match="18 磅") as told:
        render(door_notice(body=body))
    found = re.search(r"多出 (\d+) 行，请删去 (\d+) 个字", str(told.value))
    assert found is not None

    assert page_count(render(door_notice(body=body[: -int(found.group(2))]))) == 1


def test_a_long_title_takes_a_smaller_size_and_two_lines_at_most() -> None:
    data = render(door_notice(title="关于开展冬季用火用电安全检查工作的温馨提示"))

    title = [c for c in page_of(data) if c.size >= 36]
    assert {c.size for c in title} <= {36, 40, 44, 48}
    assert len({c.baseline for c in title}) == 2


def test_a_title_that_no_size_fits_is_refused_with_what_to_cut() -> None:
    with pytest.raises(DomainError, match=r"标题太长.*请删去 \d+ 个字"):
        render(
            door_notice(
                title="关于进一步做好冬季用火用电用气安全检查和隐患排查整治工作有关事项的通知"
            )
        )


def test_times_and_places_are_bold_in_a_frame_and_nothing_else_is() -> None:
    data = render(door_notice())
    page = page_of(data)
    text = "".join(c.text for c in page)

    def faces(words: str) -> set[str]:
        start = text.index(words)
        return {c.font.partition("+")[2] for c in page[start : start + len(words)]}

    assert faces("停水时间：") == faces("停水范围：") == {"NotoSerifSC-Black"}
    assert faces("停水期间请关好水龙头") == {"NotoSansSC-Regular"}


def test_the_foot_tells_from_when_to_when_it_hangs_and_whom_to_ask() -> None:
    (text,) = page_texts(render(door_notice()))

    assert "张贴日期：2026年11月21日—撤下日期：2026年11月26日" in text
    assert "社区电话：0411-84641234" in text


def test_days_that_are_not_known_are_left_to_the_pen() -> None:
    (text,) = page_texts(render(door_notice(posted_on=None, take_down_on=None, phone="")))

    assert "张贴日期：____年__月__日—撤下日期：____年__月__日" in text
    assert "社区电话" not in text


def test_every_door_has_its_own_page_and_is_announced_before_it_is_drawn() -> None:
    seen: list[int] = []
    doors = [door_notice(recipients=f"{n} 号楼各位居民") for n in (3, 4, 10)]

    texts = page_texts(render_many(doors, seen.append))

    assert seen == [0, 1, 2]
    assert [f"{n} 号楼各位居民" in text for n, text in zip((3, 4, 10), texts, strict=True)] == [
        True
    ] * 3


def test_names_of_sixty_characters_signs_and_control_characters_do_not_break_it() -> None:
    body = f"请{LONG_NAME}到社区。\n时间：<9时&10时>\x07\n{'长' * 60}"
    data = render(door_notice(body=body, office="望海社区" * 8 + "居民委员会"))

    text = "".join("".join(rows(page).values()) for page in characters(data))
    assert "<9时&10时>" in re.sub(r"\s", "", text)
    assert max(c.x_end for c in page_of(data)) / MM <= 210 - 17


def test_a_character_that_no_font_has_is_named_and_nothing_is_printed() -> None:
    with pytest.raises(MissingGlyph, match="自造字"):
        render(door_notice(body="请\ue863来"))


def test_an_empty_notice_is_still_a_page() -> None:
    data = render(door_notice(title="", recipients="", body="", day=date(2026, 1, 5)))

    assert "2026年1月5日" in "".join(page_texts(data))


def test_a_long_telephone_line_goes_on_below_within_the_page() -> None:
    phone = "0411-83120000（工作日8:30至17:00），13900000000（周末值班，王主任），也可到服务大厅"
    page = page_of(render(door_notice(phone=phone)))

    assert max(c.x_end for c in page) / MM <= 210 - 17.9
    assert max(c.bottom for c in page) / MM <= 297 - 10
    assert f"社区电话：{phone}" in "".join(rows(page).values())
