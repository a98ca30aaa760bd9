"""Somebody at the desk with a keyboard and a scanner: strokes go where the focus is."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.clock import FixedClock
from app.context import Context, LiveSettings
from app.ui.kit.dialogs import Message
from app.ui.kit.signals import AppSignals
from app.ui.main_window import MainWindow
from tests.conftest import Dialogs

ENTER, ESCAPE, TAB, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Down
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
Stroke = str | Qt.Key | tuple[Qt.Key, Any]
"""A key, a key with others held, or words that an input method brings"""
SAVE: Stroke = (ENTER, CTRL)


@dataclass
class Seconds:
    """How quickly keys follow each other, told instead of waited for."""

    now: float = 1000.0

    def monotonic(self) -> float:
        return self.now


def until(done: Callable[[], bool]) -> None:
    """Wait for a thread's work, and rest meanwhile: who asks without a rest takes it the time."""
    patience = QDeadlineTimer(20_000)
    while not done():
        assert not patience.hasExpired()
        QApplication.processEvents()
        time.sleep(0.001)


def started(context: Context, moment: datetime) -> MainWindow:
    """The program on the office of `context`, at another moment."""
    clock, signals = FixedClock(moment), AppSignals()
    context.database.clock = clock
    settings = LiveSettings(context.database, signals)
    window = MainWindow(Context(context.database, signals, context.background, settings, clock))
    window.show()
    return window


@dataclass
class Hands:
    """`met` are the windows that opened."""

    window: MainWindow
    dialogs: Dialogs
    qtbot: QtBot
    met: list[str] = field(default_factory=list)

    def press(self, *strokes: Stroke, at: QWidget | None = None) -> None:
        top = at or self.window
        self.turn_to(top)
        for stroke in strokes:
            target = QApplication.activePopupWidget() or top.focusWidget() or top
            self.strike(target, stroke)

    def turn_to(self, top: QWidget) -> None:
        top.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is top)

    def strike(self, target: QWidget, stroke: Stroke) -> None:
        if isinstance(stroke, tuple):
            QTest.keyClick(target, *stroke)
        elif isinstance(stroke, Qt.Key):
            QTest.keyClick(target, stroke)
        elif stroke.isascii():
            QTest.keyClicks(target, stroke)
        else:
            event = QInputMethodEvent()
            event.setCommitString(stroke)
            QApplication.sendEvent(target, event)

    def press_in_windows(self, *windows: tuple[Stroke, ...]) -> None:
        """What is pressed in the windows that open next; the last stroke closes each."""
        left = deque(windows)

        def answer(dialog: QDialog) -> int:
            if isinstance(dialog, Message):
                self.dialogs.shown.append(dialog.words)
                return 1
            strokes = left.popleft()
            if not left:
                self.dialogs.on_dialog = None
            dialog.show()
            title = dialog.windowTitle()
            self.met.append(title)
            self.press(*strokes, at=dialog)
            if not isValid(dialog):
                return 0
            assert not dialog.isVisible(), f"{title} stays open"
            return dialog.result()

        self.dialogs.on_dialog = answer
