"""The fields of a draft: what the template asks, then what every certificate has."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.kit import theme
from app.ui.kit.forms import Field, Form
from app.ui.papers.certificates.fields import (
    CountLine,
    DayLine,
    NumberLine,
    PeriodLine,
    TextArea,
    TextLine,
)
from app.values.masking import mask_phones, mask_text

Control = CountLine | DayLine | PeriodLine | TextArea | TextLine
_WIDE = (PeriodLine, TextArea)
MOST_COPIES = 20
DOCUMENT, PHONE = "holder_document", "applicant_phone"
STANDARD: tuple[tuple[str, str, int, int], ...] = (
    ("purpose", "用途", 120, 2),
    ("recipient", "接收单位", 120, 2),
    ("verification", "核实方式", 200, 2),
    ("verified_by", "核实人", 40, 1),
    ("copies", "份数", 0, 1),
    ("applicant", "申请人", 60, 1),
    (PHONE, "电话", 40, 1),
    ("note", "备注", 200, 2),
)
"""Name in the draft, words, longest text (0 for a number), width in columns."""


class Asked(Protocol):
    """What no record can say and the clerk is asked for."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def long(self) -> bool: ...


def control_for(asked: Asked, today: date) -> Control:
    """The line that understands what is asked: two dates, a day, words."""
    kind = _KINDS.get(asked.code)
    if kind is not None:
        return kind(today)
    return TextArea(asked.hint) if asked.long else TextLine(asked.hint)


_KINDS: dict[str, Callable[[date], Control]] = {
    "起止日期": PeriodLine,
    "出生日期": DayLine,
}


def typed(control: Control) -> str:
    """What stands in a control, also while it is wrong."""
    if isinstance(control, PeriodLine):
        return control.value()
    if isinstance(control, NumberLine):
        return control.answer()
    return control.toPlainText() if isinstance(control, QPlainTextEdit) else control.text()


def put(control: Control, text: str) -> None:
    """Show a text in a control."""
    if isinstance(control, PeriodLine):
        control.set_value(text)
    elif isinstance(control, NumberLine):
        control.put(text)
    elif isinstance(control, QPlainTextEdit):
        control.setPlainText(text)
    elif isinstance(control, QLineEdit):
        control.setText(text)


def _standard(name: str, limit: int) -> Control:
    if name == PHONE:
        return NumberLine(mask_phones, limit=limit)
    return TextLine("", limit) if limit else CountLine("1", MOST_COPIES)


class DraftFields(QWidget):
    """Built anew for every template and person; what was typed under the same name stays."""

    def __init__(self, asked: Sequence[Asked], today: date, *, ask_document: bool = False) -> None:
        super().__init__()
        self.form = Form(columns=2, label=56)
        self._controls: dict[str, Control] = {}
        self._fields: dict[str, Field] = {}
        self._asked = [one.code for one in asked]
        if ask_document:
            hint = "资料里没有，如 居民身份证 2102…"
            self._add(DOCUMENT, "证件", NumberLine(mask_text, hint), required=False, span=2)
        for one in asked:
            control = control_for(one, today)
            span = 2 if isinstance(control, (*_WIDE, TextLine)) else 1
            self._add(one.code, one.label, control, required=True, span=span)
        for name, words, limit, span in STANDARD:
            self._add(name, words, _standard(name, limit), required=name == "purpose", span=span)
        self.form.finish()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)

    def typed(self) -> dict[str, str]:
        """Everything as it stands there, by code and by name."""
        return {name: typed(control) for name, control in self._controls.items()}

    def put(self, values: Mapping[str, Any]) -> None:
        """Show values by code and by name; others stay as they are."""
        for name, value in values.items():
            if name in self._controls and value is not None:
                put(self._controls[name], str(value))
        self.form.mark_clean()

    def answers(self) -> dict[str, str]:
        """The answers to what the template asks, as they stand on the paper."""
        return {code: self._controls[code].answer() for code in self._asked}

    def document(self) -> str:
        """What was typed for somebody whose record has no document."""
        return self._controls[DOCUMENT].answer() if DOCUMENT in self._controls else ""

    def standard(self) -> dict[str, str]:
        """What every certificate has."""
        return {name: self._controls[name].answer() for name, *_ in STANDARD}

    def leave_to_each(self, names: Sequence[str], each: bool) -> None:
        """Fields that a batch takes from everybody's own record."""
        for name in names:
            control = self._controls[name]
            control.setEnabled(not each)
            if each and isinstance(control, QLineEdit):
                control.clear()
                control.setPlaceholderText("各填本人")

    def tell_faults(self) -> bool:
        """Say at each field what is wrong or missing; True where something is."""
        wrong = [field for name, field in self._fields.items() if self._tell(name, field)]
        if wrong:
            wrong[0].control.setFocus()
        return bool(wrong)

    def focus_first(self) -> None:
        """The first field that is still empty."""
        for name, field in self._fields.items():
            if not typed(self._controls[name]).strip():
                field.control.setFocus()
                return

    def _add(self, name: str, words: str, control: Control, *, required: bool, span: int) -> None:
        # In 大字 half a line is too short for a telephone number.
        span = 2 if theme.current().large else span
        self._controls[name] = control
        self._fields[name] = self.form.add(words, control, required=required, span=span)

    def _tell(self, name: str, field: Field) -> bool:
        control = self._controls[name]
        words = control.fault()
        if not words and field.required and not control.answer():
            words = f"请填{field.name}。"
        field.set_message(words, "danger")
        return bool(words)
