"""The fields of one more line of the register: what, when, who signed, where it is filed."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.errors import DomainError
from app.services import privacy, privacy_lists
from app.services.privacy import OpenRequest, Standing
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.suggestions import suggest
from app.ui.people.date_line import DateLine
from app.values.lawful import GUARDIANS

INFORMED, AGREED, GUARDIAN, WITHDREW = "告知（给了告知书）", "本人同意", "监护人同意", "撤回同意"
ASKED, DONE = "申请更正", "更正办结"
_NOTES = {
    WITHDREW: "为什么撤回，可不填",
    ASKED: "要更正或补充什么",
    DONE: "怎样办的：改了什么，或为什么不改",
}
_SIGNED = (INFORMED, AGREED, GUARDIAN)


class PrivacyEntry(QWidget):
    """Only what the chosen matter needs can be filled in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._asked: Sequence[OpenRequest] = ()
        today = context.clock.today()
        self.kind = choice([INFORMED], name="事项")
        self.on = DateLine(today, today)
        self.by_name = line_edit(hint="监护人姓名", limit=60)
        self.by_relation = choice(["", *GUARDIANS])
        self.filed = line_edit(hint="如：隐私盒 2026-1，可不填", limit=60)
        self.note = line_edit(limit=200)
        self.form = Form(columns=2, label=72)
        self.form.add("登记什么", self.kind, required=True)
        self._on_field = self.form.add("日期", self.on, required=True)
        self.form.add("监护人", self.by_name)
        self.form.add("与孩子关系", self.by_relation)
        self.form.add("存放", self.filed)
        self.form.add("说明", self.note)
        self.form.finish()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        self.kind.currentTextChanged.connect(lambda _: self._show_fields())
        self.setFocusProxy(self.kind)

    def show_for(
        self, standing: Standing, asked: Sequence[OpenRequest], guardians: Sequence[str]
    ) -> None:
        """What can be registered for this person now; the fields begin empty."""
        self._asked = asked
        agree = GUARDIAN if standing.is_child else AGREED
        withdraw = [] if standing.withdrawn_on is not None else [WITHDREW]
        first = [DONE] if asked else [INFORMED] if standing.informed_on is None else []
        kinds = [*first, agree, INFORMED, *withdraw, ASKED]
        self.kind.clear()
        self.kind.addItems(list(dict.fromkeys(kinds)))
        self.on.set_value(self._context.clock.today())
        for line in (self.by_name, self.filed, self.note):
            line.clear()
        suggest(self.by_name, guardians)
        if standing.is_child and len(guardians) == 1:
            self.by_name.setText(guardians[0])
        self._show_fields()

    def write(self, resident_id: int, name: str) -> str:
        """Register it; says what was done. Raises DomainError."""
        on = self.on.value()
        if on is None:
            raise DomainError("看不懂这个日期，请写成 2026-11-20 这样。")
        kind = self.kind.currentText()
        act = self._act(kind, resident_id)
        with self._context.database.transaction(f"登记 {name}：{kind}") as session:
            act(session)
        return f"已登记 {name}：{kind}"

    def _act(self, kind: str, key: int) -> Callable[[Session], object]:
        on, now = self.on.value() or self._context.clock.today(), self._context.clock.now()
        filed, words = self.filed.text(), self.note.text()
        who = {"by_name": self.by_name.text(), "by_relation": self.by_relation.currentText()}
        acts: dict[str, Callable[[Session], object]] = {
            INFORMED: lambda s: privacy.inform(s, [key], on=on, now=now, filed_at=filed),
            AGREED: lambda s: privacy.consent(s, key, on=on, now=now, filed_at=filed),
            GUARDIAN: lambda s: privacy.guardian_consent(
                s, key, on=on, now=now, filed_at=filed, **who
            ),
            WITHDREW: lambda s: privacy.withdraw(s, key, on=on, reason=words, now=now),
            ASKED: lambda s: privacy.ask_correction(s, key, what=words, on=on, now=now),
            DONE: lambda s: privacy.correct(s, self._asked[0].id, on=on, note=words, now=now),
        }
        return acts[kind]

    def _show_fields(self) -> None:
        kind = self.kind.currentText()
        for control in (self.by_name, self.by_relation):
            control.setEnabled(kind == GUARDIAN)
        self.filed.setEnabled(kind in _SIGNED)
        self.note.setEnabled(kind in _NOTES)
        self.note.setPlaceholderText(_NOTES.get(kind, ""))
        closing = kind == DONE and bool(self._asked)
        self._on_field.set_message(f"申请：{self._asked[0].what}" if closing else "")
        if closing and not self.note.text():
            self.note.setText(self._changed(self._asked[0]))

    def _changed(self, asked: OpenRequest) -> str:
        """What was changed since it was asked for: most requests end with that."""
        with self._context.database.reading() as session:
            words = privacy_lists.changes_since(session, asked.resident_id, asked.asked_on)
        return words[: self.note.maxLength()]
