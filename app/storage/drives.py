"""Which disks this computer has now: where a second copy could go, and what shares a disk.

Asked of the operating system without a library: /proc and /sys, or the calls of Windows.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.storage.network import on_network_share, without_escapes

MOUNTS = Path("/proc/mounts")
_BLOCKS = Path("/sys/dev/block")
# Where desktops mount what is plugged in.
PLUGGED = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
_REMOVABLE, _FIXED = 2, 3
_DEVICE_NUMBER = 0x2D1080


@dataclass(frozen=True)
class Drive:
    """A disk or stick: where it is, how people call it, and its room in bytes."""

    root: Path
    label: str
    removable: bool
    free: int


def drives() -> list[Drive]:
    """Sticks and other drives that can be read, sticks first; the system's own is none of them."""
    found = _windows_drives() if sys.platform == "win32" else _mounted_drives()
    return sorted(found, key=lambda drive: (not drive.removable, str(drive.root)))


def kind_of(folder: Path) -> str:
    """What a person would call the place: U 盘, 网络位置, 另一块盘."""
    if on_network_share(folder / "x"):
        return "网络位置"
    inside = [one for one in drives() if folder.is_relative_to(one.root)]
    return "U 盘" if any(one.removable for one in inside) else "另一处"


def same_disk(first: Path, second: Path) -> bool:
    """Whether one broken disk would take both; False where the system does not say."""
    try:
        devices = first.stat().st_dev, second.stat().st_dev
    except OSError:
        return False
    if devices[0] == devices[1]:
        return True
    disks = [_disk_of(path, device) for path, device in zip((first, second), devices, strict=True)]
    return disks[0] is not None and disks[0] == disks[1]


def _disk_of(path: Path, device: int) -> object:
    """What holds a partition, as something that can be compared."""
    if sys.platform == "win32":
        return _windows_disk(path.drive)
    block = _BLOCKS / f"{os.major(device)}:{os.minor(device)}"
    real = block.resolve()
    return real.parent if (real / "partition").exists() else real if block.exists() else None


# -- Linux and its relatives


def _mounted_drives() -> Iterator[Drive]:
    try:
        lines = MOUNTS.read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        root = Path(without_escapes(line.split(" ")[1]))
        if str(root).startswith(PLUGGED) and os.access(root, os.R_OK | os.X_OK):
            yield from _drive(root, root.name, removable=not str(root).startswith("/mnt/"))


def _drive(root: Path, label: str, *, removable: bool) -> Iterator[Drive]:
    try:
        room = os.statvfs(root)
    except OSError:
        return
    yield Drive(root, label, removable, room.f_bavail * room.f_frsize)


# -- Windows: by its documented calls


def _windows_drives() -> Iterator[Drive]:
    import ctypes
    import shutil

    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - unknown elsewhere
    own = Path(os.environ.get("SYSTEMDRIVE", "C:") + "\\")
    for number in range(26):
        root = Path(f"{chr(65 + number)}:\\")
        kind = kernel.GetDriveTypeW(str(root))
        if root == own or kind not in (_REMOVABLE, _FIXED) or not root.is_dir():
            continue
        name = ctypes.create_unicode_buffer(64)
        kernel.GetVolumeInformationW(str(root), name, 64, None, None, None, None, 0)
        free = shutil.disk_usage(root).free
        yield Drive(root, name.value or f"{root.drive} 盘", kind == _REMOVABLE, free)


def _windows_disk(drive: str) -> object:
    """The number of the physical disk behind a letter; needs no administrator."""
    import ctypes

    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - unknown elsewhere
    kernel.CreateFileW.restype = ctypes.c_void_p
    handle = kernel.CreateFileW(f"\\\\.\\{drive}", 0, 3, None, 3, 0, None)
    if handle in (None, ctypes.c_void_p(-1).value):
        return None
    answer, length = (ctypes.c_uint32 * 3)(), ctypes.c_uint32()
    asked = ctypes.c_void_p(handle), _DEVICE_NUMBER, None, 0
    told = kernel.DeviceIoControl(*asked, answer, 12, ctypes.byref(length), None)
    kernel.CloseHandle(ctypes.c_void_p(handle))
    return (answer[0], answer[1]) if told else None
