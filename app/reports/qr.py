"""QR codes as one filled path: sharp at every size, and no seams between the modules.

The mask is fixed: trying all eight costs five times as much, and any of them can be read.
"""

import re

import segno
from segno.encoder import DataOverflowError

from app.errors import DomainError
from app.reports.page import Sheet

_MASK = 3
# 四个模块的静区 of ISO/IEC 18004.
QUIET = 4
_DARK = re.compile(b"\x01+")


class TooMuchForQr(DomainError):
    """The text is longer than the largest QR code."""

    def __init__(self) -> None:
        super().__init__("二维码里的文字太长，放不下。请缩短文书的标题或姓名后再打印。")


def matrix(text: str) -> tuple[bytearray, ...]:
    """The rows of modules from above, 1 is dark; TooMuchForQr beyond 2,331 bytes of UTF-8."""
    try:
        code = segno.make_qr(
            text, error="m", mask=_MASK, boost_error=False, encoding=_encoding(text)
        )
    except DataOverflowError as error:
        raise TooMuchForQr from error
    return code.matrix


def _encoding(text: str) -> str | None:
    return None if text.isascii() else "utf-8"


def draw(sheet: Sheet, x: float, y: float, size: float, text: str) -> None:
    """Draws the code with its lower left module at (x, y), `size` points wide without the rim."""
    rows = matrix(text)
    count = len(rows)
    path = " ".join(
        f"{run.start()} {count - 1 - i} {run.end() - run.start()} 1 re"
        for i, row in enumerate(rows)
        for run in _DARK.finditer(row)
    )
    sheet.shape(path, x, y, size / count)
