"""How the form answers while one types: values filled from the number, sentences under fields."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.services.resident_input import is_child
from app.ui.kit.forms import set_state
from app.ui.kit.suggestions import suggest
from app.ui.residents.form_hints import Hint, checked, contradiction, document_hint, phone_hint
from app.ui.residents.form_layout import FormLayout
from app.values import codes
from app.values.dates import age_on
from app.values.documents import DocumentCheck

_PHONES = ("phone", "other_phones")


class Answers(QObject):
    """Listens to the fields of one form. Filled values are grey, not locked."""

    place_changed = Signal()

    def __init__(self, form: FormLayout) -> None:
        super().__init__(form)
        self._form = form
        self._auto: set[str] = set()
        self._place_before = ""
        self._silent = False
        self._connect()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Fields are being filled by the program: nothing is an answer to typing."""
        self._silent = True
        try:
            yield
        finally:
            self._silent = False

    def start_over(self) -> None:
        """New contents: no sentence, nothing filled by the number."""
        self._auto.clear()
        self._place_before = self._form.address.text().strip()
        for field in self._form.by_name.values():
            field.set_message()
            set_state(field.control, "")
        self._mark_told_by_number()
        self._show_age()

    def _mark_told_by_number(self) -> None:
        """What agrees with the number follows it when the number is corrected."""
        check = self._check()
        if not check.number or check.faults:
            return
        if check.sex and self._form.choices["sex"].currentText() == check.sex:
            self._mark_auto("sex")
        if check.birth_date and self._form.dates["birth_date"].value() == check.birth_date:
            self._mark_auto("birth_date")

    def say(self, key: str, hint: Hint) -> None:
        field = self._form.by_name[key]
        field.set_message(hint.words, hint.tone)
        if key in self._auto and not hint.words:
            set_state(field.control, "auto")

    def _connect(self) -> None:
        form = self._form
        form.document.changed.connect(self._number_changed)
        form.document.left.connect(self._say_number)
        form.choices["sex"].activated.connect(lambda: self._by_hand("sex"))
        form.choices["relation"].activated.connect(lambda: self._by_hand("relation"))
        form.dates["birth_date"].textEdited.connect(lambda: self._by_hand("birth_date"))
        form.dates["birth_date"].textChanged.connect(self._show_age)
        for key in _PHONES:
            form.lines[key].textChanged.connect(lambda _, key=key: self._say_phone(key))
            form.lines[key].left.connect(lambda key=key: self._say_phone(key))
        for key in form.dates:
            form.dates[key].editingFinished.connect(lambda key=key: self._say_date(key))
        form.address.left.connect(self._address_left)
        form.household.currentTextChanged.connect(self._household_changed)
        form.lines["name"].textChanged.connect(lambda: self.say("name", Hint()))
        form.lines["guardian"].textChanged.connect(lambda _: self._show_age())

    # -- number, sex, birth

    def _check(self) -> DocumentCheck:
        document = self._form.document
        return checked(document.number.text(), document.kind, self._form.data.today)

    def _number_changed(self) -> None:
        if self._silent:
            return
        check = self._check()
        if check.number and not check.faults:
            self._form.document.show_kind(check.kind)
            self._fill_sex(check.sex)
            self._fill_birth(check.birth_date)
        self._say_number()

    def _fill_sex(self, sex: str | None) -> None:
        box = self._form.choices["sex"]
        if sex and ("sex" in self._auto or not box.currentText()):
            box.set_value(sex)
            self._mark_auto("sex")

    def _fill_birth(self, birth: date | None) -> None:
        edit = self._form.dates["birth_date"]
        if birth and ("birth_date" in self._auto or not edit.text()):
            edit.set_value(birth)
            self._mark_auto("birth_date")

    def _say_number(self) -> None:
        document = self._form.document
        check = self._check()
        self.say("document_number", document_hint(check, document.kind, typing=document.typing))
        self._say_contradiction(check)

    def _say_contradiction(self, check: DocumentCheck) -> None:
        edit = self._form.dates["birth_date"]
        sex = self._form.choices["sex"].currentText()
        said_sex, said_birth = contradiction(check, sex, edit.value())
        self.say("sex", said_sex)
        if not edit.problem():
            self.say("birth_date", said_birth)

    def _by_hand(self, key: str) -> None:
        self._auto.discard(key)
        set_state(self._form.by_name[key].control, "")
        if key != "relation":
            self._say_contradiction(self._check())

    def _mark_auto(self, key: str) -> None:
        self._auto.add(key)
        set_state(self._form.by_name[key].control, "auto")

    def _show_age(self) -> None:
        birth = self._form.dates["birth_date"].value()
        self._form.age.setText(str(age_on(birth, self._form.data.today)) if birth else "")
        self._ask_guardian(is_child(birth, self._form.data.today))

    def _ask_guardian(self, child: bool) -> None:
        """Below 14 a guardian agrees (个人信息保护法 31); whose names those of the home are."""
        form = self._form
        may = form.data.may_register
        edit, relation = form.lines["guardian"], form.choices["guardian_relation"]
        for control in (edit, relation):
            control.setEnabled(may and (child or bool(edit.text())))
        form.choices["lawful_basis"].setEnabled(may)
        if not child or edit.text():
            self.say("guardian", Hint())
            return
        names = form.data.guardians(form.household.household_id())
        suggest(edit, names)
        words = "不满 14 周岁，要监护人同意"
        known = f"：本户有{'、'.join(names[:2])}" if names else ""
        self.say("guardian", Hint(f"{words}{known}", "warn"))

    # -- dates and phones

    def _say_date(self, key: str) -> None:
        problem = self._form.dates[key].problem()
        self.say(key, Hint(problem, "danger") if problem else Hint())
        if key == "birth_date" and not problem:
            self._say_contradiction(self._check())

    def _say_phone(self, key: str) -> None:
        if not self._silent:
            edit = self._form.lines[key]
            self.say(key, phone_hint(edit.text(), typing=edit.hasFocus()))

    # -- place and household

    def _address_left(self) -> None:
        form = self._form
        place, typed = form.address.place(), form.address.text().strip()
        outside = typed and not place
        self.say("address", Hint("不是本社区的楼-单元-室，会记为其他住址" if outside else ""))
        if typed != self._place_before:
            self._place_before = typed
            form.household.offer(form.data.at_address(place), preset=bool(place))
            # The grid follows the building unless it is chosen again.
            form.choices["grid_id"].set_value("")
            self.place_changed.emit()

    def _household_changed(self) -> None:
        relation = self._form.choices["relation"]
        if self._silent:
            return
        if self._form.household.is_new and not relation.currentText():
            relation.set_value(codes.HEAD)
            self._mark_auto("relation")
        elif not self._form.household.is_new and "relation" in self._auto:
            relation.set_value("")
            self._by_hand("relation")
