"""会议记录: who was there, what was said on each item, every vote with its proof."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.reports import meeting_text
from app.reports.flow import Strip
from app.reports.fonts import common, unknown
from app.reports.form import Field
from app.reports.missing import refuse
from app.reports.words import full_stop
from app.values.figures import spelled

TITLE = "会议记录"
SIGNED = ("主持人", "记录人", "与会代表")


@dataclass(frozen=True, kw_only=True)
class RecordedItem:
    """An item as it went; `votes` each with the proof under it."""

    title: str
    kind: str
    words: str = ""
    motions: Sequence[str] = ()
    speakers: str = ""
    """Who spoke, where each stood and how long"""
    text: str = ""
    votes: Sequence[str] = ()
    result: str = ""


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """The whole record; `finished` '' for a draft, which says so."""

    office: str
    meeting: str
    when: str
    place: str
    chair: str
    recorder: str
    called_by: str
    turnout: str
    """The legal sentence with its proof"""
    absent: str
    observers: str
    before: str = ""
    """党组织研究, 授权 (居委会组织法 30)"""
    items: Sequence[RecordedItem] = ()
    amendments: Sequence[str] = ()
    finished: str = ""
    printed: str = ""
    names: Sequence[str] = field(default=())
    """Those who were there, in the order of the sign-in sheet"""


def render(data: Minutes) -> bytes:
    """The PDF; MissingGlyph names the texts with characters that no font has."""
    texts = [text for text in _texts(data) if text]
    if not common(texts):
        refuse(unknown(texts, whose=data.meeting))
    return meeting_text.render(
        TITLE,
        office=data.office,
        number=data.finished or "草稿，定稿前请核对",
        facts=_facts(data),
        strips=list(_strips(data)),
        signed=SIGNED,
    )


def _facts(data: Minutes) -> list[list[Field]]:
    rows = [
        [Field("会议", data.meeting, 4)],
        [Field("时间", data.when, 2), Field("地点", data.place, 2)],
        [Field("主持人", data.chair, 2), Field("记录人", data.recorder, 2)],
        [Field("到会", data.turnout, 4)],
    ]
    further = (
        ("召集", data.called_by),
        ("会前", data.before),
        ("列席", data.observers),
        ("缺席", data.absent),
    )
    return rows + [[Field(label, value, 4)] for label, value in further if value]


def _strips(data: Minutes) -> Iterator[Strip]:
    for number, one in enumerate(data.items, start=1):
        kind = f"（{one.kind}）" if one.kind != one.title else ""
        yield from meeting_text.heading(f"{spelled(number)}、{one.title}{kind}")
        yield from meeting_text.labelled("议题" if not one.votes else "付表决的文字", one.words)
        yield from meeting_text.paragraphs(one.motions)
        yield from meeting_text.labelled("发言", one.speakers)
        yield from meeting_text.paragraphs([one.text])
        yield from meeting_text.paragraphs([f"表决结果：{full_stop(vote)}" for vote in one.votes])
        if not one.votes:
            yield from meeting_text.labelled("结果", full_stop(one.result))
    if data.amendments:
        yield from meeting_text.heading("修正")
        yield from meeting_text.paragraphs(data.amendments)
    if data.names:
        yield from meeting_text.heading("到会人员")
        yield from meeting_text.paragraphs(["、".join(data.names)])


def _texts(data: Minutes) -> Iterator[str]:
    yield from (data.office, data.meeting, data.place, data.chair, data.recorder, data.called_by)
    yield from (data.turnout, data.absent, data.observers, data.before, *data.amendments)
    yield from data.names
    for one in data.items:
        yield from (
            one.title,
            one.words,
            one.speakers,
            one.text,
            one.result,
            *one.motions,
            *one.votes,
        )
