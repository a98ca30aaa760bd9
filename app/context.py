"""What every page gets: the open file, who works, and the few things that all windows share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.clock import Clock
from app.services.setting_kinds import Setting
from app.services.settings import Settings, load
from app.storage.engine import Database
from app.ui.kit.background import Background
from app.ui.kit.signals import AppSignals, Area
from app.values.rights import Actor, Right

T = TypeVar("T", str, int, bool)


class LiveSettings:
    """`context.settings[COMMUNITY_NAME]`: read once, and anew after somebody changed them."""

    def __init__(self, database: Database, signals: AppSignals) -> None:
        self._database = database
        self._read: Settings | None = None
        signals.changed.connect(self._forget)

    def __getitem__(self, setting: Setting[T]) -> T:
        if self._read is None:
            with self._database.lookup() as lookup:
                self._read = load(lookup)
        return self._read[setting]

    def _forget(self, areas: Area) -> None:
        if Area.OFFICE in areas:
            self._read = None


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Context:
    """Handed to each page by its constructor; nothing in the program is looked up globally."""

    database: Database
    signals: AppSignals
    background: Background
    settings: LiveSettings
    clock: Clock
    ready: Callable[[], bool] = _always
    """False in the moment after a start in which sessions are still being loaded (warm_up.py):
    what nobody waits for yet can come a little later then, instead of holding the window up."""

    @property
    def user(self) -> Actor:
        """Who is logged in; `slot` is empty where no password was asked (demo)."""
        return self.database.actor

    @property
    def sees_all(self) -> bool:
        """Whether the whole community is read; a 网格员 reads the people and matters of some grids,
        of which "there is none" must not be told, nor a paper of the whole be made."""
        return self.database.actor.grids is None

    def may(self, right: Right) -> bool:
        """Whether to offer something: what one may not do is not shown."""
        return self.database.actor.may(right)
