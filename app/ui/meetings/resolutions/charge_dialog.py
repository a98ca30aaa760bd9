"""交办: who sees to a resolution, until when, with what money."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import grids, members, resolutions
from app.services.resolution_views import ResolutionRow
from app.services.resolutions import Charge
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.labels import Label
from app.ui.kit.money_line import MoneyLine
from app.ui.kit.signals import Area
from app.ui.meetings.resolutions.words import name_of
from app.ui.people.date_line import DueLine


class ChargeDialog(Dialog):
    """The words of the decision stand above: they are not edited."""

    grows = True

    def __init__(self, context: Context, it: ResolutionRow, parent: QWidget | None = None) -> None:
        super().__init__("交办", parent, width=560)
        self._context, self._it = context, it
        today = context.clock.today()
        with context.database.reading() as session:
            names = [one.name for one in members.members(session, on=today)]
            self._grids = grids.names(session)
        self.owner = choice(names, it.owner, name="责任人", editable=True)
        edit = self.owner.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("网格员、物业、单位或姓名")
            edit.setText(it.owner)
        self.due = DueLine(today, it.due_on)
        self.money = MoneyLine(it.budget, hint="不用钱就空着", name="所需经费")
        self.grid = IdChoice(self._grids, name="网格", blank="全社区")
        self.grid.choose_id(it.grid_id)
        self.body.addWidget(Label(f"{name_of(it)}：{it.words}", tone="text2", wrap=True))
        self.form = Form(label=88)
        self.form.add("责任人", self.owner)
        self.form.add("办结期限", self.due)
        self.form.add("所需经费", self.money).set_message("单位是元", "neutral")
        if it.topic_id is None:
            self.form.add("网格", self.grid)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)
        self.owner.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered = self._entered()
            with self._context.database.transaction(f"交办 {name_of(self._it)}") as session:
                resolutions.charge(session, self._it.id, entered, version=self._it.version)
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已交办 {name_of(self._it)}")
            self.accept()

    def _entered(self) -> Charge:
        if self.due.is_wrong:
            raise DomainError("办结期限写成 2026-12-15 或 12-15。")
        return Charge(
            owner=self.owner.currentText(),
            due_on=self.due.value(),
            budget=self.money.fen(),
            grid_id=self.grid.chosen_id,
        )
