"""立项: what is done, for which need, by whom, until when, with which resources and money."""

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Project
from app.services import grids, joint, project_choices, projects
from app.services.funds import QuestionedUse
from app.services.projects import ProjectInput
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Field, Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.money_line import MoneyLine
from app.ui.kit.signals import Area
from app.ui.meetings.lists.resources_field import ResourcesField
from app.ui.people.date_line import NearLine
from app.ui.recent.unsaved import keep_dialog

DRAFT = "project"


class ProjectDialog(Dialog):
    """A new one, begun with `wish`, or one that is on the list; `project_id` tells which."""

    grows = True

    def __init__(
        self,
        context: Context,
        project_id: int | None = None,
        wish: ProjectInput | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("立项" if project_id is None else "修改项目", parent, width=760)
        self._context, self.project_id, self._version = context, project_id, 0
        entered = self._read(wish or ProjectInput())
        self._topic_id, self._year = entered.topic_id, entered.year
        self._make_fields(entered)
        self._lay_out()
        self._follow()
        self.form.mark_clean()
        record = (Project.__tablename__, project_id) if project_id is not None else None
        key = f"{DRAFT}:{project_id or 'new'}"
        if project_id is not None or not wish or wish == ProjectInput():
            # What was left of another form would cover what this one is begun with.
            keep_dialog(context, self, self.form, key, self.windowTitle(), record=record)
        self.name.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            try:
                self._save()
            except QuestionedUse as question:
                self._ask_reason(str(question))

    def entered(self) -> ProjectInput:
        """What stands in the fields; raises DomainError where one cannot be read."""
        for field, line in ((self.since, "开始日期"), (self.until, "计划完成")):
            if field.is_wrong:
                raise DomainError(f"“{line}”不对，请写成 2026-12-15 这样。")
        if self.approved.is_wrong:
            raise DomainError("“审批日期”不对，请写成 2026-12-15 这样。")
        funded = self.funded.isChecked()
        return ProjectInput(
            name=self.name.text(),
            year=self._year,
            need_id=self.need.chosen_id,
            resolution_id=self.resolution.chosen_id,
            topic_id=self._topic_id,
            grid_id=self.grid.chosen_id,
            lead_unit_id=self.unit.chosen_id,
            resources=self.resources.value(),
            owner=self.owner.text(),
            since=self.since.value(),
            until=self.until.value(),
            funded=funded,
            budget=self.budget.fen() or 0,
            purpose=self.purpose.text() if funded else "",
            purpose_reason=self.reason.text() if funded else "",
            approval=self.approval.text() if funded else "",
            approved_on=self.approved.value() if funded else None,
        )

    # -- inside

    def _save(self) -> None:
        entered, now = self.entered(), self._context.clock.now()
        sentence = f"{self.windowTitle()} {entered.name.strip()}"
        with self._context.database.transaction(sentence) as session:
            if self.project_id is None:
                self.project_id = projects.add(session, entered, now=now)
            else:
                projects.change(session, self.project_id, entered, version=self._version)
        self._context.signals.changed.emit(Area.MEETINGS)
        messages.notify(self._context.signals, f"已{sentence}")
        self.accept()

    def _ask_reason(self, question: str) -> None:
        self._reason_field.set_asked(True)
        self._reason_field.set_message(question, "warn")
        self.refit()
        self.reason.setFocus()

    def _read(self, wish: ProjectInput) -> ProjectInput:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            entered = wish
            if self.project_id is not None:
                entered, self._version = projects.input_of(session, self.project_id)
            self._units = joint.names(session, today)
            self._grids = grids.names(session)
            self._needs = project_choices.needs(session, entered.need_id)
            self._made = project_choices.resolutions(session, entered.resolution_id)
            self._resources = project_choices.resources(session, entered.resources)
        return entered

    def _make_fields(self, entered: ProjectInput) -> None:
        today = self._context.clock.today()
        self.name = line_edit(entered.name, hint="如 楼道照明改造", limit=60)
        self.need = IdChoice(self._needs, name="对应需求", blank="没有")
        self.resolution = IdChoice(self._made, name="依据决议", blank="没有")
        self.resources = ResourcesField(self._resources, entered.resources)
        self.unit = IdChoice(self._units, name="牵头单位", blank="社区")
        self.owner = line_edit(entered.owner, limit=60)
        self.grid = IdChoice(self._grids, name="网格", blank="随需求或决议")
        self.since = NearLine(today, entered.since, future=True)
        self.until = NearLine(today, entered.until, future=True)
        self.budget = MoneyLine(entered.budget or None, hint="不用钱就空着", name="预算（元）")
        self.funded = QCheckBox("用服务群众专项经费")
        self.purpose = line_edit(entered.purpose, hint="钱花在哪里", limit=200)
        self.reason = line_edit(entered.purpose_reason, limit=200)
        self.approval = line_edit(entered.approval, limit=40)
        self.approved = NearLine(today, entered.approved_on)
        self.need.choose_id(entered.need_id)
        self.resolution.choose_id(entered.resolution_id)
        self.unit.choose_id(entered.lead_unit_id)
        self.grid.choose_id(entered.grid_id)
        self.funded.setChecked(entered.funded)

    def _lay_out(self) -> None:
        self.form = form = Form(columns=2, label=76)
        form.add("项目", self.name, required=True, span=2)
        form.add("对应需求", self.need)
        form.add("依据决议", self.resolution)
        form.add("资源", self.resources, span=2)
        form.add("牵头单位", self.unit)
        form.add("责任人", self.owner)
        form.add("开始日期", self.since)
        form.add("计划完成", self.until)
        form.add("预算（元）", self.budget)
        form.add("网格", self.grid)
        form.add("", self.funded, span=2)
        self._of_fund: list[Field] = [
            form.add("用途", self.purpose, required=True, span=2),
            form.add("审批文号", self.approval),
            form.add("审批日期", self.approved),
        ]
        self._reason_field = form.add("用途说明", self.reason, span=2)
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(form)
        self.funded.toggled.connect(self._follow)
        self.resources.changed.connect(self.refit)
        self.resolution.currentTextChanged.connect(self._take_budget)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        words = "立项" if self.project_id is None else "保存"
        self.confirm = self.add_button(Button(words, kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.save)

    def _follow(self, _on: bool = False) -> None:
        """What the fund asks for is asked only where it pays."""
        funded = self.funded.isChecked()
        for field in self._of_fund:
            field.set_asked(funded)
        self._reason_field.set_asked(funded and bool(self.reason.text()))
        self.refit()

    def _take_budget(self, _words: str) -> None:
        """The money that was decided, where none is typed yet."""
        key = self.resolution.chosen_id
        if key is None or self.budget.text().strip():
            return
        with self._context.database.lookup() as lookup:
            self.budget.set_fen(project_choices.budget_of(lookup, key))
