"""会议纪要: what was settled, who sees to it until when, what was left, and who gets it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.reports import meeting_text
from app.reports.flow import Strip
from app.reports.fonts import common, unknown
from app.reports.form import Field
from app.reports.missing import refuse

TITLE = "会议纪要"


@dataclass(frozen=True, kw_only=True)
class Settled:
    """议定事项: the number and words of a resolution, and who sees to it until when."""

    number: str
    title: str
    words: str
    owner: str = ""
    due: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingSummary:
    """The whole summary."""

    office: str
    meeting: str
    when: str
    place: str
    chair: str
    turnout: str
    text: str = ""
    settled: Sequence[Settled] = ()
    refused: Sequence[str] = ()
    left: Sequence[str] = ()
    sent_to: str = ""
    day: str = ""


def render(data: MeetingSummary) -> bytes:
    """The PDF; MissingGlyph names the texts with characters that no font has."""
    texts = [text for text in _texts(data) if text]
    if not common(texts):
        refuse(unknown(texts, whose=data.meeting))
    return meeting_text.render(
        TITLE,
        office=data.office,
        number=data.day,
        facts=_facts(data),
        strips=list(_strips(data)),
        signed=("签发",),
    )


def _facts(data: MeetingSummary) -> list[list[Field]]:
    return [
        [Field("会议", data.meeting, 4)],
        [Field("时间", data.when, 2), Field("地点", data.place, 2)],
        [Field("主持人", data.chair, 4)],
        [Field("到会", data.turnout, 4)],
    ]


def _strips(data: MeetingSummary) -> Iterator[Strip]:
    if data.text:
        yield from meeting_text.paragraphs([data.text])
    if data.settled:
        yield from meeting_text.heading("议定事项")
        yield from meeting_text.paragraphs([_settled(one) for one in data.settled])
    if data.refused:
        yield from meeting_text.heading("没有通过的事项")
        yield from meeting_text.paragraphs(data.refused)
    if data.left:
        yield from meeting_text.heading("留到下次会议的事项")
        yield from meeting_text.paragraphs(data.left)
    yield from meeting_text.labelled("发送", data.sent_to)


def _settled(one: Settled) -> str:
    charge = "，".join(
        part
        for part in (
            f"责任人 {one.owner}" if one.owner else "",
            f"{one.due} 前办结" if one.due else "",
        )
        if part
    )
    words = one.words.strip().rstrip("。")
    return f"{one.number}　{one.title}：{words}。" + (f"（{charge}）" if charge else "")


def _texts(data: MeetingSummary) -> Iterator[str]:
    yield from (data.office, data.meeting, data.place, data.chair, data.turnout, data.text)
    yield from (*data.refused, *data.left, data.sent_to)
    for one in data.settled:
        yield from (one.title, one.words, one.owner)
