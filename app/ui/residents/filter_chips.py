"""Filter chips of the residents: several values of one kind."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit.chips import FilterChip


class MultiChip(FilterChip):
    """Several values of one kind (any of them fits); the value is a tuple, None when off."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.name = name
        self.before_menu: Callable[[], object] | None = None
        """Called before the choices are shown, to read them when they are wanted."""
        self._offered: list[tuple[Any, str]] = []
        self.set_value(None)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """What can be chosen; chosen values that are gone are let go of in silence."""
        self._offered = list(choices)
        known = {value for value, _ in choices}
        self.show_values(tuple(value for value in self.values if value in known))

    @property
    def values(self) -> tuple[Any, ...]:
        chosen = self.value
        return chosen if isinstance(chosen, tuple) else ()

    def show_values(self, values: tuple[Any, ...]) -> None:
        """Put values in force without announcing it."""
        self.set_value(values or None, self._summary(values))

    def toggle_value(self, value: Any) -> None:
        """Add or take away one value, and announce it."""
        kept = tuple(one for one in self.values if one != value)
        self.show_values(kept if value in self.values else (*self.values, value))
        self.changed.emit(self.value)

    def choose(self, value: object) -> None:
        """The cross and Delete take everything off."""
        if value is None and self.values:
            self.show_values(())
            self.changed.emit(None)

    def open_menu(self) -> None:
        menu = QMenu(self)
        self.fill(menu)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def fill(self, menu: QMenu) -> None:
        """One tick entry per choice."""
        if self.before_menu is not None:
            self.before_menu()
        for value, words in self._offered:
            entry = menu.addAction(words)
            entry.setCheckable(True)
            entry.setChecked(value in self.values)
            entry.triggered.connect(lambda _=False, chosen=value: self.toggle_value(chosen))

    def _summary(self, values: tuple[Any, ...]) -> str:
        names = [words for value, words in self._offered if value in values]
        if len(names) <= 1:
            return "".join(names)
        return f"{names[0]} 等 {len(names)} 项"
