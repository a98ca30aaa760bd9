"""The records that one check names: open them with Enter, put them right where that is safe."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal

from app.context import Context
from app.services.health import records
from app.services.health.examination import NOT_LOOKED, Finding
from app.services.health.kinds import Check, Group, Kind
from app.services.health.records import HealthLine
from app.services.health.registry import of_group
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import row, small, title
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.canteen_wish import ShowMeal, ShowMealAccount, ShowMealOrder
from app.ui.people.grid_wish import ShowDiary, ShowRequest
from app.ui.people.meetings_wish import ShowBody, ShowProject, ShowResolution, ShowTopic
from app.ui.people.paper_wish import MadePaper
from app.ui.people.points_wish import (
    ShowAccount,
    ShowGoods,
    ShowMonth,
    ShowRedemption,
    ShowVolunteer,
)
from app.values.rights import Right

COLUMNS = (
    Column("name", "名称", lambda line: line.name, 120, weight=1, bold=True),
    Column("place", "在哪里", lambda line: Cell(line.place, tone="text2"), 150, large_mode=False),
    Column("note", "怎么了", lambda line: line.note, 260, weight=4),
)

# Page and wish by the kind of the record; all others are people.
_OPENS: dict[Kind, tuple[str, Callable[[int], Any]]] = {
    Kind.PAPER: ("papers", MadePaper),
    Kind.DIARY: ("grids", ShowDiary),
    Kind.REQUEST: ("grids", ShowRequest),
    Kind.ACCOUNT: ("points", ShowAccount),
    Kind.HOURS: ("points", ShowVolunteer),
    Kind.GOODS: ("points", ShowGoods),
    Kind.REDEMPTION: ("points", ShowRedemption),
    Kind.MONTH: ("points", ShowMonth),
    Kind.MEAL: ("canteen", ShowMeal),
    Kind.MEAL_ACCOUNT: ("canteen", ShowMealAccount),
    Kind.ORDER: ("canteen", ShowMealOrder),
    Kind.TOPIC: ("meetings", ShowTopic),
    Kind.SEAT: ("meetings", ShowBody),
    Kind.RESOLUTION: ("meetings", ShowResolution),
    Kind.PROJECT: ("meetings", ShowProject),
}
_MEANINGS = {"完好": "这一部分查过了，都对得上", NOT_LOOKED: "按“开始体检”，一般几秒钟查完"}


class RecordList(Card):
    """`repair_wanted` asks for the ticked records, or for all where none is ticked."""

    repair_wanted = Signal(object, object)
    """Check, ids of records"""
    backups_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(1, 12, 1, 1), spacing=6)
        self._context = context
        self._finding: Finding | None = None
        self._title, self._why = title(""), small("", wrap=True)
        self.repair_button = Button("修复…", kind="primary", size="small")
        self.backups_button = Button("从备份恢复…", kind="primary", size="small")
        self.model = PagedTableModel(COLUMNS, self._fetch, tickable=True)
        self.table = PagedTable(self.model, name="体检名单")
        self._lay_out()
        self.table.paper.people = self._people
        self.table.opened.connect(self.open)
        self.table.ticks_changed.connect(lambda _: self._show_repair())
        self.repair_button.clicked.connect(self._ask_repair)
        self.backups_button.clicked.connect(self.backups_wanted)

    def show_finding(self, finding: Finding) -> None:
        """The list of a check."""
        check = finding.check
        same = self._finding is not None and self._finding.check is check
        self._finding = finding
        self._say(check.title, check.why)
        self.table.paper.title = f"数据体检：{check.title}"
        if not same:
            self.model.tick_all(on=False)
        self._show_ids(range(len(finding.ids)), "没有了", "这一项已经没有要看的")
        self._show_repair()

    def show_check(self, check: Check, count: int) -> None:
        """A check of which only the figure is remembered."""
        self._forget(check.title, check.why)
        words = f"上次有 {count:,} {check.kind.value}"
        self._show_ids((), words, "按“开始体检”，就列出是哪些")

    def show_group(self, group: Group, words: str, *, damaged: bool = False) -> None:
        """A part of the report: what it looks for; nobody has looked where the file is damaged."""
        looked = "；".join(f"{one.title}（如 {one.example}）" for one in of_group(group))
        self._forget(group.value, looked)
        meaning = _MEANINGS.get(words, "选左边这一部分下面的一行，就列出是哪些")
        unlooked = damaged and words == NOT_LOOKED
        self._show_ids((), words, "文件损坏，先恢复再查里面的资料" if unlooked else meaning)

    def refresh(self) -> None:
        """The same records, as they are now."""
        self.model.reload()

    def open(self, number: int) -> None:
        """Go to what it is about; a record that has no page of its own stays."""
        line = self.model.row(self.model.ids.index(number))
        if line.target is None or self._finding is None:
            return
        page, wish = _OPENS.get(self._finding.check.kind, ("residents", int))
        self._context.signals.page_requested.emit(page, wish(line.target))

    # -- inside

    def _lay_out(self) -> None:
        self._foot = TableFoot(self.table, unit="条")
        head = row(
            self._title, None, self.repair_button, self.backups_button, margins=(14, 0, 14, 0)
        )
        self.body.addLayout(head)
        self.body.addLayout(row((self._why, 1), margins=(14, 0, 14, 4)))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._foot)

    def _say(self, heading: str, words: str) -> None:
        self._title.setText(heading)
        self._why.setText(words)

    def _forget(self, heading: str, words: str) -> None:
        self._finding = None
        self._say(heading, words)
        self.table.paper.title = "数据体检"
        self._show_repair()

    def _show_ids(self, ids: Sequence[int], words: str, detail: str) -> None:
        self.table.set_empty(EmptyState("clipboard-check-outline", words, detail))
        self.model.set_ids(ids)
        if ids:
            self.table.select_row(0)

    def _show_repair(self) -> None:
        finding = self._finding
        repair = finding.check.repair if finding and finding.count else None
        self.repair_button.setVisible(repair is not None and self._context.may(Right.REPAIR))
        if repair is not None and finding is not None:
            count = len(self.model.ticked) or len(finding.ids)
            unit = finding.check.kind.value
            self.repair_button.setText(f"{repair.label}（{count:,} {unit}）…")
        damaged = finding is not None and finding.check.group is Group.FILE and finding.count > 0
        self.backups_button.setVisible(damaged)

    def _ask_repair(self) -> None:
        if self._finding is not None:
            numbers = self.model.ticked_in_order() or range(len(self._finding.ids))
            ids = [self._finding.ids[number] for number in numbers]
            self.repair_wanted.emit(self._finding.check, list(dict.fromkeys(ids)))

    def _fetch(self, numbers: Sequence[int]) -> list[HealthLine]:
        if self._finding is None:
            return []
        with self._context.database.reading() as session:
            now = self._context.clock.now()
            return records.lines(session, self._finding, numbers, now=now)

    def _people(self, numbers: Sequence[int]) -> list[int]:
        if self._finding is None:
            return []
        with self._context.database.reading() as session:
            return records.people(session, self._finding, numbers)
