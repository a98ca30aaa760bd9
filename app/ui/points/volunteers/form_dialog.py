"""登记志愿者: a resident, or somebody from outside with the facts of order 67 art. 5."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Volunteer
from app.services import residents, teams, volunteers
from app.services.ages import age_on
from app.services.volunteer_input import ADULT, OWN_ACCOUNT, VolunteerInput
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Field, Form, choice, line_edit
from app.ui.kit.labels import box, column, hide_unless
from app.ui.kit.signals import Area
from app.ui.people.date_line import DateLine, DueLine
from app.ui.people.resident_link import ResidentLink
from app.ui.points.volunteers.teams_field import TeamsField
from app.ui.recent.unsaved import keep_dialog
from app.values.documents import check_document
from app.values.masking import mask_id, mask_phone
from app.values.rights import Right

DRAFT = "volunteer"
_NUMBERS = {"id_number": mask_id, "phone": mask_phone, "guardian_phone": mask_phone}
"""Fields of somebody from outside that not everybody may see whole, and how they are masked."""


class VolunteerDialog(Dialog):
    """A new volunteer, or one who is on the list; `volunteer_id` afterwards says who it was."""

    def __init__(
        self,
        context: Context,
        volunteer_id: int | None = None,
        parent: QWidget | None = None,
        *,
        resident_id: int | None = None,
    ) -> None:
        words = "登记志愿者" if volunteer_id is None else "修改志愿者"
        super().__init__(words, parent, width=820)
        self._context = context
        self.volunteer_id = volunteer_id
        self._version = 0
        self._numbers: dict[str, str] = {}
        self._born: date | None = None
        self._make(self._read())
        self._lay_out()
        record = (Volunteer.__tablename__, volunteer_id) if volunteer_id is not None else None
        key = f"{DRAFT}:{volunteer_id or 'new'}"
        self.keeper = keep_dialog(context, self, self.form, key, words, record=record)
        if resident_id is not None:
            self.take(resident_id)
        self._follow()
        first = self.resident if volunteer_id is None else self.skills
        first.setFocus()

    def save(self) -> None:
        """Keep it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            entered, now = self.entered(), self._context.clock.now()
            sentence = f"{self.windowTitle()} {self._name()}"
            with self._context.database.transaction(sentence) as session:
                if self.volunteer_id is None:
                    self.volunteer_id = volunteers.add(session, entered, now=now)
                else:
                    key, version = self.volunteer_id, self._version
                    volunteers.update(session, key, entered, version=version, now=now)
                chosen = self.teams.value()
                teams.set_teams(session, self.volunteer_id, chosen, today=now.date())
            self._context.signals.changed.emit(Area.POINTS)
            self.accept()

    def entered(self) -> VolunteerInput:
        """What stands in the form; raises DomainError for a date that is none."""
        numbers = {name: getattr(self, name).text() for name in _NUMBERS}
        numbers |= {name: number for name, number in self._numbers.items() if number}
        return VolunteerInput(
            **numbers,
            resident_id=self.resident.value(),
            name=self.name.text(),
            gender=self.gender.currentText(),
            birth_date=self._day(self.birth, "出生日期"),
            address=self.address.text(),
            registered_on=self._day(self.registered, "登记日期") or self._context.clock.today(),
            skills=self.skills.text(),
            services=self.services.text(),
            system_number=self.system_number.text(),
            record_consent_on=self._day(self.record_consent, "同意代录"),
            publish_consent_on=self._day(self.publish_consent, "同意公开"),
            guardian=self.guardian.text(),
            guardian_relation=self.relation.text(),
            guardian_consent_on=self._day(self.guardian_consent, "监护人同意"),
            insurance=self.insurance.text(),
            insured_until=self._day(self.insured_until, "保险到期"),
            note=self.note.text(),
        )

    def take(self, resident_id: int) -> None:
        """This resident, unless he is on the list already."""
        with messages.domain_errors_shown(self):
            with self._context.database.reading() as session:
                volunteers.from_resident(session, resident_id, today=self._context.clock.today())
            self.resident.set_value(resident_id)
            self._follow()

    # -- inside

    def _read(self) -> VolunteerInput:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            self._teams = teams.names(session)
            if self.volunteer_id is None:
                self._of: tuple[int, ...] = ()
                return VolunteerInput(registered_on=today, record_consent_on=today)
            self._of = tuple(teams.of_volunteer(session, self.volunteer_id, on=today))
            entered, self._version = volunteers.input_of(session, self.volunteer_id)
            self._title = volunteers.name_of(session, self.volunteer_id)
        return self._seen(entered)

    def _seen(self, entered: VolunteerInput) -> VolunteerInput:
        """Numbers in the clear for who may see them, which is put on record; masked for others."""
        self._numbers = {name: getattr(entered, name) for name in _NUMBERS}
        if not any(self._numbers.values()):
            return entered
        if self._context.may(Right.SEE_NUMBERS) and self.volunteer_id is not None:
            sentence = f"打开志愿者 {self._title} 的资料"
            with self._context.database.transaction(sentence) as session:
                volunteers.note_opened(session, self.volunteer_id)
            self._numbers = {}
            return entered
        masked: dict[str, Any] = {
            name: mask(self._numbers[name]) for name, mask in _NUMBERS.items()
        }
        return replace(entered, **masked)

    def _make(self, entered: VolunteerInput) -> None:
        today = self._context.clock.today()
        self.resident = ResidentLink(self._context, entered.resident_id)
        self.name = line_edit(entered.name, limit=60)
        self.gender = choice(["", "男", "女"], entered.gender, name="性别")
        self.id_number = line_edit(entered.id_number, hint="身份证等", limit=40)
        self.birth = DateLine(today, entered.birth_date)
        self.phone = line_edit(entered.phone, limit=40)
        self.address = line_edit(entered.address, hint="如 望海社区附近", limit=120)
        self.registered = DateLine(today, entered.registered_on)
        self.teams = TeamsField(self._teams, self._of)
        self.skills = line_edit(entered.skills, hint="如 水电维修、理发", limit=120)
        self.services = line_edit(entered.services, hint="如 助老、巡逻", limit=120)
        self.system_number = line_edit(entered.system_number, hint="没有就空着", limit=40)
        self.record_consent = DateLine(today, entered.record_consent_on)
        self.publish_consent = DateLine(today, entered.publish_consent_on)
        self.guardian = line_edit(entered.guardian, limit=60)
        self.relation = line_edit(entered.guardian_relation, hint="如 母亲", limit=20)
        self.guardian_phone = line_edit(entered.guardian_phone, limit=40)
        self.guardian_consent = DateLine(today, entered.guardian_consent_on)
        self.insurance = line_edit(entered.insurance, hint="公司和保单号", limit=120)
        self.insured_until = DueLine(today, entered.insured_until)
        self.note = line_edit(entered.note, limit=200)
        self.form = self._form()
        for name, number in self._numbers.items():
            getattr(self, name).setEnabled(not number)

    def _form(self) -> Form:
        form = Form(columns=2, label=92)
        self._resident = form.add("居民", self.resident, span=2)
        hide_unless(self._context.may(Right.VIEW_PEOPLE), self._resident, self._resident.label)
        self._own = [
            form.add("姓名", self.name, required=True),
            form.add("性别", self.gender),
            form.add("证件号码", self.id_number),
            form.add("出生日期", self.birth),
            form.add("电话", self.phone),
            form.add("居住区域", self.address),
        ]
        form.add("登记日期", self.registered, required=True)
        form.add("全国系统编号", self.system_number)
        form.add("队伍", self.teams, span=2)
        form.add("特长", self.skills)
        form.add("愿意做的服务", self.services)
        self._record = form.add("同意代录", self.record_consent, required=True)
        self._publish = form.add("同意公开姓名", self.publish_consent)
        self._minor = [
            form.add("监护人", self.guardian, required=True),
            form.add("与本人的关系", self.relation),
            form.add("监护人电话", self.guardian_phone),
            form.add("监护人同意", self.guardian_consent, required=True),
        ]
        form.add("保险", self.insurance)
        form.add("保险到期", self.insured_until)
        form.add("备注", self.note, span=2)
        form.finish()
        self._record.set_message("本人同意社区代为记录的日期")
        self._publish.set_message("没有同意就空着，公示时只写编号")
        return form

    def _lay_out(self) -> None:
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = box(column(self.form, None, margins=(0, 0, 8, 0)))
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        self.body.addWidget(scroll, 1)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("保存", kind="primary", cap=CONFIRM_CAP))
        self.save_button.clicked.connect(self.save)
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        for field in self.form.fields:
            for part in (field.control, *list[QWidget](field.control.findChildren(QWidget))):
                part.installEventFilter(self)
        self.resident.chosen.connect(self.take)
        self.resident.changed.connect(self._follow)
        self.id_number.textChanged.connect(lambda _: self._follow())
        self.birth.changed.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter moves on without the scroll area: it follows whoever has the focus."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched, 0, theme.current().px(16))
        return False

    def _follow(self) -> None:
        """What a resident's record knows is not asked; a guardian only where there must be one."""
        person = self.resident.value()
        for field in self._own:
            _show(field, person is None)
        self._born = self._birth_date(person)
        age = age_on(self._born, self._context.clock.today())
        for field in self._minor:
            _show(field, age is not None and age < ADULT)
        told = ""
        if age is not None and age < OWN_ACCOUNT:
            told = f"{age} 岁：不满 {OWN_ACCOUNT} 岁，积分记在这一户的共用账户"
        elif age is not None and age < ADULT:
            told = f"{age} 岁：要监护人同意，不能参加有危险的活动"
        self._minor[0].set_message(told)
        self._fit()

    def _fit(self) -> None:
        """As high as what is asked, as far as the smallest screen has room."""
        metrics = theme.current()
        need = self.form.sizeHint().height() + metrics.px(8)
        self._scroll.setFixedHeight(min(need, metrics.px(400 if metrics.large else 580)))
        if self.isVisible():
            self.adjustSize()

    def _birth_date(self, resident_id: int | None) -> date | None:
        today = self._context.clock.today()
        if resident_id is not None:
            with self._context.database.lookup() as lookup:
                found = residents.rows(lookup, [resident_id], today=today)
            return found[0].birth_date if found else None
        number = self._numbers.get("id_number") or self.id_number.text()
        told = check_document(number, today=today).birth_date
        typed: date | None = self.birth.value()
        return told or typed

    def _name(self) -> str:
        person = self.resident.value()
        if person is None:
            return self.name.text().strip()
        with self._context.database.lookup() as lookup:
            found = residents.rows(lookup, [person], today=self._context.clock.today())
        return found[0].name if found else ""

    def _day(self, line: DateLine, label: str) -> date | None:
        if line.is_wrong:
            raise DomainError(f"“{label}”不对，请写成 2026-11-20 这样。")
        day: date | None = line.value()
        return day


def _show(field: Field, on: bool) -> None:
    field.setVisible(on)
    field.label.setVisible(on)
