"""饮食要求, 忌口: usual words to switch on, and a line for others; joined by 、."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.services.diners import JOINED, words
from app.ui.kit import theme
from app.ui.kit.chips import SwitchChip
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import box, column

_ABREAST = 8


class FoodField(QWidget):
    """The line has the value; a chip puts its word into it or takes it out."""

    changed = Signal()

    def __init__(self, usual: Sequence[str], value: str, *, name: str, hint: str) -> None:
        super().__init__()
        self.line = line_edit(value, hint=hint, name=name, limit=60)
        self.chips = [SwitchChip(word) for word in usual]
        abreast = len(usual) if len(usual) <= _ABREAST else -(-len(usual) // 2)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.current().px(6))
        grid.setVerticalSpacing(theme.current().px(4))
        for number, chip in enumerate(self.chips):
            grid.addWidget(chip, number // abreast, number % abreast)
            chip.changed.connect(lambda _, one=chip: self._switch(one))
        grid.setColumnStretch(abreast, 1)
        self.setLayout(column(self.line, box(grid), spacing=4))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(lambda _: self._follow())
        self._follow()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Enter goes from the line to the next field, not through the chips."""
        return (self.line,)

    def value(self) -> str:
        return self.line.text()

    def set_value(self, value: str) -> None:
        self.line.setText(value)

    def _switch(self, chip: SwitchChip) -> None:
        there = [one for one in words(self.line.text()) if one != chip.name]
        self.line.setText(JOINED.join([*there, chip.name] if chip.on else there))

    def _follow(self) -> None:
        there = words(self.line.text())
        for chip in self.chips:
            chip.show_on(chip.name in there)
        self.changed.emit()
