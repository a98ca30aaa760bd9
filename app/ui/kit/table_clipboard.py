"""Copying to WPS and Excel and pasting from them: TSV and HTML."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.values.text import as_html

_TEXT_CELL = "mso-number-format:'\\@'"
"""Keeps ID and phone numbers text: Excel would turn 18 digits into 2.10E+17."""

_LIKE_A_FORMULA = re.compile(r"'*(?:[=@]|[+-](?![\d .-]*$))")
"""What a spreadsheet would reckon with, pasted as plain text: a name `=cmd|...` is a trap. It gets
the apostrophe before it that makes it text, and loses it when it comes back."""


def copy(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Put a table with its headings on the clipboard."""
    data = QMimeData()
    data.setText(to_tsv([headings, *rows]))
    data.setHtml(to_html(headings, rows))
    QGuiApplication.clipboard().setMimeData(data)


def pasted() -> list[list[str]]:
    """The table on the clipboard, empty where there is only nothing."""
    return from_tsv(QGuiApplication.clipboard().text())


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether it has columns: a word or a sentence that was copied is no table."""
    return any(len(row) > 1 for row in rows)


def to_tsv(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(_quoted(text) for text in row) for row in rows) + "\n"


def to_html(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{as_html(text)}</th>" for text in headings)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return f'<meta charset="utf-8"><table><tr>{head}</tr>{body}</table>'


def from_tsv(text: str) -> list[list[str]]:
    """Rows of a pasted block; quoted cells may hold tabs and line breaks."""
    rows: list[list[str]] = [[""]]
    quoted, position, text = False, 0, text.replace("\r\n", "\n").replace("\r", "\n")
    while position < len(text):
        char = text[position]
        position += 1
        if quoted and char == '"' and text[position : position + 1] == '"':
            rows[-1][-1] += '"'
            position += 1
        elif char == '"' and (quoted or not rows[-1][-1]):
            quoted = not quoted
        elif char in "\t\n" and not quoted:
            _next(rows, char)
        else:
            rows[-1][-1] += char
    return [list(map(_freed, row)) for row in rows if any(row)]


def _next(rows: list[list[str]], char: str) -> None:
    if char == "\t":
        rows[-1].append("")
    else:
        rows.append([""])


def _quoted(text: str) -> str:
    text = f"'{text}" if _LIKE_A_FORMULA.match(text) else text
    if any(mark in text for mark in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _freed(text: str) -> str:
    return text[1:] if text[:1] == "'" and _LIKE_A_FORMULA.match(text[1:]) else text


def _cells(row: Sequence[str]) -> str:
    cells = (as_html(text) for text in row)
    return "".join(f'<td style="{_TEXT_CELL}">{text}</td>' for text in cells)
