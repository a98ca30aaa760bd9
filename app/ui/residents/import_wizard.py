"""Importing a roster in four steps. Nothing is written before 导入; that can be taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.errors import DomainError
from app.services import residents_import
from app.services.history import Undone
from app.services.import_plan import Decision
from app.ui.kit import keys, messages
from app.ui.kit.background import Progress
from app.ui.kit.signals import Area
from app.ui.kit.table_foot import page_layout
from app.ui.residents import import_work
from app.ui.residents.import_busy import BusyPage
from app.ui.residents.import_columns_page import ColumnsPage
from app.ui.residents.import_file_page import FilePage
from app.ui.residents.import_header import ImportHeader
from app.ui.residents.import_preview import PreviewPage
from app.ui.residents.import_result import ResultPage
from app.ui.residents.import_state import Reading, read_file
from app.ui.residents.import_steps import Step
from app.ui.residents.import_work import Imported, Place, Prepared, has_keyfile

FILE, COLUMNS, PREVIEW, RESULT = range(4)


class ImportWizard(QWidget):
    """Choose a file, look at its columns, check every row, import."""

    left = Signal()
    legend_changed = Signal()

    def __init__(
        self, context: Context, *, file: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._today = context.clock.today()
        self._reading: Reading | None = None
        self._prepared: Prepared | None = None
        self._imported: Imported | None = None
        self._decisions: dict[Place, Decision] = {}
        self._touched = False
        self._step = FILE
        self.header = ImportHeader()
        self.busy = BusyPage()
        self.file_page = FilePage()
        self.columns_page = ColumnsPage()
        self.preview = PreviewPage(backs_up=has_keyfile(context.database))
        self.result = ResultPage()
        self._arrange()
        self._connect()
        self._bind_keys()
        self.go_to(FILE)
        if file is not None:
            self.read(file)

    def _arrange(self) -> None:
        self._pages: tuple[Step, ...] = (
            self.file_page,
            self.columns_page,
            self.preview,
            self.result,
        )
        self._stack = QStackedWidget()
        for page in (*self._pages, self.busy):
            self._stack.addWidget(page)
        layout = page_layout(self)
        layout.addWidget(self.header)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.header.cancel.clicked.connect(self.leave)
        self.header.back.clicked.connect(lambda: self.go_to(self._step - 1))
        self.header.forward.clicked.connect(self.forward)
        self.file_page.file_chosen.connect(self.read)
        self.columns_page.changed.connect(self._take_reading)
        self.preview.mended.connect(self._mend)
        self.preview.decided.connect(self._decide)
        self.preview.remapped.connect(self._remap)
        self.preview.mapping_asked.connect(lambda: self.go_to(COLUMNS))
        self.result.undo_asked.connect(self.undo)
        self.result.again_asked.connect(self._start_over)
        for page in self._pages:
            page.forward_changed.connect(self._show_header)

    def _bind_keys(self) -> None:
        self._shortcuts = [
            keys.bind(self, "close", self._close),
            keys.bind(self, "step_back", self._back),
            keys.bind(self, "step_on", lambda: self.header.forward.click()),
        ]

    # -- where one is

    @property
    def step(self) -> int:
        return self._step

    @property
    def reading(self) -> Reading | None:
        """The file in hand with its columns as they are now."""
        return self._reading

    @property
    def is_busy(self) -> bool:
        return self._stack.currentWidget() is self.busy

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        if self.is_busy:
            return ((keys.cap("close"), "取消，什么都不留"),)
        if self._step == RESULT:
            return self.result.legend
        return (*self._pages[self._step].legend, (keys.cap("close"), "取消，什么都不留"))

    def go_to(self, step: int) -> None:
        """Show a step and put the focus where its work begins."""
        self._step = step
        page = self._pages[step]
        self._stack.setCurrentWidget(page)
        self._show_header()
        target = self._first_control(step)
        self.setFocusProxy(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if step == PREVIEW:
            self.preview.focus_mend()

    def _first_control(self, step: int) -> QWidget:
        if step == FILE:
            return self.file_page.choose_button
        if step == COLUMNS:
            return self.columns_page.first_box() or self.header.forward
        return self.preview.table if step == PREVIEW else self.header.forward

    def _show_header(self) -> None:
        page = self._pages[self._step]
        busy = self.is_busy
        self.header.show_step(self._step, page.forward_words, page.why_not, busy=busy)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(not busy)
        self.legend_changed.emit()

    def forward(self) -> None:
        """The primary button of the step."""
        if self._step == COLUMNS:
            self._prepare(first=True)
        elif self._step == PREVIEW:
            self._write()
        elif self._step == RESULT:
            self.left.emit()

    def _back(self) -> None:
        if self._step in (COLUMNS, PREVIEW):
            self.go_to(self._step - 1)

    def _close(self) -> None:
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
        self._decisions.clear()
        self._touched = False
        self.file_page.show_fault("")
        self.go_to(FILE)

    # -- slow steps

    def _run(
        self,
        title: str,
        promise: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        *,
        back_to: int,
    ) -> None:
        """A job behind the busy page; what goes wrong is told on the step it started from."""

        def failed(error: Exception) -> None:
            self.go_to(back_to)
            if not isinstance(error, DomainError):
                raise error
            self._tell(error)

        job = self._context.background.start(
            work, done=done, failed=failed, cancelled=lambda: self.go_to(back_to)
        )
        self.busy.watch(title, promise, job)
        self._stack.setCurrentWidget(self.busy)
        self._show_header()

    def _tell(self, error: DomainError) -> None:
        if self._step == FILE:
            self.file_page.show_fault(str(error))
        else:
            messages.tell(self, str(error))

    def read(self, file: Path) -> None:
        """Read a file and recognise its columns."""
        database = self._context.database
        self.file_page.show_fault("")
        self._decisions.clear()
        self._touched = False

        def done(reading: Reading) -> None:
            self.file_page.remember(file)
            self._take_reading(reading)
            self.go_to(COLUMNS)

        self._run(
            f"正在读 {file.name}",
            "只读，不改动这个文件。",
            lambda progress: read_file(database, file, progress),
            done,
            back_to=FILE,
        )

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
        if before is None or self._context.background.busy:
            return
        database, today = self._context.database, self._today

        def done(prepared: Prepared) -> None:
            self._touched = True
            self._take_reading(reading)
            self._show_prepared(prepared, first=False)
            self._after_change()

        def failed(error: Exception) -> None:
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
