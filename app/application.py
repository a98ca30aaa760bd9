"""The dressed QApplication, before there is an office or a window."""

import os

from PySide6.QtWidgets import QApplication

from app.ui.kit import theme
from app.ui.kit.memory import window_memory
from app.ui.kit.tokens import Mode


def remembered_mode() -> Mode:
    """How large things were the last time on this computer."""
    kept = str(window_memory().value("显示/方式", Mode.STANDARD.value))
    return Mode(kept) if kept in list(Mode) else Mode.STANDARD


def make_app(arguments: list[str]) -> QApplication:
    """The dressed QApplication."""
    # Qt's wheels bring no plugin for fcitx, which answers to the interface of IBus as well.
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"
    app = QApplication(arguments)
    app.setApplicationName("linli")
    app.setQuitOnLastWindowClosed(False)
    theme.apply(app, remembered_mode())
    return app
