"""关怀: who did not answer or stays away; what was found out closes the case, here or in 网格."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import CareStepKind, VisitResult
from app.services import care_cases, care_views
from app.services.care_cases import OUTCOMES
from app.services.care_views import CaseView
from app.services.visit_log import VisitInput
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Facts
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.care_phones import CarePhones
from app.values.rights import Right

_NO_VISIT, _REVEAL = "没上门", "显示号码"
_VISITS = (
    (None, _NO_VISIT, "不记走访"),
    (VisitResult.FINE, "正常", "同时记一次走访：正常"),
    (VisitResult.CHANGED, "有变", "同时记一次走访：情况有变"),
    (VisitResult.NEEDS_HELP, "需帮", "同时记一次走访：需要帮助"),
)


def _since(case: CaseView) -> Cell:
    return Cell(f"{case.raised_at:%m-%d %H:%M}", tone="danger")


COLUMNS = (
    Column("name", "姓名", lambda case: Cell(case.name, bold=True), 96, weight=1),
    Column("home", "住址", lambda case: case.home, 130, weight=1),
    Column("why", "起因", lambda case: case.why.label, 136),
    Column("since", "发现", _since, 108),
    Column("member", "网格员", lambda case: case.member_name or "还没有转", 96, large_mode=False),
)


class CareDialog(Dialog):
    """All open cases, or with `handed` those that were given to a grid member."""

    def __init__(
        self, context: Context, *, handed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("食堂转来的关怀" if handed else "关怀名单", parent, width=720)
        self._context, self._handed = context, handed
        self.cases: dict[int, CaseView] = {}
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="关怀名单")
        self.table.paper.people = lambda ids: [self.cases[one].resident_id for one in ids]
        lines = 2 if theme.current().large else 4
        self.table.setFixedHeight(theme.current().head + lines * theme.current().row)
        self.table.set_empty(EmptyState("check-circle-outline", "都查明了"))
        self.facts = Facts(label=52)
        self.phones = CarePhones(context, self)
        self.outcome = choice(list(OUTCOMES), name="结果", editable=True)
        self.outcome.setCurrentIndex(-1)
        self.visit = Segments(_VISITS)
        self.visit.show_value(None)
        self._lay_out()
        self.table.current_changed.connect(lambda _: self._turn())
        self.phones.changed.connect(self._show)
        self._read()
        (self.table if self.confirm.withheld else self.outcome).setFocus()

    def close_case(self) -> None:
        """Keep the result of the current case; the next one comes up."""
        case = self._current()
        if case is None:
            return
        with messages.domain_errors_shown(self):
            self._write(case)
            self._context.signals.changed.emit(Area.CANTEEN | Area.GRIDS)
            messages.notify(self._context.signals, f"已了结：{case.name}")
            self.outcome.setCurrentIndex(-1)
            self.visit.show_value(None)
            self._read()
            if not self.cases:
                self.accept()

    def hand_on(self) -> None:
        """Give the current case to whoever does the rounds of the grid."""
        case = self._current()
        if case is None:
            return
        with messages.domain_errors_shown(self):
            title, now = f"转网格员上门 {case.name}", self._context.clock.now()
            with self._context.database.transaction(title) as session:
                name = care_cases.hand_on(session, case.id, version=case.version, now=now)
            self._context.signals.changed.emit(Area.CANTEEN | Area.GRIDS)
            messages.notify(self._context.signals, f"已转给 {name}，在“网格 · 走访”里等结果")
            self._read(case.id)

    def print_slip(self) -> None:
        """关怀走访单 of the current case."""
        from app.ui.people.care_slip import print_slip

        case = self._current()
        if case is not None:
            print_slip(self._context, self, case)

    def reveal(self) -> None:
        """The phones for a minute; a second time masks them again."""
        case = self._current()
        if case is None or not self.phones.offered:
            return
        if self.phones.clear_of(case):
            self.phones.mask()
            return
        with messages.domain_errors_shown(self):
            self.phones.show(case)

    def _turn(self) -> None:
        """Somebody else's case: whose numbers were in clear is masked."""
        case = self._current()
        if case is None or not self.phones.clear_of(case):
            self.phones.mask()
        self._show()

    def _write(self, case: CaseView) -> None:
        from app.services import members, visit_log

        now, result = self._context.clock.now(), self.visit.value()
        outcome = self.outcome.currentText()
        with self._context.database.transaction(f"了结关怀 {case.name}") as session:
            care_cases.close(session, case.id, outcome=outcome, version=case.version, now=now)
            if isinstance(result, VisitResult):
                own = members.own_member(session, self._context.database.actor)
                visit = VisitInput(
                    resident_id=case.resident_id,
                    on_date=now.date(),
                    result=result,
                    note=outcome,
                    member_id=own or case.member_id,
                )
                visit_log.log(session, visit, now=now)

    def _lay_out(self) -> None:
        self.form = Form(label=52)
        self.form.add("结果", self.outcome, required=True)
        visits = self._context.may(Right.LOG_ROUNDS)
        if visits:
            self.form.add("走访", self.visit)
        self.form.finish()
        self.form.save_requested.connect(self.close_case)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="人")))
        self.body.addWidget(self.facts)
        self.body.addWidget(self.form)
        self.hand_button = self.add_button(Button("转网格员", action="hand_on"))
        self.hand_button.clicked.connect(self.hand_on)
        self.hand_button.bind(self)
        offer(self._context.may(Right.RUN_CANTEEN) and not self._handed, self.hand_button)
        self.reveal_button = self.add_button(Button(_REVEAL, action="reveal"))
        self.reveal_button.clicked.connect(self.reveal)
        self.reveal_button.bind(self)
        offer(self.phones.offered, self.reveal_button)
        self.slip_button = self.add_button(Button("走访单", action="print"))
        self.slip_button.clicked.connect(self.print_slip)
        self.slip_button.bind(self)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("了结", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.close_case)
        offer(self._context.may(Right.PRINT), self.slip_button)
        may = visits or self._context.may(Right.RUN_CANTEEN)
        offer(may, self.confirm)
        self.form.setVisible(may)

    def _read(self, current: int | None = None) -> None:
        with self._context.database.lookup() as lookup:
            found = care_views.open_cases(lookup, today=self._context.clock.today())
        self.cases = {one.id: one for one in found if one.member_id is not None or not self._handed}
        self.model.set_ids(list(self.cases))
        if self.cases:
            self.table.select_id(current if current in self.cases else next(iter(self.cases)))
        self._show()

    def _show(self) -> None:
        case = self._current()
        own, family = self.phones.of(case) if case is not None else ("", "")
        self.facts.set_pairs(_facts(case, own, family) if case is not None else ())
        clear = case is not None and self.phones.clear_of(case)
        self.reveal_button.setText("遮住" if clear else _REVEAL)
        self.reveal_button.setEnabled(bool(own or family))
        for widget in (self.outcome, self.visit, self.confirm, self.slip_button):
            widget.setEnabled(case is not None)
        self.hand_button.setEnabled(case is not None and case.member_id is None)

    def _current(self) -> CaseView | None:
        return self.cases.get(self.table.current_id() or 0)

    def _fetch(self, ids: Sequence[int]) -> list[CaseView]:
        return [self.cases[one] for one in ids]


def _facts(case: CaseView, own: str, family: str) -> list[tuple[str, str]]:
    done = "；".join(
        f"{one.at:%H:%M} {one.kind.label} {one.words}".strip()
        for one in case.steps
        if one.kind is not CareStepKind.OUTCOME
    )
    phones = [f"本人 {own}" if own else ""]
    phones += [f"{case.contact or '家属'} {family}" if family else ""]
    pairs = (
        ("情况", case.words),
        ("已办", done),
        ("电话", "　".join(filter(None, phones))),
        ("走访", case.visits),
        ("上次", case.last),
    )
    return [pair for pair in pairs if pair[1]]
