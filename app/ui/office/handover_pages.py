"""The four pages of the 交接包: who and where, the recovery sheet, the work, what there is now."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from app.services.handover import Persons
from app.storage.drives import drives, same_disk
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Facts, Notice
from app.ui.kit.forms import Form, line_edit
from app.ui.kit.labels import Label, column, row, small, title
from app.ui.office.handover_work import Package

_SAME_DISK = "这个文件夹和资料在同一块盘上，盘坏了两份都没了。最好选 U 盘。"


class WhoAndWhere(QWidget):
    """Names may stay empty: they are written by hand on the paper."""

    def __init__(self, giver: str, office_file: Path) -> None:
        super().__init__()
        self._file = office_file
        self.folder: Path | None = None
        self.giver = line_edit(giver, limit=40)
        self.receiver = line_edit(hint="可以空着，在纸上手写", limit=40)
        self.witness = line_edit(hint="街道的人，可以空着", limit=40)
        self.place = line_edit(hint="选一个 U 盘或文件夹", name="放到", limit=400)
        self.place.setReadOnly(True)
        self.choose_button = Button("选文件夹…")
        self.choose_button.clicked.connect(self.choose)
        place = QWidget()
        place.setLayout(row((self.place, 1), self.choose_button, spacing=8))
        self.form = Form(label=64)
        self.form.add("移交人", self.giver)
        self.form.add("接收人", self.receiver)
        self.form.add("监交人", self.witness)
        self._place_field = self.form.add("放到", place)
        self.form.finish()
        words = (
            "书记换人时用。做好以后有三样：一份核验过的备份，一张写明没办完的事和东西在哪里的清单，"
            "一张新的恢复单。"
        )
        self.setLayout(column(Label(words, wrap=True), self.form, None, spacing=10))
        stick = next((drive for drive in drives() if drive.removable), None)
        if stick is not None:
            self.set_folder(stick.root)

    @property
    def persons(self) -> Persons:
        return Persons(
            giver=self.giver.text().strip(),
            receiver=self.receiver.text().strip(),
            witness=self.witness.text().strip(),
        )

    def choose(self) -> None:
        start = str(self.folder or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, "交接包放到哪里", start)
        if chosen:
            self.set_folder(Path(chosen))

    def set_folder(self, folder: Path) -> None:
        self.folder = folder
        self.place.setText(str(folder))
        self.place.setCursorPosition(0)
        near = same_disk(folder, self._file.parent)
        self._place_field.set_message(_SAME_DISK if near else "", "warn" if near else "neutral")


class SheetPage(QWidget):
    """Why the recovery sheet is replaced."""

    def __init__(self) -> None:
        super().__init__()
        words = (
            "前一位书记见过现在的恢复单，凭它能打开全部资料，所以交接时换一张。"
            "请先确认打印机可用，或者把 PDF 存进 U 盘回头再打。"
        )
        notice = Notice(
            "一换，现有的恢复单马上作废", "新单印出来、照纸填对一组，才能往下走。", tone="warn"
        )
        self.setLayout(
            column(title("换一张新的恢复单"), Label(words, wrap=True), notice, None, spacing=10)
        )


class WorkPage(QWidget):
    """A bar while the backup is made; the sentence where it failed."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = QProgressBar()
        self.bar.setAccessibleName("正在备份")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setFixedHeight(theme.current().px(10))
        self._words = small(
            "写进去以后再读出来核对，资料多的要一两分钟。请不要拔 U 盘。", wrap=True
        )
        self.fault = Notice("", tone="danger")
        self.fault.hide()
        heading = title("备份，写清单")
        self.setLayout(column(heading, self.bar, self._words, self.fault, None, spacing=10))

    def show_fault(self, sentence: str) -> None:
        """'' while it is being made."""
        self.fault.show_text(sentence, tone="danger")
        self.fault.setVisible(bool(sentence))
        self.bar.setVisible(not sentence)
        self._words.setVisible(not sentence)


class DonePage(QWidget):
    """What there is now, and the list to be looked at and printed."""

    print_wanted = Signal()
    look_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.facts = Facts(label=64)
        self.print_button = Button("打印清单", kind="primary", action="print")
        self.print_button.clicked.connect(self.print_wanted)
        self.print_button.bind(self)
        self.look_button = Button("看一眼清单")
        self.look_button.clicked.connect(self.look_wanted)
        words = "打印三份，移交人、接收人、监交人当面签字。接着要做的事，清单最后一栏都写着。"
        buttons = row(self.print_button, self.look_button, None, spacing=8)
        heading = title("交接包做好了")
        self.setLayout(
            column(heading, self.facts, Label(words, wrap=True), buttons, None, spacing=10)
        )

    def show_package(self, package: Package, *, sheet_changed: bool) -> None:
        info = package.info
        self.facts.set_pairs(
            [
                ("放在", str(package.folder)),
                ("备份", f"{info.at:%m-%d %H:%M}，居民 {info.people:,} 人，已核验"),
                ("清单", f"{package.list_file.name}，和备份放在一起"),
                ("恢复单", "已换新的，旧的作废" if sheet_changed else "没有换，还是原来那张"),
            ]
        )
