"""Files that the user asked for: they appear whole or not at all, and a fault is a sentence."""

import errno
import os
import re
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import DomainError
from app.ui.kit.memory import file_proposal, remember_folder

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE = {errno.ENOENT, errno.ENOTDIR}
_IN_USE = 32
"""Windows: another program has the file open."""
# What Windows forbids, and signs that are not seen or turn the order of the others around.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+')
# Names of devices, with any ending: Windows writes to the printer instead of a file.
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?")
_DRAFT = ".存-"
LONGEST_NAME = 80
# With the ending, and the sign of a second copy, at most 255 in every file system.
_LONGEST_BYTES = 240


def save_pdf(parent: QWidget, data: bytes, suggested: str) -> Path | None:
    """Ask where to and write the file. None if the user changed his mind; DomainError if it
    could not be written, and then nothing of it is left behind.
    """
    return save_file(parent, data, suggested, caption="存为 PDF", ending=".pdf")


def save_file(
    parent: QWidget, data: bytes, suggested: str, *, caption: str, ending: str
) -> Path | None:
    """The same for any kind of file; `ending` is added where the user left it out."""
    path = ask_path(parent, suggested, caption=caption, ending=ending)
    if path is not None:
        # Before it is written: where a killed program left a draft is known at the next start.
        remember_folder(path)
        write_whole(path, data)
    return path


def ask_path(parent: QWidget, suggested: str, *, caption: str, ending: str) -> Path | None:
    """Where to save; None if the user changed his mind."""
    kind = f"{ending[1:].upper()} 文件 (*{ending})"
    name, _ = QFileDialog.getSaveFileName(parent, caption, file_proposal(safe(suggested)), kind)
    if not name:
        return None
    return Path(name if name.lower().endswith(ending) else f"{name}{ending}")


def safe(name: str) -> str:
    """A title as the name of a file on every system: `3/4 号楼` holds what Windows forbids."""
    stem, dot, ending = name.rpartition(".")
    clean = _FORBIDDEN.sub("_", stem if dot else ending).strip(" .")[:LONGEST_NAME]
    clean = clean.encode()[:_LONGEST_BYTES].decode(errors="ignore").strip(" .")
    if _DEVICE.fullmatch(clean):
        clean = f"_{clean}"
    return f"{clean or '文书'}{dot}{ending if dot else ''}"


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file, force it to the disk, and only then put it in its place.

    Raises DomainError: the disk is full, the folder cannot be written, the file is in use.
    """
    draft: Path | None = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=_DRAFT, delete=False) as file:
            draft = Path(file.name)
            file.write(data)
        put_in_place(draft, path)
    except OSError as error:
        if draft is not None:
            draft.unlink(missing_ok=True)
        raise DomainError(why_not_written(error, path)) from error


def sweep_drafts(folder: Path) -> None:
    """Take away what a killed program left of files that were asked for: people's data in clear."""
    with suppress(OSError):
        for draft in folder.glob(f"{_DRAFT}*"):
            draft.unlink()


def put_in_place(draft: Path, path: Path) -> None:
    """A finished file beside `path` takes its place, once it is on the disk. Raises OSError."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(draft, path)


def why_not_written(error: OSError, path: Path) -> str:
    """What kept a file from being written, and what to do."""
    name = path.name
    if getattr(error, "winerror", None) == _IN_USE:
        return f"「{name}」正在别的程序里开着。请先关掉它，或者换个名字再存。"
    if error.errno in _FULL:
        return f"磁盘满了，「{name}」没有存。请删掉些不用的文件，或换个盘再存。"
    if error.errno in _CLOSED:
        if path.is_dir():
            return f"「{name}」是一个文件夹，不能存成文件。请换个名字再存。"
        return f"没能存「{name}」：这个文件夹不许写，或者文件正被打开。请换个文件夹再存。"
    if error.errno == errno.EISDIR:
        return f"「{name}」是一个文件夹，不能存成文件。请换个名字再存。"
    if error.errno in _GONE:
        return f"没能存「{name}」：文件夹不见了，可能 U 盘拔掉了。请换个文件夹再存。"
    if error.errno == errno.ENAMETOOLONG:
        return "没能存：文件名太长。请取个短些的名字再存。"
    return f"没能存「{name}」：写到一半出了错，可能磁盘或 U 盘坏了。请换个地方再存。"
