"""导入业主清册: a file or cells copied from WPS, what would be taken over, and why some is not."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.importing import owner_list
from app.importing.owner_list import OwnerFault, OwnerList
from app.services import owner_import
from app.services.body_views import BodyView
from app.services.owner_import import NewOwner, Proposal
from app.storage.backup import back_up_before
from app.ui.kit import messages, table_clipboard, theme
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button
from app.ui.kit.card import Notice
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import row, small
from app.ui.kit.memory import file_proposal, remember_folder
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.values.addresses import Address
from app.values.areas import plain_metres, square_metres

_KINDS = "表格 (*.xlsx *.xls *.et *.ods *.csv *.txt);;所有文件 (*)"
_LINES, _LINES_LARGE = 9, 6
Line = NewOwner | OwnerFault


def _name(one: Line) -> Cell:
    if isinstance(one, OwnerFault):
        return Cell(f"第 {one.line} 行", tone="danger")
    return Cell(one.name, sub="已有" if one.known_id is not None else "", bold=True)


def _rooms(one: Line) -> Cell:
    if isinstance(one, OwnerFault):
        return Cell(one.sentence, tone="danger")
    places = (Address(row.building, row.unit, row.room).short for row in one.rows)
    return Cell("、".join(places), sub=f"{len(one.rows)} 套" if len(one.rows) > 1 else "")


def _area(one: Line) -> str:
    return "" if isinstance(one, OwnerFault) else plain_metres(one.area)


COLUMNS = (
    Column("name", "业主", _name, 140),
    Column("rooms", "房屋", _rooms, 300, weight=1),
    Column("area", "面积（㎡）", _area, 120, align="right"),
)


class OwnerImportDialog(Dialog):
    """Nothing is written before 导入; lines with a fault are left out and said."""

    def __init__(self, context: Context, body: BodyView, parent: QWidget | None = None) -> None:
        super().__init__(f"导入业主清册：{body.name}", parent, width=760)
        self._context, self._body = context, body
        self.proposal: Proposal | None = None
        self._shown: list[Line] = []
        self.file_button = Button("选表格文件…", action="import")
        self.paste_button = Button("粘贴从 WPS 复制的格子", action="paste")
        self.notice = Notice(_WANTED, _HOW, tone="soft")
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="要导入的业主")
        self.table.paper.offered = False
        self.table.set_empty(EmptyState("table-arrow-up", "还没有选表格"))
        metrics = theme.current()
        count = _LINES_LARGE if metrics.large else _LINES
        self.table.setFixedHeight(metrics.head + count * metrics.row)
        self.body.addLayout(row(self.file_button, self.paste_button, None))
        self.body.addWidget(self.notice)
        self.body.addWidget(self.table)
        self.body.addWidget(small("没有导入的行，改好表格再导一次；已有的不会重复。"))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.save_button = self.add_button(Button("导入", kind="primary", cap=CONFIRM_CAP))
        self.save_button.setEnabled(False)
        self.file_button.clicked.connect(self.choose)
        self.paste_button.clicked.connect(self.paste)
        self.save_button.clicked.connect(self.save)
        for button in (self.file_button, self.paste_button):
            button.bind(self)
        self.file_button.setFocus()

    def choose(self) -> None:
        """A file of any kind that WPS writes."""
        start = file_proposal("")
        file, _ = QFileDialog.getOpenFileName(self, "选择业主清册", start, _KINDS)
        if file:
            self.open_file(Path(file))

    def open_file(self, file: Path) -> None:
        """Read it and show what would be taken over."""
        with messages.domain_errors_shown(self):
            listed = owner_list.read_file(file)
            remember_folder(file)
            self.show_list(listed)

    def paste(self) -> None:
        """What is in the clipboard."""
        self._take_cells(table_clipboard.pasted())

    def show_list(self, listed: OwnerList) -> None:
        """What is new of it, and every line that is left out."""
        with self._context.database.lookup() as lookup:
            found = owner_import.propose(lookup, self._body.id, listed)
        self.proposal = found
        self._shown = [*found.faults, *found.owners]
        self.model.set_ids(range(len(self._shown)))
        if self._shown:
            self.table.select_row(0)
        self._say(found)
        self.save_button.setEnabled(bool(found.owners))
        self.save_button.setText(f"导入 {len(found.owners):,} 人" if found.owners else "导入")

    def save(self) -> None:
        """All of it in one step after a backup; it can be taken back as one."""
        proposal = self.proposal
        if proposal is None or not proposal.owners:
            return
        sentence = f"导入业主清册 {len(proposal.owners):,} 人 {proposal.units:,} 套"

        def work(progress: Progress) -> int:
            def write(session: Session) -> int:
                return owner_import.apply(session, self._body.id, proposal)

            progress(0, 0, "正在备份…")
            back_up_before(self._context.database, "导入业主清册前")
            progress.check()
            with self._context.database.transaction(sentence) as session:
                done = write(session)
                progress.check()
            return done

        def done(_count: int) -> None:
            self._context.signals.changed.emit(Area.MEETINGS)
            messages.notify(self._context.signals, f"已{sentence}")
            self.accept()

        messages.run_with_progress(
            self, self._context.background, "正在导入业主清册", work, done=done
        )

    # -- inside

    def _take_cells(self, rows: Sequence[Sequence[str]]) -> None:
        with messages.domain_errors_shown(self):
            self.show_list(owner_list.read_rows(rows))

    def _say(self, found: Proposal) -> None:
        words = (
            f"{len(found.owners):,} 名业主，{found.units:,} 套，{square_metres(found.area)}"
            if found.owners
            else "没有可以导入的新业主"
        )
        parts = []
        if found.faults:
            parts.append(f"{len(found.faults):,} 行没有导入，原因在下面")
        if found.several:
            some = "、".join(one.name for one in found.several[:3])
            parts.append(f"{some}等 {len(found.several):,} 人有几套，请核对是不是同一个人")
        tone = "warn" if found.faults or not found.owners else "ok"
        self.notice.show_text(words, "；".join(parts), tone=tone)

    def _fetch(self, ids: Sequence[int]) -> list[Line]:
        return [self._shown[one] for one in ids]


_WANTED = owner_list.WANTED
_HOW = "一行一套房；同名同电话的算同一个业主，有“业主号”一列的按业主号。先给您看，按“导入”才写入。"
