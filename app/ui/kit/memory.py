"""What the program remembers about its windows: size, place, column widths. No personal data."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from app import paths

_FOLDER = "文件/文件夹"


def window_memory() -> QSettings:
    """A small text file in the data folder; losing it costs nothing."""
    return QSettings(str(paths.data_dir() / "窗口.ini"), QSettings.Format.IniFormat)


def file_proposal(name: str) -> str:
    """Where a file dialog starts: the folder that was used last, at first the user's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(str(window_memory().value(_FOLDER, documents)))
    return str((folder if folder.is_dir() else Path.home()) / name)


def remember_folder(file: Path) -> None:
    """The next file dialog starts beside this file."""
    window_memory().setValue(_FOLDER, str(file.parent))
