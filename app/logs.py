"""The log file: rotating, with ID and phone numbers masked before a line is written."""

import logging
import platform
import sys
from logging.handlers import RotatingFileHandler

from app import paths
from app.values.masking import mask_text

FILE = "程序.log"
LIMIT = 1_000_000
KEPT = 5


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, stack trace included: nothing personal reaches the file."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_text(super().format(record))


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
