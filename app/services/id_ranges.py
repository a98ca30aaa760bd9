"""Asking for many ids: those that follow each other, as an import makes them, as one range."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, or_

from app.services.chunks import chunks

# SQLite takes a limited number of parameters, and an OR of many ranges is slow to plan.
_RANGES, _SINGLE = 100, 500
# A shorter run is not worth a range of its own.
_LONG = 8


def spans(ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive ids."""
    # Within a run, id minus position stays the same.
    for _, run in groupby(enumerate(sorted(ids)), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        yield numbers[0], numbers[-1]


def conditions(column: Any, ids: Iterable[int]) -> Iterator[ColumnElement[bool]]:
    """Together they hold for exactly these ids, and no two of them for the same."""
    runs = list(spans(ids))
    for part in chunks([run for run in runs if run[1] - run[0] >= _LONG], _RANGES):
        yield or_(*(column.between(first, last) for first, last in part))
    short = [one for first, last in runs if last - first < _LONG for one in range(first, last + 1)]
    for rest in chunks(short, _SINGLE):
        yield column.in_(rest)
