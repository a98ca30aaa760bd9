"""迁出 and 死亡: what hangs on the person, when it was, who leads the household now."""

from PySide6.QtWidgets import QRadioButton, QWidget

from app.context import Context
from app.models import EventKind
from app.services import events
from app.services.cards import ResidentCard
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import column, small
from app.ui.people.date_line import DateLine

_TITLES = {EventKind.MOVED_OUT: "迁出", EventKind.DIED: "登记死亡"}
_NOTE_HINTS = {EventKind.MOVED_OUT: "迁往何处，可不填", EventKind.DIED: "可不填"}


class DepartureDialog(Dialog):
    """Takes a person, or the whole household, out of every list. Nothing is deleted."""

    def __init__(
        self, context: Context, card: ResidentCard, kind: EventKind, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"{_TITLES[kind]}：{card.name}", parent, width=520)
        self.sentence = ""
        """What was done, after the dialog was accepted."""
        self._context = context
        self._card = card
        self._kind = kind
        others = () if card.household is None else card.household.members
        self._others = [one for one in others if one.id != card.id]
        self.ties = Notice("", tone="warn")
        self.body.addWidget(self.ties)
        self._tell_what_hangs_on()
        self._add_form()
        self._add_household_choice()
        self.body.addWidget(
            small("从今天起不再计入名单和人数；资料和经过都保留，随时可以在卡片上撤回。", wrap=True)
        )
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button(_TITLES[kind], kind="primary", cap="Ctrl+Enter"))
        self.confirm.clicked.connect(self.save)
        self.date.setFocus()
        self.date.selectAll()

    def save(self) -> None:
        """Store it and close; a broken rule is told and the dialog stays."""
        if self.date.value() is None:
            self._date_field.set_message("请填写日期，如 2026-11-20。", "danger")
            self.date.setFocus()
            return
        with messages.domain_errors_shown(self):
            self.sentence = self._save_household() if self.whole.isChecked() else self._save_one()
            self.accept()

    def _tell_what_hangs_on(self, whole: bool = False) -> None:
        """Of the person, and of those who move out as well."""
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            ties = events.hangs_on(session, self._card.id, today=today)
            for one in self._others if whole else ():
                waits = events.waits_for(session, one.id, today=today)
                ties += [f"{one.name}{words}" for words in waits]
        self.ties.setVisible(bool(ties))
        self.ties.show_text("", "\n".join(ties), tone="warn")

    def _add_form(self) -> None:
        today = self._context.clock.today()
        self.form = Form()
        self.date = DateLine(today, today)
        self._date_field = self.form.add("日期", self.date, required=True)
        self.note = line_edit(hint=_NOTE_HINTS[self._kind], limit=200)
        self.form.add("说明", self.note)
        self.new_head = choice([one.name for one in self._others])
        if self._needs_head():
            self.form.add("新户主", self.new_head, required=True)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.form.finish()
        self.body.addWidget(self.form)

    def _add_household_choice(self) -> None:
        count = len(self._others) + 1
        self.one = QRadioButton(f"只是{self._card.name}一人")
        self.whole = QRadioButton(f"整户 {count} 人一起迁出")
        self.one.setChecked(True)
        self.whole.toggled.connect(self.new_head.setDisabled)
        self.whole.toggled.connect(self._tell_what_hangs_on)
        self._household_choice = QWidget(self)
        self._household_choice.setLayout(column(self.one, self.whole, spacing=4))
        offered = self._kind is EventKind.MOVED_OUT and bool(self._others)
        self._household_choice.setVisible(offered)
        self.body.addWidget(self._household_choice)

    def _needs_head(self) -> bool:
        home = self._card.household
        return bool(self._others) and home is not None and home.head_id == self._card.id

    def _save_one(self) -> str:
        on_date = self.date.value() or self._context.clock.today()
        head = self._others[self.new_head.currentIndex()].id if self._needs_head() else None
        record = events.die if self._kind is EventKind.DIED else events.move_out
        word = events.EVENT_LABELS[self._kind]
        with self._context.database.transaction(f"登记 {self._card.name} {word}") as session:
            outcome = record(
                session,
                self._card.id,
                on_date=on_date,
                now=self._context.clock.now(),
                note=self.note.text().strip(),
                new_head_id=head,
            )
        return f"已登记 {self._card.name} {word}。{''.join(outcome.sentences)}"

    def _save_household(self) -> str:
        home = self._card.household
        if home is None:
            return self._save_one()
        on_date = self.date.value() or self._context.clock.today()
        with self._context.database.transaction(f"登记户 {home.number} 整户迁出") as session:
            said = events.move_out_household(
                session,
                home.id,
                on_date=on_date,
                now=self._context.clock.now(),
                note=self.note.text().strip(),
            )
        return "".join(said) or f"户 {home.number} 已整户迁出。"
