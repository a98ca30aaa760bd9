"""Step 1: choose a file: by button, by dropping it, from the last ones; or fetch a template."""

import shutil
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app import paths
from app.errors import DomainError
from app.ui.kit import keys, messages, table_clipboard, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card, Notice
from app.ui.kit.labels import Label, box, clear, column, icon_label, row, small, tip_of
from app.ui.kit.memory import file_proposal, window_memory
from app.ui.kit.tokens import CARD_RADIUS, COLORS
from app.ui.residents.import_steps import Step, link

KINDS = "表格 (*.xlsx *.xls *.et *.csv *.xlsm *.ods);;所有文件 (*)"
TEMPLATE = "居民导入模板.xlsx"
_RECENT_KEY = "import/recent"
_MOST_RECENT = 5
# In 大字 the cards below need the room.
_SHOWN_IN_LARGE = 2


class DropZone(QWidget):
    """A dashed frame that takes one file."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._over = False
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        file = _file_of(event)
        if file:
            event.acceptProposedAction()
            self.dropped.emit(file)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = COLORS.primary if self._over else COLORS.input_border
        painter.setPen(QPen(QColor(edge), 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(COLORS.primary_soft if self._over else COLORS.alt))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), CARD_RADIUS, CARD_RADIUS)

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()


def _file_of(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


class FilePage(Step):
    """Emits the chosen file or pasted rows; shows in place why a file cannot be used."""

    file_chosen = Signal(object)
    pasted = Signal(object)

    legend = (("Enter", "选择文件"), (keys.cap("paste"), "粘贴表格"))
    why_not = "先选一个文件"

    def __init__(self) -> None:
        super().__init__()
        self._fault = Notice("", tone="danger")
        self._fault.hide()
        self._sentence = ""
        self.choose_button = Button(
            "选择文件…", kind="primary", size="main", icon="folder-open-outline", cap="Enter"
        )
        self.choose_button.clicked.connect(self.choose)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(theme.current().px(2))
        left = Card(margins=(20, 18, 20, 20), spacing=12)
        left.body.addWidget(self._fault)
        left.body.addWidget(self._drop_zone(), 1)
        self.setLayout(row((left, 8), (self._side(), 4), spacing=12))
        self.show_recent()
        keys.bind(self, "paste", self._paste)

    def _drop_zone(self) -> DropZone:
        zone = DropZone()
        zone.dropped.connect(self.file_chosen)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(zone)
        layout.setSpacing(theme.current().spacing[1])
        layout.addStretch(1)
        picture = icon_label("microsoft-excel", COLORS.ok, theme.current().px(44))
        layout.addWidget(picture, alignment=middle)
        title = f"把居民台账拖到这里，或在 WPS 里复制了按 {keys.cap('paste')}"
        layout.addWidget(Label(title, "h2", bold=True), alignment=middle)
        words = (
            "WPS 和 Excel 的 .xlsx .xls .et 都行，.csv 也行；表里有标题、合并格、说明行都不用先改"
        )
        layout.addWidget(small(words), alignment=middle)
        layout.addSpacing(theme.current().spacing[2])
        layout.addWidget(self.choose_button, alignment=middle)
        layout.addStretch(1)
        return zone

    def _side(self) -> QWidget:
        recent = Card()
        recent.heading("最近导入过的")
        recent.body.addLayout(self._recent)
        sample = Card()
        sample.heading("没有现成的台账？")
        words = "存一份空模板，照表头填好再导入。证件号和电话两列已设成文本，不会变成 2.1E+17。"
        sample.body.addWidget(small(words, wrap=True))
        self.template_button = Button("存一份空模板…", size="small", icon="download-outline")
        self.template_button.clicked.connect(self.save_template)
        sample.body.addLayout(row(self.template_button, None))
        return box(column(recent, sample, self._promises(), None, spacing=12))

    def _promises(self) -> Card:
        card = Card()
        card.heading("导入时会怎样")
        for icon, words in (
            ("eye-outline", "先逐行核对给您看，按「导入」之前什么都不写。"),
            ("content-save-check-outline", "写入前自动备份；好的行一次全部写入。"),
            ("file-undo-outline", "有误的行连同原因写成待改的表，改好再导入。"),
            ("undo-variant", "整次导入可以撤销。"),
        ):
            card.body.addLayout(row(icon_label(icon), (small(words, wrap=True), 1)))
        return card

    def choose(self) -> None:
        start = self._settings().value("import/folder", "")
        file, _ = QFileDialog.getOpenFileName(self, "选择居民台账", str(start), KINDS)
        if file:
            self.file_chosen.emit(Path(file))

    def _paste(self) -> None:
        rows = table_clipboard.pasted()
        if table_clipboard.is_table(rows):
            self.pasted.emit(rows)
        else:
            self.show_fault("剪贴板里没有表格。请先在 WPS 里选中台账的格子，按 Ctrl+C 复制。")

    def show_fault(self, sentence: str) -> None:
        """Why the file cannot be used; empty takes the sentence away."""
        self._sentence = sentence
        self._fault.show_text(sentence, tone="danger")
        self._fault.setVisible(bool(sentence))
        self.choose_button.setFocus()

    @property
    def fault(self) -> str:
        return self._sentence

    def remember(self, file: Path) -> None:
        """Put a file that could be read at the top of the recent ones."""
        files = [str(file), *(one for one in self._remembered() if one != str(file))]
        self._settings().setValue(_RECENT_KEY, files[:_MOST_RECENT])
        self._settings().setValue("import/folder", str(file.parent))
        self.show_recent()

    def show_recent(self) -> None:
        """The files that are still there."""
        clear(self._recent)
        files = [Path(one) for one in self._remembered() if Path(one).is_file()]
        for file in files[: _SHOWN_IN_LARGE if theme.current().large else _MOST_RECENT]:
            button = link(_short(file.name), "file-table-outline")
            button.setToolTip(tip_of(str(file)))
            button.clicked.connect(lambda _=False, file=file: self.file_chosen.emit(file))
            self._recent.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        if not files:
            self._recent.addWidget(small("还没有导入过。"))

    def save_template(self) -> None:
        file, _ = QFileDialog.getSaveFileName(
            self, "存一份空模板", file_proposal(TEMPLATE), "Excel 表格 (*.xlsx)"
        )
        if file:
            with messages.domain_errors_shown(self):
                _copy(paths.resources() / "samples" / TEMPLATE, Path(file))

    def _remembered(self) -> list[str]:
        found = self._settings().value(_RECENT_KEY)
        if isinstance(found, str):
            return [found]
        return [str(one) for one in found] if isinstance(found, list) else []

    def _settings(self) -> QSettings:
        return window_memory()


def _short(name: str, most: int = 22) -> str:
    """The middle of a long file name gives way: its end tells the files apart."""
    return name if len(name) <= most else f"{name[: most - 10]}…{name[-9:]}"


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise DomainError(
            f"没有存成“{target.name}”：文件夹不能写，或文件正在 WPS 里打开。"
        ) from error
