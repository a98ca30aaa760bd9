"""How much is tried: a little in `make test`, ten times that in `make soak` (LINLI_SOAK=1)."""

import os
import random

SOAK = os.environ.get("LINLI_SOAK") == "1"
# `make soak` draws a new one each time and prints it; `make soak seed=7` repeats a run.
SEED = int(os.environ.get("LINLI_SEED") or 20261121)


def times(few: int, many: int) -> int:
    """How often: `few` in `make test`, `many` in `make soak`."""
    return many if SOAK else few


def chance(*what: object) -> random.Random:
    """Random numbers that depend on the seed and on what is tried, not on what ran before."""
    return random.Random(f"{SEED} {what}")
