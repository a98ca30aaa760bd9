"""Folders of the program: where it keeps data, backups and logs, and where its resources lie."""

import os
import sys
from pathlib import Path

APP_FOLDER = "邻里社区工作台"


def resources() -> Path:
    """The resources folder, beside `app` in the source tree or inside the frozen bundle."""
    root = getattr(sys, "_MEIPASS", None)
    return (Path(root) if root else Path(__file__).parents[1]) / "resources"


def data_dir() -> Path:
    """Where the office's file lives unless another folder is chosen; LINLI_DATA overrides it."""
    override = os.environ.get("LINLI_DATA")
    if override:
        return Path(override)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / APP_FOLDER


def database_file() -> Path:
    return data_dir() / "社区资料.linli"


def backup_dir() -> Path:
    return data_dir() / "备份"


def log_dir() -> Path:
    return data_dir() / "日志"
