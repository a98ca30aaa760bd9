"""通知 on the page of GB/T 9704-2012: optional red heading, 版记 at the foot of the last page.

Where the seal belongs there is only a grey dashed ring with （盖章）: the program prints no seal.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.reports import official
from app.reports.clean import bracketed, one_line, printable
from app.reports.fonts import Face, require
from app.reports.headline import headline
from app.reports.imprint import Imprint
from app.reports.official import BLANK, LEADING, LINES, PITCH, WIDTH, GridLine, baseline, centred
from app.reports.page import MM, RED, Sheet
from app.reports.text import plain_line, text_width, wrap
from app.reports.words import long_date

TITLE = "通知"
_HEADING_ROW = 4
_NUMBER_ROW = 7
_HEADING_SIZE = 40
_HEADING_TOP = 35 * MM
_PAGE_NUMBER_SIZE = 14
_DROP = official.ASCENT * (official.TITLE_SIZE - official.BODY)
_CLOSING_BLANKS = 2
_SIGNATURE_ROOM = 22
# Lines of text that go over with the signature, so that it never stands alone on a page.
_CARRIED = 2


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What was typed: `body` is plain text, one paragraph a line, numbered 一、（一）1.（1）."""

    office: str
    title: str
    recipients: str
    body: str
    day: date
    attachments: Sequence[str] = ()
    remark: str = ""
    """附注, such as 联系人：赵敏，电话：0411-83000000; its brackets are added."""
    number: str = ""
    """发文字号, such as 望海居发〔2026〕12号."""
    red_heading: str = ""
    copied_to: str = ""
    """抄送; it, the issuer and the day of issue make the 版记."""
    issued_by: str = ""
    issued_on: date | None = None
    seal_mark: bool = True


@dataclass
class _Draft:
    """The lines of the notice before they are divided into pages."""

    text: list[GridLine] = field(default_factory=list)
    closing: list[GridLine] = field(default_factory=list)
    seal_row: int | None = None
    """The row of `closing` above the date, where a seal is wanted."""
    seal_x: float = 0.0
    red_rule: bool = False
    imprint: Imprint = field(default_factory=Imprint)


def render(data: Notice) -> bytes:
    """The PDF; MissingGlyph names the texts with characters that no font has."""
    return render_many([data])


def render_many(notices: Sequence[Notice], step: Callable[[int], object] = lambda _: None) -> bytes:
    """Notices one after another, each with page numbers of its own; `step` hears of each."""
    for data in notices:
        texts = (data.office, data.title, data.recipients, *data.body.splitlines(), data.remark)
        imprint = (data.copied_to, data.issued_by)
        require((*texts, data.number, data.red_heading, *data.attachments, *imprint))
    sheet = Sheet(one_line(notices[0].title) or TITLE, author=notices[0].office)
    for done, data in enumerate(notices):
        step(done)
        _draw(sheet, data)
    return sheet.finish()


def _draw(sheet: Sheet, data: Notice) -> None:
    draft = _Draft(text=[*_opening(data), *_body(data)], red_rule=bool(one_line(data.red_heading)))
    draft.imprint = Imprint.of(data.copied_to, data.issued_by, data.issued_on)
    _close(data, draft)
    pages = list(_pages(draft))
    for number, (rows, seal_row) in enumerate(pages, start=1):
        _draw_rows(sheet, draft, rows, seal_row, number)
        if number == len(pages):
            draft.imprint.draw(sheet)
        _draw_number(sheet, number)
        sheet.end_page()


def _opening(data: Notice) -> Iterator[GridLine]:
    """Red heading, number and title, down to the blank line above the recipients."""
    heading, number = one_line(data.red_heading), one_line(data.number)
    if heading:
        yield from [BLANK] * _HEADING_ROW
        yield _red_heading(heading)
        yield from [BLANK] * (_NUMBER_ROW - _HEADING_ROW - 1)
        yield centred(number, Face.FANG, official.BODY)
        yield from (BLANK, BLANK)
    lines = headline(printable(data.title), WIDTH / official.TITLE_SIZE)
    for line in lines:
        yield centred(line, Face.TITLE, official.TITLE_SIZE, drop=_DROP)
    if number and not heading:
        yield centred(number, Face.FANG, official.BODY)
    if lines:
        yield BLANK


def _red_heading(words: str) -> GridLine:
    """The office's name in red, as large as the field allows, 35 mm below its upper edge."""
    width = text_width(words, Face.TITLE, 1)
    size = min(_HEADING_SIZE, WIDTH / width)
    wanted = _HEADING_TOP + official.ASCENT * size
    drop = wanted - official.ASCENT * official.BODY - _HEADING_ROW * LEADING
    return centred(words, Face.TITLE, size, drop=drop, ink=RED)


def _body(data: Notice) -> Iterator[GridLine]:
    recipients = one_line(data.recipients).rstrip(":：")
    if recipients:
        yield from official.flow([(Face.FANG, f"{recipients}：")])
    yield from official.body(printable(data.body))
    names = official.attachment_names(data.attachments)
    if names:
        yield BLANK
    for number, name in enumerate(names, start=1):
        label = "附件：" if number == 1 else ""
        digits = f"{number}." if len(names) > 1 else ""
        indent = 2 * PITCH if number == 1 else 5 * PITCH
        yield from official.hanging(f"{label}{digits}", name, indent)


def _close(data: Notice, draft: _Draft) -> None:
    """署名 and 成文日期 centred on one another, four characters from the edge; 附注 below."""
    offices = _signature(one_line(data.office))
    day = long_date(data.day)
    office_width = max((_width(line) for line in offices), default=0.0)
    middle = WIDTH - max(4 * PITCH + _width(day) / 2, 2 * PITCH + office_width / 2)
    draft.closing = [BLANK] * _CLOSING_BLANKS
    draft.closing += [_around(line, middle) for line in (*offices, day)]
    if data.seal_mark:
        draft.seal_row, draft.seal_x = len(draft.closing) - 2, middle
    if one_line(data.remark):
        draft.closing += [BLANK] * (1 + data.seal_mark)
        draft.closing += official.flow([(Face.FANG, bracketed(data.remark))], indent=2 * PITCH)


def _signature(office: str) -> list[str]:
    """The office's name; one longer than the place for it goes on more lines."""
    room = _SIGNATURE_ROOM * PITCH
    return [line.text for line in wrap(office, Face.FANG, official.BODY, room) if line.pieces]


def _width(words: str) -> float:
    return text_width(words, Face.FANG, official.BODY)


def _around(words: str, middle: float) -> GridLine:
    line = plain_line(words, Face.FANG, official.BODY)
    return GridLine(line, x=middle - line.width / 2)


def _pages(draft: _Draft) -> Iterator[tuple[list[GridLine], int | None]]:
    """The rows of each page, and where on it the signature stands if a seal goes with it."""
    text, cut = draft.text, _cut(draft)
    for start in range(0, cut, LINES):
        yield text[start : min(cut, start + LINES)], None
    rest = text[cut:]
    seal = None if draft.seal_row is None else len(rest) + draft.seal_row
    yield rest + draft.closing, seal


def _cut(draft: _Draft) -> int:
    """The line of text with which the last page begins; two of them if there is a page before."""
    count = len(draft.text)
    cut = max(0, count - 1) // LINES * LINES
    if count - cut + len(draft.closing) + draft.imprint.lines > LINES:
        return max(cut, count - _CARRIED)
    return count - _CARRIED if cut and count - cut < _CARRIED else cut


def _draw_rows(
    sheet: Sheet, draft: _Draft, rows: Sequence[GridLine], seal_row: int | None, number: int
) -> None:
    if number == 1 and draft.red_rule:
        y = baseline(_NUMBER_ROW, sheet.height) - (1 - official.ASCENT) * official.BODY - 4 * MM
        sheet.rule(official.LEFT, y, official.LEFT + WIDTH, y, width=1.5, ink=RED)
    for index, row in enumerate(rows):
        if row.line is not None:
            y = baseline(index, sheet.height) - row.drop
            sheet.line(official.LEFT + row.x, y, row.line, row.size, ink=row.ink)
    if seal_row is not None:
        x, y = official.LEFT + draft.seal_x, baseline(seal_row, sheet.height)
        official.seal_ring(sheet, x, y)


def _draw_number(sheet: Sheet, number: int) -> None:
    """— 1 — outside: right on odd pages, left on even ones, one character in."""
    words = f"— {number} —"
    y = sheet.height - official.TOP - official.HEIGHT - 7 * MM - 0.33 * _PAGE_NUMBER_SIZE
    left, right = official.LEFT, official.LEFT + WIDTH
    if number % 2:
        x = right - _PAGE_NUMBER_SIZE
        sheet.text(x, y, words, Face.SONG, _PAGE_NUMBER_SIZE, align="right")
    else:
        sheet.text(left + _PAGE_NUMBER_SIZE, y, words, Face.SONG, _PAGE_NUMBER_SIZE)
