"""新规则, 修改规则: a set of the office with an example of what it comes to."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Basis, BodyKind, VoteRule
from app.services import vote_rule_sets, vote_rule_words
from app.services.vote_rule_sets import SetInput
from app.services.vote_rules import RuleView
from app.services.vote_thresholds import Thresholds
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.messages import domain_errors_shown
from app.ui.kit.signals import Area
from app.ui.office.meeting_rules.set_form import SetForm
from app.ui.people.date_line import DateLine
from app.ui.recent.history import Record, history_button
from app.ui.recent.unsaved import keep_dialog
from app.values.text import tidy

DRAFT = "vote_rule"
_EMPTY = SetInput(name="", kind=BodyKind.CONSULTATION)


class SetDialog(Dialog):
    """A new set, or one that there is; `saved_id` afterwards says which it was."""

    def __init__(
        self, context: Context, rule: RuleView | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("修改规则" if rule else "新规则", parent, width=860)
        self._context, self._rule = context, rule
        self.saved_id: int | None = None
        entered, self._version = self._known()
        today = context.clock.today()
        self.form = SetForm(DateLine(today, self._earliest(today), future=True))
        self.form.show_input(entered, known=rule is not None)
        self.form.mark_clean()
        self.example = Notice("", tone="soft")
        self.body.addWidget(self.form)
        self.body.addWidget(self.example)
        if rule is not None:
            self._foot.insertWidget(0, history_button(context, self, self._record))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.form.save_requested.connect(self.save)
        self.form.changed.connect(self._show_example)
        self._show_example()
        record = (VoteRule.__tablename__, rule.id) if rule else None
        key = f"{DRAFT}:{rule.id if rule else 'new'}"
        title = f"{self.windowTitle()} {rule.name if rule else ''}"
        self.keeper = keep_dialog(context, self, self.form, key, title, record=record)
        self.form.name.setFocus()

    def save(self) -> None:
        """Keep the set from its day on."""
        with domain_errors_shown(self):
            entered, since, rule = self.form.entered(), self._since(), self._rule
            words = f"{'修改' if rule else '添加'}表决规则 {tidy(entered.name)}"
            with self._context.database.transaction(words) as session:
                if rule is None:
                    self.saved_id = vote_rule_sets.add(session, entered, since=since)
                else:
                    self.saved_id = vote_rule_sets.change(
                        session, rule.id, entered, since=since, version=self._version
                    )
            self._context.signals.changed.emit(Area.OFFICE | Area.MEETINGS)
            self.accept()

    def _known(self) -> tuple[SetInput, int]:
        if self._rule is None:
            return _EMPTY, 0
        with self._context.database.lookup() as lookup:
            return vote_rule_sets.input_of(lookup, self._rule.id)

    def _earliest(self, today: date) -> date:
        """What was voted by today may change from tomorrow on; unused it is put right in place."""
        rule = self._rule
        if rule is None:
            return today
        with self._context.database.lookup() as lookup:
            if vote_rule_sets.last_vote(lookup, rule.id) is None:
                return rule.since
            return vote_rule_sets.earliest(lookup, rule.id, today)

    def _record(self) -> Record | None:
        """What became of the set so far; a new one has no history."""
        return Record(VoteRule, self._rule.id, self._rule.name) if self._rule else None

    def _since(self) -> date:
        since = self.form.since.value()
        if since is None:
            raise DomainError("请填从哪天起执行，如 2026-12-01。")
        return since

    def _show_example(self) -> None:
        """What it comes to in figures, whether the rest is filled in or not."""
        entered = self.form.entered()
        rule = Thresholds(
            code="",
            name=entered.name,
            kind=entered.kind,
            article=entered.article,
            decides=entered.decides,
            basis=Basis.MEMBERS,
            quorum=entered.quorum,
            pass_basis=entered.pass_basis,
            passing=entered.passing,
        )
        self.example.show_text("例如", vote_rule_words.example(rule), tone="soft")
