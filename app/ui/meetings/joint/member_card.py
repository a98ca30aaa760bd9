"""A part-time member on his card: term, activity of the year, reports."""

from PySide6.QtCore import Signal

from app.context import Context
from app.models import BodyMember, MemberReport
from app.services import member_reports
from app.services.joint_members import JointMember
from app.services.stars import stars_words
from app.ui.kit.buttons import Button, offer, show_if
from app.ui.kit.chips import Chip
from app.ui.kit.labels import row, small
from app.ui.meetings.joint.words import stars_chip, term_words
from app.ui.meetings.lists.record_card import RecordCard
from app.ui.recent.history import Record, history_button
from app.values.masking import mask_phones
from app.values.rights import Right


class MemberCard(RecordCard):
    """`asked` carries report, replace, leave or edit."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        hint = "在左边选一位，这里看任期、到会、项目和述职。"
        super().__init__(context, name="委员", hint=hint)
        self.one: JointMember | None = None
        self.report = Button("述职", action="member_report")
        self.reports = history_button(context, self, self._reports)
        self.reports.setText("述职经过")
        self.edit = Button("更正", action="edit_in_meetings", size="small")
        self.replace = Button("换人", size="small")
        self.leave = Button("离任", action="end_member", size="small")
        self._named = (
            (self.report, "report"),
            (self.edit, "edit"),
            (self.replace, "replace"),
            (self.leave, "leave"),
        )
        offer(context.may(Right.KEEP_JOINT), *(button for button, _ in self._named))
        self.body.addLayout(row(self.report, None, self.reports))
        self.body.addLayout(row(self.edit, self.replace, None, self.leave))
        for button, what in self._named:
            button.clicked.connect(lambda _=False, what=what: self.asked.emit(what))
        for button in (self.report, self.edit, self.leave):
            button.bind(self)

    def show_member(self, one: JointMember | None) -> None:
        """What is known of him; nothing where none is chosen."""
        self.one = one
        for button in (*(button for button, _ in self._named), self.reports):
            button.setVisible(one is not None)
        if one is None:
            self.show_parts("")
            return
        today = self._context.clock.today()
        holds = one.seat.holds(today)
        stars = stars_chip(one)
        chips = [Chip(one.seat.role.label, "info"), *([stars] if stars else [])]
        if not holds:
            chips.append(Chip("已离任", "grey"))
        show_if(holds, self.report, self.replace, self.leave)
        show_if(one.report is not None, self.reports)
        self.show_parts(one.seat.name, chips, _facts(one, today.year))
        self._tell_reports(one)

    def record(self) -> Record | None:
        one = self.one
        return Record(BodyMember, one.seat.id, f"{one.seat.name} 兼职委员") if one else None

    def _reports(self) -> Record | None:
        one = self.one
        if one is None or one.report is None:
            return None
        return Record(MemberReport, one.report.id, f"{one.seat.name} {one.report.year} 年述职")

    def _tell_reports(self, one: JointMember) -> None:
        with self._context.database.lookup() as lookup:
            found = member_reports.of_member(lookup, one.seat.id)
        if not found:
            return
        self.section("历年述职")
        for report in found:
            counted = f"到会 {report.attended} / {report.held}，项目 {report.projects}"
            stars = stars_words(report.stars) or "未评星"
            told = f"{report.year} 年　{stars}（{counted}）　{report.remark}".rstrip()
            self.more.addWidget(small(told, wrap=True))
            if report.words:
                self.more.addWidget(small(report.words, wrap=True))


def _facts(one: JointMember, year: int) -> list[tuple[str, str]]:
    seat, done = one.seat, one.activity
    held = f"{done.attended} / {done.held} 次" if done.held else f"{year} 年还没有开过联席会议"
    return [
        ("单位", seat.joint_unit),
        ("职务", seat.position),
        ("电话", mask_phones(seat.phone)),
        ("任期", term_words(seat.since, seat.until)),
        ("离任", seat.ended_reason),
        ("到会", held),
        ("项目", f"{done.projects} 个" if done.projects else ""),
        ("备注", seat.remark),
    ]
