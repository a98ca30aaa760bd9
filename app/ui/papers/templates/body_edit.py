"""The body of a template: fill codes in colour, a list of them at the cursor, faults underlined."""

import re

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QColor, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.services import fill_codes
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import column, row, small
from app.ui.kit.tokens import COLORS
from app.ui.papers.templates.code_picker import ASKED, CodePicker

_OPENING = ("{", "｛")
# A code, or a brace without its partner.
_CODE = re.compile(r"[{｛]([^{}｛｝\n]*)[}｝]|[{}｛｝]")
_HINT = "一段一行。输入 { 或点“插入填充码”，就能选姓名、住址等会自动填好的内容。"


class BodyEdit(QPlainTextEdit):
    """Typing { asks for the list of codes."""

    code_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("正文")
        self.setPlaceholderText(_HINT)
        self.setTabChangesFocus(True)
        self._colours = CodeColours(self.document())
        self.textChanged.connect(lambda: theme.ensure_glyphs(self.toPlainText()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.text() in _OPENING:
            self.code_wanted.emit()

    def insert_code(self, code: str) -> None:
        """Put {code} at the cursor, over a brace just typed; what is to be typed is selected."""
        cursor = self.textCursor()
        before = self.toPlainText()[: cursor.position()]
        if before.endswith(_OPENING):
            cursor.deletePreviousChar()
        cursor.insertText(f"{{{code}}}")
        if code == ASKED:
            words = len(fill_codes.label_of(code))
            cursor.movePosition(cursor.MoveOperation.Left)
            cursor.movePosition(cursor.MoveOperation.Left, cursor.MoveMode.KeepAnchor, words)
        self.setTextCursor(cursor)
        self.setFocus()


class BodyField(QWidget):
    """The body with its button; a control for a form: `value` and `changed`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = BodyEdit()
        self.insert = Button("插入填充码", size="small", icon="code-braces", trail="chevron-down")
        self._picker = CodePicker(self)
        self.count = small()
        line = row(self.insert, None, self.count)
        self.setLayout(column(line, (self.edit, 1), spacing=4))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._announce)
        self.edit.code_wanted.connect(self._open_at_cursor)
        self.insert.clicked.connect(self._open_at_button)
        self._picker.picked.connect(self.edit.insert_code)

    @property
    def picker(self) -> CodePicker:
        return self._picker

    def value(self) -> str:
        return self.edit.toPlainText()

    def set_value(self, text: str) -> None:
        self.edit.setPlainText(text)

    def set_usable(self, on: bool) -> None:
        """Only to be read where it is off."""
        self.edit.setReadOnly(not on)
        self.insert.setEnabled(on)

    def _announce(self) -> None:
        text = self.value()
        codes, words = len(fill_codes.codes_in(text)), len("".join(text.split()))
        self.count.setText(f"{words:,} 字，{codes} 个填充码" if text else "")
        self.changed.emit()

    def _open_at_cursor(self) -> None:
        if not self.edit.isReadOnly():
            corner = self.edit.cursorRect().bottomLeft()
            self._picker.open_at(self.edit.viewport().mapToGlobal(corner))

    def _open_at_button(self) -> None:
        self._picker.open_at(self.insert.mapToGlobal(QPoint(0, self.insert.height() + 2)))


class CodeColours(QSyntaxHighlighter):
    """Known codes blue on pale blue, typed ones amber, what cannot be filled red and waved."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._known = _format(COLORS.sel_text, COLORS.primary_soft)
        self._asked = _format(COLORS.warn, COLORS.warn_soft)
        self._wrong = _format(COLORS.danger, COLORS.danger_soft)
        self._wrong.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._wrong.setUnderlineColor(QColor(COLORS.danger))

    def highlightBlock(self, text: str) -> None:
        for found in _CODE.finditer(text):
            # Qt counts UTF-16 units: a rare character before the code is two of them.
            start = _units(text[: found.start()])
            self.setFormat(start, _units(found[0]), self._format_of(found[0]))

    def _format_of(self, written: str) -> QTextCharFormat:
        codes = fill_codes.codes_in(written)
        if not codes:
            return self._wrong
        if codes[0] in fill_codes.BY_CODE:
            return self._known
        asked = fill_codes.is_question(codes[0]) and fill_codes.label_of(codes[0])
        return self._asked if asked else self._wrong


def _format(ink: str, ground: str) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setForeground(QColor(ink))
    result.setBackground(QColor(ground))
    return result


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
