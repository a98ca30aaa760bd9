"""What is merged at the end of a transaction, run backwards, gives back what was there before."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.models import Action
from app.storage.changes import ChangeLog
from tests.faults.amount import times

Table = dict[int, dict[str, int]]

ROW_IDS = st.integers(1, 6)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("create"), ROW_IDS, st.integers(0, 3)),
        st.tuples(st.just("update"), ROW_IDS, st.sampled_from("ab"), st.integers(0, 3)),
        st.tuples(st.just("delete"), ROW_IDS),
        st.tuples(st.just("look"), ROW_IDS),
    ),
    max_size=30,
)
START = st.dictionaries(
    ROW_IDS, st.fixed_dictionaries({"a": st.integers(0, 3), "b": st.integers(0, 3)})
)


def play(table: Table, log: ChangeLog, step: tuple[Any, ...]) -> None:
    """Do one step on the table and note it, as the session hook does."""
    kind, row_id, *values = step
    present = row_id in table
    if kind == "create" and not present:
        table[row_id] = {"a": values[0], "b": values[0]}
        log.add("t", row_id, Action.CREATED, None)
    elif kind == "update" and present and table[row_id][values[0]] != values[1]:
        pair = [table[row_id][values[0]], values[1]]
        table[row_id][values[0]] = values[1]
        log.add("t", row_id, Action.UPDATED, {values[0]: pair})
    elif kind == "delete" and present:
        log.add("t", row_id, Action.DELETED, dict(table.pop(row_id)))
    elif kind == "look":
        log.extend("t", Action.LOOKED, [row_id])


def take_back(table: Table, changes: list[dict[str, Any]]) -> None:
    for change in reversed(changes):
        row_id, last, fields = change["row_id"], change["last_row_id"], change["fields"]
        if change["action"] is Action.CREATED:
            for created in range(row_id, last + 1):
                del table[created]
        elif change["action"] is Action.DELETED:
            assert row_id not in table
            table[row_id] = dict(fields)
        elif change["action"] is Action.UPDATED:
            for column, (before, after) in fields.items():
                assert before != after
                assert table[row_id][column] == after
                table[row_id][column] = before


@given(START, STEPS)
@settings(max_examples=times(200, 5000), deadline=None)
def test_the_record_of_any_transaction_run_backwards_restores_the_table(
    start: Table, steps: list[tuple[Any, ...]]
) -> None:
    table, log = copy.deepcopy(start), ChangeLog()
    for step in steps:
        play(table, log, step)
    changed = table != start
    changes = log.merged()
    take_back(table, changes)
    assert table == start
    data = [change for change in changes if change["action"] is not Action.LOOKED]
    assert bool(data) or not changed


@given(st.sets(st.integers(1, 60), min_size=1))
def test_created_rows_are_told_in_as_few_ranges_as_possible(ids: set[int]) -> None:
    log = ChangeLog()
    log.extend("t", Action.CREATED, ids)
    ranges = [(change["row_id"], change["last_row_id"]) for change in log.merged()]
    told = [row_id for first, last in ranges for row_id in range(first, last + 1)]
    assert sorted(told) == sorted(ids)
    assert len(ranges) == sum(row_id - 1 not in ids for row_id in ids)
