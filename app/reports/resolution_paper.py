"""决议 or 协商意见 on the page of GB/T 9704-2012: what was decided, by whom, by which rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.reports import notice
from app.reports.clean import one_line
from app.reports.notice import Notice
from app.reports.words import full_stop, long_date

TITLE = "决议"
_ORDINALS = "一二三四"


@dataclass(frozen=True, kw_only=True)
class ResolutionPaper:
    """Everything that stands on it; '' where nothing was said."""

    office: str
    body: str
    """The body that decided or advised: 望海社区第六届居民代表会议"""
    kind: str
    """决议, 协商意见"""
    number: str
    title: str
    meeting: str
    held_on: date
    words: str
    attendance: str = ""
    """应到 61 人，实到 43 人，……"""
    result: str = ""
    proof: str = ""
    article: str = ""
    charge: str = ""
    """责任人：……，……前办结，所需经费 …… 元"""
    day: date


def render(data: ResolutionPaper) -> bytes:
    """The PDF; MissingGlyph names the texts with characters that no font has."""
    return notice.render(as_notice(data))


def as_notice(data: ResolutionPaper) -> Notice:
    """The same as the house sets its official papers."""
    return Notice(
        office=data.office,
        title=f"{one_line(data.body)}\n关于{one_line(data.title)}的{data.kind}",
        recipients="",
        body="\n".join(_paragraphs(data)),
        day=data.day,
        number=data.number,
    )


def _paragraphs(data: ResolutionPaper) -> Iterator[str]:
    opinion = "形成以下意见" if data.kind != TITLE else "作出以下决议"
    met = f"{one_line(data.body)}开会（{one_line(data.meeting)}）"
    yield f"{long_date(data.held_on)}，{met}，就{one_line(data.title)}{opinion}："
    parts = (
        ("内容", data.words),
        ("到会", data.attendance),
        ("结果", _result(data)),
        ("落实", data.charge),
    )
    told = [(name, words.strip()) for name, words in parts if words.strip()]
    for ordinal, (name, words) in zip(_ORDINALS, told, strict=False):
        yield f"{ordinal}、{name}"
        yield full_stop(words)


def _result(data: ResolutionPaper) -> str:
    article = f"（{one_line(data.article)}）" if data.article else ""
    proof = f"\n{one_line(data.proof)}。" if data.proof else ""
    return f"{one_line(data.result)}{article}。{proof}" if data.result else ""
