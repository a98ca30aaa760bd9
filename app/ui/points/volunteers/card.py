"""One volunteer: who it is, hours and stars, what the law wants to be agreed, and what to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Volunteer
from app.services import stars, volunteer_views
from app.services.stars import stars_words
from app.services.volunteer_input import OWN_ACCOUNT
from app.services.volunteer_views import VolunteerRow
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, box, column, row, small
from app.ui.kit.scroll import scrolled
from app.ui.points.volunteers.columns import chips
from app.ui.recent.history import Record, history_button
from app.values.masking import mask_phone
from app.values.rights import Right
from app.values.times import hours_words


class VolunteerCard(Card):
    """`asked` carries what is to be done with who is shown: one of the names of BUTTONS."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.line: VolunteerRow | None = None
        self.title = Label("", "title", bold=True, wrap=True)
        self.hint = small("在左边选一位，这里看他的时长、队伍和联系电话。", wrap=True)
        self.chips = ChipRow()
        self.facts = Facts(label=66)
        self._make_buttons()
        self._lay_out()
        self.show_volunteer(None)

    def show_volunteer(self, volunteer_id: int | None) -> None:
        """Somebody else, or the same read anew; None for nobody."""
        self.line = self._read(volunteer_id)
        line = self.line
        self.title.setText(f"{line.name}　{line.number_words}" if line else "还没有选中志愿者")
        self.hint.setVisible(line is None)
        self.chips.set_chips(self._chips(line) if line else ())
        self.facts.set_pairs(self._facts(line) if line else ())
        self._show_buttons()

    # -- inside

    def _read(self, volunteer_id: int | None) -> VolunteerRow | None:
        if volunteer_id is None:
            return None
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            found = volunteer_views.row(lookup, volunteer_id, today=today)
            self._next = stars.next_level(lookup, volunteer_id, today) if found else None
        return found

    def _make_buttons(self) -> None:
        self.edit = Button("修改", action="edit_record")
        self.hours = Button("服务记录", action="details")
        self.notes = Button("培训表彰")
        self.account = Button("积分账户")
        self.certificate = Button("开证明", kind="primary", action="service_certificate")
        self.leave = Button("退出", size="small")
        self.remove = Button("删除", kind="danger", size="small")
        self.history = history_button(self._context, self, self._record)
        may = self._context.may(Right.RECORD_POINTS)
        offer(may, self.edit, self.leave, self.remove)
        offer(self._context.may(Right.ISSUE_PAPERS), self.certificate)
        named = {
            "edit": self.edit,
            "hours": self.hours,
            "notes": self.notes,
            "account": self.account,
            "certificate": self.certificate,
            "leave": self.leave,
            "remove": self.remove,
        }
        self._buttons = (*named.values(), self.history)
        for name, button in named.items():
            button.clicked.connect(lambda _=False, what=name: self.asked.emit(what))
        for button in (self.edit, self.hours, self.certificate):
            button.bind(self)

    def _lay_out(self) -> None:
        scroll = scrolled(box(column(self.facts, None)))
        self.body.addLayout(row((self.title, 1), self.history))
        self.body.addWidget(self.hint)
        self.body.addWidget(self.chips)
        self.body.addWidget(scroll, 1)
        self.body.addLayout(row(self.edit, self.hours, None))
        self.body.addLayout(row(self.notes, self.account, None))
        self.body.addLayout(row(self.certificate, None, self.leave, self.remove))

    def _show_buttons(self) -> None:
        line = self.line
        for button in self._buttons:
            button.setVisible(line is not None)
        self.leave.setText("重新加入" if line is not None and line.left_on else "退出")

    def _chips(self, line: VolunteerRow) -> list[Chip]:
        has = [Chip(stars_words(line.stars), "ok", "star")] if line.stars else []
        return [*has, *chips(line, self._context.clock.today())]

    def _facts(self, line: VolunteerRow) -> list[tuple[str, str | QWidget]]:
        told = (
            ("时长", self._hours_words(line)),
            ("队伍", "、".join(line.teams)),
            ("特长", line.skills),
            ("愿意做", line.services),
            ("电话", line.phone_masked),
            ("住址", line.place),
            ("登记", f"{line.registered_on}"),
            ("退出", _left(line)),
            ("公开姓名", _consent(line)),
            ("监护人", _guardian(line)),
            ("积分", _account(line)),
            ("保险", _insurance(line)),
            ("全国系统", line.system_number),
            ("备注", line.note),
        )
        return [(name, words) for name, words in told if words]

    def _hours_words(self, line: VolunteerRow) -> str:
        words = hours_words(line.half_hours)
        if self._next is None or line.left_on is not None:
            return words
        level, missing = self._next
        return f"{words}，再有 {hours_words(missing)}到{stars_words(level)}"

    def _record(self) -> Record | None:
        line = self.line
        return None if line is None else Record(Volunteer, line.id, line.title)


def _left(line: VolunteerRow) -> str:
    if line.left_on is None:
        return ""
    why = f"，{line.left_reason}" if line.left_reason else ""
    return f"{line.left_on}{why}"


def _consent(line: VolunteerRow) -> str:
    day = line.publish_consent_on
    return f"{day} 同意" if day else "没有同意，公示只写编号"


def _guardian(line: VolunteerRow) -> str:
    if not line.guardian:
        return ""
    relation = f"（{line.guardian_relation}）" if line.guardian_relation else ""
    day = f"{line.guardian_consent_on} 同意" if line.guardian_consent_on else ""
    # A number is not torn apart at the end of a line.
    phone = mask_phone(line.guardian_phone).replace(" ", "\u00a0") if line.guardian_phone else ""
    return "　".join(part for part in (f"{line.guardian}{relation}", phone, day) if part)


def _account(line: VolunteerRow) -> str:
    young = line.age is not None and line.age < OWN_ACCOUNT
    if not young:
        return ""
    if line.resident_id is None:
        return f"不满 {OWN_ACCOUNT} 岁，要先登记成居民，记在户里"
    return f"不满 {OWN_ACCOUNT} 岁，记在这一户的共用账户"


def _insurance(line: VolunteerRow) -> str:
    until = f"到 {line.insured_until}" if line.insured_until else ""
    return "　".join(part for part in (line.insurance, until) if part)
