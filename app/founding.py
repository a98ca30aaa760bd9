"""The first start: the wizard, the file that it makes, and the copy of an office it may find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from app.clock import Clock
from app.door import recovery_sheet
from app.services.office import Office, seed, set_office
from app.storage.engine import Database
from app.storage.finding import backups_on_drives
from app.storage.office_file import create_office
from app.ui.first_start import FirstStart
from app.ui.kit.background import Background, unforeseen
from app.values.rights import SECRETARY

if TYPE_CHECKING:
    from app.storage.vault import Vault

Founded = Callable[["Vault", str], object]


class Founding(QObject):
    """Of one office's file; `view` is the wizard."""

    begun = Signal(object, object)
    """Database, open, of the new office, and the Origin of what is to be in it"""

    def __init__(self, file: Path, clock: Clock, founded: Founded, parent: QObject) -> None:
        super().__init__(parent)
        self._file = file
        self._clock = clock
        # Called, not signalled: what it raises is told by the wizard that waits for the file.
        self._founded = founded
        self._vault: Vault | None = None
        self._database: Database | None = None
        self.view = FirstStart(
            clock, create=self._create, change_office=self._change_office, make_sheet=self._sheet
        )
        self.view.sheet_kept.connect(lambda: cast("Vault", self._vault).note_sheet_kept())
        self.view.finished.connect(lambda origin: self.begun.emit(self._database, origin))
        self.view.destroyed.connect(self.deleteLater)

    def look_for_backups(self, background: Background) -> None:
        """A stick with a backup that is plugged in at the first start: most likely for this."""
        background.start(
            lambda _: backups_on_drives(),
            done=lambda found: self.view.offer(found[0]) if found else None,
            failed=unforeseen,
            owner=self.view,
        )

    def _create(self, office: Office, name: str, password: str) -> tuple[str, ...]:
        def fill(database: Database) -> None:
            with database.transaction("填写社区资料") as session:
                set_office(session, office)
                seed(session, today=self._clock.today())

        new = create_office(
            self._file,
            user=name,
            role=SECRETARY,
            password=password,
            clock=self._clock,
            fill=fill,
        )
        self._vault = new.vault
        self._founded(new.vault, name)
        self._database = new.database
        return new.recovery_code.groups

    def _change_office(self, office: Office) -> None:
        with cast(Database, self._database).transaction("修改社区资料") as session:
            set_office(session, office)

    def _sheet(self, office: Office, groups: tuple[str, ...]) -> bytes:
        return recovery_sheet(office, groups, self._clock, self._file)
