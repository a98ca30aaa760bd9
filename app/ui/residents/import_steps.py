"""The frame of a wizard step: which buttons stand at the right of the title while it is shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.kit.buttons import Button

STEPS = ("选择文件", "认出表头", "核对与预览", "导入结果")
SHORT_STEPS = ("文件", "表头", "核对", "结果")
"""For 大字, where the strip shares its line with three buttons."""


class Step(QWidget):
    """One page of the wizard. `back` and `forward` are shown in the header by the wizard."""

    forward_changed = Signal()
    """The words of the button that goes on, or whether it may be pressed."""

    forward_words = "下一步"
    why_not = ""
    """Why going on is impossible now; empty when it is possible."""
    legend: tuple[tuple[str, str], ...] = ()


def link(words: str, icon: str = "") -> Button:
    """A quiet button that reads like a link."""
    return Button(words, kind="link", size="small", icon=icon)
