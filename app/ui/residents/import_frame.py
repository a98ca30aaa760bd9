"""The frame of the import wizard: header, pages, keys, and jobs behind a page of their own."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.errors import DomainError
from app.ui.kit import keys, messages
from app.ui.kit.background import Progress
from app.ui.kit.table_foot import page_layout
from app.ui.residents.import_busy import BusyPage
from app.ui.residents.import_columns_page import ColumnsPage
from app.ui.residents.import_file_page import FilePage
from app.ui.residents.import_header import ImportHeader
from app.ui.residents.import_preview import PreviewPage
from app.ui.residents.import_result import ResultPage
from app.ui.residents.import_steps import Step
from app.ui.residents.import_work import has_keyfile

FILE, COLUMNS, PREVIEW, RESULT = range(4)


class ImportFrame(QWidget):
    """Shows one step at a time; what a step does is the wizard's matter."""

    left = Signal()
    legend_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._step = FILE
        self.header = ImportHeader()
        self.busy = BusyPage()
        self.file_page = FilePage()
        self.columns_page = ColumnsPage()
        self.preview = PreviewPage(backs_up=has_keyfile(context.database))
        self.result = ResultPage(context)
        self._arrange()
        self._bind_keys()

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

    def _bind_keys(self) -> None:
        self._shortcuts = [
            keys.bind(self, "close", self.close_step),
            keys.bind(self, "step_back", self._back),
            keys.bind(self, "step_on", self.header.forward.click),
        ]
        self.header.back.clicked.connect(self._back)
        for page in self._pages:
            page.forward_changed.connect(self._show_header)

    @property
    def step(self) -> int:
        return self._step

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

    def _back(self) -> None:
        if self._step in (COLUMNS, PREVIEW):
            self.go_to(self._step - 1)

    def close_step(self) -> None:
        """Esc."""
        self.header.cancel.click()

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
