"""全国系统: reviewed service that is still to be typed into the ministry's system, ready to be
taken along as a file (order 67 art. 4)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import activity_served, activity_views
from app.services.activity_served import NationalRow
from app.services.activity_views import ActivityRow
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import SwitchChip
from app.ui.kit.labels import box, column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.table_paper import SeenColumn, SeenTable
from app.ui.people.table_printing import export_table
from app.values.rights import Right
from app.values.times import hours_figure

COLUMNS = (
    Column("day", "日期", lambda it: Cell(f"{it.on_date:%Y-%m-%d}", sub=it.time), 200),
    Column("activity", "活动", lambda it: Cell(it.activity, bold=True), 130, weight=2),
    Column("name", "姓名", lambda it: it.name, 84, weight=1),
    Column("document", "证件号码", lambda it: Cell(it.document_masked, tone="text2"), 170),
    Column(
        "system",
        "全国系统编号",
        lambda it: Cell(it.system_number or "—", tone="text2"),
        120,
        weight=1,
        large_mode=False,
    ),
    Column("hours", "时长", lambda it: hours_figure(it.half_hours), 64, align="right"),
)


def _all_columns(document: Callable[[NationalRow], str]) -> tuple[Column, ...]:
    """What the system asks for of each person at each activity: art. 5, 7 and 10."""
    return (
        Column("name", "姓名", lambda it: it.name, 60),
        Column("gender", "性别", lambda it: it.gender, 36),
        Column("document", "证件号码", document, 120),
        Column("system", "全国系统编号", lambda it: it.system_number, 80),
        Column("activity", "活动名称", lambda it: it.activity, 90),
        Column("day", "日期", lambda it: f"{it.on_date:%Y-%m-%d}", 72),
        Column("time", "服务时间", lambda it: it.time, 76),
        Column("hours", "小时", lambda it: hours_figure(it.half_hours), 56, align="right"),
        Column("place", "地点", lambda it: it.place, 90),
        Column("content", "服务内容", lambda it: it.content, 110),
        Column("organiser", "活动组织单位", lambda it: it.organiser, 100),
        Column("leader", "活动负责人", lambda it: it.leader, 60),
        Column("quality", "评价", lambda it: it.quality, 44),
    )


MASKED = _all_columns(lambda it: it.document_masked)
WHOLE = _all_columns(lambda it: it.document)


class NationalView(QWidget):
    """`typed_asked` carries the activity that was typed into the system, or was not after all.

    `claim_asked` does so with the line of service that no activity tells of.
    """

    typed_asked = Signal(object)
    claim_asked = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: dict[int, NationalRow] = {}
        self._text = ""
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="待录入全国系统")
        self.table.paper.columns = MASKED
        self.table.paper.people = self._residents
        self.table.paper.filter_words = self._words
        self.foot = TableFoot(self.table, unit="人次")
        self.done = SwitchChip("看已录入的")
        self.said = small()
        self.typed_button = Button("这次活动已录入", size="small", cap="Enter")
        self.export_button = Button("导出清单…", size="small", action="export")
        offer(context.may(Right.RECORD_POINTS), self.typed_button)
        offer(context.may(Right.EXPORT), self.export_button)
        self.bar = box(row(self.done, self.said, None, self.export_button, self.typed_button))
        self.setLayout(column((TableCard(self.table, self.foot), 1)))
        self.done.changed.connect(lambda _: self.read())
        self.table.opened.connect(lambda _: self._typed())
        self.table.current_changed.connect(lambda _: self._name_button())
        self.typed_button.clicked.connect(self._typed)
        self.export_button.clicked.connect(self.export)

    def search(self, text: str) -> None:
        self._text = text
        self.read()

    def refresh(self) -> None:
        self.read()

    def clear_filters(self) -> None:
        self._text = ""
        self.done.show_on(False)
        self.read()

    def read(self) -> None:
        """What is still to be typed, the oldest first; what was chosen stays."""
        current = self.table.current_id()
        with self._context.database.lookup() as lookup:
            found = activity_served.to_type(lookup, typed=self.done.on)
        words = self._text.split()
        fits = [one for one in found if all(_holds(one, word) for word in words)]
        self._rows = {one.id: one for one in fits}
        self.model.set_ids(list(self._rows))
        self.said.setText(_said(fits))
        for button in (self.typed_button, self.export_button):
            button.setEnabled(bool(self._rows))
        if not self._rows:
            self.table.set_empty(self._nothing())
        if not self.table.select_id(current) and self._rows:
            self.table.select_row(0)
        self._name_button()

    def export(self) -> None:
        """A file for whoever types it in: the system wants whole numbers, by permission."""
        if self._rows and not self.export_button.withheld:
            export_table(self._context, self.seen(), self)

    def seen(self) -> SeenTable:
        """The list with everything that the system asks for."""
        rows = list(self._rows.values())
        return SeenTable(
            title="全国志愿服务系统待录入清单",
            filter_words=self._words(),
            count_words=f"共 {len(rows):,} 人次",
            columns=tuple(SeenColumn(one.title, one.width, one.align) for one in WHOLE),
            rows=[tuple(one.cell(row).plain for one in WHOLE) for row in rows],
            people=tuple(self._residents(list(self._rows))),
        )

    # -- inside

    def _words(self) -> str:
        return "已录入" if self.done.on else "待录入"

    def _nothing(self) -> EmptyState:
        if self.done.on:
            return EmptyState(
                "cloud-upload-outline", "还没有录入过", "录完一次活动，按 Enter 记下来。"
            )
        advice = "复核过的时长列在这里：导出后录入全国志愿服务信息系统，再按 Enter 记下已录入。"
        return EmptyState("cloud-check-outline", "没有待录入的", advice)

    def _name_button(self) -> None:
        """What Enter does with the current line."""
        one = self._rows.get(self.table.current_id() or 0)
        alone = one is not None and one.activity_id is None
        words = "这一笔已录入" if alone else "这次活动已录入"
        self.typed_button.setText("撤回已录入" if self.done.on else words)

    def _typed(self) -> None:
        one = self._rows.get(self.table.current_id() or 0)
        if one is None or self.typed_button.withheld:
            return
        if one.activity_id is None:
            self.claim_asked.emit(one)
            return
        with self._context.database.lookup() as lookup:
            found: list[ActivityRow] = activity_views.rows(lookup, [one.activity_id])
        if found:
            self.typed_asked.emit(found[0])

    def _residents(self, ids: Sequence[int]) -> list[int]:
        found = (self._rows[one].resident_id for one in ids)
        return [one for one in found if one is not None]

    def _fetch(self, ids: Sequence[int]) -> list[NationalRow]:
        return [self._rows[one] for one in ids]


def _said(rows: Sequence[NationalRow]) -> str:
    """3 次活动，5 笔没有活动的."""
    activities = len({one.activity_id for one in rows if one.activity_id is not None})
    alone = sum(one.activity_id is None for one in rows)
    told = [f"{activities:,} 次活动" if activities else ""]
    told.append(f"{alone:,} 笔送餐和手工记的" if alone else "")
    return "，".join(filter(None, told))


def _holds(one: NationalRow, word: str) -> bool:
    return any(word in text for text in (one.activity, one.name, one.place, one.leader))
