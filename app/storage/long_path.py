"""Is the path of an office's file longer than SQLite opens?"""

import os
from pathlib import Path

from app.storage.faults import StorageFault

# SQLite keeps a path in 512 bytes, and a Chinese character has three of them; Windows in 260
# characters. What lies beneath is longer: 备份/2026-11-21_10-30-00-99/社区资料.linli-journal.
_BENEATH = 80
_MOST_BYTES = 512 - _BENEATH
_MOST_CHARACTERS = 260 - _BENEATH


class PathTooLong(StorageFault):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"“{file.name}”所在的文件夹层数太多、名字太长（共 {len(str(file.parent))} 个字），"
            "程序打不开这么长的路径，没有改动任何资料。"
            "请把整个文件夹移到短一些的位置，例如直接放在磁盘下面，再打开程序。"
        )


def refuse_long_path(file: Path) -> None:
    """Raise PathTooLong before anything is written where backups could not be made."""
    folder = os.path.abspath(file.parent)
    if os.name == "nt":
        too_long = len(folder) > _MOST_CHARACTERS
    else:
        too_long = len(os.fsencode(folder)) > _MOST_BYTES
    if too_long:
        raise PathTooLong(file)
