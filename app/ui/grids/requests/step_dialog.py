"""One step of a request: what it will do, what must be said, and a button that names it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.errors import ChangedMeanwhile, DomainError
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Field, Form, choice, line_edit, value_of
from app.ui.kit.labels import hide_unless, row, small
from app.ui.kit.segment_choice import SegmentChoice
from app.ui.people.date_line import DateLine, DueLine

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question of a step. `missing` is said where a required answer is not given."""

    key: str
    label: str
    kind: str = "line"
    """line, lines, date, choice (one of a list), words (a list, or anything else), segments"""
    value: Any = ""
    choices: tuple[str, ...] = ()
    hint: str = ""
    missing: str = ""
    limit: int = 200


class StepDialog(Dialog):
    """`perform` writes the step and raises DomainError; the dialog stays open with all words."""

    grows = True

    def __init__(
        self,
        title: str,
        said: str,
        action: str,
        asks: Sequence[Ask],
        perform: Callable[[Values], object],
        *,
        today: date,
        note: str = "",
        look: Callable[[], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`look` gives the explanation again with the number to call in clear, and journals it."""
        super().__init__(title, parent, width=520)
        self._asks = tuple(asks)
        self._perform = perform
        self._today = today
        self._look = look
        self.fields: dict[str, Field] = {}
        self._explain(said)
        self._ask()
        if note:
            self.body.addWidget(small(note, tone="warn", wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button(action, kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        if self.fields:
            # As by Tab: what is proposed is marked, and gives way to what is typed.
            first = next(iter(self.fields.values())).control
            first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.confirm.setFocus()

    @property
    def values(self) -> dict[str, Any]:
        """The answers by their keys: days, or texts without blanks around them."""
        return {key: _answer(field.control) for key, field in self.fields.items()}

    def show_phone(self) -> None:
        """The number to call, in clear for as long as the dialog is open."""
        if self._look is not None:
            with messages.domain_errors_shown(self):
                self.said.setText(self._look())
                self.reveal.hide()

    def rest(self) -> None:
        """Nobody is at the desk: the number is masked again, answers stay."""
        if self._look is not None:
            self.said.setText(self._said)
            self.reveal.show()

    def save(self) -> None:
        """Perform the step and close; what is missing or refused is said."""
        if not self._complete():
            return
        try:
            self._perform(self.values)
        except ChangedMeanwhile as error:
            # What the dialog tells is no longer true: whoever opened it reads anew.
            messages.tell(self, str(error))
            self.reject()
        except DomainError as error:
            messages.tell(self, str(error))
        else:
            self.accept()

    def _explain(self, said: str) -> None:
        self._said, self.said = said, small(said, wrap=True)
        hide_unless(bool(said), self.said)
        self.reveal = Button("显示电话", kind="link", size="small", action="reveal")
        self.reveal.clicked.connect(self.show_phone)
        self.reveal.bind(self)
        offer(self._look is not None, self.reveal)
        self.body.addLayout(row((self.said, 1), self.reveal))

    def _ask(self) -> None:
        longest = max((len(ask.label) for ask in self._asks), default=2)
        self.form = Form(label=14 * longest + 10)
        for ask in self._asks:
            control = self._control(ask)
            field = self.form.add(ask.label, control, required=bool(ask.missing))
            self.fields[ask.key] = field
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)

    def _complete(self) -> bool:
        values, first = self.values, None
        for ask in self._asks:
            field = self.fields[ask.key]
            fault = self._fault(ask, field.control, values[ask.key])
            field.set_message(fault, "danger")
            first = first or (field if fault else None)
        if first is not None:
            first.control.setFocus()
        return first is None

    def _fault(self, ask: Ask, control: QWidget, value: Any) -> str:
        if isinstance(control, DateLine) and control.is_wrong:
            return "请写成 2026-11-25。"
        return "" if value else ask.missing

    def _control(self, ask: Ask) -> QWidget:
        match ask.kind:
            case "lines":
                return _lines(str(ask.value), ask.hint)
            case "date":
                return DueLine(self._today, ask.value or None)
            case "segments":
                return SegmentChoice(ask.choices, str(ask.value))
            case "choice" | "words":
                return _box(ask)
        edit: QLineEdit = line_edit(str(ask.value), hint=ask.hint, limit=ask.limit)
        return edit


def _answer(control: QWidget) -> Any:
    if isinstance(control, DateLine):
        return control.value()
    found = value_of(control)
    return found.strip() if isinstance(found, str) else found


def _box(ask: Ask) -> QComboBox:
    box = choice(list(ask.choices), str(ask.value), editable=ask.kind == "words")
    if not ask.value:
        box.setCurrentIndex(-1)
    line = box.lineEdit()
    if line is not None:
        line.setMaxLength(ask.limit)
        line.setPlaceholderText(ask.hint)
        if not ask.value:
            line.clear()
    else:
        box.setPlaceholderText(ask.hint)
    return box


def _lines(text: str, hint: str) -> QPlainTextEdit:
    edit = QPlainTextEdit(text)
    edit.setPlaceholderText(hint)
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(theme.current().px(88))
    edit.selectAll()
    return edit
