"""Small controls that several forms share."""

from collections.abc import Collection

from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox

from app.ui.kit import theme
from app.ui.kit.forms import line_edit
from app.ui.kit.memory import window_memory


def number(least: int, most: int, value: int, *, unit: str = "") -> QSpinBox:
    """A figure of the height of the mode."""
    spin = QSpinBox()
    spin.setRange(least, most)
    spin.setValue(value)
    spin.setSuffix(f" {unit}" if unit else "")
    spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    spin.setFixedHeight(theme.current().control)
    return spin


def tick(words: str, *, on: bool = False, close: bool = False) -> QCheckBox:
    """A tick box as high as the other controls, or `close` to its neighbours."""
    metrics = theme.current()
    box = QCheckBox(words)
    box.setChecked(on)
    box.setFixedHeight(metrics.px(27) if close else metrics.control)
    return box


def begun(text: str, *, limit: int) -> QLineEdit:
    """A text field that shows the beginning of a long text."""
    edit = line_edit(text, limit=limit)
    edit.setCursorPosition(0)
    return edit


def remembered(key: str, choices: Collection[str]) -> str:
    """What was chosen the last time under `key`; the first choice if it is none of these."""
    found = str(window_memory().value(key, ""))
    return found if found in choices else next(iter(choices))


def remember(key: str, chosen: str) -> None:
    window_memory().setValue(key, chosen)
