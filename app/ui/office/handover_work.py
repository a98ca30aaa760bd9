"""What a 交接包 is made of: a folder with a verified backup and the list as PDF."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app import paths
from app.errors import DomainError
from app.reports import handover as paper
from app.services import handover, settings
from app.services.handover import Persons, Places
from app.storage.backup import BackupInfo, backup_now
from app.storage.backup_place import place_faults
from app.storage.engine import Database
from app.storage.vault import Vault
from app.ui.kit.files import safe, write_whole
from app.ui.kit.sidebar import PRODUCT, PRODUCT_LINE
from app.version import VERSION

REASON = "交接"


@dataclass(frozen=True)
class Package:
    """A finished one: where it lies, the backup in it, the list beside that."""

    folder: Path
    info: BackupInfo
    list_file: Path
    pdf: bytes


def check_place(folder: Path | None) -> Path:
    """The folder to put the package in; raises DomainError where there is none."""
    if folder is None:
        raise DomainError("请先选放交接包的 U 盘或文件夹。")
    if not folder.is_dir():
        raise DomainError(
            f"“{folder}”现在找不到，可能 U 盘没有插上。请插上再试，或另选一个文件夹。"
        )
    return folder


def make_package(
    database: Database,
    vault: Vault,
    place: Path | None,
    persons: Persons,
    *,
    sheet_changed: bool,
) -> Package:
    """Write it into a folder of its own in `place`, asked for anew; from any thread.

    Raises the faults of a backup, MissingGlyph, and DomainError where the list cannot be stored;
    what was written by then is named in it.
    """
    today = database.clock.today()
    with database.reading() as session:
        handover.require_right(session)
        name = settings.value(session, settings.COMMUNITY_NAME)
        second = handover.second_place(session)
    places = Places(file=_known_file(database), backups=paths.backup_dir(), second=second)
    folder = _new_folder(check_place(place), safe(f"交接包 {name} {today:%Y-%m-%d}"))
    try:
        info = backup_now(database, vault, folder, reason=REASON)
    except DomainError:
        # Nothing is in it; a stick that was pulled out has taken it along.
        with suppress(OSError):
            folder.rmdir()
        raise
    try:
        with database.reading() as session:
            data = handover.handover(
                session,
                persons=persons,
                info=info,
                places=places,
                sheet_changed=sheet_changed,
                today=today,
                program=f"{PRODUCT} · {PRODUCT_LINE} {VERSION}",
            )
        pdf = paper.render(data)
        file = folder / f"{paper.TITLE}.pdf"
        write_whole(file, pdf)
    except DomainError as error:
        raise DomainError(f"备份已写到“{info.folder}”，清单没有做成：{error}") from error
    return Package(folder, info, file, pdf)


def _known_file(database: Database) -> Path:
    """The file where people find it: of a stick, not the copy that is worked on."""
    return paths.database_file() if paths.is_portable() else database.file


def _new_folder(place: Path, name: str) -> Path:
    names = [name, *(f"{name}-{number}" for number in range(2, 1000))]
    with place_faults(place):
        folder = next(place / one for one in names if not (place / one).exists())
        folder.mkdir()
    return folder
