"""组织: who deliberates and decides, from which day, by which rules; and 民主评议."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.stacks import show_part
from app.ui.kit.view_switch import ViewSwitch
from app.ui.meetings.bodies import going_on
from app.ui.meetings.bodies.appraisals_view import AppraisalsView
from app.ui.meetings.bodies.bodies_view import BodiesView
from app.ui.people.meetings_wish import ShowAppraisal, ShowBody
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved

BODIES, APPRAISALS = "组织", "民主评议"


class BodiesTab(PageTab):
    """Two views; the search finds among the people of the chosen body."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.choice = ViewSwitch(
            [(BODIES, BODIES, BODIES), (APPRAISALS, "评议", APPRAISALS)],
            action="switch_in_meetings",
        )
        self.search = SearchBox("姓名" if large else "姓名、房号", name="查找成员")
        self.search.setFixedWidth(theme.current().px(128 if large else 172))
        self.new_button = Button("新建" if large else "新建组织", kind="primary", action="new")
        self.head = (self.choice, self.search, self.new_button)
        self.bodies, self.appraisals = BodiesView(context), AppraisalsView(context)
        offer(self.bodies.may_add, self.new_button)
        self._views: dict[object, BodiesView | AppraisalsView] = {
            BODIES: self.bodies,
            APPRAISALS: self.appraisals,
        }
        self.stack = QStackedWidget()
        for view in self._views.values():
            self.stack.addWidget(view)
        self.setLayout(row((self.stack, 1)))
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        if self.stack.currentWidget() is self.appraisals:
            edits = (("Enter", "修改"),) if self.appraisals.may_edit else ()
            return (*edits, self.choice.legend)
        acts = self.bodies.card.legend if self.bodies.may_add else ()
        return (*acts, self.choice.legend)

    def refresh(self) -> None:
        """What is seen is read anew; the other when it is opened."""
        self._seen.refresh()

    def take_focus(self) -> None:
        self._seen.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def person_at_hand(self) -> int | None:
        """The member with the cursor, if he is a resident."""
        one = self.bodies.card.members.current
        seen = self.stack.currentWidget() is self.bodies
        return one.resident_id if seen and one is not None else None

    def show_view(self, name: object) -> None:
        """组织 or 民主评议."""
        self.choice.show_value(name)
        show_part(self.stack, self._views[name], self.take_focus)
        self.search.setVisible(name == BODIES)
        words = ("新建", "新建组织") if name == BODIES else ("登记", "登记评议")
        self.new_button.setText(words[0] if theme.current().large else words[1])
        self.refresh()
        self.legend_changed.emit()

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowBody):
            self.show_body(wanted)
        elif isinstance(wanted, ShowAppraisal):
            self.show_view(APPRAISALS)
            if not self.appraisals.select(wanted.appraisal_id):
                messages.warn(self.context.signals, "没有这次评议，可能已经删除。")
        elif isinstance(wanted, Unsaved):
            self._go_on(wanted)

    def new(self) -> None:
        """A new body or a new appraisal, as the view is."""
        self._seen.add()

    def show_body(self, wanted: ShowBody) -> None:
        """A body, at one of its members if one is named."""
        self.show_view(BODIES)
        self._clear()
        there = self.bodies.select(wanted.body_id)
        if there and wanted.body_member_id is not None:
            self.bodies.card.show_part(None)
            there = self.bodies.card.members.select(wanted.body_member_id)
        if not there:
            messages.warn(self.context.signals, "没有这个组织或成员，可能已经删除。")

    # -- inside

    @property
    def _seen(self) -> BodiesView | AppraisalsView:
        return self._views[self.choice.value()]

    def _connect(self) -> None:
        card = self.bodies.card
        self.choice.chosen.connect(self.show_view)
        self.search.searched.connect(card.search)
        self.search.left_down.connect(self._into_people)
        self.search.submitted.connect(self._into_people)
        self.search.bind(self.bodies)
        card.members.clear_asked.connect(self._clear)
        card.owners.clear_asked.connect(self._clear)
        self.new_button.clicked.connect(self.new)
        keys.bind(self, "new", self.new)
        self.choice.bind(self, self.take_focus)
        card.part_shown.connect(self.legend_changed)
        self.appraisals.shown.connect(self.legend_changed)
        keys.bind(self.bodies, "clear_filters", self._clear)
        keys.bind(self, "print", lambda: table_paper.print_out(self._paper))
        keys.bind(self, "export", lambda: table_paper.export(self._paper))

    @property
    def _paper(self) -> PagedTable:
        """What F9 prints: of a body its people."""
        if self._seen is self.bodies and self.bodies.current is not None:
            return self.bodies.card.table
        return self._seen.table

    def _into_people(self, _text: str = "") -> None:
        self.bodies.card.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.search.clear()

    def _go_on(self, wanted: Unsaved) -> None:
        with messages.domain_errors_shown(self):
            going_on.open_form(self, wanted)
