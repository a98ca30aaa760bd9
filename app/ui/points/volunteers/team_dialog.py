"""A team: its name, what it does, who leads it."""

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Team
from app.services import teams
from app.services.teams import TeamInput
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine
from app.ui.points.volunteers.picker import VolunteerLink
from app.ui.recent.unsaved import keep_dialog

DRAFT = "team"


class TeamDialog(Dialog):
    """A new one, or one that is on the list; `team_id` afterwards says which it was."""

    def __init__(
        self, context: Context, team_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("新建队伍" if team_id is None else "修改队伍", parent, width=560)
        self._context = context
        self.team_id = team_id
        self._version = 0
        entered = self._read()
        self.name = line_edit(entered.name, hint="如 铁军志愿服务队", limit=40)
        self.service = line_edit(entered.service, hint="如 环境卫生", limit=60)
        self.leader = VolunteerLink(context, entered.leader_id, title="选队长")
        self.founded = DateLine(context.clock.today(), entered.founded_on)
        self.note = line_edit(entered.note, limit=200)
        self.form = Form(label=74)
        self.form.add("队名", self.name, required=True)
        self.form.add("服务内容", self.service)
        self.form.add("队长", self.leader)
        self.form.add("成立日期", self.founded)
        self.form.add("备注", self.note)
        self.form.finish()
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(self.form)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        record = (Team.__tablename__, team_id) if team_id is not None else None
        key = f"{DRAFT}:{team_id or 'new'}"
        self.keeper = keep_dialog(context, self, self.form, key, self.windowTitle(), record=record)
        self.name.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            if self.founded.is_wrong:
                raise DomainError("成立日期不对，请写成 2026-03-05 这样。")
            entered = TeamInput(
                name=self.name.text(),
                service=self.service.text(),
                leader_id=self.leader.value(),
                founded_on=self.founded.value(),
                note=self.note.text(),
            )
            sentence = f"{self.windowTitle()} {entered.name.strip()}"
            with self._context.database.transaction(sentence) as session:
                self.team_id = teams.save(
                    session,
                    self.team_id,
                    entered,
                    version=self._version,
                    today=self._context.clock.today(),
                )
            self._context.signals.changed.emit(Area.POINTS)
            self.accept()

    def _read(self) -> TeamInput:
        if self.team_id is None:
            return TeamInput()
        with self._context.database.reading() as session:
            entered, self._version = teams.input_of(session, self.team_id)
        return entered
