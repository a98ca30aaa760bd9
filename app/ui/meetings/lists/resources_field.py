"""Which resources a project uses: letters find one, a link takes it off again."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import Label, box, clear, row


class ResourcesField(QWidget):
    """`value()` are the ids, in the order in which they were taken."""

    changed = Signal()

    def __init__(self, names: Mapping[int, str], chosen: Sequence[int] = ()) -> None:
        super().__init__()
        self._names = dict(names)
        self._chosen: tuple[int, ...] = ()
        self.choice = IdChoice(self._names, name="加一项资源", blank="加一项资源…")
        self.choice.activated.connect(self._take)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.current().px(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(4))
        layout.addWidget(self.choice)
        layout.addLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.choice)
        self.set_value(chosen)

    def value(self) -> tuple[int, ...]:
        return self._chosen

    def set_value(self, chosen: Sequence[int]) -> None:
        """Others than those that there are, from a form that was kept, are left out."""
        self._chosen = tuple(one for one in dict.fromkeys(chosen) if one in self._names)
        clear(self._lines)
        for one in self._chosen:
            self._lines.addWidget(self._line(one))
        self.changed.emit()

    def _line(self, key: int) -> QWidget:
        off = Button("去掉", kind="link", size="small")
        off.setAccessibleName(f"去掉 {self._names[key]}")
        off.clicked.connect(lambda: self.set_value([one for one in self._chosen if one != key]))
        return box(row((Label(self._names[key], wrap=True), 1), off))

    def _take(self, _place: int) -> None:
        key = self.choice.chosen_id
        if key is not None:
            self.choice.choose_id(None)
            self.set_value((*self._chosen, key))
