"""Wrong passwords make the next try wait: 1, 2, 4, 8 ... seconds, remembered beside the file."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.storage.atomic import write_atomically

LONGEST_SECONDS = 300
_MOST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Tries:
    """Wrong ones in a row, when the last was, and how many the journal does not know yet."""

    count: int = 0
    failed_at: float = 0.0
    untold: int = 0


class Patience:
    """Counts failed tries per slot; starting the program again does not shorten the wait."""

    def __init__(self, file: Path, now: Callable[[], float]) -> None:
        self._file = file
        self._now = now
        self._tries = _read(file)

    def seconds_to_wait(self, slot: str) -> int:
        tries, now = self._tries.get(slot, Tries()), self._now()
        if now < tries.failed_at:
            # The clock was set back: the wait begins anew, and ends whatever the clock says.
            tries = self._tries[slot] = replace(tries, failed_at=now)
        return max(math.ceil(_delay(tries.count) - (now - tries.failed_at)), 0)

    def failed(self, slot: str) -> int:
        """Note a wrong try; the seconds until the next."""
        tries = self._tries.get(slot, Tries())
        self._tries[slot] = Tries(tries.count + 1, self._now(), tries.untold + 1)
        self._write()
        return self.seconds_to_wait(slot)

    def succeeded(self, slot: str) -> None:
        """The next mistake is a first one again; what the journal has to be told stays."""
        tries = self._tries.get(slot)
        if tries is not None and tries.count:
            self._tries[slot] = replace(tries, count=0)
            self._write()

    def untold(self) -> dict[str, int]:
        """Wrong tries per slot that the journal does not know yet."""
        return {slot: tries.untold for slot, tries in self._tries.items() if tries.untold}

    def told(self) -> None:
        """The journal has them now."""
        kept = {slot: replace(one, untold=0) for slot, one in self._tries.items() if one.count}
        if kept != self._tries:
            self._tries = kept
            self._write()

    def _write(self) -> None:
        facts = {
            slot: [tries.count, tries.failed_at, tries.untold]
            for slot, tries in self._tries.items()
        }
        try:
            write_atomically(self._file, json.dumps(facts).encode())
        except OSError:
            # A full disk or a read-only folder must not stop the right password from working;
            # the delay still holds until the program ends.
            return


def _delay(count: int) -> int:
    # The exponent is bounded as well: a count from a damaged file may be anything.
    return min(2 ** min(count - 1, 10), LONGEST_SECONDS) if count > 0 else 0


def _read(file: Path) -> dict[str, Tries]:
    try:
        with file.open("rb") as stream:
            stored: Any = json.loads(stream.read(_MOST_BYTES))
        return {str(slot): _tries(*facts) for slot, facts in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return {}


def _tries(count: Any, failed_at: Any, untold: Any) -> Tries:
    tries = Tries(int(count), float(failed_at), max(int(untold), 0))
    if not math.isfinite(tries.failed_at):
        raise ValueError("a moment is a number")
    return tries
