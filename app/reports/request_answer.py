"""诉求办理答复单: to whoever asked, what was asked, what was done about it, and where to go on.

In large type for elderly readers; below a line to cut along is the strip (回执) on which the
resident says whether he is content.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.reports import official, prose
from app.reports.clean import one_line
from app.reports.flow import Strip, draw, height, paginate
from app.reports.fonts import Face, common, unknown
from app.reports.missing import refuse
from app.reports.page import GREY, MM, RED, Sheet
from app.reports.text import Line, text_width, wrap
from app.reports.words import long_date

TITLE = "诉求办理答复单"
CHOICES = ("满意", "基本满意", "不满意")
_SIZES = (*prose.SIZES, 11.0)
_TEXT_TOP = official.TOP + official.TITLE_SIZE + 18 * MM
_NEXT_TOP = official.TOP
_RULE = official.TOP + official.TITLE_SIZE + 5 * MM
_SLIP = 62 * MM
_FOOT = 24 * MM
_OFFICE_ROOM = 22 * official.PITCH
_BOX = 4.6 * MM


@dataclass(frozen=True, slots=True)
class AnswerStep:
    """One step on the way: the day, who, and what."""

    day: date
    who: str
    what: str


@dataclass(frozen=True, kw_only=True)
class RequestAnswer:
    """What was asked and what became of it; `answer` is '' as long as it is being worked on."""

    office: str
    number: int
    name: str
    """How the resident is addressed; '' for one who left no name."""
    asked_on: date
    title: str
    place: str
    category: str
    body: str = ""
    steps: Sequence[AnswerStep] = ()
    answer: str
    standing: str = ""
    """Where it is now and until when, for one that is being worked on."""
    handled_by: str
    office_phone: str = ""
    complaint_phone: str = ""
    """Where somebody who is not content goes on; the office's own where there is none."""
    day: date

    @property
    def done(self) -> bool:
        return bool(self.answer.strip())


def render(data: RequestAnswer) -> bytes:
    """The PDF; MissingGlyph names the texts with characters that no font has."""
    _check(data)
    sheet = Sheet(TITLE, author=one_line(data.office))
    size, pages = _set(data, sheet.height)
    for number, strips in enumerate(pages):
        first, last = number == 0, number == len(pages) - 1
        if first:
            _draw_title(sheet, data)
        y = draw(sheet, sheet.height - (_TEXT_TOP if first else _NEXT_TOP), strips)
        if last:
            _draw_office(sheet, data, size, y - size * prose.SPREAD * 0.6)
        if last and data.done:
            _draw_slip(sheet, data)
        if len(pages) > 1:
            foot = f"{data.number} 号　第 {number + 1} 页，共 {len(pages)} 页"
            sheet.text(sheet.width / 2, 8 * MM, foot, Face.SONG, 9, align="center", ink=GREY)
        sheet.end_page()
    return sheet.finish()


def _check(data: RequestAnswer) -> None:
    texts = [data.office, data.name, data.title, data.place, data.category, data.body]
    texts += [data.answer, data.standing, data.handled_by, data.office_phone]
    texts += [data.complaint_phone, *(f"{one.who}{one.what}" for one in data.steps)]
    if not common(texts):
        refuse(unknown(texts, whose=f"{data.number} 号诉求"))


def _set(data: RequestAnswer, page_height: float) -> tuple[float, list[Sequence[Strip]]]:
    """In the largest size that leaves room for office and strip; over more pages if none does."""
    for size in _SIZES:
        strips = list(_strips(data, size))
        room = page_height - _TEXT_TOP - _slip(data) - _closing(size)
        if height(strips) <= room:
            return size, [strips]
    size = prose.SIZES[-1]
    strips = list(_strips(data, size))
    first, further = page_height - _TEXT_TOP - _FOOT, page_height - _NEXT_TOP - _FOOT
    return size, paginate(strips, first, further, _slip(data) - _FOOT + _closing(size))


def _slip(data: RequestAnswer) -> float:
    """What is not done yet cannot be judged."""
    return _SLIP if data.done else _FOOT


def _closing(size: float) -> float:
    return 4 * size * prose.SPREAD


def _strips(data: RequestAnswer, size: float) -> Iterator[Strip]:
    yield from prose.strips([f"{one_line(data.name) or '居民'}："], size, indent=False)
    yield from prose.strips([_asked(data)], size)
    if data.body.strip():
        yield from prose.strips(["反映的情况：", *prose.paragraphs([data.body])], size)
    if data.done:
        yield from _heading("办理结果", size)
        yield from prose.strips(prose.paragraphs([data.answer]), size)
    else:
        yield from _heading("目前情况", size)
        yield from prose.strips([one_line(data.standing)], size)
    if data.steps:
        yield from _heading("办理经过", size)
        yield from _way(data.steps, min(size, 14.0))
    yield from prose.strips([_further(data)], size)


def _asked(data: RequestAnswer) -> str:
    about = "，".join(part for part in (one_line(data.place), one_line(data.category)) if part)
    where = f"（{about}）" if about else ""
    said = "现答复如下。" if data.done else "正在办理，现把情况告知您。"
    return f"您于{long_date(data.asked_on)}反映的“{one_line(data.title)}”{where}，{said}"


def _further(data: RequestAnswer) -> str:
    office, above = one_line(data.office_phone), one_line(data.complaint_phone)
    ask = f"请打社区电话 {office}" if office else "请到社区办公室"
    if not data.done:
        return f"想了解进展的，{ask}，报编号 {data.number}。"
    return (
        f"对办理结果不满意的，{ask}，报编号 {data.number}，社区重新办理；"
        + (f"也可以打监督电话 {above}，" if above and above != office else "也可以")
        + "向街道办事处或者 12345 热线反映。"
    )


def _heading(words: str, size: float) -> Iterator[Strip]:
    def show(sheet: Sheet, top: float) -> None:
        y = top - official.ASCENT * size - 0.3 * size
        sheet.text(official.LEFT, y, words, Face.HEI, size)

    yield Strip(size * prose.SPREAD + 0.3 * size, show)


def _way(steps: Sequence[AnswerStep], size: float) -> Iterator[Strip]:
    """Day and name at the left, what was done beside them."""
    indent = max(text_width(_who(one), Face.FANG, size) for one in steps) + size
    indent = min(indent, official.WIDTH * 0.42)
    for one in steps:
        lines = wrap(one_line(one.what), Face.FANG, size, official.WIDTH - indent)
        for number, line in enumerate(lines):
            who = _who(one) if number == 0 else ""
            show = partial(_draw_step, who=who, line=line, indent=indent, size=size)
            yield Strip(size * 1.55, show)
    yield Strip(size * 0.5, lambda _sheet, _top: None)


def _who(one: AnswerStep) -> str:
    return f"{one.day.month}月{one.day.day}日　{one_line(one.who)}"


def _draw_step(
    sheet: Sheet, top: float, *, who: str, line: Line, indent: float, size: float
) -> None:
    y = top - official.ASCENT * size
    if who:
        sheet.text(official.LEFT, y, who, Face.FANG, size)
    sheet.line(official.LEFT + indent, y, line, size)


def _draw_title(sheet: Sheet, data: RequestAnswer) -> None:
    y = sheet.height - official.TOP - official.ASCENT * official.TITLE_SIZE
    sheet.spaced(sheet.width / 2, y, TITLE, Face.TITLE, official.TITLE_SIZE, 2)
    right, rule = official.LEFT + official.WIDTH, sheet.height - _RULE
    sheet.rule(official.LEFT, rule, right, rule, width=1.4, ink=RED)
    sheet.text(right, rule - 6.5 * MM, f"编号 {data.number}", Face.SONG, 12, align="right")


def _draw_office(sheet: Sheet, data: RequestAnswer, size: float, top: float) -> None:
    """经办人 at the left, office and date centred on one another at the right."""
    y = top - official.ASCENT * size
    offices = wrap(one_line(data.office), Face.FANG, size, _OFFICE_ROOM)
    texts = [*(line.text for line in offices if line.pieces), long_date(data.day)]
    widest = max(text_width(text, Face.FANG, size) for text in texts)
    middle = official.LEFT + official.WIDTH - size - widest / 2
    sheet.text(official.LEFT, y, f"经办人：{one_line(data.handled_by)}", Face.FANG, size)
    for text in texts:
        sheet.text(middle, y, text, Face.FANG, size, align="center")
        y -= size * prose.SPREAD


def _draw_slip(sheet: Sheet, data: RequestAnswer) -> None:
    """Cut off and given back: content or not, what else, name and day."""
    left, right, y = official.LEFT, official.LEFT + official.WIDTH, _SLIP - 4 * MM
    sheet.rule(0, y, sheet.width, y, ink=GREY, dash=(3, 3))
    sheet.text(sheet.width / 2, y + 1.4 * MM, "沿 线 剪 下", Face.SONG, 8, align="center", ink=GREY)
    y -= 9 * MM
    sheet.text(left, y, "回执", Face.HEI, 15)
    number = f"编号 {data.number}"
    sheet.text(right, y, number, Face.SONG, 12, align="right")
    title = wrap(one_line(data.title), Face.FANG, 13, official.WIDTH - 50 * MM)[0]
    sheet.line(left + 14 * MM, y, title, 13)
    y -= 11 * MM
    _draw_choices(sheet, left, y)
    y -= 11 * MM
    _draw_blank(sheet, left, right, y, "意见：")
    y -= 11 * MM
    middle = left + official.WIDTH * 0.55
    _draw_blank(sheet, left, middle - 6 * MM, y, "签名：")
    _draw_blank(sheet, middle, right, y, "日期：")


def _draw_choices(sheet: Sheet, left: float, y: float) -> None:
    x = left + sheet.text(left, y, "对办理结果：", Face.FANG, 15) + 3 * MM
    for choice in CHOICES:
        sheet.box(x, y - 0.8 * MM, _BOX, _BOX, stroke=0.9)
        x += _BOX + 1.8 * MM
        x += sheet.text(x, y, choice, Face.FANG, 15) + 9 * MM


def _draw_blank(sheet: Sheet, left: float, right: float, y: float, label: str) -> None:
    x = left + sheet.text(left, y, label, Face.FANG, 14)
    sheet.rule(x, y - 2, right, y - 2)
