"""Wrong passwords make the next try wait: 1, 2, 4, 8 ... seconds, remembered beside the file."""

import json
import math
from collections.abc import Callable, Mapping
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
    """Counts failed tries per slot; starting the program again does not shorten the wait.

    The file is read before each use: the login, the lock and whoever gives his word for one act
    have each a vault of their own, and none may write over what another has counted.
    """

    def __init__(self, file: Path, now: Callable[[], float]) -> None:
        self._file = file
        self._now = now
        self._known: dict[str, Tries] = {}
        self._unsaved = False

    def seconds_to_wait(self, slot: str) -> int:
        known = self._read_again()
        tries, now = known.get(slot, Tries()), self._now()
        if now < tries.failed_at:
            # The clock was set back: the wait begins anew, and ends whatever the clock says.
            tries = replace(tries, failed_at=now)
            self._write({**known, slot: tries})
        return max(math.ceil(_delay(tries.count) - (now - tries.failed_at)), 0)

    def failed(self, slot: str) -> int:
        """Note a wrong try; the seconds until the next."""
        known = self._read_again()
        tries = known.get(slot, Tries())
        self._write({**known, slot: Tries(tries.count + 1, self._now(), tries.untold + 1)})
        return self.seconds_to_wait(slot)

    def succeeded(self, slot: str) -> None:
        """The next mistake is a first one again; what the journal has to be told stays."""
        known = self._read_again()
        tries = known.get(slot)
        if tries is not None and tries.count:
            self._write({**known, slot: replace(tries, count=0)})

    def untold(self) -> dict[str, int]:
        """Wrong tries per slot that the journal does not know yet."""
        known = self._read_again()
        return {slot: tries.untold for slot, tries in known.items() if tries.untold}

    def told(self, counts: Mapping[str, int]) -> None:
        """The journal has these now; what was counted since then it has not."""
        known = self._read_again()
        left = {
            slot: replace(one, untold=max(one.untold - counts.get(slot, 0), 0))
            for slot, one in known.items()
        }
        kept = {slot: one for slot, one in left.items() if one.count or one.untold}
        if kept != known:
            self._write(kept)

    def _read_again(self) -> dict[str, Tries]:
        """What the file says; where it cannot be read or written, what was known last."""
        found = None if self._unsaved else _read(self._file)
        self._known = self._known if found is None else found
        return self._known

    def _write(self, tries: dict[str, Tries]) -> None:
        self._known = tries
        facts = {slot: [one.count, one.failed_at, one.untold] for slot, one in tries.items()}
        try:
            write_atomically(self._file, json.dumps(facts).encode())
            self._unsaved = False
        except OSError:
            # A full disk or a read-only folder must not stop the right password from working;
            # the delay still holds until the program ends.
            self._unsaved = True


def _delay(count: int) -> int:
    # The exponent is bounded as well: a count from a damaged file may be anything.
    return min(2 ** min(count - 1, 10), LONGEST_SECONDS) if count > 0 else 0


def _read(file: Path) -> dict[str, Tries] | None:
    try:
        with file.open("rb") as stream:
            stored: Any = json.loads(stream.read(_MOST_BYTES))
        return {str(slot): _tries(*facts) for slot, facts in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _tries(count: Any, failed_at: Any, untold: Any) -> Tries:
    tries = Tries(int(count), float(failed_at), max(int(untold), 0))
    if not math.isfinite(tries.failed_at):
        raise ValueError("a moment is a number")
    return tries
