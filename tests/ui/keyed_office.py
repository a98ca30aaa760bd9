"""An office with its key file, as every real one has: only such a one is backed up."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.clock import Clock
from app.context import Context, LiveSettings
from app.storage.office_file import create_office
from app.storage.slots import WEAK_COST
from app.ui.kit.background import Background
from app.ui.kit.signals import AppSignals
from tests.actors import actor


@contextmanager
def keyed_office(file: Path, clock: Clock) -> Iterator[Context]:
    """Open for its 书记, and empty."""
    new = create_office(
        file, user="周立群", role="书记", password="three quiet words", clock=clock, cost=WEAK_COST
    )
    new.database.act_as(actor("周立群", "书记"))
    signals, background = AppSignals(), Background()
    try:
        yield Context(new.database, signals, background, LiveSettings(new.database, signals), clock)
    finally:
        background.finish()
        new.database.close()
