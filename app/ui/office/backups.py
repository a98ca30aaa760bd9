"""备份: when and where the office was copied, and copying it now."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app import paths
from app.context import Context
from app.services.settings import BACKUP_FOLDER
from app.storage.backup import BackupInfo, list_backups, office_id_of
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import Chip
from app.ui.kit.labels import column, row, small, title
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel

GOOD, GONE = Chip("已核验", "ok"), Chip("文件不全", "danger")


class BackupsTab(QWidget):
    """The list is what lies in the folder now; 已核验 means the copy was opened and counted."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: list[BackupInfo] = []
        self._model = PagedTableModel(self._columns(), self._fetch)
        self.table = PagedTable(self._model, name="备份")
        self.table.paper.personal = False
        foot = TableFoot(self.table, unit="份")
        self.setLayout(
            row((TableCard(self.table, foot), 3), (column(self._card(), None), 2), spacing=12)
        )
        self.refresh()

    def refresh(self) -> None:
        office = office_id_of(self._context.database.file)
        self._found = list_backups(paths.backup_dir(), office)
        self.table.set_empty(
            EmptyState("archive-outline", "还没有备份", "有改动以后，每半小时和退出时自动备份一次")
        )
        self._model.set_ids(range(len(self._found)))
        newest = self._found[0] if self._found else None
        last = f"{newest.at:%m-%d %H:%M}，{newest.people:,} 人" if newest else "还没有"
        self._facts.set_pairs(
            [("最近", last), ("本机", str(paths.backup_dir())), ("另存", self._second())]
        )

    def _second(self) -> str:
        return self._context.settings[BACKUP_FOLDER] or "没有设第二个位置（在「显示与安全」里设）"

    def _columns(self) -> list[Column]:
        return [
            Column("at", "时间", lambda one: f"{one.at:%Y-%m-%d %H:%M}", 150, bold=True),
            Column("reason", "为什么", lambda one: one.reason, 90, weight=1),
            Column("people", "居民", lambda one: f"{one.people:,}", 80, align="right"),
            Column("homes", "户", lambda one: f"{one.households:,}", 80, align="right"),
            Column("ok", "状态", lambda one: [GOOD if one.ok else GONE], 100),
        ]

    def _fetch(self, ids: Sequence[int]) -> list[BackupInfo]:
        return [self._found[one] for one in ids]

    def _card(self) -> Card:
        card = Card(margins=(20, 16, 20, 18), spacing=10)
        card.body.addWidget(title("备份"))
        self._facts = Facts(label=44)
        card.body.addWidget(self._facts)
        words = (
            "备份和资料一样加密，用备份那天的密码打开。两天内的全留，以后每天、每周、每月各留几份。"
        )
        card.body.addWidget(small(words, wrap=True))
        # The main window holds the key itself: it works on every page.
        self.now_button = Button("现在备份", kind="primary", action="backup_now")
        self.now_button.clicked.connect(self._context.signals.backup_requested)
        self.now_button.setEnabled(bool(self._context.user.slot))
        reason = "" if self._context.user.slot else "演示资料不备份"
        card.body.addLayout(row(self.now_button, small(reason), None, spacing=10))
        return card
