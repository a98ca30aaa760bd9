"""The log file: rotating, with ID and phone numbers masked before a line is written."""

import logging
import platform
import re
import sys
from copy import copy
from logging.handlers import RotatingFileHandler
from types import TracebackType

from app import paths
from app.values.masking import mask_text

FILE = "程序.log"
LIMIT = 1_000_000
KEPT = 5
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")

# What stands in quotation marks in the words of an error is a value: JOHN SMITH is no Chinese.
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, stack trace included: nothing personal reaches the file."""

    def format(self, record: logging.LogRecord) -> str:
        # A record keeps the text that the first handler made of the error.
        own = copy(record)
        own.exc_text = None
        return mask_text(super().format(own))

    def formatException(self, ei: ExcInfo) -> str:
        """An error may quote a name or an address; what the program itself says is English."""
        lines = _CHINESE.sub("□", super().formatException(ei)).split("\n")
        # Lines of the stack are indented and hold the program's own text.
        return "\n".join(one if one[:1] == " " else _QUOTED.sub("'□'", one) for one in lines)


def start() -> logging.Handler:
    """Log to the data folder; where that cannot be written, to the terminal."""
    handler = _handler()
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    logging.getLogger(__name__).info(
        "start: Python %s, %s", platform.python_version(), platform.platform()
    )
    return handler


def _handler() -> logging.Handler:
    try:
        paths.log_dir().mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(
            paths.log_dir() / FILE, maxBytes=LIMIT, backupCount=KEPT, encoding="utf-8"
        )
    except OSError:
        return logging.StreamHandler(sys.stderr)
