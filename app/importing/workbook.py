"""Opening a foreign file: what it really is, its sheets, their cells."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from app.errors import DomainError
from app.importing.cells import EMPTY, Row, is_blank
from app.importing.delimited import read_delimited
from app.importing.sniff import EMPTY_SENTENCE, LOCKED_SENTENCE, FileKind, sniff

MAX_FILE_BYTES = 200 * 1024 * 1024
# Beyond this height a sheet is read row by row: a million declared blank rows are common.
_TALL = 50_000
_DAMAGED = "文件已损坏或不完整，读不出里面的表格。请用 WPS 打开，另存为 .xlsx 后再导入。"


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Zero-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """rows[0] is row 1 of the sheet; blank rows are (), those at the end are cut."""

    name: str
    rows: tuple[Row, ...]
    merged: tuple[MergedRange, ...] = ()
    hidden: bool = False

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that was read completely; nothing of it stays open."""

    path: Path
    sheets: tuple[Sheet, ...]


def read_workbook(path: Path) -> Workbook:
    """Read .xls .xlsx .et .ods or .csv by what the file is, whatever its name.

    Raises DomainError with a sentence for everything that is no readable table.
    """
    content = _read_bytes(path)
    if sniff(content) is FileKind.TEXT:
        sheets: tuple[Sheet, ...] = (Sheet(path.stem, read_delimited(content)),)
    else:
        sheets = tuple(_read_sheets(content))
    if not any(sheet.rows for sheet in sheets):
        raise DomainError(EMPTY_SENTENCE)
    return Workbook(path, sheets)


def _read_bytes(path: Path) -> bytes:
    try:
        found = path.stat()
        if not S_ISREG(found.st_mode):
            # Windows calls a folder a lack of rights, and a device or pipe never ends.
            kind = "文件夹" if S_ISDIR(found.st_mode) else "设备"
            raise DomainError(f"“{path.name}”是{kind}，请选择其中的表格文件。")
        if found.st_size > MAX_FILE_BYTES:
            raise DomainError("文件超过 200 MB，不像是台账。请只留下居民表，另存后再导入。")
        return path.read_bytes()
    except FileNotFoundError:
        raise DomainError(f"找不到文件“{path.name}”。请确认它没有被移动或改名。") from None
    except PermissionError:
        raise DomainError(
            f"打不开“{path.name}”：没有读取权限，或正被其他程序占用。请关闭 WPS 后再试。"
        ) from None
    except OSError as error:
        reason = error.strerror or "读取出错"
        raise DomainError(f"读不出“{path.name}”（{reason}）。请复制到本机硬盘后再试。") from error


class _PanicIsDamage:
    """A panic of the library is no Exception, and its class cannot be imported: told by name."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: object
    ) -> None:
        if kind is not None and kind.__name__ == "PanicException":
            raise DomainError(_DAMAGED) from error


def _read_sheets(content: bytes) -> Iterator[Sheet]:
    try:
        with _PanicIsDamage(), CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for meta in book.sheets_metadata:
                if meta.typ is SheetTypeEnum.WorkSheet:
                    hidden = meta.visible is not SheetVisibleEnum.Visible
                    yield _sheet(book.get_sheet_by_name(meta.name), hidden)
    except PasswordError:
        raise DomainError(LOCKED_SENTENCE) from None
    except (CalamineError, XmlError, ZipError, ValueError, OverflowError) as error:
        raise DomainError(_DAMAGED) from error


def _sheet(source: CalamineSheet, hidden: bool) -> Sheet:
    ranges = source.merged_cell_ranges or []
    merged = tuple(MergedRange(*start, *end) for start, end in ranges)
    return Sheet(source.name, _rows(source), merged, hidden)


def _rows(source: CalamineSheet) -> tuple[Row, ...]:
    """All rows from row 1 on; blank ones share one object, so a million of them cost little."""
    if source.end is None:
        return ()
    if source.end[0] < _TALL:
        return without_blank_tail(source.to_python(skip_empty_area=False))
    # The iterator pads above the first cell but not left of it.
    padding = [""] * (source.start or (0, 0))[1]
    return without_blank_tail([*padding, *row] if any(row) else EMPTY for row in source.iter_rows())


def without_blank_tail(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows with blank ones as () and none of them at the end."""
    kept: list[Row] = [row if any(row) and not _all_blank(row) else EMPTY for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _all_blank(row: Row) -> bool:
    return all(is_blank(cell) for cell in row)
