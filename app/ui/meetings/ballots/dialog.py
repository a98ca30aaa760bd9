"""表决票 of one item: numbered, printed, typed back, and the figures handed on to the meeting."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Ballot, BodyKind, Choice
from app.services import agenda, ballot_views, ballots, meeting_views, turnouts
from app.services.ballot_views import BallotView, Tally
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import Label, hide_unless, row
from app.ui.kit.messages import domain_errors_shown, notify
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, CellValue, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.meetings.ballots.print_dialog import PrintDialog
from app.ui.meetings.ballots.printing import print_tally_sheet
from app.ui.meetings.ballots.type_back import TypeBack
from app.ui.recent.history import Record, history_button
from app.values.areas import square_metres
from app.values.rights import Right

_HEIGHT = 560
ALL, OUT = "全部", "没收回"
_NONE = "还没有编号的票"
_ADVICE = "按“编号发票”给每位成员或业主编一张；不记名的票直接打印，唱票后把票数录进会议。"
_TONES = {Choice.YES: "ok", Choice.NO: "warn", Choice.ABSTAIN: "grey", Choice.INVALID: "danger"}


class BallotsDialog(Dialog):
    """Accepted: `tally` is taken over as the figures of the vote."""

    grows = True

    def __init__(
        self,
        context: Context,
        item_id: int,
        parent: QWidget | None = None,
        *,
        handed_on: bool = False,
    ) -> None:
        """`handed_on`: opened where the figures are announced."""
        with context.database.lookup() as lookup:
            self._item = agenda.item(lookup, item_id)
            kind = meeting_views.meeting(lookup, self._item.meeting_id).kind
            self._proxies = ballots.may_send_somebody(lookup, item_id)
        super().__init__(f"表决票：{self._item.title}", parent, width=900)
        self._context, self._item_id = context, item_id
        self._of_owners, self._handed_on = kind is BodyKind.OWNERS, handed_on
        self.tally: Tally | None = None
        self._lines: dict[int, BallotView] = {}
        self.model = PagedTableModel(self._columns(), self._fetch, parent=self)
        self.table = PagedTable(self.model, name="表决票")
        self.table.set_empty(EmptyState("vote-outline", _NONE, _ADVICE))
        self.table.opened.connect(self._open)
        self.said = Label("", bold=True)
        self.sums = Label("", tone="text2")
        self.shown = Segments([(ALL, ALL, "全部的票"), (OUT, OUT, "还没有收回的票")])
        self.shown.chosen.connect(self._show)
        self.type_back = TypeBack(self)
        self.type_back.allow_proxies(self._proxies > 0)
        self.type_back.asked.connect(self.ask)
        self.type_back.typed.connect(self.type)
        self._add_buttons()
        self._lay_out()
        self.shown.show_value(ALL)
        self.refresh()
        self.resize(self.minimumWidth(), theme.current().px(_HEIGHT))
        self.type_back.show_ballot(None)
        if not self._lines:
            self.new.setFocus()

    def issue(self) -> None:
        """Number a ballot for everybody who has none."""
        with domain_errors_shown(self):
            words = f"编号发表决票 {self._item.title}"
            with self._context.database.transaction(words) as session:
                fresh = ballots.issue(session, self._item_id)
            self._context.signals.changed.emit(Area.MEETINGS)
            self.refresh()
            notify(self._context.signals, f"编了 {fresh:,} 张票" if fresh else "每个人都已经有票了")

    def ask(self, typed: str) -> None:
        """The ballot of a number or a scan."""
        with domain_errors_shown(self):
            number = ballot_views.number_of(self._item_id, typed)
            with self._context.database.lookup() as lookup:
                self.type_back.show_ballot(ballot_views.ballot(lookup, self._item_id, number))

    def type(self, choice: Choice) -> None:
        """What is ticked on the ballot that is shown."""
        ballot = self.type_back.ballot
        if ballot is None:
            return
        with domain_errors_shown(self):
            words = f"录入第 {ballot.number} 号表决票 {self._item.title}"
            with self._context.database.transaction(words) as session:
                typed = ballots.type_back(
                    session,
                    self._item_id,
                    ballot.number,
                    choice,
                    today=self._context.clock.today(),
                    proxy=self.type_back.proxy.text(),
                    # The window said what it was before.
                    correct=ballot.choice is not None,
                )
            self._put(typed)
            said = f"第 {ballot.number} 号已录：{choice.label}。扫下一张，或填票号。"
            self.type_back.show_ballot(None, said=said)

    def take_out(self) -> None:
        """The marked ballot has not come back."""
        ballot = self._lines.get(self.table.current_id() or 0)
        if ballot is None or ballot.choice is None:
            return
        with domain_errors_shown(self):
            words = f"退回第 {ballot.number} 号表决票 {self._item.title}"
            with self._context.database.transaction(words) as session:
                self._put(ballots.take_out(session, self._item_id, ballot.number))
            notify(self._context.signals, f"第 {ballot.number} 号改为没有收回")

    def print_ballots(self) -> None:
        """With numbers or without."""
        with self._context.database.lookup() as lookup:
            here = turnouts.turnout(lookup, self._item.meeting_id, self._item.matter)
        copies = here.turnout.present or here.turnout.members
        issued = self.tally.issued if self.tally else 0
        PrintDialog(self._context, self._item_id, issued=issued, copies=copies, parent=self).exec()

    def print_sheet(self) -> None:
        print_tally_sheet(self._context, self, self._item_id)

    def refresh(self) -> None:
        """Read ballots and sums anew."""
        with self._context.database.lookup() as lookup:
            found = ballot_views.ballots(lookup, self._item_id)
        self._lines = {one.id: one for one in found}
        self.type_back.setEnabled(bool(found))
        self._show_sums()
        self._show()

    def _add_buttons(self) -> None:
        self.new = Button("编号发票", icon="plus", size="small")
        self.back = Button("改为没收回", size="small")
        self.paper = Button("打印票", icon="printer-outline", size="small")
        self.sheet = Button("计票单", icon="printer-outline", size="small")
        acts = (self.issue, self.take_out, self.print_ballots, self.print_sheet)
        pairs = zip((self.new, self.back, self.paper, self.sheet), acts, strict=True)
        for button, act in pairs:
            button.clicked.connect(act)
        hide_unless(self._context.may(Right.RUN_MEETINGS), self.new, self.back)

    def _lay_out(self) -> None:
        tools = row(
            self.shown, self.said, None, self.new, self.back, self.paper, self.sheet, spacing=8
        )
        self.body.addWidget(self.type_back)
        self.body.addLayout(tools)
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="张")), 1)
        self.body.addWidget(self.sums)
        self._foot.insertWidget(0, history_button(self._context, self, self._record))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.use = self.add_button(
            Button("用这些票数", kind="primary", cap=CONFIRM_CAP), closes=True
        )
        hide_unless(self._handed_on, self.use)

    def _put(self, ballot: BallotView) -> None:
        """One of them was typed: thousands of others are not read for that."""
        self._lines[ballot.id] = ballot
        self._context.signals.changed.emit(Area.MEETINGS)
        self._show_sums()
        self._show()

    def _show_sums(self) -> None:
        with self._context.database.lookup() as lookup:
            self.tally = ballot_views.tally(lookup, self._item_id)
        self.said.setText(self.tally.words if self.tally.issued else "")
        self.sums.setText(_sums(self.tally) if self.tally.returned else "")
        self.use.setEnabled(self.tally.returned > 0)

    def _show(self, _: object = None) -> None:
        out_only = self.shown.value() == OUT
        kept = self.table.current_id()
        self.model.set_ids(
            [key for key, one in self._lines.items() if not out_only or one.choice is None]
        )
        if not self.table.select_id(kept):
            self.table.select_row(0)

    def _open(self, ballot_id: int) -> None:
        """Enter on a line: that ballot is typed."""
        if ballot_id in self._lines:
            self.type_back.show_ballot(self._lines[ballot_id])

    def _record(self) -> Record | None:
        ballot = self._lines.get(self.table.current_id() or 0)
        return Record(Ballot, ballot.id, f"第 {ballot.number} 号表决票") if ballot else None

    def _fetch(self, ids: Sequence[int]) -> list[BallotView]:
        return [self._lines[one] for one in ids]

    def _columns(self) -> tuple[Column, ...]:
        def choice(one: BallotView) -> CellValue:
            if one.choice is None:
                return (Chip("没收回"),)
            return (Chip(one.choice.label, _TONES[one.choice]),)

        def named(one: BallotView) -> CellValue:
            return Cell(one.name, bold=True)

        def area(one: BallotView) -> str:
            return square_metres(one.area) if one.area else ""

        owned = Column("area", "专有面积", area, 110, align="right")
        proxies = Column("proxy", "受托人", lambda one: one.proxy, 100, large_mode=False)
        return (
            Column("number", "票号", lambda one: str(one.number), 60, align="right"),
            Column("name", "姓名", named, 120, weight=1),
            Column("place", "房号或楼", lambda one: one.place, 170, weight=2, tone="text2"),
            *((owned,) if self._of_owners else ()),
            Column("choice", "意见", choice, 84),
            *((proxies,) if self._proxies else ()),
        )


def _sums(tally: Tally) -> str:
    """赞成 20，反对 9，弃权 3，无效 1; of owners with their area."""
    figures = zip(Choice, tally.count.people, tally.count.areas, strict=True)
    return "，".join(
        f"{one.label} {number:,}" + (f"（{square_metres(area)}）" if area else "")
        for one, number, area in figures
    )
