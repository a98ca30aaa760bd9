"""One body: what the law and the figures say of it, its members or owners, its terms."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QStackedWidget

from app.context import Context
from app.models import Body, BodyKind
from app.services import body_changes
from app.services.body_views import BodyView
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.chips import ChipLabel
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import Label, column, hide_unless, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.meetings.bodies import lines
from app.ui.meetings.bodies.lines import BodyLine, Said
from app.ui.meetings.bodies.members_pane import MembersPane
from app.ui.meetings.bodies.owners_pane import OwnersPane
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_MOST_SAID = 2
_OWNERS, _BOARD = "业主", "业委会"


class BodyCard(Card):
    """`asked` carries what is to be done: edit, next_term, close, remove, roster."""

    asked = Signal(str)
    part_shown = Signal()
    """Other keys work now"""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(1, 12, 1, 1), spacing=6)
        self._context = context
        self.line: BodyLine | None = None
        self.title, self.detail = Label("", "title", bold=True), small()
        self.state = ChipLabel("")
        self.choice = Segments([(_OWNERS, _OWNERS, "业主清册"), (_BOARD, _BOARD, "业主委员会成员")])
        self.choice.show_value(_OWNERS)
        self.more = Button("更多", size="small", trail="chevron-down")
        self.history = history_button(context, self, self._record)
        self.notices = [Notice("", tone="soft") for _ in range(_MOST_SAID)]
        self.members, self.owners = MembersPane(context), OwnersPane(context)
        self.panes = QStackedWidget()
        self.panes.addWidget(self.members)
        self.panes.addWidget(self.owners)
        hide_unless(False, self.choice, *self.notices)
        self._lay_out()
        self.more.clicked.connect(self.open_menu)
        self.choice.chosen.connect(self.show_part)

    @property
    def table(self) -> PagedTable:
        """The table that is seen."""
        return self.owners.table if self._shows_owners else self.members.table

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        """The keys of what is seen."""
        if self.line is None or self.line.view.kind is BodyKind.ASSEMBLY:
            return ()
        if self._shows_owners:
            acts = ("加业主", "appoint_member"), ("修改", "edit_in_meetings"), ("导入", "import")
        else:
            acts = ("任职", "appoint_member"), ("更正", "edit_in_meetings"), ("离任", "end_member")
        return tuple((keys.cap(action), words) for words, action in acts)

    def show_line(self, line: BodyLine | None) -> None:
        """Another body, or None for none."""
        self.line = line
        view = line.view if line is not None else None
        self.title.setText(view.title if view else "还没有选中组织")
        self.detail.setText(_detail(view) if view else "在左边选一个，这里看成员。")
        for widget in (self.state, self.history):
            widget.setVisible(line is not None)
        self.more.setVisible(line is not None and (self._prints or self.may))
        if line is not None:
            self.state.set_chip(line.state)
        self.choice.setVisible(view is not None and view.kind is BodyKind.OWNERS)
        self._say(line)
        self.show_part(self.choice.value())

    def show_part(self, part: object) -> None:
        """业主 or 业委会 of an estate; any other body has members only."""
        self.choice.show_value(part)
        view = self.line.view if self.line is not None else None
        if self._shows_owners:
            self.panes.setCurrentWidget(self.owners)
            self.owners.show_body(view)
        else:
            self.panes.setCurrentWidget(self.members)
            self.members.show_body(view)
        self.part_shown.emit()

    def search(self, text: str) -> None:
        """Narrow the table that is seen, the other one with it."""
        self.members.text = self.owners.text = text
        self.show_part(self.choice.value())

    def open_menu(self) -> None:
        """What is done more rarely."""
        if self.line is None:
            return
        menu = menu_of(self.more)
        if self._prints:
            menu.addAction("打印成员名册…", lambda: self.asked.emit("roster"))
        if self.may:
            self._add_acts(menu)
        drop(menu, self.more)

    @property
    def may(self) -> bool:
        """Whether the user looks after this body."""
        joint = self.line is not None and self.line.view.kind in body_changes.JOINT_KINDS
        may = self._context.may
        return may(Right.RUN_MEETINGS) or (joint and may(Right.KEEP_JOINT))

    # -- inside

    @property
    def _prints(self) -> bool:
        """Whether there is a roster to print; of one grid alone, or of everybody, it is none."""
        everybody = self.line is not None and self.line.view.kind is BodyKind.ASSEMBLY
        return self._context.may(Right.PRINT) and self._context.sees_all and not everybody

    @property
    def _shows_owners(self) -> bool:
        if self.line is None or self.line.view.kind is not BodyKind.OWNERS:
            return False
        return self.choice.value() == _OWNERS

    def _add_acts(self, menu: QMenu) -> None:
        menu.addSeparator()
        menu.addAction("修改组织…", lambda: self.asked.emit("edit"))
        menu.addAction("换届…", lambda: self.asked.emit("next_term"))
        menu.addAction("结束…", lambda: self.asked.emit("close"))
        menu.addAction("删除组织…", lambda: self.asked.emit("remove"))

    def _say(self, line: BodyLine | None) -> None:
        found: Sequence[Said] = ()
        if line is not None:
            with self._context.database.lookup() as lookup:
                found = lines.said(lookup, line, self._context.clock.today())
        for notice in self.notices:
            notice.hide()
        # Several of one body are rare: the graver ones have the room, the rest stand in the first.
        for notice, one in zip(self.notices, _fitted(found), strict=False):
            notice.show_text(one.words, one.detail, tone=one.tone)
            notice.show()

    def _lay_out(self) -> None:
        head = row(self.title, self.state, None, self.choice, self.more, self.history, spacing=8)
        said = column(head, self.detail, *self.notices, spacing=6, margins=(15, 0, 12, 0))
        self.body.addLayout(said)
        self.body.addWidget(self.panes, 1)

    def _record(self) -> Record | None:
        view = self.line.view if self.line is not None else None
        return None if view is None else Record(Body, view.id, view.title)


def _fitted(found: Sequence[Said]) -> list[Said]:
    """As many as there is room for; what is left over joins the explanation of the last one."""
    most = 1 if theme.current().large else _MOST_SAID
    shown = list(found[:most])
    left = found[most:]
    if left and shown:
        last = shown[-1]
        words = "；".join(part for part in (last.detail, *(one.words for one in left)) if part)
        shown[-1] = Said(last.words, words, last.tone)
    return shown


def _detail(view: BodyView) -> str:
    until = f" 至 {view.until:%Y-%m-%d}" if view.until else " 起"
    term = f"任期 {view.since:%Y-%m-%d}{until}"
    rule = f"表决规则 {view.rule_code}" if view.rule_code else ""
    parts = (view.kind.label, view.term_words, term, view.grid, view.scope, rule, view.remark)
    return "　".join(part for part in parts if part)
