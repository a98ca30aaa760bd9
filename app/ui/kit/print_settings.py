"""How a paper is to be printed, and what is remembered of it for each printer."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import quote

from PySide6.QtCore import QSettings

from app.errors import DomainError
from app.ui.kit.memory import window_memory

MOST_COPIES = 99
FARTHEST_MM = 30.0
_LAST = "打印/打印机"
_DIGITS = str.maketrans("０１２３４５６７８９－—–～~至到，、；;　", "0123456789-------,,,, ")


class Duplex(StrEnum):
    """Which sides of a sheet are printed."""

    OFF = "单面"
    LONG = "双面，沿长边翻"
    SHORT = "双面，沿短边翻"


@dataclass(frozen=True, kw_only=True)
class PrintSettings:
    """`pages` in words, `1-3,5`, empty for all; the offset in mm, right and down."""

    printer: str
    copies: int = 1
    pages: str = ""
    duplex: Duplex = Duplex.OFF
    tray: str = ""
    tray_words: str = ""
    grey: bool = False
    right: float = 0.0
    down: float = 0.0


def page_numbers(words: str, count: int) -> tuple[int, ...]:
    """Pages named in words, counted from 0, in the order of the words: `1-3，5`, `7-`.

    Raises DomainError where they name no page of the `count` there are.
    """
    plain = words.translate(_DIGITS).replace("第", "").replace("页", "").replace(" ", "")
    if not plain:
        return tuple(range(count))
    numbers: list[int] = []
    for part in filter(None, plain.split(",")):
        numbers += _range(part, count)
    return tuple(dict.fromkeys(numbers))


def remembered(printer: str) -> PrintSettings:
    """What holds for a printer: everything it was told to keep, at least its offset."""
    memory = _group(printer)
    settings = PrintSettings(
        printer=printer,
        duplex=_duplex(str(memory.value("双面", ""))),
        tray=str(memory.value("纸盒", "")),
        tray_words=str(memory.value("纸盒名", "")),
        grey=str(memory.value("灰度", "")) == "1",
        right=_millimetres(memory.value("右移", "")),
        down=_millimetres(memory.value("下移", "")),
    )
    memory.endGroup()
    return settings


def remember(settings: PrintSettings) -> None:
    """Keep all but copies and pages, which belong to one paper."""
    remember_offset(settings.printer, settings.right, settings.down)
    memory = _group(settings.printer)
    memory.setValue("双面", settings.duplex.value)
    memory.setValue("纸盒", settings.tray)
    memory.setValue("纸盒名", settings.tray_words)
    memory.setValue("灰度", "1" if settings.grey else "")
    memory.endGroup()


def remember_offset(printer: str, right: float, down: float) -> None:
    """The offset belongs to the machine, not to the paper: it is kept without being asked."""
    memory = _group(printer)
    memory.setValue("右移", f"{right:.1f}")
    memory.setValue("下移", f"{down:.1f}")
    memory.endGroup()


def remember_printer(printer: str) -> None:
    """The printer that is offered next time."""
    window_memory().setValue(_LAST, printer)


def last_printer() -> str:
    """The printer that was used last, '' if none was."""
    return str(window_memory().value(_LAST, ""))


def tray_in_words(paper: str) -> str:
    """`A4，第 1 纸盒` for the head of a preview, from memory alone: no printer is asked."""
    words = remembered(last_printer()).tray_words if last_printer() else ""
    return "，".join(part for part in (paper, words) if part)


def offset_from_measures(
    settings: PrintSettings, *, left: float, top: float, wanted: float
) -> PrintSettings:
    """The offset that brings a cross, measured `left` and `top` mm from the paper's edges, to
    `wanted` mm from both. The page that was measured was printed with the old offset.

    Raises DomainError where it would be so far that the measure must be wrong.
    """
    right = round(settings.right + wanted - left, 1)
    down = round(settings.down + wanted - top, 1)
    if max(abs(right), abs(down)) > FARTHEST_MM:
        raise DomainError(
            f"算出来要移 {max(abs(right), abs(down)):.1f} 毫米，太远了，多半是量错了。"
            "请从纸边量到十字中心，再填一次。"
        )
    return replace(settings, right=right, down=down)


def _range(part: str, count: int) -> list[int]:
    found = re.fullmatch(r"(\d{1,6})?(-)?(\d{1,6})?", part)
    first, dash, last = found.groups() if found else (None, None, None)
    if not (first or last):
        raise _unclear(count)
    start = int(first or 1)
    end = int(last) if last else (count if dash else start)
    if not 1 <= start <= end or start > count:
        raise _unclear(count)
    return list(range(start - 1, min(end, count)))


def _unclear(count: int) -> DomainError:
    return DomainError(f"页码看不懂：一共 {count:,} 页，写成 1-3,5 这样。")


def _group(printer: str) -> QSettings:
    memory = window_memory()
    # Names of network printers hold strokes, which would make groups within groups.
    memory.beginGroup(f"打印机 {quote(printer, safe='')}")
    return memory


def _duplex(words: str) -> Duplex:
    return Duplex(words) if words in list(Duplex) else Duplex.OFF


def _millimetres(value: object) -> float:
    try:
        number = float(str(value) or 0)
    except ValueError:
        return 0.0
    return max(-FARTHEST_MM, min(FARTHEST_MM, number))
