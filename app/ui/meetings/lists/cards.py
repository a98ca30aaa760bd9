"""A resource or a need on its card: what is known, what fits it, which project took it up."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from app.context import Context
from app.models import ListState, Need, Resource
from app.services import list_matching
from app.services.list_matching import Proposal
from app.services.projects import ProjectInput
from app.services.three_lists import NeedView, ResourceView
from app.ui.kit.buttons import Button, offer, show_if
from app.ui.kit.labels import box, row, small
from app.ui.meetings.lists.record_card import Offer, RecordCard
from app.ui.meetings.lists.words import name_of, state_chip, urgency_chip
from app.ui.recent.history import Record
from app.values.masking import mask_phones
from app.values.rights import Right


class LineCard(RecordCard):
    """`asked` carries what is to be done with the line: edit, withdraw, remove.

    `begin_asked` carries a ProjectInput to begin with, `project_asked` the number of a project.
    """

    asked = Signal(str)
    begin_asked = Signal(object)
    project_asked = Signal(str)
    name = ""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context, name=self.name, hint=f"在左边选一项，这里看{self.name}和能对接的。"
        )
        self.line: ResourceView | NeedView | None = None
        self.begin = Button("立项", kind="primary", action="begin_project")
        self.edit = Button("修改", action="edit_in_meetings", size="small")
        self.withdraw = Button("撤回", size="small")
        self.remove = Button("删除", kind="danger", size="small")
        offer(context.may(Right.KEEP_JOINT), self.begin, self.edit, self.withdraw, self.remove)
        self.body.addLayout(row(self.begin, None))
        self.body.addLayout(row(self.edit, self.withdraw, None, self.remove))
        self.begin.clicked.connect(self._begin)
        for button, what in (
            (self.edit, "edit"),
            (self.withdraw, "withdraw"),
            (self.remove, "remove"),
        ):
            button.clicked.connect(lambda _=False, what=what: self.asked.emit(what))
        self.begin.bind(self)
        self.edit.bind(self)

    def show_line(self, line: ResourceView | NeedView | None) -> None:
        """What is known of it; nothing where none is chosen."""
        self.line = line
        show_if(line is not None, self.begin, self.edit, self.withdraw, self.remove)
        if line is None:
            self.show_parts("")
            return
        withdrawn = line.state is ListState.WITHDRAWN
        self.withdraw.setText("恢复" if withdrawn else "撤回")
        show_if(line.state in (ListState.OPEN, ListState.WITHDRAWN), self.withdraw)
        show_if(not withdrawn, self.begin)
        show_if(not line.projects, self.remove)
        self.fill(line)
        if line.projects:
            self.section("用在项目" if isinstance(line, ResourceView) else "已经立项")
            for number in line.projects:
                self.more.addWidget(box(row(self._link(number), None)))
        self.order_focus(self.begin)

    def fill(self, line: Any) -> None:
        """Facts, and what fits."""

    def wish(self) -> ProjectInput:
        """A project begun with this line alone."""
        return ProjectInput()

    # -- inside

    def _begin(self) -> None:
        if self.line is not None:
            self.begin_asked.emit(self.wish())

    def _link(self, number: str) -> Button:
        button = Button(number, kind="link", size="small")
        button.clicked.connect(lambda: self.project_asked.emit(number))
        return button

    def _button(self, wish: ProjectInput, name: str) -> Button | None:
        if not self._context.may(Right.KEEP_JOINT):
            return None
        button = Button("对接立项", size="small")
        button.setAccessibleName(f"用{name}立项")
        button.clicked.connect(lambda: self.begin_asked.emit(wish))
        return button


class NeedCard(LineCard):
    """With the resources that may meet it: proposed, never taken by themselves."""

    name = "需求"

    def fill(self, line: NeedView) -> None:
        urgency = urgency_chip(line)
        facts = (
            ("编号", line.number),
            ("类型", line.kind.label),
            ("提出", f"{line.raised_on:%Y-%m-%d}　{line.raised_by}".strip()),
            ("网格", line.grid),
            ("受益", line.beneficiaries),
            ("议题", line.topic),
        )
        chips = (state_chip(line), *((urgency,) if urgency else ()))
        self.show_parts(line.words, chips, facts)
        if line.state is not ListState.OPEN:
            return
        with self._context.database.lookup() as lookup:
            found = list_matching.proposals(lookup, line.id)
        self._propose(line, found)

    def wish(self) -> ProjectInput:
        line = self.line
        return ProjectInput(name=line.words[:60], need_id=line.id) if line else ProjectInput()

    def record(self) -> Record | None:
        return Record(Need, self.line.id, name_of(self.line)) if self.line else None

    def _propose(self, line: NeedView, found: Sequence[Proposal]) -> None:
        self.section("可以对接的资源")
        if not found:
            words = "资源清单里还没有合适的；也可以直接立项，或者请成员单位认领。"
            self.more.addWidget(small(words, wrap=True))
        for one in found:
            self.more.addWidget(self._offer(line, one))

    def _offer(self, line: NeedView, one: Proposal) -> Offer:
        held = one.resource
        wish = ProjectInput(
            name=line.words[:60],
            need_id=line.id,
            resources=(held.id,),
            lead_unit_id=held.unit_id,
            owner=held.contact,
        )
        words = f"{held.unit}：{held.words}" if held.unit else held.words
        return Offer(words, f"{held.number}　{one.why}", self._button(wish, held.words))


class ResourceCard(LineCard):
    """With the open needs that it may meet."""

    name = "资源"

    def fill(self, line: ResourceView) -> None:
        facts = (
            ("编号", line.number),
            ("单位", line.unit),
            ("类型", line.kind.label),
            ("可用时间", line.available),
            ("联系人", f"{line.contact}　{mask_phones(line.phone)}".strip()),
        )
        self.show_parts(line.words, (state_chip(line),), facts)
        if line.state is ListState.WITHDRAWN:
            return
        with self._context.database.lookup() as lookup:
            found = list_matching.waiting(lookup, line.id)
        self.section("待对接的需求")
        if not found:
            self.more.addWidget(small("没有类型相同或说到同一件事的需求。", wrap=True))
        for one in found:
            self.more.addWidget(self._need(line, one))

    def wish(self) -> ProjectInput:
        line = self.line
        if not isinstance(line, ResourceView):
            return ProjectInput()
        return ProjectInput(resources=(line.id,), lead_unit_id=line.unit_id, owner=line.contact)

    def record(self) -> Record | None:
        return Record(Resource, self.line.id, name_of(self.line)) if self.line else None

    def _need(self, line: ResourceView, one: NeedView) -> Offer:
        wish = ProjectInput(
            name=one.words[:60],
            need_id=one.id,
            resources=(line.id,),
            lead_unit_id=line.unit_id,
            owner=line.contact,
        )
        told = "　".join(part for part in (one.number, one.raised_by, one.grid) if part)
        return Offer(one.words, told, self._button(wish, one.words))
