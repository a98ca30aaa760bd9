"""One visit by hand: what it came to, on which day, and what was found."""

from PySide6.QtWidgets import QComboBox, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Visit
from app.models.grids import RoundWay
from app.models.visits import VisitResult
from app.services import members, residents, visit_log
from app.services.visit_log import LONGEST_NOTE, VisitInput
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import Label, hide_unless
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.people.person_picker import PersonPicker
from app.ui.recent.history import Record, history_button
from app.ui.recent.unsaved import keep_dialog

DRAFT = "visit"


class VisitDialog(Dialog):
    """A new visit, to `resident_id` or to whoever is looked for; or one that is corrected."""

    def __init__(
        self,
        context: Context,
        *,
        resident_id: int | None = None,
        visit_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("记走访" if visit_id is None else "修改走访", parent, width=560)
        self._context, self._visit_id = context, visit_id
        self._version, self._way = 0, RoundWay.HOME
        self._diary: int | None = None
        self.resident_id = resident_id
        with context.database.lookup() as lookup:
            known = members.members(lookup, on=context.clock.today())
            self._own = members.own_member(lookup, lookup.actor)
        self._members = {one.name: one.id for one in known}
        self.name = Label(bold=True)
        self.picker = PersonPicker(context, lines=3 if theme.current().large else 4)
        self._make_fields()
        if visit_id is not None:
            self._fill(visit_id)
        self._lay_out()
        self._show_person()
        if self.resident_id is not None:
            record = (Visit.__tablename__, visit_id) if visit_id is not None else None
            key = f"{DRAFT}:{visit_id or f'of{self.resident_id}'}"
            title = f"{self.windowTitle()} {self.name.text()}"
            keep_dialog(context, self, self.form, key, title, record=record)

    def choose(self, resident_id: int) -> None:
        """The person who was visited; the fields come next."""
        self.resident_id = resident_id
        self._show_person()
        self.outcome.setFocus()

    def save(self) -> None:
        """Put it down and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self._entered()
            now = self._context.clock.now()
            words = f"{self.name.text()} {entered.on_date:%m-%d} {entered.result.label}"
            with self._context.database.transaction(f"{self.windowTitle()} {words}") as session:
                if self._visit_id is None:
                    visit_log.log(session, entered, now=now)
                else:
                    visit_log.update(
                        session, self._visit_id, entered, version=self._version, now=now
                    )
            self._leave(f"已记下走访：{words}")

    def remove(self) -> None:
        """Into the recycle bin, after asking."""
        who = f"{self.name.text()} {self.day.text()} 的走访"
        words = f"“{who}”会移到回收站，30 天内可以放回。下次走访的期限会跟着改。"
        if self._visit_id is None or not messages.confirm(
            self, "删除这条走访", words, "删除", destructive=True
        ):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"删除走访 {who}") as session:
                visit_log.remove(
                    session, self._visit_id, version=self._version, now=self._context.clock.now()
                )
            self._leave(f"已删除：{who}")

    # -- inside

    def _make_fields(self) -> None:
        today = self._context.clock.today()
        self.day = DateLine(today, today)
        self.outcome = choice([one.label for one in VisitResult], VisitResult.FINE.label)
        self.way = choice([RoundWay.HOME.label, RoundWay.PHONE.label], RoundWay.HOME.label)
        own = next((name for name, key in self._members.items() if key == self._own), "")
        went = own or self._context.user.name
        self.visitor: QComboBox = choice(list(self._members), went, editable=True)
        self.note = line_edit(hint="看到、听到了什么，要帮什么", limit=LONGEST_NOTE)

    def _fill(self, visit_id: int) -> None:
        with self._context.database.reading() as session:
            entered, self._version = visit_log.input_of(session, visit_id)
        self.resident_id, self._diary = entered.resident_id, entered.diary_entry_id
        self.day.set_value(entered.on_date)
        self.outcome.setCurrentText(entered.result.label)
        if self.way.findText(entered.way.label) < 0:
            self.way.addItem(entered.way.label)
        self.way.setCurrentText(entered.way.label)
        self.visitor.setCurrentText(entered.visitor)
        self.note.setText(entered.note)

    def _lay_out(self) -> None:
        self.form = Form(columns=2, label=68)
        self.form.add("结果", self.outcome, required=True)
        self.form.add("走访日期", self.day, required=True)
        self.form.add("方式", self.way)
        self.form.add("走访人", self.visitor)
        self.form.add("情况", self.note, span=2)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.picker.picked.connect(self.choose)
        self.body.addWidget(self.name)
        self.body.addWidget(self.picker)
        self.body.addWidget(self.form)
        history = history_button(self._context, self, self._record)
        hide_unless(self._visit_id is not None, history)
        self._foot.insertWidget(0, history)
        self.remove_button = self.add_button(Button("删除", kind="danger"))
        self.remove_button.clicked.connect(self.remove)
        hide_unless(self._visit_id is not None, self.remove_button)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)

    def _show_person(self) -> None:
        chosen = self.resident_id is not None
        self.name.setVisible(chosen)
        self.picker.setVisible(not chosen)
        self.save_button.setEnabled(chosen)
        if self.resident_id is None:
            self.picker.setFocus()
            return
        with self._context.database.lookup() as lookup:
            found = residents.rows(lookup, [self.resident_id], today=self._context.clock.today())
        place = f"　{found[0].place}" if found and found[0].place else ""
        self.name.setText(f"{found[0].name}{place}" if found else "")
        self.outcome.setFocus()

    def _entered(self) -> VisitInput:
        day = self.day.value()
        if day is None and not self.day.is_wrong:
            raise DomainError("请填写走访日期。")
        if day is None:
            raise DomainError(
                "走访日期不对：要写成 2026-11-25 这样，而且不能晚于今天，没走访的不能先记。"
            )
        went = self.visitor.currentText().strip()
        return VisitInput(
            resident_id=self.resident_id or 0,
            on_date=day,
            result=next(one for one in VisitResult if one.label == self.outcome.currentText()),
            way=next(one for one in RoundWay if one.label == self.way.currentText()),
            note=self.note.text(),
            visitor=went,
            member_id=self._members.get(went),
            diary_entry_id=self._diary,
        )

    def _leave(self, sentence: str) -> None:
        self._context.signals.changed.emit(Area.GRIDS)
        messages.notify(self._context.signals, sentence)
        self.accept()

    def _record(self) -> Record | None:
        return Record(Visit, self._visit_id, f"走访 {self.name.text()}") if self._visit_id else None
