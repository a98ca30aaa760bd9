"""Choosing one of the residents: for who begins to serve, or for a household."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.context import Context
from app.models import Resident
from app.services import member_forms
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, row
from app.ui.people.person_picker import PersonPicker


class ResidentDialog(Dialog):
    """`resident_id` is who was chosen."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, title: str = "从居民中选"
    ) -> None:
        super().__init__(title, parent, width=560)
        self.resident_id: int | None = None
        self.picker = PersonPicker(context)
        self.picker.picked.connect(self._take)
        self.body.addWidget(self.picker)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.take_button = self.add_button(Button("选这个人", kind="primary", cap="Enter"))
        self.take_button.clicked.connect(lambda: self._take(self.picker.current_id()))
        self.picker.search.setFocus()

    def _take(self, resident_id: int | None) -> None:
        if resident_id is not None:
            self.resident_id = resident_id
            self.accept()


class ResidentLink(QWidget):
    """Which resident a form is about: a button that searches, or the name and the way back."""

    chosen = Signal(int)
    """Somebody was picked; whoever hears it calls `set_value` if that can be."""
    changed = Signal()

    def __init__(self, context: Context, resident_id: int | None = None) -> None:
        super().__init__()
        self._context = context
        self._value: int | None = None
        self.phone = ""
        """The resident's own, of which nothing is shown before somebody asks for it"""
        self._name = Label()
        self.choose_button = Button(
            "从居民中选…", size="small", icon="account-search-outline", cap="空格"
        )
        self.choose_button.clicked.connect(self.choose)
        self.clear_button = Button("不是居民", kind="link", size="small")
        self.clear_button.clicked.connect(lambda: self.set_value(None))
        self.setLayout(row(self._name, self.choose_button, self.clear_button, None))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.current().control)
        self.setFocusProxy(self.choose_button)
        self.set_value(resident_id)

    def value(self) -> int | None:
        return self._value

    def set_value(self, resident_id: int | None) -> None:
        self._value, self.phone, name = resident_id, "", ""
        if resident_id is not None:
            with self._context.database.reading() as session:
                person = session.get(Resident, resident_id)
                name = person.name if person is not None else "（看不到的居民）"
                self.phone = member_forms.phone_of_resident(session, resident_id) if person else ""
        self._name.setText(name)
        self._name.setVisible(bool(name))
        self.choose_button.setText("换一个…" if name else "从居民中选…")
        self.clear_button.setVisible(bool(name))
        self.changed.emit()

    def choose(self) -> None:
        """Search the residents."""
        dialog = ResidentDialog(self._context, self.window())
        if dialog.exec() and dialog.resident_id is not None:
            self.chosen.emit(dialog.resident_id)
