"""What the user sees when the program has a bug: what is safe, and details to hand on."""

import logging
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from app import paths
from app.errors import DomainError
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog, Message
from app.ui.kit.labels import Label, small
from app.values.masking import mask_text
from app.version import VERSION

_log = logging.getLogger(__name__)
_UNCAUGHT = "uncaught"


def details_of(error: BaseException) -> str:
    """Versions and the stack with source lines; no values, so no personal data.

    The text of the error itself may quote data, therefore only its type is given.
    """
    stack = "".join(
        f"{_place(frame.filename)}:{frame.lineno} {frame.name}\n    {frame.line}\n"
        for frame in traceback.extract_tb(error.__traceback__)
    )
    chain = error.__cause__ or error.__context__
    cause = f"\n起因：{type(chain).__name__}" if chain else ""
    facts = f"邻里 {VERSION} · Python {platform.python_version()} · Qt {qt_version}"
    return mask_text(f"{facts}\n{platform.platform()}\n\n{stack}{type(error).__name__}{cause}")


def _place(path: str) -> str:
    """The module below the program's folder: what stands above may hold the name of a user."""
    parts = Path(path).parts
    roots = [place for place, part in enumerate(parts) if part in ("app", "site-packages")]
    return "/".join(parts[roots[-1] :] if roots else parts[-1:])


class CrashDialog(Dialog):
    """Copyable details; the program goes on, since every action is saved on its own."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__("程序出了错", parent, width=620)
        self.body.addWidget(
            Label(
                "刚才这一步没有做成，已经保存的内容都在。可以接着用；如果再出现，"
                "请把下面的内容复制给维护人员。",
                wrap=True,
            )
        )
        self.details = QPlainTextEdit(details_of(error))
        self.details.setAccessibleName("出错的详细内容")
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setMinimumHeight(theme.current().px(240))
        self.body.addWidget(self.details)
        folder = small(f"里面没有居民的信息。日志在 {paths.log_dir()}", wrap=True)
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(folder)
        self.copy_button = self.add_button(Button("复制"))
        self.copy_button.clicked.connect(self.copy)
        self.close_button = self.add_button(
            Button("接着用", kind="primary", cap="Esc"), closes=True
        )
        self.close_button.setFocus()

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy_button.setText("已复制")


def install() -> None:
    """Send whatever nobody caught to the log and to the dialog; from a thread, to the log alone."""
    sys.excepthook = _show
    threading.excepthook = _note


def _show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.error("uncaught", exc_info=(kind, error, trace))
    if isinstance(QApplication.instance(), QApplication) and not _already_open():
        dialog = _dialog(error, QApplication.activeWindow())
        dialog.setObjectName(_UNCAUGHT)
        dialog.exec()


def _dialog(error: BaseException, parent: QWidget | None) -> Dialog:
    """A fault of the file or the disk can meet anybody who reads: it has its own sentence."""
    if isinstance(error, DomainError):
        return Message("没有做成", str(error), parent)
    return CrashDialog(error, parent)


def _note(what: threading.ExceptHookArgs) -> None:
    """Whoever needs what the thread did not bring will say so in its own window."""
    _log.error("uncaught in a thread", exc_info=what.exc_value)


def _already_open() -> bool:
    """An error that comes with every repaint must not open a dialog each time."""
    return any(
        widget.objectName() == _UNCAUGHT and widget.isVisible()
        for widget in QApplication.topLevelWidgets()
    )
