"""队伍: the teams at the left, whom the chosen one has at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Team, TeamMember
from app.services import teams, volunteer_views
from app.services.teams import TeamView
from app.services.volunteer_views import VolunteerRow
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip
from app.ui.kit.labels import Label, row, rule, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.volunteers import team_actions
from app.ui.points.volunteers.team_dialog import TeamDialog
from app.ui.recent.history import Record, history_button
from app.values.rights import Right
from app.values.times import hours_figure


def _team(line: TeamView) -> Cell:
    return Cell(line.name, sub=line.service, bold=True)


def _leader(line: TeamView) -> Cell:
    if line.closed_on is not None:
        return Cell(chips=(Chip(f"{line.closed_on:%Y-%m-%d} 解散"),))
    return Cell(line.leader or "还没有队长", tone="" if line.leader else "placeholder")


TEAM_COLUMNS = (
    Column("name", "队伍", _team, 170, weight=2),
    Column("leader", "队长", _leader, 104, weight=1),
    Column("members", "人数", lambda line: f"{line.members:,}", 64, align="right"),
    Column("hours", "时长", lambda line: hours_figure(line.half_hours), 86, align="right"),
)
MEMBER_COLUMNS = (
    Column("number", "编号", lambda line: line.number_words, 70),
    Column("name", "姓名", lambda line: Cell(line.name, bold=True), 110, weight=1),
    Column("phone", "电话", lambda line: line.phone_masked, 126, large_mode=False),
    Column("hours", "时长", lambda line: hours_figure(line.half_hours), 86, align="right"),
)


class TeamsView(QWidget):
    """`member_asked` carries who is to be shown among the volunteers."""

    member_asked = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._teams: dict[int, TeamView] = {}
        self.model = PagedTableModel(TEAM_COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="志愿服务队")
        self.table.paper.personal = False
        self.members = PagedTableModel(MEMBER_COLUMNS, self._fetch_members, tickable=True)
        self.member_table = PagedTable(self.members, name="队员名单")
        self.member_table.paper.people = self._residents
        self.member_table.paper.filter_words = lambda: self.current.name if self.current else ""
        self.title, self.detail = Label("", "title", bold=True, wrap=True), small(wrap=True)
        self._make_buttons()
        self._lay_out()
        self._connect()

    @property
    def current(self) -> TeamView | None:
        """The team with the cursor."""
        return self._teams.get(self.table.current_id() or 0)

    def refresh(self) -> None:
        """Read all anew; the team that is chosen stays chosen."""
        chosen = self.table.current_id()
        with self._context.database.lookup() as lookup:
            found = teams.teams(lookup, on=self._context.clock.today(), closed=True)
        self._teams = {one.id: one for one in found}
        if not found:
            may = self._context.may(Right.RECORD_POINTS)
            actions = (("新建队伍", self.add),) if may else ()
            advice = "按服务内容分队：环境卫生、助老、调解、巡逻、维修。"
            self.table.set_empty(EmptyState("account-group-outline", "还没有队伍", advice, actions))
        self.model.set_ids(list(self._teams))
        if found and not (chosen is not None and self.table.select_id(chosen)):
            self.table.select_row(0)
        self.show_team()

    def show_team(self) -> None:
        """Whom the chosen team has."""
        team = self.current
        self.title.setText(team.name if team else "还没有选中队伍")
        since = f"{team.founded_on} 成立" if team and team.founded_on else ""
        parts = (team.service, since, team.note) if team else ("在左边选一队，这里看队员。",)
        self.detail.setText("　".join(part for part in parts if part))
        ids: list[int] = []
        if team is not None:
            with self._context.database.lookup() as lookup:
                ids = teams.members_of(lookup, team.id, on=self._context.clock.today())
        if not ids:
            advice = "按 Alt+J 加队员。" if team and team.closed_on is None else ""
            self.member_table.set_empty(EmptyState("account-outline", "没有队员", advice))
        self.members.set_ids(ids)
        self._show_buttons()

    def add(self) -> None:
        """A new team, which is chosen then."""
        if not self._context.may(Right.RECORD_POINTS):
            return
        dialog = TeamDialog(self._context, None, self.window())
        if dialog.exec() and dialog.team_id is not None:
            self.refresh()
            self.table.select_id(dialog.team_id)

    def edit(self) -> None:
        """The form of the chosen team."""
        if self.current is not None and self._context.may(Right.RECORD_POINTS):
            TeamDialog(self._context, self.current.id, self.window()).exec()

    def join(self) -> None:
        """Choose several who come into the team today."""
        if self.current is not None and self.join_button.isEnabled():
            team_actions.join(self._context, self, self.current, self.members.ids)

    def part(self) -> None:
        """Who is ticked (or chosen) leaves the team."""
        current = self.member_table.current_id()
        chosen = self.members.ticked_in_order() or ([current] if current is not None else [])
        if self.current is not None and chosen:
            team_actions.part(self._context, self, self.current, chosen)

    def close_team(self) -> None:
        """解散, or on again."""
        if self.current is not None:
            team_actions.close(self._context, self, self.current)

    def remove(self) -> None:
        """Into the recycle bin, after asking."""
        if self.current is not None:
            team_actions.remove(self._context, self, self.current)

    # -- inside

    def _make_buttons(self) -> None:
        self.edit_button = Button("修改", size="small", action="edit_record")
        self.join_button = Button("加队员", kind="primary", size="small", action="join_team")
        self.part_button = Button("离队", size="small")
        self.close_button = Button("解散", size="small")
        self.remove_button = Button("删除", kind="danger", size="small")
        self.history = history_button(self._context, self, self._record)
        self.joined = history_button(self._context, self, self._joined)
        self.joined.setText("队员经过")
        self._acting = (
            (self.edit_button, self.edit),
            (self.join_button, self.join),
            (self.part_button, self.part),
            (self.close_button, self.close_team),
            (self.remove_button, self.remove),
        )
        offer(self._context.may(Right.RECORD_POINTS), *(button for button, _ in self._acting))

    def _lay_out(self) -> None:
        side = Card(margins=(1, 12, 1, 1), spacing=6)
        head = row((self.title, 1), self.history, margins=(15, 0, 10, 0))
        side.body.addLayout(head)
        side.body.addLayout(row((self.detail, 1), margins=(15, 0, 15, 0)))
        side.body.addWidget(self.member_table, 1)
        side.body.addWidget(rule())
        side.body.addWidget(TableFoot(self.member_table, unit="人"))
        lines = (
            row(self.join_button, self.part_button, None, self.joined, margins=(15, 0, 10, 0)),
            row(
                self.edit_button,
                self.close_button,
                None,
                self.remove_button,
                margins=(15, 0, 15, 8),
            ),
        )
        for line in lines:
            side.body.addLayout(line)
        side.setFixedWidth(theme.current().px(400 if theme.current().large else 490))
        foot = TableFoot(self.table, unit="队")
        self.setLayout(row((TableCard(self.table, foot), 1), side, spacing=12))

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _: self.show_team())
        self.table.opened.connect(lambda _: self.edit())
        self.member_table.opened.connect(lambda key: self.member_asked.emit(key))
        self.member_table.current_changed.connect(lambda _: self._show_buttons())
        for button, act in self._acting:
            button.clicked.connect(lambda _=False, call=act: call())
        for button in (self.edit_button, self.join_button):
            button.bind(self)

    def _show_buttons(self) -> None:
        team = self.current
        closed = team is not None and team.closed_on is not None
        for button, _ in self._acting:
            _offer(button, team is not None)
        _offer(self.join_button, team is not None and not closed)
        _offer(self.part_button, bool(self.members.ids))
        self.close_button.setText("恢复" if closed else "解散")
        self.history.setEnabled(team is not None)

    def _record(self) -> Record | None:
        team = self.current
        return None if team is None else Record(Team, team.id, team.name)

    def _joined(self) -> Record | None:
        """Who joined and left, of all teams: a membership has no name of its own."""
        return Record(TeamMember, None, "入队和离队")

    def _residents(self, ids: Sequence[int]) -> list[int]:
        with self._context.database.lookup() as lookup:
            return volunteer_views.residents_of(lookup, ids)

    def _fetch(self, ids: Sequence[int]) -> list[TeamView]:
        return [self._teams[one] for one in ids]

    def _fetch_members(self, ids: Sequence[int]) -> list[VolunteerRow]:
        with self._context.database.lookup() as lookup:
            return volunteer_views.rows(lookup, ids, today=self._context.clock.today())


def _offer(button: Button, on: bool) -> None:
    """Its key with it: what cannot be done now is not shown."""
    button.setVisible(on)
    button.setEnabled(on)
