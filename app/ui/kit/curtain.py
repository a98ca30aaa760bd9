"""What the lock screen does to the windows behind it: all go, and come back as they were.

A dialog that is being shown by exec() waits behind the curtain, and so does one that a job opens
meanwhile; where somebody else enters, they are closed as by Esc.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid


@runtime_checkable
class Patient(Protocol):
    """A dialog of ours, that can leave the screen without being closed."""

    shown_as: int

    def put_away(self) -> None: ...
    def bring_back(self) -> None: ...
    def done(self, result: int) -> None: ...


class Curtain(QObject):
    """One for the program. `front` is the lock screen: its own dialogs are shown as ever."""

    lifted = Signal()
    lock_requested = Signal()
    """By the key, in a dialog"""

    def __init__(self) -> None:
        super().__init__()
        self.is_down = False
        self.gives_up = False
        """Dialogs are being closed for somebody else: what was typed there is not given up"""
        self._hidden: list[QWidget] = []
        self._patient: list[Patient] = []
        self.front: QWidget | None = None
        self.waiting = 0
        """Dialogs that wait in a loop of their own."""

    def fall(self) -> None:
        """Take every window off the screen."""
        self.is_down = True
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._take_off(window)

    def lift(self) -> None:
        """Bring back what was there."""
        windows, dialogs = self._forget()
        for window in windows:
            window.show()
        for dialog in sorted(dialogs, key=lambda one: one.shown_as):
            dialog.bring_back()
        self.lifted.emit()

    def drop(self) -> list[QWidget]:
        """Give up what was there; the windows are the caller's to take away."""
        windows, dialogs = self._forget()
        self.gives_up = True
        try:
            for dialog in sorted(dialogs, key=lambda one: -one.shown_as):
                dialog.done(QDialog.DialogCode.Rejected.value)
        finally:
            self.gives_up = False
        self.lifted.emit()
        return windows

    def holds(self, dialog: QDialog) -> bool:
        """Whether a dialog that is to be shown now has to wait; it comes with the others then."""
        if not self.is_down or self._is_in_front(dialog):
            return False
        if isinstance(dialog, Patient) and dialog not in self._patient:
            self._patient.append(dialog)
        return True

    def wait(self, loop: QEventLoop) -> None:
        """Until the curtain is lifted, or `loop` is left for another reason."""
        self.lifted.connect(loop.quit)
        self.waiting += 1
        try:
            loop.exec()
        finally:
            self.waiting -= 1

    def _take_off(self, window: QWidget) -> None:
        if isinstance(window, Patient):
            self._patient.append(window)
            window.put_away()
        elif isinstance(window, QDialog):
            # The system's: choosing a file or a printer is begun again.
            window.reject()
        else:
            self._hidden.append(window)
            window.hide()

    def _is_in_front(self, dialog: QDialog) -> bool:
        widget = dialog.parentWidget()
        while widget is not None and widget is not self.front:
            widget = widget.parentWidget()
        return widget is not None

    def _forget(self) -> tuple[list[QWidget], list[Patient]]:
        self.is_down, self.front = False, None
        windows, self._hidden = self._hidden, []
        dialogs, self._patient = self._patient, []
        return [one for one in windows if isValid(one)], [one for one in dialogs if isValid(one)]


CURTAIN = Curtain()


def forget_copied(app: QApplication) -> None:
    """Empty the clipboard, if what lies on it was copied in this program."""
    clipboard = app.clipboard()
    for mode in (clipboard.Mode.Clipboard, clipboard.Mode.Selection):
        if clipboard.mimeData(mode) is not None and _is_ours(clipboard, mode):
            clipboard.clear(mode)


def _is_ours(clipboard: QClipboard, mode: QClipboard.Mode) -> bool:
    own = {clipboard.Mode.Clipboard: clipboard.ownsClipboard}
    return own.get(mode, clipboard.ownsSelection)()
