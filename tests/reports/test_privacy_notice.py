from pathlib import Path

import pytest

from app.errors import DomainError
from app.reports.missing import MissingGlyph
from app.reports.privacy_notice import RETENTION, Subject, render
from tests.reports.papers import LONG_NAME, OFFICE, STREET, privacy_notice
from tests.reports.reading import MM, all_readings, characters, page_count, page_texts


def flat(data: bytes) -> str:
    return "".join("".join(page_texts(data)).split())


def test_it_tells_all_that_articles_17_30_and_31_ask_for() -> None:
    text = flat(render(privacy_notice("王秀兰")))

    for told in (
        OFFICE,
        "0411-83000000",
        "第十七条、第三十条、第三十一条",
        "为什么采集，采集什么",
        "怎样处理",
        "".join(RETENTION.format(years=3).split()),
        "不能判断您是否符合",
        "可能损害您的人格尊严",
        "监护人阅读本告知书并表示同意",
        "随时撤回",
        "查阅、复制",
        "投诉、举报",
    ):
        assert told in text


def test_each_person_has_one_page_with_the_name_in(tmp_path: Path) -> None:
    data = render(privacy_notice("王秀兰", "李𣲗", "赵𰀀"))

    assert page_count(data) == 3
    for reading in all_readings(data, tmp_path):
        assert all(name in reading for name in ("王秀兰", "李𣲗", "赵𰀀"))


def test_without_people_there_is_one_form_to_be_filled_in_by_hand() -> None:
    data = render(privacy_notice())

    assert page_count(data) == 1
    assert "致：" in page_texts(data)[0]


@pytest.mark.parametrize("name", ["王秀兰", LONG_NAME])
def test_text_and_signature_stand_on_one_page_and_do_not_meet(name: str) -> None:
    address = STREET * 3
    data = privacy_notice(name, address=address, retention=RETENTION * 3)

    (page,) = characters(render(data))

    consent = next(c for c in page if c.text == "□")
    body = [c.bottom for c in page if c.baseline < consent.baseline]
    assert max(body) < consent.top
    assert max(c.bottom for c in page) < 292 * MM
    assert all(c.x_end <= 191 * MM for c in page)


def test_a_long_name_stays_readable_on_a_line_of_its_own() -> None:
    (page,) = characters(render(privacy_notice(LONG_NAME)))

    name = [c for c in page if c.text in "吐尔逊玉素甫艾" and c.top < 40 * MM]
    assert min(c.size for c in name) > 7


def test_the_longest_address_stays_readable_and_covers_no_text() -> None:
    place = (STREET * 9)[:100]
    (page,) = characters(render(privacy_notice(subjects=[Subject(LONG_NAME, place)])))

    opening = next(c for c in page if c.text == "为")
    head = [c for c in page if c.baseline < opening.baseline - 1]
    assert "".join(c.text for c in head).endswith(place)
    assert min(c.size for c in head) > 7
    assert max(c.bottom for c in head) < opening.top
    assert all(c.x_end <= 191 * MM for c in page)


def test_words_that_no_page_can_hold_are_refused() -> None:
    with pytest.raises(DomainError, match="请改短后再打印"):
        render(privacy_notice("王秀兰", retention=RETENTION * 60))


def test_unprintable_people_are_told_before_anything_is_drawn() -> None:
    with pytest.raises(MissingGlyph, match="U\\+E863"):
        render(privacy_notice(subjects=[Subject("王秀兰"), Subject("张\ue863")]))
