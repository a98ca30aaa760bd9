"""记走访: what a visit to one person came to, put down in a moment from wherever he is shown."""

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import RoundWay, VisitResult
from app.services import members, residents, visit_log
from app.services.visit_log import LONGEST_NOTE, VisitInput
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import Label
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.people.form_keeper import keep_dialog
from app.ui.people.person_picker import PersonPicker


class VisitDialog(Dialog):
    """A visit to `resident_id`, or to whoever is looked for.

    Today, at home and 正常 unless something else is said.
    """

    keeps = True
    """Whether what is typed waits where it was not saved; a correction is begun again"""

    def __init__(
        self,
        context: Context,
        *,
        resident_id: int | None = None,
        title: str = "记走访",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent, width=580)
        self.context = context
        self.resident_id = resident_id
        with context.database.lookup() as lookup:
            known = members.members(lookup, on=context.clock.today())
            own = members.own_member(lookup, lookup.actor)
        self._members = {one.name: one.id for one in known}
        self._own = next((name for name, key in self._members.items() if key == own), "")
        self.name = Label(bold=True)
        self.picker = PersonPicker(context, lines=3 if theme.current().large else 4)
        self._make_fields()
        self._lay_out()
        self._show_person()

    def choose_person(self, resident_id: int) -> None:
        """Who was visited; the fields come next."""
        self.resident_id = resident_id
        self._show_person()

    def choose(self, result: VisitResult) -> None:
        """What it came to."""
        self.results.show_value(result)

    def save(self) -> None:
        """Put it down and close; a fault is said and everything typed stays."""
        if self._day_is_missing() or self.resident_id is None:
            return
        with messages.domain_errors_shown(self):
            entered = self.entered()
            words = f"{self.name.text()} {entered.on_date:%m-%d} {entered.result.label}"
            with self.context.database.transaction(f"{self.windowTitle()} {words}") as session:
                self.put_down(session, entered)
            self.leave(f"已记下走访：{words}")

    def put_down(self, session: Session, entered: VisitInput) -> None:
        """Into the file; raises DomainError for a day that cannot be."""
        visit_log.log(session, entered, now=self.context.clock.now())

    def show_visit(self, entered: VisitInput) -> None:
        """Fill the fields with a visit."""
        self.resident_id = entered.resident_id
        self.day.set_value(entered.on_date)
        self.choose(entered.result)
        self.way.setCurrentText(entered.way.label)
        self.visitor.setCurrentText(entered.visitor)
        self.note.setPlainText(entered.note)
        self._show_person()

    def entered(self) -> VisitInput:
        """What stands in the fields; without a day today."""
        went = self.visitor.currentText().strip()
        return VisitInput(
            resident_id=self.resident_id or 0,
            on_date=self.day.value() or self.context.clock.today(),
            result=VisitResult.of(str(self.results.value())),
            way=list(RoundWay)[self.way.currentIndex()],
            note=self.note.toPlainText(),
            visitor=went,
            member_id=self._members.get(went),
        )

    def leave(self, sentence: str) -> None:
        """Close, after something was written."""
        self.context.signals.changed.emit(Area.GRIDS)
        messages.notify(self.context.signals, sentence)
        self.accept()

    # -- inside

    def _make_fields(self) -> None:
        today = self.context.clock.today()
        self.day = DateLine(today, today)
        self.results = Segments([(one, one.label, one.label) for one in VisitResult])
        self.choose(VisitResult.FINE)
        self.way = choice([one.label for one in RoundWay], RoundWay.HOME.label)
        went = self._own or self.context.user.name
        self.visitor: QComboBox = choice(list(self._members), went, editable=True)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.current().px(76))

    def _lay_out(self) -> None:
        self.form = Form(columns=2, label=56)
        self.form.add("结果", self.results, span=2)
        self._day_field = self.form.add("日期", self.day, required=True, span=2)
        self.form.add("方式", self.way)
        self.form.add("走访人", self.visitor)
        note = self.form.add("情况", self.note, span=2)
        note.set_message(f"可不填，最多 {LONGEST_NOTE} 个字。")
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.picker.picked.connect(self.choose_person)
        self.body.addWidget(self.name)
        self.body.addWidget(self.picker)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _show_person(self) -> None:
        chosen = self.resident_id is not None
        self.name.setVisible(chosen)
        self.picker.setVisible(not chosen)
        self.confirm.setEnabled(chosen)
        if self.resident_id is None:
            self.picker.setFocus()
            return
        with self.context.database.lookup() as lookup:
            found = residents.rows(lookup, [self.resident_id], today=self.context.clock.today())
        self._watch(found[0].name if found else "")
        place = f"　{found[0].place}" if found and found[0].place else ""
        self.name.setText(f"{found[0].name}{place}" if found else "")
        self.results.setFocus()

    def _watch(self, name: str) -> None:
        if self.keeps:
            keep_dialog(self.context, self, self.form, f"visit:{self.resident_id}", f"走访 {name}")

    def _day_is_missing(self) -> bool:
        """Say at the field what is wrong with the day, and go there."""
        day = self.day.value()
        if day is None:
            words = "请填走访的日期，如 2026-11-20。"
            if self.day.is_wrong:
                words += "不能晚于今天：没走访的不能先记。"
            self._day_field.set_message(words, "danger")
            self.day.setFocus()
        return day is None
