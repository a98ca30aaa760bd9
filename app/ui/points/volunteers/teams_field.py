"""The teams of somebody, ticked in a menu: several are possible, none as well."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, row

_SHOWN = 3


class TeamsField(QWidget):
    """`value()` are the ids, in the order of the teams."""

    changed = Signal()

    def __init__(self, names: Mapping[int, str], chosen: Sequence[int] = ()) -> None:
        super().__init__()
        self._names = dict(names)
        self._chosen: tuple[int, ...] = ()
        self._words = Label()
        self.button = Button("选队伍…", size="small", trail="chevron-down")
        self.button.clicked.connect(self.open_menu)
        self.setLayout(row(self._words, self.button, None))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.current().control)
        self.setFocusProxy(self.button)
        self.set_value(chosen)

    def value(self) -> tuple[int, ...]:
        return self._chosen

    def set_value(self, chosen: Sequence[int]) -> None:
        """Others than those that there are, from a form that was kept, are left out."""
        wanted = set(chosen)
        self._chosen = tuple(one for one in self._names if one in wanted)
        names = [self._names[one] for one in self._chosen]
        more = f"等 {len(names)} 队" if len(names) > _SHOWN else ""
        self._words.setText("、".join(names[:_SHOWN]) + more)
        self._words.setVisible(bool(names))
        self.button.setEnabled(bool(self._names))
        self.button.setText("选队伍…" if self._names else "还没有队伍")
        self.changed.emit()

    def open_menu(self) -> None:
        """Every team with its tick."""
        menu = QMenu(self)
        for key, name in self._names.items():
            entry = menu.addAction(name)
            entry.setCheckable(True)
            entry.setChecked(key in self._chosen)
            entry.triggered.connect(lambda on, one=key: self._tick(one, on))
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))

    def _tick(self, team_id: int, on: bool) -> None:
        chosen = {*self._chosen, team_id} if on else {*self._chosen} - {team_id}
        self.set_value(tuple(chosen))
