"""会议记录 and 会议纪要 are read back as they were written."""

from dataclasses import replace

import pytest

from app.reports import meeting_summary, minutes
from app.reports.missing import MissingGlyph
from tests.reports import minutes_papers
from tests.reports.reading import text_by_pdfium


def test_the_record_tells_who_was_there_every_vote_and_what_was_added_later() -> None:
    said = text_by_pdfium(minutes.render(minutes_papers.minutes("李建国")))
    plain = "".join(said.split())
    for words in (
        "实到43人，达到三分之二（需41人），会议有效",
        "一、通报上次决议落实（通报）",
        "付表决的文字：3号楼至6号楼24个单元换装声控灯",
        "表决结果：举手，到会43人，赞成25",
        "修正2026-11-2109:30赵敏：时间应为14时05分",
        "2026-11-20赵敏定稿",
        "主持人：",
    ):
        assert words in plain, words


def test_a_draft_says_that_it_is_one() -> None:
    draft = replace(minutes_papers.minutes("李建国"), finished="")
    assert "草稿，定稿前请核对" in text_by_pdfium(minutes.render(draft))


def test_a_long_record_goes_over_pages_that_are_counted() -> None:
    said = text_by_pdfium(minutes.render(minutes_papers.minutes("李建国", items=12)))
    assert "第 2 页，共" in said


def test_the_summary_tells_what_was_settled_refused_and_left() -> None:
    plain = "".join(text_by_pdfium(meeting_summary.render(minutes_papers.summary("刘军"))).split())
    for words in (
        "议定事项决-2026-012楼道照明改造",
        "（责任人刘军，2026-12-15前办结）",
        "没有通过的事项3号楼停车位划分",
        "留到下次会议的事项增补居民代表1人",
        "发送：街道社区建设办、各居民代表",
    ):
        assert words in plain, words


def test_a_character_that_no_font_has_is_named_before_printing() -> None:
    with pytest.raises(MissingGlyph, match="第 4 次居民代表会议"):
        minutes.render(minutes_papers.minutes("李\ue000国"))
