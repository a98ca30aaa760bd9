"""Step 4: what was written, what was left over and where it lies, and the way back."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from app.context import Context
from app.errors import DomainError
from app.services import table_log
from app.services.history import Undone
from app.services.residents_import import ImportResult
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.labels import Label, box, clear, column, row, small
from app.ui.kit.scroll import scrolled
from app.ui.residents.import_steps import Step, link
from app.ui.residents.import_work import Imported, Prepared, rest_file, write_rest

_MOST_KEPT = 200


class ResultPage(Step):
    """Shows one import that has been committed."""

    undo_asked = Signal()
    again_asked = Signal()

    legend = (("Ctrl+Enter", "完成"), ("Tab", "下一个按钮"), ("Esc", "回到居民"))
    forward_words = "完成"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._prepared: Prepared | None = None
        self.rest: Path | None = None
        self.kept: list[str] = []
        self._said = Notice("", tone="ok")
        self._figures = QHBoxLayout()
        self._rest_words = Label(wrap=True)
        self._rest_fault = small(tone="danger", wrap=True)
        self.open_button = Button("打开待改的表", size="small", icon="microsoft-excel")
        self.elsewhere_button = Button("另存到…", kind="link", size="small")
        self.undo_button = Button("撤销整次导入", kind="danger", size="small")
        self.again_button = link("再导入一个文件", "file-plus-outline")
        self._undone = Notice("", tone="soft")
        self._kept = QVBoxLayout()
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        self.open_button.clicked.connect(self.open_rest)
        self.elsewhere_button.clicked.connect(self.save_elsewhere)
        self.undo_button.clicked.connect(self.undo_asked)
        self.again_button.clicked.connect(self.again_asked)

    def _arrange(self) -> None:
        counts = Card(margins=(20, 16, 20, 16), spacing=10)
        counts.body.addWidget(self._said)
        counts.body.addLayout(self._figures)
        self._rest_card = Card(margins=(20, 14, 20, 14))
        self._rest_card.heading("没有导入的行")
        self._rest_card.body.addWidget(self._rest_words)
        self._rest_card.body.addWidget(self._rest_fault)
        self._rest_card.body.addLayout(row(self.open_button, self.elsewhere_button, None))
        back = Card(margins=(20, 14, 20, 14))
        back.heading("不对？", "")
        words = "撤销会收回这次新增的人和改动的格；导入以后又改过的留着不动，并列给您看。"
        back.body.addWidget(small(words, wrap=True))
        back.body.addLayout(row(self.again_button, None, self.undo_button))
        back.body.addWidget(self._undone)
        self._kept.setSpacing(theme.current().px(2))
        self._kept_area = scrolled(box(self._kept))
        self._kept_area.setMinimumHeight(theme.current().px(90))
        back.body.addWidget(self._kept_area)
        middle = box(column(counts, self._rest_card, back, None, spacing=12))
        middle.setFixedWidth(theme.current().px(720))
        centred = box(row(None, middle, None))
        self.setLayout(column((scrolled(centred), 1)))
        self.setFocusProxy(self.open_button)

    def show_imported(self, prepared: Prepared, imported: Imported) -> None:
        """Write the rows that are left beside the file, and say all of it."""
        self._prepared = prepared
        result = imported.result
        name = prepared.reading.file.name
        self._said.show_text("导入完成", f"{name}，已一次写入名册", tone="ok")
        self._show_figures(result)
        self._undone.hide()
        self._kept_area.hide()
        self.undo_button.setVisible(imported.operation_id is not None)
        self._rest_card.setVisible(result.left_out > 0)
        self.rest = None
        if result.left_out:
            self._write_rest(rest_file(prepared.reading.file))

    def _show_figures(self, result: ImportResult) -> None:
        clear(self._figures)
        for count, words, tone in (
            (result.new, "人新增", "ok"),
            (result.updated, "人更新", "primary"),
            (result.unchanged, "人无变化", "text2"),
            (result.left_out, "行没有导入", "danger" if result.left_out else "text2"),
        ):
            number = Label(f"{count:,}", "h1", bold=True, tone=tone)
            self._figures.addWidget(box(column(number, small(words), spacing=0)), 1)

    # -- the rows that are left

    def _write_rest(self, target: Path) -> None:
        if self._prepared is None:
            return
        try:
            self._note(len(self._prepared.left_over))
            write_rest(self._prepared, target)
        except DomainError as error:
            self._tell_rest(None, str(error))
        else:
            self._tell_rest(target, "")

    def _note(self, count: int) -> None:
        """Numbers stand whole in it, to be corrected: on record before it is written."""
        with self._context.database.transaction(f"写出待改的表 {count:,} 行") as session:
            table_log.note_exported(session, (), by=self._context.user.name)

    def _tell_rest(self, written: Path | None, fault: str) -> None:
        self.rest = written
        count = len(self._prepared.left_over) if self._prepared else 0
        if written:
            words = f"{count:,} 行连同原因已写到「{written.name}」。改好后再导入这个表就行。"
        else:
            words = f"{count:,} 行还没有写出来，请选一个能写的位置。"
        self._rest_words.setText(words)
        self._rest_fault.setText(fault)
        self._rest_fault.setVisible(bool(fault))
        self.open_button.setVisible(written is not None)
        self.elsewhere_button.setText("另存到…" if written else "选个位置存…")

    def open_rest(self) -> None:
        """Open the sheet in WPS, or whatever opens spreadsheets here."""
        if self.rest and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.rest))):
            messages.tell(self, f"这台电脑没有能打开表格的程序。文件在：{self.rest}", "没有打开")

    def save_elsewhere(self) -> None:
        if self._prepared is None:
            return
        proposed = str(self.rest or rest_file(self._prepared.reading.file))
        file, _ = QFileDialog.getSaveFileName(self, "存待改的表", proposed, "Excel 表格 (*.xlsx)")
        if file:
            self._write_rest(Path(file))

    # -- the way back

    def show_undone(self, undone: Undone) -> None:
        """What was taken back, and each record that stays because it was changed since."""
        self._said.show_text("已撤销这次导入", "名册回到导入以前", tone="warn")
        self.undo_button.hide()
        clear(self._figures)
        detail = "下面这些在导入以后又改过，留着不动：" if undone.kept else ""
        self._undone.show_text(undone.sentence, detail, tone="soft")
        self._undone.show()
        clear(self._kept)
        self.kept = [f"{one.table_label} {one.name}：{one.reason}" for one in undone.kept]
        for sentence in self.kept[:_MOST_KEPT]:
            self._kept.addWidget(small(sentence, wrap=True))
        self._kept.addStretch(1)
        self._kept_area.setVisible(bool(undone.kept))
