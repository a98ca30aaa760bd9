"""Is a file on a network share? SQLite's log and locks do not work reliably there."""

import os
import re
from pathlib import Path
from typing import Any

from app.storage.faults import StorageFault

MOUNTS = Path("/proc/mounts")
_DRIVE_REMOTE = 4
_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph"),
    *("glusterfs", "lustre", "davfs", "fuse.davfs", "fuse.davfs2", "fuse.sshfs", "fuse.rclone"),
    *("fuse.gvfsd-fuse", "fuse.glusterfs", "vboxsf", "fuse.vmhgfs-fuse", "prl_fs"),
}


class NetworkShare(StorageFault):
    def __init__(self, file: Path) -> None:
        super().__init__(
            f"资料文件在网络共享文件夹“{file.parent}”里，在那里保存可能损坏资料，所以没有打开。"
            "请把资料放在本机的磁盘上；备份可以放到网络文件夹。"
        )


def refuse_network_share(file: Path) -> None:
    """Raise NetworkShare if `file` lies, or would lie, on a share of another computer."""
    if on_network_share(file):
        raise NetworkShare(file)


def on_network_share(file: Path) -> bool:
    """Asked by path only: the file itself need not exist."""
    if os.name == "nt":
        return _windows_remote(str(file))
    return _mounted_from_elsewhere(file)


def _mounted_from_elsewhere(file: Path) -> bool:
    try:
        mounts = MOUNTS.read_text("utf-8", errors="surrogateescape")
    except OSError:
        return False
    return _file_system(os.path.realpath(file.parent), mounts) in _NETWORK


def _file_system(folder: str, mounts: str) -> str:
    """The type of the innermost mount that holds `folder`; of two on one place, the later."""
    inside, best = "", ""
    for line in mounts.splitlines():
        _, place, kind, *_ = [*line.split(" "), "", "", ""]
        place = without_escapes(place)
        holds = folder == place or folder.startswith(place.rstrip("/") + "/")
        if holds and len(place) >= len(best):
            inside, best = kind, place
    return inside


def without_escapes(place: str) -> str:
    """A folder as the list of mounts writes it."""
    # The kernel writes a space as \040; other bytes stay as they are.
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), place)


def _windows_remote(path: str) -> bool:
    if path.startswith(("\\\\", "//")):
        return not path.startswith(("\\\\?\\", "\\\\.\\"))
    return _drive_type(path[:2] + "\\") == _DRIVE_REMOTE


def _drive_type(root: str) -> int:
    import ctypes

    libraries: Any = getattr(ctypes, "windll", None)
    return int(libraries.kernel32.GetDriveTypeW(root)) if libraries else 0
