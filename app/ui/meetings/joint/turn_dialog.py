"""轮值主席: who leads the joint meetings from a day to a day."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import body_views, chair_turns
from app.services.chair_turns import TurnInput, TurnView
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import small
from app.ui.kit.pinyin_choice import MUST
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine


class TurnDialog(Dialog):
    """The next turn as it is proposed, or one that is put right."""

    def __init__(
        self,
        context: Context,
        body_id: int,
        known: TurnView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改轮值" if known else "排下一轮", parent, width=540)
        self._context, self._known = context, known
        self._make_fields(body_id)
        self._lay_out()
        self.member.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            member, since, until = self.member.chosen_id, self.since.value(), self.until.value()
            if member is None or since is None or until is None:
                raise DomainError("请选轮值主席，写明从哪天到哪天。")
            entered = TurnInput(member_id=member, since=since, until=until)
            verb = "修改轮值主席" if self._known else "排轮值主席"
            sentence = f"{verb} {self.member.currentText().partition('　')[0]}"
            with self._context.database.transaction(sentence) as session:
                if self._known is None:
                    chair_turns.add(session, entered)
                else:
                    chair_turns.change(
                        session, self._known.id, entered, version=self._known.version
                    )
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, sentence)
            self.accept()

    def _make_fields(self, body_id: int) -> None:
        today, known = self._context.clock.today(), self._known
        with self._context.database.lookup() as lookup:
            asked = known or chair_turns.proposed(lookup, body_id, today)
            seats = body_views.members(lookup, body_id, asked.since)
        names = {
            one.id: "　".join(part for part in (one.name, one.joint_unit) if part) for one in seats
        }
        if known is not None:
            names.setdefault(known.member_id, known.name)
        self.member = IdChoice(names, name="轮值主席", blank=MUST)
        self.member.choose_id(asked.member_id)
        self.since = DateLine(today, asked.since, future=True)
        self.until = DateLine(today, asked.until, future=True)

    def _lay_out(self) -> None:
        self.form = Form(label=76)
        self.form.add("轮值主席", self.member, required=True)
        self.form.add("从", self.since, required=True)
        self.form.add("到", self.until, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        if self._known is None:
            words = "轮到的是还没有当过的，或者上次当得最早的一位；可以改。"
            self.body.addWidget(small(words, wrap=True))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
