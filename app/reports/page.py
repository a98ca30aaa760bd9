"""A sheet of paper: text at a place, rules and boxes, pages, and the finished PDF.

Lengths are points, from the lower left corner. Each page is written as two streams, rules first
and text over them, in a single text object: a tenth of the operators that drawString writes.
The same calls give the same bytes.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Literal

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.reports.clean import printable
from app.reports.fonts import Face, Typeface, runs, typeface
from app.reports.text import Line, Piece, text_width
from app.values.stamp import Stamp

# PDF is a binary format: wrapping every page in ASCII85 takes longer than drawing it.
rl_config.useA85 = 0

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)
A3 = (297 * MM, 420 * MM)
A3_LANDSCAPE = (420 * MM, 297 * MM)

Ink = tuple[float, float, float]
BLACK: Ink = (0, 0, 0)
GREY: Ink = (0.38, 0.38, 0.38)
PALE: Ink = (0.62, 0.62, 0.62)
WASH: Ink = (0.945, 0.95, 0.955)
RED: Ink = (0.78, 0.06, 0.08)
BLUE: Ink = (0.122, 0.373, 0.659)

Align = Literal["left", "center", "right"]


class Sheet:
    """A PDF being drawn, page by page. With a `stamp` each says who took whole numbers out."""

    def __init__(
        self,
        title: str,
        *,
        author: str = "",
        size: tuple[float, float] = A4,
        stamp: Stamp | None = None,
    ) -> None:
        self.width, self.height = size
        self._stamp = stamp
        # Published with wrong types; naming a first font keeps Helvetica, never embedded, out.
        make: Any = Canvas
        self._canvas: Any = make(
            BytesIO(),
            pagesize=size,
            invariant=1,
            pageCompression=1,
            initialFontName=typeface(Face.SONG).font.fontName,
            lang="zh-CN",
            pdfVersion=(1, 4),
        )
        self._canvas.setTitle(title)
        self._canvas.setSubject(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("邻里 · 社区工作台")
        self._document: Any = self._canvas._doc
        self._start_page()

    def _start_page(self) -> None:
        self._text: list[str] = []
        self._rules: list[str] = []
        self._font: tuple[Typeface, float] | None = None
        self._ink: Ink = BLACK
        self._extra = 0.0

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        *,
        align: Align = "left",
        ink: Ink = BLACK,
    ) -> float:
        """Draws one line with its baseline at y; gives its width. MissingGlyph as fonts.runs."""
        parts = runs(_single(text), face)
        width = size * sum(found.width(part) for found, part in parts)
        self._place(x - width * _SHIFT[align], y, ink)
        for found, part in parts:
            self._show(found, size, 0.0, part)
        return width

    def line(self, x: float, y: float, line: Line, size: float, *, ink: Ink = BLACK) -> None:
        """Draws a set line; x is the left edge of its paragraph.

        Every piece is placed anew: not all readers add the space after a string's last character.
        """
        x += line.indent
        for found, extra, text in line.pieces:
            self._place(x, y, ink)
            self._show(found, size, extra, text)
            x += found.width(text) * size + extra * len(text)

    def lines(
        self,
        x: float,
        y: float,
        lines: Iterable[Line],
        size: float,
        leading: float,
        *,
        ink: Ink = BLACK,
    ) -> float:
        """Draws lines downwards from the baseline y; gives the baseline after the last."""
        for line in lines:
            self.line(x, y, line, size, ink=ink)
            y -= leading
        return y

    def spaced(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        extra: float,
        *,
        ink: Ink = BLACK,
    ) -> float:
        """Draws a line centred on x with `extra` between characters, as for titles 恢 复 单."""
        text = _single(text)
        pieces = [Piece(found, extra, part) for found, part in runs(text, face)]
        width = size * sum(p.typeface.width(p.text) for p in pieces) + extra * (len(text) - 1)
        self.line(x - width / 2, y, Line(tuple(pieces), 0.0, width), size, ink=ink)
        return width

    def _place(self, x: float, y: float, ink: Ink) -> None:
        if ink != self._ink:
            self._ink = ink
            self._text.append(f"{_colour(ink)} rg")
        self._text.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")

    def _show(self, found: Typeface, size: float, extra: float, text: str) -> None:
        if self._font != (found, size):
            self._font = (found, size)
            name = found.font.resource_name(self._document)
            self._text.append(f"{name} {size:g} Tf")
        if extra != self._extra:
            self._extra = extra
            self._text.append(f"{extra:.4f} Tc")
        codes = found.font.codes(self._document)
        self._text.append(f"<{''.join(map(codes.__getitem__, text))}> Tj")

    def rule(
        self,
        x: float,
        y: float,
        x_end: float,
        y_end: float,
        *,
        width: float = 0.5,
        ink: Ink = BLACK,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draws a straight line."""
        pattern = f"[{dash[0]:g} {dash[1]:g}] 0 d" if dash else "[] 0 d"
        self._rules.append(
            f"{_colour(ink)} RG {width:g} w {pattern} {x:.2f} {y:.2f} m {x_end:.2f} {y_end:.2f} l S"
        )

    def rules(
        self, segments: Iterable[tuple[float, float, float, float]], *, width: float, ink: Ink
    ) -> None:
        """Draws many straight lines of one kind."""
        path = " ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in segments)
        if path:
            self._rules.append(f"{_colour(ink)} RG {width:g} w [] 0 d {path} S")

    def box(
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
        """Draws a rectangle from its lower left corner: filled, with a border, or both."""
        colours = f"{_colour(fill)} rg " if fill else ""
        border = f"{_colour(ink)} RG {stroke:g} w [] 0 d " if stroke else ""
        paint = ("B" if stroke else "f") if fill else "S"
        self._rules.append(f"{colours}{border}{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {paint}")

    def dashed_circle(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """A thin dashed circle round (x, y), drawn as four Bézier curves."""
        k = 0.5523 * radius
        r = radius
        curves = (
            (r, k, k, r, 0, r),
            (-k, r, -r, k, -r, 0),
            (-r, -k, -k, -r, 0, -r),
            (k, -r, r, -k, r, 0),
        )
        path = " ".join(
            " ".join(f"{(x, y)[i % 2] + v:.2f}" for i, v in enumerate(curve)) + " c"
            for curve in curves
        )
        self._rules.append(f"{_colour(ink)} RG 0.6 w [3 3] 0 d {x + r:.2f} {y:.2f} m {path} S")

    def shape(self, path: str, x: float, y: float, scale: float) -> None:
        """Fills a path in black; its own units are `scale` points, its origin is (x, y)."""
        self._rules.append(f"q 0 0 0 rg {scale:.4f} 0 0 {scale:.4f} {x:.2f} {y:.2f} cm {path} f Q")

    def across(self, words: str, face: Face, size: float, ink: Ink) -> None:
        """Writes `words` slantwise over the middle of the page; what is drawn later lies above."""
        parts = runs(_single(words), face)
        half = size * sum(found.width(part) for found, part in parts) / 2
        x = self.width / 2 - half * _SLANT[0] + size * _MIDDLE * _SLANT[1]
        y = self.height / 2 - half * _SLANT[1] - size * _MIDDLE * _SLANT[0]
        slant = f"{_SLANT[0]:g} {_SLANT[1]:g} {-_SLANT[1]:g} {_SLANT[0]:g} {x:.2f} {y:.2f} Tm"
        shown = " ".join(self._shown(found, size, part) for found, part in parts)
        self._rules.append(f"q {_colour(ink)} rg BT {slant} {shown} ET Q")

    def _shown(self, found: Typeface, size: float, text: str) -> str:
        """The operators that select the face and show the text."""
        codes = found.font.codes(self._document)
        name = found.font.resource_name(self._document)
        return f"{name} {size:g} Tf <{''.join(map(codes.__getitem__, text))}> Tj"

    def turn(self, size: tuple[float, float]) -> None:
        """The page just begun, and those after it, are of this size."""
        self.width, self.height = size
        self._canvas.setPageSize(size)

    def picture(self, jpeg: bytes, x: float, y: float, width: float, height: float) -> bool:
        """Draws a photo as large as the place allows, in its middle; False if it is damaged."""
        try:
            image: Any = ImageReader(BytesIO(jpeg))
            wide, high = image.getSize()
        except OSError:
            return False
        scale = min(width / wide, height / high)
        wide, high = wide * scale, high * scale
        left, low = x + (width - wide) / 2, y + (height - high) / 2
        self._canvas.drawImage(image, left, low, wide, high)
        return True

    def end_page(self) -> None:
        """Closes the page; what is drawn next goes to a new one."""
        if self._stamp is not None:
            self._put(self._stamp)
        if self._rules:
            self._canvas.addLiteral("\n".join(self._rules))
        # The text object starts in black whatever the boxes were filled with.
        self._canvas.addLiteral("0 0 0 rg BT\n" + "\n".join(self._text) + "\nET")
        self._canvas.showPage()
        self._start_page()

    def _put(self, stamp: Stamp) -> None:
        """A line below everything, and the mark in very light letters behind it."""
        room = self.width - 2 * _STAMP_SIDE
        size = min(_STAMP_SIZE, room / text_width(stamp.line, Face.SONG, 1.0))
        self.text(self.width / 2, _STAMP_AT, stamp.line, Face.SONG, size, align="center")
        self.across(stamp.mark, Face.HEI, _MARK_SIZE, _MARK)
        self._rules.insert(0, self._rules.pop())

    def finish(self) -> bytes:
        """The PDF; the sheet must not be used any more."""
        data: bytes = self._canvas.getpdfdata()
        return data


# As near to the edge as printers reach; the mark is lighter than the ground of headings.
_STAMP_AT, _STAMP_SIDE, _STAMP_SIZE = 4.8 * MM, 8 * MM, 7.0
_MARK_SIZE = 44.0
_MARK: Ink = (0.915, 0.92, 0.925)
# Cosine and sine of the slant of `across`: 35 degrees.
_SLANT = (0.8192, 0.5736)
# A Chinese character's middle lies this far above the baseline, in ems.
_MIDDLE = 0.38
_SHIFT: dict[Align, float] = {"left": 0.0, "center": 0.5, "right": 1.0}


def _single(text: str) -> str:
    """Fit for one line: a line end that somebody pasted becomes a blank."""
    return printable(text).replace("\n", " ")


def _colour(ink: Ink) -> str:
    return f"{ink[0]:g} {ink[1]:g} {ink[2]:g}"
