"""版记: the rules and lines at the foot of an official paper's last page (GB/T 9704-2012, 7.4).

4号 仿宋, one character free at each side; the first and the last rule 0.35 mm, that between
0.25 mm, the last one on the lower edge of the field.
"""

from dataclasses import dataclass, field
from datetime import date
from math import ceil

from app.reports import official
from app.reports.clean import one_line
from app.reports.fonts import Face
from app.reports.page import MM, Sheet
from app.reports.text import Line, compose, text_width, wrap
from app.reports.words import long_date

SIZE = 14
_ROW = 24.0
_THICK, _THIN = 0.35 * MM, 0.25 * MM
_BASE = 0.5 * (_ROW - SIZE) + 0.12 * SIZE


@dataclass(frozen=True)
class Imprint:
    """The lines of the 版记, nothing where there is none."""

    copies: tuple[Line, ...] = ()
    issuer: tuple[Line, ...] = ()
    day: str = ""
    label_width: float = field(default=0.0)

    @classmethod
    def of(cls, copied_to: str, issued_by: str, issued_on: date | None) -> "Imprint":
        """The 版记 of what was typed; the list of copies ends with a full stop."""
        day = f"{long_date(issued_on)}印发" if issued_on else ""
        named = one_line(copied_to).removeprefix("抄送").lstrip("：: ").rstrip("。.；;、，,")
        if not named:
            return cls((), _issuer(issued_by, day), day)
        label = text_width("抄送：", Face.FANG, SIZE)
        room = official.WIDTH - 2 * SIZE - label
        lines = compose([(Face.FANG, f"{named}。")], size=SIZE, width=room)
        return cls(tuple(lines), _issuer(issued_by, day), day, label)

    @property
    def rows(self) -> int:
        return len(self.copies) + self._issue_rows

    @property
    def _issue_rows(self) -> int:
        return len(self.issuer) or bool(self.day)

    @property
    def lines(self) -> int:
        """How many lines of the page's grid it takes, with the free one above."""
        if not self.rows:
            return 0
        return 1 + ceil(self.rows * _ROW / official.LEADING)

    def draw(self, sheet: Sheet) -> None:
        """Draw it at the foot of the field of the page that is being drawn."""
        if not self.rows:
            return
        left, right = official.LEFT, official.LEFT + official.WIDTH
        bottom = sheet.height - official.TOP - official.HEIGHT
        top = bottom + self.rows * _ROW
        for y, width in ((top, _THICK), (bottom, _THICK)):
            sheet.rule(left, y, right, y, width=width)
        issue = bottom + self._issue_rows * _ROW
        if bottom < issue < top:
            sheet.rule(left, issue, right, issue, width=_THIN)
        self._draw_copies(sheet, left + SIZE, top - _ROW + _BASE)
        sheet.lines(left + SIZE, issue - _ROW + _BASE, self.issuer, SIZE, _ROW)
        if self.day:
            sheet.text(right - SIZE, bottom + _BASE, self.day, Face.FANG, SIZE, align="right")

    def _draw_copies(self, sheet: Sheet, x: float, y: float) -> None:
        if self.copies:
            sheet.text(x, y, "抄送：", Face.FANG, SIZE)
            sheet.lines(x + self.label_width, y, self.copies, SIZE, _ROW)


def _issuer(typed: str, day: str) -> tuple[Line, ...]:
    """The issuer's name in the room that the day leaves, on more lines if it is long."""
    name = one_line(typed)
    room = official.WIDTH - 3 * SIZE - text_width(day, Face.FANG, SIZE)
    return tuple(wrap(name, Face.FANG, SIZE, room)) if name else ()
