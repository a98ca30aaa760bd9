"""按键一览: the key map of the program, as a page to read."""

from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import KeyHints
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import column, row, title

_SCOPES = (
    (keys.EVERYWHERE, "到处都能用"),
    (keys.PAGE, "在各页上"),
    (keys.TABLE, "在表格里"),
    (keys.FORM, "填表时"),
    (keys.WIZARD, "导入时"),
    (keys.PREVIEW, "看文书时"),
    (keys.LOGIN, "进入时"),
    (keys.PAPERS, "开证明时"),
    (keys.RECENT, "在“刚才做了什么”里"),
    (keys.BACKUPS, "备份与恢复时"),
)


_COLUMNS = ((0, 2), (1, 6, 9), (3, 5), (4, 7, 8))
"""Blocks of _SCOPES one below the other; the columns come out about equally high."""


class HelpDialog(Dialog):
    """Built from the key map itself, so it is never out of date."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("按键一览", parent, width=760)
        blocks = [_block(scope, words) for scope, words in _SCOPES]
        columns = [(column(*(blocks[i] for i in group), None), 1) for group in _COLUMNS]
        self.body.addLayout(row(*columns, spacing=24))
        self.add_button(Button("知道了", kind="primary", cap="Esc"), closes=True).setFocus()


def _block(scope: str, words: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(theme.current().px(3))
    grid.setContentsMargins(0, 0, 0, theme.current().spacing[2])
    grid.addWidget(title(words), 0, 0)
    entries = [key for key in keys.KEYS if key.scope == scope]
    for line, key in enumerate(entries, start=1):
        hint = KeyHints([(key.cap, key.label)])
        hint.setMinimumWidth(hint.sizeHint().width())
        grid.addWidget(hint, line, 0)
    return grid
