"""导出: the people on the screen as a spreadsheet, masked unless somebody says why not."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QRadioButton, QWidget

from app.context import Context
from app.services import exports
from app.ui.kit import messages
from app.ui.kit.background import Progress
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label, column, small
from app.ui.kit.memory import file_proposal, remember_folder
from app.ui.kit.spreadsheet import write_xlsx


class ExportDialog(Dialog):
    """Which people, how much of their numbers, and what for."""

    def __init__(self, count: int, who: str, parent: QWidget | None = None) -> None:
        super().__init__(f"导出 {count:,} 人", parent, width=520)
        self.masked = QRadioButton("证件和电话只留首尾（脱敏）")
        self.full = QRadioButton("完整号码")
        self.masked.setChecked(True)
        self.reason = line_edit(hint="如：报街道民政办 11 月高龄补贴", limit=60)
        self.reason.setEnabled(False)
        self.form = Form(label=60)
        self._reason_field = self.form.add("用途", self.reason)
        self.form.finish()
        self.form.save_requested.connect(self.confirm)
        self.form.leave_requested.connect(self.reject)
        self.body.addWidget(Label(who, tone="text2", wrap=True))
        self.body.addLayout(column(self.masked, self.full, spacing=6))
        self.body.addWidget(self.form)
        self.body.addWidget(small("谁在什么时候导出了哪些人，都会记入经过。", wrap=True))
        self.full.toggled.connect(self._ask_reason)
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.go = self.add_button(Button("导出…", kind="primary"))
        self.go.clicked.connect(self.confirm)
        self.go.setFocus()

    def confirm(self) -> None:
        """Full numbers leave the house only with a reason."""
        if self.full.isChecked() and len(self.reason.text().strip()) < 2:
            self._reason_field.set_message("导出完整号码要写明用途。", "danger")
            self.reason.setFocus()
            return
        self.accept()

    def sentence(self, count: int) -> str:
        """How the journal names it."""
        if self.masked.isChecked():
            return f"导出 {count:,} 人（脱敏）"
        return f"导出 {count:,} 人（完整号码，用途：{self.reason.text().strip()}）"

    def _ask_reason(self, full: bool) -> None:
        self.reason.setEnabled(full)
        self._reason_field.set_message()
        if full:
            self.reason.setFocus()


def export(context: Context, parent: QWidget, ids: Sequence[int], who: str) -> None:
    """Ask, choose a file, and write it in the background; `who` says in words who they are."""
    dialog = ExportDialog(len(ids), who, parent.window())
    if not ids or not dialog.exec():
        return
    today = context.clock.today()
    suggested = f"居民 {len(ids)} 人 {today:%Y-%m-%d}.xlsx"
    name, _ = QFileDialog.getSaveFileName(
        parent, "导出到", file_proposal(suggested), "Excel 文件 (*.xlsx)"
    )
    if not name:
        return
    file = Path(name if name.lower().endswith(".xlsx") else f"{name}.xlsx")
    remember_folder(file)
    above = ("居民", f"{who}　共 {len(ids):,} 人　{today:%Y-%m-%d} 导出")
    sentence, masked = dialog.sentence(len(ids)), dialog.masked.isChecked()

    def work(progress: Progress) -> int:
        with context.database.transaction(sentence) as session:
            table = exports.table(session, ids, today=today, masked=masked)
            write_xlsx(file, table.headings, table.rows, progress=progress, above=above)
        return len(table.rows)

    messages.run_with_progress(
        parent,
        context.background,
        f"导出 {len(ids):,} 人",
        work,
        done=lambda count: messages.notify(
            context.signals, f"已导出 {count:,} 人到「{file.name}」"
        ),
    )
