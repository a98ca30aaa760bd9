"""The moments that one can go back to: gathered from every place, told from now in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app import paths
from app.storage.after_restore import Restored, marked
from app.storage.backup import BackupInfo, list_backups, office_id_of
from app.storage.backup_info import from_future
from app.storage.backup_place import free_bytes
from app.storage.counts import Counts, count, difference
from app.storage.drives import Drive, drives, kind_of, same_disk
from app.storage.engine import Database
from app.storage.faults import as_sentences
from app.storage.finding import backups_in
from app.storage.migrations import LATEST
from app.storage.second_place import SecondNote, is_there, read_note

# Room for a year of backups of a large community.
_LEAST_FREE = 500 * 1024 * 1024
# The note of a restore is nobody's change.
_DATA = (
    "SELECT DISTINCT operation_id FROM change WHERE action IN ('created', 'updated', 'deleted')"
    " AND NOT (table_name = 'setting'"
    " AND row_id IN (SELECT id FROM setting WHERE key = 'restored_to'))"
)


@dataclass(frozen=True)
class Moment:
    """One line of the table: a backup, wherever its copies lie."""

    info: BackupInfo
    places: str
    against_now: str
    state: str
    """已核验, 没有核验, 文件不全, 时间不对, 新版程序的"""

    @property
    def usable(self) -> bool:
        return self.info.ok and self.info.schema <= LATEST


@dataclass(frozen=True)
class PlaceFacts:
    """One of the two cards. `folder` is None where no second place was chosen."""

    folder: Path | None
    name: str
    there: bool
    newest: datetime | None
    count: int = 0
    size: int = 0
    free: int = 0
    shares_disk: bool = False
    fault: str = ""


@dataclass(frozen=True)
class Gathered:
    """Everything that the tab shows, as it was at one moment."""

    moments: Sequence[Moment]
    here: PlaceFacts
    second: PlaceFacts
    note: SecondNote
    restored: Restored | None
    proposals: Sequence[Drive]
    foreign: int
    """Backups of other offices in the folder that was opened"""


def gather(database: Database, second: Path | None, elsewhere: Path | None) -> Gathered:
    """Look into all places, in the background: a stick may be slow. Raises DomainError."""
    with as_sentences(database.file):
        return _gathered(database, second, elsewhere)


def _gathered(database: Database, second: Path | None, elsewhere: Path | None) -> Gathered:
    office, now, home = office_id_of(database.file), database.clock.now(), paths.backup_dir()
    note = read_note(home, now)
    own = list_backups(home, office)
    there = second is not None and is_there(second)
    copies = list_backups(second, office) if second is not None and there else []
    opened = backups_in(elsewhere) if elsewhere is not None else []
    foreign = sum(info.office_id != office for info in opened)
    name = (kind_of(second) if there else note.kind) if second is not None else ""
    found = {"本机": own, name or "第二处": copies}
    if elsewhere is not None:
        found[elsewhere.name or str(elsewhere)] = [i for i in opened if i.office_id == office]
    return Gathered(
        _moments(database, found),
        _place(home, "本机", own, there=True),
        _second(second, name or "第二处", copies, database.file, note, there=there),
        note,
        marked(home),
        [] if second is not None and there else _proposals(database.file),
        foreign,
    )


def day_words(at: datetime, today: date) -> str:
    """今天 09:30, 昨天 17:42, 11-19 17:42, 2025-11-19 17:42."""
    near = {0: "今天", 1: "昨天"}.get((today - at.date()).days)
    return f"{near or (f'{at:%m-%d}' if at.year == today.year else f'{at:%Y-%m-%d}')} {at:%H:%M}"


def _moments(database: Database, found: dict[str, list[BackupInfo]]) -> list[Moment]:
    where: dict[object, list[str]] = {}
    best: dict[object, BackupInfo] = {}
    for place, backups in found.items():
        for info in backups:
            where.setdefault(info.same, []).append(place)
            if info.same not in best or (info.ok and not best[info.same].ok):
                best[info.same] = info
    now = _Now(database, list(best.values()))
    moments = [
        Moment(info, _places(where[key]), now.against(info), _state(info, database.clock.now()))
        for key, info in best.items()
    ]
    return sorted(moments, key=lambda one: one.info.at, reverse=True)


def _places(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else "两处" if len(names) == 2 else "多处"


def _state(info: BackupInfo, now: datetime) -> str:
    if not info.digest:
        return "没有核验"
    if not info.ok:
        return "文件不全"
    if info.schema > LATEST:
        return "新版程序的"
    return "时间不对" if from_future(info, now) else "已核验"


class _Now:
    """The file as it is, to tell what a backup has less, more or otherwise."""

    def __init__(self, database: Database, backups: Sequence[BackupInfo]) -> None:
        ends = sorted({info.operations for info in backups})
        with closing(database.raw_copy_source()) as connection:
            self._counts: Counts = count(connection)
            self._hashes = _hashes(connection, ends)
            since = min(ends, default=0)
            rows = connection.execute(f"{_DATA} AND operation_id > ?", (since,))
            self._changes = sorted(row[0] for row in rows)

    def against(self, info: BackupInfo) -> str:
        """少 38 人, 改 1 处, 一样; 内容不同 where the work went on from another moment."""
        if not info.digest:
            return "没有数过"
        words = difference(info.counts, self._counts)
        if words:
            return words
        if info.operations and self._hashes.get(info.operations) != info.counts.head:
            return "内容不同"
        later = len(self._changes) - bisect_right(self._changes, info.operations)
        return f"改 {later:,} 处" if later else "一样"


def _hashes(connection: Any, ids: Sequence[int]) -> dict[int, str]:
    marks = ",".join("?" * len(ids))
    sql = f"SELECT id, hash FROM operation WHERE id IN ({marks})"  # noqa: S608 - question marks
    return dict(connection.execute(sql, list(ids)).fetchall())


def _place(folder: Path, name: str, backups: list[BackupInfo], *, there: bool) -> PlaceFacts:
    good = [info for info in backups if info.ok]
    newest = max((info.at for info in good), default=None)
    try:
        free = free_bytes(folder)
    except OSError:
        free = 0
    return PlaceFacts(folder, name, there, newest, len(good), sum(info.size for info in good), free)


def _second(
    folder: Path | None,
    name: str,
    backups: list[BackupInfo],
    file: Path,
    note: SecondNote,
    *,
    there: bool,
) -> PlaceFacts:
    if folder is None:
        return PlaceFacts(None, "第二处", there=False, newest=None)
    if not there:
        return PlaceFacts(folder, name, there=False, newest=note.good_at, fault=note.fault)
    facts = _place(folder, name, backups, there=True)
    return PlaceFacts(
        folder,
        name,
        there=True,
        newest=facts.newest,
        count=facts.count,
        size=facts.size,
        free=facts.free,
        shares_disk=same_disk(folder, file),
        fault=note.fault,
    )


def _proposals(file: Path) -> list[Drive]:
    """Sticks and drives that a copy could go to."""
    able = [one for one in drives() if one.free >= _LEAST_FREE and not same_disk(one.root, file)]
    return able[:2]
