"""Loads what the first window does without, as soon as that window has been painted.

SQLAlchemy and the mapped classes cost as long as the rest of a start. Nobody has to wait for this
module: what needs them earlier imports them itself.
"""

import gc
import linecache
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import FunctionType, ModuleType

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_MODULES = ("app.storage.sessions", "app.services.cards", "app.services.history")
# What came in while the window was built (a key, the size that the screen allows) goes first.
_BREATH_MS = 10


class WarmUp(QObject):
    """Loads in a thread, so that keys are answered meanwhile; `done` tells when it has ended."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.done = False

    def after_painting(self, window: QWidget) -> None:
        """Begin when `window` has been painted for the first time."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # The filter is asked before the painting begins; this runs after it has ended.
            QTimer.singleShot(0, lambda: QTimer.singleShot(_BREATH_MS, self._start))
        return False

    def _start(self) -> None:
        threading.Thread(target=self._load, name="warm-up").start()

    def _load(self) -> None:
        try:
            _import_all()
        finally:
            # What could not be loaded is told to whoever asks for it.
            self.done = True


def _import_all() -> None:
    with _no_source_kept():
        with _bare("asyncio") as asyncio, _bare("importlib.metadata"):
            if asyncio is not None:
                _give_names(asyncio)
            import_module("sqlalchemy.orm")
            _let_go_of_manual("sqlalchemy")
            for name in _MODULES:
                import_module(name)
        from sqlalchemy.orm import configure_mappers

        configure_mappers()
    if gc.get_freeze_count():
        # As the start did with all that it loaded itself: none of it will ever be garbage.
        gc.freeze()


@contextmanager
def _no_source_kept() -> Iterator[None]:
    """PySide looks into the source of every module for its own name, and the lines would stay."""
    linecache.cache = _Nothing()  # type: ignore[assignment]  # typed by what it keeps: nothing
    try:
        yield
    finally:
        linecache.cache = {}


class _Nothing(dict[str, object]):
    """Keeps nothing."""

    def __setitem__(self, key: str, value: object) -> None:
        pass


@contextmanager
def _bare(name: str) -> Iterator[ModuleType | None]:
    """An empty module of this name while others are loaded; None where it is loaded itself.

    SQLAlchemy brings asyncio, and asyncio OpenSSL, for drivers that wait in coroutines; and
    importlib.metadata, with sockets and all of email, to look for drivers of other packages: four
    megabytes of which a driver that comes with it needs three names. Whoever imports one of them
    later gets all of it.
    """
    spec = None if name in sys.modules else find_spec(name)
    if spec is None:
        yield None
        return
    bare = sys.modules[name] = module_from_spec(spec)
    try:
        yield bare
    finally:
        del sys.modules[name]


def _let_go_of_manual(package: str) -> None:
    """Two megabytes of SQLAlchemy are its manual, which nobody reads here: what comes after it
    takes their place."""
    for name, module in list(sys.modules.items()):
        if name == package or name.startswith(f"{package}."):
            for one in list(vars(module).values()):
                own = isinstance(one, type) and one.__module__ == name
                for part in (*vars(one).values(),) if own else (one,):
                    _forget_words(getattr(part, "__func__", getattr(part, "fget", part)))


def _forget_words(function: object) -> None:
    if isinstance(function, FunctionType) and function.__doc__:
        code = function.__code__
        if code.co_consts[:1] == (function.__doc__,):
            function.__code__ = code.replace(co_consts=(None, *code.co_consts[1:]))
        function.__doc__ = None


def _give_names(asyncio: ModuleType) -> None:
    """What SQLAlchemy asks of it."""
    exceptions = import_module("asyncio.exceptions")
    vars(asyncio).update({name: getattr(exceptions, name) for name in exceptions.__all__})
    vars(asyncio).update(iscoroutine=import_module("asyncio.coroutines").iscoroutine)
