"""楼道大字版: one page for the door of a staircase, to be read from two metres (domain.md 9.2).

The title is 48 pt or less, never under 36; the body 26 pt or less, never under 18: text that does
not fit is refused with the number of lines and characters to cut. Lines that tell a time or a
place stand in a bold frame.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.errors import DomainError
from app.reports.clean import one_line, printable
from app.reports.fonts import Face, require
from app.reports.headline import headline
from app.reports.official import levels
from app.reports.page import A4, GREY, MM, PALE, Sheet
from app.reports.text import Line, Span, compose, text_width, wrap
from app.reports.words import long_date

TITLE = "楼道大字版"
LARGEST, SMALLEST = 26, 18
_TITLE_SIZES = (48, 44, 40, 36)
_TITLE_LINES = 2
_LEFT, _TOP, _BOTTOM = 18 * MM, 20 * MM, 15 * MM
_WIDTH = A4[0] - 2 * _LEFT
_LEADING = 1.5
_ASCENT = 0.88
_FOOT_SIZE = 16
_PHONE_SIZE = 20
_PHONE_LEADING = 1.5 * _PHONE_SIZE
_FOOT = 2 * _FOOT_SIZE
_FRAME = 1.8
_FRAME_GAP = 7.0
_FRAME_PAD = 12.0
_FACT = re.compile(r".{0,8}(?:时间|日期|地点|地址|范围|期限|公示期|楼栋)[：:]\s*\S")


@dataclass(frozen=True, kw_only=True)
class DoorNotice:
    """What was typed, and until when it hangs; days that are not known are left to the pen."""

    office: str
    title: str
    recipients: str
    body: str
    day: date
    posted_on: date | None = None
    take_down_on: date | None = None
    phone: str = ""


@dataclass(frozen=True)
class _Block:
    """Lines that stand together, framed or not; heights in points."""

    lines: tuple[Line, ...]
    framed: bool
    size: float

    @property
    def height(self) -> float:
        text = len(self.lines) * _LEADING * self.size
        return text + 2 * _FRAME_GAP if self.framed else text


def render(data: DoorNotice) -> bytes:
    """The page as PDF; DomainError says what to cut where it would be unreadably small."""
    return render_many([data])


def render_many(
    notices: Sequence[DoorNotice], step: Callable[[int], object] = lambda _: None
) -> bytes:
    """One page each, in this order; `step` hears of each before it is drawn."""
    for data in notices:
        texts = (data.office, data.title, data.recipients, data.phone)
        require((*texts, *data.body.splitlines()))
    sheet = Sheet(one_line(notices[0].title) or TITLE, author=notices[0].office)
    for done, data in enumerate(notices):
        step(done)
        _draw(sheet, data)
        sheet.end_page()
    return sheet.finish()


def _draw(sheet: Sheet, data: DoorNotice) -> None:
    title_size, title = _title(data.title)
    y = sheet.height - _TOP
    for words in title:
        y -= _ASCENT * title_size
        sheet.text(A4[0] / 2, y, words, Face.TITLE, title_size, align="center")
        y -= 0.42 * title_size
    y -= 0.35 * LARGEST
    room = y - _BOTTOM - _FOOT - len(_phone(data)) * _PHONE_LEADING
    blocks = _fit(data, room)
    spare = room - sum(block.height for block in blocks)
    gap = max(0.0, min(spare / len(blocks), 0.8 * blocks[0].size))
    for block in blocks[:-1]:
        y = _draw_block(sheet, block, y) - gap
    _draw_signature(sheet, blocks[-1], y)
    _draw_foot(sheet, data)


def _title(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title takes two lines; DomainError if none does."""
    words = printable(title)
    for size in _TITLE_SIZES:
        lines = headline(words, _WIDTH / size)
        if len(lines) <= _TITLE_LINES:
            return size, lines
    smallest = _TITLE_SIZES[-1]
    over = text_width(one_line(words), Face.TITLE, smallest) - _TITLE_LINES * _WIDTH
    cut = max(1, round(over / smallest + 0.5))
    raise DomainError(
        f"标题太长，大字版最多两行，请删去 {cut} 个字左右，如只写“停水通知”；或改用公文版。"
    )


def _fit(data: DoorNotice, room: float) -> list[_Block]:
    """The text in the largest size that fits; the last block is the signature."""
    for half in range(2 * LARGEST, 2 * SMALLEST - 1, -1):
        blocks = list(_blocks(data, half / 2))
        if sum(block.height for block in blocks) <= room:
            return blocks
    blocks = list(_blocks(data, SMALLEST))
    over = sum(block.height for block in blocks) - room
    lines = max(1, round(over / (_LEADING * SMALLEST) + 0.49))
    characters = lines * int(_WIDTH / SMALLEST)
    raise DomainError(
        f"正文太长，用最小的 {SMALLEST} 磅字也放不下一页：多出 {lines} 行，"
        f"请删去 {characters} 个字左右，或改用公文版、普通版。"
    )


def _blocks(data: DoorNotice, size: float) -> Iterator[_Block]:
    recipients = one_line(data.recipients).rstrip(":：")
    if recipients:
        yield _Block(_set([(Face.HEI, f"{recipients}：")], size), framed=False, size=size)
    paragraphs = [line.strip() for line in printable(data.body).splitlines() if line.strip()]
    for framed, group in groupby(paragraphs, key=is_fact):
        lines = [line for words in group for line in _paragraph(words, size, framed)]
        yield _Block(tuple(lines), framed, size)
    names = wrap(one_line(data.office), Face.HEI, size, 0.8 * _WIDTH)
    day = wrap(long_date(data.day), Face.HEI, size, _WIDTH)
    yield _Block((*names, *day), framed=False, size=size)


def is_fact(paragraph: str) -> bool:
    """Whether a paragraph tells a time or a place: 停水时间：11月25日9时至17时."""
    return bool(_FACT.match(paragraph))


def _paragraph(words: str, size: float, framed: bool) -> tuple[Line, ...]:
    if framed:
        return _set([(Face.TITLE, words)], size, width=_WIDTH - 2 * _FRAME_PAD)
    return _set(levels(words, Face.HEI, Face.TITLE), size, indent=2 * size)


def _set(
    spans: Sequence[Span], size: float, *, indent: float = 0.0, width: float = _WIDTH
) -> tuple[Line, ...]:
    # Not justified: in a line of fifteen characters the gaps would show.
    return tuple(compose(spans, size=size, width=width, indent=indent, justify=False))


def _draw_block(sheet: Sheet, block: _Block, top: float) -> float:
    """Draws downwards from `top`; gives where it ends."""
    bottom = top - block.height
    x, y = _LEFT, top
    if block.framed:
        sheet.box(_LEFT, bottom + 2, _WIDTH, block.height - 4, stroke=_FRAME)
        x, y = _LEFT + _FRAME_PAD, top - _FRAME_GAP
    leading = _LEADING * block.size
    first = y - 0.5 * (leading - block.size) - _ASCENT * block.size
    sheet.lines(x, first, block.lines, block.size, leading)
    return bottom


def _draw_signature(sheet: Sheet, block: _Block, top: float) -> None:
    """Office and date over one another at the right, the seal's place beside them."""
    leading = _LEADING * block.size
    widest = max(line.width for line in block.lines)
    middle = _LEFT + _WIDTH - block.size - widest / 2
    y = top - 0.5 * (leading - block.size) - _ASCENT * block.size
    for line in block.lines:
        sheet.line(middle - line.width / 2, y, line, block.size)
        y -= leading
    sheet.text(
        middle - widest / 2 - block.size,
        y + leading,
        "（盖章）",
        Face.KAI,
        14,
        align="right",
        ink=PALE,
    )


def _draw_foot(sheet: Sheet, data: DoorNotice) -> None:
    """张贴日期—撤下日期 and the telephone, over a rule at the very foot."""
    words = f"张贴日期：{_day(data.posted_on)}—撤下日期：{_day(data.take_down_on)}"
    phone = _phone(data)
    y = _BOTTOM
    for line in reversed(phone):
        sheet.line(_LEFT, y, line, _PHONE_SIZE)
        y += _PHONE_LEADING
    sheet.text(_LEFT, y, words, Face.HEI, _FOOT_SIZE)
    y += 1.4 * _FOOT_SIZE
    sheet.rule(_LEFT, y, _LEFT + _WIDTH, y, width=1, ink=GREY)


def _phone(data: DoorNotice) -> list[Line]:
    phone = one_line(data.phone)
    return wrap(f"社区电话：{phone}", Face.TITLE, _PHONE_SIZE, _WIDTH) if phone else []


def _day(day: date | None) -> str:
    return long_date(day) if day else "____年__月__日"
