"""What the program remembers about its windows: size, place, column widths. No personal data."""

from PySide6.QtCore import QSettings

from app import paths


def window_memory() -> QSettings:
    """A small text file in the data folder; losing it costs nothing."""
    return QSettings(str(paths.data_dir() / "窗口.ini"), QSettings.Format.IniFormat)
