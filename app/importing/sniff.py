"""What a file is by its content; for everything that is no table, a sentence that says so."""

import io
import re
import zipfile
from enum import Enum, auto

from app.errors import DomainError
from app.importing.bounds import check_container, check_zip_bounds

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first record of an .xls (of Excel 97 or 95), then FILEPASS, perhaps after WRITEPROT.
_LOCKED_STREAM = re.compile(
    rb"\x09\x08(?:\x10\0\0\x06\x05\0.{12}|\x08\0\0\x05\x05\0.{4})(?:\x86\0\0\0)?\x2f\0", re.DOTALL
)
LOCKED_SENTENCE = (
    "这个表格设了打开密码，程序读不出内容。"
    "请用 WPS 打开，在“文件 - 文档加密”中取消密码，保存后再导入。"
)
EMPTY_SENTENCE = "这个文件是空的，里面没有任何内容。请重新导出或复制一份再导入。"
_NOT_A_TABLE = "不是表格文件。请选择 .xlsx、.xls、.et 或 .csv 格式的居民台账。"
_OTHER_FORMATS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"Rar!", "RAR 压缩包，请先解压"),
    (b"7z\xbc\xaf", "7z 压缩包，请先解压"),
    (b"{\\rtf", "Word 文档"),
    (b"SQLite format 3", "数据库文件"),
)
_WEB_PAGE_STARTS = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<head")


class FileKind(Enum):
    """How the file has to be read."""

    SPREADSHEET = auto()
    TEXT = auto()


def sniff(content: bytes) -> FileKind:
    """Tell how to read a file. Raises DomainError with a sentence when it is no table."""
    if not content.strip(b"\0\r\n\t "):
        raise DomainError(EMPTY_SENTENCE)
    if content.startswith(b"PK"):
        return _sniff_zip(content)
    if content.startswith(_OLE):
        return _sniff_ole(content)
    for start, name in _OTHER_FORMATS:
        if content.startswith(start):
            raise DomainError(f"这是{name}，{_NOT_A_TABLE}")
    if _is_web_page(content):
        raise DomainError(
            "这是网页格式的表格（有些系统导出时只改了扩展名）。"
            "请用 WPS 打开，另存为 .xlsx 后再导入。"
        )
    # BIFF2 to BIFF4 begin with a bare record; the library reads what it can of them.
    return (
        FileKind.SPREADSHEET if content[:1] == b"\x09" and content[2:4] in _BIFF else FileKind.TEXT
    )


_BIFF = (b"\x04\x00", b"\x06\x00", b"\x08\x00", b"\x10\x00")


def _is_web_page(content: bytes) -> bool:
    head = content[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith(_WEB_PAGE_STARTS)


def _sniff_zip(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise DomainError(
            "文件不完整（可能没有下载完或复制时中断），打不开。请重新取得这个文件后再导入。"
        ) from None
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        check_zip_bounds(content)
        return FileKind.SPREADSHEET
    if any(name.startswith("word/") for name in names):
        raise DomainError(f"这是 Word 文档，只是扩展名像表格，{_NOT_A_TABLE}")
    if any(name.startswith("ppt/") for name in names):
        raise DomainError(f"这是演示文稿，{_NOT_A_TABLE}")
    raise DomainError("这是压缩包，里面不是一个表格。请先解压，再选择其中的 .xlsx 文件。")


def _sniff_ole(content: bytes) -> FileKind:
    """Old Office files name their parts in UTF-16 in the directory of the container."""

    def names(part: str) -> bool:
        return part.encode("utf-16-le") in content

    if names("EncryptedPackage") or _LOCKED_STREAM.search(content):
        raise DomainError(LOCKED_SENTENCE)
    if names("Workbook") or names("Book"):
        check_container(content)
        return FileKind.SPREADSHEET
    if names("WordDocument"):
        raise DomainError(f"这是 Word 文档（.doc），只是扩展名像表格，{_NOT_A_TABLE}")
    raise DomainError(f"这是其他程序的文件，{_NOT_A_TABLE}")
