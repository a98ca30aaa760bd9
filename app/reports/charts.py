"""Charts drawn straight on the sheet: bars, one divided bar, a line by month.

They hang on a wall and go through grey printers: what is meant stands beside each mark in words,
dark is done, pale is all, and nothing depends on colour. Lengths are points.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.fonts import Face
from app.reports.page import GREY, Ink, Sheet
from app.reports.text import Line, text_width, wrap

DARK: Ink = (0.13, 0.33, 0.58)
PALE_BAR: Ink = (0.86, 0.89, 0.93)
_FRAME: Ink = (0.55, 0.6, 0.66)
_SHADES: tuple[Ink, ...] = (DARK, (0.5, 0.64, 0.8), (0.8, 0.86, 0.92), (1, 1, 1))
_ON_SHADE: tuple[Ink, ...] = ((1, 1, 1), (0, 0, 0), (0, 0, 0), (0, 0, 0))
# A Chinese character's middle lies this far above the baseline, in ems.
_MIDDLE = 0.38
_ROW = 1.75
_BAR = 0.85


@dataclass(frozen=True, slots=True)
class Bar:
    """`part` of `whole`, and the words behind the bar: 办结 8，共 10."""

    label: str
    part: int
    whole: int
    words: str


@dataclass(frozen=True, slots=True)
class Share:
    """One piece of a divided bar."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Point:
    """One month: all, and how many of them are done."""

    label: str
    whole: int
    part: int


def bars(
    sheet: Sheet, x: float, top: float, width: float, rows: Sequence[Bar], size: float
) -> float:
    """Lying bars on one scale, names before and figures behind them; gives the lower edge."""
    names = [_name(row.label, size, width * 0.3) for row in rows]
    left = x + max((name.width for name, _ in names), default=0) + size * 0.6
    behind = max((text_width(row.words, Face.HEI, size) for row in rows), default=0) + size * 0.6
    room = max(width - (left - x) - behind, size)
    most = max((row.whole for row in rows), default=0) or 1
    y = top
    for row, (name, small) in zip(rows, names, strict=True):
        middle = y - size * _ROW / 2
        base, low = middle - size * _MIDDLE, middle - size * _BAR / 2
        sheet.line(left - size * 0.6 - name.width, base, name, small)
        long = room * row.whole / most
        if row.whole:
            sheet.box(left, low, long, size * _BAR, fill=PALE_BAR, stroke=0.5, ink=_FRAME)
        if row.part:
            sheet.box(left, low, room * row.part / most, size * _BAR, fill=DARK)
        sheet.text(left + long + size * 0.4, base, row.words, Face.HEI, size)
        y -= size * _ROW
    return y


def _name(label: str, size: float, width: float) -> tuple[Line, float]:
    """A long name is written smaller, by a third at most, and its size."""
    whole = wrap(label, Face.HEI, size, width)
    if len(whole) == 1:
        return whole[0], size
    small = size * max(width / text_width(label, Face.HEI, size), 2 / 3)
    return wrap(label, Face.HEI, small, width)[0], small


def divided_height(size: float) -> float:
    """How high `divided` is, with its names below."""
    return size * 3.7


def divided(
    sheet: Sheet, x: float, top: float, width: float, shares: Sequence[Share], size: float
) -> float:
    """One bar divided into shares: the figure inside, the name below; gives the lower edge."""
    total = sum(share.count for share in shares)
    high, left = size * 1.8, x
    starts = []
    for number, share in enumerate(shares):
        long = width * share.count / total if total else 0
        if long:
            shade = number % len(_SHADES)
            sheet.box(left, top - high, long, high, fill=_SHADES[shade], stroke=0.5, ink=_FRAME)
            words = f"{share.count:,}"
            if text_width(words, Face.HEI, size) < long:
                base = top - high / 2 - size * _MIDDLE
                ink = _ON_SHADE[shade]
                sheet.text(left + long / 2, base, words, Face.HEI, size, align="center", ink=ink)
        starts.append(left)
        left += long
    _name_shares(sheet, starts, x + width, top - high - size * 1.2, shares, size)
    return top - divided_height(size)


def _name_shares(
    sheet: Sheet,
    starts: Sequence[float],
    end: float,
    y: float,
    shares: Sequence[Share],
    size: float,
) -> None:
    """Each name below its piece, moved aside where the next one or the edge needs the room."""
    names = [f"{share.label} {share.count:,}" for share in shares]
    wide = [size * 1.05 + text_width(name, Face.HEI, size) + size * 0.8 for name in names]
    places, free = [], 0.0
    for start, room in zip(starts, wide, strict=True):
        places.append(max(start, free))
        free = places[-1] + room
    for number in range(len(places) - 1, -1, -1):
        places[number] = min(places[number], end - wide[number])
        end = places[number]
    for number, (place, name) in enumerate(zip(places, names, strict=True)):
        side, shade = size * 0.75, number % len(_SHADES)
        sheet.box(place, y, side, side, fill=_SHADES[shade], stroke=0.5, ink=_FRAME)
        sheet.text(place + size * 1.05, y, name, Face.HEI, size)


def months(
    sheet: Sheet,
    x: float,
    top: float,
    width: float,
    height: float,
    points: Sequence[Point],
    size: float,
    names: tuple[str, str] = ("提出", "办结"),
) -> float:
    """Two lines over the months, named at their ends; gives the lower edge.

    What came is hollow and dashed, what is done of it full: they differ without colour.
    """
    most = max((max(point.whole, point.part) for point in points), default=0) or 1
    behind = text_width(f"{names[0]} {max(most, 9999)}", Face.HEI, size) + size * 0.8
    left, right = x + size * 1.5, x + width - behind
    low, high = top - height + size * 1.9, top - size * 1.4
    step = (right - left) / max(len(points) - 1, 1)
    places = [left + step * number for number in range(len(points))]
    whole = [low + (high - low) * point.whole / most for point in points]
    part = [low + (high - low) * point.part / most for point in points]
    sheet.rule(x, low, right, low, width=0.5, ink=GREY)
    _trace(sheet, places, whole, dash=(3.0, 2.0))
    _trace(sheet, places, part, dash=None)
    _name_months(sheet, places, whole, points, low, size)
    # Beside the last month's name nothing fits.
    came, done = (max(line[-1], low + size * 0.5) for line in (whole, part))
    _name_ends(sheet, right + size * 0.6, came, done, points[-1], size, names)
    return top - height


def _trace(
    sheet: Sheet, xs: Sequence[float], ys: Sequence[float], dash: tuple[float, float] | None
) -> None:
    for place in range(len(xs) - 1):
        here, there = (xs[place], ys[place]), (xs[place + 1], ys[place + 1])
        sheet.rule(*here, *there, width=1.4, ink=DARK, dash=dash)
    for x, y in zip(xs, ys, strict=True):
        fill = (1.0, 1.0, 1.0) if dash else DARK
        sheet.box(x - 1.8, y - 1.8, 3.6, 3.6, fill=fill, stroke=0.8, ink=DARK)


def _name_months(
    sheet: Sheet,
    xs: Sequence[float],
    ys: Sequence[float],
    points: Sequence[Point],
    low: float,
    size: float,
) -> None:
    widest = max(text_width(point.label, Face.HEI, size) for point in points) + size * 0.5
    step = xs[1] - xs[0] if len(xs) > 1 else widest
    every = max(1, -int(-widest // step))
    for number, (x, y, point) in enumerate(zip(xs, ys, points, strict=True)):
        if number % every == 0:
            sheet.text(x, low - size * 1.3, point.label, Face.HEI, size, align="center")
        if number < len(points) - 1 and number % every == 0:
            sheet.text(x, y + size * 0.6, str(point.whole), Face.HEI, size, align="center")


def _name_ends(
    sheet: Sheet,
    x: float,
    whole: float,
    part: float,
    point: Point,
    size: float,
    names: tuple[str, str],
) -> None:
    """Side by side with their ends, and never one over the other."""
    apart = size * 1.3
    if abs(whole - part) < apart:
        middle, upwards = (whole + part) / 2, 1 if whole >= part else -1
        whole, part = middle + upwards * apart / 2, middle - upwards * apart / 2
    sheet.text(x, whole - size * _MIDDLE, f"{names[0]} {point.whole}", Face.HEI, size)
    sheet.text(x, part - size * _MIDDLE, f"{names[1]} {point.part}", Face.HEI, size)
