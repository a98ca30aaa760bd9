"""数据体检: everything that can be wrong with the data, looked at in the background."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.context import Context
from app.errors import DomainError
from app.services.health.examination import (
    Examination,
    Finding,
    examine,
    examine_again,
    verdict,
)
from app.services.health.kinds import Check, Group
from app.services.health.registry import BY_KEY
from app.services.health.repairing import repair
from app.ui.kit import messages, theme
from app.ui.kit.background import Job, Progress
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import column, row, small, title
from app.ui.kit.signals import Area
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.office.health.check_list import CheckList
from app.ui.office.health.complete_dialog import CompleteDialog
from app.ui.office.health.last_run import last_run, remember
from app.ui.office.health.record_list import RecordList
from app.values.rights import Right

EVERYTHING = Area.RESIDENTS | Area.PAPERS | Area.OFFICE


class HealthTab(QWidget):
    """The report at the left, the records of what is chosen in it at the right."""

    backups_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._examination: Examination | None = None
        self._changed_since = False
        self.state = small("", wrap=True)
        self.checks = CheckList()
        self.records = RecordList(context)
        self._lay_out()
        self._connect()
        self._show_last()

    def refresh(self) -> None:
        """Something changed: the records as they are now; what was found is of before."""
        self.records.refresh()
        if self._examination is not None and self._job is None:
            self._say_when(self._examination)

    def start(self) -> None:
        """Examine in the background; while that goes on there is only 取消."""
        if self._job is not None:
            return
        database = self._context.database

        def work(progress: Progress) -> Examination:
            return examine(database, tick=progress)

        self._show_busy(True)
        self._changed_since = False
        self._job = self._context.background.start(
            work,
            done=self._done,
            failed=self._failed,
            cancelled=self._cancelled,
            progress=self._progress,
            owner=self,
        )

    def stop(self) -> None:
        """Ask the examination to end; it changes nothing, so nothing has to be taken back."""
        if self._job is not None:
            self._job.cancel()

    def repair(self, check: Check, ids: Sequence[int]) -> None:
        """Ask in the words of the repair, then do it as one step of the journal."""
        mending = check.repair
        if mending is None or self._job is not None:
            return
        back = "改了可以撤销。" if mending.undoable else ""
        words = f"{mending.promise}共 {len(ids):,} {check.kind.value}。{back}"
        if not messages.confirm(self, mending.label, words, mending.label):
            return
        database = self._context.database

        def work(_progress: Progress) -> tuple[int, list[Finding]]:
            changed = repair(database, check, ids)
            return changed, examine_again(database, check.group)

        def done(result: tuple[int, list[Finding]]) -> None:
            self._repaired(check, *result)

        messages.run_with_progress(
            self, self._context.background, "正在修复", work, done=done, can_cancel=False
        )

    # -- inside

    def _lay_out(self) -> None:
        self.start_button = Button("开始体检", kind="primary")
        self.stop_button = Button("取消", size="small")
        self.complete_button = Button("资料怎样算齐全…", kind="link", size="small")
        self.bar = QProgressBar()
        self.bar.setAccessibleName("体检进度")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.current().px(8))
        card = Card(margins=(16, 12, 16, 12), spacing=8)
        card.body.addLayout(row(title("数据体检"), None, self.complete_button, self.start_button))
        card.body.addWidget(self.state)
        card.body.addLayout(row((self.bar, 1), self.stop_button, spacing=10))
        left = column(card, (TableCard(self.checks, TableFoot(self.checks, unit="行")), 1))
        self.setLayout(row((left, 4), (self.records, 7), spacing=12))
        self.complete_button.setVisible(self._context.may(Right.EDIT_OFFICE))
        self._show_busy(False)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        self.complete_button.clicked.connect(self._say_what_is_complete)
        self.checks.current_changed.connect(lambda _: self._show_chosen())
        self.records.repair_wanted.connect(self.repair)
        self.records.backups_wanted.connect(self.backups_wanted)
        self._context.signals.changed.connect(self._note_change)

    def _note_change(self, _areas: Area) -> None:
        self._changed_since = True
        self.refresh()

    def _show_busy(self, busy: bool) -> None:
        self.start_button.setEnabled(not busy)
        self.records.repair_button.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        self.bar.setRange(0, 0)

    def _progress(self, done: int, total: int, words: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.state.setText(f"正在查{words}……")

    def _done(self, examination: Examination) -> None:
        self._ended()
        self._examination = examination
        remember(self._context.database.file, examination)
        self._show_report()

    def _failed(self, error: Exception) -> None:
        self._ended()
        self._show_last()
        if not isinstance(error, DomainError):
            raise error
        # It stays on the page: whoever reads it later must know why there is no report.
        self.state.setText(f"没有查完：{error}")

    def _cancelled(self) -> None:
        self._ended()
        self._show_last()

    def _ended(self) -> None:
        self._job = None
        self._show_busy(False)

    def _show_last(self) -> None:
        if self._examination is not None:
            self._show_report()
            return
        last = last_run(self._context.database.file)
        self.checks.show_counts(last.counts if last else {})
        when = (
            f"上次 {last.at:%Y-%m-%d %H:%M} 体检：{verdict(last.counts)}。"
            if last
            else "还没有做过体检。"
        )
        self.state.setText(f"{when}体检只看不改，可以随时做。")

    def _show_report(self) -> None:
        examination = self._examination
        if examination is None:
            return
        self.checks.show_counts(examination.counts)
        self._show_chosen()
        self._say_when(examination)

    def _say_when(self, examination: Examination) -> None:
        when = f"{examination.at:%Y-%m-%d %H:%M} 体检，用了{_time(examination.seconds)}"
        since = "之后资料有改动，再体检一次看最新的。" if self._changed_since else ""
        self.state.setText(f"{when}：{verdict(examination.counts)}。{since}")

    def _show_chosen(self) -> None:
        line = self.checks.chosen()
        if line is None:
            return
        found = self._examination.findings if self._examination is not None else {}
        if line.check is None:
            damaged = any(found[key].count for key in found if BY_KEY[key].group is Group.FILE)
            self.records.show_group(line.group, line.words, damaged=damaged)
        elif line.check.key in found:
            self.records.show_finding(found[line.check.key])
        else:
            last = last_run(self._context.database.file)
            count = last.counts.get(line.check.key, 0) if last else 0
            self.records.show_check(line.check, count)

    def _repaired(self, check: Check, changed: int, fresh: list[Finding]) -> None:
        if self._examination is not None:
            self._examination = self._examination.replaced(fresh)
            remember(self._context.database.file, self._examination)
        self._context.signals.changed.emit(EVERYTHING)
        self._show_report()
        label = check.repair.label if check.repair else ""
        words = f"{check.title}：{label}，{changed:,} {check.kind.value}"
        messages.notify(self._context.signals, words)

    def _say_what_is_complete(self) -> None:
        CompleteDialog(self._context, self.window()).exec()


def _time(seconds: float) -> str:
    return f" {seconds:.0f} 秒" if seconds >= 1 else "不到 1 秒"
