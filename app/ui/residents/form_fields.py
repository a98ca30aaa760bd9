"""The fields as one value: read into a ResidentInput, filled from one, told their faults."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.services.households import HouseholdView
from app.services.resident_forms import FieldFault, ResidentInput
from app.ui.residents.form_answers import Answers
from app.ui.residents.form_data import FormData
from app.ui.residents.form_hints import Hint
from app.ui.residents.form_layout import FormLayout

_LINES = (
    "name",
    "former_name",
    "registered_address",
    "workplace",
    "occupation",
    "phone",
    "other_phones",
    "guardian",
)
_CHOICES = (
    "sex",
    "ethnic_group",
    "political_status",
    "education",
    "marital_status",
    "relation",
    "residence_status",
    "lawful_basis",
    "guardian_relation",
)
_DATES = ("birth_date", "consent_on")
_SHOWN_WITH = {
    "document_kind": "document_number",
    "other_address": "address",
    "new_household": "household_id",
}
"""Values that share a field with another."""


class ResidentFields(FormLayout):
    """`entered()` reads everything; `show_input()` fills the fields."""

    place_changed = Signal()
    """The present address was left with another text."""

    def __init__(self, data: FormData, parent: QWidget | None = None) -> None:
        super().__init__(data, parent)
        self._base = ResidentInput()
        self._answers = Answers(self)
        self._answers.place_changed.connect(self.place_changed)

    def entered(self) -> ResidentInput:
        """What stands in the form now."""
        kind, number = self.document.value()
        place = self.address.place()
        plain: dict[str, Any] = {key: self.lines[key].text().strip() for key in _LINES}
        plain |= {key: self.choices[key].currentText() for key in _CHOICES}
        plain |= {key: self.dates[key].value() for key in _DATES}
        return replace(
            self._base,
            **plain,
            document_kind=kind,
            document_number=number,
            address=place,
            other_address=self._base.other_address if place else self.address.text().strip(),
            household_id=self.household.household_id(),
            new_household=self.household.is_new,
            grid_id=self._grid_id(),
            note=self.note.toPlainText().strip(),
            tag_ids=self.tags.value(),
        )

    def show_input(
        self,
        entered: ResidentInput,
        *,
        household: HouseholdView | None = None,
        tag_names: tuple[tuple[int, str], ...] = (),
    ) -> None:
        """Fill all fields; nothing counts as typed by hand afterwards, and nothing is dirty."""
        self._base = entered
        with self._answers.silent():
            for key in _LINES:
                self.lines[key].setText(getattr(entered, key))
            for key in _CHOICES:
                self.choices[key].set_value(getattr(entered, key))
            for key in _DATES:
                self.dates[key].set_value(getattr(entered, key))
            self.document.set_value(entered.document_kind, entered.document_number)
            self.note.setPlainText(entered.note)
            self.tags.set_value(entered.tag_ids, tag_names)
            self.choices["grid_id"].set_value(dict(self.grids).get(entered.grid_id or 0, ""))
            self._show_place(entered, household)
        self._answers.start_over()
        self.mark_clean()

    def _show_place(self, entered: ResidentInput, household: HouseholdView | None) -> None:
        self.address.set_value(entered.address or entered.other_address)
        self.household.set_own(household)
        self.household.offer(self.data.at_address(entered.address))
        if entered.household_id is not None or entered.new_household:
            self.household.choose(entered.household_id, new=entered.new_household)

    def _grid_id(self) -> int | None:
        wanted = self.choices["grid_id"].currentText()
        return next((number for number, name in self.grids if name == wanted), None)

    def show_faults(self, faults: tuple[FieldFault, ...]) -> None:
        """Each fault at its field; the first faulty field gets the focus."""
        known = [fault for fault in faults if fault.field in self.by_name]
        for fault in reversed(known):
            self.say(fault.field, fault.sentence, "danger" if fault.blocking else "warn")
        order = list(self.by_name)
        blocking = [fault.field for fault in known if fault.blocking]
        if blocking:
            self.focus_field(min(blocking, key=order.index))

    def date_faults(self) -> tuple[FieldFault, ...]:
        """Texts that are no dates: a ResidentInput cannot carry them."""
        problems = ((key, self.dates[key].problem()) for key in _DATES)
        return tuple(
            FieldFault(field=key, sentence=problem, blocking=True)
            for key, problem in problems
            if problem
        )

    def say(self, key: str, words: str, tone: str) -> None:
        """A sentence under a field; it goes when the field is changed."""
        self._answers.say(key, Hint(words, tone))

    def labels(self, keys: Iterable[str]) -> str:
        """手机、现住址: fields as the user knows them, each once."""
        shown = (_SHOWN_WITH.get(key, key) for key in keys)
        names = (self.by_name[key].name for key in shown if key in self.by_name)
        return "、".join(dict.fromkeys(names))

    def focus_field(self, key: str) -> None:
        control = self.by_name[key].control
        target = self.document.number if control is self.document else control
        target.setFocus(Qt.FocusReason.OtherFocusReason)
