"""The fields of a volunteer: what a resident's record knows is not asked."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.context import Context
from app.errors import DomainError
from app.services import residents
from app.services.ages import age_on
from app.services.volunteer_input import ADULT, OWN_ACCOUNT, VolunteerInput
from app.ui.kit.forms import Field, Form, choice, line_edit
from app.ui.kit.labels import hide_unless
from app.ui.people.date_line import DateLine, DueLine
from app.ui.people.resident_link import ResidentLink
from app.ui.points.volunteers.teams_field import TeamsField
from app.values.documents import check_document
from app.values.masking import mask_id, mask_phone
from app.values.rights import Right

NUMBERS = {"id_number": mask_id, "phone": mask_phone, "guardian_phone": mask_phone}
"""Of somebody from outside; not everybody may see them whole"""


class VolunteerFields(QObject):
    """Builds the form; `entered` reads it. `followed`: other fields are asked for now."""

    followed = Signal()

    def __init__(
        self,
        context: Context,
        entered: VolunteerInput,
        *,
        names: Mapping[int, str],
        chosen: Sequence[int],
        withheld: Mapping[str, str],
    ) -> None:
        """`names` are the teams, `chosen` those of the person; `withheld` are numbers that stand
        in the file and that the user may not see: their fields show them masked and stay so."""
        super().__init__()
        self._context, self._withheld = context, withheld
        today = context.clock.today()
        self.resident = ResidentLink(context, entered.resident_id)
        self.name = line_edit(entered.name, limit=60)
        self.gender = choice(["", "男", "女"], entered.gender, name="性别")
        self.id_number = line_edit(entered.id_number, hint="身份证等", limit=40)
        self.birth = DateLine(today, entered.birth_date)
        self.phone = line_edit(entered.phone, limit=40)
        self.address = line_edit(entered.address, hint="如 望海社区附近", limit=120)
        self.registered = DateLine(today, entered.registered_on)
        self.teams = TeamsField(names, chosen)
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
        for name, number in withheld.items():
            getattr(self, name).setEnabled(not number)
        self.resident.changed.connect(self.follow)
        self.id_number.textChanged.connect(lambda _: self.follow())
        self.birth.changed.connect(self.follow)

    def entered(self) -> VolunteerInput:
        """What stands in the form; raises DomainError for a date that is none."""
        numbers = {name: getattr(self, name).text() for name in NUMBERS}
        numbers |= {name: number for name, number in self._withheld.items() if number}
        return VolunteerInput(
            **numbers,
            resident_id=self.resident.value(),
            name=self.name.text(),
            gender=self.gender.currentText(),
            birth_date=_day(self.birth, "出生日期"),
            address=self.address.text(),
            registered_on=_day(self.registered, "登记日期") or self._context.clock.today(),
            skills=self.skills.text(),
            services=self.services.text(),
            system_number=self.system_number.text(),
            record_consent_on=_day(self.record_consent, "同意代录"),
            publish_consent_on=_day(self.publish_consent, "同意公开"),
            guardian=self.guardian.text(),
            guardian_relation=self.relation.text(),
            guardian_consent_on=_day(self.guardian_consent, "监护人同意"),
            insurance=self.insurance.text(),
            insured_until=_day(self.insured_until, "保险到期"),
            note=self.note.text(),
        )

    def follow(self) -> None:
        """What a resident's record knows is not asked; a guardian only where there must be one."""
        person = self.resident.value()
        for field in self._own:
            _show(field, person is None)
        age = age_on(self._birth_date(person), self._context.clock.today())
        for field in self._minor:
            _show(field, age is not None and age < ADULT)
        told = ""
        if age is not None and age < OWN_ACCOUNT:
            where = "要先登记成居民，积分记在户里" if person is None else "积分记在这一户的共用账户"
            told = f"{age} 岁：不满 {OWN_ACCOUNT} 岁，{where}"
        elif age is not None and age < ADULT:
            told = f"{age} 岁：要监护人同意，不能参加有危险的活动"
        self._minor[0].set_message(told)
        self.followed.emit()

    def name_of(self) -> str:
        """Who it is, for the sentence of the step."""
        person = self.resident.value()
        if person is None:
            return self.name.text().strip()
        with self._context.database.lookup() as lookup:
            found = residents.rows(lookup, [person], today=self._context.clock.today())
        return found[0].name if found else ""

    # -- inside

    def _form(self) -> Form:
        form = Form(columns=2, label=92)
        resident = form.add("居民", self.resident, span=2)
        hide_unless(self._context.may(Right.VIEW_PEOPLE), resident, resident.label)
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
        record = form.add("同意代录", self.record_consent, required=True)
        publish = form.add("同意公开姓名", self.publish_consent)
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
        record.set_message("本人同意社区代为记录的日期")
        publish.set_message("没有同意就空着，公示时只写编号")
        return form

    def _birth_date(self, resident_id: int | None) -> date | None:
        today = self._context.clock.today()
        if resident_id is not None:
            with self._context.database.lookup() as lookup:
                found = residents.rows(lookup, [resident_id], today=today)
            return found[0].birth_date if found else None
        number = self._withheld.get("id_number") or self.id_number.text()
        told = check_document(number, today=today).birth_date
        typed: date | None = self.birth.value()
        return told or typed


def _day(line: DateLine, label: str) -> date | None:
    if line.is_wrong:
        raise DomainError(f"“{label}”不对，请写成 2026-11-20 这样。")
    day: date | None = line.value()
    return day


def _show(field: Field, on: bool) -> None:
    field.setVisible(on)
    field.label.setVisible(on)
