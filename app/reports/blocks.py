"""Labelled rows in blocks: the layout of 民发〔2015〕149号 for volunteers' certificates.

A block is a frame with its heading at the left; two short rows share a line. Only a block that
is taller than half a page is divided, and then says （续）.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from app.reports import official
from app.reports.certificate_data import Block
from app.reports.clean import one_line
from app.reports.flow import Strip
from app.reports.fonts import Face
from app.reports.headline import headline
from app.reports.page import MM, WASH, Sheet
from app.reports.text import Line, plain_line, wrap

_HEADING = 28 * MM
_LABEL_EMS = 5.1
_PAD = 2 * MM
_MIDDLE = 0.38
_LEADING = 1.4
_WHOLE = 110 * MM
# A cell of more lines than this is divided over rows, so that it can be divided over pages.
_MOST_LINES = 18

Cell = tuple[list[Line], list[Line], float]
"""Lines of the label, lines of the value, and how wide both are together."""
Row = tuple[Cell, ...]


def strips(blocks: Sequence[Block], size: float) -> Iterator[Strip]:
    """The blocks as strips, text in `size` points."""
    for title, pairs in blocks:
        rows = [part for row in _rows(pairs, size) for part in _slices(row)]
        heading = _heading(title, size)
        height = sum(_height(row, size) for row in rows)
        if height <= _WHOLE:
            yield _strip(heading, rows, size)
            continue
        for i, row in enumerate(rows):
            yield _strip(_heading(f"{title}（续）", size) if i else heading, [row], size)


def _heading(title: str, size: float) -> list[Line]:
    """Balanced lines: the last character of a heading never stands alone."""
    lines = headline(one_line(title), (_HEADING - _PAD) / size)
    return [plain_line(line, Face.HEI, size) for line in lines]


def _strip(heading: list[Line], rows: Sequence[Row], size: float) -> Strip:
    least = len(heading) * size * 1.3 + 2 * _PAD
    heights = [_height(row, size) for row in rows]
    heights[-1] += max(0.0, least - sum(heights))
    return Strip(
        sum(heights), partial(_draw, heading=heading, rows=rows, heights=heights, size=size)
    )


def _label_width(size: float) -> float:
    return _LABEL_EMS * size + 2 * _PAD


def _rows(pairs: Sequence[tuple[str, str]], size: float) -> Iterator[Row]:
    """Two cells in a row where both values stand in one line of half the width.

    A wide row waits until the short one before it has found its neighbour.
    """
    width = official.WIDTH - _HEADING
    waiting: Cell | None = None
    held: list[Row] = []
    for label, value in pairs:
        half = _cell(label, value, size, width / 2)
        short = len(half[1]) == 1
        if not short:
            held.append((_cell(label, value, size, width),))
        elif waiting is None:
            waiting = half
        else:
            yield waiting, half
            waiting = None
        if waiting is None:
            yield from held
            held.clear()
    if waiting:
        yield ((*waiting[:2], width),)
    yield from held


def _cell(label: str, value: str, size: float, width: float) -> Cell:
    inner = _label_width(size)
    return (
        wrap(label, Face.SONG, size, inner - 2 * _PAD),
        wrap(value, Face.SONG, size, width - inner - 2 * _PAD),
        width,
    )


def _slices(row: Row) -> Iterator[Row]:
    if len(row) > 1:
        yield row
        return
    label, lines, width = row[0]
    for start in range(0, len(lines), _MOST_LINES):
        yield ((label, lines[start : start + _MOST_LINES], width),)


def _height(row: Row, size: float) -> float:
    most = max(max(len(label), len(lines)) for label, lines, _ in row)
    return most * size * _LEADING + size * 0.75


def _draw(
    sheet: Sheet,
    top: float,
    *,
    heading: list[Line],
    rows: Sequence[Row],
    heights: Sequence[float],
    size: float,
) -> None:
    left, bottom = official.LEFT, top - sum(heights)
    sheet.box(left, bottom, _HEADING, top - bottom, fill=WASH)
    y = (top + bottom) / 2 + (len(heading) - 1) * size * 0.65 - _MIDDLE * size
    for line in heading:
        sheet.line(left + (_HEADING - line.width) / 2, y, line, size)
        y -= size * 1.3
    for row, height in zip(rows, heights, strict=True):
        _draw_row(sheet, left + _HEADING, top, row, height, size)
        top -= height
    sheet.rule(left + _HEADING, top + sum(heights), left + _HEADING, bottom)
    sheet.box(left, bottom, official.WIDTH, sum(heights), stroke=0.9)


def _draw_row(sheet: Sheet, left: float, top: float, row: Row, height: float, size: float) -> None:
    middle, inner, x = top - height / 2, _label_width(size), left
    for label, lines, width in row:
        _draw_lines(sheet, x + _PAD, middle, label, size)
        _draw_lines(sheet, x + inner + _PAD, middle, lines, size)
        for edge in (x, x + inner) if x > left else (x + inner,):
            sheet.rule(edge, top, edge, top - height)
        x += width
    sheet.rule(left, top - height, x, top - height)


def _draw_lines(sheet: Sheet, x: float, middle: float, lines: Sequence[Line], size: float) -> None:
    y = middle + (len(lines) - 1) * size * _LEADING / 2 - _MIDDLE * size
    sheet.lines(x, y, lines, size, size * _LEADING)
