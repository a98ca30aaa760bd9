"""The printers of this computer: names, what they can do, their trays. The only place that asks."""

import re
import shutil
import sys
from dataclasses import dataclass

NO_PRINTER = "这台电脑没有装打印机。可以先存为 PDF，拿到有打印机的电脑上打印。"
_ASK_SECONDS = 3
_TRAYS = {
    "Auto": "自动选择",
    "AutoSelect": "自动选择",
    "Upper": "上层纸盒",
    "Middle": "中层纸盒",
    "Lower": "下层纸盒",
    "Rear": "后部进纸",
    "Manual": "手动进纸",
    "ManualFeed": "手动进纸",
    "MultiPurpose": "多功能纸盘",
    "Envelope": "信封进纸",
    "EnvelopeManual": "信封，手动进纸",
    "Cassette": "纸盒",
    "OnlyOne": "纸盒",
    "Tractor": "连续纸",
    "LargeCapacity": "大容量纸盒",
    "SmallFormat": "小幅面纸盒",
    "LargeFormat": "大幅面纸盒",
}


@dataclass(frozen=True)
class Tray:
    """`key` is what the printer understands, `words` what the user reads."""

    key: str
    words: str


@dataclass(frozen=True)
class Printer:
    """What a printer can do, as its driver tells."""

    name: str
    duplex: bool
    colour: bool
    trays: tuple[Tray, ...]


def names() -> list[str]:
    """All printers, the default one of the system first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    found = list(QPrinterInfo.availablePrinterNames())
    default = QPrinterInfo.defaultPrinterName()
    return sorted(found, key=lambda name: name != default)


def is_there(name: str) -> bool:
    """Whether the system still knows this printer."""
    return name in names()


def gone(name: str) -> str:
    """The sentence for a printer that has vanished."""
    return f"打印机「{name}」不见了：可能关了机、拔了线，或者网络断了。"


def has_fault(name: str) -> bool:
    """Whether the system says that the printer has stopped."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    return QPrinterInfo.printerInfo(name).state() is QPrinter.PrinterState.Error


def printer(name: str) -> Printer:
    """Ask one printer; this may take a moment where it is on the network."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(name)
    sides, colours = info.supportedDuplexModes(), info.supportedColorModes()
    return Printer(
        name,
        duplex=any(side is not QPrinter.DuplexMode.DuplexNone for side in sides),
        colour=QPrinter.ColorMode.Color in colours,
        trays=_trays(name),
    )


def tray_words(key: str) -> str:
    """第 2 纸盒 for Tray2; names of the driver stay as they are."""
    numbered = re.fullmatch(r"(?:Tray|Cassette|Bin)[ -_]?(\d+)", key, re.IGNORECASE)
    if numbered:
        return f"第 {numbered[1]} 纸盒"
    return _TRAYS.get(key, key)


def _trays(name: str) -> tuple[Tray, ...]:
    if sys.platform == "win32":
        return _trays_of_windows(name)
    return trays_of_options(_options(name))


def _trays_of_windows(name: str) -> tuple[Tray, ...]:
    from PySide6.QtPrintSupport import QPrinter

    machine = QPrinter()
    machine.setPrinterName(name)
    # Exists on Windows only, and gives numbers of the driver besides those that Qt has names for.
    asked = getattr(machine, "supportedPaperSources", list)
    sources: list[object] = list(asked())
    trays = []
    for place, source in enumerate(sources, start=1):
        key = str(getattr(source, "value", source))
        trays.append(Tray(key, _TRAYS.get(getattr(source, "name", ""), f"第 {place} 纸盒")))
    return tuple(trays)


def trays_of_options(options: str) -> tuple[Tray, ...]:
    """Trays in what `lpoptions -l` answers: `InputSlot/Media Source: *Default Tray1 Tray2`."""
    for line in options.splitlines():
        title, _, choices = line.partition(":")
        if title.split("/")[0] in ("InputSlot", "media-source"):
            keys = [choice.lstrip("*") for choice in choices.split()]
            return tuple(Tray(key, tray_words(key)) for key in keys if key != "Default")
    return ()


def _options(name: str) -> str:
    """Qt knows no trays of CUPS; its own tool does, where it is installed."""
    tool = shutil.which("lpoptions")
    if tool is None:
        return ""
    # Windows have the printers' names at hand long before somebody asks for a tray.
    import subprocess

    try:
        answer = subprocess.run(  # noqa: S603 - a fixed tool, the name is one argument
            [tool, "-p", name, "-l"], capture_output=True, text=True, timeout=_ASK_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout
