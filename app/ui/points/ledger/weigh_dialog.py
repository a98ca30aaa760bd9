"""回收称重: the list of a collection point is typed off and booked in one step."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import recycling
from app.services.points_accounts import TooYoung
from app.services.recycling import Weighed, Weighing
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import small
from app.ui.kit.signals import Area
from app.ui.people.rows_draft import RowsDraft
from app.ui.points.ledger.sharing import share
from app.ui.points.ledger.weigh_form import WeighForm

KIND = "weighing"


class WeighDialog(Dialog):
    """Ctrl+Enter books all of it or nothing; what is not finished is there again next time."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("回收称重", parent, width=720)
        self._context = context
        self._draft = RowsDraft(context, KIND, "回收称重")
        self.form = WeighForm(context)
        self._lay_out()
        if self._draft.kept:
            self.form.fill(self._draft.kept)
            self.kept.setText(f"上次没记完的 {len(self.form.people.rows):,} 人还在")
        self.form.people.changed.connect(self._keep)
        (self.form.person if self.form.point.text() else self.form.point).setFocus()

    def save(self) -> None:
        """Book the list; a child's points go to the account of the household, once asked."""
        with messages.domain_errors_shown(self):
            weighing, people = self.form.weighing(), self.form.weighed()
            try:
                self._book(weighing, people)
            except TooYoung as child:
                if share(self._context, self, child):
                    self._book(weighing, people)

    def reject(self) -> None:
        """Whoever leaves finds the list there again."""
        self._keep()
        if count := len(self.form.people.rows):
            said = f"没记完的 {count:,} 人留着，下次打开回收称重接着录"
            messages.notify(self._context.signals, said)
        super().reject()

    # -- inside

    def _lay_out(self) -> None:
        self.kept = small(tone="sel")
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self._foot.insertWidget(0, self.kept)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("记分", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _keep(self) -> None:
        self._draft.keep_rows(self.form.as_draft())

    def _book(self, weighing: Weighing, people: list[Weighed]) -> None:
        now = self._context.clock.now()
        what = f"{weighing.point} {weighing.item} {len(people)} 人"
        with self._context.database.transaction(f"登记回收称重 {what}") as session:
            recycling.book(session, weighing, people, now=now)
        self._draft.keep_rows({})
        self._context.signals.changed.emit(Area.POINTS)
        messages.notify(self._context.signals, f"已登记回收称重：{what}，待复核")
        self.accept()
