"""The facts on a person card: quiet label, fact, and 显示 where the fact is masked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, small


class FactLines(QWidget):
    """One line per name; a line without a fact disappears. Widgets are made once and reused."""

    asked = Signal(str)
    """Name of the line whose 显示 or 隐藏 was pressed."""

    def __init__(self, names: Sequence[str], *, masked: Sequence[str] = ()) -> None:
        super().__init__()
        self._labels: dict[str, Label] = {}
        self._facts: dict[str, Label] = {}
        self._buttons: dict[str, Button] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.current().px(8))
        grid.setVerticalSpacing(theme.current().px(3))
        grid.setColumnStretch(1, 1)
        for line, name in enumerate(names):
            self._add(grid, line, name, name in masked)

    def set_fact(self, name: str, fact: str, *, action: str = "") -> None:
        """Words of a line; `action` is what its button says, '' for no button."""
        self._facts[name].setText(fact)
        self._labels[name].setVisible(bool(fact))
        self._facts[name].setVisible(bool(fact))
        if name in self._buttons:
            self._buttons[name].setVisible(bool(fact and action))
            self._buttons[name].setText(action or "显示")
            self._buttons[name].setAccessibleName(f"{action or '显示'}{name}")

    def fact(self, name: str) -> str:
        return self._facts[name].text()

    def button(self, name: str) -> Button:
        return self._buttons[name]

    def _add(self, grid: QGridLayout, line: int, name: str, masked: bool) -> None:
        label = small(name)
        label.setMinimumWidth(theme.text_width("网格员", "small") + theme.current().px(6))
        fact = Label(wrap=not masked)
        fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = Qt.AlignmentFlag.AlignTop
        # Both lines of text stand on one base line although their sizes differ.
        label.setContentsMargins(0, theme.current().px(2), 0, 0)
        grid.addWidget(label, line, 0, top)
        grid.addWidget(fact, line, 1, 1, 1 if masked else 2, top)
        self._labels[name], self._facts[name] = label, fact
        if masked:
            self._buttons[name] = self._button(name)
            grid.addWidget(self._buttons[name], line, 2)

    def _button(self, name: str) -> Button:
        button = Button("显示", kind="link", size="small")
        button.setFixedHeight(theme.current().px(22))
        button.clicked.connect(lambda: self.asked.emit(name))
        return button
