"""The file of a demo: made up, in a temporary folder, gone when the program ends."""

import tempfile
from pathlib import Path

from app import paths
from app.clock import Clock
from app.storage.engine import Database

USER_NAME = "演示"
KEY = bytes(32)


class DemoFile:
    """`make()` takes some seconds and may run in any thread; `remove()` leaves nothing."""

    def __init__(self, clock: Clock, *, people: int) -> None:
        self._clock = clock
        self._people = people
        self._folder = tempfile.TemporaryDirectory(prefix="linli-demo-")

    @property
    def folder(self) -> Path:
        return Path(self._folder.name)

    def make(self) -> Database:
        """An encrypted file with a community in it, open."""
        from app.demo import build_demo
        from app.storage.office_file import create_database

        file = self.folder / paths.database_file().name
        database = create_database(file, KEY, clock=self._clock, user_name=USER_NAME)
        build_demo(database, people=self._people, today=self._clock.today())
        return database

    def remove(self) -> None:
        self._folder.cleanup()
