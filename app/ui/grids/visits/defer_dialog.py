"""改期: until when the next visit is put off, and why."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import VisitDeferral
from app.services import visit_deferrals
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.labels import Label
from app.ui.kit.signals import Area
from app.ui.people.date_line import DueLine
from app.ui.recent.history import Record, history_button

REASONS = ("住院", "外出不在家", "家属来照看", "本人要求改天")
_PROPOSED_DAYS = 7


class DeferDialog(Dialog):
    """For one person or several; `names` says who they are."""

    def __init__(
        self, context: Context, ids: Sequence[int], names: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("走访改期", parent, width=460)
        self._context, self._ids, self._names = context, tuple(ids), names
        today = context.clock.today()
        self.day = DueLine(today, today + timedelta(days=_PROPOSED_DAYS))
        self.reason = choice(list(REASONS), editable=True)
        self.reason.setCurrentText("")
        self.form = Form(label=60)
        self.form.add("改到", self.day, required=True)
        self.form.add("原因", self.reason, required=True)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(Label(f"{names} 的下一次走访", tone="text2", wrap=True))
        self.body.addWidget(self.form)
        every = Record(VisitDeferral, None, "走访改期")
        self._foot.insertWidget(0, history_button(context, self, lambda: every))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("改期", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.day.setFocus()
        self.day.selectAll()

    def save(self) -> None:
        """Put it off and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            day = self.day.value()
            if day is None:
                raise DomainError("改到哪一天没有写对，请写成 2026-11-25 这样。")
            with self._context.database.transaction(
                f"走访改期 {self._names} 到 {day:%m-%d}"
            ) as session:
                visit_deferrals.defer(
                    session,
                    self._ids,
                    due_on=day,
                    reason=self.reason.currentText(),
                    now=self._context.clock.now(),
                )
            self._context.signals.changed.emit(Area.GRIDS)
            messages.notify(self._context.signals, f"已改期：{self._names} 到 {day:%m-%d}")
            self.accept()
