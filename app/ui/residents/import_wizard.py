"""Importing a roster in four steps. Nothing is written before 导入; that can be taken back."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import residents_import
from app.services.history import Undone
from app.services.import_plan import Decision
from app.ui.kit import messages
from app.ui.kit.memory import file_proposal
from app.ui.kit.signals import Area
from app.ui.residents import import_work
from app.ui.residents.import_frame import COLUMNS, FILE, PREVIEW, RESULT, ImportFrame
from app.ui.residents.import_state import Reading, Rows, read_file, read_rows
from app.ui.residents.import_work import Imported, Place, Prepared

__all__ = ["COLUMNS", "FILE", "PREVIEW", "RESULT", "ImportWizard"]

PASTED = "粘贴的表格.xlsx"


class ImportWizard(ImportFrame):
    """Choose a file, look at its columns, check every row, import."""

    def __init__(
        self, context: Context, *, file: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._today = context.clock.today()
        self._reading: Reading | None = None
        self._prepared: Prepared | None = None
        self._imported: Imported | None = None
        self._decisions: dict[Place, Decision] = {}
        self._touched = False
        # Answers of the background come one at a time: a second Enter waits for the first.
        self._mending = False
        self._connect()
        self.go_to(FILE)
        if file is not None:
            self.read(file)

    def _connect(self) -> None:
        self.header.cancel.clicked.connect(self.leave)
        self.header.forward.clicked.connect(self.forward)
        self.file_page.file_chosen.connect(self.read)
        self.file_page.pasted.connect(self.read_pasted)
        self.columns_page.changed.connect(self._take_reading)
        self.preview.mended.connect(self._mend)
        self.preview.decided.connect(self._decide)
        self.preview.remapped.connect(self._remap)
        self.preview.mapping_asked.connect(lambda: self.go_to(COLUMNS))
        self.result.undo_asked.connect(self.undo)
        self.result.again_asked.connect(self._start_over)

    @property
    def reading(self) -> Reading | None:
        """The file in hand with its columns as they are now."""
        return self._reading

    def forward(self) -> None:
        """The primary button of the step."""
        if self._step == COLUMNS:
            self._prepare(first=True)
        elif self._step == PREVIEW:
            self._write()
        elif self._step == RESULT:
            self.left.emit()

    def close_step(self) -> None:
        """Esc: after the import there is nothing to give up."""
        if self._step == RESULT:
            self.left.emit()
        else:
            self.leave()

    def leave(self) -> bool:
        """Give up; asks only if work on the rows would be lost. False where the user stays."""
        if self.is_busy:
            self.busy.cancel()
            return False
        if self._step == PREVIEW and self._touched and not self._may_lose():
            return False
        self.left.emit()
        return True

    def _may_lose(self) -> bool:
        return messages.confirm(
            self,
            "不导入了？",
            "在这里补好和决定的行不会留下，名册也没有改动。",
            "不导入，返回",
            destructive=True,
        )

    def _start_over(self) -> None:
        self._begin_anew()
        self.go_to(FILE)

    def read(self, file: Path) -> None:
        """Read a file and recognise its columns."""
        database = self._context.database

        def done(reading: Reading) -> None:
            self.file_page.remember(file)
            self._show_columns(reading)

        self._begin_anew()
        self._run(
            f"正在读 {file.name}",
            "只读，不改动这个文件。",
            lambda progress: read_file(database, file, progress),
            done,
            back_to=FILE,
        )

    def read_pasted(self, rows: Rows) -> None:
        """The same with a table from the clipboard; what is left over goes where files go."""
        database, file = self._context.database, Path(file_proposal(PASTED))
        self._begin_anew()
        self._run(
            "正在读粘贴的表格",
            "核对完再导入，现在什么都不写。",
            lambda progress: read_rows(database, rows, file, progress),
            self._show_columns,
            back_to=FILE,
        )

    def _begin_anew(self) -> None:
        self.file_page.show_fault("")
        self._decisions.clear()
        self._touched = False

    def _show_columns(self, reading: Reading) -> None:
        self._take_reading(reading)
        self.go_to(COLUMNS)

    def _take_reading(self, reading: Reading) -> None:
        self._reading = reading
        self.columns_page.show_reading(reading)

    def _prepare(self, *, first: bool) -> None:
        reading, decisions = self._reading, dict(self._decisions)
        if reading is None:
            return
        database, today = self._context.database, self._today

        def done(prepared: Prepared) -> None:
            self._show_prepared(prepared, first=first)
            self.go_to(PREVIEW)

        self._run(
            "正在核对每一行",
            "这一步什么都不写。",
            lambda progress: import_work.prepare(database, reading, decisions, today, progress),
            done,
            back_to=self._step,
        )

    def _show_prepared(self, prepared: Prepared, *, first: bool) -> None:
        self._prepared = prepared
        self.preview.show_prepared(prepared, first=first)

    # -- changes in the preview

    def _remap(self, reading: Reading) -> None:
        self._take_reading(reading)
        self._prepare(first=False)

    def _mend(self, reading: Reading) -> None:
        """Look at the mended row without leaving the preview."""
        before = self._prepared
        if before is None or self._mending:
            return
        self._mending = True
        database, today = self._context.database, self._today

        def done(prepared: Prepared) -> None:
            self._mending = False
            self._touched = True
            self._take_reading(reading)
            self._show_prepared(prepared, first=False)
            self._after_change()

        def failed(error: Exception) -> None:
            self._mending = False
            with messages.domain_errors_shown(self):
                raise error

        self._context.background.start(
            lambda progress: import_work.mend(database, before, reading, today, progress),
            done=done,
            failed=failed,
        )

    def _decide(self, index: int, decision: Decision) -> None:
        if self._prepared is None:
            return
        self._touched = True
        row = self._prepared.plan.rows[index].parsed
        self._decisions[row.sheet, row.row] = decision
        plan = residents_import.decide(self._prepared.plan, index, decision)
        self._show_prepared(Prepared(self._prepared.reading, plan), first=False)
        if decision:
            self._after_change()

    def _after_change(self) -> None:
        """A row that is settled makes way for the next trouble."""
        current = self.preview.table.current_id()
        if current is not None and self._prepared:
            row = self._prepared.plan.rows[current]
            if row.decision or row.state not in import_work.OPEN_STATES:
                self.preview.go_on()
                return
        self.preview.focus_mend()

    # -- writing and taking back

    def _write(self) -> None:
        prepared, context = self._prepared, self._context
        if prepared is None or not prepared.plan.importable:
            return

        def done(imported: Imported) -> None:
            self._imported = imported
            self._touched = False
            context.signals.changed.emit(Area.RESIDENTS)
            messages.notify(context.signals, imported.result.sentence)
            self.result.show_imported(prepared, imported)
            self.go_to(RESULT)

        self._run(
            f"正在导入 {prepared.plan.importable:,} 行",
            "一次写入；中途取消，名册里什么都不会多。",
            lambda progress: import_work.write(context, prepared, progress),
            done,
            back_to=PREVIEW,
        )

    def undo(self) -> None:
        """Take the import back that was just made."""
        if self._imported is None or self._imported.operation_id is None or not self._prepared:
            return
        database, number = self._context.database, self._imported.operation_id
        name = self._prepared.reading.file.name

        def done(undone: Undone) -> None:
            self._context.signals.changed.emit(Area.RESIDENTS)
            messages.notify(self._context.signals, undone.sentence)
            self.result.show_undone(undone)
            self.go_to(RESULT)

        self._run(
            "正在撤销这次导入",
            "导入以后又改过的会留着。",
            lambda _progress: import_work.take_back(database, number, name),
            done,
            back_to=RESULT,
        )
