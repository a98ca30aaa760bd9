"""What the program remembers about its windows: size, place, column widths. No personal data."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from app import paths

_FOLDER = "文件/文件夹"
_ROLES = "登录/岗位"


def window_memory() -> QSettings:
    """A small text file in the data folder; losing it costs nothing."""
    return QSettings(str(paths.data_dir() / "窗口.ini"), QSettings.Format.IniFormat)


def file_proposal(name: str) -> str:
    """Where a file dialog starts: the folder that was used last, at first the user's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = last_folder() or Path(documents)
    return str((folder if _is_folder(folder) else Path.home()) / name)


def last_folder() -> Path | None:
    """Where a file was saved or opened last, whether or not it is there now; None for none."""
    kept = str(window_memory().value(_FOLDER, ""))
    return Path(kept) if kept and "\0" not in kept else None


def _is_folder(path: Path) -> bool:
    """What a damaged memory holds may be longer than any path."""
    try:
        return path.is_dir()
    except OSError:
        return False


def remember_folder(file: Path) -> None:
    """The next file dialog starts beside this file."""
    window_memory().setValue(_FOLDER, str(file.parent))


def role_words(slot: str, otherwise: str) -> str:
    """What the list at the login says of somebody: 网格员（第三网格）, as he last came in."""
    return str(window_memory().value(f"{_ROLES}/{slot}", otherwise))


def remember_role(slot: str, words: str) -> None:
    """For the list at the login; '' after the role was changed, until he comes in."""
    if words:
        window_memory().setValue(f"{_ROLES}/{slot}", words)
    else:
        window_memory().remove(f"{_ROLES}/{slot}")
