"""What the last examination found, remembered beside the program: when, and how many of what."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.services.health.examination import Examination
from app.services.health.registry import BY_KEY
from app.storage.backup_info import office_id_of
from app.ui.kit.memory import window_memory


@dataclass(frozen=True, slots=True)
class LastRun:
    """`counts` by key of the check; a check that this program does not know is left out."""

    at: datetime
    seconds: float
    counts: Mapping[str, int]


def remember(file: Path, examination: Examination) -> None:
    """Only figures: no name leaves the encrypted file."""
    facts = {
        "at": examination.at.isoformat(timespec="seconds"),
        "seconds": examination.seconds,
        "counts": examination.counts,
    }
    window_memory().setValue(_place(file), json.dumps(facts))


def last_run(file: Path) -> LastRun | None:
    """None where this office was never examined here, or what was kept cannot be read."""
    try:
        facts = json.loads(str(window_memory().value(_place(file), "")))
        counts = {key: int(count) for key, count in facts["counts"].items() if key in BY_KEY}
        return LastRun(datetime.fromisoformat(facts["at"]), float(facts["seconds"]), counts)
    except (ValueError, TypeError, KeyError, AttributeError, OSError, ArithmeticError):
        return None


def _place(file: Path) -> str:
    return f"体检/{office_id_of(file).hex()}"
