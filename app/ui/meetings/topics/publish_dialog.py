"""公布议题清单: which accepted topics are made public; it becomes a 公示 of 文书."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import settings, topic_notice
from app.services.topic_views import TopicRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel

_LINES = 7
COLUMNS = (
    Column("number", "编号", lambda it: str(it.number), 58, align="right"),
    Column("title", "议题", lambda it: Cell(it.title, bold=True), 200, weight=2),
    Column("place", "地点", lambda it: it.place, 130, weight=1),
    Column("screened", "审定", lambda it: f"{it.screened_on:%m-%d}" if it.screened_on else "", 64),
)


class PublishDialog(Dialog):
    """All that are ticked, and all where none is; `notice_id` is what was written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("公布议题清单", parent, width=700)
        self._context = context
        self.notice_id: int | None = None
        with context.database.lookup() as lookup:
            self._rows = {one.id: one for one in topic_notice.unpublished(lookup)}
        self.model = PagedTableModel(COLUMNS, self._fetch, tickable=True, parent=self)
        self.table = PagedTable(self.model, name="可以公布的议题", parent=self)
        self.table.setFixedHeight(theme.current().head + _LINES * theme.current().row)
        self.table.paper.personal = False
        self.table.set_empty(
            EmptyState("bullhorn-outline", "没有要公布的议题", "立了题、还没有公布过的列在这里。")
        )
        self.model.set_ids(list(self._rows))
        days = context.settings[settings.TOPIC_LIST_DAYS]
        words = (
            f"写成一份公示，公示 {days} 天，在“文书 · 通知”里看过再张贴。"
            "清单上只有事情和地点，不写提出人。不勾就是全部。"
        )
        self.body.addWidget(small(words, wrap=True))
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="件")))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("写公示", kind="primary", cap=CONFIRM_CAP))
        self.confirm.setEnabled(bool(self._rows))
        self.confirm.clicked.connect(self.save)
        self.table.setFocus()

    @property
    def chosen(self) -> list[int]:
        """The topics that go on the list, in their order."""
        ticked = set(self.model.ticked)
        return [one for one in self._rows if not ticked or one in ticked]

    def save(self) -> None:
        """Write the 公示 and close."""
        with messages.domain_errors_shown(self):
            title = f"公布议题清单，{len(self.chosen)} 件"
            with self._context.database.transaction(title) as session:
                now = self._context.clock.now()
                self.notice_id = topic_notice.publish(session, self.chosen, now=now)
            messages.notify(self._context.signals, f"已写好公示：{title}")
            self._context.signals.changed.emit(Area.MEETINGS | Area.PAPERS)
            self.accept()

    def _fetch(self, ids: Sequence[int]) -> list[TopicRow]:
        return [self._rows[one] for one in ids]
