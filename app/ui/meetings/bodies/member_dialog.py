"""任职: who takes a seat in a body, as what, from which day, and for whom he speaks."""

from PySide6.QtWidgets import QCheckBox, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import BodyKind, BodyMember, MemberRole
from app.services import body_choices, body_members, joint_views, people
from app.services.body_composition import COMMITTEE_ROLES
from app.services.body_members import MemberInput
from app.services.body_views import BodyView
from app.services.member_checks import KinUnasked
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.id_choice import IdChoice
from app.ui.kit.pinyin_choice import MUST, PinyinChoice
from app.ui.kit.signals import Area
from app.ui.meetings.bodies.words import KIN_ASKED, PUT_FORWARD, ROLES, WITH_UNITS
from app.ui.people.date_line import DateLine
from app.ui.people.phone_line import PhoneLine
from app.ui.people.resident_link import ResidentLink
from app.ui.recent.unsaved import keep_dialog
from app.values.text import compact

DRAFT, DRAFT_NEW = "body_member", "body_member_of"
"""Of a seat; of a new one, by its body."""


class MemberDialog(Dialog):
    """A new seat, or one that is put right; `member_id` afterwards says which it was."""

    grows = True

    def __init__(
        self,
        context: Context,
        body: BodyView,
        member_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = f"{body.name}任职" if member_id is None else f"更正{body.name}的成员"
        super().__init__(title, parent, width=640)
        self._context, self._body = context, body
        self.member_id = member_id
        self._version = 0
        entered = self._read()
        self._make_fields(entered)
        self._lay_out()
        self._follow()
        self.form.mark_clean()
        record = (BodyMember.__tablename__, member_id) if member_id is not None else None
        key = f"{DRAFT}:{member_id}" if member_id is not None else f"{DRAFT_NEW}:{body.id}"
        self.keeper = keep_dialog(context, self, self.form, key, title, record=record)
        self.resident.setFocus()

    def take(self, resident_id: int) -> None:
        """This resident; what is known of him is filled in."""
        self.resident.set_value(resident_id)
        with self._context.database.lookup() as lookup:
            home = body_choices.building_of(lookup, resident_id)
        if home is not None and self.building.chosen_id is None:
            self.building.choose_id(home)
        self._follow()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            try:
                self._save()
            except KinUnasked as question:
                self._ask_kin(str(question))

    def entered(self) -> MemberInput:
        """What stands in the fields; raises DomainError where one cannot be read."""
        role = next((one for one in MemberRole if one.label == self.role.currentText()), None)
        if role is None:
            raise DomainError("请选身份。")
        if self.since.is_wrong or self.until.is_wrong:
            raise DomainError("任职的日期不对，请写成 2026-01-08 这样。")
        households = compact(self.households.text())
        if households and not households.isdecimal():
            raise DomainError("推选户数请写数字，如 30；不知道就不填。")
        return MemberInput(
            role=role,
            resident_id=self.resident.value(),
            name=self.name.text(),
            phone=self._phone.phone,
            in_committee=self.in_committee.isChecked(),
            building_id=self.building.chosen_id,
            households=int(households) if households else None,
            joint_unit_id=self.unit.chosen_id,
            position=self.position.text(),
            since=self.since.value(),
            until=self.until.value(),
            remark=self.remark.text(),
            kin_asked=self.kin.isChecked(),
        )

    # -- inside

    def _save(self) -> None:
        entered, today = self.entered(), self._context.clock.today()
        sentence = f"{self.windowTitle()} {self._who(entered)}"
        with self._context.database.transaction(sentence) as session:
            if self.member_id is None:
                self.member_id = body_members.appoint(session, self._body.id, entered, today=today)
            else:
                body_members.change_member(session, self.member_id, entered, version=self._version)
        self._context.signals.changed.emit(Area.MEETINGS)
        messages.notify(self._context.signals, sentence)
        self.accept()

    def _who(self, entered: MemberInput) -> str:
        if entered.resident_id is None:
            return entered.name.strip()
        with self._context.database.reading() as session:
            return people.get(session, entered.resident_id).name

    def _ask_kin(self, question: str) -> None:
        """The law keeps next of kin apart: somebody has to be asked, and to say so."""
        if self._kin_field is not None:
            self._kin_field.set_message(question, "warn")
            self.refit()
            self.kin.setFocus()

    def _read(self) -> MemberInput:
        with self._context.database.reading() as session:
            self._buildings = body_choices.buildings(session)
            self._units = joint_views.names(session, self._context.clock.today())
            if self.member_id is None:
                return MemberInput(role=self._roles[0])
            entered, self._version = body_members.input_of(session, self.member_id)
        return entered

    @property
    def _roles(self) -> tuple[MemberRole, ...]:
        return ROLES.get(self._body.kind, (MemberRole.MEMBER,))

    def _make_fields(self, entered: MemberInput) -> None:
        today = self._context.clock.today()
        self.resident = ResidentLink(self._context, entered.resident_id)
        self.name = line_edit(entered.name, limit=60)
        self._phone = PhoneLine(self._context)
        self._phone.show(
            entered.phone,
            f"成员 {entered.name}",
            lambda s: body_members.note_opened(s, self.member_id or 0),
        )
        self.phone = self._phone.edit
        labels = [role.label for role in self._roles]
        self.role = PinyinChoice(labels, name="身份", blank=MUST)
        self.role.set_value(entered.role.label)
        self.in_committee = QCheckBox("也是居委会成员")
        self.building = IdChoice(self._buildings, name="楼", blank="可不填")
        self.households = line_edit(hint="一般 20 至 50 户", limit=4)
        self.unit = IdChoice(self._units, name="单位", blank="可不填")
        self.position = line_edit(entered.position, limit=60)
        self.since = DateLine(today, entered.since or max(today, self._body.since), future=True)
        self.until = DateLine(today, entered.until, future=True)
        self.remark = line_edit(entered.remark, limit=120)
        self.kin = QCheckBox("已问明，不是近亲属")
        self.in_committee.setChecked(entered.in_committee)
        self.building.choose_id(entered.building_id)
        self.unit.choose_id(entered.joint_unit_id)
        self.households.setText(str(entered.households or ""))
        self.kin.setChecked(self.member_id is not None)

    def _lay_out(self) -> None:
        kind = self._body.kind
        self.form = form = Form(columns=2, label=76)
        form.add("居民", self.resident, span=2)
        form.add("姓名", self.name)
        form.add("电话", self.phone)
        form.add("身份", self.role, required=True)
        if kind is BodyKind.REPRESENTATIVES:
            form.add("居委会", self.in_committee)
        if kind in WITH_UNITS:
            form.add("单位", self.unit)
            form.add("职务", self.position)
        else:
            form.add("楼", self.building)
        if kind in PUT_FORWARD:
            form.add("推选户数", self.households)
        form.add("任职日期", self.since, required=True)
        if self.member_id is not None:
            form.add("离任日期", self.until)
        form.add("备注", self.remark, span=2)
        self._kin_field = form.add("近亲属", self.kin, span=2) if kind in KIN_ASKED else None
        form.finish()
        form.save_requested.connect(self.save)
        form.leave_requested.connect(self.reject)
        self.body.addWidget(form)
        self.resident.chosen.connect(self.take)
        self.resident.changed.connect(self._follow)
        self.role.currentTextChanged.connect(self._follow)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        words = "任职" if self.member_id is None else "保存"
        self.save_button = self.add_button(Button(words, kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)

    def _follow(self) -> None:
        """The name of a resident is the file's; who leads the committee is in it."""
        known = self.resident.value() is not None
        self.name.setEnabled(not known)
        self.name.setPlaceholderText("就是上面选的居民" if known else "不在册的人才填")
        self.phone.setPlaceholderText("不填就用居民自己的" if known else "")
        if known:
            self.name.clear()
        of_committee = self.role.currentText() in [one.label for one in COMMITTEE_ROLES]
        self.in_committee.setEnabled(not of_committee)
        if of_committee:
            self.in_committee.setChecked(True)
