"""网格公示牌: who looks after a grid, for the wall; A4 or A3 lying across.

What stands on it (domain-law.md 5, article 10): name, area, the members with their telephones, the
telephone of complaint. Article 14 names the duties.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import fitted
from app.reports.clean import one_line, printable
from app.reports.fitted import Part
from app.reports.fonts import Face
from app.reports.page import (
    A3_LANDSCAPE,
    A4_LANDSCAPE,
    BLACK,
    BLUE,
    GREY,
    MM,
    PALE,
    RED,
    WASH,
    Align,
    Ink,
    Sheet,
)
from app.reports.text import text_width
from app.reports.words import long_date
from app.values.grid_duties import DUTIES

TITLE = "网格公示牌"
A4, A3 = "A4", "A3"
_SIZES_OF_PAPER = {A4: A4_LANDSCAPE, A3: A3_LANDSCAPE}
LIMITS = "行政许可、行政处罚、行政强制不属于网格员的职责。"
SHOWN = 6
"""So many have a place with a picture; the names of the others stand in a line below."""
_WASH_BLUE: Ink = (0.945, 0.962, 0.985)
_WIDE, _HIGH = 297 * MM, 210 * MM


@dataclass(frozen=True, kw_only=True)
class BoardPerson:
    """Somebody of the grid: a work telephone, whole, for that is what the board is for."""

    role: str
    name: str
    phone: str = ""
    jpeg: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Board:
    """One grid."""

    grid: str
    area: str = ""
    people: tuple[BoardPerson, ...] = ()
    buildings: str = ""
    households: int | None = None
    duties: tuple[str, ...] = DUTIES


@dataclass(frozen=True, kw_only=True)
class NoticeBoards:
    """A page for each grid."""

    office: str
    boards: Sequence[Board]
    supervision_phone: str = ""
    paper: str = A4
    day: date


def render(data: NoticeBoards) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    size = _SIZES_OF_PAPER[data.paper]
    sheet = Sheet(TITLE, author=data.office, size=size)
    for board in data.boards:
        _Page(sheet, data, board, size[0] / _WIDE).draw()
    return sheet.finish()


class _Page:
    """One board; `scale` 1 is A4, lengths below are those of A4."""

    def __init__(self, sheet: Sheet, data: NoticeBoards, board: Board, scale: float) -> None:
        self._sheet, self._data, self._board, self._scale = sheet, data, board, scale

    def draw(self) -> None:
        """Draw and close the page."""
        self._frame()
        self._heading()
        self._people()
        self._facts()
        self._duties()
        self._foot()
        self._sheet.end_page()

    def _frame(self) -> None:
        for inset, width, ink in ((8, 2.4, RED), (10.2, 0.6, BLUE)):
            edge = inset * MM * self._scale
            wide, high = self._sheet.width - 2 * edge, self._sheet.height - 2 * edge
            self._sheet.box(edge, edge, wide, high, stroke=width * self._scale, ink=ink)

    def _heading(self) -> None:
        title = f"{one_line(self._board.grid)}公示牌"
        room = 240 * MM
        size = min(36.0, room / text_width(title, Face.TITLE, 1.0))
        self._text(_WIDE / 2, 184 * MM, title, Face.TITLE, size, align="center", ink=RED)
        office = one_line(self._data.office)
        small = min(12.0, room / max(1.0, text_width(office, Face.HEI, 1.0)))
        self._text(_WIDE / 2, 176.5 * MM, office, Face.HEI, small, align="center", ink=GREY)

    def _people(self) -> None:
        shown = self._board.people[:SHOWN]
        top, high = 172 * MM, 66 * MM
        if not shown:
            words = "网格员还没有任命"
            self._text(_WIDE / 2, top - high / 2, words, Face.HEI, 14, align="center", ink=GREY)
            return
        room, gap = 267 * MM, 4 * MM
        wide = min(64 * MM, (room - (len(shown) - 1) * gap) / len(shown))
        left = (_WIDE - len(shown) * wide - (len(shown) - 1) * gap) / 2
        for number, person in enumerate(shown):
            self._person(person, left + number * (wide + gap), top, wide, high)
        self._others(self._board.people[SHOWN:])

    def _others(self, others: Sequence[BoardPerson]) -> None:
        """Those without a picture in two lines; whoever has no room there is counted."""
        scale = self._scale
        for count in range(len(others), 0, -1):
            words = "、".join(f"{one.name} {one.phone}".strip() for one in others[:count])
            more = f" 等 {len(others)} 人" if count < len(others) else ""
            parts = [Part(f"还有：{words}{more}", Face.HEI)]
            sizes = [size * scale for size in (9.0, 8.0, 7.0)]
            block = fitted.fit(parts, 267 * MM * scale, 8 * MM * scale, sizes)
            if block is not None:
                place = 15 * MM * scale, 105.5 * MM * scale, 267 * MM * scale
                fitted.draw(self._sheet, *place, block)
                return

    def _person(self, person: BoardPerson, x: float, top: float, wide: float, high: float) -> None:
        """The picture above, the post, the name and the number below it."""
        scale = self._scale
        self._box(x, top - high, wide, high, fill=_WASH_BLUE)
        width, height = 27 * MM, 34 * MM
        left, low = x + (wide - width) / 2, top - 2.5 * MM - height
        drawn = person.jpeg is not None and self._sheet.picture(
            person.jpeg, left * scale, low * scale, width * scale, height * scale
        )
        if not drawn:
            self._box(left, low, width, height, stroke=0.6, ink=PALE)
            self._text(
                x + wide / 2, low + height / 2 - 4, "照片", Face.HEI, 11, align="center", ink=PALE
            )
        inner = (x / MM + 1, (low - 1 * MM) / MM, wide / MM - 2)
        self._fit(
            [Part(person.role, Face.HEI, align="center", ink=BLUE)], *inner, 7, (11, 10, 9, 8)
        )
        name = [Part(person.name, Face.TITLE, align="center")]
        self._fit(name, inner[0], inner[1] - 7, inner[2], 11, (20, 17, 14, 11, 9, 7.5, 6))
        phone = [Part(person.phone, Face.HEI, align="center")]
        self._fit(phone, inner[0], inner[1] - 19, inner[2], 8, (14, 12.5, 11, 9.5, 8, 7))

    def _facts(self) -> None:
        board = self._board
        homes = f"{board.households:,} 户" if board.households is not None else ""
        facts = (
            ("区域范围", board.area or "（还没有填写）"),
            ("楼栋户数", "，".join(part for part in (board.buildings, homes) if part)),
        )
        y = 97.0
        for label, words in facts:
            self._text(15 * MM, (y - 6) * MM, label, Face.TITLE, 12, ink=BLUE)
            self._fit([Part(words or "—", Face.HEI)], 38, y - 1.2, 150, 14, (12, 11, 10, 9, 8, 7))
            y -= 16.0
        self._box(196 * MM, 68 * MM, 86 * MM, 29 * MM, fill=WASH)
        self._text(239 * MM, 88 * MM, "监督电话", Face.TITLE, 15, align="center", ink=RED)
        phone = one_line(self._data.supervision_phone) or "（还没有填写）"
        size = min(26.0, 80 * MM / text_width(phone, Face.CODE, 1.0))
        self._text(239 * MM, 74.5 * MM, phone, Face.CODE, size, align="center")

    def _duties(self) -> None:
        self._rule(15 * MM, 65 * MM, 282 * MM, 65 * MM)
        self._text(15 * MM, 57 * MM, "网格员职责", Face.TITLE, 13, ink=BLUE)
        duties = [line for line in map(one_line, self._board.duties) if line]
        half = (len(duties) + 1) // 2
        for place, part in enumerate((duties[:half], duties[half:])):
            parts = [
                Part(f"{place * half + number}. {words}", Face.HEI)
                for number, words in enumerate(part, start=1)
            ]
            if parts:
                self._fit(parts, 15 + place * 135, 53, 131, 31, (12, 11, 10, 9, 8, 7, 6, 5))

    def _foot(self) -> None:
        self._text(15 * MM, 14.5 * MM, LIMITS, Face.HEI, 9, ink=GREY)
        words = f"{long_date(self._data.day)}　人员变更后请及时更换"
        self._text(282 * MM, 14.5 * MM, words, Face.HEI, 9, align="right", ink=GREY)

    # -- in lengths of A4

    def _fit(
        self,
        parts: Sequence[Part],
        x: float,
        top: float,
        width: float,
        height: float,
        sizes: Sequence[float],
    ) -> None:
        """Parts in a place in millimetres; what fits in no size is cut with a sign, not lost."""
        scale = self._scale
        wanted = [size * scale for size in sizes]
        wide, high = width * MM * scale, height * MM * scale
        block = fitted.fit(parts, wide, high, wanted)
        while block is None:
            parts = [*parts[:-1], _shorter(parts[-1])] if len(parts[-1].text) > 8 else parts[:-1]
            block = fitted.fit(parts, wide, high, wanted[-1:])
        fitted.draw(self._sheet, x * MM * scale, top * MM * scale, wide, block)

    def _text(
        self,
        x: float,
        y: float,
        words: str,
        face: Face,
        size: float,
        *,
        align: Align = "left",
        ink: Ink = BLACK,
    ) -> None:
        scale = self._scale
        self._sheet.text(x * scale, y * scale, words, face, size * scale, align=align, ink=ink)

    def _box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Ink | None = None,
        stroke: float = 0.0,
        ink: Ink = BLACK,
    ) -> None:
        scale = self._scale
        place = (x * scale, y * scale, width * scale, height * scale)
        self._sheet.box(*place, fill=fill, stroke=stroke, ink=ink)

    def _rule(self, x: float, y: float, x_end: float, y_end: float) -> None:
        scale = self._scale
        self._sheet.rule(x * scale, y * scale, x_end * scale, y_end * scale, ink=PALE)


def _shorter(part: Part) -> Part:
    text = printable(part.text).rstrip("…")
    return part._replace(text=f"{text[: len(text) * 3 // 4]}…")
