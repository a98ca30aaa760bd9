"""The log file: rotating, with ID and phone numbers masked before a line is written."""

import logging
import platform
import re
import sys
from copy import copy
from pathlib import Path
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


class TurningFile(logging.FileHandler):
    """Begins a new file where this one is full, and keeps the last `KEPT`.

    The library's own brings sockets and pickles: a megabyte that nothing else here needs.
    """

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and self.stream.tell() >= LIMIT:
                self._turn()
        except OSError:
            self.handleError(record)
        super().emit(record)

    def _turn(self) -> None:
        if self.stream is not None:
            self.stream.close()
        file = Path(self.baseFilename)
        older = [file.with_name(f"{file.name}.{number}") for number in range(KEPT, 0, -1)]
        for target, source in zip(older, (*older[1:], file), strict=True):
            if source.exists():
                source.replace(target)
        self.stream = self._open()


def _handler() -> logging.Handler:
    try:
        paths.log_dir().mkdir(parents=True, exist_ok=True)
        return TurningFile(paths.log_dir() / FILE, encoding="utf-8")
    except OSError:
        return logging.StreamHandler(sys.stderr)
