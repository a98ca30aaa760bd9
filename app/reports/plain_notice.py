"""普通版: a notice on plain A4, as many pages as it takes, for handing out and for the files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import bracketed, one_line, printable
from app.reports.fonts import Face, require
from app.reports.headline import headline
from app.reports.official import attachment_names, levels
from app.reports.page import A4, MM, Sheet
from app.reports.text import Line, compose, wrap
from app.reports.words import long_date

TITLE = "普通版通知"
_LEFT, _TOP, _BOTTOM = 25 * MM, 25 * MM, 22 * MM
_WIDTH = A4[0] - 2 * _LEFT
_SIZE = 14
_LEADING = 1.6 * _SIZE
_TITLE_SIZE = 20
_FOOT_SIZE = 10


@dataclass(frozen=True, kw_only=True)
class PlainNotice:
    """What was typed: `body` is plain text, one paragraph a line, numbered 一、（一）1.（1）."""

    office: str
    title: str
    recipients: str
    body: str
    day: date
    attachments: Sequence[str] = ()
    remark: str = ""
    phone: str = ""


def render(data: PlainNotice) -> bytes:
    """The PDF; MissingGlyph names the texts with characters that no font has."""
    return render_many([data])


def render_many(
    notices: Sequence[PlainNotice], step: Callable[[int], object] = lambda _: None
) -> bytes:
    """Notices one after another, each beginning a page; `step` hears of each."""
    for data in notices:
        texts = (data.office, data.title, data.recipients, data.remark, data.phone)
        require((*texts, *data.body.splitlines(), *data.attachments))
    sheet = Sheet(one_line(notices[0].title) or TITLE, author=notices[0].office)
    for done, data in enumerate(notices):
        step(done)
        _Pages(sheet, data).draw()
    return sheet.finish()


class _Pages:
    """One notice being set: where the next line goes, and on which page."""

    def __init__(self, sheet: Sheet, data: PlainNotice) -> None:
        self._sheet = sheet
        self._data = data
        self._number = 1
        self._y = sheet.height - _TOP

    def draw(self) -> None:
        self._draw_title()
        for line in self._text():
            self._next(1)
            if line is not None:
                self._sheet.line(_LEFT, self._y, line, _SIZE)
        self._draw_signature()
        self._end()

    def _draw_title(self) -> None:
        for words in headline(printable(self._data.title), _WIDTH / _TITLE_SIZE):
            self._y -= 1.4 * _TITLE_SIZE
            centre = _LEFT + _WIDTH / 2
            self._sheet.text(centre, self._y, words, Face.TITLE, _TITLE_SIZE, align="center")
        self._y -= 0.6 * _LEADING

    def _text(self) -> Iterator[Line | None]:
        """The lines down to the signature; None stays blank."""
        data = self._data
        recipients = one_line(data.recipients).rstrip(":：")
        if recipients:
            yield from compose([(Face.SONG, f"{recipients}：")], size=_SIZE, width=_WIDTH)
        for paragraph in printable(data.body).splitlines():
            if paragraph.strip():
                spans = levels(paragraph.strip(), Face.SONG)
                yield from compose(spans, size=_SIZE, width=_WIDTH, indent=2 * _SIZE)
        names = attachment_names(data.attachments)
        for number, name in enumerate(names, start=1):
            digits = f"{number}." if len(names) > 1 else ""
            words = f"{'附件：' if number == 1 else ''}{digits}{name}"
            indent = (2 if number == 1 else 5) * _SIZE
            yield from compose([(Face.SONG, words)], size=_SIZE, width=_WIDTH, indent=indent)

    def _draw_signature(self) -> None:
        """Office, date and what to ask by telephone, never parted by the end of a page."""
        data = self._data
        names = wrap(one_line(data.office), Face.SONG, _SIZE, 0.7 * _WIDTH)
        lines = [*names, *wrap(long_date(data.day), Face.SONG, _SIZE, _WIDTH)]
        notes = [bracketed(data.remark)] if one_line(data.remark) else []
        notes += [f"联系电话：{one_line(data.phone)}"] if one_line(data.phone) else []
        below = [line for note in notes for line in wrap(note, Face.SONG, _SIZE, _WIDTH)]
        self._next(len(lines) + len(below) + 2, lines=2)
        widest = max(line.width for line in lines)
        middle = _LEFT + _WIDTH - 2 * _SIZE - widest / 2
        for line in lines:
            self._sheet.line(middle - line.width / 2, self._y, line, _SIZE)
            self._y -= _LEADING
        for line in below:
            self._sheet.line(_LEFT, self._y, line, _SIZE)
            self._y -= _LEADING

    def _next(self, needed: int, *, lines: int = 1) -> None:
        """Go down `lines` lines, to a new page where `needed` lines have no room."""
        if self._y - needed * _LEADING < _BOTTOM:
            self._end()
            self._number += 1
            self._y = self._sheet.height - _TOP
        self._y -= lines * _LEADING

    def _end(self) -> None:
        if self._number > 1:
            centre = _LEFT + _WIDTH / 2
            words = f"第 {self._number} 页"
            self._sheet.text(centre, 12 * MM, words, Face.SONG, _FOOT_SIZE, align="center")
        self._sheet.end_page()
