"""Anything that a file may hold: any JSON, and a real one with some of it replaced."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from tests.faults.amount import times

# Numbers beyond every bound, signs that are no characters, names that lead elsewhere.
_NUMBERS = st.one_of(
    st.integers(), st.floats(), st.sampled_from([2**63, -(2**63) - 1, 10**400, float("inf")])
)
_TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["\ud800", "²", "../../x", "/etc/passwd", "C:\\x", "NUL", "x" * 500, "2026-13-45", "\0"]
    ),
)
PLAIN = st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXTS)
JSON = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
# Deeper than Python's own reader goes.
DEEP = st.sampled_from(["[" * 3_000, '{"a":' * 3_000, "1" * 5_000])
BYTES = st.one_of(
    st.binary(max_size=300),
    JSON.map(lambda value: json.dumps(value).encode()),
    DEEP.map(str.encode),
)


def many(few: int, lot: int) -> settings:
    """So many examples in `make test`, so many in `make soak`."""
    return settings(max_examples=times(few, lot), deadline=None)


@st.composite
def altered(draw: st.DrawFn, facts: dict[str, Any]) -> dict[str, Any]:
    """`facts` with one to three values, at any depth, replaced, taken out or doubled."""
    copy: dict[str, Any] = json.loads(json.dumps(facts))
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(list(_places(copy))))
        what = draw(st.sampled_from(["replace", "remove", "double"]))
        if what == "remove" and isinstance(holder, dict):
            del holder[key]
        elif what == "double" and isinstance(holder, list):
            holder.append(holder[key])
        else:
            holder[key] = draw(JSON)
        if not copy:
            break
    return copy


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(pairs):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
