"""Folders of the program: where it keeps data, backups and logs, and where its resources lie."""

import os
import sys
from functools import cache
from pathlib import Path

APP_FOLDER = "邻里社区工作台"
PORTABLE_FLAG = "portable.flag"


def resources() -> Path:
    """The resources folder, beside `app` in the source tree or inside the frozen bundle."""
    root = getattr(sys, "_MEIPASS", None)
    return (Path(root) if root else Path(__file__).parents[1]) / "resources"


def program_folder() -> Path:
    """The folder of the program file, or of `app` in the source tree."""
    frozen = getattr(sys, "frozen", False)
    return Path(sys.executable).parent if frozen else Path(__file__).parents[1]


@cache
def is_portable() -> bool:
    """Whether all data stays beside the program (便携). Asked once: the stick may be pulled out."""
    return not os.environ.get("LINLI_DATA") and (program_folder() / PORTABLE_FLAG).exists()


def data_dir() -> Path:
    """Where the office's file lives unless another folder is chosen; LINLI_DATA overrides it."""
    override = os.environ.get("LINLI_DATA")
    if override:
        return Path(override)
    return program_folder() / "data" if is_portable() else local_dir()


def local_dir() -> Path:
    """The program's folder of this user on this computer."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / APP_FOLDER


def loan_dir() -> Path:
    """Where the files of sticks are worked on, on a disk that outlasts a power cut."""
    return local_dir() / "便携"


def database_file() -> Path:
    return data_dir() / "社区资料.linli"


def backup_dir() -> Path:
    return data_dir() / "备份"


def log_dir() -> Path:
    return data_dir() / "日志"
