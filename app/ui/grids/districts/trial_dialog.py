"""试着划一划: buildings are tried in other grids; before and after stand side by side.

Nothing is saved until 照此划楼; then all of it is one step, which can be taken back.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtWidgets import QComboBox, QWidget

from app.context import Context
from app.services.building_moves import Part
from app.services.grid_advice import Suggestion
from app.services.grid_workload import BuildingLoad, GridLoad, Workload
from app.ui.grids.districts.moving import move_parts
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import choice, line_edit
from app.ui.kit.labels import box, column, row, small, title
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel

_STAYS = "不动"
_LINES = 11


class TrialDialog(Dialog):
    """Left the buildings with the grid each is tried in, right what the grids would carry then."""

    def __init__(
        self,
        context: Context,
        work: Workload,
        proposed: Suggestion | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("试着划一划", parent, width=round(1180 / theme.current().factor))
        self._context = context
        self._work = work
        self._names = {one.grid_id: one.name for one in work.grids}
        self._ids = {one.name: one.grid_id for one in work.grids}
        self._buildings = {place: one for place, one in enumerate(work.buildings)}
        self._tried: dict[Part, int] = {}
        self.buildings = self._building_table()
        self.grids = self._grid_table()
        self.target = self._choice()
        self.reason = line_edit(hint="可以不填", name="原因", limit=200)
        self.words = Notice("", tone="soft", icon="scale-balance")
        self.reset_button = Button("全部还原", kind="ghost", size="small")
        self._lay_out()
        self._connect()
        if proposed is not None and proposed.move is not None:
            self._try(proposed.move.building.part, proposed.move.to.grid_id)
            self._show_building(proposed.move.building.part)
        elif self._buildings:
            self.buildings.select_row(0)
        self._show()
        self.buildings.setFocus()

    @property
    def tried(self) -> dict[Part, int]:
        """What would be moved where."""
        return dict(self._tried)

    def save(self) -> None:
        """Do what was tried, after asking once."""
        if not self._tried:
            return
        told = "、".join(
            f"{one.label}（{one.load.people:,} 人）到{self._names[self._tried[one.part]]}"
            for one in self._buildings.values()
            if one.part in self._tried
        )
        words = f"{told}。住户今天起跟着走，历史保留，可以撤销。"
        if not messages.confirm(self, "照此划楼", words, "照此划楼"):
            return
        with messages.domain_errors_shown(self):
            move_parts(self._context, self._tried, self.reason.text())
            self.accept()

    # -- assembling

    def _building_table(self) -> PagedTable:
        columns = (
            Column("building", "楼", lambda one: Cell(one.label, bold=True), 104, weight=2),
            Column("now", "现在", lambda one: self._names[one.part.grid_id or 0], 92, weight=1),
            Column("then", "试划到", self._then, 100, weight=1),
            Column("households", "户", lambda one: f"{one.load.households:,}", 52, align="right"),
            Column("key", "重点", lambda one: f"{one.load.key:,}", 56, align="right"),
        )
        self._building_model = PagedTableModel(
            columns, lambda ids: [self._buildings[one] for one in ids], parent=self
        )
        table = PagedTable(self._building_model, name="试划的楼")
        table.paper.offered = False
        table.set_empty(EmptyState("office-building-outline", "还没有住着人的楼"))
        self._building_model.set_ids(list(self._buildings))
        return table

    def _grid_table(self) -> PagedTable:
        columns = (
            Column("grid", "网格", lambda pair: Cell(pair[0].name, bold=True), 104, weight=2),
            _pair("households", "户数", lambda one: one.load.households),
            _pair("key", "重点对象", lambda one: one.load.key),
            _pair("people", "人数", lambda one: one.load.people),
        )
        self._grid_model = PagedTableModel(columns, self._pairs, parent=self)
        table = PagedTable(self._grid_model, name="划前划后")
        table.paper.offered = False
        return table

    def _choice(self) -> QComboBox:
        found = choice([_STAYS, *self._ids], _STAYS, name="试划到")
        found.setMinimumWidth(theme.current().px(140))
        return found

    def _lay_out(self) -> None:
        metrics = theme.current()
        height = metrics.head + (8 if metrics.large else _LINES) * metrics.row
        for table in (self.buildings, self.grids):
            table.setFixedHeight(height)
        self.chosen = small()
        left = column(
            row(title("楼栋"), small("按 Enter 选格"), None, self.chosen, self.target, spacing=8),
            self.buildings,
        )
        right = column(
            row(title("划前 → 划后"), None, small("原因"), (self.reason, 1), spacing=8),
            self.grids,
        )
        self.body.addLayout(row((box(left), 1), (box(right), 1), spacing=16))
        self.body.addWidget(self.words)
        self._foot.insertWidget(0, self.reset_button)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("照此划楼…", kind="primary", cap=CONFIRM_CAP))
        walk = (self.target, self.reason, self.buildings, self.grids, self.reset_button)
        for before, after in pairwise(walk):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.buildings.current_changed.connect(lambda _: self._follow())
        self.buildings.opened.connect(lambda _: self._ask_target())
        self.target.activated.connect(lambda _: self._take_target())
        self.reset_button.clicked.connect(self.reset)
        self.save_button.clicked.connect(self.save)

    # -- trying

    def reset(self) -> None:
        """Everything back to as it is."""
        self._tried.clear()
        self._show()

    def _try(self, part: Part, grid_id: int | None) -> None:
        self._tried.pop(part, None)
        if grid_id is not None and grid_id != part.grid_id:
            self._tried[part] = grid_id

    def _ask_target(self) -> None:
        self.target.setFocus()
        self.target.showPopup()

    def _take_target(self) -> None:
        current = self._current()
        if current is not None:
            self._try(current.part, self._ids.get(self.target.currentText()))
            self._show()
            self.buildings.setFocus()

    def _current(self) -> BuildingLoad | None:
        place = self.buildings.current_id()
        return self._buildings[place] if place is not None else None

    def _show_building(self, part: Part) -> None:
        place = next(key for key, one in self._buildings.items() if one.part == part)
        self.buildings.select_id(place)

    def _follow(self) -> None:
        current = self._current()
        self.target.setEnabled(current is not None)
        if current is not None:
            self.chosen.setText(f"{current.label} 试划到")
            self.target.setCurrentText(self._names.get(self._tried.get(current.part, 0), _STAYS))

    def _show(self) -> None:
        self._after = self._work.after(self._tried)
        self._building_model.reload()
        self._grid_model.set_ids([one.grid_id for one in self._work.grids])
        self.save_button.setEnabled(bool(self._tried))
        self.reset_button.setEnabled(bool(self._tried))
        self.words.show_text(_verdict(self._work, self._after, len(self._tried)), tone="soft")
        self._follow()

    def _pairs(self, ids: Sequence[int]) -> list[tuple[GridLoad, GridLoad]]:
        before = {one.grid_id: one for one in self._work.grids}
        after = {one.grid_id: one for one in self._after.grids}
        return [(before[one], after[one]) for one in ids]

    def _then(self, one: BuildingLoad) -> Cell:
        to = self._tried.get(one.part)
        return Cell(self._names[to], tone="primary", bold=True) if to is not None else Cell()


def _pair(key: str, heading: str, figure: Callable[[GridLoad], int]) -> Column:
    def cell(pair: tuple[GridLoad, GridLoad]) -> Cell:
        before, after = (figure(one) for one in pair)
        if before == after:
            return Cell(f"{before:,}", tone="text2")
        return Cell(f"{before:,} → {after:,}", bold=True, tone="primary")

    return Column(key, heading, cell, 104, align="right")


def _verdict(before: Workload, after: Workload, tried: int) -> str:
    """What the trial does to the heaviest grid, in one sentence."""
    if not before.grids:
        return "还没有基础网格。"
    if not tried:
        return f"现在：{_extremes(before)}。还没有试划，选一栋楼试试。"
    return f"试划 {tried} 栋：{_extremes(after)}（现在{_extremes(before)}）。还没有保存。"


def _extremes(work: Workload) -> str:
    heavy = max(work.grids, key=lambda one: one.load.key)
    light = min(work.grids, key=lambda one: one.load.key)
    return (
        f"重点对象最多的是{heavy.name} {heavy.load.key:,} 人，"
        f"最少的是{light.name} {light.load.key:,} 人"
    )
