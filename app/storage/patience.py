"""Wrong passwords make the next try wait: 1, 2, 4, 8 ... seconds, remembered beside the file."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.storage.atomic import write_atomically

LONGEST_SECONDS = 300


class Patience:
    """Counts failed tries per slot; starting the program again does not shorten the wait."""

    def __init__(self, file: Path, now: Callable[[], float]) -> None:
        self._file = file
        self._now = now
        self._tries = _read(file)

    def seconds_to_wait(self, slot: str) -> int:
        count, failed_at = self._tries.get(slot, (0, 0.0))
        delay = _delay(count)
        # A clock that was set back must not lock anybody out for days.
        passed = max(self._now() - failed_at, 0)
        return max(math.ceil(delay - passed), 0)

    def failed(self, slot: str) -> int:
        """Note a wrong try; the seconds until the next."""
        count = self._tries.get(slot, (0, 0.0))[0] + 1
        self._tries[slot] = (count, self._now())
        self._write()
        return self.seconds_to_wait(slot)

    def succeeded(self, slot: str) -> None:
        if self._tries.pop(slot, None):
            self._write()

    def _write(self) -> None:
        try:
            write_atomically(self._file, json.dumps(self._tries).encode())
        except OSError:
            # A full disk or a read-only folder must not stop the right password from working;
            # the delay still holds until the program ends.
            return


def _delay(count: int) -> int:
    # The exponent is bounded as well: a count from a damaged file may be anything.
    return min(2 ** min(count - 1, 10), LONGEST_SECONDS) if count > 0 else 0


def _read(file: Path) -> dict[str, tuple[int, float]]:
    try:
        stored: Any = json.loads(file.read_bytes())
        return {str(slot): (int(count), float(at)) for slot, (count, at) in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
