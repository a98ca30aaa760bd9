"""A unit on its card: whom it sends, what it offers, what it takes part in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import JointUnit
from app.services import joint_members, projects, three_lists
from app.services.joint import UnitView
from app.services.project_views import ProjectFilter, ProjectView
from app.services.three_lists import ListFilter
from app.ui.kit.buttons import Button, offer, show_if
from app.ui.kit.labels import box, row, small
from app.ui.meetings.joint.words import term_words, unit_chips
from app.ui.meetings.lists.record_card import RecordCard
from app.ui.people.meetings_wish import ShowProject
from app.ui.recent.history import Record
from app.values.masking import mask_phones
from app.values.rights import Right

_MOST = 6


class UnitCard(RecordCard):
    """`asked` carries edit, leave or remove."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        hint = "在左边选一个，这里看它的委员、资源和项目。"
        super().__init__(context, name="单位", hint=hint)
        self.one: UnitView | None = None
        self.edit = Button("修改", action="edit_in_meetings", size="small")
        self.leave = Button("退出", size="small")
        self.remove = Button("删除", kind="danger", size="small")
        self._named = ((self.edit, "edit"), (self.leave, "leave"), (self.remove, "remove"))
        offer(context.may(Right.KEEP_JOINT), *(button for button, _ in self._named))
        self.body.addLayout(row(self.edit, self.leave, None, self.remove))
        for button, what in self._named:
            button.clicked.connect(lambda _=False, what=what: self.asked.emit(what))
        self.edit.bind(self)

    def show_unit(self, one: UnitView | None) -> None:
        """What is known of it; nothing where none is chosen."""
        self.one = one
        for button, _ in self._named:
            button.setVisible(one is not None)
        if one is None:
            self.show_parts("")
            return
        today = self._context.clock.today()
        self.show_parts(one.name, unit_chips(one, today), _facts(one))
        if one.waits(today):
            self.warn("本季度还没有共建", "结对支部每季度至少共建一次：一起开会，或者做项目。")
        self.leave.setText("恢复" if one.until is not None else "退出")
        show_if(not (one.members or one.resources or one.projects), self.remove)
        self._tell(one)

    def record(self) -> Record | None:
        return Record(JointUnit, self.one.id, self.one.name) if self.one else None

    def _tell(self, one: UnitView) -> None:
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            sent = joint_members.members(lookup, today, unit_id=one.id)
            given = three_lists.resources(lookup, ListFilter(unit_id=one.id))
            done = projects.projects(lookup, ProjectFilter(unit_id=one.id))
        people = [f"{each.seat.name} {each.seat.position}".strip() for each in sent]
        self._lines("兼职委员", people)
        self._lines("资源", [f"{each.number} {each.words}" for each in given])
        if done:
            self.section(f"项目 {len(done)}")
        for each in done[:_MOST]:
            self.more.addWidget(self._link(each))
        self.order_focus(self.edit)

    def _link(self, one: ProjectView) -> QWidget:
        """To the project in the tab 清单."""
        button = Button(one.number, kind="link", size="small")
        button.setAccessibleName(f"看项目 {one.name}")
        wish, signals = ShowProject(one.id), self._context.signals
        button.clicked.connect(lambda: signals.page_requested.emit("meetings", wish))
        return box(row(button, (small(f"{one.name}　{one.state.label}", wrap=True), 1)))

    def _lines(self, words: str, lines: Sequence[str]) -> None:
        if not lines:
            return
        self.section(f"{words} {len(lines)}")
        for line in lines[:_MOST]:
            self.more.addWidget(small(line, wrap=True))


def _facts(one: UnitView) -> list[tuple[str, str]]:
    return [
        ("联络员", f"{one.contact}　{mask_phones(one.phone)}".strip()),
        ("地址", one.address),
        ("擅长", one.speciality),
        ("参加", term_words(one.since, one.until)),
        ("退出", one.ended_reason),
        ("最近共建", f"{one.together_on:%Y-%m-%d}" if one.together_on else ""),
        ("备注", one.remark),
    ]
