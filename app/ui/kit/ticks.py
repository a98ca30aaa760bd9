"""Several words of which any may be ticked, in one line of a form: 早餐 午餐 晚餐."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.kit import theme
from app.ui.kit.labels import row, small

T = TypeVar("T")


class Ticks(QWidget, Generic[T]):
    """`value()` is what is ticked, in order; Enter goes from one to the next (`stops`).

    `hint` says at the end of the line what it means when nothing is.
    """

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[T, str]], *, name: str, hint: str = "") -> None:
        super().__init__()
        self._values = [value for value, _ in choices]
        self.boxes = [QCheckBox(words) for _, words in choices]
        self.stops = tuple(self.boxes)
        for box, (_, words) in zip(self.boxes, choices, strict=True):
            box.setMinimumHeight(theme.current().control)
            box.setAccessibleName(f"{name} {words}")
            box.toggled.connect(lambda _: self.changed.emit())
        line = row(*self.boxes, small(hint), None, spacing=14)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusProxy(self.boxes[0])

    def value(self) -> tuple[T, ...]:
        pairs = zip(self._values, self.boxes, strict=True)
        return tuple(value for value, box in pairs if box.isChecked())

    def set_value(self, ticked: Iterable[T]) -> None:
        wanted = set(ticked)
        for value, box in zip(self._values, self.boxes, strict=True):
            box.setChecked(value in wanted)
