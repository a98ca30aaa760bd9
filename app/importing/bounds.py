"""Guards against files that would take all memory: the library keeps a cell for each place.

A stray value in XFD1048576, or one wrong byte in an old container, asks for gigabytes at once, and
then the whole program ends without a word. Both are told before the library sees the file.
"""

import io
import re
import zipfile
import zlib

from app.errors import DomainError
from app.importing.cells import column_index, column_letters
from app.importing.container import Broken, table_stream
from app.importing.old_records import farthest_cell

# 24 bytes per place: one and a half gigabytes at the most, and only for a moment.
MOST_PLACES = 64_000_000
# Text that shrinks to less than a hundredth holds one thing over and over again.
_LARGE_PART = 100_000_000
_MOST_SHRUNK = 100
_MOST_BYTES = 2_000_000_000
_WIDE = 702
_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
_FAR_COLUMN = re.compile(rb'r="([A-Z]{3})\d')
_ANY_COLUMN = re.compile(rb'r="([A-Z]{1,3})\d')
_TOO_FAR = (
    "表格里很远的地方（第 {row} 行、{column} 列附近）有一个多余的单元格，程序放不下这么大的表。"
    "请在 WPS 中删去表格右边和下面的空行空列，保存后再导入。"
)
_TOO_LARGE = "这个文件解压后大得不像台账，打不开。请在 WPS 中只留下居民表，另存后再导入。"
_DAMAGED = "文件已损坏，读不出里面的表格。请用 WPS 打开，另存为 .xlsx 后再导入。"


def check_zip_bounds(content: bytes) -> None:
    """Raise DomainError when a sheet of an .xlsx spans more places than memory has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if any(map(_is_bomb, parts)) or sum(part.file_size for part in parts) > _MOST_BYTES:
            raise DomainError(_TOO_LARGE)
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                _check_sheet(archive, name)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > max(_LARGE_PART, part.compress_size * _MOST_SHRUNK)


def _check_sheet(archive: zipfile.ZipFile, name: str) -> None:
    try:
        xml = archive.read(name)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error):
        # The library will say what is wrong with it.
        return
    last_row = xml.rfind(b"<row ")
    match = _ROW.match(xml, last_row) if last_row >= 0 else None
    rows = int(match[1]) if match else 0
    if rows * _WIDE <= MOST_PLACES and not _FAR_COLUMN.search(xml):
        return
    column = max(
        _ANY_COLUMN.findall(xml), key=lambda letters: (len(letters), letters), default=b"A"
    )
    letters = column.decode()
    if rows * (column_index(letters) + 1) > MOST_PLACES:
        raise DomainError(_TOO_FAR.format(row=rows, column=letters))


def check_container(content: bytes) -> None:
    """Raise DomainError when an old container leads in circles, or spans more than memory has."""
    try:
        far = farthest_cell(table_stream(content), MOST_PLACES)
    except Broken as error:
        raise DomainError(_DAMAGED) from error
    if far is not None:
        row, column = far
        raise DomainError(_TOO_FAR.format(row=row + 1, column=column_letters(column)))
