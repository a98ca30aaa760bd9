"""关于: version, where the data lies, and whose work the program stands on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app import paths
from app.context import Context
from app.storage.cloud import cloud_words
from app.ui.kit.card import Card, Facts, Notice
from app.ui.kit.labels import Label, column, row, small, title
from app.ui.kit.sidebar import PRODUCT, PRODUCT_LINE
from app.version import VERSION

NOTICES = (
    ("Qt / PySide6", "LGPL 3.0，动态链接，可自行替换"),
    ("SQLCipher", "版权归 Zetetic LLC，BSD 许可；资料文件由它加密"),
    ("SQLite", "公有领域"),
    ("SQLAlchemy、Alembic", "MIT"),
    ("argon2-cffi、cryptography", "MIT；Apache 2.0 或 BSD"),
    ("ReportLab", "BSD"),
    ("PDFium / pypdfium2", "BSD、Apache 2.0"),
    ("pypinyin、python-calamine", "MIT"),
    ("XlsxWriter", "BSD"),
    ("QtAwesome、Material Design 图标", "MIT；Apache 2.0"),
    ("思源宋体、思源黑体（Noto）", "SIL 开放字体许可 1.1"),
    ("霞鹜文楷（改名 Linli Kai）", "SIL 开放字体许可 1.1"),
    ("花园明朝、BabelStone Han（生僻字）", "花园字体许可；Arphic 公共许可"),
    ("Fandol 仿宋", "GPL 附字体例外"),
)


class AboutTab(QWidget):
    """Facts and licences; every text can be marked and copied."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        left = Card(margins=(20, 16, 20, 18), spacing=10)
        left.body.addWidget(title(f"{PRODUCT} · {PRODUCT_LINE}"))
        left.body.addWidget(
            Facts(
                [
                    ("版本", _copyable(VERSION)),
                    ("资料", _copyable(_where(context))),
                    ("备份", _copyable(str(paths.backup_dir()))),
                    ("日志", _copyable(str(paths.log_dir()))),
                ],
                label=44,
            )
        )
        synced = cloud_words(context.database.file.parent)
        if synced:
            left.body.addWidget(Notice("", synced, tone="warn"))
        words = "不联网，不收集任何信息。日志里的证件号码和电话都已遮住。"
        left.body.addWidget(small(words, wrap=True))
        right = Card(margins=(20, 16, 20, 18), spacing=8)
        right.body.addWidget(title("用到的开源软件和字体"))
        notices = [(name, _small_copyable(words)) for name, words in NOTICES]
        right.body.addWidget(Facts(notices, label=230))
        right.body.addWidget(small("许可全文在程序文件夹的 resources 和各软件包里。", wrap=True))
        self.setLayout(row((column(left, None), 2), (column(right, None), 3), spacing=12))


def _where(context: Context) -> str:
    """Where the file is found: of a stick not the copy that is worked on, which goes away."""
    on_stick = paths.is_portable() and context.database.file != paths.database_file()
    if context.user.slot and on_stick:
        return f"{paths.database_file()}，正在本机的一份上工作，退出时带回"
    return str(context.database.file)


def _copyable(text: str) -> Label:
    label = Label(text, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _small_copyable(text: str) -> Label:
    label = small(text, tone="text", wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
