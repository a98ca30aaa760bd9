"""Pausing Python's garbage collector while an import makes a million small objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Nothing in the block makes reference cycles worth a search; each search walks everything."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # Frozen and thawed, what was made counts as old: enabling alone would walk it all now.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
