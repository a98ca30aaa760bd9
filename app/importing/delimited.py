"""Text tables: their encoding, their delimiter, their cells."""

import codecs
import csv
import io

from app.errors import DomainError
from app.importing.cells import EMPTY, Row
from app.values.characters import repair_private_use

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 50
# As many columns as a spreadsheet can have.
_MOST_CELLS = 16_384
_TOO_WIDE = "这个文本文件有一行分出了上万格，不像是居民台账。请用 WPS 打开核对后再导入。"
_UNREADABLE = (
    "这个文件不是表格，也不是能识别的文本（UTF-8 或 GB18030）。"
    "请用 WPS 打开，另存为 .xlsx 后再导入。"
)


def read_delimited(content: bytes) -> tuple[Row, ...]:
    """Rows of a .csv or tab-separated file. Raises DomainError when it is no text."""
    text = _decode(content)
    csv.field_size_limit(10_000_000)
    try:
        rows = [_row(cells) for cells in _cells(text, _delimiter(text))]
    except csv.Error as error:
        raise DomainError(_UNREADABLE) from error
    if max(map(len, rows), default=0) > _MOST_CELLS:
        raise DomainError(_TOO_WIDE)
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _cells(text: str, delimiter: str) -> list[list[str]]:
    """Rows of cells; where a quotation mark is never closed, quotation marks mean nothing."""
    lines = io.StringIO(text, newline="")
    if text.count('"') % 2:
        return list(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))
    return list(csv.reader(lines, delimiter=delimiter))


def _row(cells: list[str]) -> Row:
    return [_unquoted(cell) for cell in cells] if any(cell.strip() for cell in cells) else EMPTY


def _unquoted(cell: str) -> str:
    """Exports protect numbers as ="2102..." or with a tab, so that Excel leaves them alone."""
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return cell.strip("\t")


def _decode(content: bytes) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decoded(content, encoding)
    if b"\0" in content:
        raise DomainError(_UNREADABLE)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return repair_private_use(_decoded(content, "gb18030"))


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise DomainError(_UNREADABLE) from None


def _delimiter(text: str) -> str:
    """The sign that splits most lines of the beginning into the same, highest number of cells."""
    sample = "\n".join([line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()])

    def fit(delimiter: str) -> tuple[bool, int, int]:
        counts = [len(cells) for cells in _cells(sample, delimiter)]
        usual = max(set(counts), key=counts.count, default=0)
        return usual > 1 and counts.count(usual) * 2 >= len(counts), usual, counts.count(usual)

    return max(_DELIMITERS, key=fit)
